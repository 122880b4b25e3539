package archive

import (
	"fmt"
	"path"

	"newsctl/archive/facts"
	"newsctl/archive/page"
)

// Damage is what makes uncertain what a page says, so that nothing of it may be
// copied into other pages.
type Damage struct {
	At     page.Span
	Reason string // what is wrong
	Hint   string // what to do
}

// Damage returns what makes uncertain what the page says, or nil: a merge conflict
// that was not resolved, a second headline, code or HTML that is not closed.
func (p *Page) Damage() *Damage {
	if d := p.Conflict(); d != nil {
		return d
	}
	if p.Event != nil && len(p.Event.Headlines) > 1 {
		return &Damage{p.Event.Headlines[1].Text, "the page has a second headline", "keep one"}
	}
	if !p.Open.Empty() {
		return &Damage{p.Open, fmt.Sprintf("nothing closes %q, so that the rest of the page belongs to it", p.Text(p.Open)), "close it"}
	}
	return nil
}

// Conflict returns the first merge conflict of the page, or nil.
func (p *Page) Conflict() *Damage {
	if len(p.Conflicts) == 0 {
		return nil
	}
	at := p.Conflicts[0]
	return &Damage{at, fmt.Sprintf("a merge conflict is not resolved: %q", p.Text(at)), "resolve it first"}
}

// Quotable reports whether other pages may name an event: it has one headline, its
// page is not damaged, and links point to it.
func (p *Page) Quotable() bool {
	return p.Event != nil && len(p.Event.Headlines) == 1 && p.Damage() == nil && !IsPadded(p.Path)
}

// Damaged returns the damage to a page that is to be changed as an error, or nil.
func (p *Page) Damaged() error {
	if d := p.Damage(); d != nil {
		return d.Err(p)
	}
	return nil
}

// Err returns the damage to a page as an error that names the place.
func (d *Damage) Err(p *Page) error {
	line, _ := p.Position(d.At.Start)
	return fmt.Errorf("%s:%d: %s; %s", p.Path, line, d.Reason, d.Hint)
}

// ErrPadded says that no link points to a page, and what to do.
func ErrPadded(padded string) error {
	return fmt.Errorf("directory %s %s in its name, so links do not lead there; run \"%s\" first", path.Dir(padded), OtherPadding(), MoveOf(padded))
}

// CheckConflict refuses to change a page with a merge conflict, and to copy one
// into another page.
func CheckConflict(a *Archive, c Change) error {
	if !c.From.IsNone() && !c.Resolves {
		if f := a.Facts(c.Path); f != nil && f.Damage&facts.Conflict != 0 {
			p := a.Page(c.Path)
			return p.Conflict().Err(p)
		}
	}
	p := &Page{Path: c.End(), Page: page.ParseCopy(c.After.Bytes())}
	if d := p.Conflict(); d != nil {
		return d.Err(p)
	}
	return nil
}

// Legible returns the page at a path with its links, also where it is the copy
// of a listing that it no longer agrees with. Of a true copy it returns nil:
// plans change it together with the listing.
func (a *Archive) Legible(p string) *Page {
	pg := a.Page(p)
	if pg == nil || pg.Kind != CopyPage {
		return pg
	}
	if of := a.Page(CopyOf(p)); of != nil && string(of.Source) == string(pg.Source) {
		return nil
	}
	out := &Page{Path: p, Kind: FrontPage, Date: pg.Date}
	if pg.Date != (Date{}) {
		out.Kind = DayPage
	}
	a.Fill(out, pg.Source)
	return out
}
