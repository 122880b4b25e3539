package related

import (
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"newsctl/archive"
	"newsctl/archive/archivetest"
	"newsctl/archive/contexts"
	"newsctl/archive/page"
	"newsctl/archive/sorted"
)

// relink relinks the events at only, or all, and returns the files as they then
// are.
func relink(t testing.TB, f archivetest.Files, config archive.Config, only []string) (*Relinked, archivetest.Files) {
	t.Helper()
	a, paths := f.Archive(config)
	r, err := Relink(a, paths, only)
	if err != nil {
		t.Fatal(err)
	}
	return r, f.After(t, r.Plan)
}

// relinkTwice relinks all events, and checks that a second time changes nothing.
func relinkTwice(t testing.TB, f archivetest.Files, config archive.Config) (*Relinked, archivetest.Files) {
	t.Helper()
	r, after := relink(t, f, config, nil)
	again, twice := relink(t, after, config, nil)
	if again.Plan.Len() != 0 || len(again.Pages) != 0 {
		t.Errorf("the second relink changes %q", again.Plan.Paths())
		for _, p := range again.Plan.Paths() {
			t.Errorf("%s was\n%s\nwas made\n%s\nand then\n%s", p, f[p], after[p], twice[p])
		}
	}
	return r, after
}

var seedEntry = regexp.MustCompile(`(?m)^\d+\. \[(.*)\]\(/(news/(\d+)/(\d+)/(\d+)/\S*)\) _Context: (.*)_$`)

// An event page's own list is what relinking an archive of its ten related events
// makes, though older events and unrelated ones are beside them: an invented page, and
// a real one of its form where that is here.
func TestRelinkSeed(t *testing.T) {
	for file, names := range map[string][2]string{
		"testdata/event-page.md":                  {"Edda Quill", "news/2017/07/9/harbour-minister-edda-quill.md"},
		"../../../shared/seed/event-page-2017.md": {"Donald Trump", "news/2017/07/9/u-s-president-donald-trump.md"},
	} {
		src, err := os.ReadFile(file)
		if errors.Is(err, os.ErrNotExist) && file != "testdata/event-page.md" {
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		relinkSeed(t, src, names[0], names[1])
	}
}

func relinkSeed(t *testing.T, src []byte, everywhere, seed string) {
	t.Helper()
	entries := seedEntry.FindAllStringSubmatch(string(src), -1)
	if len(entries) != 10 {
		t.Fatalf("the seed page has %d related entries", len(entries))
	}
	f := archivetest.Files{}
	all := map[string]bool{}
	list := func(p, headline string) {
		day := path.Dir(p) + "/index.md"
		if f[day] == "" {
			f[day] = "## [" + day + "](/" + day + ")\n"
		}
		f[day] += "\n### [" + headline + "](/" + p + ")\n"
	}
	for _, e := range entries {
		f[e[2]] = fmt.Sprintf("### [%s-%s-%s](/%s/index.md)\n\n# %s\n\n_Context: %s_\n", e[3], e[4], e[5], path.Dir(e[2]), e[1], e[6])
		list(e[2], e[1])
		for _, name := range strings.Split(e[6], ", ") {
			all[name] = true
		}
	}
	for p, contexts := range map[string]string{
		"news/2015/12/16/a-day-too-old.md":   everywhere,
		"news/2017/07/8/about-others.md":     "Angela Merkel",
		"news/2017/06/30/a-day-too-early.md": everywhere,
	} {
		f[p] = archivetest.About(p, contexts)
		list(p, p)
	}
	first := seedEntry.FindStringIndex(string(src))[0]
	declared := "_Context: " + strings.Join(sorted.Keys(all), ", ") + "_\n\n"
	f[seed] = strings.Replace(string(src[:first]), "### Source:", declared+"### Source:", 1)
	list(seed, "A minister says")

	_, after := relinkTwice(t, f, archive.Config{})
	if want := f[seed] + string(src[first:]); after[seed] != want {
		t.Errorf("the seed page became\n%s\nwant\n%s", after[seed], want)
	}
}

func TestRelinkFixtures(t *testing.T) {
	for name, changes := range map[string]bool{"clean": false, "chinese": false, "broken": true} {
		f := archivetest.Fixture(t, name)
		r, after := relinkTwice(t, f, archive.Config{})
		if (r.Plan.Len() > 0) != changes {
			t.Errorf("relinking %s changes %q", name, r.Plan.Paths())
		}
		checkRelinked(t, f, after, archive.Config{}, nil)
	}
}

// checkRelinked checks all that relinking promises of the files before and
// after, by the plain reader: every list, the contexts of every event, and that
// nothing else changed.
func checkRelinked(t *testing.T, before, after archivetest.Files, config archive.Config, only []string) {
	t.Helper()
	old, now := archivetest.Read(t, before), archivetest.Read(t, after)
	contexts := old.Contexts()
	archivetest.SameContexts(t, "after relinking", now.Contexts(), contexts)
	want := old.Lists(archive.New(nil, config).Config().RelatedLimit)
	for _, p := range sorted.Keys(old.Events) {
		switch {
		case only == nil || slices.Contains(only, p):
			checkList(t, p, old, now, want[p])
		case !slices.Equal(now.Events[p].Related, old.Events[p].Related):
			t.Errorf("%s has another list, and was not to be relinked", p)
		}
		if old.Events[p].Declares && now.Events[p].Declared != old.Events[p].Declared {
			t.Errorf("%s declares %q instead of %q", p, now.Events[p].Declared, old.Events[p].Declared)
		}
	}
	archivetest.CheckRest(t, before, after)
}

func checkList(t *testing.T, p string, old, now *archivetest.Reader, want []archivetest.Wanted) {
	t.Helper()
	got := now.Events[p].Related
	wrong := func(format string, args ...any) {
		t.Helper()
		t.Errorf("%s: %s\n%s", p, fmt.Sprintf(format, args...), now.Files[p])
	}
	if len(got) != len(want) {
		wrong("%d entries, want %d: %q", len(got), len(want), want)
		return
	}
	for i, w := range want {
		number := fmt.Sprint(i + 1)
		switch {
		case w.Kept != "" && (got[i].Bare != w.Kept || !numbered(got[i].Line, number)):
			wrong("entry %s is %q, want %q, which was chosen by hand", number, got[i].Line, w.Kept)
		case w.Kept != "":
		case got[i].Target != w.Target:
			wrong("entry %s leads to %s, want %s", number, got[i].Target, w.Target)
		case !slices.Contains(old.Texts(p, w), page.Unescape(got[i].Text)):
			wrong("entry %s says %q, want one of %q", number, got[i].Text, old.Texts(p, w))
		case !numbered(got[i].Line, number):
			wrong("entry %s has another number: %q", number, got[i].Line)
		case got[i].Comment != w.Comment:
			wrong("entry %s has the comment %q, want %q", number, got[i].Comment, w.Comment)
		case !slices.Equal(archivetest.InOrder(now.Split(got[i].Contexts)), w.Shared):
			wrong("entry %s shares %q, want %q", number, got[i].Contexts, w.Shared)
		case slices.Equal(now.Split(strings.Join(w.Shared, ", ")), w.Shared) && got[i].Contexts != " "+strings.Join(w.Shared, ", "):
			wrong("entry %s has its contexts out of order: %q", number, got[i].Contexts)
		}
	}
}

// numbered reports whether a line has a number, or none at all.
func numbered(line, number string) bool {
	digits := strings.TrimLeft(line, "0123456789")
	return digits == line || strings.TrimSuffix(line, digits) == number
}

func TestRelinkRandomArchives(t *testing.T) {
	archivetest.EachRandomArchive(t, func(t *testing.T, g *archivetest.RandomArchive, config archive.Config) {
		a, paths := g.Files.Archive(config)
		archivetest.SameContexts(t, "at first", archivetest.ContextsOf(contexts.Of(a, paths)), archivetest.Read(t, g.Files).Contexts())
		r, after := relinkTwice(t, g.Files, config)
		if r.Plan.Len() < 10 {
			t.Errorf("only %d pages change", r.Plan.Len())
		}
		if !slices.IsSortedFunc(r.Pages, func(a, b RelinkedPage) int { return strings.Compare(a.Path, b.Path) }) {
			t.Errorf("pages are not told of in the order of their paths: %v", r.Pages)
		}
		checkRelinked(t, g.Files, after, config, nil)
	})
}

// Whatever pages are relinked, and in whatever order, no context is lost and the
// lists come out the same; when all have been, nothing is left to do.
func TestRelinkInParts(t *testing.T) {
	archivetest.EachRandomArchive(t, func(t *testing.T, g *archivetest.RandomArchive, config archive.Config) {
		contexts := archivetest.Read(t, g.Files).Contexts()
		for _, of := range []func(e *archivetest.RandomEvent) string{
			func(e *archivetest.RandomEvent) string { return e.Dir },
			func(e *archivetest.RandomEvent) string { return fmt.Sprint(e.Slug[0] % 5) },
		} {
			parts := map[string][]string{}
			for _, e := range g.Events {
				parts[of(e)] = append(parts[of(e)], e.Path())
			}
			f := g.Files
			a, paths := f.Archive(config)
			for _, part := range archivetest.Some(g, sorted.Keys(parts), len(parts)) {
				r, err := Relink(a, paths, parts[part])
				if err != nil {
					t.Fatal(err)
				}
				for _, p := range r.Pages {
					if p.Declared == "" && !slices.Contains(parts[part], p.Path) {
						t.Errorf("%s changes, and was not to be relinked", p.Path)
					}
				}
				f, a = f.After(t, r.Plan), r.Plan.After()
				archivetest.SameContexts(t, "after a part", archivetest.Read(t, f).Contexts(), contexts)
			}
			checkRelinked(t, g.Files, f, config, nil)
			if r, _ := relink(t, f, config, nil); r.Plan.Len() > 0 {
				t.Errorf("relinking the whole changes %q", r.Plan.Paths())
			}
		}
	})
}

func TestRelinkOfNoPage(t *testing.T) {
	f := archivetest.Fixture(t, "broken")
	for _, only := range [][]string{{}, {"index.md"}, {"faq/index.md"}, {"news/2018/03/14/index.md"}, {"news/none.md"}} {
		if r, _ := relink(t, f, archive.Config{}, only); r.Plan.Len() != 0 {
			t.Errorf("relinking %q changes %q", only, r.Plan.Paths())
		}
	}
}

func TestRelinkOnAnyNumberOfCores(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	for seed := range archivetest.Seeds(2, 20) {
		g := archivetest.NewRandomArchive(uint64(seed))
		config := archive.Config{RelatedLimit: 2 + g.IntN(9)}
		var plans []string
		for _, cores := range []int{1, 4} {
			runtime.GOMAXPROCS(cores)
			r, _ := relink(t, g.Files, config, nil)
			plans = append(plans, archivetest.Saved(t, r.Plan)+fmt.Sprintf("%+v %v", r.Pages, r.Dropped))
		}
		if plans[0] != plans[1] {
			t.Errorf("seed %d: one core makes the plan\n%s\nfour make\n%s", seed, plans[0], plans[1])
		}
	}
}

// Lines that declare contexts are written only where a context would be lost
// without them.
func TestRelinkDeclaresOnlyToSave(t *testing.T) {
	var declared atomic.Int64
	archivetest.EachRandomArchive(t, func(t *testing.T, g *archivetest.RandomArchive, config archive.Config) {
		contexts := archivetest.Read(t, g.Files).Contexts()
		r, after := relink(t, g.Files, config, nil)
		for _, p := range r.Pages {
			if p.Declared == "" {
				continue
			}
			declared.Add(1)
			without := maps.Clone(after)
			without[p.Path] = strings.Replace(after[p.Path], ": "+p.Declared+"_", ": _ ", 1)
			if without[p.Path] == after[p.Path] {
				t.Errorf("%s is said to declare %q, and does not", p.Path, p.Declared)
			}
			if now := archivetest.Read(t, without).Contexts(); slices.Equal(now[p.Path], contexts[p.Path]) {
				t.Errorf("%s need not declare %q", p.Path, p.Declared)
			}
		}
	})
	if declared.Load() == 0 {
		t.Error("no page declares anything: the test does not test")
	}
}

// What holds of the one rank holds of the other, but for the order.
func TestRelinkByRareContexts(t *testing.T) {
	archivetest.EachRandomArchive(t, func(t *testing.T, g *archivetest.RandomArchive, config archive.Config) {
		config.RelatedRank = archive.RankRare
		before := archivetest.Read(t, g.Files)
		_, after := relinkTwice(t, g.Files, config)
		now := archivetest.Read(t, after)
		archivetest.SameContexts(t, "after relinking", now.Contexts(), before.Contexts())
		archivetest.CheckRest(t, g.Files, after)
		for p, list := range before.Lists(config.RelatedLimit) {
			if len(now.Events[p].Related) != len(list) {
				t.Errorf("%s has %d entries, want %d", p, len(now.Events[p].Related), len(list))
			}
		}
	})
}

// The same on a whole edition as it was published.
func TestRelinkRealArchive(t *testing.T) {
	f := archivetest.FilesBelow(t, archivetest.RealArchive(t))
	a, paths := f.Archive(archive.Config{})
	archivetest.SameContexts(t, "at first", archivetest.ContextsOf(contexts.Of(a, paths)), archivetest.Read(t, f).Contexts())
	r, after := relinkTwice(t, f, archive.Config{})
	if r.Plan.Len() == 0 {
		t.Error("nothing changes")
	}
	checkRelinked(t, f, after, archive.Config{}, nil)
}

// relinkX relinks page x of an archive that has pages y and z about A, and the
// further files.
func relinkX(t *testing.T, x string, more archivetest.Files) (r *Relinked, after archivetest.Files) {
	t.Helper()
	f := archivetest.Files{archivetest.PageX: x, archivetest.PageY: archivetest.About("Y", "A"), archivetest.PageZ: archivetest.About("Z", "A")}
	maps.Copy(f, more)
	r, after = relink(t, f, archive.Config{}, []string{archivetest.PageX})
	if again, twice := relink(t, after, archive.Config{}, []string{archivetest.PageX}); again.Plan.Len() != 0 {
		t.Errorf("the second relink makes of\n%q\n\n%q", after[archivetest.PageX], twice[archivetest.PageX])
	}
	a, _ := f.Archive(archive.Config{})
	b, paths := after.Archive(archive.Config{})
	archivetest.SameContexts(t, "after relinking x", archivetest.ContextsOf(contexts.Of(b, paths)), archivetest.ContextsOf(contexts.Of(a, paths)))
	return r, after
}

func TestRelinkWritesSections(t *testing.T) {
	const head = "# X\n\n_Context: A_\n"
	tests := []struct{ what, before, after string }{
		{"no section", head, head + "\n### Related:\n\n" + archivetest.EntryY + archivetest.EntryZ},
		{"no newline at the end", "# X\n\n_Context: A_", head + "\n### Related:\n\n" + archivetest.EntryY + archivetest.EntryZ},
		{"behind other sections", head + "\n### Source:\n\n1. [S](http://s.example)\n", head + "\n### Source:\n\n1. [S](http://s.example)\n\n### Related:\n\n" + archivetest.EntryY + archivetest.EntryZ},
		{"an empty section", head + "\n### Related:\n\n", head + "\n### Related:\n\n" + archivetest.EntryY + archivetest.EntryZ},
		{"an empty section at the end", head + "\n### Related:", head + "\n### Related:\n\n" + archivetest.EntryY + archivetest.EntryZ},
		{"an empty section before another", head + "\n### Related:\n### Notes:\n", head + "\n### Related:\n\n" + archivetest.EntryY + archivetest.EntryZ + "\n### Notes:\n"},
		{"an empty section with a text", head + "\n### Related:\n\nNone.\n", head + "\n### Related:\n\n" + archivetest.EntryY + archivetest.EntryZ + "\nNone.\n"},
		{"the right list", head + "\n### Related:\n\n" + archivetest.EntryY + archivetest.EntryZ, ""},
		{"the right list without a newline", head + "\n### Related:\n" + archivetest.EntryY + strings.TrimSuffix(archivetest.EntryZ, "\n"), ""},
		{"the wrong order", head + "\n### Related:\n\n2" + archivetest.EntryZ[1:] + "2" + archivetest.EntryY[1:] + "\n### Notes:\n", head + "\n### Related:\n\n" + archivetest.EntryY + archivetest.EntryZ + "\n### Notes:\n"},
		{"the wrong order without a newline", head + "\n### Related:\n\n" + archivetest.EntryZ + strings.TrimSuffix(archivetest.EntryY, "\n"), head + "\n### Related:\n\n" + archivetest.EntryY + strings.TrimSuffix(archivetest.EntryZ, "\n")},
		{"a comment between, and no newline", head + "\n### Related:\n\n" + archivetest.EntryZ + "<!-- why -->\n" + strings.TrimSuffix(archivetest.EntryY, "\n"), head + "\n### Related:\n\n<!-- why -->\n" + archivetest.EntryY + strings.TrimSuffix(archivetest.EntryZ, "\n")},
		{"repeated numbers", head + "\n### Related:\n\n" + archivetest.EntryY + "1" + archivetest.EntryZ[1:], head + "\n### Related:\n\n" + archivetest.EntryY + archivetest.EntryZ},
		{"one twice", head + "\n### Related:\n\n" + archivetest.EntryY + archivetest.EntryY + archivetest.EntryZ, head + "\n### Related:\n\n" + archivetest.EntryY + archivetest.EntryZ},
		{"itself", head + "\n### Related:\n\n1. [X](/" + archivetest.PageX + ") _Context: A_\n" + archivetest.EntryY, head + "\n### Related:\n\n" + archivetest.EntryY + archivetest.EntryZ},
		{"an older headline", head + "\n### Related:\n\n1. [Why](/" + archivetest.PageY + ") _Context: A_\n" + archivetest.EntryZ, head + "\n### Related:\n\n" + archivetest.EntryY + archivetest.EntryZ},
		{"another context", head + "\n### Related:\n\n1. [Y](/" + archivetest.PageY + ") _Context: B_\n" + archivetest.EntryZ, head + "\n### Related:\n\n" + archivetest.EntryY + archivetest.EntryZ},
		{"no context", head + "\n### Related:\n\n1. [Y](/" + archivetest.PageY + ")\n" + archivetest.EntryZ, head + "\n### Related:\n\n" + archivetest.EntryY + archivetest.EntryZ},
		{"no space behind the number", head + "\n### Related:\n\n1.[Y](/" + archivetest.PageY + ") _Context: A_\n", head + "\n### Related:\n\n" + archivetest.EntryY + archivetest.EntryZ},
		{"text above and below", head + "\n### Related:\n\nSee:\n\n" + archivetest.EntryZ + "\nAnd more.\n", head + "\n### Related:\n\nSee:\n\n" + archivetest.EntryY + archivetest.EntryZ + "\nAnd more.\n"},
		{"nothing related, entries", "# X\n\n_Context: B_\n\n### Related:\n\n" + archivetest.EntryY + "\n### Notes:\n", "# X\n\n_Context: B_\n\n### Related:\n\n\n### Notes:\n"},
		{"nothing related, no entries", "# X\n\n_Context: B_\n\n### Related:\n\n", ""},
		{"nothing related, a section that ends the page", "# X\n\n_Context: B_\n\n### Related:", ""},
		{"nothing related, no section", "# X\n\n_Context: B_\n", ""},
		{"a link with a prefix, a fragment and codes stays", head + "\n### Related:\n\n1. [Y](/zh/" + strings.Replace(archivetest.PageY, "y", "%79", 1) + "#top) _Context: A_\n2. [Z](/zh/" + archivetest.PageZ + ") _Context: A_\n", ""},
		{"a link relative to its page stays", head + "\n### Related:\n\n1. [Y](../8/y.md) _Context: A_\n" + archivetest.EntryZ, ""},
		{"a context that nobody else knows is declared", "##### A\n# X\n\nText.\n\n### Related:\n\n1. [Y](/" + archivetest.PageY + ") _Context: A, Q_\n" + archivetest.EntryZ, "##### A\n# X\n\nText.\n\n_Context: A, Q_\n\n### Related:\n\n" + archivetest.EntryY + archivetest.EntryZ},
	}
	for _, test := range tests {
		for _, eol := range []string{"\n", "\r\n"} {
			before, want := strings.ReplaceAll(test.before, "\n", eol), strings.ReplaceAll(test.after, "\n", eol)
			if want == "" {
				want = before
			}
			if _, after := relinkX(t, before, nil); after[archivetest.PageX] != want {
				t.Errorf("%s:\n%q\nbecame\n%q\nwant\n%q", test.what, before, after[archivetest.PageX], want)
			}
		}
	}
}

// Pages that are out of shape: whatever is made of them, a second relink leaves
// it so, the entries are read back, and no context is lost.
func TestRelinkOfOddPages(t *testing.T) {
	list := "\n### Related:\n\n1. [Gone](/news/2017/07/1/gone.md) _Context: Q, A_\n"
	spaced := archivetest.Files{archivetest.PageY: "# Y\n", "news/2017/07/8/y y.md": archivetest.About("Y", "A")}
	tests := []struct {
		what, before string
		more         archivetest.Files
	}{
		{"no headline", "Text." + list, nil},
		{"an empty page", "", nil},
		{"an empty headline", "# \n" + list, nil},
		{"two headlines", "# X\n\n# X\n\nText.\n" + list, nil},
		{"an underlined headline", "X\n===\n" + list, nil},
		{"an underlined headline of two lines", "X\nx\n===\n" + list, nil},
		{"a headline at the end", list[1:] + "\n# X", nil},
		{"a comment that is not closed", "# X\n\n_Context: A_\n\n<!-- note\n", nil},
		{"a code block that is not closed", "# X\n\n_Context: A_\n\n```\ncode\n", nil},
		{"an HTML block that is not closed", "# X\n\n_Context: A_\n\n<pre>\ntext\n", nil},
		{"a list in a comment", "# X\n\n_Context: A_\n\n<!--" + list + "-->\n", nil},
		{"a quote below the headline", "# X\n> quote\n" + list, nil},
		{"indented code below the description", "# X\n\nText.\n\n    code\n" + list, nil},
		{"a byte-order mark", "\uFEFF# X\n" + list, nil},
		{"a list without numbers", "# X\n\n### Related:\n\n- [Gone](/news/2017/07/1/gone.md) _Context: Q, A_\n* [Y](/" + archivetest.PageY + ") _Context: A_\n", nil},
		{"a link by reference", "# X\n\n_Context: A_\n\n### Related:\n\n1. [Why][y] _Context: A_\n\n[y]: /" + archivetest.PageY + "\n", nil},
		{"a link in angle brackets", "# X\n\n_Context: A_\n\n### Related:\n\n1. [Y](</news/2017/07/8/y y.md>) _Context: A_\n", spaced},
		{"a link with a title", "# X\n\n_Context: A_\n\n### Related:\n\n1. [Y](/" + archivetest.PageY + " \"title\") _Context: A_\n", nil},
		{"a link that is not closed", "# X\n\n_Context: A_\n\n### Related:\n\n1. [Y](/" + archivetest.PageY + " _Context: A_\n", nil},
		{"two sections", "# X\n" + list + list, nil},
		{"paths that need care", "# X\n\n_Context: A_\n", archivetest.Files{
			"news/2017/07/8/y [1] (2) `3`.md": archivetest.About("Y", "A"), "news/2017/07/8/50%25 &amp; <b>.md": archivetest.About("Y", "A"), "news/2017/07/8/港#?.md": archivetest.About("Y", "A"),
		}},
	}
	// These pages are damaged, or there is no place where a list, or a declaration,
	// would be read: nothing need be written, as long as nothing is lost.
	hidden := map[string]bool{
		"no headline": true, "two headlines": true, "an empty page": true, "a comment that is not closed": true,
		"a code block that is not closed": true, "an HTML block that is not closed": true,
	}
	for _, test := range tests {
		t.Run(test.what, func(t *testing.T) {
			_, after := relinkX(t, test.before, test.more)
			if hidden[test.what] {
				return
			}
			a, paths := after.Archive(archive.Config{})
			want, err := ExplainRelated(a, paths, archivetest.PageX)
			if err != nil {
				t.Fatal(err)
			}
			got := a.Related(a.Page(archivetest.PageX))
			if len(got) != len(want.Found) {
				t.Fatalf("%d entries are read back, want %d:\n%s", len(got), len(want.Found), after[archivetest.PageX])
			}
			for i, e := range got {
				if !e.Page.Same(want.Found[i].Event) || e.Link.Malformed {
					t.Errorf("entry %d leads to %v, want %s:\n%s", i+1, e.Target, want.Found[i].Event.Path, after[archivetest.PageX])
				}
			}
		})
	}
}

func TestRelinkKeepsWhatWasChosen(t *testing.T) {
	const head = "# X\n\n_Context: A_\n\n### Related:\n\n"
	more := archivetest.Files{
		"opinion/1.md":                       "# Opinion\n",
		"news/2017/07/6/the-bridge-opens.md": archivetest.About("The bridge opens", "B"),
		archivetest.PageY[:len(archivetest.PageY)-len("y.md")] + "index.md": "## [8](/news/2017/07/8/index.md)\n\n### [Y](/" + archivetest.PageY + ")\n",
	}
	tests := []struct{ what, before, after string }{
		{
			"a kept entry comes first, as it is",
			head + archivetest.EntryY + "7.  [Z, once]( /zh/" + archivetest.PageZ + " )  _Context: B, A_  <!-- keep -->\n",
			head + "1.  [Z, once]( /zh/" + archivetest.PageZ + " )  _Context: B, A_  <!-- keep -->\n" + "2" + archivetest.EntryY[1:],
		},
		{
			"so do an opinion, a day and another site",
			head + archivetest.EntryY + "4. [Opinion](/opinion/1.md)\n4) [The day](/zh/news/2017/07/8/index.md) _Context: A_\n9. [Site](https://site.example/)\n" + archivetest.EntryZ,
			head + "1. [Opinion](/opinion/1.md)\n2) [The day](/zh/news/2017/07/8/index.md) _Context: A_\n3. [Site](https://site.example/)\n4" + archivetest.EntryY[1:] + "5" + archivetest.EntryZ[1:],
		},
		{
			"kept twice is kept twice",
			head + "1. [Y](/" + archivetest.PageY + ") <!-- keep -->\n1. [Y](/" + archivetest.PageY + ") <!-- keep -->\n",
			head + "1. [Y](/" + archivetest.PageY + ") <!-- keep -->\n2. [Y](/" + archivetest.PageY + ") <!-- keep -->\n3" + archivetest.EntryZ[1:],
		},
		{
			"kept without a number",
			head + archivetest.EntryZ + "- [Y](/" + archivetest.PageY + ") <!-- keep -->\n",
			head + "- [Y](/" + archivetest.PageY + ") <!-- keep -->\n2" + archivetest.EntryZ[1:],
		},
		{
			"kept though its page is gone",
			head + "1. [Gone](/news/2017/07/1/gone.md) <!-- keep -->\n" + archivetest.EntryY,
			head + "1. [Gone](/news/2017/07/1/gone.md) <!-- keep -->\n2" + archivetest.EntryY[1:] + "3" + archivetest.EntryZ[1:],
		},
		{
			"kept though its event was reworded, which is not named twice",
			strings.Replace(head, "A", "A, B", 1) + archivetest.EntryZ + "2. [Bridge](/news/2017/07/6/the-bridge-open.md) <!-- keep -->\n",
			strings.Replace(head, "A", "A, B", 1) + "1. [Bridge](/news/2017/07/6/the-bridge-open.md) <!-- keep -->\n2" + archivetest.EntryY[1:] + "3" + archivetest.EntryZ[1:],
		},
		{
			"kept though it has no link",
			head + archivetest.EntryY + "2. A book, page 3 <!-- keep -->\n",
			head + "1. A book, page 3 <!-- keep -->\n2" + archivetest.EntryY[1:] + "3" + archivetest.EntryZ[1:],
		},
		{
			"kept at the end of the page",
			head + archivetest.EntryY + "2. [Z](/" + archivetest.PageZ + ") <!-- keep -->",
			head + "1. [Z](/" + archivetest.PageZ + ") <!-- keep -->\n2. [Y](/" + archivetest.PageY + ") _Context: A_",
		},
		{
			"kept for a reason",
			head + archivetest.EntryY + "2. [Z](/" + archivetest.PageZ + ") <!-- keep: the first one -->\n",
			head + "1. [Z](/" + archivetest.PageZ + ") <!-- keep: the first one -->\n2" + archivetest.EntryY[1:],
		},
		{
			"another comment stays behind its entry, which may move",
			head + "1. [Z](/" + archivetest.PageZ + ") _Context: B_ <!-- kept -->\n",
			head + archivetest.EntryY + strings.TrimSuffix(archivetest.EntryZ, "\n") + " <!-- kept -->\n",
		},
		{
			"so does a remark, be it emphasized, or on a line of its own",
			head + "1. [Z](/" + archivetest.PageZ + ") - see _the map_\n2. [Y](/" + archivetest.PageY + ") _Context: A_ or B\nor C\n",
			head + strings.TrimSuffix(archivetest.EntryY, "\n") + " or B\nor C\n" + strings.TrimSuffix(archivetest.EntryZ, "\n") + " - see _the map_\n",
		},
		{
			"what is like a second list of contexts holds the whole list",
			head + "1. [Z](/" + archivetest.PageZ + ")\n2. [Y](/" + archivetest.PageY + ") _Context: A_ or _Context: B_\n",
			head + "1. [Z](/" + archivetest.PageZ + ")\n2. [Y](/" + archivetest.PageY + ") _Context: A_ or _Context: B_\n",
		},
	}
	for _, test := range tests {
		r, after := relinkX(t, test.before, more)
		if len(r.Dropped) > 0 {
			t.Errorf("%s: dropped %v", test.what, r.Dropped)
		}
		if after[archivetest.PageX] != test.after {
			t.Errorf("%s:\n%s\nwant\n%s", test.what, after[archivetest.PageX], test.after)
		}
	}
}

// Where a context was known only from an entry that goes, the event declares what
// it has, wherever the entry was.
func TestRelinkSavesContexts(t *testing.T) {
	day := "## [9](/news/2017/07/9/index.md)\n\n### [X](/" + archivetest.PageX + ")\n"
	tests := []struct {
		what        string
		files       archivetest.Files
		x, declares string // what x is to be, if that matters, and what it is to declare
	}{
		{
			"on its own page, to a page that is gone",
			archivetest.Files{archivetest.PageX: "# X\n\n### Related:\n\n1. [G](/news/2017/07/1/gone.md) _Context: B, Q_\n"},
			"# X\n\n_Context: B, Q_\n\n### Related:\n\n", "B, Q",
		},
		{
			"on another page, of an event that declares something else",
			archivetest.Files{archivetest.PageX: "# X\n", archivetest.PageY: archivetest.About("Y", "B") + "\n### Related:\n\n1. [X](/" + archivetest.PageX + ") _Context: Q_\n"},
			"# X\n\n_Context: Q_\n", "Q",
		},
		{
			"on another page, of an event that gets a list at the same place",
			archivetest.Files{archivetest.PageX: "##### A\n# X\n\nText.\n", archivetest.PageY: archivetest.About("Y", "A") + "\n### Related:\n\n1. [X](/" + archivetest.PageX + ") _Context: A, Q_\n"},
			"##### A\n# X\n\nText.\n\n_Context: A, Q_\n\n### Related:\n\n1. [Y](/" + archivetest.PageY + ") _Context: A_\n", "A, Q",
		},
		{
			"the same, of a page that ends without a newline",
			archivetest.Files{archivetest.PageX: "##### A\n# X", archivetest.PageY: archivetest.About("Y", "A") + "\n### Related:\n\n1. [X](/" + archivetest.PageX + ") _Context: A, Q_\n"},
			"", "A, Q",
		},
		{
			"on an entry beyond the limit, and no page lists x, which its day leaves out",
			archivetest.Files{
				"news/2017/07/9/index.md": "## [9](/news/2017/07/9/index.md)\n",
				archivetest.PageX:         "# X\n\n### Related:\n\n1. [Y](/" + archivetest.PageY + ") _Context: A, B_\n2. [Z](/" + archivetest.PageZ + ") _Context: A, C_\n",
				archivetest.PageY:         archivetest.About("Y", "A, B"), archivetest.PageZ: archivetest.About("Z", "A, C"),
			},
			"# X\n\n_Context: A, B, C_\n\n### Related:\n\n1. [Y](/" + archivetest.PageY + ") _Context: A, B_\n", "A, B, C",
		},
		{
			"on its day's page too: nothing is lost",
			archivetest.Files{archivetest.PageX: "# X\n\n### Related:\n\n1. [G](/news/2017/07/1/gone.md) _Context: Q_\n", "news/2017/07/9/index.md": day + "_Context: Q_\n"},
			"# X\n\n### Related:\n\n", "",
		},
		{
			"declared already: nothing is lost",
			archivetest.Files{archivetest.PageX: "# X\n\n_Context: B_\n\n### Related:\n\n1. [G](/news/2017/07/1/gone.md) _Context: Q_\n"},
			"# X\n\n_Context: B_\n\n### Related:\n\n", "",
		},
		{
			"on an entry that was chosen by hand: nothing is lost",
			archivetest.Files{archivetest.PageX: "# X\n\n### Related:\n\n1. [G](/news/2017/07/1/gone.md) _Context: Q_ <!-- keep -->\n"},
			"# X\n\n### Related:\n\n1. [G](/news/2017/07/1/gone.md) _Context: Q_ <!-- keep -->\n", "",
		},
		{
			"two that stand side by side are a topic: they are written apart",
			archivetest.Files{
				archivetest.PageX: "# X\n\n_Context: B, A_\n",
				archivetest.PageY: "# Y\n\n_Context: B, A_\n",
				archivetest.PageZ: "##### A, B\n# Z\n",
			},
			"# X\n\n_Context: B, A_\n\n### Related:\n\n1. [Y](/" + archivetest.PageY + ") _Context: B, A_\n", "",
		},
		{
			"a topic with a comma stays one name",
			archivetest.Files{
				archivetest.PageX: "##### Lorn, 2017\n# X\n\n### Related:\n\n1. [G](/news/2017/07/1/gone.md) _Context: Lorn, 2017, Z_\n",
				archivetest.PageY: archivetest.About("Y", "Lorn, 2017"), archivetest.PageZ: archivetest.About("Z", "2017, Lorn"),
			},
			"##### Lorn, 2017\n# X\n\n_Context: Lorn, 2017, Z_\n\n### Related:\n\n1. [Y](/" + archivetest.PageY + ") _Context: Lorn, 2017_\n", "Lorn, 2017, Z",
		},
	}
	for _, test := range tests {
		before := archivetest.Read(t, test.files).Contexts()
		r, after := relinkTwice(t, test.files, archive.Config{RelatedLimit: 1})
		if test.x != "" && after[archivetest.PageX] != test.x {
			t.Errorf("%s:\n%s\nwant\n%s", test.what, after[archivetest.PageX], test.x)
		}
		archivetest.SameContexts(t, test.what, archivetest.Read(t, after).Contexts(), before)
		for _, p := range r.Pages {
			if p.Path == archivetest.PageX && p.Declared != test.declares {
				t.Errorf("%s: it is said that x declares %q, want %q", test.what, p.Declared, test.declares)
			}
		}
	}
}

// Chosen entries count towards the limit, but are never cut.
func TestRelinkLimit(t *testing.T) {
	const head = "# X\n\n_Context: A_\n\n### Related:\n\n"
	const kept = "1. [O](/faq.md)\n2. [O](/faq.md)\n3. [O](/faq.md)\n"
	for limit, want := range map[int]string{1: kept, 3: kept, 4: kept + "4" + archivetest.EntryY[1:], 9: kept + "4" + archivetest.EntryY[1:] + "5" + archivetest.EntryZ[1:]} {
		f := archivetest.Files{archivetest.PageX: head + kept, archivetest.PageY: archivetest.About("Y", "A"), archivetest.PageZ: archivetest.About("Z", "A"), "faq.md": "# FAQ\n"}
		if _, after := relink(t, f, archive.Config{RelatedLimit: limit}, []string{archivetest.PageX}); after[archivetest.PageX] != head+want {
			t.Errorf("limit %d:\n%s\nwant\n%s", limit, after[archivetest.PageX], head+want)
		}
	}
}

// A link to a page that is gone is one to the event that it certainly means,
// or that the history of the tree names; else the entry is removed, and named.
func TestRelinkBrokenLinks(t *testing.T) {
	const day = "news/2017/07/8/"
	const ferry = day + "the-ferry-sails-again-after-a-week.md"
	event := archivetest.About("The ferry sails again.", "F")
	tests := []struct {
		what, link string
		others     archivetest.Files
		renamed    map[string]string
		means      string // the path of the event, or "" if the page is gone
	}{
		{"another ending", day + "the-ferry-sails-again-after-a-day.md", archivetest.Files{ferry: event}, nil, ""},
		{"cut short", day + "the-ferry-sails-again-after-a-we.md", archivetest.Files{ferry: event}, nil, ferry},
		{"with a prefix", "zh/" + day + "the-ferry-sails-again-after-a-we.md", archivetest.Files{ferry: event}, nil, ferry},
		{"another event", day + "the-bridge-is-closed.md", archivetest.Files{ferry: event}, nil, ""},
		{"another day", "news/2017/07/9/the-ferry-sails-again-after-a-day.md", archivetest.Files{ferry: event}, nil, ""},
		{"two that are as near", day + "the-ferry-sails-again-after-a-we.md", archivetest.Files{ferry: event, day + "the-ferry-sails-again-after-a-wet.md": event}, nil, ""},
		{"no event", "opinion/the-ferry.md", archivetest.Files{"opinion/the-ferri.md": "# Opinion\n"}, nil, ""},
		{"renamed to another name", day + "wholly-different.md", archivetest.Files{ferry: event}, map[string]string{day + "wholly-different.md": ferry}, ferry},
		{"renamed to another day", "news/2017/07/1/then.md", archivetest.Files{ferry: event}, map[string]string{"news/2017/07/1/then.md": ferry}, ferry},
		{"renamed, and then removed", day + "wholly-different.md", archivetest.Files{ferry: event}, map[string]string{day + "wholly-different.md": day + "gone.md"}, ""},
		{"what git says comes before a near name", day + "the-ferry-sails-again-after-a-we.md", archivetest.Files{ferry: event, archivetest.PageZ: event}, map[string]string{day + "the-ferry-sails-again-after-a-we.md": archivetest.PageZ}, archivetest.PageZ},
	}
	for _, test := range tests {
		f := maps.Clone(test.others)
		f[archivetest.PageX] = "# X\n\n### Related:\n\n1. [Once](/" + test.link + ") _Context: Q_\n"
		a, paths := f.Archive(archive.Config{})
		a.History = func(p string) (string, bool) { to, ok := test.renamed[p]; return to, ok }
		r, err := Relink(a, paths, nil)
		if err != nil {
			t.Fatal(err)
		}
		after := f.After(t, r.Plan)
		// The event declares F, so that it and x share nothing: the link is all there is.
		c := contexts.Of(a, paths)
		if got := c.Of(archivetest.PageX); !slices.Equal(got, []string{"Q"}) {
			t.Errorf("%s: x is about %q", test.what, got)
		}
		wantDropped := []Dropped{{archivetest.PageX, 5, strings.TrimPrefix(test.link, "zh/")}}
		if test.means != "" {
			wantDropped = nil
		}
		if !slices.Equal(r.Dropped, wantDropped) {
			t.Errorf("%s: dropped %v, want %v", test.what, r.Dropped, wantDropped)
		}
		if want := "# X\n\n_Context: Q_\n\n### Related:\n\n"; after[archivetest.PageX] != want {
			t.Errorf("%s: x is\n%q\nwant\n%q", test.what, after[archivetest.PageX], want)
		}

		// An event that does not declare its contexts has the one on the entry.
		for p, src := range f {
			f[p] = strings.Replace(src, "\n_Context: F_\n", "", 1)
		}
		a, paths = f.Archive(archive.Config{})
		a.History = func(p string) (string, bool) { to, ok := test.renamed[p]; return to, ok }
		if r, err = Relink(a, paths, nil); err != nil {
			t.Fatal(err)
		}
		after = f.After(t, r.Plan)
		want := "# X\n\n_Context: Q_\n\n### Related:\n\n"
		if test.means != "" {
			want = "# X\n\n### Related:\n\n1. [The ferry sails again.](/" + strings.Repeat("zh/", strings.Count(test.link, "zh/")) + test.means + ") _Context: Q_\n"
			if !strings.Contains(after[test.means], "[X](/") || !strings.Contains(after[test.means], archivetest.PageX+") _Context: Q_") {
				t.Errorf("%s: %s does not name x:\n%s", test.what, test.means, after[test.means])
			}
		}
		if after[archivetest.PageX] != want {
			t.Errorf("%s: x is\n%q\nwant\n%q", test.what, after[archivetest.PageX], want)
		}
	}
}

// Previous versions are in no list, but have their own.
func TestRelinkOmits(t *testing.T) {
	const day = "news/2017/07/8/index.md"
	x := archivetest.About("X", "A")
	tests := []struct {
		what     string
		files    archivetest.Files
		listed   string // what the list of x names
		unlisted int
	}{
		{"all are listed", archivetest.Files{day: "### [Y](/" + archivetest.PageY + ")\n"}, "yz", 0},
		{"the day of y does not list it", archivetest.Files{day: "## [8](/" + day + ")\n"}, "z", 1},
		{"it lists it by an edition's link", archivetest.Files{day: "### [Y](/zh/" + archivetest.PageY + ")\n"}, "yz", 0},
		{"it names y, but does not list it", archivetest.Files{day: "[Y](/" + archivetest.PageY + ")\n"}, "z", 1},
		{"another day lists it", archivetest.Files{day: "## [8](/" + day + ")\n", "news/2017/07/7/index.md": "### [Y](/" + archivetest.PageY + ")\n### [Z](/" + archivetest.PageZ + ")\n"}, "z", 1},
		{"x names y as a version", archivetest.Files{archivetest.PageX: x + "\n### Changes:\n\n1. [Y](/" + archivetest.PageY + ") _(First version)_\n"}, "z", 0},
		{"y names x as a version", archivetest.Files{archivetest.PageY: archivetest.About("Y", "A") + "\n### Changes:\n\n1. [X](/" + archivetest.PageX + ") _(Update)_\n"}, "z", 0},
		{"y has no headline", archivetest.Files{archivetest.PageY: "##### A\n"}, "z", 0},
		{"y is no page", archivetest.Files{archivetest.PageY: strings.Repeat(archivetest.About("Y", "A"), 20_000)}, "z", 0},
	}
	for _, test := range tests {
		f := archivetest.Files{archivetest.PageX: x, archivetest.PageY: archivetest.About("Y", "A"), archivetest.PageZ: archivetest.About("Z", "A")}
		maps.Copy(f, test.files)
		r, after := relinkTwice(t, f, archive.Config{})
		got := ""
		for _, e := range archivetest.Read(t, after).Events[archivetest.PageX].Related {
			got += strings.TrimSuffix(path.Base(e.Target), ".md")
		}
		if got != test.listed || len(r.Unlisted) != test.unlisted {
			t.Errorf("%s: x names %q, want %q; %d unlisted, want %d", test.what, got, test.listed, len(r.Unlisted), test.unlisted)
		}
		if y := after[archivetest.PageY]; test.unlisted > 0 && !strings.Contains(y, archivetest.PageX) {
			t.Errorf("%s: the unlisted page got no list:\n%s", test.what, y)
		}
	}
}

// What is said of a page is what changed on it.
func TestRelinkedPages(t *testing.T) {
	const head = "# X\n\n_Context: A_\n\n### Related:\n\n"
	const gone = "news/2017/07/1/gone.md"
	tests := []struct {
		what, before string
		want         RelinkedPage
	}{
		{"all added", head, RelinkedPage{Added: []string{archivetest.PageY, archivetest.PageZ}}},
		{"one added", head + archivetest.EntryZ, RelinkedPage{Added: []string{archivetest.PageY}}},
		{"removed", head + archivetest.EntryY + archivetest.EntryZ + "3. [G](/" + gone + ")\n4. [X](/" + archivetest.PageX + ")\n", RelinkedPage{Removed: []string{gone, archivetest.PageX}}},
		{"moved", head + archivetest.EntryZ + archivetest.EntryY, RelinkedPage{Moved: 1}},
		{"retitled", head + "1. [Why](/" + archivetest.PageY + ") _Context: A_\n" + archivetest.EntryZ, RelinkedPage{Retitled: 1}},
		{"other contexts", head + "1. [Y](/" + archivetest.PageY + ") _Context: B_\n2. [Z](/" + archivetest.PageZ + ")\n", RelinkedPage{Contexts: 2}},
		{"only numbers", head + "3" + archivetest.EntryY[1:] + "3" + archivetest.EntryZ[1:], RelinkedPage{}},
		{"named twice", head + archivetest.EntryY + archivetest.EntryY + archivetest.EntryZ, RelinkedPage{Removed: []string{archivetest.PageY}}},
		{"declared", strings.Replace(head, "_Context: A_\n\n", "", 1) + archivetest.EntryY + "2. [Z](/" + archivetest.PageZ + ") _Context: A, Q_\n", RelinkedPage{Contexts: 1, Declared: "A, Q"}},
		{"kept entries are not added", head + "1. [Z](/" + archivetest.PageZ + ") <!-- keep -->\n", RelinkedPage{Added: []string{archivetest.PageY}}},
		{"moved in git", head + "1. [Y](/news/2017/07/8/yy.md) _Context: A_\n" + archivetest.EntryZ, RelinkedPage{}},
	}
	for _, test := range tests {
		r, _ := relinkX(t, test.before, nil)
		test.want.Path = archivetest.PageX
		if len(r.Pages) != 1 || fmt.Sprint(r.Pages[0]) != fmt.Sprint(test.want) {
			t.Errorf("%s:\n%+v, want\n%+v", test.what, r.Pages, test.want)
		}
	}
	if r, _ := relinkX(t, head+archivetest.EntryY+archivetest.EntryZ, nil); len(r.Pages) != 0 {
		t.Errorf("nothing changes, and yet %+v", r.Pages)
	}
}

// Whatever a headline holds, the entry that is written points to its page and
// says the same.
func TestRelinkNastyHeadlines(t *testing.T) {
	headlines := []string{
		"[", "]", "][", "[]", "[[]", "[a](b)", "](x)", "](", "](x) [", "![a](b)", "[a][b]", "[a]: b", "(", ")", ")(", "a) b",
		"_", "__a__", "*", "**a**", `\`, `a\`, `a\\`, `\\\`, `a \ b`, `\[`, `\]`, `\[a\]`, `\](x)`, `[\]`, `\[ [a](b)`, `\_`, `\\[`,
		"`", "``", "`a`", "`a", "a`]`b", "`[`", "` [a](b)", "<b>", "<b", "b>", "<!-- a -->", "<!-- a", "<http://a.example>", "<http://a.example", "<a@b.example>", "<a href=\"x](y)\">", "<?a", "<!A",
		"🚢", "👩‍👩‍👧‍👦", "שלום עולם", "مرحبا [", "\u202Ea\u202C", "葉門 [也門]", "-{zh-tw:葉門; zh-hk:也門}-", "{{es icon}}", "[http:--example.com-x (\"Outlet\")]", "''a''", "\"a\"", "a & b", "&amp;", "&lt;b&gt;", "&#91;", "$65 million", "[?]67 C",
		"a  b", " a", "a ", "\ta", "a\t", "#", "a #", "1. a", "- a", "> a", "a | b", "a ~~b~~", "http://a.example/", "_Context: B_", "a](/x.md) _Context: B_ <!-- keep -->", "a\u00A0b", "a\u2028b", "a\x00b", "\xff\xfe",
	}
	g := &archivetest.RandomArchive{Rand: rand.New(rand.NewPCG(7, 7))}
	single := slices.Clone(headlines)
	for range archivetest.Seeds(20, 100) {
		headlines = append(headlines, strings.Join(archivetest.Some(g, single, 2+g.IntN(2)), archivetest.One(g, []string{"", " "})))
	}
	for what, context := range map[string]string{
		"plain": "A", "a backtick": "`Abd", "two backticks": "`Abd `A", "a bracket": "[A", "brackets": "[A]", "a link": "[A](b)", "a bracket and a parenthesis": "A](b)", "a tag": "<A>", "the end of a tag": "A>", "the end of a comment": "A -->", "a backslash": `A\`, "underscores": "_A_",
	} {
		t.Run("a context with "+what, func(t *testing.T) {
			t.Parallel()
			for _, headline := range headlines {
				f := archivetest.Files{archivetest.PageX: archivetest.About("X", context), archivetest.PageY: archivetest.About(headline, context), archivetest.PageZ: archivetest.About("Z", context)}
				_, after := relinkTwice(t, f, archive.Config{})
				a, _ := after.Archive(archive.Config{})
				checkEntries(t, a, archivetest.PageX, context, archivetest.PageY, archivetest.PageZ)
				checkEntries(t, a, archivetest.PageZ, context, archivetest.PageX, archivetest.PageY)
			}
		})
	}
}

// checkEntries checks that the entries of a page point to events and say their
// headlines.
func checkEntries(t *testing.T, a *archive.Archive, path, context string, to ...string) {
	t.Helper()
	p := a.Page(path)
	entries := a.Related(p)
	if len(entries) != len(to) {
		t.Fatalf("%d entries, want %d:\n%s", len(entries), len(to), p.Source)
	}
	for i, e := range entries {
		headline, _ := a.Page(to[i]).Event.Headline()
		text := p.Text(e.Link.Text)
		switch {
		case e.Target.Path != to[i]:
			t.Errorf("the entry of %q leads to %v: %q", headline, e.Target, p.Text(e.Span))
		case e.Link.Malformed:
			t.Errorf("the headline %q is written so that Markdown sees no link: %q", headline, p.Text(e.Span))
		case page.Unescape(text) != page.Unescape(headline):
			t.Errorf("the headline %q is written as %q", headline, text)
		case p.Names(e.Shared) != context:
			t.Errorf("the entry of %q does not name the context %q: %q", headline, context, p.Text(e.Span))
		}
	}
}

// An explanation names the entries that relinking makes, in their order, and
// after them those that come next.
func TestExplainRelated(t *testing.T) {
	archivetest.EachRandomArchive(t, func(t *testing.T, g *archivetest.RandomArchive, config archive.Config) {
		before := archivetest.Read(t, g.Files)
		contexts := before.Contexts()
		longer := before.Lists(config.RelatedLimit + nextBest)
		_, after := relink(t, g.Files, config, nil)
		a, paths := after.Archive(config)
		now := archivetest.Read(t, after)
		for _, e := range archivetest.Some(g, g.Events, 6) {
			p := e.Path()
			x, err := ExplainRelated(a, paths, p)
			if err != nil {
				t.Fatal(err)
			}
			got := slices.Clone(x.Kept)
			for _, c := range x.Found {
				got = append(got, c.Event.Path)
				if want := archivetest.Shared(contexts[p], contexts[c.Event.Path]); !slices.Equal(c.Shared, want) {
					t.Errorf("%s shares %q with %s, want %q", p, c.Shared, c.Event.Path, want)
				}
			}
			var want []string
			for _, w := range longer[p] {
				want = append(want, w.Target)
			}
			if len(x.Kept) <= config.RelatedLimit && !slices.Equal(got, want) {
				t.Errorf("%s: explained as %q, want %q", p, got, want)
			}
			if n := len(now.Events[p].Related); len(x.Kept)+x.Limit != n {
				t.Errorf("%s: %d kept and %d found are in the list, which has %d", p, len(x.Kept), x.Limit, n)
			}
			if !slices.Equal(x.Contexts, contexts[p]) {
				t.Errorf("%s is explained to be about %q, want %q", p, x.Contexts, contexts[p])
			}
		}
	})
	a, paths := archivetest.Fixture(t, "clean").Archive(archive.Config{})
	for _, p := range []string{"index.md", "news/none.md", "faq/index.md"} {
		if _, err := ExplainRelated(a, paths, p); err == nil || !strings.Contains(err.Error(), p) {
			t.Errorf("explaining %s: %v", p, err)
		}
	}
}

func BenchmarkRelink(b *testing.B) {
	_, a, paths := archivetest.BenchmarkArchive(b, archive.Config{})
	b.ResetTimer()
	for range b.N {
		if _, err := Relink(a, paths, nil); err != nil {
			b.Fatal(err)
		}
	}
}

// An entry that continues on lines of its own is one entry: its contexts count,
// and it goes as a whole.
func TestRelinkWrappedEntry(t *testing.T) {
	f := archivetest.Files{
		"news/2024/03/4/a.md": "# A\n\n### Related:\n\n1. [Gone](/news/2024/03/4/gone.md)\n   _Context: Ferry,\n   fog_\n2. [B\n   ](/news/2024/03/5/b.md) _Context: Ferry_\n",
		"news/2024/03/5/b.md": "# B\n\n_Context: Ferry_\n",
	}
	r, after := relinkTwice(t, f, archive.Config{})
	if len(r.Dropped) != 1 {
		t.Errorf("dropped %v", r.Dropped)
	}
	want := "# A\n\n_Context: Ferry, fog_\n\n### Related:\n\n1. [B\n   ](/news/2024/03/5/b.md) _Context: Ferry_\n"
	if got := after["news/2024/03/4/a.md"]; got != want {
		t.Errorf("the page was made\n%s\nwant\n%s", got, want)
	}
}
