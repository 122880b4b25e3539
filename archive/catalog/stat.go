package catalog

import "time"

// Stat is what the file system says of a file without reading it. Two equal
// values are taken for the same bytes, unless the file changed too shortly
// before it was read ([Stat.racy]).
type Stat struct {
	Size    int64
	ModTime int64 // nanoseconds
	Changed int64 // when the inode changed, in nanoseconds; 0 where that is not known
	Inode   uint64
	Mode    uint32 // as the system writes it
}

// StatOf returns the stat data of what has a name, or zero if nothing has.
func StatOf(name string) Stat {
	s, _ := statOf(name)
	return s
}

// granularity is the coarsest step of time that a file system keeps: FAT has
// two seconds.
const granularity = 2 * time.Second

// racy reports whether a file that was read at a time may have changed since
// within one step of the clock of the file system, so that its stat data do not
// report. A time in the future is racy: the clock went back.
func (s Stat) racy(read int64) bool {
	return max(s.ModTime, s.Changed) > read-int64(granularity)
}
