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
)

// fixtureTree returns a fixture as a tree to change. A page more links to each
// event in many ways.
func fixtureTree(t *testing.T, name string) fstest.MapFS {
	t.Helper()
	disk := os.DirFS("../fixtures/" + name)
	out := fstest.MapFS{}
	links := "# Links\n\n"
	err := fs.WalkDir(disk, ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(disk, p)
		out[p] = &fstest.MapFile{Data: data}
		if kind, _ := archive.Classify(p); kind == archive.EventPage {
			stem := url.PathEscape(strings.TrimSuffix(p, ".md"))
			links += fmt.Sprintf("[a](/zh/%s) [b](../%s) [c](/%s.html#x) [d](/%s.md)\n\n", p, p, stem, lowerEscapes(stem))
		}
		if kind, _ := archive.Classify(p); kind == archive.DayPage {
			links += fmt.Sprintf("[e](/%s) [f](/%s/) [g](../%s)\n\n", p, path.Dir(p), path.Dir(p))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	out["opinion/links.md"] = &fstest.MapFile{Data: []byte(links)}
	return out
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

// change returns the change between two trees. A search looks into each file.
func change(config archive.Config, before fstest.MapFS, after *edited) *Change {
	return &Change{
		Before: Version{archive.New(before, config), Config{}},
		After:  Version{archive.New(after.MapFS, config), Config{}},
		Files:  after.files,
		Mentions: func(words []string) ([]string, error) {
			var out []string
			for p, f := range after.MapFS {
				if slices.ContainsFunc(words, func(w string) bool { return strings.Contains(string(f.Data), w) }) {
					out = append(out, p)
				}
			}
			return out, nil
		},
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
	{"no list", func(e *edited, p string) {
		e.write(p, strings.Split(string(e.MapFS[p].Data), "\n### ")[0])
	}},
}

// TestChangeAgrees judges an archive after edits of pages, each page in turn and
// some others with it, and expects the findings that are new when all of it is
// judged before and after.
func TestChangeAgrees(t *testing.T) {
	for name, style := range map[string]archive.SlugStyle{"clean": archive.ASCIISlug, "broken": archive.ASCIISlug, "chinese": archive.UnicodeSlug} {
		t.Run(name, func(t *testing.T) {
			config := archive.Config{SlugStyle: style}
			before := fixtureTree(t, name)
			whole := archive.New(before, config)
			old := Run(whole, whole.Load(nil), Config{})
			paths := whole.Paths(".")
			random := rand.New(rand.NewSource(1))
			for i := range 3 * len(paths) {
				e, what := &edited{MapFS: maps.Clone(before)}, ""
				for p := paths[i%len(paths)]; e.MapFS[p] != nil; p = paths[random.Intn(len(paths))] {
					edit := edits[random.Intn(len(edits))]
					edit.do(e, p)
					what += edit.name + " " + p + ", "
					if random.Intn(2) == 0 {
						break
					}
				}
				agrees(t, what, change(config, before, e), old)
			}
		})
	}
}

func agrees(t *testing.T, what string, c *Change, old Result) {
	t.Helper()
	got, err := c.Run(false)
	if err != nil {
		t.Fatal(err)
	}
	all := Run(c.After.Archive, c.After.Load(nil), Config{}).Findings
	known := c.known(old.Findings, all)
	var want []Finding
	for i, f := range all {
		if !known[i] {
			want = append(want, f)
		}
	}
	for _, f := range got.Findings {
		if !slices.Contains(want, f) {
			t.Errorf("%s: reported, but not new: %s [%s]", what, f, f.Rule)
		}
	}
	for _, f := range want {
		if !slices.Contains(got.Findings, f) {
			t.Errorf("%s: new, but not reported: %s [%s]", what, f, f.Rule)
		}
	}
}
