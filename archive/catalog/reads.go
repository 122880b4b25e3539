package catalog

import (
	"encoding/binary"
	"hash/crc32"
	"path"
	"slices"
)

// Kind is a kind of thing that an answer may depend on.
type Kind byte

// The kinds: what is at a path, with the bytes of a page; the names in a
// directory with their types; all that lies in a directory, but for what lies in
// directories below it.
const (
	Page Kind = iota
	Names
	Day
)

// Key is one thing that an answer may depend on.
type Key struct {
	Kind Kind
	Path string // relative to the root of the archive
}

// sum returns a number for a key. Two keys may share one: then an answer is found
// again without need, but none is kept that does not hold.
func (k Key) sum(buffer []byte) (uint32, []byte) {
	buffer = append(append(buffer[:0], byte(k.Kind)), k.Path...)
	return crc32.Checksum(buffer, castagnoli), buffer
}

// sumLen is how many bytes a number of a key takes in [Entry].
const sumLen = 4

// SetReads notes what was read to answer for the page at a path. Of a page that
// the snapshot does not have, nothing is noted.
func (s *Snapshot) SetReads(page string, keys []Key) {
	e := s.entry(page)
	if e == nil {
		return
	}
	sums := make([]uint32, len(keys))
	var buffer []byte
	for i, k := range keys {
		sums[i], buffer = k.sum(buffer)
	}
	slices.Sort(sums)
	out := make([]byte, 0, sumLen*len(sums))
	for _, n := range slices.Compact(sums) {
		out = binary.LittleEndian.AppendUint32(out, n)
	}
	e.answered, e.reads = true, string(out)
}

// Changes are the things that differ between two snapshots.
type Changes map[Key]bool

func (c Changes) add(dir string, e *Entry, names bool) {
	c[Key{Page, path.Join(dir, e.Name)}] = true
	c[Key{Day, dir}] = true
	if names {
		c[Key{Names, dir}] = true
	}
}

// Stale returns the pages without an answer, and those whose answers depend on
// something that changed: a page itself among them. They lose their answers.
func (s *Snapshot) Stale(changes Changes) map[string]bool {
	changed := make(map[uint32]bool, len(changes))
	var may [1 << 16]bool // by the first half of a number, to pass over most at once
	var buffer []byte
	for k := range changes {
		var n uint32
		n, buffer = k.sum(buffer)
		changed[n], may[n>>16] = true, true
	}
	out := map[string]bool{}
	for i := range s.Dirs {
		d := &s.Dirs[i]
		for j := range d.Entries {
			e := &d.Entries[j]
			stale := !e.answered
			for at := 0; at < len(e.reads) && !stale; at += sumLen {
				n := uint32(e.reads[at]) | uint32(e.reads[at+1])<<8 | uint32(e.reads[at+2])<<16 | uint32(e.reads[at+3])<<24
				stale = may[n>>16] && changed[n]
			}
			if stale {
				e.answered, e.reads = false, ""
				out[path.Join(d.Path, e.Name)] = true
			}
		}
	}
	return out
}
