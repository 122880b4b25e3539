package lint

import (
	"slices"
	"sync"

	"newsctl/archive"
	"newsctl/archive/page"
)

// Change is an archive before and after some of its files changed. Its Run checks
// the pages that changed and, of those that did not, the ones that the change
// may have broken, by the rules that see more than the page they check.
//
// Links to a page that came are not looked for: it breaks none of them. A style
// of names that only the new last days show (slug-mismatch) is not applied to
// pages that did not change.
type Change struct {
	Before, After Version

	// Files are the files that changed.
	Files []ChangedFile

	// Reconfigured says that Before and After differ in their configuration:
	// all pages are checked.
	Reconfigured bool

	// Asked are pages after the change that are checked as a whole, whether it
	// concerns them or not: all their findings are reported.
	Asked []string

	suppressing sync.Map // the paths of pages that suppress rules, of those checked by some rules only
}

// manyPages is how many pages a change concerns at least for which the facts of all
// pages are loaded, where an earlier run kept them. That takes less time than to read
// those beside so many.
const manyPages = 32

// Version is an archive with the configuration that holds for it.
type Version struct {
	*archive.Archive
	Config Config
}

// ChangedFile is the path of a file before and after a change. One that was
// added has no From, one that was removed no To.
type ChangedFile struct{ From, To string }

// Run checks the pages that changed and those that the change may have broken.
// It reports the findings that are new: that the page, whatever its name was,
// did not have before. With all, what the changed pages had before is reported
// too.
func (c *Change) Run(all bool) Result {
	if len(c.Files) >= manyPages {
		c.After.Recall()
	}
	by := c.linters()
	now, was := &headlines{}, &headlines{}
	result := run(c.After.Archive, by, now.add)
	result.Rules = c.After.Config.applied()
	if len(result.Findings) == 0 {
		return result
	}
	if len(result.Findings) >= manyPages {
		c.Before.Recall()
	}
	before := run(c.Before.Archive, c.lintersBefore(result.Findings, by), was.add)
	result.Errors = append(result.Errors, before.Errors...)
	known := c.known(was.keys(before.Findings), now.keys(result.Findings))
	changed := map[string]bool{}
	for _, f := range c.Files {
		changed[f.To] = true
	}
	asked := map[string]bool{}
	for _, p := range c.Asked {
		asked[p] = true
	}
	fresh := result.Findings[:0]
	for i, f := range result.Findings {
		if !known[i] || all && changed[f.Path] || asked[f.Path] {
			fresh = append(fresh, f)
		} else {
			result.Preexisting = append(result.Preexisting, f.Key())
		}
	}
	result.Findings = fresh
	return result
}

// linters returns the linter of each page that changed or may be broken.
func (c *Change) linters() map[string]*linter {
	out := map[string]*linter{}
	whole := newLinter(c.After.Archive, c.After.Config, Rules())
	if c.Reconfigured {
		for _, p := range c.After.Paths(".") {
			out[p] = whole
		}
		return out
	}
	effects := c.effects()
	neighbors := rulesThatSee(seesNeighbors)
	beside := newLinter(c.After.Archive, c.After.Config, neighbors)
	lost, rules := lostTo(effects)
	if len(lost) > 0 {
		c.After.RecallAll() // as who links to these does, which is asked below
	}
	for p := range c.beside(effects) {
		out[p] = beside
	}
	links := newLinter(c.After.Archive, c.After.Config, rules)
	both := newLinter(c.After.Archive, c.After.Config, slices.Concat(rules, neighbors))
	links.targets, both.targets = lost, lost
	for _, p := range c.linking(lost) {
		if out[p] != nil {
			out[p] = both
		} else {
			out[p] = links
		}
	}
	for _, l := range []*linter{beside, links, both} {
		l.instead = func(p *archive.Page) *linter { return c.ifSuppressing(p, whole) }
	}
	for _, f := range c.Files {
		if c.After.holds(f.To) {
			out[f.To] = whole
		}
	}
	for _, p := range c.Asked {
		out[p] = whole
	}
	return out
}

// ifSuppressing returns the linter of all rules for a page that suppresses some, and
// else nil. What a page suppresses takes all its findings to know.
func (c *Change) ifSuppressing(p *archive.Page, whole *linter) *linter {
	if len(suppressionsOf(p)) == 0 {
		return nil
	}
	c.suppressing.Store(p.Path, true)
	return whole
}

// lintersBefore returns the linter of each page with findings as it was before, with
// the rules that found something.
func (c *Change) lintersBefore(findings []Finding, after map[string]*linter) map[string]*linter {
	from := map[string]string{}
	for _, f := range c.Files {
		from[f.To] = f.From
	}
	out := map[string]*linter{}
	for _, f := range findings {
		p, changed := from[f.Path]
		if !changed {
			p = f.Path
		}
		if !c.Before.holds(p) {
			continue
		}
		if out[p] == nil {
			out[p] = newLinter(c.Before.Archive, c.Before.Config, nil)
			if _, suppresses := c.suppressing.Load(f.Path); !suppresses {
				out[p].targets = after[f.Path].targets
			}
		}
		if rule := Lookup(f.Rule); rule == &ignoreUnused {
			out[p].add(Rules())
		} else {
			out[p].add([]*Rule{rule})
		}
	}
	return out
}

// holds reports whether a version has a page at a path.
func (v Version) holds(p string) bool {
	_, there := v.TypeOf(p)
	return there && archive.IsPage(p) && v.Holds(p)
}

// known reports for each finding after the change whether it was there before:
// one of the same key and message, or else one of the same key. Each finding
// from before stands for one.
func (c *Change) known(before, after []exactKey) []bool {
	to := map[string]string{}
	for _, f := range c.Files {
		if f.From != "" && f.To != "" {
			to[f.From] = f.To
		}
	}
	left, alike := map[Key]int{}, map[exactKey]int{}
	for _, k := range before {
		if p, ok := to[k.Path]; ok {
			k.Path = p
		}
		left[k.Key]++
		alike[k]++
	}
	out := make([]bool, len(after))
	for i, k := range after {
		if out[i] = alike[k] > 0; out[i] {
			alike[k]--
			left[k.Key]--
		}
	}
	for i, k := range after {
		if !out[i] && left[k.Key] > 0 {
			out[i] = true
			left[k.Key]--
		}
	}
	return out
}

// exactKey is the key of a finding with its message.
type exactKey struct {
	Key
	message string
}

// headlines are the spans of the headlines of pages with findings, by their paths.
type headlines struct{ spans sync.Map }

func (h *headlines) add(p *archive.Page) {
	if e := p.Event; e != nil && len(e.Headlines) > 0 {
		h.spans.Store(p.Path, e.Headlines[0].Text)
	}
}

// keys returns the keys of findings on these pages. One that is on a headline is about
// the event as a whole, or of a word in it, and stays when the headline is reworded.
func (h *headlines) keys(findings []Finding) []exactKey {
	out := make([]exactKey, len(findings))
	for i, f := range findings {
		k := f.Key()
		if span, ok := h.spans.Load(f.Path); ok {
			switch s := span.(page.Span); {
			case f.Span == s:
				k.Text = ""
			case s.Start <= f.Span.Start && f.Span.End <= s.End:
				k.Text = f.Message
			}
		}
		out[i] = exactKey{k, f.Message}
	}
	return out
}
