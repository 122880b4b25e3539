package listing

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"newsctl/archive"
	"newsctl/archive/archivetest"
)

// TestIndexIsQuietAfterMess moves, removes and cuts pages and days of an archive
// at random, as people do by hand, and checks that one run of index is enough.
func TestIndexIsQuietAfterMess(t *testing.T) {
	for _, name := range []string{"clean", "chinese", "broken"} {
		for seed := range archivetest.Seeds(6, 150) {
			t.Run(fmt.Sprint(name, " ", seed), func(t *testing.T) {
				t.Parallel()
				f := archivetest.Fixture(t, name)
				lots := rand.New(rand.NewPCG(uint64(seed), 0))
				var done []string
				for range 1 + lots.IntN(4) {
					done = append(done, f.Mess(lots))
				}
				a, paths := f.Archive(archive.Config{})
				x, err := Index(a, paths, IndexOptions{})
				if err != nil {
					t.Fatal(err)
				}
				f = f.After(t, x.Plan)
				a, paths = f.Archive(archive.Config{})
				again, err := Index(a, paths, IndexOptions{})
				if err != nil {
					t.Fatal(err)
				}
				f.After(t, again.Plan).Expect(t, f)
				if t.Failed() {
					t.Errorf("after %q", done)
				}
			})
		}
	}
}
