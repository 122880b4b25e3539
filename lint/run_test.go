package lint

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"reflect"
	"testing"

	"newsctl/archive"
	"newsctl/archive/archivetest"
	"newsctl/archive/sorted"
)

// What is found does not depend on whether pages are held, or known by their facts
// and read once more.
func TestRunByFacts(t *testing.T) {
	t.Parallel()
	check := func(name string, f archivetest.Files) {
		held := archive.New(archivetest.Tree(f), archive.Config{})
		held.LoadPages(nil)
		known, paths := f.Archive(archive.Config{})
		config := Config{Whole: true}
		got, want := Run(known, paths, config), Run(held, paths, config)
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s: by facts\n%v\nwant\n%v", name, got.Findings, want.Findings)
		}
	}
	for _, name := range []string{"clean", "broken", "chinese"} {
		f := archivetest.Fixture(t, name)
		check(name, f)
		for seed := range seeds(6, 300) {
			messed := maps.Clone(f)
			what, lots := "", rand.New(rand.NewPCG(uint64(seed), 1))
			for range 4 {
				what += messed.Mess(lots) + "; "
				paths := sorted.Keys(messed)
				messed[paths[lots.IntN(len(paths))]] += "\nMore.\n"
			}
			check(fmt.Sprintf("%s, seed %d: %s", name, seed, what), messed)
		}
	}
	for seed := range seeds(6, 300) {
		check(fmt.Sprintf("random archive %d", seed), archivetest.Files(archivetest.NewRandomArchive(uint64(seed)).Files))
	}
}
