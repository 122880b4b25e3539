package archive

import (
	"newsctl/archive/catalog"
	"newsctl/archive/facts"
)

// Digests returns numbers for what kept answers about other pages depend on: all of a
// [Brief], and all that [Facts.Matched], [Facts.Versions] and [Facts.Lists] say and what
// comments tell apart.
func (f *Facts) Digests() catalog.Digests {
	var w catalog.Writer
	w.Int(int(f.Shape))
	w.Int(int(f.Damage))
	w.String(f.Headline)
	w.String(f.Topic)
	out := catalog.Digests{Head: catalog.DigestOf(&w)}
	for _, list := range [][]string{f.Sources, f.Distinct} {
		w.Int(len(list))
		for _, s := range list {
			w.String(s)
		}
	}
	w.Int(len(f.Changes))
	for _, link := range f.Changes {
		f.writeTarget(&w, link)
	}
	for _, it := range f.Items {
		if it.Link != facts.NoLink {
			f.writeTarget(&w, it.Link)
		}
	}
	out.Match = catalog.DigestOf(&w)
	return out
}

// writeTarget writes where a link leads, as far as the page itself says.
func (f *Facts) writeTarget(w *catalog.Writer, link int32) {
	t := f.Links[link]
	w.String(t.Path)
	w.Int(int(t.Kind))
	w.Int(int(t.Tree))
}
