package lint

import "newsctl/archive/page"

// prose returns what an event's editor wrote as text: topic, headline,
// description, and the names of the outlets.
func (p *Pass) prose() []page.Span {
	e := p.Page.Event
	var out []page.Span
	if e.Topic != nil {
		out = append(out, e.Topic.Text)
	}
	for _, h := range e.Headlines {
		out = append(out, h.Text)
	}
	out = append(out, e.Description...)
	for _, s := range e.Entries(page.SourceSection) {
		if s.Link != nil {
			out = append(out, s.Link.Text)
		}
	}
	return out
}
