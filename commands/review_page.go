package commands

import (
	"io"
	"path"
	"regexp"
	"strings"
	"sync/atomic"

	"github.com/urfave/cli/v2"

	"newsctl/archive"
	"newsctl/archive/compare"
	"newsctl/archive/diff"
	"newsctl/archive/git"
	"newsctl/archive/plan"
	"newsctl/archive/related"
	"newsctl/commands/review"
	"newsctl/lint"
)

// writePlanReview writes what a plan changes as a review page.
func (e *env) writePlanReview(c *cli.Context, w io.Writer, p *plannedChange) error {
	r, err := planReview(p.plan, p.root)
	if err != nil {
		return err
	}
	r.reasons = p.reasons
	r.page.Title = c.Command.HelpName[len("newsctl "):]
	r.page.Command = e.commandLine()
	r.page.Then = applying(c, r.page.Title, r.page.Hash)
	return r.write(w)
}

// applying returns the command lines that carry out the plan of a command, if there are
// some.
func applying(c *cli.Context, name, hash string) []string {
	only := " --plan-hash " + hash
	switch {
	case findFlag(c.Command.Flags, "plan-hash") == nil:
		return nil
	case findFlag(c.Command.Flags, "out") == nil:
		return []string{"newsctl " + name + only}
	case given(c, "out"):
		return []string{"newsctl apply " + shellWord(c.String("out")) + only}
	case name == "apply":
		return []string{"newsctl apply " + shellWord(c.Args().First()) + only}
	}
	return []string{"newsctl " + name + " --out plan.json ...   # with the arguments above", "newsctl apply plan.json" + only}
}

// commandLine returns the command line, as it is typed.
func (e *env) commandLine() string {
	words := []string{"newsctl"}
	for _, arg := range e.args[min(1, len(e.args)):] {
		if !typedWord.MatchString(arg) {
			arg = shellWord(arg)
		}
		words = append(words, arg)
	}
	return strings.Join(words, " ")
}

// typedWord is a word that nobody puts in quotes.
var typedWord = regexp.MustCompile(`^[A-Za-z0-9_./:,=@-]+$`)

// writeFixReview writes what fixing findings changes as a review page, with the
// findings at the pages that they are in.
func (e *env) writeFixReview(_ *cli.Context, w io.Writer, a *opened, m *lint.FixResult) error {
	r, err := planReview(m.Plan, a.root)
	if err != nil {
		return err
	}
	r.page.Title, r.page.Command = "lint --fix", e.commandLine()
	r.fixed = map[string][]review.Note{}
	for _, f := range m.Findings {
		r.fixed[f.Path] = append(r.fixed[f.Path], findingNote(f))
	}
	return r.write(w)
}

// writeDiffReview writes how two versions differ as a review page.
func (e *env) writeDiffReview(w io.Writer, d *difference) error {
	r := &reviewer{comparison: d.Comparison, before: d.before, after: d.after, files: d.Changes, page: &review.Page{Title: "diff", Command: e.commandLine()}}
	r.style = diff.Style{Color: true, QuotePaths: git.QuotesPaths(d.root)}
	below := git.PrefixOf(d.root)
	r.change = func(i int) diff.Change { return versionsOf(d, d.Changes[i], below) }
	r.page.Assurances = r.assurances()
	return r.write(w)
}

// versionsOf returns the two versions of a page that differs.
func versionsOf(d *difference, c git.Change, below string) diff.Change {
	var out diff.Change
	if p := d.before.Page(c.From); p != nil {
		out.Old, out.Before = path.Join(below, c.From), p.Source
	}
	if p := d.after.Page(c.To); p != nil {
		out.New, out.After = path.Join(below, c.To), p.Source
	}
	return out
}

// planReview returns what there is to review of a plan for the archive at root.
func planReview(p *plan.Plan, root string) (*reviewer, error) {
	hash, err := p.Hash()
	if err != nil {
		return nil, err
	}
	changes := p.Changes()
	r := &reviewer{before: changes.Archive, after: p.After(), page: &review.Page{Hash: hash}}
	for _, c := range changes.All {
		one := git.Change{From: c.Path, To: c.End()}
		if c.From == nil {
			one.From = ""
		}
		if c.Gone {
			one.To = ""
		}
		r.files = append(r.files, one)
	}
	r.comparison = compare.ComparePlanned(r.before, r.after, r.files)
	r.style = diff.Style{Color: true, QuotePaths: git.QuotesPaths(root)}
	below := git.PrefixOf(root)
	r.change = func(i int) diff.Change { return plan.DiffOf(changes.All[i], below) }
	r.page.Assurances = append([]review.Assurance{{Holds: true, Text: "No context is lost: the contexts of every event are read back from the bytes to be written."}}, r.assurances()...)
	return r, nil
}

// reviewer makes a review page of pages that change.
type reviewer struct {
	page          *review.Page
	before, after *archive.Archive
	files         []git.Change
	comparison    *compare.Comparison
	reasons       *related.Reasons           // nil where only two versions are known
	change        func(file int) diff.Change // of each of files
	style         diff.Style
	fixed         map[string][]review.Note // findings that are fixed, by their pages

	events   map[string]*compare.EventChange // by the path after
	removed  map[string]*compare.EventChange // by the path before
	listings map[string]*compare.ListingChange
}

// event returns how the event of a page that changes differs, or nil.
func (r *reviewer) event(f git.Change) *compare.EventChange {
	if f.To != "" {
		return r.events[f.To]
	}
	return r.removed[f.From]
}

// write writes the page.
func (r *reviewer) write(w io.Writer) error {
	r.events, r.removed, r.listings = map[string]*compare.EventChange{}, map[string]*compare.EventChange{}, map[string]*compare.ListingChange{}
	for i := range r.comparison.Events {
		ev := &r.comparison.Events[i]
		if ev.After != nil {
			r.events[ev.After.Path] = ev
		} else {
			r.removed[ev.Before.Path] = ev
		}
	}
	for i := range r.comparison.Listings {
		r.listings[r.comparison.Listings[i].Path] = &r.comparison.Listings[i]
	}
	p := r.page
	p.Version, p.Kinds = version(), reviewKinds
	p.Items = make([]review.Item, len(r.files))
	archive.Parallel(len(r.files), func(i int) { p.Items[i] = r.item(i) })
	p.Detail = r.detail
	p.Summary = review.Number(len(p.Items)) + " pages change"
	if len(p.Items) == 1 {
		p.Summary = "1 page changes"
	}
	return review.Write(w, p, archive.Parallel)
}

// assurances returns what holds of the changes as a whole.
func (r *reviewer) assurances() []review.Assurance {
	var outside, entries, broken, were atomic.Int64
	archive.Parallel(len(r.files), func(i int) {
		f := r.files[i]
		if r.changesOutside(f) {
			outside.Add(1)
		}
		for _, row := range r.comparison.Rows(f.From, f.To) {
			switch {
			case row.After == nil:
				continue
			case !isBroken(r.after, row.After):
			case row.Before != nil && isBroken(r.before, row.Before):
				were.Add(1)
			default:
				broken.Add(1)
			}
			entries.Add(1)
		}
	})
	var out []review.Assurance
	if outside.Load() == 0 && len(r.files) > 0 {
		out = append(out, review.Assurance{Holds: true, Text: "Nothing changes outside of related lists and context lines."})
	}
	switch {
	case broken.Load() > 0:
		out = append(out, review.Assurance{Text: "Entries of the lists that change point to pages that do not exist: " + review.Number(int(broken.Load())) + "."})
	case were.Load() > 0:
		out = append(out, review.Assurance{Holds: true, Text: "No more entries point to pages that do not exist than did before."})
	case entries.Load() > 0:
		out = append(out, review.Assurance{Holds: true, Text: "Every entry of the lists that change points to a page that exists."})
	}
	return out
}

// isBroken reports whether an entry points to a page of the archive that does not exist.
func isBroken(a *archive.Archive, c *compare.Cell) bool {
	return archive.IsPage(c.Target) && !a.Exists(c.Target)
}
