package archive

import (
	"cmp"
	"html"
	"slices"
	"strings"

	"newsctl/archive/page"
)

// entry is what a listing says of an event. An entry without an event is one
// that stays as it is.
type entry struct {
	event   *Page
	topic   string
	text    string // of the link, escaped
	body    string // the lines below, the last without its end: a description, or contexts
	hasBody bool   // the body is known; otherwise what is there stays
}

// entry returns what a day page says of an event.
func (x *indexer) entry(e *Page, style listingStyle) entry {
	if out, ok := x.moved[e]; ok {
		return out
	}
	headline, _ := e.Event.Headline()
	out := entry{event: e, topic: e.Topic(), text: page.EscapeText(headline)}
	switch names := x.contexts.known[e.Path]; {
	case len(e.Event.Description) > 0:
		out.body, out.hasBody = e.description(), style.descriptions
	case len(names) > 0 && style.contexts:
		// What cannot be written as one list stays where it is recorded.
		if list, err := x.contexts.list(e.Path, names, x.contexts.names); err == nil {
			out.body, out.hasBody = page.FormatContexts(style.label, list), true
		}
	}
	if !out.hasBody {
		out.body = ""
	}
	return out
}

// description returns an event's description as it stands in the page.
func (p *Page) description() string {
	var paragraphs []string
	for _, s := range p.Event.Description {
		paragraphs = append(paragraphs, strings.TrimSpace(p.Text(s)))
	}
	return strings.Join(paragraphs, "\n\n")
}

// repeated returns an entry of a day page as the front page repeats it.
func (x *indexer) repeated(day *Page, it *page.Item, e *Page, style listingStyle) entry {
	out := entry{event: e, topic: topicOf(day, it), text: day.Text(it.Link.Text), hasBody: style.descriptions}
	if it.Declared != nil {
		out.hasBody = style.contexts
	}
	if out.hasBody {
		out.body = strings.TrimSpace(day.Text(bodyOf(day, it)))
	}
	return out
}

func topicOf(p *Page, it *page.Item) string {
	if it.Topic == nil {
		return ""
	}
	return p.topicText(it.Topic)
}

// bodyOf returns the span of the lines below an entry's heading.
func bodyOf(p *Page, it *page.Item) page.Span {
	s := page.Span{Start: it.Title.End, End: it.Title.End}
	for _, d := range it.Description {
		s.End = max(s.End, d.End)
	}
	if it.Declared != nil {
		s.End = max(s.End, it.Declared.End)
	}
	for s.End > s.Start && (p.Source[s.End-1] == '\n' || p.Source[s.End-1] == '\r') {
		s.End--
	}
	return s
}

// partEdits returns the edits that make the entries of a part what they are to
// be. Keep returns what an entry is to be, or false if it goes; entries in add
// come after those that stay.
func (x *indexer) partEdits(p *Page, part *page.Part, style listingStyle, keep func(*page.Item) (entry, bool), add []entry) []page.Edit {
	var edits []page.Edit
	var topic string // in force after the entries so far
	wanted := make([]entry, len(part.Items))
	heads := map[*page.Title]bool{} // topics of entries that stay
	stays := make([]bool, len(part.Items))
	for i := range part.Items {
		it := &part.Items[i]
		wanted[i], stays[i] = keep(it)
		stays[i] = stays[i] || p.UnreadIn(it.Span) != nil // what is not read would be lost
		heads[it.Topic] = heads[it.Topic] || stays[i]
	}
	for i := range part.Items {
		it, want := &part.Items[i], wanted[i]
		headed := it.Topic != nil && (i == 0 || part.Items[i-1].Topic != it.Topic)
		if !stays[i] {
			gone := it.Span
			switch {
			case headed && !heads[it.Topic]:
				gone.Start = it.Topic.Start
			case headed:
				topic = topicOf(p, it)
			}
			edits = append(edits, page.Edit{Span: gone})
			continue
		}
		if headed {
			topic = topicOf(p, it)
		}
		if want.event == nil {
			continue
		}
		// A listing may have a topic that the event's page lacks.
		if under := cmp.Or(want.topic, topicOf(p, it)); style.topics && topic != under && !it.Bullet {
			edits = append(edits, topicEdit(p, it, headed, under))
			topic = under
		}
		edits = append(edits, x.itemEdits(p, it, want, style)...)
	}
	if len(add) == 0 {
		return edits
	}
	eol := lineEnd(p.Source)
	text := style.entries(add, topic, eol)
	if len(part.Items) == 0 {
		return append(edits, belowTitle(p.Source, part.Title.Span, eol, text))
	}
	end := part.Items[len(part.Items)-1].End
	return append(edits, page.Insert(end, lineBreak(p.Source, end, eol, style.gap)+text))
}

// entries returns entries as they stand below others with a topic.
func (s listingStyle) entries(add []entry, topic, eol string) string {
	var text strings.Builder
	for _, e := range add {
		if s.topics && e.topic != topic {
			text.WriteString("##### " + page.RawName(e.topic) + eol)
			topic = e.topic
		}
		text.WriteString("### [" + e.text + "](" + s.prefix + destination(e.event.Path) + ")" + eol)
		if e.body != "" {
			text.WriteString(e.body + eol + eol) // or a rule below would make it a heading
		} else {
			text.WriteString(strings.ReplaceAll(s.gap, "\n", eol))
		}
	}
	return text.String()
}

// topicEdit puts an entry below a topic: in the heading that it has, or in one
// of its own.
func topicEdit(p *Page, it *page.Item, headed bool, topic string) page.Edit {
	topic = page.RawName(topic)
	if headed {
		if text := it.Topic.Text; text.Start > 0 && p.Source[text.Start-1] == '#' {
			topic = " " + topic // of an empty heading without a space
		}
		return page.Edit{Span: it.Topic.Text, New: topic}
	}
	return page.Insert(it.Start, "##### "+topic+lineEnd(p.Source))
}

// itemEdits makes the heading and the body of an entry what they are to be.
func (x *indexer) itemEdits(p *Page, it *page.Item, want entry, style listingStyle) []page.Edit {
	var edits []page.Edit
	target := p.Text(it.Link.Target)
	there := p.Target(it.Link).Path == want.event.Path
	if !there {
		target = style.prefix + destination(want.event.Path)
	}
	switch {
	case it.Link.Malformed:
		edits = append(edits, page.Edit{Span: it.Link.Span, New: "[" + want.text + "](" + target + ")"})
	case !SameText(p.Text(it.Link.Text), want.text):
		edits = append(edits, page.Edit{Span: it.Link.Text, New: want.text})
	}
	if !there && !it.Link.Malformed {
		edits = append(edits, page.Edit{Span: it.Link.Target, New: target})
	}
	if !want.hasBody || it.Bullet || x.sameBody(p, it, want) || p.UnreadIn(it.Span) != nil {
		return edits
	}
	body := bodyOf(p, it)
	text := want.body
	if eol := lineEnd(p.Source); body.Empty() && text != "" {
		text += eol
		if !strings.HasPrefix(string(p.Source[body.End:]), eol) {
			text += eol
		}
	}
	return append(edits, page.Edit{Span: body, New: text})
}

// sameBody reports whether the body of an entry says what it is to say.
func (x *indexer) sameBody(p *Page, it *page.Item, want entry) bool {
	described := len(want.event.Event.Description) > 0
	switch {
	case html.UnescapeString(strings.TrimSpace(p.Text(bodyOf(p, it)))) == html.UnescapeString(want.body):
		return true
	case len(it.Description) > 0:
		return !described // a description that only the listing has
	case it.Declared == nil || described:
		return false
	}
	return slices.Equal(newNameList(x.contexts.split(p, it.Declared)), x.contexts.known[want.event.Path])
}
