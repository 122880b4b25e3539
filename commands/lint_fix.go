package commands

import (
	"slices"

	"github.com/urfave/cli/v2"

	"newsctl/archive/plan"
	"newsctl/lint"
)

// fixOptions are those of lint that go with --fix.
type fixOptions struct {
	fix, dryRun      bool
	exitNonzeroOnFix bool
}

func (o *fixOptions) fixFlags() []cli.Flag {
	return group("Fixes",
		ruled(&cli.BoolFlag{Name: "fix", Destination: &o.fix, Usage: "fix what is safe to fix and report the rest"}, excludes("staged", "since", "merge")),
		ruled(&cli.BoolFlag{Name: "dry-run", Destination: &o.dryRun, Aliases: []string{"n"}, Usage: "print the fixes as a diff and the remaining findings to standard error; change nothing"},
			requires("fix"), excludes(append(otherFormats("text", htmlFormat), "statistics", "write-baseline")...), exitsWith1("something would be fixed")),
		ruled(&cli.BoolFlag{Name: "exit-nonzero-on-fix", Destination: &o.exitNonzeroOnFix, Usage: "exit with 1 if anything was fixed, even if nothing remains"}, requires("fix"), excludes("exit-zero"), exitsWith1("something was fixed")),
	)
}

// otherFormats returns the formats of lint but those named, as values of --format.
func otherFormats(names ...string) []string {
	var out []string
	for _, f := range lintFormats() {
		if !slices.Contains(names, f.Name) {
			out = append(out, "format="+f.Name)
		}
	}
	return out
}

// lintFix fixes what is safe to fix and reports the rest.
func (e *env) lintFix(args []string, o *lintOptions, report *reporter) error {
	if o.dryRun {
		return e.answer(func() error { return e.showFixes(args, o, report) })
	}
	return e.locked(func(lock *plan.Lock) error {
		a, m, only, err := e.planFixes(args, o)
		if err != nil {
			return err
		}
		lock.Subject = plural(len(m.Findings), "finding") + " fixed"
		if err := lock.Commit(m.Plan); err != nil {
			return err
		}
		for _, f := range m.Findings {
			e.stderr.printf("%s:%d:%d: fixed: %s [%s]\n", f.Path, f.Start.Line, f.Start.Column, f.Fixed(), f.Rule)
		}
		rest, err := e.applyBaseline(&o.baselineOptions, a, m.Result, only)
		if err != nil {
			return err
		}
		least, err := report.write(e.stdout, a, m.Archive, rest)
		if err != nil {
			return err
		}
		e.stderr.printf("fixed %s in %s; %s\n", plural(len(m.Findings), "finding"), plural(m.Plan.Len(), "page"), summary(rest, least, ""))
		return e.fixVerdict(o, m, rest, report.failOn)
	})
}

// showFixes shows what fixing would change, and what would remain.
func (e *env) showFixes(args []string, o *lintOptions, report *reporter) error {
	a, m, only, err := e.planFixes(args, o)
	if err != nil {
		return err
	}
	err = e.writeAll(e.stdout, report.reports, a.root, func(out *printer, one destination) error {
		if one.format == htmlFormat {
			return e.writeFixReview(out.raw, a, m)
		}
		return e.writeDiff(out, a.root, m.Plan)
	})
	if err != nil {
		return err
	}
	rest := m.Result
	rest.Findings = m.Remaining
	if rest, err = e.applyBaseline(&o.baselineOptions, a, rest, only); err != nil {
		return err
	}
	onError := *report
	onError.reports = []destination{{}}
	least, err := onError.write(e.stderr, a, a.Archive, rest)
	if err != nil {
		return err
	}
	fixable := "nothing to fix"
	if len(m.Findings) > 0 {
		fixable = plural(len(m.Findings), "finding") + " to fix in " + plural(m.Plan.Len(), "page")
	}
	e.stderr.printf("%s; %s\n", fixable, summary(rest, least, ""))
	return e.fixVerdict(o, m, rest, report.failOn)
}

// planFixes opens the archive and plans to fix the pages that a command line names. It
// returns their paths, or nil for the whole archive.
func (e *env) planFixes(args []string, o *lintOptions) (a *opened, m *lint.FixResult, only []string, err error) {
	if a, err = e.open(); err != nil {
		return nil, nil, nil, err
	}
	if err = o.selectRules(&a.lint); err != nil {
		return nil, nil, nil, err
	}
	if _, err = a.baseline(&o.baselineOptions); err != nil { // before anything is written
		return nil, nil, nil, err
	}
	paths, only, err := e.lintPaths(args, o, a)
	if err == nil {
		a.lint.Whole = only == nil
		m, err = lint.PlanFixes(a.Archive, paths, a.lint)
	}
	return a, m, only, err
}

// fixVerdict returns how a lint that fixes ends: as one without --fix that runs
// after it. A dry run that would change something ends as every dry run does.
func (e *env) fixVerdict(o *lintOptions, m *lint.FixResult, rest lint.Result, failOn lint.Severity) error {
	if err := e.verdict(rest, failOn); err != nil {
		return err
	}
	if len(m.Findings) > 0 && (o.dryRun || o.exitNonzeroOnFix) {
		return errFindings
	}
	return nil
}
