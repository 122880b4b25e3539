package diff

import (
	"regexp"
	"strings"
)

// Run is a piece of two wordings of a text: what both have, Old and New being
// equal, or what the new one has in the place of what the old one had, one of
// which may be empty.
type Run struct{ Old, New string }

// words cuts a line into its words and the single characters between them. In
// a script that does not set words apart each letter is one.
var words = regexp.MustCompile(`(?s)[\pN\pM\p{Latin}\p{Greek}\p{Cyrillic}\p{Arabic}\p{Hebrew}\p{Hangul}]+|.`)

// Words compares two wordings of a text word by word. Where nearly nothing is
// common to both, the whole text is one run.
func Words(old, new string) []Run {
	before, after := words.FindAllString(old, -1), words.FindAllString(new, -1)
	var runs []Run
	common, at := 0, 0
	keep := func(end int) {
		if same := strings.Join(before[at:end], ""); same != "" {
			runs = append(runs, Run{same, same})
			common += len(same)
		}
	}
	for _, e := range compare(before, after) {
		keep(e.old.start)
		runs = append(runs, Run{strings.Join(e.old.of(before), ""), strings.Join(e.new.of(after), "")})
		at = e.old.end
	}
	keep(len(before))
	if 3*common < max(len(old), len(new)) {
		return []Run{{old, new}}
	}
	return runs
}

// Reworded writes two wordings of a text as one: words that go as [-these-],
// words that come as {+these+}, or on a terminal in red and in green.
func Reworded(old, new string, style Style) string {
	removed, added := [2]string{"[-", "-]"}, [2]string{"{+", "+}"}
	if style.Color {
		removed, added = [2]string{red, reset}, [2]string{green, reset}
	}
	var b strings.Builder
	for _, r := range Words(old, new) {
		switch {
		case r.Old == r.New:
			b.WriteString(r.Old)
			continue
		case r.Old != "":
			b.WriteString(removed[0] + r.Old + removed[1])
		}
		if r.New != "" {
			b.WriteString(added[0] + r.New + added[1])
		}
	}
	return b.String()
}

// Mark returns the two wordings of a text from its runs, with what differs marked.
func Mark(runs []Run, mark func(string) string) (old, new string) {
	for _, r := range runs {
		if r.Old == r.New {
			old += r.Old
			new += r.New
			continue
		}
		old += mark(r.Old)
		new += mark(r.New)
	}
	return old, new
}
