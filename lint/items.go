package lint

import "newsctl/archive/page"

// items returns what a day page or the front page lists, in order.
func (p *Pass) items() []page.Item {
	var out []page.Item
	for _, part := range p.Page.Listing.Parts {
		out = append(out, part.Items...)
	}
	return out
}
