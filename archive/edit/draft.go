package edit

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"

	"newsctl/archive"
	"newsctl/archive/filename"
	"newsctl/archive/match"
	"newsctl/archive/page"
	"newsctl/archive/plan"
	"newsctl/archive/same"
	"newsctl/archive/source"
)

// Draft is an event that is to be added.
type Draft struct {
	Headline    string // as typed; a space before it counts
	Date        archive.Date
	Topic       string // or empty
	Description string // one paragraph on one line, or empty
	Sources     []source.Link
	Contexts    []string // the topic need not be among them

	// Slug is the name of its page, without extension; empty: the headline makes it.
	Slug string

	// AllowDuplicate says that it is an event of its own, whatever the archive has.
	AllowDuplicate bool

	// Exact says that it is an event of another archive: its headline is Markdown,
	// its contexts are all that it has, and neither its day nor what this archive
	// has speaks against it.
	Exact bool

	names []string // with a comma, that its page makes known
}

// The fields of a draft, as errors name them.
const (
	HeadlineField    = "headline"
	DateField        = "date"
	SlugField        = "slug"
	TopicField       = "topic"
	DescriptionField = "description"
	SourceField      = "source"
	ContextField     = "context"
)

// DraftError says why a draft cannot become an event.
type DraftError struct {
	Draft  int // which one, from 0
	Field  string
	Reason string

	// Duplicate is set where the event seems to be in the archive already, and
	// could be added all the same.
	Duplicate bool

	// Existing is the path of the page in the way, if that is the reason, and
	// Other is the draft that makes it, or -1 if the archive has it.
	Existing string
	Other    int
}

// Error returns the field and the reason.
func (e *DraftError) Error() string { return e.In(e.Field) }

// In returns the reason after a name of the field.
func (e *DraftError) In(field string) string {
	if strings.HasPrefix(e.Reason, isEmpty) {
		return field + " " + e.Reason
	}
	return field + ": " + e.Reason
}

// isEmpty begins the reason of a field that must not be empty.
const isEmpty = "is empty; "

func wrong(field, format string, args ...any) *DraftError {
	return &DraftError{Field: field, Reason: fmt.Sprintf(format, args...), Other: -1}
}

// check returns all that is wrong with a draft by itself.
func (d *Draft) check(today archive.Date) []*DraftError {
	var all []*DraftError
	add := func(err *DraftError) {
		if err != nil {
			all = append(all, err)
		}
	}
	add(checkHeadline(d.Headline))
	if d.Exact {
		today = d.Date
	}
	add(checkDate(d.Date, today))
	add(nameError(d.Slug))
	for _, text := range []struct{ field, value string }{
		{TopicField, d.Topic}, {DescriptionField, d.Description},
	} {
		if reason := page.NotOneLine(text.value); reason != "" {
			add(wrong(text.field, "%s", reason))
		}
	}
	for _, s := range d.Sources {
		add(checkSource(s))
	}
	if !d.Exact {
		add(checkTwice(d.Sources))
	}
	for _, name := range d.Contexts {
		if reason := page.NotOneLine(name); reason != "" {
			add(wrong(ContextField, "%s", reason))
		} else if strings.TrimSpace(name) == "" {
			add(wrong(ContextField, "a name is empty; remove it"))
		}
	}
	return all
}

// checkSource returns what is wrong with a source, or nil.
func checkSource(s source.Link) *DraftError {
	switch reason := page.NotOneLine(s.Outlet); {
	case reason != "":
		return wrong(SourceField, "the outlet: %s", reason)
	case !source.IsWebAddress(s.URL) || strings.ContainsFunc(s.URL, source.NotInAddress):
		meant := cmp.Or(source.MeantAsSource(s.URL), "https://host/path")
		return wrong(SourceField, "%q is not a web address; write it as %s", s.URL, meant)
	case strings.TrimSpace(s.Outlet) == "":
		return wrong(SourceField, "the outlet of %s is empty; write OUTLET=URL, or the URL alone", s.URL)
	}
	return nil
}

// checkTwice returns an error if two of an event's sources are the same, or nil.
func checkTwice(sources []source.Link) *DraftError {
	first := map[string]string{}
	for _, s := range sources {
		same := canonicalOf(s.URL)
		switch above, again := first[same]; {
		case !again:
			first[same] = s.URL
		case above == s.URL:
			return wrong(SourceField, "%s is given twice; keep one", s.URL)
		default:
			return wrong(SourceField, "%s and %s are the same source; keep one", above, s.URL)
		}
	}
	return nil
}

// checkHeadline returns what is wrong with a headline, or nil.
func checkHeadline(headline string) *DraftError {
	if reason := page.NotOneLine(headline); reason != "" {
		return wrong(HeadlineField, "%s", reason)
	}
	if strings.TrimSpace(headline) == "" {
		return wrong(HeadlineField, isEmpty+"write what happened in one sentence")
	}
	return nil
}

// nameError returns why a page cannot have a name, or nil. Without a name, the
// headline makes it.
func nameError(name string) *DraftError {
	if name == "" {
		return nil
	}
	if reason := page.NotOneLine(name); reason != "" {
		return wrong(SlugField, "%s", reason)
	}
	if archive.IsHidden(name) || strings.ContainsAny(name, `/\`) {
		return wrong(SlugField, "%q is not the name of a page; write it without directory and extension", name)
	}
	return nil
}

// checkDate returns why no event can be of a day, or nil.
func checkDate(d archive.Date, today archive.Date) *DraftError {
	switch {
	case !d.Exists():
		return wrong(DateField, "there is no day %s in the calendar", d)
	case d.Compare(today) > 0:
		return wrong(DateField, "%s is in the future; today is %s", d, today)
	}
	return nil
}

// Taken returns the path that is in the way of a new page at p: the same
// path, or one that some file system takes for the same. It is empty if the path
// is free.
func Taken(a *archive.Archive, p string) string {
	dir, name := path.Split(p)
	for _, reserved := range []string{archive.IndexName(), archive.CopyName()} {
		if filename.Key(reserved) == filename.Key(name) {
			return dir + reserved
		}
	}
	switch taken := a.Lookalikes(p); {
	case len(taken) == 0:
		return ""
	case slices.Contains(taken, p):
		return p
	default:
		return taken[0]
	}
}

// checkPath returns why the page of an event with a headline cannot be made at a
// path, or nil.
func checkPath(a *archive.Archive, p, headline string) *DraftError {
	if path.Base(p) == archive.Extension {
		return wrong(HeadlineField, "%q has no letter or digit to name the page after; reword it", headline)
	}
	if reason := plan.Unusable(p); reason != "" {
		return wrong(HeadlineField, "%s", reason)
	}
	var err *DraftError
	switch taken := Taken(a, p); {
	case taken == "":
		return nil
	case taken == p:
		err = wrong(HeadlineField, "%s already exists; edit that page, or reword the headline", p)
	case filename.SameLetters(taken, p):
		err = wrong(HeadlineField, "%s already exists, in another Unicode form (%s); edit that page, or reword the headline", taken, filename.UnicodeForm(taken))
	default:
		err = wrong(HeadlineField, "its page would be %s, which differs %s from %s; reword the headline", p, filename.Difference(p, taken), taken)
	}
	err.Existing = Taken(a, p)
	return err
}

// duplicates returns the events that a draft seems to be already, the strongest
// signal first.
func duplicates(a *archive.Archive, d *Draft) []same.Duplicate {
	var out []same.Duplicate
	added := d.matched()
	for apart := -match.Window; apart <= match.Window; apart++ {
		for _, e := range a.EventsOn(added.Day + apart).Events {
			if s := match.CompareNew(added, e.Matched()); s != match.None {
				out = append(out, same.Duplicate{Event: e, Signal: s})
			}
		}
	}
	slices.SortStableFunc(out, func(x, y same.Duplicate) int { return cmp.Compare(x.Signal, y.Signal) })
	return out
}

// matched returns what says which event a draft is of.
func (d *Draft) matched() *match.Event {
	var sources []string
	for _, s := range d.Sources {
		sources = append(sources, s.URL)
	}
	e := match.New(d.Headline, d.Topic, sources...)
	e.Day = d.Date.Number()
	return e
}

// duplicate returns an error about an event that a draft seems to be already.
func (d *Draft) duplicate(of same.Duplicate) *DraftError {
	field := HeadlineField
	if of.Signal == match.Source {
		field = SourceField
	}
	headline := page.Unescape(of.Event.TrimmedHeadline())
	return &DraftError{Field: field, Reason: fmt.Sprintf("the archive seems to have this event as %s (%s): %s", of.Event.Path, of.Signal, headline), Duplicate: true, Existing: of.Event.Path}
}

// longest returns the field of a draft that is longest, and its size in bytes.
func (d *Draft) longest() (field string, size int) {
	sources, contexts := 0, 0
	for _, s := range d.Sources {
		sources += len(s.Outlet) + len(s.URL)
	}
	for _, name := range d.Contexts {
		contexts += len(name)
	}
	for _, f := range []struct {
		name string
		size int
	}{{HeadlineField, len(d.Headline)}, {TopicField, len(d.Topic)}, {DescriptionField, len(d.Description)}, {SourceField, sources}, {ContextField, contexts}} {
		if f.size > size {
			field, size = f.name, f.size
		}
	}
	return field, size
}

// withoutAliases returns drafts with aliases replaced.
func withoutAliases(c archive.Config, drafts []Draft) []Draft {
	out := slices.Clone(drafts)
	for i := range out {
		d := &out[i]
		if name := strings.TrimSpace(d.Topic); c.ContextName(name) != name {
			d.Topic = c.ContextName(name)
		}
		var names []string
		for _, name := range d.Contexts {
			if to := c.ContextName(strings.TrimSpace(name)); to != strings.TrimSpace(name) {
				name = to
			}
			names = append(names, name)
		}
		d.Contexts = names
	}
	return out
}
