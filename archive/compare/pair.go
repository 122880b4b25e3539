package compare

import (
	"cmp"
	"path"
	"slices"

	"newsctl/archive"
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
// A day page is never renamed: the pages of two days are two. What is not a page of
// the archive is omitted. Only event pages that went or came are read.
func Pair(before, after *archive.Archive, changes []git.Change) []git.Change {
	p := Pairing{Gone: map[string]*archive.Page{}, Born: map[string]*archive.Page{}, seen: map[string]string{}}
	var out []git.Change
	for _, c := range changes {
		c = git.Change{From: pageAt(before, c.From), To: pageAt(after, c.To)}
		from, _ := archive.Classify(c.From)
		to, _ := archive.Classify(c.To)
		switch {
		case c == git.Change{}:
			continue
		case c.From == c.To || from == archive.OtherPage && to == archive.OtherPage:
			out = append(out, c)
			continue
		case c.From != "" && c.To != "":
			p.seen[c.To] = c.From
		}
		for _, one := range []git.Change{{From: c.From}, {To: c.To}} {
			gone, born := before.EventAt(one.From), after.EventAt(one.To)
			switch {
			case gone != nil:
				p.Gone[one.From] = gone
			case born != nil:
				p.Born[one.To] = born
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
func pageAt(a *archive.Archive, p string) string {
	if !archive.IsPage(p) || !a.Holds(p) {
		return ""
	}
	return p
}

// Pairing holds the event pages that went and came and are not joined yet, by
// their paths, and the renames that git saw.
type Pairing struct {
	Gone, Born map[string]*archive.Page
	seen       map[string]string // the path before, by the path after
	Joined     []git.Change
}

// run joins pages, by the strongest evidence first, and returns their changes.
func (p *Pairing) run(before *archive.Archive) []git.Change {
	path := func(pg *archive.Page) []string { return []string{pg.Path} }
	headline := func(pg *archive.Page) []string { return []string{pg.Matched().Headline()} }
	p.Join(path, func(born *archive.Page) []string { return []string{before.VersionBefore(born)} }, nil)
	p.Join(headline, headline, nil)
	p.Join(path, func(born *archive.Page) []string { return []string{p.seen[born.Path]} }, alike)
	p.Join(canonicalSources, canonicalSources, nil)
	p.joinNearest()

	out := p.Joined
	for from := range p.Gone {
		out = append(out, git.Change{From: from})
	}
	for to := range p.Born {
		out = append(out, git.Change{To: to})
	}
	return out
}

// Join joins the pages that have a key in common, if they match and no other
// page has as good a claim. An empty key is none. With match, no two pages that are
// gone have a key in common.
func (p *Pairing) Join(goneKeys, bornKeys func(*archive.Page) []string, match func(gone, born *archive.Page) bool) {
	gone, born := byKey(p.Gone, goneKeys), byKey(p.Born, bornKeys)
	choices, suitors := map[*archive.Page]claims{}, map[*archive.Page]claims{}
	for key, olds := range gone {
		news := born[key]
		if match != nil {
			news = slices.DeleteFunc(news, func(n *archive.Page) bool { return !match(olds[0], n) })
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

func canonicalSources(p *archive.Page) []string { return p.Matched().CanonicalSources() }

// byKey returns pages by each of their keys.
func byKey(pages map[string]*archive.Page, keys func(*archive.Page) []string) map[string][]*archive.Page {
	out := map[string][]*archive.Page{}
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
	only    *archive.Page
	several bool
}

func (c claims) add(pages []*archive.Page) claims {
	switch {
	case len(pages) == 0 || c.several || len(pages) == 1 && c.only == pages[0]:
		return c
	case len(pages) == 1 && c.only == nil:
		return claims{only: pages[0]}
	}
	return claims{several: true}
}

func (p *Pairing) pair(gone, born *archive.Page) {
	p.Joined = append(p.Joined, git.Change{From: gone.Path, To: born.Path})
	delete(p.Gone, gone.Path)
	delete(p.Born, born.Path)
}

// joinNearest joins the pages of a day that are each the one plainly nearest to the
// other by their headlines, unless each has sources and none is the other's.
func (p *Pairing) joinNearest() {
	gone, born := byDir(p.Gone), byDir(p.Born)
	for dir, lost := range gone {
		among, back := match.NewDay(born[dir]), match.NewDay(lost)
		for _, g := range lost {
			b := among.Nearest(g)
			if b == nil || back.Nearest(b) != g || match.OtherSources(g, b) {
				continue
			}
			p.pair(p.Gone[g.Path], p.Born[b.Path])
		}
	}
}

func byDir(pages map[string]*archive.Page) map[string][]*match.Event {
	out := map[string][]*match.Event{}
	for p, pg := range pages {
		out[path.Dir(p)] = append(out[path.Dir(p)], pg.Matched())
	}
	return out
}

// alike reports whether the text of two pages allows that they are one event: a
// source in common, the same description, headlines that are near.
func alike(p, q *archive.Page) bool {
	x, y := p.Matched(), q.Matched()
	d := p.Description()
	return x.SharesSource(y) || d != "" && d == q.Description() || match.Compare(x, y) != match.None
}
