package archive_test

import (
	"fmt"
	"testing"

	"newsctl/archive"
	"newsctl/archive/archivetest"
	"newsctl/archive/contexts"
	"newsctl/archive/facts"
	"newsctl/archive/plan"
	"newsctl/archive/related"
	"newsctl/archive/same"
)

// BenchmarkDuplicates looks for events of one day with headlines alike.
func BenchmarkDuplicates(b *testing.B) {
	for _, n := range []int{30, 250, 1000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			f := archivetest.CrowdedDay(n, 1)
			b.ReportAllocs()
			for range b.N {
				b.StopTimer()
				a, paths := f.Archive(archive.Config{})
				a.LoadPages(nil)
				b.StartTimer()
				for _, p := range paths {
					if e := a.EventAt(p); e != nil {
						same.FindDuplicate(a, e.Facts())
						same.LikelyForgotten(a, e)
					}
				}
			}
		})
	}
}

// BenchmarkSuggest looks for the pages that links to no page of one day mean.
func BenchmarkSuggest(b *testing.B) {
	for _, n := range []int{30, 250, 1000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			a, paths := archivetest.CrowdedDay(n, 10).Archive(archive.Config{})
			b.ReportAllocs()
			for range b.N {
				for _, p := range paths {
					if e := a.EventAt(p); e != nil {
						for _, version := range e.Versions() {
							a.Suggest(version)
						}
					}
				}
			}
		})
	}
}

// BenchmarkGuard passes the changes of relinking through the guard.
func BenchmarkGuard(b *testing.B) {
	_, a, paths := archivetest.BenchmarkArchive(b, archive.Config{})
	c := contexts.Of(a, paths)
	r, err := related.NewRelinker(c, func() archive.Habits { return a.Habits(c.Events()) }, nil).Relink(nil)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	b.ResetTimer()
	for range b.N {
		changes := *r.Changes
		if _, err := plan.Guard(&changes, c); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkFacts reads the facts of all pages from their bytes, encodes them to be kept,
// and decodes them again. The bytes are those of the pages each time.
func BenchmarkFacts(b *testing.B) {
	dir, a, paths := archivetest.BenchmarkArchive(b, archive.Config{})
	files, size := archivetest.FilesBelow(b, dir), int64(0)
	all := make([]*facts.Page, len(paths))
	for i, p := range paths {
		size += int64(len(files[p]))
		f := a.Facts(p)
		all[i] = &facts.Page{Head: f.Head, Body: f.Body}
	}
	text := facts.Encode(all)
	for _, bench := range []struct {
		name string
		do   func()
	}{
		{"read", func() {
			a, _ := files.Archive(archive.Config{})
			for _, p := range paths {
				a.Facts(p)
			}
		}},
		{"encode", func() { facts.Encode(all) }},
		{"open", func() { facts.Open(text) }},
		{"decode", func() {
			set, _ := facts.Open(text)
			var room facts.Room
			for i := range set.Len() {
				var p facts.Page
				set.Page(i, &p, &room)
			}
		}},
		{"links", func() {
			set, _ := facts.Open(text)
			set.Naming(func(path string) bool { return path == paths[0] }, nil)
		}},
	} {
		b.Run(bench.name, func(b *testing.B) {
			b.SetBytes(size)
			b.ReportAllocs()
			for range b.N {
				bench.do()
			}
		})
	}
}
