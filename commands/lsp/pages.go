package lsp

import (
	"encoding/json"
	"slices"

	"newsctl/archive"
	"newsctl/archive/contexts"
	"newsctl/archive/page"
	"newsctl/archive/sorted"
)

// pageCall is a request about an open page.
type pageCall struct {
	*call
	f    *fileTree
	doc  *document
	live *archive.Archive // with the open documents
	page *archive.Page
}

// about names the document that params are about.
type about interface{ uri() string }

func (p place) uri() string          { return p.TextDocument.URI }
func (p documentParams) uri() string { return p.TextDocument.URI }

// onPage returns the handler that answers with do if the document is a page of an
// archive, and else with nothing.
func onPage[P about](do func(*pageCall, P) (any, error)) handler {
	return func(c *call, params json.RawMessage) (result any, err error) {
		var p P
		if err := unmarshal(params, &p); err != nil {
			return nil, err
		}
		return c.onPage(p.uri(), func(pc *pageCall) (any, error) { return do(pc, p) })
	}
}

func (c *call) onPage(uri string, do func(*pageCall) (any, error)) (result any, err error) {
	d := c.docs[uri]
	if !d.isPage() || c.docs.in(d.tree)[d.path] != d {
		return nil, nil
	}
	err = d.tree.use(func() (err error) {
		pc := &pageCall{call: c, f: d.tree, doc: d, live: d.tree.live(c.docs)}
		if !isPageOf(pc.live, d.path) || c.ctx.Err() != nil {
			return nil
		}
		if pc.page = pc.live.Page(d.path); pc.page == nil || pc.page.Fault != "" || pc.page.Err != nil {
			return nil
		}
		result, err = do(pc)
		return err
	})
	return result, err
}

// whole returns the archive with all facts known and the open documents laid over it.
func (c *pageCall) whole() (*whole, *archive.Archive) {
	w := c.f.loaded()
	return w, w.with(c.f.texts(w.onDisk(), c.docs))
}

// contexts returns that archive and the contexts of its events.
func (c *pageCall) contexts() (*archive.Archive, *contexts.Contexts) {
	w := c.f.loaded()
	return w.withContexts(c.f.texts(w.onDisk(), c.docs))
}

// contextsNear returns the contexts of events: those that the whole archive records, or
// while that is being read, those that the pages of the events do.
func (c *pageCall) contextsNear(paths ...string) *contexts.Contexts {
	if c.f.known() != nil {
		_, known := c.contexts()
		return known
	}
	slices.Sort(paths)
	return contexts.Of(c.live, slices.Compact(paths))
}

// otherContexts returns the contexts of the archive without what is typed on the page
// right now; while the archive is being read, those of the last days.
func (c *pageCall) otherContexts() *contexts.Contexts {
	w := c.f.known()
	if w == nil {
		others := slices.DeleteFunc(recentEvents(c.live), func(p string) bool { return p == c.page.Path })
		return contexts.Of(c.live, others)
	}
	texts := c.f.texts(w.onDisk(), c.docs)
	delete(texts, c.page.Path)
	_, known := w.withContexts(texts)
	return known
}

// recentDays is how many of the last days are completed from while the archive is being
// read.
const recentDays = 10

// recentEvents returns the paths of the events of the last days.
func recentEvents(a *archive.Archive) []string {
	var out []string
	for _, d := range a.LastDays(recentDays) {
		for _, e := range a.Events(d) {
			out = append(out, e.Path)
		}
	}
	slices.Sort(out)
	return out
}

// factsOf returns the facts of a page, those of an open one as it is there.
func (c *pageCall) factsOf(w *whole, p string) *archive.Facts {
	if w == nil || c.docs.in(c.f)[p] != nil {
		return c.live.Facts(p)
	}
	return w.onDisk().Facts(p)
}

// sweep makes the archive what is on disk now: what is planned is to be right also
// where nobody reported a change.
func (c *pageCall) sweep() { c.f.touch(sorted.Keys(c.f.loaded().sweep())) }

func (c *pageCall) offset(p position) int { return c.doc.lines().offset(p, c.encoding) }

func (c *pageCall) span(s page.Span) textRange { return c.doc.lines().span(s, c.encoding) }

// uriAt returns the URI of a page of the archive: that of the document, if it is open.
func (c *pageCall) uriAt(p string) string { return c.docs.uriAt(c.f, p) }

func (d documents) uriAt(f *fileTree, p string) string {
	if doc := d.in(f)[p]; doc != nil {
		return doc.uri
	}
	return uriOf(f.file(p))
}

// linkAt returns the link at an offset of a page, the innermost of several, or that of
// the entry of a list there, or nil.
func linkAt(p *archive.Page, offset int) *page.Link {
	var found *page.Link
	for _, l := range p.Links {
		if l.Start <= offset && offset <= l.End && (found == nil || l.End-l.Start <= found.End-found.Start) {
			found = l
		}
	}
	if found != nil || p.Event == nil {
		return found
	}
	for _, e := range p.Event.Entries(page.RelatedSection) {
		if e.Start <= offset && offset < e.End {
			return e.Link
		}
	}
	return nil
}

// targetAt returns the path of the page that the link at an offset points to, or
// meant to, and false if none is there.
func (c *pageCall) targetAt(offset int) (*page.Link, string, bool) {
	l := linkAt(c.page, offset)
	if l == nil {
		return nil, "", false
	}
	t := c.page.Target(l)
	if t.Kind != archive.Internal {
		return l, "", false
	}
	if c.live.Exists(t.Path) {
		return l, t.Path, archive.IsPage(t.Path)
	}
	if src := archive.SourceOf(t.Path); src != "" && c.live.Exists(src) {
		return l, src, true
	}
	to, ok := c.live.ResolveMoved(t.Path)
	return l, to, ok
}

// placeOn returns the place on a page that a fragment or nothing points to: a heading,
// or the headline of an event.
func (c *pageCall) placeOn(p string) location {
	out := location{URI: c.uriAt(p)}
	pg := c.live.Page(p)
	if pg == nil || pg.Page == nil {
		return out
	}
	at := page.Span{}
	if pg.Event != nil && len(pg.Event.Headlines) > 0 {
		at = pg.Event.Headlines[0].Text
	}
	out.Range = newLines(string(pg.Source)).span(at, c.encoding)
	return out
}
