package related

import (
	"bytes"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"newsctl/archive"
	"newsctl/archive/link"
	"newsctl/archive/page"
)

// listWriter writes the related list of an event anew. Each entry keeps its
// bytes but for what changes, and with it go the comments and empty lines above
// it.
type listWriter struct {
	page    *archive.Page
	entries []page.Entry // as they are
	eol     string
	indent  string // before each entry
	mark    string // after each number
	loose   bool   // empty lines are between entries
	notes   page.Span
}

// newListWriter returns the writer of a list that has entries.
func newListWriter(p *archive.Page, section *page.Section) *listWriter {
	w := &listWriter{page: p, entries: section.Entries, eol: page.LineEnd(p.Source), mark: "."}
	loose := 0
	for i := 1; i < len(w.entries); i++ {
		if w.blank(i) != "" {
			loose++
		}
	}
	w.loose = 2*loose >= len(w.entries) && loose > 0
	first := w.entries[0]
	if w.indent = w.text(page.Span{Start: first.Start, End: first.Mark().Start}); len(strings.TrimLeft(w.indent, " ")) > 0 || len(w.indent) > maxIndent {
		w.indent = ""
	}
	if !slices.ContainsFunc(w.entries, func(e page.Entry) bool { return w.markOf(e) != ")" }) {
		w.mark = ")"
	}
	w.notes = page.Span{Start: w.notesAbove(section.Title.End), End: first.Start}
	return w
}

// maxIndent is how many spaces may be before an entry: after more, Markdown
// reads code.
const maxIndent = 3

func (w *listWriter) text(s page.Span) string { return w.page.Text(s) }

// markOf returns the character after an entry's number.
func (w *listWriter) markOf(e page.Entry) string {
	if e.Number.Empty() {
		return ""
	}
	return w.text(page.Span{Start: e.Number.End, End: e.Number.End + 1})
}

// notesAbove returns where the comments begin that are right above the first
// entry, but not above an offset.
func (w *listWriter) notesAbove(top int) int {
	at := w.entries[0].Start
	for i := len(w.page.Comments) - 1; i >= 0; i-- {
		c := w.page.Comments[i]
		if c.End > at || c.Start < top {
			continue
		}
		between := w.text(page.Span{Start: c.End, End: at})
		if strings.TrimSpace(between) != "" || strings.Count(between, "\n") != 1 {
			break
		}
		at = c.Start - len(w.text(page.Span{Start: top, End: c.Start})) + len(strings.TrimRight(w.text(page.Span{Start: top, End: c.Start}), " \t"))
	}
	return at
}

// above returns what is between an entry and the one before it, less the
// empty lines at its beginning.
func (w *listWriter) above(i int) string {
	if i == 0 {
		return w.text(w.notes)
	}
	gap := w.text(page.Span{Start: w.entries[i-1].End, End: w.entries[i].Start})
	return gap[len(w.blank(i)):]
}

// blank returns the empty lines above what is above an entry.
func (w *listWriter) blank(i int) string {
	gap := page.Span{Start: w.entries[i-1].End, End: w.entries[i].Start}
	if gap.Empty() {
		return ""
	}
	return emptyLines.FindString(w.text(gap))
}

var emptyLines = regexp.MustCompile(`^(?:[ \t]*\r?\n)*`)

// written is an entry as it is to be: the one that was, with edits, or a new one.
type written struct {
	old   *page.Entry // nil if it is new
	kept  bool        // but for the number
	edits []page.Edit
	line  string // of a new entry, without its number
}

// write returns the edit that makes the list one of these entries.
func (w *listWriter) write(list []written) ([]page.Edit, error) {
	stays := map[int]bool{}
	for _, e := range list {
		if e.old != nil {
			stays[e.old.Start] = true
		}
	}
	left := "" // what was above entries that go, and is not a comment on them
	for i, e := range w.entries {
		if note := w.above(i); strings.TrimSpace(note) != "" && !stays[e.Start] && strings.TrimSpace(withoutComments(note)) != "" {
			left += note
		}
	}
	var out strings.Builder
	out.WriteString(left)
	size := 0
	for _, e := range list {
		if size += len(e.line) + len(w.indent) + len(w.eol) + len("1234. "); e.old != nil {
			size += e.old.End - e.old.Start
		}
	}
	out.Grow(size)
	for n, e := range list {
		out.WriteString(w.gap(n, e))
		if err := w.entry(&out, n+1, e); err != nil {
			return nil, err
		}
	}
	region := page.Span{Start: w.notes.Start, End: w.entries[len(w.entries)-1].End}
	text := out.String()
	if !strings.HasSuffix(w.text(region), "\n") {
		text = strings.TrimRight(text, "\r\n")
	}
	return []page.Edit{{Span: region, New: text}}, nil
}

func withoutComments(text string) string { return inComments.ReplaceAllString(text, "") }

var inComments = regexp.MustCompile(`(?s)<!--.*?-->`)

// gap returns what is above the nth entry.
func (w *listWriter) gap(n int, e written) string {
	i := -1
	if e.old != nil {
		i = slices.IndexFunc(w.entries, func(old page.Entry) bool { return old.Start == e.old.Start })
	}
	switch {
	case n == 0 && i < 0:
		return ""
	case n == 0:
		return w.above(i)
	case i > 0:
		return w.blank(i) + w.above(i)
	}
	gap := ""
	if w.loose {
		gap = w.eol
	}
	if i == 0 {
		gap += w.above(0)
	}
	return gap
}

// entry writes the lines of an entry with a number.
func (w *listWriter) entry(out *strings.Builder, number int, e written) error {
	if e.old == nil {
		for _, part := range []string{w.indent, strconv.Itoa(number), w.mark, " ", e.line, w.eol} {
			out.WriteString(part)
		}
		return nil
	}
	edits := append(w.renumber(e, number), e.edits...)
	for i := range edits {
		edits[i].Start -= e.old.Start
		edits[i].End -= e.old.Start
	}
	line, err := page.Apply([]byte(w.text(e.old.Span)), edits)
	if err != nil {
		return err
	}
	out.Write(line)
	if !bytes.HasSuffix(line, []byte("\n")) {
		out.WriteString(w.eol)
	}
	return nil
}

// renumber returns the edits that give an entry its number, with the mark after it
// and the place before it that the others have.
func (w *listWriter) renumber(entry written, number int) []page.Edit {
	e := *entry.old
	if entry.kept {
		if e.Number.Empty() {
			return nil
		}
		return []page.Edit{{Span: e.Number, New: strconv.Itoa(number)}}
	}
	at := page.Span{Start: e.Start, End: e.Mark().Start}
	if e.Number.Empty() {
		at.End = e.Start + len(w.text(e.Span)) - len(strings.TrimLeft(w.text(e.Span), " \t"))
	}
	var edits []page.Edit
	if w.text(at) != w.indent {
		edits = append(edits, page.Edit{Span: at, New: w.indent})
	}
	mark := page.Span{Start: at.End, End: at.End + len(w.text(e.Number)) + 1}
	want := strconv.Itoa(number) + w.mark
	if mark.End == e.Content.Start && !e.Content.Empty() {
		want += " "
	}
	if w.text(mark) != want {
		edits = append(edits, page.Edit{Span: mark, New: want})
	}
	return edits
}

// written returns the entry of a found event. One that is there already keeps its
// bytes but for what is not so any more.
func (l *Relinker) written(e *archive.Page, f foundEntry, h archive.Habits) written {
	headline := f.Event.Headline
	linkTo := func(target string) string { return "[" + page.EscapeText(headline) + "](" + target + ")" }
	fresh := func() string { return h.Prefix + link.Destination(f.Event.Path) }
	contexts := func() string { return page.FormatContexts(h.Label, f.names) }
	old := f.old
	if old == nil {
		return written{line: "[" + page.EscapeText(headline) + "](" + fresh() + ") " + contexts()}
	}
	out := written{old: old.Entry}
	there := old.Target.Path == f.Event.Path
	switch retitled := f.retitled(e); {
	case old.Link.Malformed || old.Link.Reference != "" && (retitled || !there):
		target := ""
		if there && old.Link.Reference == "" {
			target = link.PlainDestination(e.Text(old.Link.Target))
		}
		if target == "" {
			target = fresh()
		}
		out.edits = append(out.edits, page.Edit{Span: page.Span{Start: old.Content.Start, End: old.Link.End}, New: linkTo(target)})
	default:
		if retitled {
			out.edits = append(out.edits, page.Edit{Span: old.Link.Text, New: page.EscapeText(headline)})
		}
		if !there {
			out.edits = append(out.edits, page.Edit{Span: old.Link.Target, New: e.Redirected(old.Link, f.Event.Path)})
		}
	}
	switch {
	case old.Shared == nil:
		out.edits = append(out.edits, afterLink(e, old.Entry, contexts()))
	case f.otherNames:
		out.edits = append(out.edits, e.Rewritten(old.Shared, f.names))
	}
	return out
}

// retitled reports whether the text of an entry is not the headline of its event.
func (f *foundEntry) retitled(e *archive.Page) bool {
	return !link.SameText(e.Text(f.old.Link.Text), f.Event.Headline)
}

// afterLink returns the edit that puts contexts after an entry's link, and after
// what belongs to the link: {target=_blank}.
func afterLink(e *archive.Page, entry *page.Entry, contexts string) page.Edit {
	rest := e.Text(page.Span{Start: entry.Link.End, End: entry.Content.End})
	at := entry.Link.End + len(linkAttributes.FindString(rest))
	if at < entry.Content.End && !strings.ContainsRune(" \t\r\n", rune(e.Source[at])) {
		contexts += " "
	}
	return page.Insert(at, " "+contexts)
}

var linkAttributes = regexp.MustCompile(`^\{[^{}\n]*\}`)
