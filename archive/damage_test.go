package archive_test

import (
	"fmt"
	"maps"
	"math/rand"
	"slices"
	"strings"
	"testing"
	"time"

	"newsctl/archive"
	"newsctl/archive/archivetest"
	"newsctl/archive/contexts"
	"newsctl/archive/edit"
	"newsctl/archive/listing"
	"newsctl/archive/plan"
	"newsctl/archive/related"
)

// planted is a word that only damaged pages hold.
const planted = "XYZZY"

// damages are ways in which a page is damaged: each plants a word in what other
// pages quote.
var damages = map[string]func(src string) string{
	"conflict": func(src string) string {
		line := strings.Index(src, "\n# ")
		if line < 0 {
			line = strings.Index(src, "\n")
		}
		end := line + 1 + strings.Index(src[line+1:]+"\n", "\n")
		return src[:end] + "\n\n<<<<<<< HEAD\n" + planted + " text\n\n_Context: " + planted + ", Storm Ottar_\n\n=======\n>>>>>>> topic\n" + src[end:]
	},
	"two headlines": func(src string) string {
		return strings.Replace(src, "\n# ", "\n##### "+planted+" topic\n# "+planted+" first\n\n_Context: "+planted+", Storm Ottar_\n\n# ", 1)
	},
	"open code": func(src string) string {
		return strings.Replace(src, "\n# ", "\n# "+planted+" ", 1) + "\n```\n" + planted + "\n"
	},
	"open comment": func(src string) string {
		return strings.ReplaceAll(src, "_Context: ", "_Context: "+planted+", ") + "\n<!-- " + planted + "\n"
	},
}

// TestNothingIsCopiedFromDamagedPages runs what changes an archive over archives in
// which some pages are damaged: no other page gets a word of theirs, and a page with
// a merge conflict stays as it is.
func TestNothingIsCopiedFromDamagedPages(t *testing.T) {
	clean := archivetest.Fixture(t, "clean")
	_, all := clean.Archive(archive.Config{})
	for how, damage := range damages {
		t.Run(how, func(t *testing.T) {
			t.Parallel()
			refused, planned := 0, 0
			for seed := range archivetest.Seeds(4, 100) {
				r := rand.New(rand.NewSource(int64(seed)))
				f := maps.Clone(clean)
				for range 1 + r.Intn(3) {
					p := all[r.Intn(len(all))]
					if damaged := damage(f[p]); strings.Contains(damaged, planted) {
						f[p] = damaged
					}
				}
				for name, op := range damageOperations(r) {
					a, paths := f.Archive(archive.Config{})
					plan, err := op(a, paths)
					if err != nil {
						refused++
						continue
					}
					planned++
					checkNotCopied(t, fmt.Sprintf("seed %d, %s", seed, name), a, plan)
				}
			}
			if refused == 0 || planned == 0 {
				t.Errorf("%d plans were refused, and %d made", refused, planned)
			}
		})
	}
}

func checkNotCopied(t *testing.T, what string, a *archive.Archive, plan *plan.Plan) {
	t.Helper()
	for _, c := range plan.Changes().All {
		if was := a.Page(c.Path); was != nil && len(was.Conflicts) > 0 {
			t.Errorf("%s: %s has a merge conflict and is changed", what, c.Path)
		}
		if was, is := strings.Count(string(c.From.Bytes()), planted), strings.Count(string(c.After.Bytes()), planted); is > was {
			t.Errorf("%s: %s has a word of a damaged page:\n%s", what, c.Path, c.After.Bytes())
		}
	}
}

// damageOperations are the operations that change an archive, by name.
func damageOperations(r *rand.Rand) map[string]func(a *archive.Archive, paths []string) (*plan.Plan, error) {
	event := func(a *archive.Archive, paths []string) string {
		events := slices.DeleteFunc(slices.Clone(paths), func(p string) bool { return a.EventAt(p) == nil })
		return events[r.Intn(len(events))]
	}
	add := func(o edit.AddOptions) func(a *archive.Archive, paths []string) (*plan.Plan, error) {
		return func(a *archive.Archive, paths []string) (*plan.Plan, error) {
			days := append(listing.DaysOf(paths), archivetest.FixtureDay)
			d := edit.Draft{Headline: "A gull meets Storm Ottar", Date: days[r.Intn(len(days))]}
			added, err := edit.Add(a, paths, []edit.Draft{d}, o)
			if err != nil {
				return nil, err
			}
			return added.Plan, nil
		}
	}
	return map[string]func(a *archive.Archive, paths []string) (*plan.Plan, error){
		"relink": func(a *archive.Archive, paths []string) (*plan.Plan, error) {
			out, err := related.Relink(a, paths, nil)
			if err != nil {
				return nil, err
			}
			return out.Plan, nil
		},
		"relink some": func(a *archive.Archive, paths []string) (*plan.Plan, error) {
			out, err := related.Relink(a, paths, []string{event(a, paths), event(a, paths)})
			if err != nil {
				return nil, err
			}
			return out.Plan, nil
		},
		"index": func(a *archive.Archive, paths []string) (*plan.Plan, error) {
			out, err := listing.Index(a, paths, listing.IndexOptions{})
			if err != nil {
				return nil, err
			}
			return out.Plan, nil
		},
		"declare": func(a *archive.Archive, paths []string) (*plan.Plan, error) {
			return edit.DeclareContexts(contexts.Of(a, paths), nil)
		},
		"rename a context": func(a *archive.Archive, paths []string) (*plan.Plan, error) {
			return edit.RenameContext(contexts.Of(a, paths), "Storm Ottar", "Storm Otto")
		},
		"rename": func(a *archive.Archive, paths []string) (*plan.Plan, error) {
			out, err := edit.Rename(a, paths, event(a, paths), edit.RenameOptions{Headline: "A gull lands", Date: archivetest.FixtureDay, Now: time.Date(2024, 3, 5, 0, 0, 0, 0, time.UTC)})
			if err != nil {
				return nil, err
			}
			return out.Plan, nil
		},
		"add":                add(edit.AddOptions{Today: archivetest.FixtureDay, AllowDuplicate: true, Suggest: true, Related: true, Backlinks: true}),
		"add without a list": add(edit.AddOptions{Today: archivetest.FixtureDay, AllowDuplicate: true, Suggest: true}),
	}
}

// The style of new pages is not that of damaged ones.
func TestStyleIsNotThatOfDamagedPages(t *testing.T) {
	marks := "<<<<<<< HEAD\n=======\n>>>>>>> topic\n"
	f := archivetest.Files{
		"news/2024/03/4/index.md": marks + "## [2024-03-4](/news/2024/03/4/index.md)\n\n### [X](/news/2024/03/4/x.md)\n",
		"news/2024/03/4/x.md":     "### [2024-03-4](/news/2024/03/4/index.md)\n" + marks + "# X\n\n### Origin:\n\n1. [A](https://a.example/)\n",
	}
	a, paths := f.Archive(archive.Config{})
	added, err := edit.Add(a, paths, []edit.Draft{{Headline: "Y", Date: archivetest.FixtureDay}}, edit.AddOptions{Today: archivetest.FixtureDay, Related: true})
	if err != nil {
		t.Fatal(err)
	}
	checkNotCopied(t, "new", a, added.Plan)
	if got := f.After(t, added.Plan)["news/2024/03/5/y.md"]; !strings.HasPrefix(got, "### [2024-03-5](/news/2024/03/5/index.md)\n\n# Y\n") {
		t.Errorf("the new page is\n%s", got)
	}
}
