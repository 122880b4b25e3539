package lint

import (
	"fmt"
	"io/fs"
	"maps"
	"math/rand"
	"net/url"
	"os"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"newsctl/archive"
	"newsctl/archive/page"
	"newsctl/archive/slug"
)

// fixtureTree returns a fixture as a tree to change. A page more links to each
// event in many ways, and one that no day lists suppresses what is wrong with it.
func fixtureTree(t *testing.T, name string) fstest.MapFS {
	t.Helper()
	disk := os.DirFS("../fixtures/" + name)
	out := fstest.MapFS{}
	random, links := rand.New(rand.NewSource(1)), "# Links\n\n"
	quiet := "<!-- newsctl-ignore day-unlisted: x -->\n### [1990-01-1](/news/1990/01/1/index.md)\n# Quiet\n### Related:\n"
	err := fs.WalkDir(disk, ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(disk, p)
		out[p] = &fstest.MapFile{Data: data}
		if kind, _ := archive.Classify(p); kind == archive.EventPage {
			stem := url.PathEscape(strings.TrimSuffix(p, ".md"))
			links += fmt.Sprintf("[a](/zh/%s) [b](../%s) [c](/%s.html#x) [d](%s)\n\n", p, p, stem, spelled(random, "/"+p))
			_, headline, _ := strings.Cut(string(data), "\n# ")
			headline, _, _ = strings.Cut(headline, "\n")
			links += fmt.Sprintf("[h](/%s#%s) <img src='../%s'> ![i](/%s)\n\n[%s]: ../%s#related\n\n", p, page.Slug(headline), p, stem+".md", p, p)
			quiet += fmt.Sprintf("<!-- newsctl-ignore related-title: x -->\n1. [Lately: %s](/%s) _Context: Sea_\n", headline, p)
		}
		if kind, _ := archive.Classify(p); kind == archive.DayPage {
			heading, _, _ := strings.Cut(string(data), "](")
			links += fmt.Sprintf("[e](/%s) [f](/%s/) [g](%s)\n\n<a href=\"/%s/#%s\"></a>\n\n", p, path.Dir(p), spelled(random, "../"+path.Dir(p)), path.Dir(p), page.Slug(heading[strings.Index(heading, "[")+1:]))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	out["about/README.md"] = &fstest.MapFile{Data: []byte("## About\n")}
	links += "[k](/about/) [l](../about#about)\n"
	out["opinion/links.md"] = &fstest.MapFile{Data: []byte(links)}
	out["news/1990/01/1/quiet.md"] = &fstest.MapFile{Data: []byte(quiet)}
	out["news/1990/01/1/index.md"] = &fstest.MapFile{Data: []byte("## [1990-01-1](/news/1990/01/1/index.md)\n")}
	return out
}

// spelled returns a path as it may be in a link: each of its letters as it is,
// percent-encoded, as an entity, or after a backslash.
func spelled(random *rand.Rand, p string) string {
	var out strings.Builder
	for _, c := range p {
		switch n := random.Intn(8); {
		case n == 0:
			for _, b := range []byte(string(c)) {
				escape := fmt.Sprintf("%%%02X", b)
				if random.Intn(2) == 0 {
					escape = strings.ToLower(escape)
				}
				out.WriteString(escape)
			}
		case n == 1:
			fmt.Fprintf(&out, "&#%d;", c)
		case n == 2:
			fmt.Fprintf(&out, "&#x%x;", c)
		case n == 3 && strings.ContainsRune("-./", c):
			out.WriteString("\\" + string(c))
		default:
			out.WriteRune(c)
		}
	}
	return out.String()
}

// edited is a tree that files of are changed, and what changed.
type edited struct {
	fstest.MapFS
	files []ChangedFile
}

func (e *edited) remove(p string) {
	delete(e.MapFS, p)
	e.files = append(e.files, ChangedFile{From: p})
}

func (e *edited) write(p, text string) {
	f := ChangedFile{p, p}
	if e.MapFS[p] == nil {
		f.From = ""
	}
	e.MapFS[p] = &fstest.MapFile{Data: []byte(text)}
	e.files = append(e.files, f)
}

func (e *edited) move(p, to string) {
	e.MapFS[to] = e.MapFS[p]
	delete(e.MapFS, p)
	e.files = append(e.files, ChangedFile{p, to})
}

// change returns the change between two trees.
func change(config archive.Config, before fstest.MapFS, after *edited) *Change {
	return &Change{
		Before: Version{archive.New(before, config), Config{}},
		After:  Version{archive.New(after.MapFS, config), Config{}},
		Files:  after.files,
	}
}

// edits are what a curator may do to a page, one at a time.
var edits = []struct {
	name string
	do   func(e *edited, p string)
}{
	{"remove", func(e *edited, p string) { e.remove(p) }},
	{"reword", func(e *edited, p string) {
		e.write(p, strings.ReplaceAll(string(e.MapFS[p].Data), "\n# ", "\n# Lately: "))
	}},
	{"rename", func(e *edited, p string) { e.move(p, path.Join(path.Dir(p), "something-else.md")) }},
	{"rename and reword", func(e *edited, p string) {
		text := strings.ReplaceAll(string(e.MapFS[p].Data), "\n# ", "\n# Lately: ")
		e.move(p, path.Join(path.Dir(p), "lately.md"))
		e.MapFS[path.Join(path.Dir(p), "lately.md")] = &fstest.MapFile{Data: []byte(text)}
	}},
	{"another day", func(e *edited, p string) { e.move(p, "news/2018/03/16/"+path.Base(p)) }},
	{"retopic", func(e *edited, p string) {
		e.write(p, strings.ReplaceAll(string(e.MapFS[p].Data), "\n##### ", "\n##### Tea, cake, "))
	}},
	{"unlist", func(e *edited, p string) {
		e.write(p, strings.ReplaceAll(string(e.MapFS[p].Data), "\n### [", "\n[Ellery Times]("))
	}},
	{"list", func(e *edited, p string) {
		text := string(e.MapFS[p].Data)
		for at := range e.MapFS {
			if path.Dir(at) == path.Dir(p) {
				text += "### [X](/" + at + ")\n"
			}
		}
		e.write(p, text)
	}},
	{"forget versions", func(e *edited, p string) {
		e.write(p, strings.Split(string(e.MapFS[p].Data), "### Changes:")[0])
	}},
	{"repeat beside", func(e *edited, p string) {
		kind, d := archive.Classify(p)
		if kind == archive.EventPage {
			e.write(d.AddDays(1).Dir()+"/"+path.Base(p), string(e.MapFS[p].Data))
			e.write(d.AddDays(-1).Dir()+"/"+path.Base(p), string(e.MapFS[p].Data))
		}
	}},
	{"repeat", func(e *edited, p string) {
		e.write(path.Join(path.Dir(p), "x"+path.Base(p)), string(e.MapFS[p].Data))
	}},
	{"other case", func(e *edited, p string) {
		e.write(path.Join(path.Dir(p), strings.ToUpper(path.Base(p)[:1])+path.Base(p)[1:]), string(e.MapFS[p].Data))
	}},
	{"empty", func(e *edited, p string) { e.write(p, "") }},
	{"no page", func(e *edited, p string) { e.write(p, "x"); e.MapFS[p].Mode = fs.ModeSymlink }},
	{"day gone", func(e *edited, p string) {
		for at := range maps.Clone(e.MapFS) {
			if path.Dir(at) == path.Dir(p) {
				e.remove(at)
			}
		}
	}},
	{"reword a heading", func(e *edited, p string) {
		e.write(p, strings.Replace(string(e.MapFS[p].Data), "## ", "## Lately: ", 1))
	}},
	{"no list", func(e *edited, p string) {
		e.write(p, strings.Split(string(e.MapFS[p].Data), "\n### ")[0])
	}},
}

// TestChangeAgrees checks an archive after edits of pages, one page after another (one
// in three, or each with all seeds) and some others with it, and expects the findings that are new when all of it is
// checked before and after.
func TestChangeAgrees(t *testing.T) {
	for name, style := range map[string]slug.Style{"clean": slug.ASCII, "broken": slug.ASCII, "chinese": slug.Unicode} {
		config := archive.Config{SlugStyle: style}
		before := fixtureTree(t, name)
		whole := archive.New(before, config)
		old := Run(whole, whole.Load(nil), Config{})
		for seed := range seeds(1, 3) {
			t.Run(fmt.Sprint(name, seed), func(t *testing.T) {
				t.Parallel()
				random := rand.New(rand.NewSource(int64(seed)))
				paths := whole.Paths(".")
				for i, p := range paths {
					if i%seeds(3, 1) != 0 {
						continue
					}
					e, what := randomlyEdited(random, before, paths, p)
					agrees(t, what, change(config, before, e), old)
				}
			})
		}
	}
}

// randomlyEdited returns a tree after an edit of the page at p, and of others of
// paths by chance, and what was done.
func randomlyEdited(random *rand.Rand, before fstest.MapFS, paths []string, p string) (e *edited, what string) {
	e = &edited{MapFS: maps.Clone(before)}
	for ; e.MapFS[p] != nil; p = paths[random.Intn(len(paths))] {
		edit := edits[random.Intn(len(edits))]
		edit.do(e, p)
		what += edit.name + " " + p + ", "
		if random.Intn(2) == 0 {
			break
		}
	}
	return e, what
}

// seeds returns how many random inputs a test tries: few, or all of them where
// NEWSCTL_TEST_SEEDS is "all".
func seeds(few, all int) int {
	if os.Getenv("NEWSCTL_TEST_SEEDS") == "all" {
		return all
	}
	return few
}

// An event that comes repeats one of a day beside it, which no day page lists.
func TestChangeBeside(t *testing.T) {
	event := func(d archive.Date) string {
		return fmt.Sprintf("### [%s](/%s)\n# Ferry sails again\n", d, d.Page())
	}
	old := archive.Date{Year: 2024, Month: 3, Day: 5}
	for _, days := range []int{-2, -1, 0, 1, 2} {
		e := &edited{MapFS: fstest.MapFS{
			old.Page():          {Data: []byte("## [2024-03-5](/news/2024/03/5/index.md)\n")},
			old.Dir() + "/a.md": {Data: []byte(event(old))},
		}}
		before := maps.Clone(e.MapFS)
		d := old.AddDays(days)
		e.write(d.Dir()+"/b.md", event(d))
		e.write(d.Page(), fmt.Sprintf("### [Ferry sails again](/%s/b.md)\n", d.Dir()))
		result := change(archive.Config{}, before, e).Run(false)
		found := slices.ContainsFunc(result.Findings, func(f Finding) bool {
			return f.Rule == "event-duplicate" && f.Path == old.Dir()+"/a.md"
		})
		if want := -1 <= days && days <= 1; found != want {
			t.Errorf("%d days apart: found %v, want %v", days, found, want)
		}
	}
}

// What was there before is not new, wherever it is and however the headline
// is reworded; any other line that changed is checked anew.
func TestChangeKnown(t *testing.T) {
	const p = "news/2024/03/5/a.md"
	for _, tt := range []struct{ name, before, after, want string }{
		{"headline reworded", "# Ferry sails", "# Ferry sails again", ""},
		{"a leftover in it stays", "# Ferry ''Ann'' sails", "# Ferry ''Ann'' sails again", ""},
		{"another leftover", "# Ferry ''Ann'' sails", "# Ferry ''Bea'' sails", "''Bea''"},
		{"lines moved", "# A\n\n[x](/x.md)", "# A\n\nMore.\n\n[x](/x.md)", ""},
		{"once more", "# A\n\n[x](/x.md)", "# A\n\n[x](/x.md)\n\n[x](/x.md)", "/x.md"},
		{"one more on the line", "# A\n\n[x](/x.md)", "# A\n\n[y](/y.md) [x](/x.md)", "/y.md /x.md"},
		{"mended", "# A\n\n[x](/x.md)", "# A", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			const date = "### [2024-03-5](/news/2024/03/5/index.md)\n\n"
			e := &edited{MapFS: fstest.MapFS{p: {Data: []byte(date + tt.before)}}}
			before := maps.Clone(e.MapFS)
			e.write(p, date+tt.after)
			c := change(archive.Config{}, before, e)
			c.Before.Config.Severity = map[string]Severity{"slug-mismatch": Off}
			c.After.Config = c.Before.Config
			result := c.Run(false)
			var got []string
			for _, f := range result.Findings {
				got = append(got, c.After.Page(p).Text(f.Span))
			}
			if strings.Join(got, " ") != tt.want {
				t.Errorf("new: %q, want %q", got, tt.want)
			}
		})
	}
}

// keysOf returns the keys of findings in a version.
func keysOf(v Version, findings []Finding) []exactKey {
	var h headlines
	for _, f := range findings {
		h.add(v.Page(f.Path))
	}
	return h.keys(findings)
}

func agrees(t *testing.T, what string, c *Change, old Result) {
	t.Helper()
	got := c.Run(false)
	all := Run(c.After.Archive, c.After.Load(nil), Config{}).Findings
	known := c.known(keysOf(c.Before, old.Findings), keysOf(c.After, all))
	var want []Finding
	for i, f := range all {
		if !known[i] {
			want = append(want, f)
		}
	}
	for _, f := range got.Findings {
		if !has(want, f) {
			t.Errorf("%s: reported, but not new: %s [%s]", what, f, f.Rule)
		}
	}
	for _, f := range want {
		if !has(got.Findings, f) {
			t.Errorf("%s: new, but not reported: %s [%s]", what, f, f.Rule)
		}
	}
}
