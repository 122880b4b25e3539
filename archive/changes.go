package archive

import (
	"bytes"
	"cmp"
	"fmt"
	"io/fs"
	"maps"
	"slices"

	"newsctl/archive/page"
	"newsctl/archive/sorted"
)

// Edit plans edits of pages, by their paths. Where no page is, one is created of
// what is inserted.
func (a *Archive) Edit(edits map[string][]page.Edit) (*Changes, error) {
	plan := a.NewChanges()
	for _, p := range sorted.Keys(edits) {
		if pg := a.Page(p); pg != nil {
			if _, err := plan.Edit(pg, edits[p]); err != nil {
				return nil, err
			}
			continue
		}
		data, err := page.Apply(nil, edits[p])
		if err != nil {
			return nil, err
		}
		plan.Create(p, data)
	}
	return plan, nil
}

// Changes are what an operation would change, before the guard has passed them.
// They can be put together and laid over the archive, but neither shown nor
// written.
type Changes struct {
	Archive *Archive
	All     []Change
	Intent  Intent

	// Restores is set where the pages become what they were before another plan: what
	// is about fewer contexts then was so before.
	Restores bool
}

// NewChanges returns no changes yet, of the archive as it is.
func (a *Archive) NewChanges() *Changes { return &Changes{Archive: a} }

// Change is the change of one page: a creation, an edit, a move, a deletion.
type Change struct {
	Path  string  // today's; of a page that is created, the new one
	To    string  // the path a page moves to, or empty
	From  Content // what the change was made from; none: there is no page
	After Content // the new bytes
	Gone  bool    // the page is deleted

	Resolves bool // the change resolves the page's merge conflict

	Mode fs.FileMode // of a page that comes back, or 0
}

// End returns the path where the page will be.
func (c Change) End() string { return cmp.Or(c.To, c.Path) }

// Edit plans edits of a page, and of its copy if that is one still. It returns
// whether they change anything: if not, the page is omitted.
func (p *Changes) Edit(pg *Page, edits []page.Edit) (changed bool, err error) {
	after, err := pg.Edited(edits)
	if err != nil {
		return false, err
	}
	return p.Replace(pg, after), nil
}

// Edited returns the bytes of a page with edits applied.
func (p *Page) Edited(edits []page.Edit) ([]byte, error) {
	after, err := page.Apply(p.Source, edits)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", p.Path, err)
	}
	return after, nil
}

// Replace plans new bytes for a page, and for its copy if that is one still. It
// returns false, and leaves the page out, if the bytes are those it has.
func (p *Changes) Replace(pg *Page, after []byte) (changed bool) {
	if bytes.Equal(after, pg.Source) {
		return false
	}
	p.All = append(p.All, Replaced(pg, after))
	if pg.Listing != nil {
		other := p.Archive.Page(CopyOf(pg.Path))
		if other != nil && bytes.Equal(other.Source, pg.Source) {
			p.All = append(p.All, Replaced(other, after))
		}
	}
	return true
}

// Replaced returns the change that gives a page new bytes.
func Replaced(pg *Page, after []byte) Change {
	return Change{Path: pg.Path, From: Held(pg.Source), After: Held(after)}
}

// Create plans a page where none is. Its lines end all alike: with CRLF, if those
// that were taken from other pages do.
func (p *Changes) Create(at string, data []byte) {
	if crlf := []byte("\r\n"); bytes.Contains(data, crlf) {
		data = bytes.ReplaceAll(bytes.ReplaceAll(data, crlf, crlf[1:]), crlf[1:], crlf)
	}
	p.All = append(p.All, Change{Path: at, After: Held(data)})
}

// Move plans that a page moves to another path, with edits.
func (p *Changes) Move(pg *Page, to string, edits []page.Edit) error {
	after, err := pg.Edited(edits)
	if err != nil {
		return err
	}
	c := Replaced(pg, after)
	c.To = to
	p.All = append(p.All, c)
	return nil
}

// Delete plans the removal of a page.
func (p *Changes) Delete(pg *Page) {
	p.All = append(p.All, Change{Path: pg.Path, From: Held(pg.Source), Gone: true})
}

// Len returns how many pages change.
func (p *Changes) Len() int { return len(p.All) }

// Paths returns the paths of the pages that change, in byte order.
func (p *Changes) Paths() []string {
	out := make([]string, 0, len(p.All))
	for _, c := range p.Sorted() {
		out = append(out, c.Path)
	}
	return out
}

// Sorted returns the changes in the order of their paths.
func (p *Changes) Sorted() []Change {
	out := slices.Clone(p.All)
	slices.SortFunc(out, func(a, b Change) int { return cmp.Compare(a.Path, b.Path) })
	return out
}

// Intent is what changes do to contexts on purpose. All other contexts are to
// stay as they are.
type Intent struct {
	// Named are contexts that are called otherwise everywhere, by their old names.
	Named map[string]string `json:"named,omitempty"`

	// Given are the contexts of events that are added, by the paths of these.
	Given map[string][]string `json:"given,omitempty"`

	// Moved are the paths of events that go on at another path, by the old ones.
	Moved map[string]string `json:"moved,omitempty"`
}

// merge adds what later changes intend.
func (i *Intent) merge(later Intent) {
	for _, m := range []struct{ to, from *map[string]string }{{&i.Named, &later.Named}, {&i.Moved, &later.Moved}} {
		if *m.to == nil {
			*m.to = *m.from
			continue
		}
		maps.Copy(*m.to, *m.from)
	}
	if i.Given == nil {
		i.Given = later.Given
		return
	}
	maps.Copy(i.Given, later.Given)
}

// End returns the path at which an event continues.
func (i Intent) End(event string) string {
	if to, ok := i.Moved[event]; ok {
		return to
	}
	return event
}

// Name returns what a context is called afterwards.
func (i Intent) Name(context string) string {
	if to, ok := i.Named[context]; ok {
		return to
	}
	return context
}

// FollowMoves makes links to the old paths of pages that move resolve to the pages.
func (p *Changes) FollowMoves() {
	if len(p.Intent.Moved) > 0 {
		p.Archive = p.Archive.Clone()
		p.Archive.moved = p.Intent.Moved
	}
}
