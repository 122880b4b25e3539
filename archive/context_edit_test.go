package archive

import (
	"slices"
	"strings"
	"testing"
)

// declare declares the contexts of the events at only, or of all.
func declare(t testing.TB, f files, only []string) (*Plan, files) {
	t.Helper()
	a, paths := f.archive(Config{})
	p, err := a.Contexts(paths).Declare(only)
	if err != nil {
		t.Fatal(err)
	}
	return p, f.after(t, p)
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
		f := files{x: test.before, "news/2017/07/8/y.md": "# Y\n\n_Context: Z_\n"}
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
	f := fixture(t, "clean")
	_, paths := f.archive(Config{})
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
	eachRandomArchive(t, func(t *testing.T, g *randomArchive, _ Config) {
		before := read(t, g.files)
		contexts := before.contexts()
		_, after := declare(t, g.files, nil)
		now := read(t, after)
		sameContexts(t, "after declaring", now.contexts(), contexts)
		checkRest(t, g.files, after)
		for _, p := range sortedKeys(now.events) {
			if e := now.events[p]; !e.declares && len(contexts[p]) > 0 {
				t.Errorf("%s does not declare %q", p, contexts[p])
			}
			if !slices.Equal(now.events[p].related, before.events[p].related) {
				t.Errorf("%s has another list", p)
			}
		}
		if again, _ := declare(t, after, nil); again.Len() != 0 {
			t.Errorf("a second time changes %q", again.Paths())
		}
	})
}

// rename renames a context everywhere.
func rename(f files, from, to string) (*Plan, error) {
	a, paths := f.archive(Config{})
	return a.Contexts(paths).Rename(from, to)
}

func TestRename(t *testing.T) {
	const (
		x = "news/2017/07/9/x.md"
		y = "news/2017/07/8/y.md"
	)
	tests := []struct {
		what, from, to string
		before, after  files
	}{
		{
			"in entries, in byte order",
			"B", "b",
			files{x: "# X\n\n### Related:\n\n1. [Y](/" + y + ") _Context: A, B, C_\n2. [Y](/" + y + ") _Context: A_", y: "# Y\n"},
			files{x: "# X\n\n### Related:\n\n1. [Y](/" + y + ") _Context: A, C, b_\n2. [Y](/" + y + ") _Context: A_", y: "# Y\n"},
		},
		{
			"two become one",
			"U.K.", "United Kingdom",
			files{x: about("X", "U.K., United Kingdom"), y: about("Y", "U.K., Z")},
			files{x: about("X", "United Kingdom"), y: about("Y", "United Kingdom, Z")},
		},
		{
			"the name alone, not a part of one",
			"A", "B",
			files{x: about("X", "A, AA, A B"), y: "# A\n\nA, A.\n\n_Context: AA_\n"},
			files{x: about("X", "B, AA, A B"), y: "# A\n\nA, A.\n\n_Context: AA_\n"},
		},
		{
			"in topics, spaces aside, and on day and front pages",
			"A", "B",
			files{
				x:                         "#####  A \n# X\n",
				"news/2017/07/9/index.md": "## [9](/news/2017/07/9/index.md)\n\n### [X](/" + x + ")\n_Context: A, C_\n",
				"index.md":                "## [9](/news/2017/07/9/index.md)\n\n### [X](/" + x + ")\n_Context: A_\n",
				"README.md":               "## [9](/news/2017/07/9/index.md)\n\n### [X](/" + x + ")\n_Context: A_\n",
			},
			files{
				x:                         "#####  B \n# X\n",
				"news/2017/07/9/index.md": "## [9](/news/2017/07/9/index.md)\n\n### [X](/" + x + ")\n_Context: B, C_\n",
				"index.md":                "## [9](/news/2017/07/9/index.md)\n\n### [X](/" + x + ")\n_Context: B_\n",
				"README.md":               "## [9](/news/2017/07/9/index.md)\n\n### [X](/" + x + ")\n_Context: B_\n",
			},
		},
		{
			"in the topics of day pages",
			"A", "B",
			files{
				x:                         "##### A\n# X\n",
				"news/2017/07/9/index.md": "## [9](/news/2017/07/9/index.md)\n\n##### A\n### [X](/" + x + ")\n\n### [Y](/" + y + ")\n",
			},
			files{
				x:                         "##### B\n# X\n",
				"news/2017/07/9/index.md": "## [9](/news/2017/07/9/index.md)\n\n##### B\n### [X](/" + x + ")\n\n### [Y](/" + y + ")\n",
			},
		},
		{
			"a topic with a comma",
			"By-election, 2018", "Lorn by-election, 2018",
			files{x: "##### By-election, 2018\n# X\n", y: about("Y", "2018, By-election, 2018, Z")},
			files{x: "##### Lorn by-election, 2018\n# X\n", y: about("Y", "2018, Lorn by-election, 2018, Z")},
		},
		{
			"a topic becomes one with a comma",
			"A", "A, B",
			files{x: "##### A\n# X\n", y: about("Y", "A, C")},
			files{x: "##### A, B\n# X\n", y: about("Y", "A, B, C")},
		},
		{
			"a topic gets a comma, and two names that stood side by side stay two",
			"C", "A, B",
			files{x: "##### C\n# X\n", y: about("Y", "A, B")},
			files{x: "##### A, B\n# X\n", y: about("Y", "B, A")},
		},
		{
			"a topic loses its comma",
			"A, B", "C",
			files{x: "##### A, B\n# X\n", y: about("Y", "A, B, D")},
			files{x: "##### C\n# X\n", y: about("Y", "C, D")},
		},
		{
			"the page's line ends, label and numbers stay, and an open end is closed",
			"A", "B",
			files{x: "# X\r\n\r\n### 有关:\r\n\r\n3. [Y](/zh/" + y + ")  _上下文:A\r\n3. Y _Context: A_\r\n"},
			files{x: "# X\r\n\r\n### 有关:\r\n\r\n3. [Y](/zh/" + y + ")  _上下文: B_\r\n3. Y _Context: A_\r\n"},
		},
	}
	for _, test := range tests {
		p, err := rename(test.before, test.from, test.to)
		if err != nil {
			t.Errorf("%s: %v", test.what, err)
			continue
		}
		after := test.before.after(t, p)
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
	f := files{"news/2017/07/9/x.md": "##### T\n# X\n\n### Related:\n\n1. [X](/faq.md) _Context: A, B_\n"}
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
	eachRandomArchive(t, func(t *testing.T, g *randomArchive, _ Config) {
		contexts := read(t, g.files).contexts()
		all := map[string]bool{}
		for _, names := range contexts {
			for _, name := range names {
				all[name] = true
			}
		}
		for range 5 {
			from, to := one(g, sortedKeys(all)), one(g, append(sortedKeys(all), "New one"))
			p, err := rename(g.files, from, to)
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
				want[path] = sortedKeys(renamed)
			}
			after := g.files.after(t, p)
			sameContexts(t, from+" to "+to, read(t, after).contexts(), want)
			for path := range g.files {
				if path == "faq/index.md" && after[path] != g.files[path] {
					t.Errorf("%s changed", path)
				}
			}
		}
	})
}
