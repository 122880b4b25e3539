package facts

import (
	"newsctl/archive/catalog"
)

// Encode returns pages as they are kept. A page that is nil is kept as nil.
func Encode(pages []*Page) string {
	e := encoder{numbers: map[string]int{}, styles: map[Style]int{}}
	ends, links, dayEnds := make([]int32, len(pages)), make([]int32, len(pages)), make([]int32, len(pages))
	var days []int32
	for i, p := range pages {
		if p != nil {
			e.links(p.Links)
			e.page(p)
			days = append(days, p.Days...)
		}
		ends[i], links[i], dayEnds[i] = int32(len(e.Bytes())), int32(len(e.paths)), int32(len(days))
	}
	var w catalog.Writer
	w.Int(len(e.strings))
	for _, s := range e.strings {
		w.String(s)
	}
	w.Int(len(e.written))
	for _, s := range e.written {
		w.String(s.Prefix)
		w.String(s.Word)
	}
	w.Column(ends)
	w.String(string(e.Bytes()))
	w.Column(links)
	w.Column(e.paths)
	w.String(string(e.kinds))
	w.Column(dayEnds)
	w.Column(days)
	return string(w.Bytes())
}

// Room is memory that the lists of decoded pages are taken from, so that there are
// few pieces of it. It serves one goroutine.
type Room struct {
	links   []Target
	entries []Entry
	numbers []int32
	strings []string
}

// roomSize is how many values are made at once.
const roomSize = 256

// targets returns a list of so many targets.
func (r *Room) targets(n int) []Target {
	if n == 0 {
		return nil
	}
	if n > len(r.links) {
		r.links = make([]Target, max(n, roomSize))
	}
	out := r.links[:n:n]
	r.links = r.links[n:]
	return out
}

// take returns a list of as many values as are to follow, or nil.
func take[T any](d *decoder, from *[]T) []T {
	n := d.Count()
	if n == 0 {
		return nil
	}
	if n > len(*from) {
		*from = make([]T, max(n, roomSize))
	}
	out := (*from)[:n:n]
	*from = (*from)[n:]
	return out
}

type encoder struct {
	catalog.Writer
	strings []string
	numbers map[string]int
	written []Style
	styles  map[Style]int
	paths   []int32 // of the links of all pages
	kinds   []byte
}

// number returns the number of a string.
func (e *encoder) number(s string) int {
	n, ok := e.numbers[s]
	if !ok {
		n = len(e.strings)
		e.numbers[s] = n
		e.strings = append(e.strings, s)
	}
	return n
}

func (e *encoder) links(list []Target) {
	for _, t := range list {
		e.paths = append(e.paths, int32(e.number(t.Path)))
		e.kinds = append(e.kinds, packLink(t))
	}
}

// text writes a string as its number.
func (e *encoder) text(s string) { e.Int(e.number(s)) }

func (e *encoder) texts(list []string) {
	e.Int(len(list))
	for _, s := range list {
		e.text(s)
	}
}

func (e *encoder) ints(list []int32) {
	e.Int(len(list))
	before := int32(0)
	for _, n := range list {
		e.Int(int(n) - int(before))
		before = n
	}
}

func (e *encoder) page(p *Page) {
	e.Int(int(p.Shape))
	e.Int(int(p.Damage))
	e.text(p.Headline)
	e.text(p.Topic)
	e.list(p.Contexts)
	e.entries(p.Related)
	e.entries(p.Items)
	e.ints(p.Changes)
	for _, list := range [][]string{p.Sources, p.Names, p.Unsorted, p.Distinct} {
		e.texts(list)
	}
	e.text(p.Heading)
}

func (e *encoder) list(l List) {
	if !l.There {
		e.Int(0)
		return
	}
	e.Int(1)
	e.text(l.Names)
}

// style writes how an entry is written as its number, from 1; 0 is none.
func (e *encoder) style(s *Style) {
	if s == nil {
		e.Int(0)
		return
	}
	n, ok := e.styles[*s]
	if !ok {
		e.written = append(e.written, *s)
		n = len(e.written)
		e.styles[*s] = n
	}
	e.Int(n)
}

const (
	keepFlag = 1 << iota
	rootedFlag
	listFlag
)

func (e *encoder) entries(list []Entry) {
	e.Int(len(list))
	for _, x := range list {
		flags := 0
		for _, f := range []struct {
			is   bool
			flag int
		}{{x.Keep, keepFlag}, {x.Rooted, rootedFlag}, {x.There, listFlag}} {
			if f.is {
				flags |= f.flag
			}
		}
		e.Int(flags)
		e.Int(int(x.Link))
		e.style(x.Style)
		if x.There {
			e.text(x.Names)
		}
	}
}

type decoder struct {
	*catalog.Reader
	set  *Set
	room *Room
}

func (d *decoder) text() string {
	text, _ := d.numbered()
	return text
}

// numbered reads a string with its number, from 1.
func (d *decoder) numbered() (string, int32) {
	n := d.Int()
	if n < 0 || n >= len(d.set.strings) {
		d.Fail()
		return "", 0
	}
	return d.set.strings[n], int32(n) + 1
}

// style reads how an entry is written.
func (d *decoder) style() *Style {
	n := d.Int()
	if n < 0 || n > len(d.set.styles) {
		d.Fail()
		return nil
	}
	if n == 0 {
		return nil
	}
	return d.set.styles[n-1]
}

func (d *decoder) texts() []string {
	out := take(d, &d.room.strings)
	for i := range out {
		out[i] = d.text()
	}
	return out
}

func (d *decoder) ints() []int32 {
	out := take(d, &d.room.numbers)
	before := 0
	for i := range out {
		before += d.Int()
		out[i] = int32(before)
	}
	return out
}

// head reads what the body of a page begins with.
func (d *decoder) head(p *Page) {
	p.Shape = Shape(d.Int())
	p.Damage = Damage(d.Int())
	p.Headline = d.text()
}

// page reads the body of a page. Its links are known.
func (d *decoder) page(p *Page) {
	d.head(p)
	p.Topic = d.text()
	if d.Int() != 0 {
		p.Contexts = List{true, d.text()}
	}
	p.Related = d.entries(len(p.Links))
	p.Items = d.entries(len(p.Links))
	p.Changes = d.ints()
	for _, n := range p.Changes {
		if n < 0 || int(n) >= len(p.Links) {
			d.Fail()
		}
	}
	p.Sources, p.Names, p.Unsorted, p.Distinct = d.texts(), d.texts(), d.texts(), d.texts()
	p.Heading = d.text()
}

func (d *decoder) entries(links int) []Entry {
	out := take(d, &d.room.entries)
	for i := range out {
		x := &out[i]
		flags := d.Int()
		x.Keep, x.Rooted, x.There = flags&keepFlag != 0, flags&rootedFlag != 0, flags&listFlag != 0
		x.Link = int32(d.Int())
		if x.Link < NoLink || int(x.Link) >= links {
			d.Fail()
		}
		x.Style = d.style()
		if x.There {
			x.Names, x.At = d.numbered()
		}
	}
	return out
}
