package match

// Day are the events of a day, among which a page that is gone is looked for.
type Day struct {
	events  []*Event
	holders map[string][]int // the places of the events that have a word
}

// NewDay returns the events of a day for [Day.Nearest].
func NewDay(events []*Event) *Day {
	d := &Day{events: events, holders: map[string][]int{}}
	for i, e := range events {
		for _, w := range e.words() {
			d.holders[w] = append(d.holders[w], i)
		}
	}
	return d
}

// Nearest returns the event that a page which is gone plainly means, or nil: the one
// that shares enough words with it, and clearly more than any other. A word counts
// the less the more events of the day have it: on a day of elections every headline
// has "voters" and "polls".
func (d *Day) Nearest(lost *Event) *Event {
	var nearest *Event
	var best, second float64
	for i, score := range d.scores(lost) {
		switch {
		case score > best:
			nearest, best, second = d.events[i], score, best
		case score > second:
			second = score
		}
	}
	if best < someWords || best-second < clearlyNearer {
		return nil
	}
	return nearest
}

// scores returns how much speaks for each event being the one that was lost, from 0
// to 1.
func (d *Day) scores(lost *Event) []float64 {
	out := make([]float64, len(d.events))
	common := make([]int, len(d.events))
	var whole float64 // of all words of the lost one
	for _, w := range lost.words() {
		weight := d.weight(w)
		whole += weight
		for _, i := range d.holders[w] {
			out[i] += weight
			common[i]++
		}
	}
	for i, e := range d.events {
		switch {
		case rivals(lost, e) || conflict(lost.numbers().labels, e.numbers().labels):
			out[i] = 0
		case NearIdentical(lost, e), common[i] > fewestWords && (lost.begins(e) || e.begins(lost)):
			out[i] = 1
		case common[i] > 0 && lost.alikeShort(e):
			out[i] = alikeLetters
		case common[i] <= fewestWords:
			out[i] = 0
		default:
			var own float64
			for _, w := range e.words() {
				own += d.weight(w)
			}
			out[i] /= min(whole, own)
		}
	}
	return out
}

// weight returns how much a word says of which event of the day it is about.
func (d *Day) weight(word string) float64 { return 1 / float64(max(len(d.holders[word]), 1)) }
