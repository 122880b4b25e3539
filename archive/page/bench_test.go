package page

import "testing"

// BenchmarkParse parses the pages of the bundled archives: as commands do, and all
// of them with goldmark.
func BenchmarkParse(b *testing.B) {
	pages := fixturePages(b)
	size := int64(0)
	for _, src := range pages {
		size += int64(len(src))
	}
	for _, bench := range []struct {
		name  string
		parse func(src []byte)
	}{
		{"event", func(src []byte) { ParseEvent(src, DefaultLabels()) }},
		{"blocks", func(src []byte) { parseBlocks(src) }},
		{"goldmark", func(src []byte) { markdownBlocks(src) }},
	} {
		b.Run(bench.name, func(b *testing.B) {
			b.SetBytes(size)
			b.ReportAllocs()
			for range b.N {
				for _, src := range pages {
					bench.parse(src)
				}
			}
		})
	}
}
