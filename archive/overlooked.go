package archive

import (
	"slices"
	"strings"
	"unicode"

	"newsctl/archive/page"
)

const (
	// sharedWords is which part of the words of the shorter of two headlines the
	// other has at least, if the two may be wordings of one event.
	sharedWords = 0.4

	// sameMonth is how many days apart pages of one event are at most, if a slip
	// put one of them on the wrong day.
	sameMonth = 31
)

// Overlooked reports whether an event that its day's page does not list was
// forgotten there. In a real archive nearly every unlisted page is another
// wording of an event that is listed, so nothing may hint at that: no event of
// the month has a source or the headline of this one, none of its day and the
// neighbouring days shares many words of the headline, or names it among its
// Changes or is named there. Of 308 unlisted pages of that archive eight pass, and
// of those that are listed nine in ten would.
func (a *Archive) Overlooked(p *Page) bool {
	headline := p.headline().text
	if headline == "" || !p.quotable() || !p.dated() || a.missesEntry(p.Date) {
		return false
	}
	for n := range 2*sameMonth + 1 { // the nearest days first
		apart := (n + 1) / 2
		day := a.dayEvents(p.Date.AddDays(apart * (1 - n%2*2)))
		sharesSource := func(address string) bool { return other(day.withSource(address), p.Path) }
		if other(day.withHeadline(headline), p.Path) || slices.ContainsFunc(p.sourceURLs(), sharesSource) || apart <= 1 && day.hasVersions(p) {
			return false
		}
	}
	for days := -1; days <= 1; days++ {
		if a.hasSharedWords(p, p.Date.AddDays(days)) {
			return false
		}
	}
	return a.OlderWordingOf(p) == nil
}

// dated reports whether an event's date line names the day of its folder.
func (p *Page) dated() bool {
	line := p.Event.Date
	if line == nil {
		return false
	}
	d, err := ParseDate(strings.TrimSpace(p.Text(line.Date)))
	return err == nil && d == p.Date
}

// missesEntry reports whether an entry of a day's page leads to no page: it may
// mean any event of the day. So may those of a page that is not there.
func (a *Archive) missesEntry(d Date) bool {
	day := a.dayPage(d)
	if day == nil {
		return true
	}
	return slices.ContainsFunc(day.Listing.Items(), func(it *page.Item) bool {
		return it.Link == nil || day.Target(it.Link).Kind == Internal && !a.Exists(day.Target(it.Link).Path)
	})
}

// hasSharedWords reports whether the headline of an event shares many words with
// that of another event of a day.
func (a *Archive) hasSharedWords(p *Page, d Date) bool {
	words, day := p.words(), a.dayEvents(d)
	both := map[int]int{}
	for word := range words {
		for _, i := range day.byWord()[word] {
			both[i]++
			other := day.pages[i]
			if other.Path != p.Path && float64(both[i])/float64(min(len(words), len(other.words()))) >= sharedWords {
				return true
			}
		}
	}
	return false
}

// words returns the words of an event's headline.
func (p *Page) words() map[string]bool {
	return p.memo.words.get(func() map[string]bool { return wordsOf(p.headline().text) })
}

// wordsOf returns the words of a headline that say what it is about: those of
// four letters or more, and where a script puts no spaces between words, each
// two neighbouring letters.
func wordsOf(headline string) map[string]bool {
	out := map[string]bool{}
	var word []rune // letters of words with spaces
	var before rune // the letter before, of a script without
	end := func() {
		if len(word) >= 4 {
			out[string(word)] = true
		}
		word = word[:0]
	}
	for _, r := range strings.ToLower(headline) {
		switch letter := unicode.IsLetter(r) || unicode.IsDigit(r); {
		case inWords(r):
			word, before = append(word, r), 0
		case letter:
			if before != 0 {
				out[string([]rune{before, r})] = true
			}
			end()
			before = r
		default:
			end()
			before = 0
		}
	}
	end()
	return out
}
