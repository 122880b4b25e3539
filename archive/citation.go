package archive

import "newsctl/archive/page"

// Citation is an outside source as the page of an event cites it.
type Citation struct {
	Event *Page
	Entry page.Entry
	URL   string // as a reader takes it
	Line  int
}

// Citations returns what the events at paths cite, in the order of paths and of
// their pages. Copies and other pages cite nothing.
func (a *Archive) Citations(paths []string) []Citation {
	byPage := make([][]Citation, len(paths))
	a.Each(paths, func(i int, p *Page) {
		if p == nil || p.Event == nil {
			return
		}
		for _, e := range p.Event.Entries(page.SourceSection) {
			if e.Link != nil && !e.Link.Malformed {
				line, _ := p.Position(e.Link.Start)
				byPage[i] = append(byPage[i], Citation{p, e, p.Destination(e.Link), line})
			}
		}
	})
	var out []Citation
	for _, list := range byPage {
		out = append(out, list...)
	}
	return out
}
