package archive

import (
	"newsctl/archive/catalog"
	"newsctl/archive/facts"
)

// Brief is what a page needs to know of one that it points to.
type Brief struct {
	Path string
	Kind Kind
	Date Date // of an event or day page, or the copy of one
	facts.Head

	// ID numbers the facts of an archive, and of the overlays over it, from 1. Facts
	// of one ID are equal.
	ID int32
}

// Brief returns the brief of the page at a path, or nil if nothing is there.
func (a *Archive) Brief(p string) *Brief {
	a.reads.add(catalog.Head, p)
	if k, i, ok := a.fresh(p); ok {
		if _, known := a.pages.load(p); !known {
			if b := k.brief(i); b != nil {
				return b
			}
		}
	}
	if f := a.peekFacts(p); f != nil {
		return &f.Brief
	}
	return nil
}

// Bare returns the brief without what the page says.
func (b *Brief) Bare() *Brief {
	return &Brief{Path: b.Path, Kind: b.Kind, Date: b.Date, ID: b.ID, Head: facts.Head{Shape: b.Shape}}
}

// EventBrief returns the brief of the event page at a path, ignored or not, or nil.
func (a *Archive) EventBrief(p string) *Brief {
	if b := a.Brief(p); b.IsEvent() {
		return b
	}
	return nil
}

// IsEvent reports whether there is a page, and it is read as an event.
func (b *Brief) IsEvent() bool { return b != nil && b.Shape == facts.Event }

// Same reports whether there is a page, and another is that page as it is now.
func (b *Brief) Same(c *Brief) bool {
	return b != nil && c != nil && (b == c || b.ID != 0 && b.ID == c.ID)
}

// Damaged reports whether it is uncertain what the page says: see [Page.Damage].
func (b *Brief) Damaged() bool {
	return b.Damage&(facts.Conflict|facts.Repeated|facts.Unclosed) != 0
}

// Quotable reports whether other pages may name an event: it has one headline, its
// page is not damaged, and links point to it.
func (b *Brief) Quotable() bool {
	return b.IsEvent() && b.Damage&facts.NoHeadline == 0 && !b.Damaged() && !IsPadded(b.Path)
}

// IsEvent is [Brief.IsEvent].
func (f *Facts) IsEvent() bool { return f != nil && f.Brief.IsEvent() }

// Same is [Brief.Same].
func (f *Facts) Same(g *Facts) bool { return f != nil && g != nil && f.Brief.Same(&g.Brief) }

// page returns the facts as they are kept.
func (f *Facts) page() *facts.Page { return &facts.Page{Head: f.Head, Body: f.Body} }
