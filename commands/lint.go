package commands

import (
	"fmt"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"newsctl/lint"
)

func lintCommand(e *env) *cli.Command {
	return &cli.Command{
		Name:      "lint",
		Usage:     "check the pages of an archive",
		ArgsUsage: "[PATH...]",
		Description: `Checks the pages at PATH (a page, a directory, or a day: 2018-03-14), or
the whole archive. With PATH, only those pages and the pages they refer to are
read. With filters such as --context, only the pages of the selected events are
checked.

With --staged, --since or --merge, checks a change: the pages that it changes,
and unchanged pages that it breaks because they link to a page that was renamed,
removed or reworded, or belong to the same days. Findings that were there before
the change are not reported. With PATH, only findings in those pages are
reported.

With --fix, fixes what is safe to fix and reports the rest, all or nothing. An
unlisted event is added to its day page unless it looks like a previous version
of another event. Contexts are preserved: if a removed entry was the only record
of a context, it is written to the event page.

Examples:
   newsctl lint                                  check the whole archive
   newsctl lint news/2018/03/14                  check one day
   newsctl lint 2018-03 --context Ferry          check the selected events
   newsctl lint --rule related-broken            apply one rule
   newsctl lint --staged                         check the next commit
   newsctl lint --since origin/main              check what this branch changes
   newsctl lint --merge topic                    check a branch as merged
   newsctl lint --format json > findings.json    print JSON
   newsctl lint --baseline known.jsonl           report only new findings
   newsctl lint --fix --dry-run                  show fixes as a diff
   newsctl lint --fix                            fix what is safe
   newsctl explain related-broken                explain a rule`,
		Flags: append([]cli.Flag{
			choice("format", "text", "output `FORMAT`", []string{"text", "json", "sarif", "github", "junit"}),
			&cli.StringSliceFlag{Name: "rule", Usage: "apply only this `RULE` (repeatable)"},
			&cli.StringSliceFlag{Name: "disable", Usage: "do not apply this `RULE` (repeatable)"},
			choice("fail-on", "warning", "exit with 1 on findings of this `SEVERITY` or a higher one", []string{"info", "warning", "error"}),
			&cli.BoolFlag{Name: "no-cache", Usage: "check every page, and neither read nor write the cache"},
			exitZero("there are findings", excludes("fail-on")),
			ruled(&cli.BoolFlag{Name: "statistics", Usage: "count the findings of each rule"}, excludes("format=sarif", "format=github", "format=junit")),
		}, slices.Concat(changeFlags(), filterFlags(), baselineFlags(), fixFlags())...),
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
	run := e.checkPages
	if ofChange(c) {
		run = e.judgeChange
	}
	j, err := run(c)
	if err != nil {
		return err
	}
	if j.result, err = e.applyBaseline(c, j.archive, j.result, j.only); err != nil {
		return err
	}
	if err := report(e.stdout, j.archive.root, j.archive.Archive, j.result); err != nil {
		return err
	}
	e.stderr.printf("%s\n", j.summary())
	if j.cache != nil {
		_ = j.cache.Save() // or else the next run has more to do
	}
	return e.verdict(j.result, failOn)
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

// checkPages runs the rules over the pages that a command line names.
func (e *env) checkPages(c *cli.Context) (*outcome, error) {
	a, err := e.open(c)
	if err != nil {
		return nil, err
	}
	if err = selectRules(c, &a.lint); err != nil {
		return nil, err
	}
	a.History = nil // git takes long to answer, and whether a link is broken does not depend on it
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
	a.lint.Whole = true
	cache := e.lintCache(c, a)
	return &outcome{archive: a, result: cache.Run(a.Archive, paths, a.lint), cache: cache}, nil
}

// lintPaths returns the paths of the pages to check, and of those that a command
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
			return fmt.Errorf("--rule %s cannot be combined with --disable of the same rule", name)
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

// summary says in one line what was found, and what to do next. Fresh is "new " if
// only new findings are reported, and empty otherwise.
func summary(r lint.Result, fresh string) string {
	known := ""
	if r.Baselined > 0 {
		known = fmt.Sprintf("; %d baselined", r.Baselined)
	}
	if len(r.Findings) == 0 {
		return fmt.Sprintf("no %sfindings in %s%s", fresh, plural(r.Pages, "page"), known)
	}
	var counts []string
	for _, s := range []lint.Severity{lint.Error, lint.Warning, lint.Info} {
		if n := r.Count(s); n > 0 {
			counts = append(counts, plural(n, s.String()))
		}
	}
	if n := r.Fixable(); n > 0 {
		known += fmt.Sprintf("; %d fixable with --fix", n)
	}
	return fmt.Sprintf("%s (%s) in %s%s", plural(len(r.Findings), fresh+"finding"), strings.Join(counts, ", "), plural(r.Pages, "page"), known)
}

// verdict returns how a lint ends: what could not be read weighs more than what
// was found.
func (e *env) verdict(r lint.Result, failOn lint.Severity) error {
	if n := len(r.Errors); n > 0 {
		for _, err := range r.Errors[:n-1] {
			e.note(err.Error())
		}
		return r.Errors[n-1]
	}
	for _, f := range r.Findings {
		if f.Severity >= failOn {
			return errFindings
		}
	}
	return nil
}
