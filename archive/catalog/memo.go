package catalog

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// Catalog is the directory with what is kept of one archive. Nil keeps nothing.
type Catalog struct {
	dir   string
	state string
}

// Open returns the catalog of the archive at a root, an absolute path, in the
// directory that [UserDir] returns. The state names all that answers depend on
// beside the files of the archive: the program, its configuration. What was kept
// in another state counts as not there.
func Open(dir, root, state string) *Catalog {
	name := sha256.Sum256([]byte(root))
	return &Catalog{filepath.Join(dir, hex.EncodeToString(name[:8])), root + "\x00" + state}
}

// StateOf returns a text for a state, which differs where any of the values does: in
// what lists hold, or where one is nil and the other empty. The values hold no
// pointers.
func StateOf(values ...any) string { return fmt.Sprintf("%#v", values) }

// UserDir returns the directory that catalogs are kept in: NEWSCTL_CACHE_DIR, or
// newsctl in the user's cache directory. It is empty if there is neither.
func UserDir() string {
	if dir := os.Getenv("NEWSCTL_CACHE_DIR"); dir != "" {
		return dir
	}
	if dir, err := os.UserCacheDir(); err == nil {
		return filepath.Join(dir, "newsctl")
	}
	return ""
}

// Memo is what a run keeps: the snapshot of the archive, with the answers for pages,
// and what does not belong to one page.
type Memo struct {
	Snapshot *Snapshot
	Answers  string // as the caller encodes them
}

// Has reports whether there is a memo of a name, of whatever state.
func (c *Catalog) Has(name string) bool {
	if c == nil {
		return false
	}
	_, err := os.Stat(filepath.Join(c.dir, name))
	return err == nil
}

// Load returns the memo of a name, or nil if there is none of this state.
func (c *Catalog) Load(name string) *Memo {
	if c == nil {
		return nil
	}
	body, err := readFile(filepath.Join(c.dir, name), c.state)
	if err != nil {
		return nil
	}
	r := NewReader(body)
	m := &Memo{Answers: r.String()}
	if m.Snapshot = r.snapshot(); !r.Whole() {
		return nil
	}
	return m
}

// Save keeps a memo under a name. An error means that the next run has more to
// do.
func (c *Catalog) Save(name string, m *Memo) error {
	if c == nil {
		return nil
	}
	return errors.Join(
		writeFile(filepath.Join(c.dir, name), c.state, func(w *Writer) {
			w.String(m.Answers)
			m.Snapshot.encode(w)
		}),
		sweep(filepath.Dir(c.dir)),
	)
}
