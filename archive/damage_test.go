package archive

import (
	"fmt"
	"maps"
	"math/rand"
	"slices"
	"strings"
	"testing"
	"time"
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
	clean := fixture(t, "clean")
	_, all := clean.archive(Config{})
	for how, damage := range damages {
		t.Run(how, func(t *testing.T) {
			t.Parallel()
			refused, planned := 0, 0
			for seed := range seeds(4, 100) {
				r := rand.New(rand.NewSource(int64(seed)))
				f := maps.Clone(clean)
				for range 1 + r.Intn(3) {
					p := all[r.Intn(len(all))]
					if damaged := damage(f[p]); strings.Contains(damaged, planted) {
						f[p] = damaged
					}
				}
				for name, op := range damageOperations(r) {
					a, paths := f.archive(Config{})
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

func checkNotCopied(t *testing.T, what string, a *Archive, plan *Plan) {
	t.Helper()
	for _, c := range plan.changes.all {
		if was := a.Page(c.path); was != nil && len(was.Conflicts) > 0 {
			t.Errorf("%s: %s has a merge conflict and is changed", what, c.path)
		}
		if was, is := strings.Count(string(c.from), planted), strings.Count(string(c.after), planted); is > was {
			t.Errorf("%s: %s has a word of a damaged page:\n%s", what, c.path, c.after)
		}
	}
}

// damageOperations are the operations that change an archive, by name.
func damageOperations(r *rand.Rand) map[string]func(a *Archive, paths []string) (*Plan, error) {
	event := func(a *Archive, paths []string) string {
		events := slices.DeleteFunc(slices.Clone(paths), func(p string) bool { return a.eventAt(p) == nil })
		return events[r.Intn(len(events))]
	}
	add := func(o AddOptions) func(a *Archive, paths []string) (*Plan, error) {
		return func(a *Archive, paths []string) (*Plan, error) {
			days := append(daysOf(paths), fixtureDay)
			d := Draft{Headline: "A gull meets Storm Ottar", Date: days[r.Intn(len(days))]}
			added, err := a.Add(paths, []Draft{d}, o)
			if err != nil {
				return nil, err
			}
			return added.Plan, nil
		}
	}
	return map[string]func(a *Archive, paths []string) (*Plan, error){
		"relink": func(a *Archive, paths []string) (*Plan, error) {
			out, err := a.Relink(paths, nil)
			if err != nil {
				return nil, err
			}
			return out.Plan, nil
		},
		"relink some": func(a *Archive, paths []string) (*Plan, error) {
			out, err := a.Relink(paths, []string{event(a, paths), event(a, paths)})
			if err != nil {
				return nil, err
			}
			return out.Plan, nil
		},
		"index": func(a *Archive, paths []string) (*Plan, error) {
			out, err := a.Index(paths, IndexOptions{})
			if err != nil {
				return nil, err
			}
			return out.Plan, nil
		},
		"declare": func(a *Archive, paths []string) (*Plan, error) { return a.Contexts(paths).Declare(nil) },
		"rename a context": func(a *Archive, paths []string) (*Plan, error) {
			return a.Contexts(paths).Rename("Storm Ottar", "Storm Otto")
		},
		"rename": func(a *Archive, paths []string) (*Plan, error) {
			out, err := a.Rename(paths, event(a, paths), RenameOptions{Headline: "A gull lands", Date: fixtureDay, Now: time.Date(2024, 3, 5, 0, 0, 0, 0, time.UTC)})
			if err != nil {
				return nil, err
			}
			return out.Plan, nil
		},
		"add":                add(AddOptions{Today: fixtureDay, AllowDuplicate: true, Suggest: true, Related: true, Backlinks: true}),
		"add without a list": add(AddOptions{Today: fixtureDay, AllowDuplicate: true, Suggest: true}),
	}
}

// The style of new pages is not that of damaged ones.
func TestStyleIsNotThatOfDamagedPages(t *testing.T) {
	marks := "<<<<<<< HEAD\n=======\n>>>>>>> topic\n"
	f := files{
		"news/2024/03/4/index.md": marks + "## [2024-03-4](/news/2024/03/4/index.md)\n\n### [X](/news/2024/03/4/x.md)\n",
		"news/2024/03/4/x.md":     "### [2024-03-4](/news/2024/03/4/index.md)\n" + marks + "# X\n\n### Origin:\n\n1. [A](https://a.example/)\n",
	}
	a, paths := f.archive(Config{})
	added, err := a.Add(paths, []Draft{{Headline: "Y", Date: fixtureDay}}, AddOptions{Today: fixtureDay, Related: true})
	if err != nil {
		t.Fatal(err)
	}
	checkNotCopied(t, "new", a, added.Plan)
	if got := f.after(t, added.Plan)["news/2024/03/5/y.md"]; !strings.HasPrefix(got, "### [2024-03-5](/news/2024/03/5/index.md)\n\n# Y\n") {
		t.Errorf("the new page is\n%s", got)
	}
}
