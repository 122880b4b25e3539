package lsp

import (
	"maps"
	"sync"
	"unicode/utf8"

	"newsctl/archive/page"
)

// document is a text that is open in the editor. It never changes: an edit makes
// another.
type document struct {
	uri     string
	tree    *fileTree // nil if it is not a page of an archive
	path    string    // in the archive
	version int
	text    string

	// lost says that the text may not be the client's: nothing is said of it until the
	// client sends all of it.
	lost bool

	linesOnce sync.Once
	index     *lines
}

// documents are those that are open, by their URIs. They never change.
type documents map[string]*document

// with returns the documents with another one.
func (d documents) with(doc *document) documents {
	out := maps.Clone(d)
	if out == nil {
		out = documents{}
	}
	out[doc.uri] = doc
	return out
}

// without returns the documents without that of a URI.
func (d documents) without(uri string) documents {
	out := maps.Clone(d)
	delete(out, uri)
	return out
}

// in returns the documents of an archive that count, by their paths. Of two for one
// path, as where a file has two names, the one counts whose URI comes first.
func (d documents) in(f *fileTree) map[string]*document {
	out := map[string]*document{}
	for _, doc := range d {
		if doc.tree != f || doc.lost {
			continue
		}
		if other := out[doc.path]; other == nil || doc.uri < other.uri {
			out[doc.path] = doc
		}
	}
	return out
}

func (d *document) lines() *lines {
	d.linesOnce.Do(func() { d.index = newLines(d.text) })
	return d.index
}

// isPage reports whether the document is a page that is read.
func (d *document) isPage() bool {
	return d != nil && d.tree != nil && !d.lost && !d.isTooLarge()
}

// isTooLarge reports whether the document is larger than pages that are read.
func (d *document) isTooLarge() bool { return len(d.text) > page.MaxSize }

// contentChange is an edit of a document, or with no range all of its text.
type contentChange struct {
	Range *textRange `json:"range"`
	Text  string     `json:"text"`
}

// edited returns the document after edits, each of the text that the one before
// made.
func (d *document) edited(version *int, changes []contentChange, enc encoding) *document {
	out := &document{uri: d.uri, tree: d.tree, path: d.path, version: d.version + 1, text: d.text, lost: d.lost}
	if version != nil {
		out.version = *version
		out.lost = out.lost || *version <= d.version // an edit is missing, or came twice
	}
	for _, c := range changes {
		if c.Range == nil {
			out.text, out.lost = c.Text, false
			continue
		}
		l := newLines(out.text)
		start, end := l.offset(c.Range.Start, enc), l.offset(c.Range.End, enc)
		if start > end {
			start, end = end, start
		}
		out.text = out.text[:start] + c.Text + out.text[end:]
	}
	out.lost = out.lost || !utf8.ValidString(out.text)
	return out
}
