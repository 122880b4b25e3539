package compare

import (
	"fmt"
	"math/rand"
	"slices"
	"testing"
	"testing/fstest"

	"newsctl/archive"
	"newsctl/archive/git"
)

// eventWith returns an event whose related list names pages, in order.
func eventWith(targets []int) *fstest.MapFile {
	text := "### [2024-03-5](/news/2024/03/5/index.md)\n\n# Event\n\n### Related:\n\n"
	for i, n := range targets {
		text += fmt.Sprintf("%d. [Event %d](/news/2024/03/5/event-%d.md) _Context: C%d_\n", i+1, n, n, n)
	}
	return &fstest.MapFile{Data: []byte(text)}
}

// TestRows compares random lists. The entries before and after are both there, each
// once and in order, and what moves is said on both sides.
func TestRows(t *testing.T) {
	t.Parallel()
	const path = "news/2024/03/5/event.md"
	random := rand.New(rand.NewSource(1))
	list := func() []int {
		out := random.Perm(7)[:random.Intn(8)]
		if len(out) > 0 && random.Intn(3) == 0 {
			out = append(out, out[0]) // twice
		}
		return out
	}
	for range 500 {
		was, is := list(), list()
		before := archive.New(fstest.MapFS{path: eventWith(was)}, archive.Config{})
		after := archive.New(fstest.MapFS{path: eventWith(is)}, archive.Config{})
		rows := Compare(before, after, []git.Change{{From: path, To: path}}).Rows(path, path)
		if slices.Equal(was, is) {
			if rows != nil {
				t.Fatalf("%v: rows of what is the same", was)
			}
			continue
		}
		var left, right []int
		for _, row := range rows {
			if c := row.Before; c != nil {
				left = append(left, numberOf(t, c))
				if c.Number != len(left) {
					t.Fatalf("%v -> %v: entry %d is numbered %d", was, is, len(left), c.Number)
				}
			}
			if c := row.After; c != nil {
				right = append(right, numberOf(t, c))
			}
			switch {
			case row.Before != nil && row.After != nil:
				if row.Before.Target != row.After.Target || row.Moved != 0 {
					t.Fatalf("%v -> %v: %v beside %v", was, is, row.Before, row.After)
				}
			case row.Before != nil && row.Moved > 0 && is[row.Moved-1] != numberOf(t, row.Before):
				t.Fatalf("%v -> %v: %v is not at %d after", was, is, row.Before, row.Moved)
			case row.After != nil && row.Moved > 0 && was[row.Moved-1] != numberOf(t, row.After):
				t.Fatalf("%v -> %v: %v was not at %d", was, is, row.After, row.Moved)
			case row.After != nil && row.Moved == 0 && slices.Contains(was, numberOf(t, row.After)) && !slices.Contains(is[:row.After.Number-1], numberOf(t, row.After)):
				t.Fatalf("%v -> %v: %v is not new", was, is, row.After)
			}
		}
		if !slices.Equal(left, was) || !slices.Equal(right, is) {
			t.Fatalf("%v -> %v: rows of %v and %v", was, is, left, right)
		}
	}
}

func numberOf(t *testing.T, c *Cell) (n int) {
	t.Helper()
	if _, err := fmt.Sscanf(c.Text, "Event %d", &n); err != nil {
		t.Fatal(err)
	}
	if len(c.Contexts) != 1 || c.Contexts[0] != fmt.Sprintf("C%d", n) {
		t.Fatalf("contexts of %s are %q", c.Text, c.Contexts)
	}
	return n
}
