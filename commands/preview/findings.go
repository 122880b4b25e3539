package preview

import (
	"cmp"
	"context"
	"fmt"
	"path"
	"slices"
	"strings"
	"sync"
	"time"

	"newsctl/archive"
	"newsctl/lint"
)

// findings is what lint finds in the archive, by directory. It is gathered in the
// background, the newest days first.
type findings struct {
	mu      sync.Mutex
	dirs    map[string]*dirFindings
	pending map[string]bool // directories to check again
	kept    int             // places that are kept
}

// dirFindings is what was found on the pages in a directory.
type dirFindings struct {
	counts [lint.Error + 1]int
	pages  []pageFindings
}

// pageFindings are the places of findings on a page.
type pageFindings struct {
	Path   string
	places []foundPlace
}

// foundPlace is a finding without its words: whoever reads them opens the page.
type foundPlace struct {
	line     int32
	rule     uint8 // its place among lint.Rules
	severity lint.Severity
}

// maxKept is how many places are kept, so that a broken archive takes no more memory
// than a sound one. Beyond it findings are counted only.
const maxKept = 200_000

func newFindings() *findings {
	return &findings{dirs: map[string]*dirFindings{}, pending: map[string]bool{}}
}

// forget makes directories be checked again, with those of the days beside them and
// those with links to their pages.
func (f *findings) forget(dirs []string, x *index) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, dir := range append(x.near(dirs), dirs...) {
		f.pending[dir] = true
	}
}

// maxNear is how many directories are checked again with those that changed, as after
// each edit of a page that many link to.
const maxNear = 500

// near returns directories in which findings may depend on some others.
func (x *index) near(dirs []string) []string {
	out := map[string]bool{}
	for i, dir := range x.dirs {
		if _, changed := slices.BinarySearch(dirs, dir); changed {
			for _, beside := range x.dirs[max(i-1, 0):min(i+2, len(x.dirs))] {
				out[beside] = true
			}
		}
	}
	for i := range x.records {
		if _, changed := slices.BinarySearch(dirs, path.Dir(x.path(int32(i)))); changed {
			for _, from := range x.from.at(int32(i)) {
				out[path.Dir(x.path(from))] = true
			}
		}
	}
	near := make([]string, 0, len(out))
	for dir := range out {
		near = append(near, dir)
	}
	return near[:min(len(near), maxNear)]
}

// next returns a directory to check, or false if there is none.
func (f *findings) next(x *index) (string, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for dir := range f.pending {
		delete(f.pending, dir)
		return dir, true
	}
	for _, dir := range x.dirs {
		if f.dirs[dir] == nil {
			return dir, true
		}
	}
	return "", false
}

// set keeps what was found in a directory; nil: it holds no pages.
func (f *findings) set(dir string, found *dirFindings) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if old := f.dirs[dir]; old != nil {
		for _, p := range old.pages {
			f.kept -= len(p.places)
		}
	}
	if found == nil {
		delete(f.dirs, dir)
		return
	}
	n := 0
	for _, p := range found.pages {
		n += len(p.places)
	}
	if f.kept+n > maxKept {
		found.pages, n = nil, 0
	}
	f.kept += n
	f.dirs[dir] = found
}

// idleFactor makes the checks in the background take a quarter of one core.
const idleFactor = 3

// shortRest is how long a check rests at least, and while a page is being answered.
const shortRest = 5 * time.Millisecond

// check checks the directories of the archive until ctx is done. It rests longer than it
// works, and while a page is being answered, so that this is done at once.
func (s *Server) check(ctx context.Context) {
	rest := time.Duration(0)
	for {
		select {
		case <-ctx.Done():
			return
		case <-time.After(rest):
		}
		x := s.index.Load()
		if rest = s.rest; x == nil {
			continue
		}
		if s.answering.Load() > 0 {
			rest = shortRest
			continue
		}
		dir, ok := s.findings.next(x)
		if !ok {
			continue
		}
		start := time.Now()
		s.findings.set(dir, s.checkDir(dir))
		rest = max(idleFactor*time.Since(start), shortRest)
	}
}

// checkDir checks the pages in a directory.
func (s *Server) checkDir(dir string) *dirFindings {
	s.opened.RLock()
	defer s.opened.RUnlock()
	a, out := s.state.New(), &dirFindings{}
	var paths []string
	for _, name := range a.Siblings(path.Join(dir, "x")) {
		if p := path.Join(dir, name); archive.IsPage(p) && a.Holds(p) {
			paths = append(paths, p)
		}
	}
	if len(paths) == 0 {
		return nil
	}
	for _, found := range s.lint(a, paths...) {
		out.counts[found.Severity]++
		if n := len(out.pages); n == 0 || out.pages[n-1].Path != found.Path {
			out.pages = append(out.pages, pageFindings{Path: found.Path})
		}
		p := &out.pages[len(out.pages)-1]
		p.places = append(p.places, foundPlace{int32(found.Start.Line), ruleNumber[found.Rule], found.Severity})
	}
	return out
}

// ruleNumber is the place of each rule among all.
var ruleNumber = func() map[string]uint8 {
	out := map[string]uint8{}
	for i, r := range lint.Rules() {
		out[r.Name] = uint8(i)
	}
	return out
}()

// ruleCount is how often a rule found something.
type ruleCount struct {
	Name, Title, Severity string
	Count                 int
	Selected              bool
	severity              lint.Severity
}

// findingsData is the page of findings.
type findingsData struct {
	Rules            []ruleCount
	Rule             string
	Unchecked        []string // rules that only lint checks
	RuleChecked      bool
	Pages            []foundPage
	More             int
	Total            int
	Checked, All     int // directories
	Done             bool
	Next, Previous   string
	From, To, Number int
}

// foundPage is a page with findings.
type foundPage struct {
	Path, Headline, Date string
	Places               []shownPlace
}

// shownPlace is a finding in a list.
type shownPlace struct {
	Line           int32
	Rule, Severity string
}

// findings shows what was found so far.
func (v *visit) findings() reply {
	d := findingsData{Rule: v.FormValue("rule")}
	rules := lint.Rules()
	at := slices.IndexFunc(rules, func(r *lint.Rule) bool { return r.Name == d.Rule })
	if d.Rule != "" && at < 0 {
		return v.invalid("findings", fmt.Sprintf("There is no rule %q", d.Rule), "Choose one from the list of findings.", "/findings", "Findings")
	}
	d.Unchecked = v.unchecked()
	d.RuleChecked = d.Rule != "" && !slices.Contains(d.Unchecked, d.Rule)
	counts := make([]ruleCount, len(rules))
	var pages []pageFindings
	f := v.Server.findings
	f.mu.Lock()
	if v.index != nil {
		d.All = len(v.index.dirs)
	}
	for _, dir := range f.dirs {
		for _, p := range dir.pages {
			var chosen []foundPlace
			for _, place := range p.places {
				c := &counts[place.rule]
				c.Count++
				c.severity = max(c.severity, place.severity)
				if d.Rule == "" || rules[place.rule].Name == d.Rule {
					chosen = append(chosen, place)
				}
			}
			if len(chosen) > 0 {
				pages = append(pages, pageFindings{p.Path, chosen})
			}
		}
	}
	d.Checked = len(f.dirs)
	f.mu.Unlock()
	d.Done = v.index != nil && d.Checked >= d.All
	for i, c := range counts {
		if c.Count > 0 {
			c.Name, c.Title, c.Severity, c.Selected = rules[i].Name, rules[i].Title, c.severity.String(), rules[i].Name == d.Rule
			d.Rules = append(d.Rules, c)
			d.Total += c.Count
		}
	}
	slices.SortStableFunc(d.Rules, func(a, b ruleCount) int {
		return cmp.Or(cmp.Compare(b.severity, a.severity), cmp.Compare(b.Count, a.Count))
	})
	v.newestFirst(pages)
	page := pageOf(v.Request, len(pages), findingsAtOnce)
	for _, p := range pages[page.start:page.end] {
		d.Pages = append(d.Pages, v.foundPage(p, rules))
	}
	d.Number, d.From, d.To, d.Next, d.Previous = len(pages), page.start+1, page.end, page.next, page.previous
	return reply{template: "findings.html", title: "Findings", section: "findings", data: d}
}

// unchecked returns the rules that are applied only where all pages are checked at once.
func (s *Server) unchecked() []string {
	var out []string
	for _, r := range lint.Rules() {
		severity, set := s.state.Lint.Severity[r.Name]
		if off := set && severity == lint.Off || slices.Contains(s.state.Lint.Disabled, r.Name); r.Join != nil && !off {
			out = append(out, r.Name)
		}
	}
	return out
}

// findingsAtOnce is how many pages with findings are listed on one.
const findingsAtOnce = 50

// newestFirst orders pages by their days, newest first; those of no day come last.
func (v *visit) newestFirst(pages []pageFindings) {
	slices.SortFunc(pages, func(a, b pageFindings) int {
		_, x := archive.Classify(a.Path)
		_, y := archive.Classify(b.Path)
		return cmp.Or(y.Compare(x), strings.Compare(a.Path, b.Path))
	})
}

func (v *visit) foundPage(p pageFindings, rules []*lint.Rule) foundPage {
	out := foundPage{Path: p.Path, Headline: p.Path}
	if i := v.index.find(p.Path); i >= 0 && v.index.records[i].headline != "" {
		out.Headline = v.index.records[i].headline
	}
	if _, day := archive.Classify(p.Path); day.Exists() {
		out.Date = day.String()
	}
	for _, place := range p.places {
		out.Places = append(out.Places, shownPlace{place.line, rules[place.rule].Name, place.severity.String()})
	}
	return out
}
