package match

// Signal is why two pages are taken for the same event.
type Signal uint8

// The signals, strongest first. None is that of two events.
const (
	None      Signal = iota
	Version          // one page names the other among its versions
	Headline         // the same headline
	Spelling         // headlines that differ by a typo
	Source           // a common source
	Beginning        // one headline holds the beginning of the other
	Words            // most words in common, in any order
)

// String returns the signal as a message names it.
func (s Signal) String() string {
	return [...]string{"nothing", "a version of the headline", "the same headline", "nearly the same headline", "the same source", "the same beginning of the headline", "mostly the same words"}[s]
}

const (
	// Window is how many days apart two pages of one event are at most. In the
	// Chinese edition no two pages of the same headline are further apart than 12;
	// columns of the same title come back after 7 days or more, but not with the
	// same source.
	Window = 14

	// near is how many days apart pages are at most that are taken for one event by
	// similar headlines: an event is entered twice around midnight. Further apart,
	// the similar headlines of that edition are of two elections, two storms.
	near = 1

	// askDays is how many days apart an event that is added and another of the same
	// source are at most, if their headlines are not alike: of 26 such pairs that
	// edition has as two events, none was entered by one who knew of the other.
	askDays = 3

	// someWords is which part of the words of the shorter headline the other has at
	// least, with a common source, and fewestWords how many these are. Of the 126
	// pairs of the Chinese edition that nothing else says are one event, one is
	// doubtful.
	someWords   = 0.5
	fewestWords = 3

	// mostWords is the same part without a common source, on one day, where one of the
	// two names no source: the elections of one day share up to 0.45 of their words in
	// English. Of 115 rewordings in English 106 pass by this alone, and none of 2,432
	// other pairs of a day; of 32 pairs of the Chinese edition one is doubtful.
	mostWords = 0.6

	// nearlyAllWords is the same part where each names sources of its own, or on two
	// days. Between mostWords and this, 13 of 40 such pairs are two events: the
	// elections of two countries, a law that is announced and that is in force.
	nearlyAllWords = 0.8

	// fewWords is how many words a headline has at most whose letters are compared
	// instead, and alikeLetters which part of them is to be the same.
	fewWords     = 5
	alikeLetters = 0.75

	// beginning is how many letters of a headline are enough to know it by. Of 115
	// rewordings in English 86 keep them, and none of 2,432 other pairs of a day has
	// them in common.
	beginning = 40

	// specificWords is how many words a headline has at least that does not come
	// back by itself, as "Server maintenance" does.
	specificWords = 6

	// clearlyNearer is by how much the event that a lost page means is nearer than
	// the next: of 115 rewordings in English 110 pass, and none is wrong.
	clearlyNearer = 0.15

	// relatedWords is which part of their words two headlines share that may be of
	// one event. It is a hint, and a reason to leave a page to a person.
	relatedWords = 0.4
)

// Compare returns the strongest signal that two pages of an archive are the same
// event, or None. Where both are listed, somebody meant them to be two, so that
// only the same headline or a typo counts.
func Compare(a, b *Event) Signal {
	apart := max(a.Day-b.Day, b.Day-a.Day)
	switch {
	case AreVersions(a, b):
		return Version
	case apart > Window || a.headline == "" || b.headline == "":
		return None
	case a.headline == b.headline:
		return repeated(a, b, apart)
	case a.Listed && b.Listed:
		if apart <= near && Slip(a, b) && !otherNumbers(a, b) {
			return Spelling
		}
		return None
	}
	return reworded(a, b, apart)
}

// CompareNew returns the strongest signal that an event which is to be added is one
// that the archive has, or None. It is a question to the person who adds it, so
// that more counts than between two pages that are there.
func CompareNew(added, e *Event) Signal {
	apart := max(added.Day-e.Day, e.Day-added.Day)
	switch {
	case apart > Window || added.headline == "":
		return None
	case e.headline == added.headline:
		return repeated(added, e, apart)
	case otherNumbers(added, e):
		return None
	case apart <= askDays && added.SharesSource(e):
		return Source
	}
	return reworded(added, e, apart)
}

// AreVersions reports whether one of two events names the other among its versions.
func AreVersions(a, b *Event) bool { return hasVersion(a, b.Path) || hasVersion(b, a.Path) }

func hasVersion(e *Event, path string) bool {
	for _, version := range e.Versions {
		if version == path {
			return true
		}
	}
	return false
}

// repeated returns the signal of two pages of one headline. A short headline comes
// back by itself, as that of a weekly column does.
func repeated(a, b *Event, apart int) Signal {
	short := len(a.words()) < specificWords
	switch {
	case short && apart > 0 && OtherSources(a, b):
		return None
	case apart <= near, a.SharesSource(b):
		return Headline
	case short, apart > askDays && OtherSources(a, b):
		return None
	}
	return Headline
}

// reworded returns the signal of two headlines of which one may be a wording of the
// other.
func reworded(a, b *Event, apart int) Signal {
	if rivals(a, b) || conflict(a.numbers().labels, b.numbers().labels) {
		return None
	}
	part, common := a.overlap(b)
	switch {
	case apart <= near && Slip(a, b):
		return Spelling
	case part >= someWords && common >= fewestWords && a.SharesSource(b):
		return Source
	case apart > near || otherDecimals(a, b):
		return None
	case a.begins(b) || b.begins(a):
		return Beginning
	case common > fewestWords && part >= mostWords && (part >= nearlyAllWords || apart == 0 && !OtherSources(a, b)):
		return Words
	case common > 0 && a.alikeShort(b):
		return Spelling
	}
	return None
}

// OtherSources reports whether each of two events names sources, and none that the
// other has.
func OtherSources(a, b *Event) bool {
	return len(a.addresses) > 0 && len(b.addresses) > 0 && !a.SharesSource(b)
}

// otherNumbers reports whether two headlines name different numbers of any kind.
func otherNumbers(a, b *Event) bool {
	x, y := a.numbers(), b.numbers()
	return conflict(x.labels, y.labels) || conflict(x.amounts, y.amounts) || x.rest == y.rest
}

// otherDecimals reports whether two headlines name different amounts that are not
// tolls, since they are not whole.
func otherDecimals(a, b *Event) bool {
	return conflict(decimals(a.numbers().amounts), decimals(b.numbers().amounts))
}

// rivals reports whether two headlines differ in their numbers alone, and are too
// short to be of one event with a toll that rose: "Ruby 3.4 released" and "Ruby 3.5
// released" are two.
func rivals(a, b *Event) bool {
	return a.numbers().rest == b.numbers().rest && a.headline != b.headline && len(a.words())-len(a.numbers().labels)-len(a.numbers().amounts) < specificWords
}

// MayBeSame reports whether the number of words that two headlines share hints that
// their events are one: not enough to say so, but enough to leave it to a person.
func MayBeSame(common int, a, b *Event) bool {
	return common > 0 && float64(common) >= relatedWords*float64(min(len(a.words()), len(b.words())))
}

// MayShareWording reports whether two headlines that share so many words may be
// wordings of one event, so that [Compare] is worth its time.
func MayShareWording(common int, a, b *Event) bool {
	fewer := min(len(a.words()), len(b.words()))
	return float64(common) >= someWords*float64(fewer) || fewer <= fewWords
}

// NearIdentical reports whether a name is another in all but a typo, or
// where it was cut.
func NearIdentical(a, b *Event) bool {
	return !conflict(a.numbers().labels, b.numbers().labels) && !conflict(a.numbers().amounts, b.numbers().amounts) &&
		(cut(a.headline, b.headline) || Slip(a, b))
}
