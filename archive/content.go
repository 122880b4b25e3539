package archive

import (
	"bytes"
	"crypto/sha256"
)

// Content is the bytes of a page before or after a change, or that there is no page:
// the zero value. It holds the bytes, or else makes them again each time they are
// asked for, from the page on disk. So a change of many pages takes little memory.
type Content struct {
	held    []byte
	again   *remade // not nil: the bytes are made again
	isAfter bool
}

// remade is the bytes of a page on disk, and what a change makes of them.
type remade struct {
	archive       *Archive
	path          string
	before, after measure
	change        func(src []byte) ([]byte, error)
}

// measure is what is known of bytes that are not held.
type measure struct {
	sum  [sha256.Size]byte
	size int32
}

func measureOf(data []byte) measure { return measure{sha256.Sum256(data), int32(len(data))} }

// Held returns content that holds bytes; none, if they are nil.
func Held(data []byte) Content { return Content{held: data} }

// IsNone reports whether there is no page.
func (c Content) IsNone() bool { return c.held == nil && c.again == nil }

// IsHeld reports whether the bytes are held, and need not be made again.
func (c Content) IsHeld() bool { return c.again == nil }

// Bytes returns the bytes, which nobody may change, or nil if there is no page. What
// is made again must be as it was: see [Steadily].
func (c Content) Bytes() []byte {
	switch {
	case c.again == nil:
		return c.held
	case c.isAfter:
		return c.again.apply(c.again.read())
	default:
		return c.again.read()
	}
}

// measure returns the size and the sum of bytes that are not held.
func (c Content) measure() measure {
	if c.isAfter {
		return c.again.after
	}
	return c.again.before
}

// Len returns how many bytes there are.
func (c Content) Len() int {
	if c.again == nil {
		return len(c.held)
	}
	return int(c.measure().size)
}

// Sum returns the SHA-256 of the bytes.
func (c Content) Sum() [sha256.Size]byte {
	if c.again == nil {
		return sha256.Sum256(c.held)
	}
	return c.measure().sum
}

// Equal reports whether two contents are alike.
func (c Content) Equal(d Content) bool {
	return c.IsNone() == d.IsNone() && c.Len() == d.Len() && bytes.Equal(c.Bytes(), d.Bytes())
}

// Remade is [Replaced] for a page that was read for its caller alone
// ([Archive.ReadOnce]): neither its bytes nor the new ones are held. Change makes the
// new ones again from the others, which it can do until the page is written.
func (a *Archive) Remade(pg *Page, after []byte, change func(src []byte) ([]byte, error)) Change {
	if s := a.slot(pg.Path, false); s == nil || s.facts == nil {
		return Replaced(pg, after)
	}
	r := &remade{a, pg.Path, measureOf(pg.Source), measureOf(after), change}
	return Change{Path: pg.Path, From: Content{again: r}, After: Content{again: r, isAfter: true}}
}

// Versions returns the bytes before and after a change.
func (c Change) Versions() (before, after []byte) {
	before = c.From.Bytes()
	if r := c.After.again; r != nil && r == c.From.again {
		return before, r.apply(before)
	}
	return before, c.After.Bytes()
}

func (r *remade) read() []byte {
	src, reason, err := r.archive.Source(r.path)
	if reason != "" || err != nil || measureOf(src) != r.before {
		panic(ErrChanged)
	}
	return src
}

func (r *remade) apply(src []byte) []byte {
	out, err := r.change(src)
	if err != nil || measureOf(out) != r.after {
		panic(ErrChanged)
	}
	return out
}
