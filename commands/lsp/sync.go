package lsp

import (
	"encoding/json"
	"path"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"newsctl/archive"
)

// setDocs makes documents those that are open. Only the reader of the stream calls it.
func (s *server) setDocs(docs documents) {
	s.docs.Store(&docs)
	s.awake()
}

func (s *server) didOpen(params json.RawMessage) error {
	var p struct {
		TextDocument struct {
			URI     string `json:"uri"`
			Version int    `json:"version"`
			Text    string `json:"text"`
		} `json:"textDocument"`
	}
	if err := unmarshal(params, &p); err != nil {
		return err
	}
	d := &document{uri: p.TextDocument.URI, version: p.TextDocument.Version, text: p.TextDocument.Text}
	d.lost = !utf8.ValidString(d.text)
	if f, at := s.treeOf(d.uri); f != nil && archive.IsPage(at) {
		d.tree, d.path = f, at
	}
	s.setDocs(s.docs.Load().with(d))
	return nil
}

func (s *server) didChange(params json.RawMessage) error {
	var p struct {
		TextDocument   versionedID     `json:"textDocument"`
		ContentChanges []contentChange `json:"contentChanges"`
	}
	err := unmarshal(params, &p)
	docs := *s.docs.Load()
	d := docs[p.TextDocument.URI]
	if d == nil {
		return err
	}
	if err != nil {
		d = &document{uri: d.uri, tree: d.tree, path: d.path, version: d.version + 1, lost: true}
	} else {
		d = d.edited(p.TextDocument.Version, p.ContentChanges, s.encoding)
	}
	s.setDocs(docs.with(d))
	return err
}

func (s *server) didClose(params json.RawMessage) error {
	var p documentParams
	if err := unmarshal(params, &p); err != nil {
		return err
	}
	s.setDocs(s.docs.Load().without(p.TextDocument.URI))
	s.unpublish(p.TextDocument.URI)
	return nil
}

func (s *server) didSave(params json.RawMessage) error {
	var p documentParams
	if err := unmarshal(params, &p); err != nil {
		return err
	}
	if d := (*s.docs.Load())[p.TextDocument.URI]; d != nil && d.tree != nil {
		d.tree.touch([]string{d.path})
		s.awake()
	}
	return nil
}

// didChangeFiles notes what changed on disk.
func (s *server) didChangeFiles(params json.RawMessage) error {
	var p struct {
		Changes []struct {
			URI string `json:"uri"`
		} `json:"changes"`
	}
	if err := unmarshal(params, &p); err != nil {
		return err
	}
	s.treeMu.Lock()
	defer s.treeMu.Unlock()
	for _, f := range s.trees {
		var pages []string
		for _, c := range p.Changes {
			at, ok := f.pathOf(c.URI)
			switch {
			case !ok:
			case archive.IsPage(at):
				pages = append(pages, at)
			case path.Base(at) == ".newsctl.yaml":
				defer f.reopen()
			default:
				f.renew()
			}
		}
		f.touch(pages)
	}
	s.awake()
	return nil
}

// maxTouched is how many pages are read again one by one, rather than all that is
// asked for.
const maxTouched = 500

// pathOf returns the path in the archive of a file that is below its root, there or
// not.
func (f *fileTree) pathOf(uri string) (string, bool) {
	file, ok := fileOf(uri)
	if !ok {
		return "", false
	}
	for _, root := range []string{f.shown, f.root} {
		rel, err := filepath.Rel(root, file)
		if at := filepath.ToSlash(rel); err == nil && at != ".." && !strings.HasPrefix(at, "../") {
			return path.Clean(at), true
		}
	}
	return "", false
}
