package export

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"newsctl/archive"
	"newsctl/archive/encode"
	"newsctl/archive/txn"
)

// File is a file that is published beside a page.
type File struct {
	Path string // relative to the directory that is published, with slashes
	Data []byte
}

// Siblings returns the .json and .xml files that the Formats lines name of events, and
// of the pages of their days, all of whose events these are; of the front page as
// well, if they are all events. Those of an event are an article of JSON-LD and an
// entry of Atom, those of a list of events a JSON feed and a feed of Atom.
func Siblings(a *archive.Archive, site Site, events []Event, all bool) ([]File, error) {
	p := publisher{site: site}
	lists := map[string][]Event{}
	for i := range events {
		e := &events[i]
		lists[e.Date.Page()] = append(lists[e.Date.Page()], *e)
		p.event(e)
	}
	for day, of := range lists {
		p.list(a.Page(day), of)
	}
	if all {
		p.list(a.Page(frontPage), events)
	}
	slices.SortFunc(p.files, func(a, b File) int { return strings.Compare(a.Path, b.Path) })
	return p.files, errors.Join(p.errs...)
}

const frontPage = "index.md"

// publisher makes the files beside pages.
type publisher struct {
	site  Site
	files []File
	errs  []error
}

// add adds the file of a page with an extension.
func (p *publisher) add(page, ext string, write func(io.Writer) error) {
	var data bytes.Buffer
	p.errs = append(p.errs, write(&data))
	p.files = append(p.files, File{strings.TrimSuffix(page, path.Ext(page)) + ext, data.Bytes()})
}

// event adds the files of an event.
func (p *publisher) event(e *Event) {
	if slices.Contains(e.formats, ".json") {
		article := p.site.article(e)
		article.Context = vocabulary
		p.add(e.Path, ".json", func(w io.Writer) error { return encode.JSON(w, article) })
	}
	if slices.Contains(e.formats, ".xml") {
		entry := p.site.entry(e)
		entry.Space, entry.Author = atomSpace, &atomPerson{p.site.Title}
		p.add(e.Path, ".xml", func(w io.Writer) error { return encode.XML(w, entry) })
	}
}

// list adds the files of a page that lists events.
func (p *publisher) list(pg *archive.Page, events []Event) {
	if pg == nil || pg.Listing == nil {
		return
	}
	events = slices.DeleteFunc(slices.Clone(events), func(e Event) bool { return !pg.Lists(e.Path) })
	formats := formatsOf(pg)
	if slices.Contains(formats, ".json") {
		p.add(pg.Path, ".json", func(w io.Writer) error { return writeJSONFeed(w, p.site, events) })
	}
	if slices.Contains(formats, ".xml") {
		p.add(pg.Path, ".xml", func(w io.Writer) error { return writeAtom(w, p.site, events) })
	}
}

// WriteFiles writes files below a directory, which is made if it is not there: all of
// them, or none. It returns how many differ from what was there.
func WriteFiles(ctx context.Context, dir string, files []File) (changed int, err error) {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return 0, err
	}
	if dir, err = filepath.EvalSymlinks(dir); err != nil {
		return 0, err
	}
	lock, err := txn.Acquire(ctx, txn.Tree{Root: dir}, "newsctl export")
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, lock.Release()) }()
	var ops []txn.Op
	for _, f := range files {
		before := txn.Absent
		switch was, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(f.Path))); {
		case err == nil && bytes.Equal(was, f.Data):
			continue
		case err == nil:
			before = txn.HashOf(was)
		case !errors.Is(err, fs.ErrNotExist):
			return 0, fmt.Errorf("%s: %w", f.Path, err)
		}
		ops = append(ops, txn.Op{Path: f.Path, Before: before, Data: f.Data})
	}
	return len(ops), lock.Commit(ops)
}
