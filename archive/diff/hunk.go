package diff

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/sergi/go-diff/diffmatchpatch"

	"newsctl/archive/term"
)

// context is the number of unchanged lines shown on each side of a change.
const context = 3

// maxDistinct is how many different lines two versions may have to be searched
// for what they share. Each becomes a rune, and a string holds no surrogates.
const maxDistinct = 0xD800

// span is a run of lines or words: those from start up to, not including, end.
type span struct{ start, end int }

func (s span) len() int { return s.end - s.start }

func (s span) of(items []string) []string { return items[s.start:s.end] }

// String gives a span of lines as a hunk's header does: first line and count,
// a count of one omitted. An empty span names the line before it.
func (s span) String() string {
	switch s.len() {
	case 0:
		return fmt.Sprintf("%d,0", s.start)
	case 1:
		return fmt.Sprint(s.end)
	}
	return fmt.Sprintf("%d,%d", s.start+1, s.len())
}

// edit puts the new span in the place of the old one; at most one is empty.
type edit struct{ old, new span }

// splitLines cuts a file into lines, each with its newline; the last one may
// lack it.
func splitLines(file []byte) []string {
	lines := strings.SplitAfter(string(file), "\n")
	if last := len(lines) - 1; lines[last] == "" {
		return lines[:last]
	}
	return lines
}

// compare finds the fewest lines or words to remove from old and add to make
// new. The edits are in order, with something unchanged between two of them.
func compare(old, new []string) []edit {
	// The search knows only text: each line becomes a letter.
	letters := make(map[string]rune)
	oldText, newText := spell(letters, old), spell(letters, new)
	if len(letters) > maxDistinct {
		return []edit{{span{0, len(old)}, span{0, len(new)}}}
	}
	search := diffmatchpatch.New()
	search.DiffTimeout = 0 // a limit would make the result depend on timing
	steps := search.DiffMainRunes(oldText, newText, false)

	var edits []edit
	var e edit
	for _, step := range append(steps, diffmatchpatch.Diff{Type: diffmatchpatch.DiffEqual}) {
		n := utf8.RuneCountInString(step.Text)
		switch step.Type {
		case diffmatchpatch.DiffDelete:
			e.old.end += n
		case diffmatchpatch.DiffInsert:
			e.new.end += n
		case diffmatchpatch.DiffEqual:
			if e.old.len() > 0 || e.new.len() > 0 {
				edits = append(edits, e)
			}
			e.old = span{e.old.end + n, e.old.end + n}
			e.new = span{e.new.end + n, e.new.end + n}
		}
	}
	return edits
}

// spell writes each item as a letter, the same item always as the same one.
func spell(letters map[string]rune, items []string) []rune {
	text := make([]rune, len(items))
	for i, item := range items {
		letter, ok := letters[item]
		if !ok {
			letter = rune(len(letters))
			letters[item] = letter
		}
		text[i] = letter
	}
	return text
}

// hunks groups the edits whose context would touch or overlap.
func hunks(edits []edit) [][]edit {
	var groups [][]edit
	start := 0
	for i := range edits {
		if i+1 == len(edits) || edits[i+1].old.start-edits[i].old.end > 2*context {
			groups = append(groups, edits[start:i+1])
			start = i + 1
		}
	}
	return groups
}

// hunk writes edits that are near each other, with the lines around them.
func (p *printer) hunk(before, after []string, edits []edit) {
	first, last := edits[0], edits[len(edits)-1]
	lead := min(context, first.old.start)
	trail := min(context, len(before)-last.old.end)
	old := span{first.old.start - lead, last.old.end + trail}
	new := span{first.new.start - lead, last.new.end + trail}
	p.line(cyan, fmt.Sprintf("@@ -%v +%v @@", old, new))

	at := old.start
	for _, e := range edits {
		p.lines("", " ", p.shown(before[at:e.old.start]))
		removed, added := p.shown(e.old.of(before)), p.shown(e.new.of(after))
		if p.style.Color {
			removed, added = highlight(removed, added)
		}
		p.lines(red, "-", removed)
		p.lines(green, "+", added)
		at = e.old.end
	}
	p.lines("", " ", p.shown(before[at:old.end]))
}

// shown returns lines as the style shows them.
func (p *printer) shown(lines []string) []string {
	if !p.style.Color {
		return lines
	}
	out := make([]string, len(lines))
	for i, line := range lines {
		out[i] = term.EscapeLines(line)
	}
	return out
}

// lines writes lines of a file, each after its sign.
func (p *printer) lines(color, sign string, lines []string) {
	for _, line := range lines {
		text, ended := strings.CutSuffix(line, "\n")
		p.line(color, sign+text)
		if !ended {
			p.line("", `\ No newline at end of file`)
		}
	}
}
