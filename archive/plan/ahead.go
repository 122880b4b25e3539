package plan

import (
	"sync"

	"newsctl/archive"
	"newsctl/archive/contexts"
)

// Ahead reads pages as changes make them before [Guard] gets the changes: where these
// are so many that the bytes of all of them would take too much memory, each page is
// read when its bytes are made, and they are dropped.
type Ahead struct {
	archive *archive.Archive
	known   *contexts.Contexts

	mu      sync.Mutex
	refused map[string]error // why a page check refuses a change, by path
	heard   map[string]*contexts.Heard
}

// NewAhead returns what reads pages of an archive that are to be changed, with the
// contexts before the changes.
func NewAhead(a *archive.Archive, known *contexts.Contexts) *Ahead {
	return &Ahead{archive: a, known: known, refused: map[string]error{}, heard: map[string]*contexts.Heard{}}
}

// Remade is [archive.Archive.Remade], and reads the page as it will be.
func (r *Ahead) Remade(p *archive.Page, after []byte, change func(src []byte) ([]byte, error)) archive.Change {
	c := r.archive.Remade(p, after, change)
	if c.After.IsHeld() {
		return c
	}
	refused := refusal(r.archive, archive.Replaced(p, after), pageChecks)
	heard := r.known.Hear(r.archive.PageAs(p.Path, after))
	r.mu.Lock()
	defer r.mu.Unlock()
	r.refused[p.Path], r.heard[p.Path] = refused, heard
	return c
}

// Guard is [Guard] of changes of which pages were read already.
func (r *Ahead) Guard(c *archive.Changes) (*Plan, error) { return guard(c, r.known, r) }

// check is [pageCheck] of a change that was read already, or false if it was not.
func (r *Ahead) check(c archive.Change) (refused error, done bool) {
	if c.After.IsHeld() {
		return nil, false
	}
	refused, done = r.refused[c.Path]
	return refused, done
}
