package contexts_test

import (
	"slices"
	"strings"
	"testing"

	"newsctl/archive"
	"newsctl/archive/archivetest"
	"newsctl/archive/contexts"
	"newsctl/archive/edit"
	"newsctl/archive/plan"
	"newsctl/archive/sorted"
)

// declare declares the contexts of the events at only, or of all.
func declare(t testing.TB, f archivetest.Files, only []string) (*plan.Plan, archivetest.Files) {
	t.Helper()
	a, paths := f.Archive(archive.Config{})
	p, err := edit.DeclareContexts(contexts.Of(a, paths), only)
	if err != nil {
		t.Fatal(err)
	}
	return p, f.After(t, p)
}

func TestDeclare(t *testing.T) {
	const entry = "\n### Related:\n\n1. [Y](/news/2017/07/8/y.md) _Context: A, B_\n"
	tests := []struct{ what, before, after string }{
		{
			"below the headline",
			"# X\n" + entry,
			"# X\n\n_Context: A, B_\n" + entry,
		},
		{
			"below the description",
			"# X\n\nOne.\n\nTwo,\nthree.\n\n\n" + entry,
			"# X\n\nOne.\n\nTwo,\nthree.\n\n_Context: A, B_\n\n\n" + entry,
		},
		{
			"nothing between the headline and the description, nor below",
			"# X\nOne.\n" + entry[1:],
			"# X\nOne.\n\n_Context: A, B_\n\n" + entry[1:],
		},
		{
			"with its topic",
			"##### T, U\n# X\n" + entry,
			"##### T, U\n# X\n\n_Context: A, B, T, U_\n" + entry,
		},
		{
			"a topic is one name",
			"##### A, B\n# X\n" + entry,
			"##### A, B\n# X\n\n_Context: A, B_\n" + entry,
		},
		{
			"with the label of the page",
			"# X\n" + strings.Replace(entry, "Context", "消息", 1),
			"# X\n\n_消息: A, B_\n" + strings.Replace(entry, "Context", "消息", 1),
		},
		{
			"with the line ends of the page",
			strings.ReplaceAll("# X\n\nOne.\n"+entry, "\n", "\r\n"),
			strings.ReplaceAll("# X\n\nOne.\n\n_Context: A, B_\n"+entry, "\n", "\r\n"),
		},
		{
			"a list as a description",
			"# X\n\n- one\n- two\n" + entry,
			"# X\n\n- one\n- two\n\n_Context: A, B_\n" + entry,
		},
		{
			"no newline at the end",
			"##### T\n# X",
			"##### T\n# X\n\n_Context: T_\n",
		},
		{
			"an underlined headline",
			"X\n===\n" + entry,
			"X\n===\n\n_Context: A, B_\n" + entry,
		},
		{
			"declared already",
			"# X\n\n_Context: C_\n" + entry,
			"",
		},
		{
			"declared to be about nothing",
			"# X\n\n_Context: _\n" + entry,
			"",
		},
		{
			"about nothing",
			"# X\n\nOne.\n",
			"",
		},
		{
			"no headline to put it below",
			"One.\n" + entry,
			"",
		},
	}
	for _, test := range tests {
		const x = "news/2017/07/9/x.md"
		f := archivetest.Files{x: test.before, "news/2017/07/8/y.md": "# Y\n\n_Context: Z_\n"}
		want := test.after
		if want == "" {
			want = test.before
		}
		p, after := declare(t, f, nil)
		if after[x] != want {
			t.Errorf("%s:\n%q\nwant\n%q", test.what, after[x], want)
		}
		if (p.Len() > 0) != (test.after != "") {
			t.Errorf("%s: changes %q", test.what, p.Paths())
		}
		if again, _ := declare(t, after, nil); again.Len() != 0 {
			t.Errorf("%s: a second time changes %q", test.what, again.Paths())
		}
	}
}

func TestDeclareOnlySome(t *testing.T) {
	f := archivetest.Fixture(t, "clean")
	_, paths := f.Archive(archive.Config{})
	var only []string
	for _, p := range paths {
		if strings.HasPrefix(p, "news/2018/03/4/") {
			only = append(only, p)
		}
	}
	p, after := declare(t, f, only)
	if p.Len() < 2 {
		t.Errorf("only %d pages change", p.Len())
	}
	for _, path := range p.Paths() {
		if !slices.Contains(only, path) {
			t.Errorf("%s changes, and was not to", path)
		}
	}
	if again, _ := declare(t, after, only); again.Len() != 0 {
		t.Errorf("a second time changes %q", again.Paths())
	}
	if none, _ := declare(t, f, []string{}); none.Len() != 0 {
		t.Errorf("no page was to be changed, but %q are", none.Paths())
	}
}

// Declaring changes no contexts, and nothing but the lines that declare them.
func TestDeclareRandomArchives(t *testing.T) {
	archivetest.EachRandomArchive(t, func(t *testing.T, g *archivetest.RandomArchive, _ archive.Config) {
		before := archivetest.Read(t, g.Files)
		contexts := before.Contexts()
		_, after := declare(t, g.Files, nil)
		now := archivetest.Read(t, after)
		archivetest.SameContexts(t, "after declaring", now.Contexts(), contexts)
		archivetest.CheckRest(t, g.Files, after)
		for _, p := range sorted.Keys(now.Events) {
			if e := now.Events[p]; !e.Declares && len(contexts[p]) > 0 {
				t.Errorf("%s does not declare %q", p, contexts[p])
			}
			if !slices.Equal(now.Events[p].Related, before.Events[p].Related) {
				t.Errorf("%s has another list", p)
			}
		}
		if again, _ := declare(t, after, nil); again.Len() != 0 {
			t.Errorf("a second time changes %q", again.Paths())
		}
	})
}

// rename renames a context everywhere.
func rename(f archivetest.Files, from, to string) (*plan.Plan, error) {
	a, paths := f.Archive(archive.Config{})
	return edit.RenameContext(contexts.Of(a, paths), from, to)
}

func TestRename(t *testing.T) {
	const (
		x = "news/2017/07/9/x.md"
		y = "news/2017/07/8/y.md"
	)
	tests := []struct {
		what, from, to string
		before, after  archivetest.Files
	}{
		{
			"in entries, in byte order",
			"B", "b",
			archivetest.Files{x: "# X\n\n### Related:\n\n1. [Y](/" + y + ") _Context: A, B, C_\n2. [Y](/" + y + ") _Context: A_", y: "# Y\n"},
			archivetest.Files{x: "# X\n\n### Related:\n\n1. [Y](/" + y + ") _Context: A, C, b_\n2. [Y](/" + y + ") _Context: A_", y: "# Y\n"},
		},
		{
			"two become one",
			"U.K.", "United Kingdom",
			archivetest.Files{x: archivetest.About("X", "U.K., United Kingdom"), y: archivetest.About("Y", "U.K., Z")},
			archivetest.Files{x: archivetest.About("X", "United Kingdom"), y: archivetest.About("Y", "United Kingdom, Z")},
		},
		{
			"the name alone, not a part of one",
			"A", "B",
			archivetest.Files{x: archivetest.About("X", "A, AA, A B"), y: "# A\n\nA, A.\n\n_Context: AA_\n"},
			archivetest.Files{x: archivetest.About("X", "B, AA, A B"), y: "# A\n\nA, A.\n\n_Context: AA_\n"},
		},
		{
			"in topics, spaces aside, and on day and front pages",
			"A", "B",
			archivetest.Files{
				x:                         "#####  A \n# X\n",
				"news/2017/07/9/index.md": "## [9](/news/2017/07/9/index.md)\n\n### [X](/" + x + ")\n_Context: A, C_\n",
				"index.md":                "## [9](/news/2017/07/9/index.md)\n\n### [X](/" + x + ")\n_Context: A_\n",
				"README.md":               "## [9](/news/2017/07/9/index.md)\n\n### [X](/" + x + ")\n_Context: A_\n",
			},
			archivetest.Files{
				x:                         "#####  B \n# X\n",
				"news/2017/07/9/index.md": "## [9](/news/2017/07/9/index.md)\n\n### [X](/" + x + ")\n_Context: B, C_\n",
				"index.md":                "## [9](/news/2017/07/9/index.md)\n\n### [X](/" + x + ")\n_Context: B_\n",
				"README.md":               "## [9](/news/2017/07/9/index.md)\n\n### [X](/" + x + ")\n_Context: B_\n",
			},
		},
		{
			"in the topics of day pages",
			"A", "B",
			archivetest.Files{
				x:                         "##### A\n# X\n",
				"news/2017/07/9/index.md": "## [9](/news/2017/07/9/index.md)\n\n##### A\n### [X](/" + x + ")\n\n### [Y](/" + y + ")\n",
			},
			archivetest.Files{
				x:                         "##### B\n# X\n",
				"news/2017/07/9/index.md": "## [9](/news/2017/07/9/index.md)\n\n##### B\n### [X](/" + x + ")\n\n### [Y](/" + y + ")\n",
			},
		},
		{
			"a topic with a comma",
			"By-election, 2018", "Lorn by-election, 2018",
			archivetest.Files{x: "##### By-election, 2018\n# X\n", y: archivetest.About("Y", "2018, By-election, 2018, Z")},
			archivetest.Files{x: "##### Lorn by-election, 2018\n# X\n", y: archivetest.About("Y", "2018, Lorn by-election, 2018, Z")},
		},
		{
			"a topic becomes one with a comma",
			"A", "A, B",
			archivetest.Files{x: "##### A\n# X\n", y: archivetest.About("Y", "A, C")},
			archivetest.Files{x: "##### A, B\n# X\n", y: archivetest.About("Y", "A, B, C")},
		},
		{
			"a topic gets a comma, and two names that stood side by side stay two",
			"C", "A, B",
			archivetest.Files{x: "##### C\n# X\n", y: archivetest.About("Y", "A, B")},
			archivetest.Files{x: "##### A, B\n# X\n", y: archivetest.About("Y", "B, A")},
		},
		{
			"a topic loses its comma",
			"A, B", "C",
			archivetest.Files{x: "##### A, B\n# X\n", y: archivetest.About("Y", "A, B, D")},
			archivetest.Files{x: "##### C\n# X\n", y: archivetest.About("Y", "C, D")},
		},
		{
			"the page's line ends, label and numbers stay, and an open end is closed",
			"A", "B",
			archivetest.Files{x: "# X\r\n\r\n### 有关:\r\n\r\n3. [Y](/zh/" + y + ")  _上下文:A\r\n3. Y _Context: A_\r\n"},
			archivetest.Files{x: "# X\r\n\r\n### 有关:\r\n\r\n3. [Y](/zh/" + y + ")  _上下文: B_\r\n3. Y _Context: A_\r\n"},
		},
	}
	for _, test := range tests {
		p, err := rename(test.before, test.from, test.to)
		if err != nil {
			t.Errorf("%s: %v", test.what, err)
			continue
		}
		after := test.before.After(t, p)
		for path, want := range test.after {
			if after[path] != want {
				t.Errorf("%s: %s is\n%q\nwant\n%q", test.what, path, after[path], want)
			}
		}
		if _, err := rename(after, test.from, test.to); err == nil || !strings.Contains(err.Error(), "no event has") {
			t.Errorf("%s: a second time: %v", test.what, err)
		}
	}
}

func TestRenameRefuses(t *testing.T) {
	f := archivetest.Files{"news/2017/07/9/x.md": "##### T\n# X\n\n### Related:\n\n1. [X](/faq.md) _Context: A, B_\n"}
	tests := []struct{ from, to, want string }{
		{"Z", "A", `no event has the context "Z"`},
		{"a", "A", `no event has the context "a"`},
		{"", "A", `no event has the context ""`},
		{"A, B", "C", `no event has the context "A, B"`},
		{"A", "", "cannot be a context"},
		{"A", " C", "cannot be a context"},
		{"A", "C ", "cannot be a context"},
		{"A", "C\nD", "cannot be a context"},
		{"A", "C\u2028D", "cannot be a context"},
		{"A", "C\xe9", "is not UTF-8 text"},
		{"A", "[C](/d)", "cannot be a context"},
		{"A", "C\tD", "cannot be a context"},
		{"A", "C, D", "several contexts"},
		{"A", "A, B", "several contexts"},
	}
	for _, test := range tests {
		p, err := rename(f, test.from, test.to)
		if err == nil {
			t.Errorf("%q to %q: changes %q", test.from, test.to, p.Paths())
		} else if !strings.Contains(err.Error(), test.want) {
			t.Errorf("%q to %q: %v; it should say %s", test.from, test.to, err, test.want)
		}
	}
	p, err := rename(f, "A", "A")
	if err != nil || p.Len() != 0 {
		t.Errorf("a name to itself: %v, %v", p.Paths(), err)
	}
}

// After a renaming every event has the contexts it had, under the new name.
func TestRenameRandomArchives(t *testing.T) {
	archivetest.EachRandomArchive(t, func(t *testing.T, g *archivetest.RandomArchive, _ archive.Config) {
		contexts := archivetest.Read(t, g.Files).Contexts()
		all := map[string]bool{}
		for _, names := range contexts {
			for _, name := range names {
				all[name] = true
			}
		}
		for range 5 {
			from, to := archivetest.One(g, sorted.Keys(all)), archivetest.One(g, append(sorted.Keys(all), "New one"))
			p, err := rename(g.Files, from, to)
			if err != nil {
				if !strings.Contains(to, ", ") {
					t.Errorf("%q to %q: %v", from, to, err)
				}
				continue
			}
			want := map[string][]string{}
			for path, names := range contexts {
				renamed := map[string]bool{}
				for _, name := range names {
					if name == from {
						name = to
					}
					renamed[name] = true
				}
				want[path] = sorted.Keys(renamed)
			}
			after := g.Files.After(t, p)
			archivetest.SameContexts(t, from+" to "+to, archivetest.Read(t, after).Contexts(), want)
			for path := range g.Files {
				if path == "faq/index.md" && after[path] != g.Files[path] {
					t.Errorf("%s changed", path)
				}
			}
		}
	})
}
