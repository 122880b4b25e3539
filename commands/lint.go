package commands

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"newsctl/lint"
)

type lintOptions struct {
	rules, disabled cli.StringSlice
	failOn          string
	exitZero        bool
	reportOptions
	changeOptions
	filterOptions
	baselineOptions
	fixOptions

	showsFixes bool // a report shows the edits of fixes
}

func lintCommand(e *env) *cli.Command {
	var o lintOptions
	return &cli.Command{
		Name:      "lint",
		Usage:     "check the pages of an archive",
		ArgsUsage: "[PATH...]",
		Description: `Checks the pages at PATH (a page, a directory, or a day such as 2018-03-14), or the
whole archive. With PATH, reads only those pages and the pages they refer to. With
filters such as --context, checks only the pages of the selected events.

With --staged, --since or --merge, checks a change: the pages it changes, and
unchanged pages it breaks, such as those that link to a renamed page. Findings that
existed before the change are not reported. With PATH, only findings in those pages
are reported.

With --fix, fixes what is safe to fix, all or nothing, and reports the rest. An
unlisted event is added to its day page unless it looks like a previous version of
another event. Contexts are preserved: if a removed entry was the only record of a
context, that context is written to the event page.

Examples:
   newsctl lint                                  check the whole archive
   newsctl lint news/2018/03/14                  check one day
   newsctl lint 2018-03 --context Ferry          check the selected events
   newsctl lint --rule related-broken            apply one rule
   newsctl lint --staged                         check the next commit
   newsctl lint --since origin/main              check what this branch changes
   newsctl lint --merge topic                    check the result of merging a branch
   newsctl lint --format json > findings.json    print JSON
   newsctl lint --format html:findings.html      write a page for a browser
   newsctl lint --baseline known.jsonl           report only new findings
   newsctl lint --fix --dry-run                  show fixes as a diff
   newsctl lint --fix                            fix what is safe
   newsctl explain related-broken                explain a rule

Exit status:
   1  findings of the --fail-on severity or higher`,
		Flags: append([]cli.Flag{
			repeatable(&o.rules, "rule", "apply only `RULE`, or the rules of a family such as related (repeatable, or separated by commas)"),
			repeatable(&o.disabled, "disable", "do not apply `RULE` or family (repeatable, or separated by commas)"),
			choice(&o.failOn, "fail-on", "warning", "exit with 1 on findings of `SEVERITY` or higher", severities()),
			exitZeroFlag(&o.exitZero, "there are findings", excludes("fail-on")),
		}, slices.Concat(o.reportFlags(), o.changeFlags(), o.filterFlags(), o.baselineFlags(), o.fixFlags())...),
		Action: func(c *cli.Context) error {
			err := excused(e.lint(c.Args().Slice(), &o), o.exitZero)
			if o.staged {
				e.hintBlocked(err, "newsctl lint --fix fixes what is safe to fix")
			}
			return err
		},
	}
}

func (e *env) lint(args []string, o *lintOptions) error {
	report, err := e.reporter(o)
	if err != nil {
		return err
	}
	o.showsFixes = report.showsFixes()
	if o.fix {
		return e.lintFix(args, o, report)
	}
	return e.answerChange(&o.changeOptions, func() error { return e.check(args, o, report) })
}

// check reports what is wrong, in the archive or in a change.
func (e *env) check(args []string, o *lintOptions, report *reporter) error {
	run := e.checkPages
	if o.isChange() {
		run = e.checkChange
	}
	j, err := run(args, o)
	if err != nil {
		return err
	}
	if j.result, err = e.applyBaseline(&o.baselineOptions, j.archive, j.result, j.only); err != nil {
		return err
	}
	least, err := report.write(e.stdout, j.archive, j.archive.Archive, j.result)
	if err != nil {
		return err
	}
	e.stderr.printf("%s\n", j.summary(least))
	if j.cache != nil {
		_ = j.cache.Save() // or else the next run has more to do
	}
	return e.verdict(j.result, report.failOn)
}

// outcome is an archive with what lint found in it.
type outcome struct {
	archive *opened
	result  lint.Result
	only    []string // the pages that the command line names, or nil for all
	fresh   string   // "new " if findings from before are not reported
	empty   bool     // nothing is staged
	cache   *lint.Cache
}

func (j *outcome) summary(least lint.Severity) string {
	if j.empty {
		return "0 pages staged in this archive"
	}
	return summary(j.result, least, j.fresh)
}

// checkPages runs the rules over the pages that a command line names.
func (e *env) checkPages(args []string, o *lintOptions) (*outcome, error) {
	a, err := e.open()
	if err != nil {
		return nil, err
	}
	if err = o.selectRules(&a.lint); err != nil {
		return nil, err
	}
	a.History = nil // git takes long to answer, and whether a link is broken does not depend on it
	only, err := e.only(a, args, &o.filterOptions)
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
	cache := e.lintCache(a, o)
	return &outcome{archive: a, result: cache.Run(a.Archive, paths, a.lint), cache: cache}, nil
}

// lintPaths returns the paths of the pages to check, and of those that a command
// line names, or nil for the whole archive.
func (e *env) lintPaths(args []string, o *lintOptions, a *opened) (paths, only []string, err error) {
	if only, err = e.only(a, args, &o.filterOptions); err != nil || only != nil {
		return only, only, err
	}
	paths, err = e.load(a)
	return paths, nil, err
}

// selectRules puts the rules that options name into a configuration. A rule outweighs a
// family: --rule related --disable related-order applies the others.
func (o *lintOptions) selectRules(config *lint.Config) error {
	only, err := namedRules("--rule", o.rules.Value())
	if err != nil {
		return err
	}
	disabled, err := namedRules("--disable", o.disabled.Value())
	if err != nil {
		return err
	}
	for _, r := range lint.Rules() {
		switch a, b := only[r.Name], disabled[r.Name]; {
		case a > 0 && a == b:
			return fmt.Errorf("--rule and --disable cannot both name %s", r.Name)
		case a > b:
			config.Only = append(config.Only, r.Name)
		case b > a:
			config.Disabled = append(config.Disabled, r.Name)
		}
	}
	if len(only) > 0 && len(config.Only) == 0 {
		return errors.New("--disable leaves none of the rules that --rule names")
	}
	return nil
}

// namedRules returns the rules that names stand for: 2 for one that is named itself,
// and 1 for one whose family is.
func namedRules(flag string, names []string) (map[string]int, error) {
	out := map[string]int{}
	for _, name := range splitCommas(names) {
		rules, err := findRules(name)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", flag, err)
		}
		for _, r := range rules {
			if r.Name == name {
				out[r.Name] = 2
			} else {
				out[r.Name] = max(out[r.Name], 1)
			}
		}
	}
	return out, nil
}

// splitCommas returns the words of values that may hold several, with commas between
// them.
func splitCommas(values []string) []string {
	var out []string
	for _, value := range values {
		for _, word := range strings.Split(value, ",") {
			out = append(out, strings.TrimSpace(word))
		}
	}
	return out
}

// summary says in one line what was found, and what to do next. Findings below
// least are not shown. Fresh is "new " if only new findings are reported, and empty
// otherwise.
func summary(r lint.Result, least lint.Severity, fresh string) string {
	var shown, hidden []string
	shownCount, lowest := 0, lint.Off
	for s := lint.Error; s > lint.Off; s-- {
		switch n := r.Count(s); {
		case n == 0:
		case s >= least:
			shown = append(shown, plural(n, s.String()))
			shownCount += n
		default:
			hidden = append(hidden, plural(n, s.String()))
			lowest = s
		}
	}
	more := ""
	if len(hidden) > 0 {
		more += fmt.Sprintf("; %s hidden (--severity %s)", strings.Join(hidden, " and "), lowest)
	}
	if r.Baselined > 0 {
		more += fmt.Sprintf("; %d baselined", r.Baselined)
	}
	if n := r.Fixable(); n > 0 {
		more += fmt.Sprintf("; %d fixable with --fix", n)
	}
	pages := plural(r.Pages, "page") + more
	if len(shown) == 0 {
		return fmt.Sprintf("no %sfindings in %s", fresh, pages)
	}
	return fmt.Sprintf("%s (%s) in %s", plural(shownCount, fresh+"finding"), strings.Join(shown, ", "), pages)
}

// verdict returns how a lint ends: what could not be read weighs more than what
// was found.
func (e *env) verdict(r lint.Result, failOn lint.Severity) error {
	if n := len(r.Errors); n > 0 {
		for _, err := range r.Errors[:n-1] {
			e.explain("error: ", err)
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
