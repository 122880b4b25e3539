package edit

import (
	"errors"
	"fmt"
	"path"
	"strings"
	"time"

	"newsctl/archive"
	"newsctl/archive/contexts"
	"newsctl/archive/layout"
	"newsctl/archive/link"
	"newsctl/archive/page"
	"newsctl/archive/plan"
)

// RenameOptions says what an event is renamed to.
type RenameOptions struct {
	Headline string       // as typed; empty: the event keeps its own, and the page gets its name
	Date     archive.Date // the zero Date: the event stays on its day
	KeepPage bool         // the old page stays where it is, as a previous version
	Now      time.Time    // the time at which the old wording gives way; no event is later

	Contexts *contexts.Contexts // of the archive, where the caller has them
}

// Renamed is what renaming events comes to.
type Renamed struct {
	Plan   *plan.Plan
	Events []RenamedEvent
	Pages  []RenamedPage // what changes, in byte order of their paths

	// Left are the places that still name the old page: what is not a link, and
	// what cannot be turned.
	Left []archive.Place
}

// RenamedEvent is an event with its path and its headline before and after.
type RenamedEvent struct {
	From string `json:"from"`
	To   string `json:"to"`
	Was  string `json:"was"`
	Is   string `json:"is"`
}

// RenamedPage says how a page changes.
type RenamedPage struct {
	Path  string `json:"path"` // today's; of a page that is created, the new one
	Links int    `json:"links"`
	Texts int    `json:"texts"`
	Gone  bool   `json:"gone,omitempty"` // a day page that nothing is left of
}

// Rename plans to reword an event, to move it to another day, or both. Paths are
// those of all pages of the archive, loaded.
//
// The page moves to the name that its new headline makes. Its Changes section
// keeps the old wording and when it gave way; where there is none it gets one.
// Every link to the page is made to point to its new path, written as it was; its
// text follows where it quotes the old headline. On the page of its day the
// event keeps its place; on another day it comes last, and the day it leaves
// is removed as [Remove] does if it lists nothing more.
//
// If the old page is kept, it stays as it is, as archives leave unlisted pages;
// the Changes section names it, and if the new page is of another day, the old one
// gets a Changes section that names that. Where no path changes there is nothing to keep.
//
// An error is a [DraftError] if the new headline or date is to blame. The plan is
// empty if the event has headline and date already.
func Rename(a *archive.Archive, paths []string, event string, o RenameOptions) (*Renamed, error) {
	ev, err := newRewording(a, event, o)
	if err != nil {
		return nil, err
	}
	if ev.from == ev.to && ev.was == ev.is {
		return newRenamer(a, nil, o.Now).rename(nil)
	}
	r := newRenamer(a, []*rewording{ev}, o.Now)
	r.known = o.Contexts
	out, err := r.rename(paths)
	var tooLarge *plan.SizeError
	if errors.As(err, &tooLarge) && o.Headline != "" {
		return nil, wrong(HeadlineField, "%v; shorten it", tooLarge)
	}
	return out, err
}

// rewording is an event that gets another path, another headline, or both.
type rewording struct {
	page     *archive.Page // as it is now: at to if it was moved already
	from, to string
	was, is  string // the headlines, raw
	kept     bool   // the old page stays
}

// newRewording returns what becomes of an event.
func newRewording(a *archive.Archive, event string, o RenameOptions) (*rewording, error) {
	e, err := a.Event(event)
	if err != nil {
		return nil, err
	}
	if err := e.Damaged(); err != nil {
		return nil, err
	}
	was, ok := e.Event.Headline()
	if !ok {
		return nil, fmt.Errorf("%s has no headline; give it one first", event)
	}
	out := &rewording{page: e, from: e.Path, to: e.Path, was: was, is: was}
	if o.Headline != "" {
		if err := checkHeadline(o.Headline); err != nil {
			return nil, err
		}
		if is := rawHeadline(o.Headline, was); !link.SameText(is, was) {
			out.is = is
		}
	}
	if o.Headline != "" || o.Date == (archive.Date{}) {
		out.to = named(a, e.Path, out.is)
	}
	if o.Date != (archive.Date{}) && o.Date != e.Date {
		if err := checkDate(o.Date, archive.DateOf(o.Now)); err != nil {
			return nil, err
		}
		if padded := a.Padded(o.Date.Page()); padded != "" {
			return nil, wrong(DateField, "%v", archive.ErrPadded(padded))
		}
		out.to = path.Join(o.Date.Dir(), path.Base(out.to))
	}
	out.kept = o.KeepPage && out.to != out.from
	return out, refuses(a, out)
}

// named returns the path of a page with the name that a headline makes, if it has
// another.
func named(a *archive.Archive, p, headline string) string {
	if a.IsNameOf(archive.Stem(path.Base(p)), headline) {
		return p
	}
	return path.Join(path.Dir(p), a.Slug(headline)+archive.Extension)
}

// rawHeadline returns a headline that was typed as it is in its page: what
// Markdown would read is escaped, and the space is after it that was
// after the old one.
func rawHeadline(typed, was string) string {
	raw := page.EscapeHeadline(typed)
	if strings.HasSuffix(raw, " ") {
		return raw
	}
	return raw + was[len(strings.TrimRight(was, " \t")):]
}

// refuses says why an event cannot become what it is to be, or returns nil. A
// page that moves may take another case of its own name.
func refuses(a *archive.Archive, ev *rewording) error {
	if ev.to == ev.from || !ev.kept && Taken(a, ev.to) == ev.from {
		return nil
	}
	if err := checkPath(a, ev.to, strings.TrimSpace(ev.is)); err != nil {
		return err
	}
	return nil
}

// renamer makes an archive follow its events.
type renamer struct {
	archive *archive.Archive
	events  []*rewording
	byFrom  map[string]*rewording
	byPage  map[string]*rewording // by the path where the page is now
	now     time.Time
	known   *contexts.Contexts // of the archive, or nil

	plan  *archive.Changes
	out   *Renamed
	count RenamedPage // of the page in hand
}

func newRenamer(a *archive.Archive, events []*rewording, now time.Time) *renamer {
	r := &renamer{archive: a, events: events, now: now, plan: a.NewChanges(), out: &Renamed{nil, []RenamedEvent{}, []RenamedPage{}, []archive.Place{}}}
	r.byFrom, r.byPage = map[string]*rewording{}, map[string]*rewording{}
	r.plan.Intent.Moved = map[string]string{}
	for _, ev := range events {
		if ev.from != ev.to {
			r.plan.Intent.Moved[ev.from] = ev.to
		}
		if ev.page.Path != ev.to {
			r.plan.Intent.Moved[ev.page.Path] = ev.to
		}
		r.byFrom[ev.from], r.byPage[ev.page.Path] = ev, ev
		r.out.Events = append(r.out.Events, RenamedEvent{ev.from, ev.to, strings.TrimSpace(ev.was), strings.TrimSpace(ev.is)})
	}
	return r
}

// rename plans all that is to be done.
func (r *renamer) rename(paths []string) (*Renamed, error) {
	counts := map[string]RenamedPage{}
	paths = r.mayName(paths)
	archive.Parallel(len(paths), func(i int) { r.archive.Page(paths[i]) })
	for _, p := range paths {
		pg := r.archive.Legible(p)
		if pg == nil {
			continue
		}
		r.count = RenamedPage{}
		if err := r.page(pg); err != nil {
			return nil, err
		}
		if ev := r.byPage[p]; ev != nil && ev.kept {
			p = ev.to
		}
		counts[p] = r.count
	}
	if err := r.moveEntries(); err != nil {
		return nil, err
	}
	for _, change := range r.plan.Sorted() {
		p := change.Path
		if change.Gone {
			r.out.Pages = append(r.out.Pages, RenamedPage{Path: p, Gone: true})
			continue
		}
		c := counts[p]
		if kind, _ := archive.Classify(p); kind == archive.CopyPage && c == (RenamedPage{}) {
			c = counts[archive.CopyOf(p)]
		}
		r.out.Pages = append(r.out.Pages, RenamedPage{Path: p, Links: c.Links, Texts: c.Texts})
	}
	r.look(paths)
	var err error
	r.out.Plan, err = plan.Guard(r.plan, r.known)
	return r.out, err
}

// page plans what becomes of one page.
func (r *renamer) page(p *archive.Page) error {
	ev := r.byPage[p.Path]
	if ev == nil {
		_, err := r.plan.Edit(p, r.follow(p, p.Path))
		return err
	}
	edits := append(r.follow(p, ev.to), r.own(ev)...)
	var err error
	switch {
	case ev.kept:
		var src []byte
		if src, err = page.Apply(p.Source, edits); err == nil {
			r.plan.Create(ev.to, src)
			_, err = r.plan.Edit(p, r.pointer(p))
		}
	case p.Path != ev.to:
		err = r.plan.Move(p, ev.to, edits)
	default:
		_, err = r.plan.Edit(p, edits)
	}
	if err != nil {
		return err
	}
	return r.readBack(ev, edits)
}

// own returns the edits of an event's own page, links to itself aside.
func (r *renamer) own(ev *rewording) []page.Edit {
	var edits []page.Edit
	if have, _ := ev.page.Event.Headline(); have != ev.is {
		edits = append(edits, page.Edit{Span: ev.page.Event.Headlines[0].Text, New: ev.is})
	}
	edits = append(edits, siblingEdits(ev)...)
	edits = append(edits, dateEdits(ev)...)
	return append(edits, r.versionEdits(ev)...)
}

// siblingEdits makes the Formats line follow where it does not point to the
// page's siblings as links of the archive do: 2018/03/14/slug.html.
func siblingEdits(ev *rewording) []page.Edit {
	short := func(p string) string { return strings.TrimPrefix(archive.Stem(p), layout.Current().Years()+"/") + "." }
	var edits []page.Edit
	for _, l := range ev.page.Links {
		if l.Role != page.Formats || l.Reference != "" || archive.SourceOf(ev.page.Target(l).Path) == ev.from {
			continue
		}
		raw := ev.page.Text(l.Target)
		if link.IsTemplate(raw) {
			continue
		}
		if now := strings.ReplaceAll(raw, short(ev.from), short(ev.to)); now != raw {
			edits = append(edits, page.Edit{Span: l.Target, New: now})
		}
	}
	return edits
}

// dateEdits makes the date line that of the day that the event moves to.
func dateEdits(ev *rewording) []page.Edit {
	_, was := archive.Classify(ev.from)
	_, is := archive.Classify(ev.to)
	line := ev.page.Event.Date
	if was == is || line == nil {
		return nil
	}
	var edits []page.Edit
	written := ev.page.Text(line.Date)
	if have, err := archive.ParseDate(strings.TrimSpace(written)); err != nil || have != is {
		now := is.String()
		if strings.HasSuffix(written, fmt.Sprintf("-%02d", was.Day)) && was.Day < 10 {
			now = fmt.Sprintf("%04d-%02d-%02d", is.Year, is.Month, is.Day)
		}
		edits = append(edits, page.Edit{Span: line.Date, New: now})
	}
	if line.Link != nil && line.Link.Reference == "" && ev.page.Target(line.Link).Path != is.Page() {
		edits = append(edits, page.Edit{Span: line.Link.Target, New: ev.page.RedirectedAt(line.Link, ev.to, is.Page())})
	}
	return edits
}

// readBack returns an error if a new headline does not read as one in its page.
func (r *renamer) readBack(ev *rewording, edits []page.Edit) error {
	src, err := page.Apply(ev.page.Source, edits)
	if err != nil {
		return fmt.Errorf("%s: %w", ev.page.Path, err)
	}
	e := page.ParseEvent(src, r.archive.Config().Labels)
	if got, _ := e.Headline(); got != ev.is || len(e.Headlines) != len(ev.page.Event.Headlines) {
		return wrong(HeadlineField, "%q would not read as a headline; reword it", strings.TrimSpace(ev.is))
	}
	return nil
}
