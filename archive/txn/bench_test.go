package txn

import (
	"fmt"
	"strings"
	"testing"
)

// The large case of an archive: a relink that changes 8,000 pages of 4 KiB in
// 3,500 directories.
const (
	benchPages = 8000
	benchDirs  = 3500
)

func benchPath(i int) string {
	return fmt.Sprintf("news/%d/%02d/%d/page-%d.md", 2000+i%benchDirs/372, 1+i%benchDirs/31%12, 1+i%31, i)
}

func BenchmarkCommit(b *testing.B) {
	root := b.TempDir()
	texts := []string{strings.Repeat("0123456789abcde\n", 256), strings.Repeat("another  content\n", 240)}
	var ops []Op
	for i := range benchPages {
		ops = append(ops, create(benchPath(i), texts[0]))
	}
	if err := commit(root, ops...); err != nil {
		b.Fatal(err)
	}
	b.ResetTimer()
	for n := range b.N {
		b.StopTimer()
		for i := range ops {
			ops[i] = replace(ops[i].Path, texts[n%2], texts[(n+1)%2])
		}
		b.StartTimer()
		if err := commit(root, ops...); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(benchPages, "pages/op")
}

// What every command pays.
func BenchmarkRecoverNothing(b *testing.B) {
	root := b.TempDir()
	for range b.N {
		if _, err := Recover(Tree{Root: root}); err != nil {
			b.Fatal(err)
		}
	}
}
