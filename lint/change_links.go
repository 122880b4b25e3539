package lint

import (
	"path"
	"slices"
	"strings"

	"newsctl/archive"
	"newsctl/archive/page"
)

// lostTo returns where links find something else than before, and the rules that
// check pages with such links.
func lostTo(effects []effect) (targets, []*Rule) {
	lost, lists := targets{}, false
	for _, e := range effects {
		if e.lost || e.anchors {
			lost[e.file.From] = e.lost
			if dir, name := path.Split(e.file.From); name == archive.CopyName() || name == "index.html" {
				lost[dir+frontPage()] = e.lost || lost[dir+frontPage()] // where links to the directory lead now
			}
		}
		lists = lists || e.lost && e.lists
	}
	rules := rulesThatSee(seesTargets)
	if lists {
		rules = append(rules, rulesThatSee(seesLists)...)
	}
	return lost, rules
}

// targets are files that links point to: whether all of them matter, or only those
// with a fragment.
type targets map[string]bool

// has reports whether a link to a path points to one of the targets, to what is
// published from it, or to the directory that it is the page of.
func (t targets) has(p string) bool {
	_, ok := t.of(p)
	return ok
}

func (t targets) of(p string) (all, ok bool) {
	if strings.HasSuffix(p, ".md") { // as in nearly all links
		all, ok = t[p]
		return all, ok
	}
	for _, file := range []string{p, archive.SourceOf(p), path.Join(p, frontPage())} {
		one, has := t[file]
		all, ok = all || one, ok || has
	}
	return all, ok && p != ""
}

// leads reports whether a link of a page points to one of the targets.
func (t targets) leads(p *archive.Page, l *page.Link) bool {
	all, ok := t.of(p.Target(l).Path)
	return ok && (all || strings.Contains(p.Destination(l), "#"))
}

// linking returns the pages that link to one of the targets.
func (c *Change) linking(to targets) []string {
	if len(to) == 0 {
		return nil
	}
	paths := c.After.MayLink(to.has)
	links := make([]bool, len(paths))
	archive.Parallel(len(paths), func(i int) { links[i] = c.After.Holds(paths[i]) && c.links(paths[i], to) })
	var out []string
	for i, p := range paths {
		if links[i] {
			out = append(out, p)
		}
	}
	return out
}

// links reports whether a page links to one of the targets. It is read again only
// where the fragments of its links matter.
func (c *Change) links(p string, to targets) bool {
	f, maybe := c.After.Facts(p), false
	if f == nil {
		return false
	}
	for i := range f.Links {
		all, ok := to.of(f.Target(int32(i)).Path)
		if ok && all {
			return true
		}
		maybe = maybe || ok
	}
	if !maybe {
		return false
	}
	pg := c.After.ReadOnce(p)
	return slices.ContainsFunc(pg.Links, func(l *page.Link) bool { return to.leads(pg, l) })
}
