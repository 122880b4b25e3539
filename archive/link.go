package archive

import (
	"net/url"
	"path"
	"slices"
	"strings"

	"newsctl/archive/facts"
	"newsctl/archive/layout"
	"newsctl/archive/link"
	"newsctl/archive/page"
	"newsctl/archive/pattern"
)

// TargetKind is where a link leads.
type TargetKind uint8

// The kinds of targets.
const (
	External TargetKind = iota // another site: https://..., mailto:..., //host/..., or what a template fills in
	Internal                   // a file of the archive, there or not
	Outside                    // a path that leaves the archive's root
	Invalid                    // empty, or not to be decoded
)

// Target is where a link leads: its kind and, if it is internal, the path of
// the file, relative to the root, without link prefix, fragment and query. A
// directory stands for its index.md, or its README.md or index.html if only that is
// there.
type Target struct {
	Kind TargetKind
	Path string

	by *link.Permalink // the one that the link is written as, or nil
}

// Resolve returns where a link on the front page leads.
func (a *Archive) Resolve(destination string) Target { return a.resolve(IndexName(), destination) }

// resolve returns where a link's destination leads from the page at a path.
// Links are relative to the root if they begin with a slash; a prefix of the
// edition (/zh) that is not a directory of the tree is omitted. A link to a place on
// its own page (#...) points to the page.
func (a *Archive) resolve(from, destination string) Target {
	t, tree := a.aim(from, destination)
	return a.settle(t, tree)
}

// settle returns where a link points to a path, as the tree decides.
func (a *Archive) settle(t Target, tree facts.Tree) Target {
	if tree == facts.Directory || tree == facts.MayBeEither && a.isDir(t.Path) {
		t.Path = a.indexOf(t.Path)
	}
	return t
}

// aim returns where a link leads as far as its text says, and what the tree
// decides.
func (a *Archive) aim(from, destination string) (Target, facts.Tree) {
	if link.HasScheme(destination) || strings.HasPrefix(destination, "//") || link.IsTemplate(destination) {
		return Target{Kind: External}, facts.File
	}
	p, _, hasQuery := strings.Cut(destination, "?")
	p, _, hasFragment := strings.Cut(p, "#")
	if p == "" && (hasQuery || hasFragment) {
		return Target{Kind: Internal, Path: from}, facts.File
	}
	if strings.Contains(p, `\`) {
		return Target{Kind: Invalid}, facts.File // some readers take it for a slash
	}
	if strings.Contains(p, "%") {
		decoded, err := url.PathUnescape(p)
		if err != nil {
			return Target{Kind: Invalid}, facts.File
		}
		p = decoded
	}
	if p == "" || strings.Contains(p, "\x00") {
		return Target{Kind: Invalid}, facts.File
	}
	if len(a.config.Permalinks) > 0 && strings.HasPrefix(p, "/") {
		if file, by := a.permalink(p); by != nil {
			return Target{Internal, file, by}, facts.File
		}
	}
	directory := strings.HasSuffix(p, "/")
	if strings.HasPrefix(p, "/") {
		p = path.Clean(strings.TrimLeft(p, "/"))
	} else {
		p = path.Join(path.Dir(from), p)
	}
	if p == ".." || strings.HasPrefix(p, "../") {
		return Target{Kind: Outside}, facts.File
	}
	if directory {
		p += "/"
	}
	p = a.withoutPrefix(p)
	switch {
	case directory:
		return Target{Kind: Internal, Path: p}, facts.Directory
	case !IsPage(p):
		return Target{Kind: Internal, Path: p}, facts.MayBeEither
	}
	return Target{Kind: Internal, Path: p}, facts.File
}

// indexOf returns the file that a directory stands for: its index.md, unless only
// another is there that is shown in its place.
func (a *Archive) indexOf(dir string) string {
	for _, name := range indexNames() {
		if p := path.Join(dir, name); a.Exists(p) {
			return p
		}
	}
	return path.Join(dir, IndexName())
}

// indexNames returns the names of the files that a directory may stand for.
func indexNames() []string { return []string{IndexName(), CopyName(), "index.html"} }

// MayBeMissing reports whether the configuration allows links to a path where
// no file is: it allows the path, or a directory above it.
func (a *Archive) MayBeMissing(p string) bool {
	for at := p; at != "." && len(a.config.AllowedLinks) > 0; at = path.Dir(at) {
		if pattern.MatchAny(a.config.AllowedLinks, at) {
			return true
		}
	}
	return false
}

// withoutPrefix returns a path without the link prefix of its edition.
func (a *Archive) withoutPrefix(p string) string {
	first, rest, ok := strings.Cut(p, "/")
	if top, _, _ := strings.Cut(layout.Current().Years(), "/"); !ok || first == top {
		return p
	}
	for _, prefix := range a.config.Prefixes {
		if after, ok := strings.CutPrefix(p, strings.Trim(prefix, "/")+"/"); ok {
			return after
		}
	}
	if a.config.Prefixes == nil && link.IsLanguage(first) && !a.isDir(first) {
		return rest
	}
	return p
}

// IsPrefix reports whether the first part of a path is not in the tree, as the
// prefix of an edition.
func (a *Archive) IsPrefix(first string) bool {
	return a.withoutPrefix(first+"/"+IndexName()) == IndexName()
}

// Place is a line of a page.
type Place struct {
	Path string `json:"path"`
	Line int    `json:"line"`
}

// Redirected returns the destination of a link as it is written, with the path
// that it points to exchanged. One that points to no path is written from the root.
func (p *Page) Redirected(l *page.Link, to string) string {
	if p.Target(l).Kind != Internal {
		return "/" + link.Destination(to)
	}
	return p.RedirectedAt(l, p.Path, to)
}

// RedirectedAt returns the destination of a link as it is written, with the path
// that it points to exchanged. At is the path where the page will be.
func (p *Page) RedirectedAt(l *page.Link, at, to string) string {
	written, suffix := p.Destination(l), ""
	if i := strings.IndexAny(written, "?#"); i >= 0 {
		written, suffix = written[:i], written[i:]
	}
	t, out := p.Target(l), ""
	if t.by != nil {
		out = t.by.To(to, written)
	}
	if out == "" {
		out = link.Redirect(written, t.Path, p.Path, at, to)
	}
	return l.Escape(out) + p.RawSuffix(l, suffix)
}

// PublishedAt returns the link at which a page is published by the first pattern that
// points to it, or nothing. A language that the pattern leaves open is that of the first
// prefix of links in the configuration.
func (a *Archive) PublishedAt(file string) string {
	lang := ""
	if len(a.config.Prefixes) > 0 {
		lang = strings.Trim(a.config.Prefixes[0], "/")
	}
	for _, p := range a.config.Permalinks {
		if link := p.LinkTo(file, lang); link != "" {
			return link
		}
	}
	return ""
}

// permalink returns the file that a link points to by the first pattern that it fits,
// and that pattern, or nil.
func (a *Archive) permalink(link string) (file string, by *link.Permalink) {
	for i := range a.config.Permalinks {
		p := &a.config.Permalinks[i]
		if to := p.FileOf(link); to != "" {
			return to, p
		}
	}
	return "", nil
}

// bulkReader is a tree of files that reads many of them in one go, which is far faster
// than one at a time. ReadEach calls do for each regular file at one of paths, in their
// order, with its place; the data is only good until do returns.
type bulkReader interface {
	ReadEach(paths []string, do func(i int, data []byte)) error
}

// manyFiles is how many files a bulkReader is asked for at least: to begin takes it some
// milliseconds.
const manyFiles = 200

// MayLink returns the paths of the pages in the tree of files from which a link
// may point to a file that is wanted, and perhaps of others. Pages are not parsed
// for it, and not kept; one that cannot be read is returned. Those whose facts an
// earlier run kept are not read.
func (a *Archive) MayLink(wanted func(path string) bool) []string {
	a.RecallAll()
	k := a.kept.Load()
	if k == nil || a.changed {
		return a.scan(a.Paths("."), wanted)
	}
	var out, others []string
	for n, may := range k.mayLead(wanted) {
		switch {
		case k.stale[n]:
		case !k.set.Has(n):
			others = append(others, k.Path(n))
		case may && a.Holds(k.Path(n)):
			out = append(out, k.Path(n))
		}
	}
	others = append(others, k.others...)
	out = append(out, a.scan(slices.DeleteFunc(others, func(p string) bool { return !a.Holds(p) }), wanted)...)
	slices.Sort(out)
	return out
}

// scan is [Archive.MayLink] of the pages at paths, which are read.
func (a *Archive) scan(paths []string, wanted func(path string) bool) []string {
	if r, ok := a.fsys.(bulkReader); ok && len(paths) >= manyFiles {
		var out []string
		err := r.ReadEach(paths, func(i int, src []byte) {
			if a.mayLink(paths[i], src, wanted) {
				out = append(out, paths[i])
			}
		})
		if err == nil {
			return out
		} // or else the pages that cannot be read are found below
	}
	return filterN(paths, scanners, func(p string) bool {
		src, reason, err := a.Source(p)
		return reason == "" && (err != nil || a.mayLink(p, src, wanted))
	})
}

// scanners is how many pages are scanned at once: most of the time goes into
// waiting for the disk, or for git.
const scanners = 32

// mayLink reports whether a link on the page at a path may point to a file that is
// wanted.
func (a *Archive) mayLink(p string, src []byte, wanted func(path string) bool) bool {
	return len(src) <= page.MaxSize && page.MayLead(src, func(destination string) bool {
		if strings.HasPrefix(destination, "http") && link.HasScheme(destination) {
			return false
		}
		t := a.resolve(p, destination)
		return t.Kind == Internal && wanted(t.Path)
	})
}
