package lint

import (
	"slices"
	"sync/atomic"

	"newsctl/archive"
	"newsctl/archive/sorted"
)

// Result is what a run found.
type Result struct {
	Findings []Finding // by path, place and rule
	Pages    int       // pages checked, copies and unreadable ones among them
	Events   int       // event pages among them
	Rules    []*Rule   // the rules applied, in their order

	// Preexisting are the keys of findings that a change is not reported for: they were
	// there before it.
	Preexisting []Key

	// Baselined is how many findings were omitted because a baseline knows them.
	Baselined int

	// Errors are those met when reading pages and directories.
	Errors []error
}

// Count returns the number of findings of a severity.
func (r Result) Count(s Severity) int {
	n := 0
	for _, f := range r.Findings {
		if f.Severity == s {
			n++
		}
	}
	return n
}

// Fixable returns the number of findings that have a fix.
func (r Result) Fixable() int {
	n := 0
	for _, f := range r.Findings {
		if f.Fix != nil {
			n++
		}
	}
	return n
}

// Run applies the rules to the pages at paths, with all cores. Pages that the
// archive has not loaded are read as they are needed.
func Run(a *archive.Archive, paths []string, config Config) Result {
	whole := newLinter(a, config, Rules())
	by := make(map[string]*linter, len(paths))
	for _, p := range paths {
		by[p] = whole
	}
	result := run(a, by, nil)
	result.finish(whole)
	return result
}

// finish completes a result with what the pages do not say one by one.
func (r *Result) finish(l *linter) {
	r.Rules = l.config.applied()
	for _, rule := range r.Rules {
		if rule.Join != nil {
			r.join(rule)
		}
	}
	if slices.Contains(r.Rules, &sourceDead) {
		_, err := l.archive.DeadSources()
		r.Errors = append(r.Errors, unjoin(err)...)
	}
}

// join makes findings of what a rule reported on all pages.
func (r *Result) join(rule *Rule) {
	var reported []Finding
	others := r.Findings[:0]
	for _, f := range r.Findings {
		if f.Rule == rule.Name {
			reported = append(reported, f)
		} else {
			others = append(others, f)
		}
	}
	if r.Findings = others; len(reported) > 0 {
		r.Findings = append(others, rule.Join(reported)...)
		slices.SortFunc(r.Findings, compare)
	}
}

// unjoin returns the errors that errors.Join made one of.
func unjoin(err error) []error {
	if list, ok := err.(interface{ Unwrap() []error }); ok {
		return list.Unwrap()
	}
	if err != nil {
		return []error{err}
	}
	return nil
}

// run checks pages, each by its linter. Pages of which facts show that nothing is found
// on them are not read. It calls reported, if not nil, with each page that has findings.
func run(a *archive.Archive, by map[string]*linter, reported func(*archive.Page)) Result {
	paths := sorted.Keys(by)
	found := make([][]Finding, len(paths))
	var events atomic.Int64
	archive.Parallel(len(paths), func(i int) {
		if by[paths[i]].isClean(paths[i]) {
			events.Add(1)
			return
		}
		p := a.ReadOnce(paths[i])
		if p == nil || p.Err != nil {
			return
		}
		if p.Kind == archive.EventPage {
			events.Add(1)
		}
		if found[i] = by[paths[i]].page(p); len(found[i]) > 0 && reported != nil {
			reported(p)
		}
	})
	result := Result{Pages: len(paths), Events: int(events.Load()), Errors: a.Errors()}
	result.Findings = slices.Concat(found...)
	slices.SortFunc(result.Findings, compare)
	return result
}

// linter is the rules that pages are checked against.
type linter struct {
	archive   *archive.Archive
	config    Config
	candidate []*Rule             // of which the configuration applies some
	rules     []*Rule             // applied, unless the page has its own configuration
	severity  map[string]Severity // of the rules applied
	early     bool                // the facts of other pages are not known: some rules wait

	// targets, if not nil, are the files that links are checked against.
	targets targets

	// instead, if not nil, returns the linter that checks a page in its place, or nil.
	instead func(*archive.Page) *linter
}

// newLinter returns a linter of those of the rules that are applied.
func newLinter(a *archive.Archive, config Config, rules []*Rule) *linter {
	l := &linter{archive: a, config: config, severity: map[string]Severity{}}
	l.add(rules)
	return l
}

// over returns a linter of the same rules over a view of the archive.
func (l *linter) over(view *archive.Archive) *linter {
	out := *l
	out.archive = view
	return &out
}

// at returns the linter of the page at a path, by the configuration that holds for
// it.
func (l *linter) at(p string) *linter {
	config, own := l.config.at(p)
	if !own {
		return l
	}
	out := newLinter(l.archive, config, l.candidate)
	out.targets, out.early = l.targets, l.early
	return out
}

// add adds those of the rules that are applied.
func (l *linter) add(rules []*Rule) {
	l.candidate = append(l.candidate, rules...)
	for _, r := range rules {
		_, has := l.severity[r.Name]
		if s := l.config.severity(r); s != Off && !has {
			l.rules = append(l.rules, r)
			l.severity[r.Name] = s
		}
	}
}

// isClean reports whether the facts of the event page at a path are known, and show that
// nothing is found on it.
func (l *linter) isClean(p string) bool {
	kind, _ := archive.Classify(p)
	rules := l.at(p).rules
	if kind != archive.EventPage || slices.ContainsFunc(rules, func(r *Rule) bool { return r.Clean == nil && r.checks(kind) }) {
		return false
	}
	f := l.archive.KnownFacts(p)
	return f != nil && !f.Suppresses && !slices.ContainsFunc(rules, func(r *Rule) bool { return r.checks(kind) && !r.Clean(l.archive, f) })
}

// page returns the findings on a page, less those it suppresses. On a page with a
// merge conflict there are no others: what they would say is not certain.
func (l *linter) page(p *archive.Page) []Finding {
	if l.instead != nil {
		if other := l.instead(p); other != nil {
			return other.page(p)
		}
	}
	l = l.at(p.Path)
	if _, on := l.severity[mergeConflict.Name]; on && len(p.Conflicts) > 0 {
		other := func(f Finding) bool { return f.Rule != mergeConflict.Name }
		if found := slices.DeleteFunc(l.apply([]*Rule{&mergeConflict}, p), other); len(found) > 0 {
			return found
		}
	}
	return l.apply(l.rules, p)
}

// apply returns what rules find on a page, less what it suppresses.
func (l *linter) apply(rules []*Rule, p *archive.Page) []Finding {
	pass := &Pass{Archive: l.archive, Page: p, targets: l.targets}
	for _, r := range rules {
		if r.Check != nil && r.appliesTo(p) && !(l.early && r.waits()) {
			pass.rule, pass.severity = r, l.severity[r.Name]
			r.Check(pass)
		}
	}
	return l.suppress(pass)
}
