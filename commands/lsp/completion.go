package lsp

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"newsctl/archive"
	"newsctl/archive/link"
	"newsctl/archive/page"
)

func init() { handlers["textDocument/completion"] = onPage((*pageCall).completion) }

type completionList struct {
	IsIncomplete bool             `json:"isIncomplete"`
	Items        []completionItem `json:"items"`
}

type completionItem struct {
	Label      string   `json:"label"`
	Kind       int      `json:"kind"`
	Detail     string   `json:"detail,omitempty"`
	SortText   string   `json:"sortText"`
	FilterText string   `json:"filterText"`
	TextEdit   textEdit `json:"textEdit"`
}

// Kinds of completion items, as far as they are used.
const (
	valueItem     = 12
	keywordItem   = 14
	referenceItem = 18
)

// maxItems is how many items are sent: more are asked for as the word grows.
const maxItems = 100

// cursor is where something is to be completed.
type cursor struct {
	before string // the line up to it
	after  string // the line from it on
	offset int
}

func (c *pageCall) cursor(p position) cursor {
	l := c.doc.lines()
	offset := l.offset(p, c.encoding)
	start, end := l.line(l.position(offset, c.encoding).Line)
	return cursor{c.doc.text[start:offset], c.doc.text[offset:end], offset}
}

// completion answers with what a line may continue with: contexts after their label, pages
// after a bracket, topics and sections after the marks of their headings.
func (c *pageCall) completion(p place) (any, error) {
	at := c.cursor(p.Position)
	switch start, ok := c.contextsStart(at.before); {
	case ok:
		return c.completeContexts(at, start), nil
	case openBracket(at.before) >= 0:
		return c.completePages(at, openBracket(at.before)+1), nil
	case topicLine.MatchString(at.before):
		return c.completeTopics(at), nil
	case sectionLine.MatchString(at.before) && c.page.Event != nil:
		return c.completeSections(at), nil
	}
	return completionList{Items: []completionItem{}}, nil
}

var (
	topicLine   = regexp.MustCompile(`^#{5}[ \t]+[^#]*$`)
	sectionLine = regexp.MustCompile(`^#{3}[ \t]*[^#\[]*$`)
)

// contextsStart returns where the names begin in the list of contexts that a line is
// in, or false if it is in none.
func (c *pageCall) contextsStart(before string) (start int, ok bool) {
	for _, label := range c.live.Config().Labels.Context {
		i := strings.LastIndex(strings.ToLower(before), strings.ToLower(label))
		if i < 1 || strings.Trim(before[i-1:i], "_*") != "" || i+len(label) > len(before) {
			continue
		}
		rest := before[i+len(label):]
		names := strings.TrimLeft(rest, " \t")
		for _, colon := range []string{":", "\uff1a"} {
			if after, has := strings.CutPrefix(names, colon); has && !strings.ContainsAny(after, "_*") {
				return len(before) - len(strings.TrimLeft(after, " \t")), true
			}
		}
	}
	return 0, false
}

// completeContexts completes the last name of a list of contexts. A name may hold a
// comma: what is before it may be a part of it.
func (c *pageCall) completeContexts(at cursor, start int) completionList {
	known := c.otherContexts()
	counts := known.Counts()
	list := at.before[start:]
	have := map[string]bool{}
	for _, name := range known.CommaNames.Split(list) {
		have[name] = true
	}
	var out []completionItem
	for _, from := range nameStarts(list) {
		word := list[from:]
		if from < nameStarts(list)[0] && word == "" {
			continue
		}
		for _, n := range counts {
			whole := from == nameStarts(list)[0]
			if have[n.Name] && n.Name != word || !whole && !hasFoldedPrefix(n.Name, word) {
				continue
			}
			rank := rankOf(n.Name, word)
			if rank < 0 {
				continue
			}
			out = append(out, c.item(at, start+from, n.Name, page.RawName(n.Name), valueItem, events(n.Events), fmt.Sprintf("%d%09d", rank, 999_999_999-n.Events)))
		}
	}
	return c.listed(out)
}

// nameStarts returns where the name at the end of a list may begin, the last place
// first.
func nameStarts(list string) []int {
	out := []int{}
	for i := len(list); i >= 0; i-- {
		if i == 0 || list[i-1] == ',' {
			out = append(out, i+len(list[i:])-len(strings.TrimLeft(list[i:], " \t")))
		}
	}
	return out[:min(len(out), maxCommas+1)]
}

// maxCommas is how many commas a name is expected to hold.
const maxCommas = 3

// rankOf returns how well a name fits what is typed of it: 0 if it begins so, 1 if a
// word in it does, 2 if it is within a word, and -1 if it is nowhere.
func rankOf(name, typed string) int {
	name, typed = strings.ToLower(name), strings.ToLower(typed)
	i := strings.Index(name, typed)
	switch {
	case i <= 0:
		return i
	case strings.Contains(name, " "+typed):
		return 1
	}
	return 2
}

func hasFoldedPrefix(name, typed string) bool {
	return len(name) >= len(typed) && strings.EqualFold(name[:len(typed)], typed)
}

func events(n int) string {
	if n == 1 {
		return "1 event"
	}
	return fmt.Sprintf("%d events", n)
}

// item returns the completion of the text from an offset in the line to the cursor.
func (c *pageCall) item(at cursor, from int, label, text string, kind int, detail, sort string) completionItem {
	span := page.Span{Start: at.offset - len(at.before) + from, End: at.offset}
	filter := at.before[from:]
	if !strings.HasPrefix(strings.ToLower(label), strings.ToLower(filter)) {
		filter += " " + label // clients would hide what does not begin as it is typed
	} else {
		filter = label
	}
	return completionItem{label, kind, detail, sort, filter, textEdit{c.span(span), text}}
}

// listed returns the best items, each label once. While the archive is being read there
// may be more.
func (c *pageCall) listed(items []completionItem) completionList {
	slices.SortStableFunc(items, func(a, b completionItem) int { return strings.Compare(a.SortText, b.SortText) })
	seen := map[string]bool{}
	items = slices.DeleteFunc(items, func(i completionItem) bool {
		again := seen[i.Label+"\x00"+i.TextEdit.NewText]
		seen[i.Label+"\x00"+i.TextEdit.NewText] = true
		return again
	})
	more := len(items) > maxItems || c.f.known() == nil
	return completionList{more, notNil(items[:min(len(items), maxItems)])}
}

func (c *pageCall) completeTopics(at cursor) completionList {
	from := len(at.before) - len(strings.TrimLeft(strings.TrimLeft(at.before, "#"), " \t"))
	word := strings.TrimSpace(at.before[from:])
	topics := map[string]int{}
	for _, e := range c.events(c.f.known()) {
		if e.path != c.page.Path {
			topics[e.topic]++
		}
	}
	delete(topics, "")
	var out []completionItem
	for topic, n := range topics {
		if rank := rankOf(topic, word); rank >= 0 {
			out = append(out, c.item(at, from, topic, page.RawName(topic), valueItem, events(n), fmt.Sprintf("%d%09d%s", rank, 999_999_999-n, topic)))
		}
	}
	return c.listed(out)
}

// completeSections completes the headings of the sections that a page does not have.
func (c *pageCall) completeSections(at cursor) completionList {
	from := len(at.before) - len(strings.TrimLeft(strings.TrimLeft(at.before, "#"), " \t"))
	if from == 3 {
		return completionList{Items: []completionItem{}}
	}
	word := at.before[from:]
	labels := c.live.Config().Labels
	var out []completionItem
	for i, s := range []struct {
		kind   page.SectionKind
		labels []string
	}{{page.SourceSection, labels.Source}, {page.ChangesSection, labels.Changes}, {page.RelatedSection, labels.Related}} {
		if c.page.Event.Section(s.kind) == nil && hasFoldedPrefix(s.labels[0], strings.TrimSpace(word)) {
			out = append(out, c.item(at, from, s.labels[0]+":", s.labels[0]+":", keywordItem, "", fmt.Sprint(i)))
		}
	}
	return c.listed(out)
}

// openBracket returns where the bracket is in a line that opens the text of a link and
// is not closed, or -1.
func openBracket(before string) int {
	depth := 0
	for i := len(before) - 1; i >= 0; i-- {
		switch escaped := i > 0 && before[i-1] == '\\'; {
		case escaped:
		case before[i] == ']':
			depth++
		case before[i] == '[' && depth > 0:
			depth--
		case before[i] == '[':
			return i
		}
	}
	return -1
}

// listEntry is the start of a line whose link is an entry of a list.
var listEntry = regexp.MustCompile(`^[ \t]*(\d+[.)]|#{1,6}|[-*+])[ \t]*\[$`)

// completePages completes links to events by the words of their headlines.
func (c *pageCall) completePages(at cursor, from int) completionList {
	w := c.f.known()
	found := search(c.events(w), at.before[from:], maxItems+1)
	space := ""
	if listEntry.MatchString(at.before[:from]) {
		space = c.entrySpace()
	}
	end := at.offset
	if strings.HasPrefix(at.after, "]") && !strings.HasPrefix(at.after, "](") {
		end++ // that the editor added to the opening one
	}
	var out []completionItem
	for i, e := range found {
		f := c.factsOf(w, e.path)
		if e.path == c.page.Path || !f.Quotable() {
			continue
		}
		text := page.EscapeText(f.TrimmedHeadline()) + space
		item := c.item(at, from, page.Unescape(e.headline), text+"]("+c.destination(e.path)+")", referenceItem, e.date.String(), fmt.Sprintf("%04d", i))
		item.TextEdit.Range.End = c.span(page.Span{Start: end, End: end}).End
		out = append(out, item)
	}
	return c.listed(out)
}

// entrySpace returns the space that most entries of the page have between their
// headline and the bracket that closes their link, or nothing.
func (c *pageCall) entrySpace() string {
	forms := archive.Ballot{}
	for _, l := range c.page.Links {
		if l.Role == page.Related || l.Role == page.Listed {
			forms[map[bool]string{true: " ", false: "none"}[strings.HasSuffix(c.page.Text(l.Text), " ")]]++
		}
	}
	if forms.Majority() == " " {
		return " "
	}
	return ""
}

// destination returns a link to an event in the form of those on the page.
func (c *pageCall) destination(to string) string {
	forms := archive.Ballot{}
	for _, l := range c.page.Links {
		t := c.page.Target(l)
		if kind, _ := archive.Classify(t.Path); t.Kind == archive.Internal && kind == archive.EventPage && l.Form == page.TextLink &&
			l.Reference == "" && !l.Malformed && !strings.ContainsAny(c.page.Destination(l), "?#") {
			forms[c.page.Redirected(l, to)]++
		}
	}
	return forms.Most("/" + link.Destination(to))
}
