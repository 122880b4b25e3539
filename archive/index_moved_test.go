package archive

import (
	"fmt"
	"math/rand"
	"path"
	"slices"
	"strings"
	"testing"
)

// TestIndexIsQuietAfterMess moves, removes and cuts pages and days of an archive
// at random, as people do by hand, and checks that one run of index is enough.
func TestIndexIsQuietAfterMess(t *testing.T) {
	for _, name := range []string{"clean", "chinese", "broken"} {
		for seed := range seeds(15, 150) {
			t.Run(fmt.Sprint(name, " ", seed), func(t *testing.T) {
				t.Parallel()
				f := fixture(t, name)
				lots := rand.New(rand.NewSource(int64(seed)))
				var done []string
				for range 1 + lots.Intn(4) {
					done = append(done, f.mess(lots))
				}
				a, paths := f.archive(Config{})
				x, err := a.Index(paths, IndexOptions{})
				if err != nil {
					t.Fatal(err)
				}
				f = f.after(t, x.Plan)
				a, paths = f.archive(Config{})
				again, err := a.Index(paths, IndexOptions{})
				if err != nil {
					t.Fatal(err)
				}
				f.after(t, again.Plan).expect(t, f)
				if t.Failed() {
					t.Errorf("after %q", done)
				}
			})
		}
	}
}

// mess does to an archive what a person might do, and says what.
func (f files) mess(lots *rand.Rand) string {
	var paths []string
	for p := range f {
		if strings.HasPrefix(p, "news/") {
			paths = append(paths, p)
		}
	}
	slices.Sort(paths)
	p := paths[lots.Intn(len(paths))]
	day := path.Dir(p)
	to := path.Join(path.Dir(day), fmt.Sprint(20+lots.Intn(9)))
	switch lots.Intn(5) {
	case 0:
		for _, other := range paths {
			if path.Dir(other) == day {
				f[path.Join(to, path.Base(other))] = f[other]
				delete(f, other)
			}
		}
		return "moved " + day + " to " + to
	case 1:
		f[path.Join(to, path.Base(p))] = f[p]
		delete(f, p)
		return "moved " + p + " to " + to
	case 2:
		delete(f, p)
		return "removed " + p
	case 3:
		for _, other := range paths {
			if path.Dir(other) == day && path.Base(other) != indexName && path.Base(other) != copyName {
				delete(f, other)
			}
		}
		return "removed the events of " + day
	}
	lines := strings.SplitAfter(f[p], "\n")
	at := lots.Intn(len(lines))
	f[p] = strings.Join(slices.Delete(lines, at, min(at+1+lots.Intn(4), len(lines))), "")
	return fmt.Sprintf("removed lines of %s from %d", p, at+1)
}
