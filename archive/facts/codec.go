package facts

import "newsctl/archive/catalog"

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

// encoder encodes one page for a [Builder].
type encoder struct {
	catalog.Writer
	builder *Builder
}

// text writes a string that other pages may hold, as its number.
func (e *encoder) text(s string) { e.Int(int(e.builder.strings.number(s))) }

func (e *encoder) texts(list []string) {
	e.Int(len(list))
	for _, s := range list {
		e.String(s)
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
	e.String(p.Headline)
	e.text(p.Topic)
	e.list(p.Contexts)
	e.bool(p.Suppresses)
	e.entries(p.Related)
	e.entries(p.Items)
	e.ints(p.Changes)
	for _, list := range [][]string{p.Sources, p.Names, p.Unsorted, p.Distinct} {
		e.texts(list)
	}
	e.text(p.Heading)
}

func (e *encoder) list(l List) {
	e.bool(l.There)
	if l.There {
		e.text(l.Names)
	}
}

func (e *encoder) bool(b bool) {
	if b {
		e.Int(1)
	} else {
		e.Int(0)
	}
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
		e.Int(e.builder.styles.number(x.Style))
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
		out[i] = d.String()
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

// head reads what a page begins with.
func (d *decoder) head(p *Head) {
	p.Shape = Shape(d.Int())
	p.Damage = Damage(d.Int())
	p.Headline = d.String()
	p.Topic = d.text()
}

// page reads the body of a page. Its links are known.
func (d *decoder) page(p *Page) {
	d.head(&p.Head)
	if d.Int() != 0 {
		p.Contexts = List{true, d.text()}
	}
	p.Suppresses = d.Int() != 0
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
