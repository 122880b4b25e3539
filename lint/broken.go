package lint

import (
	"path"

	"newsctl/archive"
	"newsctl/archive/page"
)

// broken reports a link into the archive that leads nowhere. The remedy is
// what to do if no page is clearly meant.
func (p *Pass) broken(l *page.Link, remedy string) {
	p.leadsNowhere(l, remedy, p.Archive.Reworded, p.Suggestf)
}

// brokenEntry reports an entry that leads nowhere, and mends it where it is
// clear which page is meant, or git knows what became of it.
func (p *Pass) brokenEntry(l *page.Link, remedy string) {
	p.leadsNowhere(l, remedy, p.Archive.Meant, p.Replacef)
}

func (p *Pass) leadsNowhere(l *page.Link, remedy string, meant func(path string) (string, bool), replacef replacer) {
	if !p.judges(l) {
		return
	}
	t := p.Page.Target(l)
	switch t.Kind {
	case archive.External:
		return
	case archive.Outside:
		p.Reportf(l.Target, "the link leads out of the archive; %s", remedy)
		return
	case archive.Invalid:
		p.Reportf(l.Target, "the link leads nowhere: %q is no path; %s", p.Page.Text(l.Target), remedy)
		return
	}
	if p.Archive.Exists(t.Path) || p.published(t.Path) {
		return
	}
	to, ok := meant(t.Path)
	switch {
	case !ok:
		p.Reportf(l.Target, "no page %s; %s", t.Path, remedy)
	case p.Page.Lists(to):
		p.Reportf(l.Target, "no page %s, and %s is listed already; remove the entry", t.Path, path.Base(to))
	case l.Reference != "":
		p.Reportf(l.Target, "no page %s; did you mean %s?", t.Path, path.Base(to))
	default:
		replacef(l.Target, p.Page.Redirected(l, to), "no page %s; did you mean %s?", t.Path, path.Base(to))
	}
}

// published reports whether a path is that of a page as it is published beside
// its source: git does not hold those.
func (p *Pass) published(target string) bool {
	return p.Archive.Exists(archive.SourceOf(target))
}
