package catalog

import (
	"os"
	"path/filepath"
	"time"
)

// SaveText keeps a text under a name, unless it is there already.
func (c *Catalog) SaveText(name, text string) error {
	if c == nil {
		return nil
	}
	file := filepath.Join(c.dir, name)
	if kept, err := readFile(file, c.state); err == nil && kept == text {
		now := time.Now()
		return os.Chtimes(file, now, now)
	}
	return writeFile(file, c.state, func(w *Writer) { w.raw(text) })
}

// LoadText returns the text that is kept under a name, and how old it is; nothing if
// there is none.
func (c *Catalog) LoadText(name string) (text string, age time.Duration, ok bool) {
	if c == nil {
		return "", 0, false
	}
	file := filepath.Join(c.dir, name)
	text, err := readFile(file, c.state)
	if err != nil {
		return "", 0, false
	}
	info, err := os.Stat(file)
	if err != nil {
		return "", 0, false
	}
	return text, time.Since(info.ModTime()), true
}
