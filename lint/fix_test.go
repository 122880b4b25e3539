package lint

import (
	"slices"
	"testing"

	"newsctl/archive"
)

// fixAll fixes an archive, and then once more, which must change nothing.
func fixAll(t *testing.T, a *archive.Archive, paths []string, config Config) *FixResult {
	t.Helper()
	m, err := PlanFixes(a, paths, config)
	if err != nil {
		t.Fatal(err)
	}
	again, err := PlanFixes(m.Archive, m.Archive.Paths("."), config)
	if err != nil {
		t.Fatal(err)
	}
	if len(paths) == len(a.Paths(".")) && again.Plan.Len() > 0 {
		t.Errorf("fixing again changes %q: %v", again.Plan.Paths(), again.Findings)
	}
	return m
}

// TestFixesHold fixes the wrong example of each rule by that rule alone, and
// expects what has a fix to be gone, and what has none to stay.
func TestFixesHold(t *testing.T) {
	for _, r := range Rules() {
		a, paths := openExample(r.Wrong)
		m := fixAll(t, a, paths, Config{Only: []string{r.Name}})
		for _, f := range lintExample(r, r.Wrong) {
			fixed := slices.ContainsFunc(m.Findings, func(g Finding) bool { return g.Key() == f.Key() })
			if fixed != (f.Fix != nil) {
				t.Errorf("%s [%s]: has a fix: %t, but is fixed: %t", f, r.Name, f.Fix != nil, fixed)
			}
			if r.Fixes != (f.Fix != nil) {
				t.Errorf("%s: says that it fixes: %t, but its example is fixed: %t", r.Name, r.Fixes, f.Fix != nil)
			}
		}
		for _, f := range m.Result.Findings {
			if f.Fix != nil {
				t.Errorf("%s [%s] is not fixed", f, r.Name)
			}
		}
	}
}

// ferry is an event page with a related list, and what else it holds above.
func ferry(body string) string {
	return "-- news/2024/03/5/ferry-sails-again.md --\n### [2024-03-5](/news/2024/03/5/index.md)\n\n# Ferry sails again\n" + body
}

const (
	storm  = "[Storm stops the ferry](/news/2024/03/4/storm-stops-the-ferry.md)"
	engine = "[Ferry gets a new engine](/news/2023/11/30/ferry-gets-a-new-engine.md)"
	self   = "[Ferry sails again](/news/2024/03/5/ferry-sails-again.md)"
)

// pageFixes are pages, beside those of exampleArchive, as they are and as all
// rules together fix them. Pages that are not named stay as they are.
var pageFixes = []struct{ name, before, after string }{
	{"an entry goes, and the numbers close up",
		ferry("\n### Related:\n\n1. " + self + " _Context: Ferry_\n2. " + storm + " _Context: Ferry_\n3. " + engine + " _Context: Ferry_\n"),
		ferry("\n### Related:\n\n1. " + storm + " _Context: Ferry_\n2. " + engine + " _Context: Ferry_\n")},
	{"a context that only the entry recorded is declared",
		ferry("\n### Related:\n\n1. " + storm + " _Context: Ferry_\n2. " + self + " _Context: Harbour_\n"),
		ferry("\n_Context: Ferry, Harbour_\n\n### Related:\n\n1. " + storm + " _Context: Ferry_\n")},
	{"an entry that somebody wrote about stays",
		ferry("\n### Related:\n\n1. " + self + " _Context: Ferry_ <!-- see there -->\n"), ""},
	{"an entry that a comment speaks of stays",
		ferry("\n### Related:\n\n1. " + storm + " _Context: Ferry_\n<!-- why? -->\n2. " + self + " _Context: Ferry_\n"), ""},
	{"an entry over several lines goes with all of them",
		ferry("\n### Related:\n\n1. " + storm + " _Context: Ferry,\n   Harbour_\n2. " + storm + " _Context: Ferry,\n   Harbour_\n"),
		ferry("\n### Related:\n\n1. " + storm + " _Context: Ferry,\n   Harbour_\n")},
	{"the entry that stays gets the contexts of the one that goes",
		ferry("\n### Related:\n\n1. " + storm + " _Context: Ferry, Storm_\n2. " + storm + " _Context: Coast, Ferry_\n"),
		ferry("\n### Related:\n\n1. " + storm + " _Context: Coast, Ferry, Storm_\n")},
	{"and gets a list of them",
		ferry("\n### Related:\n\n1. " + storm + "\n2. " + storm + " _Context: Ferry_\n"),
		ferry("\n### Related:\n\n1. " + storm + " _Context: Ferry_\n")},
	{"a later entry that is kept by hand stays",
		ferry("\n### Related:\n\n1. " + storm + " _Context: Ferry_\n2. " + storm + " _Context: Ferry_ <!-- keep -->\n"), ""},
	{"contexts that may be one name are not mixed with others",
		ferry("\n### Related:\n\n1. " + storm + " _Context: 1999 election, 2018_\n2. " + storm + " _Context: Ferry_\n"), ""},
	{"a name with a comma that the order of a list shows stays whole",
		ferry("\n### Related:\n\n1. " + storm + " _Context: Orlando, Florida, U.S._\n2. " + storm + " _Context: Ferry_\n"),
		ferry("\n### Related:\n\n1. " + storm + " _Context: Ferry, Orlando, Florida, U.S._\n")},
	{"a link that is put right may be there already, and quote an old headline",
		ferry("\n### Related:\n\n1. " + storm + " _Context: Ferry_\n2. [Storm](/en/news/2024/03/4/storm-stops-the-ferr.md) _Context: Ferry_\n3. [Engine](/en/news/2023/11/30/ferry-gets-new-engine.md) _Context: Ferry_\n"),
		ferry("\n### Related:\n\n1. " + storm + " _Context: Ferry_\n2. [Ferry gets a new engine](/en/news/2023/11/30/ferry-gets-a-new-engine.md) _Context: Ferry_\n")},
	{"entries change places, numbers and kept entries do not",
		ferry("\n### Related:\n\n1. [Faq](/faq/index.md)\n5. "+engine+" _Context: Ferry_\n6. "+storm+" _Context: Ferry_\n") + "-- faq/index.md --\n# Faq\n",
		ferry("\n### Related:\n\n1. [Faq](/faq/index.md)\n2. "+storm+" _Context: Ferry_\n3. "+engine+" _Context: Ferry_\n") + "-- faq/index.md --\n# Faq\n"},
	{"lists are numbered in turn",
		ferry("\n### Sources:\n\n1. [A](https://a.example/)\n1. [B](https://b.example/)\n1. [C](https://c.example/)\n1. [Cover Image](https://c.example/c.jpg)\n"),
		ferry("\n### Sources:\n\n1. [A](https://a.example/)\n2. [B](https://b.example/)\n3. [C](https://c.example/)\n3. [Cover Image](https://c.example/c.jpg)\n")},
	{"a list with a number that is silenced is left alone",
		ferry("\n### Sources:\n\n1. [A](https://a.example/)\n<!-- newsctl-ignore source-number: so it was -->\n4. [B](https://b.example/)\n7. [C](https://c.example/)\n"), ""},
	{"a source goes whose outlet has another name",
		ferry("\n### Sources:\n\n1. [A](https://a.example/)\n2. [Outlet A](https://a.example/)\n3. [C](https://c.example/)\n"),
		ferry("\n### Sources:\n\n1. [A](https://a.example/)\n2. [C](https://c.example/)\n")},
	{"a source with a picture of its own stays",
		ferry("\n### Sources:\n\n1. [A](https://a.example/)\n2. [A](https://a.example/) [IMG](https://a.example/a.jpg)\n"), ""},
	{"a title is escaped where it must be",
		ferry("\n### Related:\n\n1. [Old](/news/2024/03/4/sic.md) _Context: Ferry_\n") + "-- news/2024/03/4/sic.md --\n### [2024-03-4](/news/2024/03/4/index.md)\n# Storm [sic & rain \n",
		ferry("\n### Related:\n\n1. [Storm \\[sic & rain ](/news/2024/03/4/sic.md) _Context: Ferry_\n") + "-- news/2024/03/4/sic.md --\n### [2024-03-4](/news/2024/03/4/index.md)\n# Storm [sic & rain \n"},
	{"what a page silences is not fixed",
		"-- news/2024/03/5/ferry-sails-again.md --\n<!-- newsctl-ignore related-title: the outlet's words -->\n### [2024-03-5](/news/2024/03/5/index.md)\n# Ferry sails again\n### Related:\n1. [Storm](/news/2024/03/4/storm-stops-the-ferry.md) _Context: Ferry_\n", ""},
	{"a date line that names another day may be right",
		"-- news/2024/03/5/ferry-sails-again.md --\n### [2024-03-4](/news/2024/03/4/index.md)\n# Ferry sails again\n", ""},
	{"a date becomes a link",
		"-- news/2024/03/5/ferry-sails-again.md --\n### 2024-03-5\n# Ferry sails again\n",
		"-- news/2024/03/5/ferry-sails-again.md --\n### [2024-03-5](/news/2024/03/5/index.md)\n# Ferry sails again\n"},
}

// dayFixes are like pageFixes, for day pages.
var dayFixes = []struct{ name, before, after string }{
	{"a page and its copy are mended alike",
		day("### [Ferry sails](/news/2024/03/5/ferry-sails-again.md)\n", "") + ferry(""),
		day("### [Ferry sails again](/news/2024/03/5/ferry-sails-again.md)\n", "") + ferry("")},
	{"of two entries for one event, nobody knows which is its own",
		day("### [Ferry sails](/news/2024/03/5/ferry-sails-again.md)\n### [Ferry on rocks](/news/2024/03/5/ferry-sails-again.md)\n", "") + ferry(""), ""},
	{"a broken entry for an event that is listed already stays for somebody to remove",
		day("### [Ferry sails again](/news/2024/03/5/ferry-sails-again.md)\n### [Ferry sails](/news/2024/03/5/ferry-sails-agai.md)\n", "") + ferry(""), ""},
	{"a copy that lists more may be the newer one",
		day("", "### [Ferry sails again](/news/2024/03/5/ferry-sails-again.md)\n"), ""},
	{"a copy follows its page when that is mended",
		day("### [Ferry sails](/news/2024/03/5/ferry-sails-again.md)\n", "### [Ferry](/news/2024/03/5/ferry-sails-again.md)\n") + ferry(""),
		day("### [Ferry sails again](/news/2024/03/5/ferry-sails-again.md)\n", "") + ferry("")},
	{"an event that was forgotten is listed, with its contexts",
		day("### [Fair opens](/news/2024/03/5/fair-opens.md)\nIt did.\n\n", "") + ferry("\n_Context: Ferry, Harbour_\n") +
			"-- news/2024/03/5/fair-opens.md --\n### [2024-03-5](/news/2024/03/5/index.md)\n# Fair opens\nIt did.\n",
		day("### [Fair opens](/news/2024/03/5/fair-opens.md)\nIt did.\n\n### [Ferry sails again](/news/2024/03/5/ferry-sails-again.md)\n_Context: Ferry, Harbour_\n\n", "") + ferry("\n_Context: Ferry, Harbour_\n") +
			"-- news/2024/03/5/fair-opens.md --\n### [2024-03-5](/news/2024/03/5/index.md)\n# Fair opens\nIt did.\n"},
	{"one that shares a source with another may be its older wording",
		day("### [Fair opens](/news/2024/03/5/fair-opens.md)\n", "") + ferry("### Source:\n1. [A](https://a.example/)\n") +
			"-- news/2024/03/5/fair-opens.md --\n### [2024-03-5](/news/2024/03/5/index.md)\n# Fair opens\n### Source:\n1. [A](https://a.example/)\n", ""},
	{"one whose headline has the words of another's too",
		day("### [Ferry to the island sails](/news/2024/03/5/fair-opens.md)\n", "") + ferry("") +
			"-- news/2024/03/5/fair-opens.md --\n### [2024-03-5](/news/2024/03/5/index.md)\n# Ferry to the island sails\n", ""},
	{"and one that a broken entry may mean",
		day("### [Boat trip](/news/2024/03/5/boat-trip.md)\n", "") + ferry(""), ""},
	{"a link of the first day to an earlier one goes",
		"-- news/2024/03/5/README.md --\n## [2024-03-5](/news/2024/03/5/index.md)\n\n## [Previous Day...](/news/2024/03/4/index.md)\n-- news/2024/03/5/index.md --\n## [2024-03-5](/news/2024/03/5/index.md)\n\n## [Previous Day...](/news/2024/03/4/index.md)\n",
		"-- news/2024/03/5/README.md --\n## [2024-03-5](/news/2024/03/5/index.md)\n\n-- news/2024/03/5/index.md --\n## [2024-03-5](/news/2024/03/5/index.md)\n\n"},
	{"where Markdown reads no heading none is added",
		day("<!-- not closed\n", "") + "-- news/2024/03/1/index.md --\n## [2024-03-1](/news/2024/03/1/index.md)\n-- news/2024/03/1/README.md --\n## [2024-03-1](/news/2024/03/1/index.md)\n", ""},
	{"a day whose page is made is the one before the next",
		"-- news/2024/03/1/README.md --\n## [2024-03-1](/news/2024/03/1/index.md)\n" + day("## [Previous Day...](/news/2024/03/1/index.md)\n", ""),
		"-- news/2024/03/1/README.md --\n## [2024-03-1](/news/2024/03/1/index.md)\n-- news/2024/03/1/index.md --\n## [2024-03-1](/news/2024/03/1/index.md)\n" + day("## [Previous Day...](/news/2024/03/1/index.md)\n", "")},
}

// day is a day page of two entries' worth of text, and its copy, which may say
// something else.
func day(body, copied string) string {
	if copied == "" {
		copied = body
	}
	const head = "## [2024-03-5](/news/2024/03/5/index.md)\n\n"
	return "-- news/2024/03/5/index.md --\n" + head + body + "-- news/2024/03/5/README.md --\n" + head + copied
}

func TestPlanFixes(t *testing.T) {
	for _, c := range slices.Concat(pageFixes, dayFixes) {
		t.Run(c.name, func(t *testing.T) {
			a, _ := openExample(c.before)
			m := fixAll(t, a, a.Paths("."), Config{Severity: map[string]Severity{"day-missing": Off}})
			after := c.after
			if after == "" {
				after = c.before
			}
			want, _ := openExample(after)
			for _, p := range slices.Concat(m.Archive.Paths("."), want.Paths(".")) {
				got, wanted := m.Archive.Page(p), want.Page(p)
				if got == nil || wanted == nil || string(got.Source) != string(wanted.Source) {
					t.Errorf("%s:\n%s\nwant:\n%s", p, sourceText(got), sourceText(wanted))
				}
			}
			if (c.after == "") != (len(m.Findings) == 0) {
				t.Errorf("fixed: %v", m.Findings)
			}
		})
	}
}

// TestRemaining checks that findings that are fixed by the fix of another finding do
// not remain: a day without a page gets one from its copy.
func TestRemaining(t *testing.T) {
	a, _ := openExample(`
-- news/2024/03/6/README.md --
## [2024-03-6](/news/2024/03/6/index.md)

### [Fair opens](/news/2024/03/6/fair-opens.md)

## [Previous Day...](/news/2024/03/5/index.md)
-- news/2024/03/6/fair-opens.md --
### [2024-03-6](/news/2024/03/6/index.md)

# Fair opens
`)
	m := fixAll(t, a, []string{"news/2024/03/6/README.md", "news/2024/03/6/fair-opens.md"}, Config{})
	var stays []string
	for _, f := range m.Remaining {
		stays = append(stays, f.Rule)
	}
	if want := []string{"source-missing"}; !slices.Equal(stays, want) {
		t.Errorf("%v stay, want %v", stays, want)
	}
}

func sourceText(p *archive.Page) string {
	if p == nil {
		return "(no page)"
	}
	return string(p.Source)
}
