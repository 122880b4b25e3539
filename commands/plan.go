package commands

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"newsctl/archive/diff"
	"newsctl/archive/encode"
	"newsctl/archive/git"
	"newsctl/archive/plan"
	"newsctl/archive/related"
)

// planOptions say what becomes of the plan of a command that changes pages.
type planOptions struct {
	destinationOptions
	dryRun, stat  bool
	staged        bool // only relink has a flag for it
	maxChanged    int
	planHash, out string
}

// planFlags returns the flags of every command that changes pages. Besides --dry-run
// and --out, answers are flags with which it prints something as JSON.
func (o *planOptions) planFlags(answers ...string) []cli.Flag {
	return append(o.previewFlags(append([]string{"out"}, answers...)...),
		group(planGroup, ruled(&cli.StringFlag{Name: "out", Destination: &o.out, Usage: "save the plan to `FILE` for newsctl apply, and change nothing"}, excludes("dry-run")))...)
}

// planGroup is the heading of the flags of every command that changes pages.
const planGroup = "Preview and plan"

// previewFlags returns those of planFlags without --out.
func (o *planOptions) previewFlags(answers ...string) []cli.Flag {
	return group(planGroup, slices.Concat([]cli.Flag{
		ruled(&cli.BoolFlag{Name: "dry-run", Destination: &o.dryRun, Aliases: []string{"n"}, Usage: "show what would change as a diff, and change nothing; exit with 1 if anything would change"}, exitsWith1("something would change")),
		o.statFlag(),
	}, o.formatFlags([]string{"text", "json", htmlFormat}, requires(append([]string{"dry-run"}, answers...)...)), []cli.Flag{
		&cli.IntFlag{Name: "max-changed", Destination: &o.maxChanged, Value: unlimited, Usage: "refuse to change more than `N` pages"},
		ruled(&cli.StringFlag{Name: "plan-hash", Destination: &o.planHash, Usage: "refuse a plan whose SHA-256 is not `HASH` (shown by --format html)"}, func(r *ruledFlag) { r.check = checkPlanHash }),
	})...)
}

// statFlag is the flag with which a dry run prints one line per page.
func (o *planOptions) statFlag() cli.Flag {
	return ruled(&cli.BoolFlag{Name: "stat", Destination: &o.stat, Usage: "show one line per page instead of the diff"}, requires("dry-run"), excludes("format=json", "format="+htmlFormat))
}

// exitZeroFlag is the flag of commands that scripts run for what they print. It turns
// exit status 1 into 0, by [excused].
func exitZeroFlag(to *bool, usage string, rules ...rule) cli.Flag {
	return ruled(&cli.BoolFlag{Name: "exit-zero", Destination: to, Usage: "exit with 0 even if " + usage}, rules...)
}

// excused returns the error of a command, or nil for findings with --exit-zero.
func excused(err error, exitZero bool) error {
	if exitZero && errors.Is(err, errFindings) {
		return nil
	}
	return err
}

// plannedChange is the plan of a command, and what to say of it.
type plannedChange struct {
	plan *plan.Plan
	root string // of the archive

	// changes says what changes on pages, by path, where the command knows more of it
	// than how many lines.
	changes map[string]string

	// document is what --format json writes.
	document any

	// paths are those of the events that are added.
	paths []string

	// summary says in one line what changes, in the past tense.
	summary string

	// result, if not nil, prints a change that was made.
	result func(out *printer) error

	// reasons, if not nil, explains the related lists that are rebuilt.
	reasons *related.Reasons

	// left is what the command ends with where all else is well: findings that it leaves.
	left error
}

// planner makes the change of a command from an archive.
type planner func(*opened) (*plannedChange, error)

// runPlan makes a plan and shows it, saves it or commits it, as options say. What is
// committed is read under the lock that it is written under.
func (e *env) runPlan(o *planOptions, prepare planner) error {
	if o.dryRun || o.out != "" {
		return e.preview(o, prepare)
	}
	return e.write(o, prepare)
}

// write makes a plan under the lock and commits it.
func (e *env) write(o *planOptions, prepare planner) error {
	return e.locked(func(lock *plan.Lock) error { return e.commit(o, lock, prepare) })
}

func (e *env) commit(o *planOptions, lock *plan.Lock, prepare planner) error {
	p, err := e.propose(o, prepare)
	if err != nil {
		return err
	}
	if p.plan.Len() == 0 {
		e.stderr.printf("nothing to change\n")
		return p.left
	}
	lock.Subject = p.summary
	if err := lock.Commit(p.plan); err != nil {
		return err
	}
	e.stderr.printf("%s\n", p.summary)
	if p.result == nil {
		return p.left
	}
	return p.result(e.stdout)
}

// propose opens the archive and makes a plan.
func (e *env) propose(o *planOptions, prepare planner) (*plannedChange, error) {
	open := e.open
	if o.staged {
		open = e.openStaged
	}
	a, err := open()
	if err != nil {
		return nil, err
	}
	p, err := prepare(a)
	if err == nil {
		p.root = a.root
		err = o.check(p.plan)
	}
	return p, err
}

// preview shows what a command would do, or saves its plan.
func (e *env) preview(o *planOptions, prepare planner) error {
	to, err := e.destinations(&o.destinationOptions)
	if err != nil {
		return err
	}
	return e.answerChange(&changeOptions{staged: o.staged}, func() error {
		p, err := e.propose(o, prepare)
		if err != nil {
			return err
		}
		return e.show(o, p, to)
	})
}

func (e *env) show(o *planOptions, p *plannedChange, to []destination) error {
	var saved bytes.Buffer
	if file := o.out; file != "" {
		if slices.ContainsFunc(to, func(d destination) bool { return d.file == file }) {
			return fmt.Errorf("the plan and a report cannot both go to the one file %s", file)
		}
		if _, err := e.reportTarget(file, p.root); err != nil {
			return fmt.Errorf("--out: %s %w", file, err)
		}
		if _, err := os.Lstat(file); err == nil {
			return errExists(file)
		}
		if err := p.plan.Save(&saved); err != nil {
			return err
		}
	}
	if o.out == "" || len(o.given()) > 0 || o.output != "" {
		err := e.writeAll(e.stdout, to, p.root, func(out *printer, d destination) error { return e.writePlan(o, out, d.format, p) })
		if err != nil {
			return err
		}
	}
	if o.out != "" {
		if err := e.savePlan(o.out, &saved); err != nil {
			return err
		}
	}
	if p.plan.Len() == 0 {
		e.stderr.printf("nothing would change\n")
		return p.left
	}
	if o.out != "" {
		e.stderr.printf("plan: %s\n", p.summary)
		return nil
	}
	e.stderr.printf("dry run: %s\n", p.summary)
	return errFindings
}

// writeStat writes one line per page: its path, and what changes there.
func (p *plannedChange) writeStat(out *printer) error {
	for _, s := range p.plan.Stats() {
		where := cmp.Or(s.Path, s.To)
		what := p.changes[where]
		switch {
		case s.Path == "":
			added, _ := s.Lines()
			what = "created, " + plural(added, "line")
		case s.To == "":
			what = "removed"
		case s.To != s.Path:
			where += " => " + s.To
			what = "moved"
			if more := cmp.Or(p.changes[s.Path], strings.Join(lineCounts(s), ", ")); more != "" {
				what += ", " + more
			}
		case what == "":
			what = strings.Join(lineCounts(s), ", ")
		}
		if err := out.printf("%s: %s\n", where, what); err != nil {
			return err
		}
	}
	return nil
}

// lineCounts says how many lines of a page are added and removed, without zeros.
func lineCounts(s plan.Stat) []string {
	added, removed := s.Lines()
	return counts(counted{added, "line", "added"}, counted{removed, "line", "removed"})
}

// writePlan writes what a plan changes in a format.
func (e *env) writePlan(o *planOptions, out *printer, format string, p *plannedChange) error {
	switch {
	case format == "json":
		return encode.JSON(out.raw, p.document)
	case format == htmlFormat:
		return e.writePlanReview(o.out, out.raw, p)
	case o.stat:
		return p.writeStat(out)
	}
	return e.writeDiff(out, p.root, p.plan)
}

// writeDiff writes what a plan changes in the archive at root as a diff.
func (e *env) writeDiff(out *printer, root string, p *plan.Plan) error {
	style := diff.Style{Color: e.color(out), QuotePaths: git.QuotesPaths(root)}
	return p.Diff(out.forDiff(), git.PrefixOf(root), style)
}

// check returns an error if options do not let a plan be carried out.
func (o *planOptions) check(p *plan.Plan) error {
	if o.planHash != "" {
		hash, err := p.Hash()
		if err != nil {
			return err
		}
		if !strings.HasPrefix(hash, strings.ToLower(o.planHash)) {
			return fmt.Errorf("the plan has the hash %s, which --plan-hash does not allow; nothing was written", hash)
		}
	}
	if p.Len() > o.maxChanged {
		return fmt.Errorf("the plan changes %s, more than --max-changed %d allows; nothing was written", plural(p.Len(), "page"), o.maxChanged)
	}
	return nil
}

// planHash is what --plan-hash takes: a hash, or enough of its start to be unique.
var planHash = regexp.MustCompile(`^[0-9a-fA-F]{12,64}$`)

func checkPlanHash(value string) error {
	if !planHash.MatchString(value) {
		return fmt.Errorf("invalid value %q for --plan-hash: use 12 to 64 hexadecimal digits", value)
	}
	return nil
}

// savePlan writes a plan to a file that must not exist yet. It is written when no page
// is read anymore: in the archive, it changes it.
func (e *env) savePlan(file string, saved *bytes.Buffer) error {
	if err := e.reading.settle(); err != nil {
		return err
	}
	f, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if errors.Is(err, os.ErrExist) {
		return errExists(file)
	}
	if err != nil {
		return err
	}
	_, err = saved.WriteTo(f)
	if err = errors.Join(err, f.Close()); err != nil {
		return errors.Join(err, os.Remove(file))
	}
	e.note(fmt.Sprintf("plan saved to %s; run %q to apply it", file, "newsctl apply "+shellWord(file)))
	return nil
}

func errExists(file string) error {
	return fmt.Errorf("--out: %s already exists; name another file, or remove it", file)
}

// planOnly returns a planned change that says no more than its pages.
func planOnly(p *plan.Plan) *plannedChange {
	return &plannedChange{
		plan: p,
		document: struct {
			Version int      `json:"version"`
			Pages   []string `json:"pages"`
		}{1, p.Paths()},
		summary: plural(p.Len(), "page") + " changed",
	}
}
