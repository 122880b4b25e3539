package lint

import (
	"net/url"
	"path"
	"slices"
	"strings"
	"unicode"

	"newsctl/archive"
)

// Change is an archive before and after some of its files changed. Judged are
// the pages that changed and, of those that did not, the ones that the change
// may have broken. Which these are follows from what the rules look at beside
// the page they judge:
//
//   - whether there is a file where a link leads to (day-broken, front-broken,
//     link-broken, related-broken, changes-current), or a page that is no event
//     (related-context, related-order): the pages that link to a file that is
//     gone, whatever name it may have now
//   - the headline of the event that a link leads to (related-title, day-title,
//     front-title), and its topic, if that holds a comma (related-order): the
//     pages that link to an event that was reworded
//   - the events of a day and what its page lists (day-missing, day-unlisted),
//     and those of the days beside it (event-duplicate): the pages of these days
//   - the copy of a page (day-copy): the other one of the two
//   - the days that there are (day-previous, front-days): the day behind one
//     that came or went, and the front page
//   - the names in a folder (slug-case): those that differ only in case
//   - what a comment silences (ignore-unused): what the rule it names looks at
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

// Run judges the pages that changed and those that the change may have broken.
// It reports the findings that are new: that the page, whatever its name was,
// did not have before. With all, what the changed pages had before is reported
// too.
func (c *Change) Run(all bool) (Result, error) {
	result, err := c.judge()
	if err != nil || len(result.Findings) == 0 {
		return result, err
	}
	before := c.judgeBefore(result.Findings)
	result.Errors = append(result.Errors, before.Errors...)
	known := c.keys(before.Findings)
	changed := map[string]bool{}
	for _, f := range c.Files {
		changed[f.To] = true
	}
	result.Findings = slices.DeleteFunc(result.Findings, func(f Finding) bool {
		k := c.After.key(f)
		old := known[k] > 0
		known[k]--
		return old && !(all && changed[f.Path])
	})
	return result, nil
}

// judge returns all findings on the pages that changed or may be broken.
func (c *Change) judge() (Result, error) {
	if c.Reconfigured {
		return Run(c.After.Archive, c.After.Paths("."), c.After.Config), nil
	}
	judged := c.near()
	lost := c.lost()
	linking, err := c.mayLink(lost)
	if err != nil {
		return Result{}, err
	}
	paths := slices.Clone(linking)
	for p := range judged {
		paths = append(paths, p)
	}
	slices.Sort(paths)
	return run(c.After.Archive, slices.Compact(paths), c.After.Config, func(p *archive.Page) bool {
		return judged[p.Path] || linksTo(p, lost)
	}), nil
}

// judgeBefore returns the findings that pages had before, of those that have
// some after.
func (c *Change) judgeBefore(findings []Finding) Result {
	from := map[string]string{}
	for _, f := range c.Files {
		from[f.To] = f.From
	}
	var paths []string
	for _, f := range findings {
		p, changed := from[f.Path]
		if !changed {
			p = f.Path
		}
		if p != "" && c.Before.Holds(p) && c.Before.Page(p) != nil {
			paths = append(paths, p)
		}
	}
	slices.Sort(paths)
	return Run(c.Before.Archive, slices.Compact(paths), c.Before.Config)
}

// keys counts the keys of the findings from before, under the paths that the
// pages have after.
func (c *Change) keys(findings []Finding) map[Key]int {
	to := map[string]string{}
	for _, f := range c.Files {
		if f.From != "" && f.To != "" {
			to[f.From] = f.To
		}
	}
	out := map[Key]int{}
	for _, f := range findings {
		k := c.Before.key(f)
		if p, ok := to[k.Path]; ok {
			k.Path = p
		}
		out[k]++
	}
	return out
}

// key returns the key of a finding. One that stands on a headline speaks of the
// event as a whole, and stays the same when the headline is reworded.
func (v Version) key(f Finding) Key {
	k := f.Key()
	if e := v.Page(f.Path).Event; e != nil && len(e.Headlines) > 0 && e.Headlines[0].Text == f.Span {
		k.Text = ""
	}
	return k
}

// near returns the pages that changed, and those beside them that the change may
// have broken.
func (c *Change) near() map[string]bool {
	out := map[string]bool{}
	add := func(paths ...string) {
		for _, p := range paths {
			if c.After.Holds(p) && c.After.Page(p) != nil {
				out[p] = true
			}
		}
	}
	for _, f := range c.Files {
		add(f.To)
		add(c.beside(f.From)...)
		if f.To != f.From {
			add(c.beside(f.To)...)
		}
	}
	return out
}

// beside returns the paths of what the rules see beside a page that changed.
func (c *Change) beside(p string) []string {
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

// lost returns the paths at which links find something else than before: files
// that are gone and events that were reworded.
func (c *Change) lost() map[string]bool {
	lost := make([]bool, len(c.Files))
	parallel(len(c.Files), func(i int) {
		f := c.Files[i]
		lost[i] = f.From != "" && (c.gone(f.From) || f.From == f.To && c.reworded(f.To))
	})
	out := map[string]bool{}
	for i, f := range c.Files {
		if lost[i] {
			out[f.From] = true
		}
	}
	return out
}

func (c *Change) gone(p string) bool { return c.Before.Exists(p) && !c.After.Exists(p) }

// reworded reports whether what other pages quote of an event changed: its
// headline, or a topic that tells how a list of contexts is read.
func (c *Change) reworded(p string) bool {
	before, after := c.Before.Page(p), c.After.Page(p)
	if before == nil || after == nil || before.Event == nil || after.Event == nil {
		return false
	}
	old, _ := before.Event.Headline()
	now, _ := after.Event.Headline()
	if strings.TrimSpace(old) != strings.TrimSpace(now) {
		return true
	}
	return before.Topic() != after.Topic() && strings.Contains(before.Topic()+after.Topic(), ", ")
}

// tooManyWords is for how many words a search would take longer than reading
// the archive.
const tooManyWords = 200

// mayLink returns the pages that may link to one of the paths.
func (c *Change) mayLink(lost map[string]bool) ([]string, error) {
	if len(lost) == 0 {
		return nil, nil
	}
	var words []string
	for p := range lost {
		words = append(words, linkWords(p)...)
	}
	slices.Sort(words)
	if words = slices.Compact(words); len(words) > tooManyWords {
		return c.After.Paths("."), nil
	}
	paths, err := c.Mentions(words)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(paths, func(p string) bool { return !c.After.Holds(p) || c.After.Page(p) == nil }), nil
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

// linksTo reports whether a page links to one of the paths, or to what is
// published from it, or to a folder by whose name it is meant.
func linksTo(p *archive.Page, lost map[string]bool) bool {
	for _, l := range p.Links {
		t := p.Target(l).Path
		if t != "" && (lost[t] || lost[archive.SourceOf(t)] || lost[path.Join(t, frontPage)]) {
			return true
		}
	}
	return false
}
