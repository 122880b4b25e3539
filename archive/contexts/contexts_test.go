package contexts_test

import (
	"slices"
	"testing"

	"newsctl/archive"
	"newsctl/archive/archivetest"
	"newsctl/archive/contexts"
)

// The program and the plain reader know the same contexts.
func TestContextsOfFixtures(t *testing.T) {
	for _, name := range []string{"clean", "chinese", "broken"} {
		f := archivetest.Fixture(t, name)
		a, paths := f.Archive(archive.Config{})
		archivetest.SameContexts(t, name, archivetest.ContextsOf(contexts.Of(a, paths)), archivetest.Read(t, f).Contexts())
	}
}

// A list that is written reads back as the same contexts, and in byte order
// wherever that can be.
func TestJoinReadsBack(t *testing.T) {
	tests := []struct {
		topics, names []string
		want          string
	}{
		{nil, nil, ""},
		{nil, []string{"b", "B", "a"}, "B, a, b"},
		{[]string{"A, B"}, []string{"A, B", "C"}, "A, B, C"},
		{[]string{"A, B"}, []string{"A, B", "A", "B"}, "A, A, B, B"},
		{[]string{"A, B"}, []string{"A", "B"}, "B, A"},
		{[]string{"A, B"}, []string{"A", "C", "B"}, ""},
		{[]string{"A, B", "B, C"}, []string{"A", "B", "C"}, ""},
		{[]string{"A, B", "C, B"}, []string{"A", "B", "C"}, ""},
		{[]string{"A, B", "D, C"}, []string{"A", "B", "C", "D"}, ""},
		{[]string{"A, B", "C, B, A"}, []string{"A", "B", "C"}, ""},
	}
	for _, test := range tests {
		f := archivetest.Files{"news/2017/07/9/x.md": archivetest.About("X", "Z")}
		for i, topic := range test.topics {
			f["news/2017/07/8/"+string(rune('a'+i))+".md"] = "##### " + topic + "\n# T\n"
		}
		a, paths := f.Archive(archive.Config{})
		c := contexts.Of(a, paths)
		got, err := c.CommaNames.Join(test.names)
		if err != nil {
			t.Errorf("topics %q: %v", test.topics, err)
		}
		if back := c.CommaNames.Split(got); !slices.Equal(archivetest.InOrder(back), archivetest.InOrder(slices.Clone(test.names))) {
			t.Errorf("topics %q: %q is written as %q, which reads back as %q", test.topics, test.names, got, back)
		}
		if test.want != "" && got != test.want {
			t.Errorf("topics %q: %q is written as %q, want %q", test.topics, test.names, got, test.want)
		}
	}
}
