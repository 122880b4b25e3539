package mergefile

import (
	"bytes"
	"math/rand/v2"
	"regexp"
	"testing"

	"newsctl/archive/diff"
)

var eventName = regexp.MustCompile(`/(event-\w+)\.md`)

// TestResolveRandom resolves the conflicts of random day pages: every event that either
// side lists is listed.
func TestResolveRandom(t *testing.T) {
	t.Parallel()
	g := &gen{Rand: rand.New(rand.NewPCG(5, 9))}
	conflicts, left := 0, 0
	for range 600 {
		base := g.draft()
		if base.event || base.front {
			continue
		}
		ours, theirs := g.change(base), g.change(base)
		src, n := diff.Merge([]byte(base.String()), []byte(ours.String()), []byte(theirs.String()), testOptions.Markers)
		if n == 0 {
			continue
		}
		conflicts++
		got, n := Resolve(src, dayPage, testOptions)
		if n > 0 {
			left++
			continue
		}
		for _, name := range eventName.FindAllSubmatch(src, -1) {
			if !bytes.Contains(got, append(name[1], ".md"...)) {
				t.Fatalf("%s is lost:\n%s\nresolved:\n%s", name[1], src, got)
			}
		}
		if bytes.Contains(got, []byte("<<<<<<<")) || bytes.Contains(got, []byte(">>>>>>>")) {
			t.Fatalf("markers are left:\n%s", got)
		}
	}
	t.Logf("%d conflicts, %d left", conflicts, left)
	if conflicts < 50 || left > conflicts/3 {
		t.Errorf("%d of %d conflicts are left", left, conflicts)
	}
}

func TestResolveMalformed(t *testing.T) {
	t.Parallel()
	for _, src := range []string{"<<<<<<< a\n", "<<<<<<< a\n=======\n", "=======\n>>>>>>> b\n", "<<<<<<< a\n<<<<<<< a\n=======\n>>>>>>> b\n"} {
		if got, n := Resolve([]byte(src), dayPage, testOptions); n == 0 || string(got) != src {
			t.Errorf("%q becomes %q", src, got)
		}
	}
}

func FuzzResolve(f *testing.F) {
	f.Add([]byte(head + "<<<<<<< a\n" + entryOf("A", "One.") + "||||||| b\n=======\n" + entryOf("B", "Two.") + ">>>>>>> c\n" + previous))
	f.Fuzz(func(t *testing.T, src []byte) {
		for _, at := range []string{dayPage, "index.md"} {
			Resolve(src, at, testOptions)
		}
	})
}

// The conflicts of a related list are resolved with all entries and contexts of both
// sides; those of what an event says itself are left.
func TestResolveRelated(t *testing.T) {
	t.Parallel()
	o := testOptions
	o.RelatedLimit = 2
	list := event + "### Related:\n\n"
	a, b, c := related("1", "A", "Ferry, Port"), related("2", "B", "Harbor"), related("2", "B", "Port")
	src := list + "<<<<<<< a\n" + a + b + "=======\n" + c + related("3", "C", "Port") + ">>>>>>> b\n"
	want := list + a + related("2", "B", "Harbor, Port") + related("3", "C", "Port")
	if got, n := Resolve([]byte(src), eventPage, o); n != 0 || string(got) != want {
		t.Errorf("%d conflicts:\n%s\nwant:\n%s", n, got, want)
	}
	for _, src := range []string{
		"<<<<<<< a\n# Ferry sails.\n=======\n# Ferry sails again.\n>>>>>>> b\n\n### Related:\n\n" + a,
		event + "### Source:\n\n<<<<<<< a\n1. [BBC](https://bbc.example/1) a\n=======\n1. [BBC](https://bbc.example/1) b\n>>>>>>> b\n",
		list + "<<<<<<< a\n" + a + "=======\n" + a[:len(a)-1] + " <!-- keep -->\n>>>>>>> b\n",
	} {
		if got, n := Resolve([]byte(src), eventPage, o); n == 0 {
			t.Errorf("resolved:\n%s\n%s", src, got)
		}
	}
}
