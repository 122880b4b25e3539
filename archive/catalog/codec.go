package catalog

import (
	"encoding/binary"
	"os"
	"slices"
)

// Writer writes numbers, each a varint, and strings with their lengths.
type Writer struct {
	bytes []byte

	file *os.File // where bytes go when there are many, or nil
	sum  uint32   // of what is in the file
	err  error    // met when writing to it
}

// Bytes returns what was written.
func (w *Writer) Bytes() []byte { return w.bytes }

// Int64 writes a number. Small ones take least room.
func (w *Writer) Int64(n int64) { w.bytes = binary.AppendVarint(w.bytes, n) }

// Int writes a number.
func (w *Writer) Int(n int) { w.Int64(int64(n)) }

// String writes a string.
func (w *Writer) String(s string) {
	w.Int(len(s))
	w.raw(s)
}

// StringAfter writes a string as what it adds to the one before.
func (w *Writer) StringAfter(before, s string) {
	same := 0
	for same < min(len(before), len(s)) && before[same] == s[same] {
		same++
	}
	w.Int(same)
	w.String(s[same:])
}

// Column writes numbers so that each can be read without those before it.
func (w *Writer) Column(numbers []int32) {
	w.Int(numberLen * len(numbers))
	w.bytes = appendColumn(w.bytes, numbers)
}

func appendColumn(out []byte, numbers []int32) []byte {
	out = slices.Grow(out, numberLen*len(numbers))
	for _, n := range numbers {
		out = binary.LittleEndian.AppendUint32(out, uint32(n))
	}
	return out
}

func (w *Writer) id(id ID) { w.bytes = append(w.bytes, id[:]...) }

// Reader reads what a [Writer] wrote. After what was not written so it is broken,
// and all it reads is zero. The strings it returns are parts of what it reads.
type Reader struct {
	text   string
	at     int // what was read
	broken bool
}

// NewReader returns a reader of what was written.
func NewReader(text string) *Reader { return &Reader{text: text} }

// Fail makes the reader broken, as where a number that was read makes no sense.
func (r *Reader) Fail() { r.text, r.at, r.broken = "", 0, true }

// Int64 reads a number.
func (r *Reader) Int64() int64 {
	if r.at < len(r.text) && r.text[r.at] < 0x80 {
		b := int64(r.text[r.at])
		r.at++
		return b>>1 ^ -(b & 1)
	}
	return r.long()
}

// long reads a number of several bytes.
func (r *Reader) long() int64 {
	var u uint64
	for i := 0; r.at+i < len(r.text) && i < binary.MaxVarintLen64; i++ {
		b := r.text[r.at+i]
		u |= uint64(b&0x7f) << (7 * i)
		if b < 0x80 {
			r.at += i + 1
			return int64(u>>1) ^ -int64(u&1)
		}
	}
	r.Fail()
	return 0
}

// Int reads a number.
func (r *Reader) Int() int { return int(r.Int64()) }

// Count reads a number of things that follow, each of a byte or more.
func (r *Reader) Count() int {
	n := r.Int()
	if n < 0 || n > len(r.text)-r.at {
		r.Fail()
		return 0
	}
	return n
}

// String reads a string.
func (r *Reader) String() string { return r.take(r.Int()) }

// StringAfter reads a string that was written as what it adds to the one before.
func (r *Reader) StringAfter(before string) string {
	same := r.Int()
	if same < 0 || same > len(before) {
		r.Fail()
		return ""
	}
	rest := r.String()
	if same == len(before) && rest == "" {
		return before
	}
	return before[:same] + rest
}

// numberLen is how many bytes a number of a [Column] takes.
const numberLen = 4

// Column is numbers that were written so that each can be read by its place.
type Column string

// ColumnOf returns numbers as they are written.
func ColumnOf(numbers []int32) Column { return Column(appendColumn(nil, numbers)) }

// Column reads a column.
func (r *Reader) Column() Column {
	text := r.String()
	if len(text)%numberLen != 0 {
		r.Fail()
		return ""
	}
	return Column(text)
}

// Len returns how many numbers there are.
func (c Column) Len() int { return len(c) / numberLen }

// At returns the number at a place.
func (c Column) At(i int) int32 {
	s := c[numberLen*i : numberLen*i+numberLen]
	return int32(uint32(s[0]) | uint32(s[1])<<8 | uint32(s[2])<<16 | uint32(s[3])<<24)
}

// IsEnds reports whether the numbers are where consecutive parts of so many things
// end.
func (c Column) IsEnds(things int) bool {
	before := int32(0)
	for i := range c.Len() {
		end := c.At(i)
		if end < before {
			return false
		}
		before = end
	}
	return int(before) == things
}

// Part returns where the part at a place starts and ends, in a column of ends.
func (c Column) Part(i int) (start, end int) {
	if i > 0 {
		start = int(c.At(i - 1))
	}
	return start, int(c.At(i))
}

func (r *Reader) take(n int) string {
	if n < 0 || n > len(r.text)-r.at {
		r.Fail()
		return ""
	}
	r.at += n
	return r.text[r.at-n : r.at]
}

func (r *Reader) id() ID {
	var id ID
	copy(id[:], r.take(len(id)))
	return id
}

func (r *Reader) uint64() uint64 {
	if s := r.take(8); len(s) == 8 {
		return binary.LittleEndian.Uint64([]byte(s))
	}
	return 0
}

// Rest returns what was not read yet.
func (r *Reader) Rest() string { return r.text[r.at:] }

// IsAtEnd reports whether nothing is left to read, since all was read or the reader is
// broken.
func (r *Reader) IsAtEnd() bool { return r.at == len(r.text) }

// Broken reports whether something was not as it was written.
func (r *Reader) Broken() bool { return r.broken }

// Whole reports whether all was read, and as it was written.
func (r *Reader) Whole() bool { return !r.broken && r.at == len(r.text) }
