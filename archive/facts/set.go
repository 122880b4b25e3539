package facts

import (
	"newsctl/archive/catalog"
)

// Set is pages as they were kept. A page is decoded when asked for; where links lead
// can be read of all pages without that.
type Set struct {
	strings []string
	styles  []*Style
	ends    catalog.Column // of the bodies of pages
	bodies  string
	links   catalog.Column // the ends of the links of pages
	paths   catalog.Column // of links, as numbers of strings
	kinds   string         // of links, a byte each
	dayEnds catalog.Column // of the days of pages
	days    catalog.Column
}

// Open returns the pages that [Encode] wrote, or false if they are broken.
func Open(text string) (*Set, bool) {
	r := catalog.NewReader(text)
	s := &Set{strings: make([]string, r.Count())}
	for i := range s.strings {
		s.strings[i] = r.String()
	}
	s.styles = make([]*Style, r.Count())
	for i := range s.styles {
		s.styles[i] = &Style{r.String(), r.String()}
	}
	s.ends, s.bodies = r.Column(), r.String()
	s.links, s.paths, s.kinds = r.Column(), r.Column(), r.String()
	s.dayEnds, s.days = r.Column(), r.Column()
	sound := r.Whole() && s.dayEnds.Len() == s.ends.Len() && s.dayEnds.IsEnds(s.days.Len()) && s.ends.IsEnds(len(s.bodies)) && s.links.Len() == s.ends.Len() &&
		s.links.IsEnds(s.paths.Len()) && len(s.kinds) == s.paths.Len()
	for i := range s.paths.Len() {
		n := s.paths.At(i)
		sound = sound && n >= 0 && int(n) < len(s.strings)
	}
	return s, sound
}

// Encode returns the pages as they are kept, for [Open].
func (s *Set) Encode() string {
	var w catalog.Writer
	w.Int(len(s.strings))
	for _, text := range s.strings {
		w.String(text)
	}
	w.Int(len(s.styles))
	for _, style := range s.styles {
		w.String(style.Prefix)
		w.String(style.Word)
	}
	for _, part := range []string{string(s.ends), s.bodies, string(s.links), string(s.paths), s.kinds, string(s.dayEnds), string(s.days)} {
		w.String(part)
	}
	return string(w.Bytes())
}

// Len returns how many pages there are.
func (s *Set) Len() int { return s.ends.Len() }

// Has reports whether a page is not nil.
func (s *Set) Has(i int) bool {
	start, end := s.ends.Part(i)
	return start < end
}

// Strings returns how many strings the pages hold. They are numbered from 1.
func (s *Set) Strings() int { return len(s.strings) }

// Page decodes a page into p, with lists in a room. It returns false for one that is
// nil or broken.
func (s *Set) Page(i int, p *Page, room *Room) bool {
	start, end := s.ends.Part(i)
	if start == end {
		return false
	}
	d := decoder{catalog.NewReader(s.bodies[start:end]), s, room}
	d.links(i, p)
	d.page(p)
	if start, end := s.dayEnds.Part(i); start < end {
		p.Days = make([]int32, end-start)
		for k := range p.Days {
			p.Days[k] = s.days.At(start + k)
		}
	}
	return d.Whole()
}

// Head decodes what a page begins with. It returns false for one that is nil or broken.
func (s *Set) Head(i int) (h Head, ok bool) {
	start, end := s.ends.Part(i)
	if start == end {
		return h, false
	}
	d := decoder{catalog.NewReader(s.bodies[start:end]), s, nil}
	d.head(&h)
	return h, !d.Broken()
}

// LinksTo returns the pages that link to a path, whatever the kind of the links.
func (s *Set) LinksTo(path string) []int {
	var out []int
	number := int32(-1)
	for i, text := range s.strings {
		if text == path {
			number = int32(i)
		}
	}
	if number < 0 {
		return nil
	}
	page := 0
	for i := range s.paths.Len() {
		if s.paths.At(i) != number {
			continue
		}
		for int(s.links.At(page)) <= i {
			page++
		}
		if n := len(out); n == 0 || out[n-1] != page {
			out = append(out, page)
		}
	}
	return out
}

// Naming reports of each page whether it links to one of some paths, or names one of
// some days.
func (s *Set) Naming(is func(path string) bool, days map[int32]bool) []bool {
	linked, named := make([]bool, len(s.strings)), make([]bool, len(s.strings))
	for k := range s.paths.Len() {
		linked[s.paths.At(k)] = true
	}
	for i, text := range s.strings {
		named[i] = linked[i] && is(text)
	}
	out := make([]bool, s.Len())
	for i := range out {
		start, end := s.links.Part(i)
		for k := start; k < end && !out[i]; k++ {
			out[i] = named[s.paths.At(k)]
		}
		start, end = s.dayEnds.Part(i)
		for k := start; k < end && !out[i]; k++ {
			out[i] = days[s.days.At(k)]
		}
	}
	return out
}

// IsLoose reports whether the tree of files decides where a link of a page leads.
func (s *Set) IsLoose(i int) bool {
	start, end := s.links.Part(i)
	for k := start; k < end; k++ {
		if Tree(s.kinds[k]&3) != File {
			return true
		}
	}
	return false
}

// packLink returns what a link is in one byte: its kind, and what decides where it
// leads.
func packLink(t Target) byte { return t.Kind<<2 | byte(t.Tree) }

func (d *decoder) links(i int, p *Page) {
	start, end := d.set.links.Part(i)
	p.Links = d.room.targets(end - start)
	for k := range p.Links {
		n := d.set.paths.At(start + k)
		kind := d.set.kinds[start+k]
		p.Links[k] = Target{Path: d.set.strings[n], At: n + 1, Kind: kind >> 2, Tree: Tree(kind & 3)}
	}
}
