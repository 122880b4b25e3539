package diff

import (
	"bytes"
	"fmt"
	"io"
	"testing"
)

// BenchmarkWrite shows 8,000 changed pages of about 6 KB, the size of a relink
// of a whole archive, with three changed lines each.
func BenchmarkWrite(b *testing.B) {
	changes := make([]Change, 8000)
	for i := range changes {
		changes[i] = benchmarkChange(i)
	}
	for _, style := range []Style{Plain, Terminal} {
		b.Run(fmt.Sprint("style=", style), func(b *testing.B) {
			b.ReportAllocs()
			for range b.N {
				if err := writeAll(io.Discard, changes, style); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func benchmarkChange(page int) Change {
	var before, after bytes.Buffer
	for line := range 60 {
		text := fmt.Sprintf("%d. [Event %d of page %d. ](/news/2018/03/14/event-%d.md) _Context: A, B and %d_\n", line, line*page%97, page, line, page)
		before.WriteString(text)
		if line%20 == 9 {
			text = fmt.Sprintf("%d. [Reworded event %d. ](/news/2018/03/14/reworded-%d.md) _Context: A, B and %d_\n", line, page, line, page)
		}
		after.WriteString(text)
	}
	name := fmt.Sprintf("news/2018/03/14/event-%d.md", page)
	return Change{Old: name, New: name, Before: before.Bytes(), After: after.Bytes()}
}
