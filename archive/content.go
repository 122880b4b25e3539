package archive

import (
	"bytes"
	"crypto/sha256"
)

// Content is the bytes of a page before or after a change, or that there is no page:
// the zero value. It holds the bytes, or else makes them again each time they are
// asked for, from the page on disk. So a change of many pages takes no more memory
// than what is new on them.
type Content struct {
	held    []byte
	edit    *rereadEdit // not nil: the bytes are made again
	isAfter bool
}

// rereadEdit is an edit of a page that is read again: the bytes between two offsets
// are replaced.
type rereadEdit struct {
	archive    *Archive
	path       string
	sum        [sha256.Size]byte // of the bytes before
	size       int32             // of these
	start, end int32
	text       string
}

// Held returns content that holds bytes; none, if they are nil.
func Held(data []byte) Content { return Content{held: data} }

// IsNone reports whether there is no page.
func (c Content) IsNone() bool { return c.held == nil && c.edit == nil }

// IsHeld reports whether the bytes are held, and need not be made again.
func (c Content) IsHeld() bool { return c.edit == nil }

// Bytes returns the bytes, which nobody may change, or nil if there is no page. What
// is made again must be as it was: see [Steadily].
func (c Content) Bytes() []byte {
	switch e := c.edit; {
	case e == nil:
		return c.held
	case c.isAfter:
		return e.after()
	default:
		return e.before()
	}
}

// Len returns how many bytes there are.
func (c Content) Len() int {
	switch e := c.edit; {
	case e == nil:
		return len(c.held)
	case c.isAfter:
		return int(e.size-(e.end-e.start)) + len(e.text)
	default:
		return int(e.size)
	}
}

// Sum returns the SHA-256 of the bytes.
func (c Content) Sum() [sha256.Size]byte {
	if c.edit != nil && !c.isAfter {
		return c.edit.sum
	}
	return sha256.Sum256(c.Bytes())
}

// Equal reports whether two contents are alike.
func (c Content) Equal(d Content) bool {
	return c.IsNone() == d.IsNone() && c.Len() == d.Len() && bytes.Equal(c.Bytes(), d.Bytes())
}

// Versions returns the bytes before and after a change.
func (c Change) Versions() (before, after []byte) {
	before = c.From.Bytes()
	if e := c.After.edit; e != nil && e == c.From.edit {
		return before, e.apply(before)
	}
	return before, c.After.Bytes()
}

func (e *rereadEdit) before() []byte {
	src, reason, err := e.archive.Source(e.path)
	if reason != "" || err != nil || sha256.Sum256(src) != e.sum {
		panic(ErrChanged)
	}
	return src
}

func (e *rereadEdit) after() []byte { return e.apply(e.before()) }

func (e *rereadEdit) apply(src []byte) []byte {
	out := make([]byte, 0, int(e.size-(e.end-e.start))+len(e.text))
	out = append(out, src[:e.start]...)
	out = append(out, e.text...)
	return append(out, src[e.end:]...)
}

// Reread is [Replaced] for a page that was read for its caller alone
// ([Archive.ReadOnce]): neither its bytes nor the new ones are held, so that the change
// is of use only until the page is written.
func (a *Archive) Reread(pg *Page, after []byte) Change {
	if s := a.slot(pg.Path, false); s == nil || s.facts == nil {
		return Replaced(pg, after)
	}
	start, tail := commonEnds(pg.Source, after)
	e := &rereadEdit{archive: a, path: pg.Path, sum: sha256.Sum256(pg.Source), size: int32(len(pg.Source)),
		start: int32(start), end: int32(len(pg.Source) - tail), text: string(after[start : len(after)-tail])}
	return Change{Path: pg.Path, From: Content{edit: e}, After: Content{edit: e, isAfter: true}}
}

// commonEnds returns how many bytes two texts have in common at their beginnings, and
// how many of the others at their ends.
func commonEnds(a, b []byte) (start, tail int) {
	shorter := min(len(a), len(b))
	for start < shorter && a[start] == b[start] {
		start++
	}
	for tail < shorter-start && a[len(a)-1-tail] == b[len(b)-1-tail] {
		tail++
	}
	return start, tail
}
