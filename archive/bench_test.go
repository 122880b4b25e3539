package archive

import (
	"fmt"
	"strings"
	"testing"
)

// crowdedDay returns an archive of one day with so many events whose headlines are
// like each other, with so many versions each, and with an entry to a page that is
// not there.
func crowdedDay(events, versions int) files {
	f := files{}
	var day strings.Builder
	day.WriteString("## [2018-03-14](/news/2018/03/14/index.md)\n\n")
	for i := range events {
		name := fmt.Sprintf("ferry-%d-sails-to-norvane-again", i)
		headline := fmt.Sprintf("Ferry %d sails to Norvane again", i)
		fmt.Fprintf(&day, "### [%s](/news/2018/03/14/%s.md)\n", headline, name)
		var p strings.Builder
		fmt.Fprintf(&p, "### [2018-03-14](/news/2018/03/14/index.md)\n\n##### Ferry %d\n# %s\n\n### Changes:\n\n", i%10, headline)
		for k := range versions {
			fmt.Fprintf(&p, "%d. [%s](/news/2018/03/14/%s-%d.md) _2018-03-14 00:00:00 (Update)_\n", k+1, headline, name, k)
		}
		fmt.Fprintf(&p, "\n### Related:\n\n1. [Gone](/news/2018/03/14/gone-%d.md) _Context: Norvane_\n", i)
		f["news/2018/03/14/"+name+".md"] = p.String()
	}
	f["news/2018/03/14/index.md"] = day.String()
	return f
}

// BenchmarkDuplicates looks for events of one day with headlines alike.
func BenchmarkDuplicates(b *testing.B) {
	for _, n := range []int{30, 250, 1000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			f := crowdedDay(n, 1)
			for range b.N {
				b.StopTimer()
				a, paths := f.archive(Config{})
				a.Load(nil)
				b.StartTimer()
				for _, p := range paths {
					if e := a.eventAt(p); e != nil {
						a.FindDuplicate(e)
						a.LikelyForgotten(e)
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
			a, paths := crowdedDay(n, 10).archive(Config{})
			for range b.N {
				for _, p := range paths {
					if e := a.eventAt(p); e != nil {
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
	_, a, paths := benchmarkArchive(b, Config{})
	c := a.Contexts(paths)
	r, err := newRelinker(c, a.habits(c.events)).relink(nil)
	if err != nil {
		b.Fatal(err)
	}
	r.changes.known = c
	b.ReportAllocs()
	b.ResetTimer()
	for range b.N {
		changes := *r.changes
		if _, err := a.Guard(&changes); err != nil {
			b.Fatal(err)
		}
	}
}
