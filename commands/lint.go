package commands

import (
	"fmt"
	"slices"

	"github.com/urfave/cli/v2"

	"newsctl/lint"
)

func lintCommand(e *env) *cli.Command {
	return &cli.Command{
		Name:      "lint",
		Usage:     "find what is wrong in the archive",
		ArgsUsage: "[PATH...]",
		Description: `Judges the pages at PATH, a page, a folder or a day (2018-03-14), or else the
whole archive. With paths, only those pages and what they name are read.

With --staged, --since or --merge, judges a change: the pages that change, as
they will be, and those that do not, but that the change breaks, since they link
to what was renamed, removed or reworded, or stand beside it. What was wrong
before is not reported again. PATH then says whose findings are of interest.

With --fix, mends what can be mended in one way only, all of it or nothing, and
tells of each finding on standard error. An event is listed on its day only if
nothing hints at an older wording of another. No context is forgotten: where one
was recorded only on an entry that goes, the event's page declares its contexts.

Examples:
   newsctl lint                                  the whole archive
   newsctl lint news/2018/03/14                  one day
   newsctl lint --rule related-broken            one rule
   newsctl lint --staged                         the commit that is about to be made
   newsctl lint --since origin/main              what this branch changes
   newsctl lint --merge topic                    whether two clean branches stay so, merged
   newsctl lint --format json > findings.json    for machines
   newsctl lint --baseline known.jsonl           only what is new since --write-baseline
   newsctl lint --fix --dry-run                  what can be mended, as a diff
   newsctl lint --fix                            mend it, and report the rest
   newsctl explain related-broken                why a rule matters`,
		Flags: append([]cli.Flag{
			choice("format", "text", "output `FORMAT`", []string{"text", "json", "sarif", "github", "junit"}),
			&cli.StringSliceFlag{Name: "rule", Usage: "apply only the `RULE` (may be repeated)"},
			&cli.StringSliceFlag{Name: "disable", Usage: "do not apply the `RULE` (may be repeated)"},
			choice("fail-on", "warning", "exit with 1 on findings of this `SEVERITY` or a higher one", []string{"info", "warning", "error"}),
			&cli.BoolFlag{Name: "no-cache", Usage: "check every page again, and keep nothing for the next run"},
			ruled(&cli.BoolFlag{Name: "exit-zero", Usage: "exit with 0 whatever is found"}, excludes("fail-on")),
			ruled(&cli.BoolFlag{Name: "statistics", Usage: "count the findings of each rule"}, excludes("format=sarif", "format=github", "format=junit")),
		}, slices.Concat(changeFlags(), baselineFlags(), fixFlags())...),
		Action: e.lint,
	}
}

func (e *env) lint(c *cli.Context) error {
	report := e.reporter(c)
	failOn, err := lint.ParseSeverity(c.String("fail-on"))
	if err != nil {
		return err
	}
	if c.Bool("fix") {
		return e.lintFix(c, report, failOn)
	}
	return e.answer(c, func() error { return e.check(c, report, failOn) })
}

// check reports what is wrong, in the archive or in a change.
func (e *env) check(c *cli.Context, report reporter, failOn lint.Severity) error {
	judge := e.judge
	if ofChange(c) {
		judge = e.judgeChange
	}
	j, err := judge(c)
	if err != nil {
		return err
	}
	if j.result, err = e.setAside(c, j.archive, j.result, j.only); err != nil {
		return err
	}
	if err := report(e.stdout, j.archive.root, j.archive.Archive, j.result); err != nil {
		return err
	}
	e.stderr.printf("%s\n", j.summary())
	if j.cache != nil {
		_ = j.cache.Save() // or else the next run has more to do
	}
	return e.verdict(j.result, failOn, c.Bool("exit-zero"))
}

// outcome is an archive with what lint found in it.
type outcome struct {
	archive *opened
	result  lint.Result
	only    []string // the pages that the command line names, or nil for all
	fresh   string   // "new " if findings from before are left out
	empty   bool     // nothing is staged
	cache   *lint.Cache
}

func (j *outcome) summary() string {
	if j.empty {
		return "0 pages staged in this archive"
	}
	return summary(j.result, j.fresh)
}

// judge checks the pages that a command line names.
func (e *env) judge(c *cli.Context) (*outcome, error) {
	a, err := e.open(c)
	if err != nil {
		return nil, err
	}
	if err = selectRules(c, &a.lint); err != nil {
		return nil, err
	}
	a.Renamed = nil // git takes long to answer, and whether a link is broken does not depend on it
	only, err := e.only(c, a)
	if err != nil {
		return nil, err
	}
	if only != nil {
		return &outcome{archive: a, result: lint.Run(a.Archive, only, a.lint), only: only}, nil
	}
	paths, err := e.list(a)
	if err != nil {
		return nil, err
	}
	cache := e.lintCache(c, a)
	return &outcome{archive: a, result: cache.Run(a.Archive, paths, a.lint), cache: cache}, nil
}

// lintPaths returns the paths of the pages to judge, and of those that a command
// line names, or nil for the whole archive.
func (e *env) lintPaths(c *cli.Context, a *opened) (paths, only []string, err error) {
	if only, err = e.only(c, a); err != nil || only != nil {
		return only, only, err
	}
	paths, err = e.load(a)
	return paths, nil, err
}

// selectRules puts the rules that a command line names into a configuration.
func selectRules(c *cli.Context, config *lint.Config) error {
	for _, flag := range []string{"rule", "disable"} {
		for _, name := range c.StringSlice(flag) {
			if _, err := findRule(name); err != nil {
				return fmt.Errorf("--%s: %w", flag, err)
			}
		}
	}
	disabled := c.StringSlice("disable")
	for _, name := range c.StringSlice("rule") {
		if slices.Contains(disabled, name) {
			return fmt.Errorf("%s is both asked for by --rule and switched off by --disable", name)
		}
	}
	config.Only = c.StringSlice("rule")
	for _, name := range disabled {
		if config.Severity == nil {
			config.Severity = map[string]lint.Severity{}
		}
		config.Severity[name] = lint.Off
	}
	return nil
}

// summary says in one line what was found. Fresh is "new " if no more than what
// is new is reported, and else empty.
func summary(r lint.Result, fresh string) string {
	judged := fmt.Sprintf("in %s", plural(r.Pages, "page"))
	if r.SetAside > 0 {
		judged += fmt.Sprintf("; %d known, set aside", r.SetAside)
	}
	if len(r.Findings) == 0 {
		return "no " + fresh + "findings " + judged
	}
	return fmt.Sprintf("%s, %s, %s %s",
		plural(r.Count(lint.Error), fresh+"error"), plural(r.Count(lint.Warning), fresh+"warning"), plural(r.Count(lint.Info), fresh+"info"), judged)
}

// verdict returns how a lint ends: what could not be read weighs more than what
// was found.
func (e *env) verdict(r lint.Result, failOn lint.Severity, exitZero bool) error {
	if n := len(r.Errors); n > 0 {
		for _, err := range r.Errors[:n-1] {
			e.note(err.Error())
		}
		return r.Errors[n-1]
	}
	if exitZero {
		return nil
	}
	for _, f := range r.Findings {
		if f.Severity >= failOn {
			return errFindings
		}
	}
	return nil
}
