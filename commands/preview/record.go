package preview

import (
	"math"
	"slices"
	"strings"

	"newsctl/archive"
	"newsctl/archive/contexts"
	"newsctl/archive/facts"
)

// record is what the index keeps of a page. All numbers but the day's are those of
// symbols.
type record struct {
	path     uint32
	day      int32 // of an event or a day page
	kind     archive.Kind
	isEvent  bool
	damaged  bool // what it says of other events does not count
	declares bool // its contexts are those that it declares
	depends  bool // where a link of it points to depends on which directories exist

	headline string
	topic    uint32
	declared uint32    // the list that it declares
	links    []uint32  // pages of the archive that it links to, each once
	says     []mention // contexts of entries
	hints    *archive.NameHints
}

// noDay is the day of a page that belongs to none.
const noDay = math.MinInt32

// mention is a list of contexts in an entry of a page, and the page that the entry
// points to.
type mention struct{ list, to uint32 }

// newRecord returns what is kept of a page.
func newRecord(f *archive.Facts, s *symbols) record {
	r := record{path: s.of(f.Path), kind: f.Kind, isEvent: f.IsEvent(), damaged: f.Damaged(), day: noDay}
	if f.Date.Exists() {
		r.day = int32(f.Date.Number())
	}
	if r.isEvent {
		r.headline = strings.Clone(f.TrimmedHeadline())
		r.topic = s.of(f.Topic)
		r.declares, r.declared = f.Contexts.There, s.of(f.Contexts.Names)
	}
	for i := range f.Links {
		r.depends = r.depends || f.Links[i].Tree != facts.File
		if t := f.Target(int32(i)); t.Kind == archive.Internal && t.Path != f.Path {
			r.links = append(r.links, s.of(t.Path))
		}
	}
	slices.Sort(r.links)
	r.links = slices.Clip(slices.Compact(r.links))
	for _, e := range f.Entries() {
		if e.Link != facts.NoLink && e.There {
			r.says = append(r.says, mention{s.of(e.Names), s.of(f.Target(e.Link).Path)})
		}
	}
	r.says = slices.Clip(r.says)
	if h := f.Hints(); !h.Empty() {
		r.hints = &archive.NameHints{Names: cloned(h.Names), Lists: cloned(h.Lists)}
	}
	return r
}

func cloned(list []string) []string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = strings.Clone(s)
	}
	return out
}

// namer reads lists of contexts, each once.
type namer struct {
	config archive.Config
	commas contexts.CommaNames
	table  *symbols            // of names
	read   map[uint32][]uint32 // names by the symbols of lists
	topics map[uint32]uint32
	lists  *symbols
}

func newNamer(c archive.Config, records []record, lists *symbols) *namer {
	hints := map[int]archive.NameHints{}
	for i := range records {
		if h := records[i].hints; h != nil {
			hints[i] = *h
		}
	}
	return &namer{c, contexts.CommaNamesOf(c, hints), newSymbols(), map[uint32][]uint32{}, map[uint32]uint32{}, lists}
}

// list returns the names of a list.
func (n *namer) list(list uint32) []uint32 {
	if names, ok := n.read[list]; ok {
		return names
	}
	var out []uint32
	for _, name := range n.config.ContextNames(n.commas.Split(n.lists.text[list])) {
		out = append(out, n.table.of(name))
	}
	n.read[list] = out
	return out
}

// topic returns the name that a topic is.
func (n *namer) topic(topic uint32) uint32 {
	name, ok := n.topics[topic]
	if !ok {
		name = n.table.of(n.config.ContextName(n.lists.text[topic]))
		n.topics[topic] = name
	}
	return name
}
