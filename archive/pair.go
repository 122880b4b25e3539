package archive

import (
	"cmp"
	"path"
	"slices"

	"newsctl/archive/git"
	"newsctl/archive/match"
)

// Pair returns the changes between two versions of an archive with the event
// pages that went joined to those that came in their place. Git pairs files by
// the lines they share. Event pages are small, and those of one day share most:
// git misses renames, and sees some that are none. Here two pages are one event
// if one names the other among its Changes, or they have the same headline, or
// git saw a rename and their text does not speak against it, or they have a
// source in common, or, on one day, their names are clearly nearest. A page that
// could be joined to several is joined to none.
//
// A day page is never renamed: the pages of two days are two. What is no page of
// the archive is left out. Only event pages that went or came are read.
func Pair(before, after *Archive, changes []git.Change) []git.Change {
	p := pairing{gone: map[string]*Page{}, born: map[string]*Page{}, seen: map[string]string{}}
	var out []git.Change
	for _, c := range changes {
		c = git.Change{From: before.pageAt(c.From), To: after.pageAt(c.To)}
		from, _ := Classify(c.From)
		to, _ := Classify(c.To)
		switch {
		case c == git.Change{}:
			continue
		case c.From == c.To || from == OtherPage && to == OtherPage:
			out = append(out, c)
			continue
		case c.From != "" && c.To != "":
			p.seen[c.To] = c.From
		}
		for _, one := range []git.Change{{From: c.From}, {To: c.To}} {
			gone, born := before.eventAt(one.From), after.eventAt(one.To)
			switch {
			case gone != nil:
				p.gone[one.From] = gone
			case born != nil:
				p.born[one.To] = born
			case one != git.Change{}:
				out = append(out, one)
			}
		}
	}
	out = append(out, p.run(before)...)
	slices.SortFunc(out, func(c, d git.Change) int {
		return cmp.Or(cmp.Compare(cmp.Or(c.To, c.From), cmp.Or(d.To, d.From)), cmp.Compare(c.From, d.From))
	})
	return out
}

// pageAt returns a path if it is one of a page of the archive, and else nothing.
func (a *Archive) pageAt(p string) string {
	if !isPage(p) || !a.Holds(p) {
		return ""
	}
	return p
}

// pairing holds the event pages that went and came and are not joined yet, by
// their paths, and the renames that git saw.
type pairing struct {
	gone, born map[string]*Page
	seen       map[string]string // the path before, by the path after
	joined     []git.Change
}

// run joins pages, by the strongest evidence first, and returns their changes.
func (p *pairing) run(before *Archive) []git.Change {
	path := func(pg *Page) []string { return []string{pg.Path} }
	headline := func(pg *Page) []string { return []string{pg.matched().Headline()} }
	p.join(path, func(born *Page) []string { return []string{before.versionBefore(born)} }, nil)
	p.join(headline, headline, nil)
	p.join(path, func(born *Page) []string { return []string{p.seen[born.Path]} }, alike)
	p.join(canonicalSources, canonicalSources, nil)
	p.joinNearest()

	out := p.joined
	for from := range p.gone {
		out = append(out, git.Change{From: from})
	}
	for to := range p.born {
		out = append(out, git.Change{To: to})
	}
	return out
}

// join joins the pages that have a key in common, if they match and no other
// page has as good a claim. An empty key is none. With match, no two pages that are
// gone have a key in common.
func (p *pairing) join(goneKeys, bornKeys func(*Page) []string, match func(gone, born *Page) bool) {
	gone, born := byKey(p.gone, goneKeys), byKey(p.born, bornKeys)
	choices, suitors := map[*Page]claims{}, map[*Page]claims{}
	for key, olds := range gone {
		news := born[key]
		if match != nil {
			news = slices.DeleteFunc(news, func(n *Page) bool { return !match(olds[0], n) })
		}
		for _, o := range olds {
			choices[o] = choices[o].add(news)
		}
		for _, n := range news {
			suitors[n] = suitors[n].add(olds)
		}
	}
	for o, c := range choices {
		if c.only != nil && suitors[c.only].only == o {
			p.pair(o, c.only)
		}
	}
}

func canonicalSources(p *Page) []string { return p.matched().CanonicalSources() }

// byKey returns pages by each of their keys.
func byKey(pages map[string]*Page, keys func(*Page) []string) map[string][]*Page {
	out := map[string][]*Page{}
	for _, pg := range pages {
		for _, key := range keys(pg) {
			if all := out[key]; len(all) == 0 || all[len(all)-1] != pg {
				out[key] = append(all, pg)
			}
		}
	}
	delete(out, "")
	return out
}

// claims are the pages that may be one with a page: the only one, or several.
type claims struct {
	only    *Page
	several bool
}

func (c claims) add(pages []*Page) claims {
	switch {
	case len(pages) == 0 || c.several || len(pages) == 1 && c.only == pages[0]:
		return c
	case len(pages) == 1 && c.only == nil:
		return claims{only: pages[0]}
	}
	return claims{several: true}
}

func (p *pairing) pair(gone, born *Page) {
	p.joined = append(p.joined, git.Change{From: gone.Path, To: born.Path})
	delete(p.gone, gone.Path)
	delete(p.born, born.Path)
}

// joinNearest joins the pages of a day that are each the one plainly nearest to the
// other by their headlines, unless each has sources and none is the other's.
func (p *pairing) joinNearest() {
	gone, born := byFolder(p.gone), byFolder(p.born)
	for dir, lost := range gone {
		among, back := match.NewDay(born[dir]), match.NewDay(lost)
		for _, g := range lost {
			b := among.Nearest(g)
			if b == nil || back.Nearest(b) != g || match.OtherSources(g, b) {
				continue
			}
			p.pair(p.gone[g.Path], p.born[b.Path])
		}
	}
}

func byFolder(pages map[string]*Page) map[string][]*match.Event {
	out := map[string][]*match.Event{}
	for p, pg := range pages {
		out[path.Dir(p)] = append(out[path.Dir(p)], pg.matched())
	}
	return out
}

// alike reports whether the text of two pages allows that they are one event: a
// source in common, the same description, headlines that are near.
func alike(p, q *Page) bool {
	x, y := p.matched(), q.matched()
	d := p.description()
	return x.SharesSource(y) || d != "" && d == q.description() || match.Compare(x, y) != match.None
}
