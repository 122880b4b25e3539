package archive

import (
	"fmt"
	"path"

	"newsctl/archive/page"
)

// Damage is what makes uncertain what a page says, so that nothing of it may be
// copied into other pages.
type Damage struct {
	At     page.Span
	Reason string // what is wrong
	Remedy string // what to do
}

// Damage returns what makes uncertain what the page says, or nil: a merge conflict
// that was not resolved, a second headline, code or HTML that is not closed.
func (p *Page) Damage() *Damage {
	if d := p.conflict(); d != nil {
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

// conflict returns the first merge conflict of the page, or nil.
func (p *Page) conflict() *Damage {
	if len(p.Conflicts) == 0 {
		return nil
	}
	at := p.Conflicts[0]
	return &Damage{at, fmt.Sprintf("a merge conflict is not resolved: %q", p.Text(at)), "resolve it first"}
}

// quotable reports whether other pages may name an event: it has one headline, its
// page is not damaged, and links lead to it.
func (p *Page) quotable() bool {
	return p.Event != nil && len(p.Event.Headlines) == 1 && p.Damage() == nil && !IsPadded(p.Path)
}

// damaged returns the damage to a page that is to be changed as an error, or nil.
func (p *Page) damaged() error {
	if d := p.Damage(); d != nil {
		return d.err(p)
	}
	return nil
}

// err returns the damage to a page as an error that names the place.
func (d *Damage) err(p *Page) error {
	line, _ := p.Position(d.At.Start)
	return fmt.Errorf("%s:%d: %s; %s", p.Path, line, d.Reason, d.Remedy)
}

// errPadded says that no link leads to a page, and what to do.
func errPadded(padded string) error {
	return fmt.Errorf("directory %s has a leading zero in its name, so links do not lead there; run \"%s\" first", path.Dir(padded), MoveOf(padded))
}

// checkConflict refuses to change a page with a merge conflict, and to copy one
// into another page.
func checkConflict(a *Archive, c planned) error {
	if p := a.Page(c.path); c.from != nil && p != nil && !c.resolves {
		if d := p.conflict(); d != nil {
			return d.err(p)
		}
	}
	p := &Page{Path: c.end(), Page: page.ParseCopy(c.after)}
	if d := p.conflict(); d != nil {
		return d.err(p)
	}
	return nil
}
