package lint

import (
	"net/url"
	"path"
	"slices"
	"strings"
	"unicode"

	"newsctl/archive"
	"newsctl/archive/page"
)

// Change is an archive before and after some of its files changed. Judged are
// the pages that changed and, of those that did not, the ones that the change
// may have broken, by the rules that see more than the page they judge.
//
// Links to a page that came are not looked for: it breaks none of them. A style
// of names that only the new last days show (slug-mismatch) is not applied to
// pages that did not change.
type Change struct {
	Before, After Version

	// Files are the files that changed.
	Files []ChangedFile

	// Reconfigured says that Before and After differ in their configuration:
	// all pages are judged.
	Reconfigured bool

	// Mentions returns the paths of the files after the change that hold one of
	// the words, and perhaps others.
	Mentions func(words []string) ([]string, error)
}

// Version is an archive with the configuration that holds for it.
type Version struct {
	*archive.Archive
	Config Config
}

// ChangedFile is the path of a file before and after a change. One that was
// added has no From, one that was removed no To.
type ChangedFile struct{ From, To string }

// linked are the rules that see what links lead to: whether a file is there, and
// the headline of an event. They judge the pages that link to what is gone,
// whatever name it may have now, and to what was reworded. The rules of lists see
// whether an entry leads to an event, and its topic, which may hold a comma.
var (
	linked = []*Rule{
		&relatedBroken, &relatedTitle, &changesCurrent, &linkBroken,
		&dayBroken, &dayTitle, &frontBroken, &frontTitle,
	}
	lists = []*Rule{&relatedOrder, &relatedContext}
)

// around are the rules that see what stands beside a page: the other events of
// its day and of the days around it and what their pages list, its copy, the
// days there are, the names in its folder. They judge the pages in these places.
var around = []*Rule{
	&dayMissing, &dayUnlisted, &dayCopy, &dayPrevious, &frontDays, &eventDuplicate, &slugCase,
}

// Run judges the pages that changed and those that the change may have broken.
// It reports the findings that are new: that the page, whatever its name was,
// did not have before. With all, what the changed pages had before is reported
// too.
func (c *Change) Run(all bool) (Result, error) {
	by, err := c.judges()
	if err != nil {
		return Result{}, err
	}
	result := run(c.After.Archive, by)
	result.Rules = newLinter(c.After.Archive, c.After.Config, Rules()).rules
	if len(result.Findings) == 0 {
		return result, nil
	}
	before := run(c.Before.Archive, c.judgesBefore(result.Findings, by))
	result.Errors = append(result.Errors, before.Errors...)
	known := c.known(before.Findings, result.Findings)
	changed := map[string]bool{}
	for _, f := range c.Files {
		changed[f.To] = true
	}
	fresh := result.Findings[:0]
	for i, f := range result.Findings {
		if !known[i] || all && changed[f.Path] {
			fresh = append(fresh, f)
		} else {
			result.Old = append(result.Old, f.Key())
		}
	}
	result.Findings = fresh
	return result, nil
}

// judges returns by what the pages that changed, or may be broken, are judged.
func (c *Change) judges() (map[string]*linter, error) {
	out := map[string]*linter{}
	whole := newLinter(c.After.Archive, c.After.Config, Rules())
	if c.Reconfigured {
		for _, p := range c.After.Paths(".") {
			out[p] = whole
		}
		return out, nil
	}
	effects := c.effects()
	beside := newLinter(c.After.Archive, c.After.Config, around)
	for p := range c.beside(effects) {
		out[p] = beside
		if c.silences(p) {
			out[p] = whole
		}
	}
	lost, rules := lostTo(effects)
	linking, err := c.linking(lost)
	if err != nil {
		return nil, err
	}
	links := newLinter(c.After.Archive, c.After.Config, rules)
	both := newLinter(c.After.Archive, c.After.Config, slices.Concat(rules, around))
	links.targets, both.targets = lost, lost
	for _, p := range linking {
		switch {
		case c.silences(p):
			out[p] = whole
		case out[p] != nil:
			out[p] = both
		default:
			out[p] = links
		}
	}
	for _, f := range c.Files {
		if c.After.holds(f.To) {
			out[f.To] = whole
		}
	}
	return out, nil
}

// silences reports whether a page silences rules. What it silences takes all its
// findings to tell.
func (c *Change) silences(p string) bool { return len(silencersOf(c.After.Page(p))) > 0 }

// judgesBefore returns by what the pages that have findings are judged as they
// were: by the rules that found something.
func (c *Change) judgesBefore(findings []Finding, after map[string]*linter) map[string]*linter {
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
			out[p].targets = after[f.Path].targets
		}
		if rule := Lookup(f.Rule); rule == &ignoreUnused {
			out[p].add(c.Before.Config, Rules())
		} else {
			out[p].add(c.Before.Config, []*Rule{rule})
		}
	}
	return out
}

// holds reports whether a version has a page at a path.
func (v Version) holds(p string) bool { return p != "" && v.Holds(p) && v.Page(p) != nil }

// known reports for each finding after the change whether it was there before:
// one of the same key and message, or else one of the same key. Each finding
// from before stands for one.
func (c *Change) known(before, after []Finding) []bool {
	to := map[string]string{}
	for _, f := range c.Files {
		if f.From != "" && f.To != "" {
			to[f.From] = f.To
		}
	}
	type exact struct {
		Key
		message string
	}
	left, alike := map[Key]int{}, map[exact]int{}
	for _, f := range before {
		k := c.Before.key(f)
		if p, ok := to[k.Path]; ok {
			k.Path = p
		}
		left[k]++
		alike[exact{k, f.Message}]++
	}
	out := make([]bool, len(after))
	for i, f := range after {
		k := c.After.key(f)
		if out[i] = alike[exact{k, f.Message}] > 0; out[i] {
			alike[exact{k, f.Message}]--
			left[k]--
		}
	}
	for i, f := range after {
		if k := c.After.key(f); !out[i] && left[k] > 0 {
			out[i] = true
			left[k]--
		}
	}
	return out
}

// key returns the key of a finding. One that stands on a headline speaks of the
// event as a whole, or of a word in it, and stays when the headline is reworded.
func (v Version) key(f Finding) Key {
	k := f.Key()
	e := v.Page(f.Path).Event
	if e == nil || len(e.Headlines) == 0 {
		return k
	}
	switch h := e.Headlines[0].Text; {
	case f.Span == h:
		k.Text = ""
	case h.Start <= f.Span.Start && f.Span.End <= h.End:
		k.Text = f.Message
	}
	return k
}

// effect is what the change of a file means for other pages.
type effect struct {
	file   ChangedFile
	lost   bool // links to where it was find something else
	lists  bool // lists that name it may be read in another way
	around bool // the rules that see what stands beside a page may
}

// effects returns what the changes mean for other pages.
func (c *Change) effects() []effect {
	out := make([]effect, len(c.Files))
	parallel(len(c.Files), func(i int) { out[i] = c.effect(c.Files[i]) })
	return out
}

func (c *Change) effect(f ChangedFile) effect {
	out := effect{file: f, around: true}
	if f.From == "" {
		return out
	}
	kind, _ := archive.Classify(f.From)
	out.lost = c.Before.Exists(f.From) && !c.After.Exists(f.From)
	out.lists = out.lost && kind != archive.EventPage
	if kind != archive.EventPage {
		return out
	}
	before, after := c.Before.Page(f.From), c.After.Page(f.From)
	out.lists = hasComma(before) || hasComma(after) || after != nil && after.Event == nil
	if before == nil || after == nil || before.Event == nil || after.Event == nil {
		return out
	}
	old, _ := before.Event.Headline()
	now, _ := after.Event.Headline()
	reworded := strings.TrimSpace(old) != strings.TrimSpace(now)
	out.lists = out.lists && before.Topic() != after.Topic()
	out.lost = out.lost || reworded || out.lists
	out.around = f.From != f.To || reworded || !slices.Equal(before.Versions(), after.Versions())
	return out
}

// hasComma reports whether an event's topic tells how a list of contexts is to
// be read.
func hasComma(p *archive.Page) bool { return p != nil && strings.Contains(p.Topic(), ", ") }

// beside returns the pages beside those that changed which the change may have
// broken.
func (c *Change) beside(effects []effect) map[string]bool {
	out := map[string]bool{}
	for _, e := range effects {
		if !e.around {
			continue
		}
		for _, p := range append(c.besides(e.file.From), c.besides(e.file.To)...) {
			if c.After.holds(p) {
				out[p] = true
			}
		}
	}
	return out
}

// besides returns the paths of what stands beside a page that changed.
func (c *Change) besides(p string) []string {
	if p == "" {
		return nil
	}
	kind, date := archive.Classify(p)
	out := []string{archive.CopyOf(p)}
	if date == (archive.Date{}) {
		return append(out, c.inOtherCase(p)...)
	}
	for _, name := range c.After.Siblings(p) {
		out = append(out, path.Join(path.Dir(p), name))
	}
	for _, d := range []archive.Date{date.AddDays(-1), date.AddDays(1)} {
		for _, e := range c.After.Events(d) {
			out = append(out, e.Path)
		}
	}
	if kind == archive.DayPage && c.Before.HasDay(date) != c.After.HasDay(date) {
		out = append(out, frontPage)
		if next, ok := c.After.DayAfter(date); ok {
			out = append(out, next.Page())
		}
	}
	return out
}

const frontPage = "index.md"

// inOtherCase returns the paths that differ from one only in case.
func (c *Change) inOtherCase(p string) []string {
	var out []string
	for _, name := range c.After.Siblings(p) {
		if strings.EqualFold(name, path.Base(p)) {
			out = append(out, path.Join(path.Dir(p), name))
		}
	}
	return out
}

// lostTo returns where links find something else than before, and the rules that
// judge pages with such links.
func lostTo(effects []effect) (targets, []*Rule) {
	lost, rules := targets{}, linked
	for _, e := range effects {
		if e.lost {
			lost[e.file.From] = true
		}
		if e.lost && e.lists {
			rules = slices.Concat(linked, lists)
		}
	}
	return lost, rules
}

// targets are files that links lead to.
type targets map[string]bool

// has reports whether a link to a path leads to one of the targets, to what is
// published from it, or to the folder that it is the page of.
func (t targets) has(p string) bool {
	return p != "" && (t[p] || t[archive.SourceOf(p)] || t[path.Join(p, frontPage)])
}

// linking returns the pages that link to one of the targets.
func (c *Change) linking(to targets) ([]string, error) {
	paths, err := c.mayLink(to)
	if err != nil {
		return nil, err
	}
	links := make([]bool, len(paths))
	parallel(len(paths), func(i int) {
		if !c.After.holds(paths[i]) {
			return
		}
		p := c.After.Page(paths[i])
		links[i] = slices.ContainsFunc(p.Links, func(l *page.Link) bool { return to.has(p.Target(l).Path) })
	})
	var out []string
	for i, p := range paths {
		if links[i] {
			out = append(out, p)
		}
	}
	return out, nil
}

// tooManyWords is for how many words a search would take longer than reading
// the archive.
const tooManyWords = 200

// mayLink returns the files that may link to one of the targets.
func (c *Change) mayLink(to targets) ([]string, error) {
	var words []string
	for p := range to {
		words = append(words, linkWords(p)...)
	}
	slices.Sort(words)
	words = slices.Compact(words)
	switch {
	case len(words) == 0:
		return nil, nil
	case len(words) > tooManyWords:
		return c.After.Paths("."), nil
	}
	return c.Mentions(words)
}

// linkWords returns words of which a page that links to a path holds one,
// however the link is written: from the root or from the page, with a prefix,
// percent-encoded in part or as a whole.
func linkWords(p string) []string {
	dir, name := path.Split(p)
	switch name {
	case "index.md", "README.md": // a link may name the folder
		if _, date := archive.Classify(p); date != (archive.Date{}) {
			month, day := path.Split(path.Clean(dir))
			return []string{strings.TrimPrefix(month+day, "news/"), "../" + day, "../" + path.Base(month) + "/" + day}
		}
		if name = path.Base(dir); name == "." {
			return []string{"(/)", "(/index.md", "(/README.md", "../index.md", "../README.md"}
		}
	}
	word := longestPlain(strings.TrimSuffix(name, path.Ext(name)))
	encoded := url.PathEscape(word)
	out := []string{word, encoded, lowerEscapes(encoded)}
	if strings.Contains(word, "-") {
		out = append(out, "%2D", "%2d")
	}
	return out
}

// longestPlain returns the longest part of a name that stands in a link as it
// is, or else as a whole percent-encoded. Of a name without one it is the name.
func longestPlain(name string) string {
	longest := ""
	for _, part := range strings.FieldsFunc(name, func(r rune) bool {
		return r != '-' && !unicode.IsLetter(r) && !unicode.IsDigit(r)
	}) {
		if len(part) > len(longest) {
			longest = part
		}
	}
	if longest == "" {
		return name
	}
	return longest
}

// lowerEscapes writes %E6 as %e6.
func lowerEscapes(s string) string {
	b := []byte(s)
	for i := 0; i+2 < len(b); i++ {
		if b[i] == '%' {
			copy(b[i+1:], strings.ToLower(string(b[i+1:i+3])))
		}
	}
	return string(b)
}
