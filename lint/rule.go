package lint

import (
	"fmt"
	"slices"
	"strings"

	"newsctl/archive"
)

// Severity is how much a finding matters.
type Severity uint8

// The severities, least first. Off is that of a rule that is not applied.
const (
	Off Severity = iota
	Info
	Warning
	Error
)

var severityNames = []string{"off", "info", "warning", "error"}

// String returns the severity's name in output and configuration.
func (s Severity) String() string { return severityNames[s] }

// ParseSeverity returns the severity of a name, or an error that lists the names.
func ParseSeverity(name string) (Severity, error) {
	if i := slices.Index(severityNames, name); i >= 0 {
		return Severity(i), nil
	}
	return Off, fmt.Errorf("%q is not a severity; use off, info, warning or error", name)
}

// Rule is one thing that can be wrong with a page.
type Rule struct {
	Name     string
	Severity Severity // unless the configuration says otherwise

	// Title says in one line what the rule finds, and Why what harm it does.
	Title string
	Why   string

	// Wrong and Right are pages in the txtar format, with the fault and without
	// it. They are beside the two events that RULES.md begins with.
	Wrong, Right string

	// Kinds are the pages the rule checks; nil means all but copies.
	Kinds []archive.Kind

	// Sees is what the rule sees besides the page, so that a change elsewhere
	// can break it.
	Sees sight

	// Unread says that the rule looks also at pages that were not read because of a
	// fault.
	Unread bool

	// Fixes says that Check gives its findings a fix, where one is certain.
	Fixes bool

	// Check reports findings on the page of a pass.
	Check func(*Pass)

	// Clean, if not nil, reports by facts alone whether Check reports nothing on a page
	// with these facts. It may be false where Check reports nothing after all.
	Clean func(*archive.Archive, *archive.Facts) bool

	// ByNames says that Clean and Check read no other pages, but the names of files:
	// Check can be applied before the facts of all pages are known.
	ByNames bool

	// Join, if not nil, makes findings of what Check reported on all pages: the rule
	// compares pages. It is applied only where all pages are checked. What has a first
	// line in its suggestion that nothing on another page has makes no finding, and is
	// not needed for one.
	Join func(reported []Finding) []Finding
}

// sight is what a rule sees besides its page.
type sight uint8

// What rules see: nothing else; what links point to, whether a file is there, and
// the headline of an event; what entries of lists point to, whether it is an event,
// and its topic, which may hold a comma; what is beside a page: the other events of
// its day and of the days around it and what their pages list, its copy, the days
// there are, the names in its directory.
const (
	seesPage sight = iota
	seesTargets
	seesLists
	seesNeighbors
)

// rulesThatSee returns the rules that see something besides their page.
func rulesThatSee(what sight) []*Rule {
	return slices.DeleteFunc(Rules(), func(r *Rule) bool { return r.Sees != what })
}

// Family returns what the rule's name begins with, before the first dash.
func (r *Rule) Family() string {
	family, _, _ := strings.Cut(r.Name, "-")
	return family
}

// appliesTo reports whether a rule checks a page.
func (r *Rule) appliesTo(p *archive.Page) bool {
	if p.Fault != "" {
		return r.Unread
	}
	return r.checks(p.Kind)
}

// checks reports whether a rule checks pages of a kind that can be read.
func (r *Rule) checks(kind archive.Kind) bool {
	if r.Kinds == nil {
		return kind != archive.CopyPage
	}
	return slices.Contains(r.Kinds, kind)
}

// waits reports whether the rule cannot check a page while the facts of others are
// gathered.
func (r *Rule) waits() bool { return r.Clean != nil && !r.ByNames }

var (
	eventPages   = []archive.Kind{archive.EventPage}
	dayPages     = []archive.Kind{archive.DayPage}
	frontPages   = []archive.Kind{archive.FrontPage}
	listingPages = []archive.Kind{archive.DayPage, archive.FrontPage, archive.CopyPage}
)
