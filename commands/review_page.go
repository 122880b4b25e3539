package commands

import (
	"io"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"

	"newsctl/archive"
	"newsctl/archive/compare"
	"newsctl/archive/diff"
	"newsctl/archive/git"
	"newsctl/archive/plan"
	"newsctl/archive/related"
	"newsctl/commands/review"
	"newsctl/lint"
)

// writePlanReview writes what a plan changes as a review page. Saved is the file that
// the plan is saved to, or empty.
func (e *env) writePlanReview(saved string, w io.Writer, p *plannedChange) error {
	r, err := planReview(p.plan, p.root)
	if err != nil {
		return err
	}
	r.reasons = p.reasons
	r.page.Title = e.running.Command.HelpName[len("newsctl "):]
	r.page.Command = e.commandLine()
	if r.page.Then = e.applying(saved, r.page.Hash); r.page.Then == nil {
		r.page.Hash = "" // which no command takes
	}
	return r.write(w)
}

// applying returns the command lines that carry out the plan of a command, if there are
// some.
func (e *env) applying(saved, hash string) []string {
	const file = "plan.json"
	only := "--plan-hash=" + hash
	c := e.running
	name := strings.TrimPrefix(c.Command.HelpName, "newsctl ")
	l := readCommandLine(c.App, e.args[min(1, len(e.args)):])
	flags := l.typedFlags(func(flag string) bool { return !slices.Contains(shownOnly, flag) })
	in := l.typedFlags(func(flag string) bool { return flag == "archive" })
	switch {
	case findFlag(c.Command.Flags, "plan-hash") == nil:
		return nil
	case name == "apply", findFlag(c.Command.Flags, "out") == nil:
		return []string{typedLine(name, append(flags, only), l.args)}
	case saved != "":
		return []string{typedLine("apply", append(in, only), []string{saved})}
	}
	return []string{
		typedLine(name, append([]string{"--out", file}, flags...), l.args),
		typedLine("apply", append(in, only), []string{file}),
	}
}

// shownOnly are the flags that say what is shown of a plan, or which plan it may be.
var shownOnly = []string{"dry-run", "format", "output", "out", "stat", "plan-hash"}

// typedFlags returns the flags of a command line, with their values, whose full name
// is to be kept.
func (l *commandLine) typedFlags(keep func(name string) bool) []string {
	var out []string
	for i := 0; i < len(l.flags); i++ {
		start, f := i, l.flag(strings.Split(l.flags[i], "=")[0])
		if f == nil {
			continue
		}
		if takesValue(f) && !strings.Contains(l.flags[i], "=") {
			i++
		}
		if keep(f.Names()[0]) {
			out = append(out, l.flags[start:min(i+1, len(l.flags))]...)
		}
	}
	return out
}

// typedLine returns the command line of a command, with its arguments set off where
// one looks like a flag.
func typedLine(name string, flags, args []string) string {
	words := append([]string{"newsctl " + name}, typedWords(flags)...)
	if slices.ContainsFunc(args, func(arg string) bool { return strings.HasPrefix(arg, "-") && arg != "-" }) {
		words = append(words, "--")
	}
	return strings.Join(append(words, typedWords(args)...), " ")
}

// commandLine returns the command line, as it is typed.
func (e *env) commandLine() string {
	return strings.Join(append([]string{"newsctl"}, typedWords(e.args[min(1, len(e.args)):])...), " ")
}

// typedWords returns words as they are typed: quoted where a shell needs it.
func typedWords(words []string) []string {
	out := make([]string, len(words))
	for i, word := range words {
		if out[i] = word; !typedWord.MatchString(word) {
			out[i] = shellWord(word)
		}
	}
	return out
}

// typedWord is a word that nobody puts in quotes.
var typedWord = regexp.MustCompile(`^[A-Za-z0-9_./:,=@-]+$`)

// writeFixReview writes what fixing findings changes as a review page, with the
// findings at the pages that they are in.
func (e *env) writeFixReview(w io.Writer, a *opened, m *lint.FixResult) error {
	r, err := planReview(m.Plan, a.root)
	if err != nil {
		return err
	}
	r.page.Title, r.page.Command = "lint --fix", e.commandLine()
	r.page.Hash = "" // which lint does not take
	r.fixed = map[string][]review.Note{}
	for _, f := range m.Findings {
		r.fixed[f.Path] = append(r.fixed[f.Path], findingNote(f))
	}
	return r.write(w)
}

// writeDiffReview writes how two versions differ as a review page.
func (e *env) writeDiffReview(w io.Writer, d *difference) error {
	r := &reviewer{comparison: d.Comparison, before: d.before, after: d.after, files: d.Changes, page: &review.Page{Title: "diff", Command: e.commandLine()}, verb: "changed", nothing: "Nothing differs"}
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
	r := &reviewer{before: changes.Archive, after: p.After(), page: &review.Page{Hash: hash}, verb: "would change", nothing: "Nothing would change"}
	for _, c := range changes.All {
		one := git.Change{From: c.Path, To: c.End()}
		if c.From.IsNone() {
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
	if len(r.files) > 0 {
		r.page.Assurances = append([]review.Assurance{{Holds: true, Text: "No context is lost (checked against the new text of every page)."}}, r.assurances()...)
	}
	return r, nil
}

// reviewer makes a review page of pages that change.
type reviewer struct {
	page          *review.Page
	verb, nothing string // what pages did, and what is said if none did
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
	if p.Summary = r.nothing; len(p.Items) > 0 {
		p.Summary = review.Counted(len(p.Items), "page", "pages") + " " + r.verb
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
		out = append(out, review.Assurance{Text: review.Counted(int(broken.Load()), "new broken entry: it points to a page that does not exist.", "new broken entries: they point to pages that do not exist.")})
	case were.Load() > 0:
		out = append(out, review.Assurance{Holds: true, Text: "No new broken entries."})
	case entries.Load() > 0:
		out = append(out, review.Assurance{Holds: true, Text: "Every entry in the changed lists points to an existing page."})
	}
	return out
}

// isBroken reports whether an entry points to a page of the archive that does not exist.
func isBroken(a *archive.Archive, c *compare.Cell) bool {
	return archive.IsPage(c.Target) && !a.Exists(c.Target)
}
