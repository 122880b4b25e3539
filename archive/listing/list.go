package listing

import (
	"cmp"
	"html"
	"slices"
	"strings"

	"newsctl/archive"
	"newsctl/archive/contexts"
	"newsctl/archive/link"
	"newsctl/archive/page"
)

// Entry is what a listing says of an event. An entry without an event is one
// that stays as it is.
type Entry struct {
	Event   *archive.Page
	Topic   string
	Text    string // of the link, escaped
	Body    string // the lines below, the last without its end: a description, or contexts
	HasBody bool   // the body is known; otherwise what is there stays
}

// entry returns what a day page says of an event.
func (x *Indexer) entry(e *archive.Page, style ListingStyle) Entry {
	if out, ok := x.Moved[e]; ok {
		return out
	}
	headline, _ := e.Event.Headline()
	out := Entry{Event: e, Topic: e.Topic(), Text: page.EscapeText(headline)}
	switch names := x.Contexts.Of(e.Path); {
	case len(e.Event.Description) > 0:
		out.Body, out.HasBody = e.Description(), style.descriptions
	case len(names) > 0 && style.contexts:
		// What cannot be written as one list stays where it is recorded.
		if list, err := x.Contexts.List(e.Path, names, x.Contexts.CommaNames); err == nil {
			out.Body, out.HasBody = page.FormatContexts(style.label, list), true
		}
	}
	if !out.HasBody {
		out.Body = ""
	}
	return out
}

// repeated returns an entry of a day page as the front page repeats it.
func (x *Indexer) repeated(day *archive.Page, it *page.Item, e *archive.Page, style ListingStyle) Entry {
	out := Entry{Event: e, Topic: archive.TopicOf(day, it), Text: day.Text(it.Link.Text), HasBody: style.descriptions}
	if it.Declared != nil {
		out.HasBody = style.contexts
	}
	if out.HasBody {
		out.Body = strings.TrimSpace(day.Text(archive.BodyOf(day, it)))
	}
	return out
}

// PartEdits returns the edits that make the entries of a part what they are to
// be. Keep returns what an entry is to be, or false if it goes; entries in add
// come after those that stay, before what was put last by hand.
func (x *Indexer) PartEdits(p *archive.Page, part *page.Part, style ListingStyle, keep func(*page.Item) (Entry, bool), add []Entry) []page.Edit {
	var edits []page.Edit
	var topic string // in force after the entries so far
	wanted := make([]Entry, len(part.Items))
	heads := map[*page.Title]bool{} // topics of entries that stay
	stays := make([]bool, len(part.Items))
	for i := range part.Items {
		it := &part.Items[i]
		wanted[i], stays[i] = keep(it)
		stays[i] = stays[i] || p.UnreadIn(it.Span) != nil // what is not read would be lost
		heads[it.Topic] = heads[it.Topic] || stays[i]
	}
	place, above := newEntries(p, part, style), ""
	for i := range part.Items {
		if i == place {
			above = topic
		}
		it, want := &part.Items[i], wanted[i]
		headed := it.Topic != nil && (i == 0 || part.Items[i-1].Topic != it.Topic)
		if !stays[i] {
			gone := it.Span
			switch {
			case headed && !heads[it.Topic]:
				gone.Start = it.Topic.Start
			case headed:
				topic = archive.TopicOf(p, it)
			}
			edits = append(edits, page.Edit{Span: gone})
			continue
		}
		if headed {
			topic = archive.TopicOf(p, it)
		}
		if want.Event == nil {
			continue
		}
		// A listing may have a topic that the event's page lacks.
		if under := cmp.Or(want.Topic, archive.TopicOf(p, it)); style.topics && topic != under && !it.Bullet {
			edits = append(edits, TopicEdit(p, it, headed, under))
			topic = under
		}
		edits = append(edits, x.itemEdits(p, it, want, style)...)
	}
	if len(add) == 0 {
		return edits
	}
	eol := page.LineEnd(p.Source)
	if place < len(part.Items) {
		at := headOf(part, place)
		return append(edits, page.Insert(at, page.LineBreak(p.Source, at, eol, style.gap)+style.entries(add, above, eol)))
	}
	text := style.entries(add, topic, eol)
	if len(part.Items) == 0 {
		return append(edits, fillEdit(p, part, eol, text))
	}
	end := part.Items[len(part.Items)-1].End
	return append(edits, page.Insert(end, page.LineBreak(p.Source, end, eol, style.gap)+text))
}

// fillEdit puts entries into a part that has none. A rule right below an entry that
// is only a heading stays there.
func fillEdit(p *archive.Page, part *page.Part, eol, text string) page.Edit {
	edit := page.BelowTitle(p.Source, part.Title.Span, eol, text)
	if strings.HasSuffix(text, ")"+eol) && strings.HasPrefix(string(p.Source[edit.Start:]), "---") {
		edit.New = strings.TrimSuffix(edit.New, eol)
	}
	return edit
}

// newEntries returns before which item of a part new entries come: the first of those
// that were put last by hand, if it is below a topic of its own or there are no topics.
func newEntries(p *archive.Page, part *page.Part, style ListingStyle) int {
	n := len(part.Items)
	for n > 0 && placedByHand(p, &part.Items[n-1]) {
		n--
	}
	if n < len(part.Items) && style.topics && headOf(part, n) == part.Items[n].Start {
		return len(part.Items)
	}
	return n
}

// headOf returns where an item of a part starts, with the topic that it is the first of.
func headOf(part *page.Part, i int) int {
	it := &part.Items[i]
	if it.Topic != nil && (i == 0 || part.Items[i-1].Topic != it.Topic) {
		return it.Topic.Start
	}
	return it.Start
}

// entries returns entries as they are below others with a topic.
func (s ListingStyle) entries(add []Entry, topic, eol string) string {
	var text strings.Builder
	for _, e := range add {
		if s.topics && e.Topic != topic {
			text.WriteString("##### " + page.RawName(e.Topic) + eol)
			topic = e.Topic
		}
		text.WriteString("### [" + e.Text + "](" + s.prefix + link.Destination(e.Event.Path) + ")" + eol)
		if e.Body != "" {
			text.WriteString(e.Body + eol + eol) // or a rule below would make it a heading
		} else {
			text.WriteString(strings.ReplaceAll(s.gap, "\n", eol))
		}
	}
	return text.String()
}

// TopicEdit puts an entry below a topic: in the heading that it has, or in one
// of its own.
func TopicEdit(p *archive.Page, it *page.Item, headed bool, topic string) page.Edit {
	topic = page.RawName(topic)
	if headed {
		if text := it.Topic.Text; text.Start > 0 && p.Source[text.Start-1] == '#' {
			topic = " " + topic // of an empty heading without a space
		}
		return page.Edit{Span: it.Topic.Text, New: topic}
	}
	return page.Insert(it.Start, "##### "+topic+page.LineEnd(p.Source))
}

// itemEdits makes the heading and the body of an entry what they are to be.
func (x *Indexer) itemEdits(p *archive.Page, it *page.Item, want Entry, style ListingStyle) []page.Edit {
	var edits []page.Edit
	target := p.Text(it.Link.Target)
	there := p.Target(it.Link).Path == want.Event.Path
	if !there {
		target = style.prefix + link.Destination(want.Event.Path)
	}
	switch {
	case it.Link.Malformed:
		edits = append(edits, page.Edit{Span: it.Link.Span, New: "[" + want.Text + "](" + target + ")"})
	case !link.SameText(p.Text(it.Link.Text), want.Text):
		edits = append(edits, page.Edit{Span: it.Link.Text, New: want.Text})
	}
	if !there && !it.Link.Malformed {
		edits = append(edits, page.Edit{Span: it.Link.Target, New: target})
	}
	if !want.HasBody || it.Bullet || x.sameBody(p, it, want) || p.UnreadIn(it.Span) != nil {
		return edits
	}
	body := archive.BodyOf(p, it)
	text := want.Body
	if eol := page.LineEnd(p.Source); body.Empty() && text != "" {
		text += eol
		if !strings.HasPrefix(string(p.Source[body.End:]), eol) {
			text += eol
		}
	}
	return append(edits, page.Edit{Span: body, New: text})
}

// sameBody reports whether the body of an entry says what it is to say.
func (x *Indexer) sameBody(p *archive.Page, it *page.Item, want Entry) bool {
	described := len(want.Event.Event.Description) > 0
	switch {
	case html.UnescapeString(strings.TrimSpace(p.Text(archive.BodyOf(p, it)))) == html.UnescapeString(want.Body):
		return true
	case len(it.Description) > 0:
		return !described // a description that only the listing has
	case it.Declared == nil || described:
		return false
	}
	return slices.Equal(contexts.NewNameList(x.Contexts.Split(p, it.Declared)), x.Contexts.Of(want.Event.Path))
}
