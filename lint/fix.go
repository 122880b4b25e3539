package lint

import (
	"cmp"
	"fmt"
	"slices"

	"newsctl/archive"
	"newsctl/archive/listing"
	"newsctl/archive/page"
	"newsctl/archive/plan"
)

// Fix is what fixes a finding, and perhaps others of its rule on the page that
// share it. It changes one page, that of the finding or another, and is certain:
// no person could fix the finding in another way.
type Fix struct {
	Path  string      // of the page; where none is, it is made of what is inserted
	Edits []page.Edit // of the page

	// ListEvent, if not empty, is the path of an event that a day page is to list.
	// Only with the whole archive read can one say in which words: there are no
	// edits.
	ListEvent string

	// guard is what must stay as it is for the edits to be right, if that is
	// more than what lies between them.
	guard page.Span
}

// FixResult is what fixing an archive comes to.
type FixResult struct {
	Plan      *plan.Plan
	Findings  []Finding        // that are fixed, also those that fixing others brought to light
	Remaining []Finding        // that stay, of those that there were, and where they were
	Archive   *archive.Archive // as it will be
	Result    Result           // what is found there
}

// maxPasses is more than fixing ever takes: what one round brings to light is
// fixed in the next, and one fix rarely brings another to light.
const maxPasses = 20

// PlanFixes plans to fix what the rules find on the pages at paths, as far as that
// is certain. Fixing one thing may bring another to light, as an entry whose
// link is corrected may quote an old headline; that is fixed too. No event
// forgets a context: where one was known only from an entry that goes, the
// event's page declares what it has. It is an error if something cannot be read.
func PlanFixes(a *archive.Archive, paths []string, config Config) (*FixResult, error) {
	m := &fixer{archive: a, paths: paths, config: config, result: Run(a, paths, config), tried: map[string]bool{}}
	found := m.result.Findings
	changes, err := a.Edit(nil)
	for round := 0; err == nil && round < maxPasses; round++ {
		var next *archive.Changes
		if next, err = m.pass(); err != nil || next.Len() == 0 {
			break
		}
		changes.Then(next)
	}
	if err != nil {
		return nil, err
	}
	guarded, err := plan.Guard(changes, nil)
	if err != nil {
		return nil, err
	}
	if guarded.Declares() {
		m.archive = guarded.After()
		m.result = Run(m.archive, m.paths, m.config)
	}
	if errs := slices.Concat(a.Errors(), m.result.Errors); len(errs) > 0 {
		return nil, fmt.Errorf("%w; nothing was fixed, because unread pages may matter", errs[0])
	}
	return &FixResult{guarded, m.fixed, left(found, m.result.Findings), m.archive, m.result}, nil
}

// left returns the findings that are found again afterwards, where they were.
// One that nothing fixes by itself may be on a line that is fixed: then it
// is one of its rule and page.
func left(found, after []Finding) []Finding {
	same, alike := map[Key]int{}, map[Key]int{}
	onPage := func(f Finding) Key { return Key{Rule: f.Rule, Path: f.Path} }
	for _, f := range after {
		same[f.Key()]++
		alike[onPage(f)]++
	}
	stays := make([]bool, len(found))
	for i, f := range found {
		if k := f.Key(); same[k] > 0 {
			same[k]--
			alike[onPage(f)]--
			stays[i] = true
		}
	}
	var out []Finding
	for i, f := range found {
		if k := onPage(f); !stays[i] && f.Fix == nil && alike[k] > 0 {
			alike[k]--
			stays[i] = true
		}
		if stays[i] {
			out = append(out, f)
		}
	}
	return out
}

// fixer fixes an archive in rounds.
type fixer struct {
	archive *archive.Archive // as it is after the rounds so far
	paths   []string         // of the pages that are checked
	config  Config
	result  Result
	fixed   []Finding
	tried   map[string]bool // events that were to be listed
}

// pass plans what can be done at once, and does it. Events are listed last,
// when all that is listed is in order.
func (m *fixer) pass() (*archive.Changes, error) {
	edits, fixed := m.edits()
	changes, err := m.archive.Edit(edits)
	if err != nil {
		return nil, err
	}
	if changes.Len() == 0 {
		return m.list()
	}
	m.fixed = append(m.fixed, fixed...)
	m.move(changes)
	return changes, nil
}

// move sets the archive to what it is after changes. Pages that are new are checked as
// well.
func (m *fixer) move(changes *archive.Changes) {
	if changes.Len() == 0 {
		return
	}
	for _, p := range changes.Paths() {
		if at, ok := slices.BinarySearch(m.paths, p); !ok && m.archive.Page(p) == nil {
			m.paths = slices.Insert(slices.Clone(m.paths), at, p)
		}
	}
	m.archive = m.archive.After(changes)
	m.result = Run(m.archive, m.paths, m.config)
}

// edits returns the edits of all fixes that do not get into each other's way,
// by page, and the findings that they fix. Of those that do, the one whose rule
// comes first is made: a title is not corrected in an entry that goes.
func (m *fixer) edits() (map[string][]page.Edit, []Finding) {
	edits := map[string][]page.Edit{}
	made := map[*Fix]bool{}
	var fixed []Finding
	for _, f := range m.first() {
		switch {
		case made[f.Fix]:
		case clash(edits[f.Fix.Path], f.Fix) || edits[originalOf(f.Fix.Path)] != nil:
			continue
		}
		if !made[f.Fix] {
			edits[f.Fix.Path] = append(edits[f.Fix.Path], f.Fix.Edits...)
			made[f.Fix] = true
		}
		fixed = append(fixed, f)
	}
	slices.SortStableFunc(fixed, compare)
	return edits, fixed
}

// first returns the findings to fix first: those that want a page made, since
// others may be there because it is not, or else all that have edits.
func (m *fixer) first() []Finding {
	var making, editing []Finding
	for _, f := range byRule(m.result.Findings) {
		switch {
		case f.Fix == nil || f.Fix.ListEvent != "":
		case m.archive.Page(f.Fix.Path) == nil:
			making = append(making, f)
		default:
			editing = append(editing, f)
		}
	}
	if making != nil {
		return making
	}
	return editing
}

// byRule returns findings in the order of their rules, those that are fixed in
// a copy last: a copy waits until the page has all its edits.
func byRule(findings []Finding) []Finding {
	place := map[string]int{}
	for i, r := range Rules() {
		place[r.Name] = i
	}
	copied := func(f Finding) int {
		if f.Fix != nil && originalOf(f.Fix.Path) != "" {
			return 1
		}
		return 0
	}
	out := slices.Clone(findings)
	slices.SortStableFunc(out, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(copied(a), copied(b)), cmp.Compare(place[a.Rule], place[b.Rule]))
	})
	return out
}

// originalOf returns the path of the page that a path is the copy of, or
// nothing.
func originalOf(p string) string {
	if kind, _ := archive.Classify(p); kind != archive.CopyPage {
		return ""
	}
	return archive.CopyOf(p)
}

// clash reports whether edits that were chosen change what a fix is about.
func clash(chosen []page.Edit, fix *Fix) bool {
	about := fix.guard
	for _, e := range fix.Edits {
		if about.Empty() {
			about = e.Span
		}
		about.Start, about.End = min(about.Start, e.Start), max(about.End, e.End)
	}
	return slices.ContainsFunc(chosen, func(e page.Edit) bool {
		return e.Start < about.End && about.Start < e.End || e.Start == about.Start && (e.Empty() || about.Empty())
	})
}

// list plans to list events on the pages of their days.
func (m *fixer) list() (*archive.Changes, error) {
	var events []*archive.Page
	var findings []Finding
	for _, f := range m.result.Findings {
		if f.Fix != nil && f.Fix.ListEvent != "" && !m.tried[f.Fix.ListEvent] {
			m.tried[f.Fix.ListEvent] = true
			events = append(events, m.archive.Page(f.Fix.ListEvent))
			findings = append(findings, f)
		}
	}
	if len(events) == 0 {
		return m.archive.Edit(nil)
	}
	changes, err := listing.List(m.archive, m.archive.Paths("."), events)
	if err != nil {
		return nil, err
	}
	m.move(changes)
	for _, f := range findings {
		if m.archive.Page(f.Fix.Path).Lists(f.Fix.ListEvent) {
			m.fixed = append(m.fixed, f)
		}
	}
	return changes, nil
}
