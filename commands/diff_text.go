package commands

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"newsctl/archive"
	"newsctl/archive/diff"
	"newsctl/archive/term"
)

// writeDiffText writes a difference for people. Words that differ are marked as
// git diff --word-diff marks them, or with colors.
func writeDiffText(w io.Writer, d *difference, color bool) error {
	t := textDiff{bufio.NewWriter(w), color}
	for i, s := range d.sections() {
		if i > 0 {
			t.WriteString("\n")
		}
		t.section(s)
	}
	return t.Flush()
}

type textDiff struct {
	*bufio.Writer
	color bool
}

func (t textDiff) section(s section) {
	if s.sentence != "" {
		fmt.Fprintln(t, s.sentence)
		return
	}
	fmt.Fprintln(t, t.paint("1", fmt.Sprintf("%s (%d)", s.title, len(s.items))))
	for _, c := range s.items {
		t.changed(c)
	}
}

func (t textDiff) changed(c changedPage) {
	path := c.to
	if path == "" {
		path = c.from
	}
	switch {
	case c.day == "" && c.sign() == "~" && c.from != c.to:
		t.remark("  ", remark{sign: "-", text: c.from})
		t.remark("  ", remark{sign: "+", text: c.to})
	case c.day == "":
		t.remark("  ", remark{sign: c.sign(), text: path})
	default:
		fmt.Fprintf(t, "  %s  %s\n", c.day, t.headline(c))
		if c.from == "" || c.to == "" || c.from == c.to {
			fmt.Fprintf(t, "    %s\n", term.Escape(path))
			break
		}
		t.remark("    ", remark{sign: "-", what: "page", text: c.from})
		t.remark("    ", remark{sign: "+", what: "page", text: c.to})
	}
	for _, r := range c.remarks {
		t.remark("    ", r)
	}
}

// headline returns an event's headline, the words marked that differ.
func (t textDiff) headline(c changedPage) string {
	style := diff.Plain
	if t.color {
		style = diff.Terminal
	}
	return diff.Reworded(term.Escape(c.old), term.Escape(c.new), style)
}

func (t textDiff) remark(indent string, r remark) {
	line := r.sign + " "
	if r.what != "" {
		line += fmt.Sprintf("%-8s ", r.what)
	}
	text := r.text + "  " + r.target
	if kind, day := archive.Classify(r.target); kind == archive.EventPage {
		text = day.String() + "  " + r.text // its path would say the headline again
	}
	line += term.Escape(strings.TrimSpace(text))
	fmt.Fprintln(t, indent+t.paint(map[string]string{"+": "32", "-": "31"}[r.sign], line))
}

// paint gives a text an ANSI attribute, or none.
func (t textDiff) paint(attribute, text string) string {
	if !t.color || attribute == "" {
		return text
	}
	return "\x1b[" + attribute + "m" + text + "\x1b[m"
}
