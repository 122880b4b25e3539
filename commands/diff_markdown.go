package commands

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"newsctl/archive/diff"
	"newsctl/archive/git"
	"newsctl/archive/term"
)

const (
	// maxComment is how many characters a comment on a pull request may have,
	// less what the last lines need.
	maxComment = 65_536 - 512

	// maxOpen is how many items of a section are shown without a click.
	maxOpen = 10
)

// writeDiffMarkdown writes a difference as a comment on a pull request, or its
// headline alone. What would make it too long is omitted and counted.
func writeDiffMarkdown(w io.Writer, d *difference, stat bool) error {
	m := &markdownDiff{}
	m.add("**" + d.headline() + "** (" + d.markdown() + ")\n")
	sections := d.sections()
	if stat {
		sections = nil
		m.add("\n")
		for _, n := range d.numbers() {
			m.add("- " + n.String() + "\n")
		}
	}
	for _, s := range sections {
		m.section(s)
	}
	if m.left > 0 {
		m.WriteString("\n" + plural(m.left, "more change") + " omitted: a comment has no room for them. `newsctl diff` shows all.\n")
	}
	_, err := io.WriteString(w, m.String())
	return err
}

// markdown names the versions.
func (v versions) markdown() string {
	switch {
	case v.to == git.WorkTree:
		return "from " + code(v.from) + " to the working tree"
	case v.to == git.Index:
		return "from " + code(v.from) + " to what is staged"
	case v.sinceFork:
		return code(v.from + "..." + v.to)
	}
	return code(v.from + ".." + v.to)
}

// markdownDiff is a comment that grows until it is full.
type markdownDiff struct {
	strings.Builder
	length int // in characters
	full   bool
	left   int // items that found no room
}

// add adds a text, and reports whether there was room for it.
func (m *markdownDiff) add(text string) bool {
	n := utf8.RuneCountInString(text)
	if m.full = m.full || m.length+n > maxComment; m.full {
		return false
	}
	m.length += n
	m.WriteString(text)
	return true
}

func (m *markdownDiff) section(s section) {
	if s.sentence != "" {
		m.add("\n" + s.sentence + "\n")
		return
	}
	m.add(fmt.Sprintf("\n#### %s (%d)\n\n", s.title, len(s.items)))
	open := s.items[:min(maxOpen, len(s.items))]
	folded := s.items[len(open):]
	m.items(open)
	if len(folded) == 0 || !m.add(fmt.Sprintf("\n<details><summary>%d more</summary>\n\n", len(folded))) {
		m.left += len(folded)
		return
	}
	m.items(folded)
	m.WriteString("\n</details>\n")
}

func (m *markdownDiff) items(items []changedPage) {
	for _, c := range items {
		if !m.add(markdownItem(c)) {
			m.left++
		}
	}
}

// markdownItem returns an event or a page as an item of a list.
func markdownItem(c changedPage) string {
	var b strings.Builder
	pages := code(c.from) + " → " + code(c.to)
	switch {
	case c.from == "":
		pages = code(c.to)
	case c.to == "" || c.from == c.to:
		pages = code(c.from)
	}
	if c.day == "" {
		b.WriteString("- " + pages + map[string]string{"+": " added", "-": " removed"}[c.sign()] + "\n")
	} else {
		b.WriteString("- " + c.day + " " + markdownHeadline(c) + "\n  - " + pages + "\n")
	}
	for _, r := range c.remarks {
		b.WriteString("  - " + r.what + map[string]string{"+": " gained", "-": " lost"}[r.sign] + ":")
		for _, part := range []string{escapeMarkdown(r.text), code(r.target)} {
			if part != "" {
				b.WriteString(" " + part)
			}
		}
		b.WriteString("\n")
	}
	return b.String()
}

// markdownHeadline returns an event's headline, the words marked that differ.
func markdownHeadline(c changedPage) string {
	var b strings.Builder
	for _, r := range diff.Words(c.old, c.new) {
		switch {
		case r.Old == r.New:
			b.WriteString(escapeMarkdown(r.Old))
			continue
		case r.Old != "":
			b.WriteString("<del>" + escapeMarkdown(r.Old) + "</del>")
		}
		if r.New != "" {
			b.WriteString("<ins>" + escapeMarkdown(r.New) + "</ins>")
		}
	}
	return b.String()
}

const (
	// markdownSigns are characters that Markdown or a forge reads as more than text.
	markdownSigns = "\\`*_~[]<&|#@$"

	// signsBefore are such characters only before a word: ":" of an address or an
	// emoji, "!" and "%" of a reference.
	signsBefore = ":!%"
)

// references are signs that a forge reads also where Markdown does not: what is after
// one would be a person to notify, or an issue to link.
var references = strings.NewReplacer(`\@`, `\@&#8203;`, `\#`, `\#&#8203;`)

// escapeMarkdown returns text so that a comment shows it as it is, in one line,
// and nobody is notified by it.
func escapeMarkdown(text string) string {
	text = term.Escape(text)
	var b strings.Builder
	for i := range len(text) {
		sign, next := text[i], text[i+1:]
		beforeWord := next != "" && next[0] != ' '
		if strings.IndexByte(markdownSigns, sign) >= 0 ||
			strings.IndexByte(signsBefore, sign) >= 0 && beforeWord ||
			sign == '.' && beforeWord && strings.HasSuffix(strings.ToLower(text[:i]), "www") {
			b.WriteByte('\\')
		}
		b.WriteByte(sign)
	}
	return references.Replace(b.String())
}

// code returns text as code, with more backticks around it than it holds.
func code(text string) string {
	if text == "" {
		return ""
	}
	text = term.Escape(text)
	fence := "`"
	for strings.Contains(text, fence) {
		fence += "`"
	}
	if len(fence) > 1 {
		text = " " + text + " "
	}
	return fence + text + fence
}
