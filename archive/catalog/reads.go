package catalog

import (
	"crypto/sha256"
	"encoding/binary"
	"hash/crc32"
	"path"
	"slices"
)

// Kind is a kind of thing that an answer may depend on.
type Kind byte

// The kinds of what depends on a path, each with those before it: whether a page, a
// directory or nothing is there; what pages that point to a page need to know of it;
// what says which event it is of, or which ones it lists ([Digests]); its bytes.
const (
	There Kind = iota
	Head
	Match
	Page
)

// The other kinds: the names in a directory with their types; the names in the
// directory of a day, with the Match of each page; that nothing is at a path.
const (
	Names Kind = iota + Page + 1
	Day
	Absent
)

// IsOfPath reports whether the kind is one of those of what is at a path.
func (k Kind) IsOfPath() bool { return k <= Page }

// Digests are numbers for what other pages ask of a page: two pages of which one is the
// same say the same of that. Zero is not known.
type Digests struct{ Head, Match uint64 }

// DigestOf returns the number for what was written so far.
func DigestOf(w *Writer) uint64 {
	sum := sha256.Sum256(w.bytes)
	return binary.LittleEndian.Uint64(sum[:]) | 1
}

// Key is one thing that an answer may depend on.
type Key struct {
	Kind Kind
	Path string // relative to the root of the archive
}

// Sum is a number for a key. Two keys may share one: then an answer is found again
// without need, but none is kept that does not hold.
type Sum uint32

// summed is a number for the path of a key, and in its last byte the kind.
type summed uint64

// summed returns what the number for the key is made from. Of a path where nothing is,
// that is the name alone: pages of one name are looked for in many directories.
func (k Key) summed(buffer []byte) (summed, []byte) {
	if k.Kind == Absent {
		k.Path = path.Base(k.Path)
	}
	buffer = append(buffer[:0], k.Path...)
	return summed(crc32.Checksum(buffer, castagnoli))<<8 | summed(k.Kind), buffer
}

func (s summed) kind() Kind { return Kind(s) }

// isIn reports whether another key is of the same path and includes this one. It may say
// so of two paths with one number: a change of either changes the numbers of both.
func (s summed) isIn(other summed) bool {
	return s>>8 == other>>8 && other.kind().IsOfPath() && s < other
}

func (s summed) sum() Sum {
	return Sum(crc32.Update(uint32(s>>8), castagnoli, []byte{byte(s)}))
}

// SumsOf returns the numbers for keys, in ascending order, without those of keys that
// another of the same path includes.
func SumsOf(keys []Key) []Sum {
	all := make([]summed, len(keys))
	var buffer []byte
	for i, k := range keys {
		all[i], buffer = k.summed(buffer)
	}
	slices.Sort(all)
	out := make([]Sum, 0, len(all))
	for i, s := range all {
		if i+1 == len(all) || s != all[i+1] && !s.isIn(all[i+1]) {
			out = append(out, s.sum())
		}
	}
	slices.Sort(out)
	return slices.Clip(slices.Compact(out))
}

// sumTable is the numbers for all keys that answers depend on. An entry names them by
// their places in it, which take less room.
type sumTable struct {
	kept   Column // as they were kept
	added  []Sum
	tidied int // how many there were when those that no entry names were removed

	places map[Sum]int // of all, once one is to be added
}

func (t *sumTable) len() int { return t.kept.Len() + len(t.added) }

func (t *sumTable) at(place int) Sum {
	if n := t.kept.Len(); place >= n {
		return t.added[place-n]
	}
	return Sum(t.kept.At(place))
}

// numbers returns all numbers, as a [Column] holds them.
func (t *sumTable) numbers() []int32 {
	out := make([]int32, t.len())
	for at := range out {
		out[at] = int32(t.at(at))
	}
	return out
}

// place returns the place of a number, which is added if it is not there.
func (t *sumTable) place(n Sum) int {
	if t.places == nil {
		t.places = make(map[Sum]int, t.len())
		for i := range t.len() {
			t.places[t.at(i)] = i
		}
	}
	at, ok := t.places[n]
	if !ok {
		at = t.len()
		t.added, t.places[n] = append(t.added, n), at
	}
	return at
}

// encodePlaces returns ascending places as an entry holds them: each as what it adds
// to the one before.
func encodePlaces(places []int) string {
	var out []byte
	before := 0
	for _, at := range places {
		out = binary.AppendUvarint(out, uint64(at-before))
		before = at
	}
	return string(out)
}

// appendPlaces appends the places that an entry holds. It returns false if they are
// not all in the table.
func (t *sumTable) appendPlaces(out []int, reads string) ([]int, bool) {
	at, limit := uint64(0), uint64(t.len())
	for i := 0; i < len(reads); {
		delta, shift := uint64(0), 0
		for ; i < len(reads) && reads[i] >= 0x80 && shift < 32; i++ {
			delta |= uint64(reads[i]&0x7f) << shift
			shift += 7
		}
		if i == len(reads) || reads[i] >= 0x80 {
			return out, false
		}
		at += delta | uint64(reads[i])<<shift
		if i++; at >= limit {
			return out, false
		}
		out = append(out, int(at))
	}
	return out, true
}

// SetAnswer keeps the answer for the page at a path with what was read to give it:
// nothing if it is not to be kept. Says is what others may ask of the page. For a page
// that the snapshot does not have, nothing is kept.
func (s *Snapshot) SetAnswer(page string, says Digests, reads []Sum, answer string) {
	e := s.entry(page)
	if e == nil {
		return
	}
	e.says = says
	if len(reads) == 0 {
		e.forget()
		return
	}
	places := make([]int, len(reads))
	for i, n := range reads {
		places[i] = s.sums.place(n)
	}
	slices.Sort(places)
	e.answered, e.reads, e.answer = true, encodePlaces(places), answer
}

// Forget forgets the answer for the page at a path.
func (s *Snapshot) Forget(page string) {
	if e := s.entry(page); e != nil {
		e.forget()
	}
}

// forget makes the entry one without an answer.
func (e *Entry) forget() { e.answered, e.reads, e.answer = false, "", "" }

// EachAnswer calls do for the pages with an answer that is not empty, in the order of
// their directories and names, until it returns false.
func (s *Snapshot) EachAnswer(do func(dir, name, answer string) bool) {
	for i := range s.Dirs {
		for j := range s.Dirs[i].Entries {
			if e := &s.Dirs[i].Entries[j]; e.answer != "" && !do(s.Dirs[i].Path, e.Name, e.answer) {
				return
			}
		}
	}
}

// tidy removes the numbers that no entry names any more from the table, if many were
// added since this was done last.
func (s *Snapshot) tidy() {
	if s.sums.len() <= s.sums.tidied+s.sums.tidied/4 {
		return
	}
	used := make([]bool, s.sums.len())
	var places []int
	s.eachAnswered(func(e *Entry) {
		var ok bool
		if places, ok = s.sums.appendPlaces(places[:0], e.reads); !ok {
			e.forget()
			return
		}
		for _, at := range places {
			used[at] = true
		}
	})
	var table sumTable
	next := make([]int, len(used)) // the places after that
	for at := range used {
		if next[at] = len(table.added); used[at] {
			table.added = append(table.added, s.sums.at(at))
		}
	}
	s.eachAnswered(func(e *Entry) {
		places, _ = s.sums.appendPlaces(places[:0], e.reads)
		for i, at := range places {
			places[i] = next[at]
		}
		e.reads = encodePlaces(places)
	})
	table.tidied = len(table.added)
	s.sums = table
}

// eachAnswered calls do for the entries with an answer.
func (s *Snapshot) eachAnswered(do func(e *Entry)) {
	for i := range s.Dirs {
		for j := range s.Dirs[i].Entries {
			if e := &s.Dirs[i].Entries[j]; e.answered {
				do(e)
			}
		}
	}
}

// Changes are the things that differ between two snapshots.
type Changes map[Key]bool

// add adds a name that came, went, or is of another type.
func (c Changes) add(dir string, e *Entry) {
	c[Key{There, path.Join(dir, e.Name)}] = true
	c[Key{Names, dir}] = true
	c[Key{Absent, e.Name}] = true
	c.addBytes(dir, e, Digests{})
}

// addBytes adds a page that has other bytes, and said what others asked of it before.
func (c Changes) addBytes(dir string, e *Entry, said Digests) {
	p := path.Join(dir, e.Name)
	c[Key{Page, p}] = true
	if said.Head == 0 || said.Head != e.says.Head {
		c[Key{Head, p}] = true
	}
	if said.Match == 0 || said.Match != e.says.Match {
		c[Key{Match, p}] = true
		c[Key{Day, dir}] = true
	}
}

// Stale returns the pages without an answer, and those whose answers depend on
// something that changed: a page itself among them. They lose their answers. IsPage
// reports whether what has a name may have an answer.
func (s *Snapshot) Stale(changes Changes, isPage func(name string) bool) map[string]bool {
	changed := s.sums.changed(changes)
	out := map[string]bool{}
	var places []int
	for i := range s.Dirs {
		d := &s.Dirs[i]
		for j := range d.Entries {
			e := &d.Entries[j]
			if e.answered && changed != nil {
				places, e.answered = s.sums.appendPlaces(places[:0], e.reads)
				for _, at := range places {
					e.answered = e.answered && !changed[at]
				}
			}
			if !e.answered && isPage(e.Name) {
				e.forget()
				out[path.Join(d.Path, e.Name)] = true
			}
		}
	}
	return out
}

// changed reports by place which numbers are those for changes; nil if none are.
func (t *sumTable) changed(changes Changes) []bool {
	if len(changes) == 0 {
		return nil
	}
	sums := make(map[Sum]bool, len(changes))
	var buffer []byte
	for k := range changes {
		var s summed
		s, buffer = k.summed(buffer)
		sums[s.sum()] = true
	}
	out := make([]bool, t.len())
	for at := range out {
		out[at] = sums[t.at(at)]
	}
	return out
}
