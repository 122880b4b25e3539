package export

import (
	"cmp"
	"fmt"
	"math"
	"path"
	"slices"
	"strings"

	"newsctl/archive"
	"newsctl/archive/edit"
	"newsctl/archive/eventline"
	"newsctl/archive/page"
	"newsctl/archive/query"
	"newsctl/archive/source"
)

// Event is an event as programs other than newsctl read it. Its texts are plain, on
// one line, and hold nothing that a format cannot ([legible]); its addresses are URIs.
type Event struct {
	Path        string
	Date        archive.Date
	Headline    string
	Topic       string // or nothing
	Description string // or nothing
	Contexts    []string
	Sources     []source.Link // those with a web address

	html    string          // of the description
	formats []string        // the extensions of the siblings that its page names
	exact   *eventline.Line // or nil, if newsctl new would refuse it
	place   int             // among the entries of its day's page
}

// Read returns events, newest first, with what their pages say, and what newsctl new
// would not read of it, each with its path.
func Read(a *archive.Archive, x *query.Index, events []query.Event) (out []Event, lost []string) {
	places := map[archive.Date]map[string]int{}
	for _, e := range events {
		if places[e.Date] == nil {
			places[e.Date] = placesOf(a, e.Date)
		}
		p := a.Page(e.Path)
		if p == nil || p.Event == nil {
			continue
		}
		event := Event{
			Path: e.Path, Date: e.Date, Topic: oneLine(e.Topic), Contexts: distinct(e.Contexts()), formats: formatsOf(p), place: unlisted,
		}
		if place, ok := places[e.Date][e.Path]; ok {
			event.place = place
		}
		headline, _ := p.Event.Headline()
		event.Headline = plain("# " + headline)
		event.html = legible(render(edit.Description(p)))
		event.Description = plain(edit.Description(p))
		r := reader{archive: a, event: p}
		event.Sources = webSources(r.sources())
		event.exact = r.line(x, e)
		out, lost = append(out, event), append(lost, r.lost...)
	}
	return out, lost
}

// title returns what a feed calls the event, which must be something.
func (e *Event) title() string {
	return cmp.Or(e.Headline, oneLine(strings.TrimSuffix(path.Base(e.Path), path.Ext(e.Path))))
}

// distinct returns names as they are shown, each once.
func distinct(names []string) (out []string) {
	for _, name := range names {
		if name = oneLine(name); name != "" && !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	return out
}

// webSources returns the sources that have a web address.
func webSources(all []source.Link) (out []source.Link) {
	for _, s := range all {
		if address := uri(s.URL); source.IsWebAddress(s.URL) && isURI(address) {
			out = append(out, source.Link{Outlet: oneLine(s.Outlet), URL: address})
		}
	}
	return out
}

// reader reads one event.
type reader struct {
	archive *archive.Archive
	event   *archive.Page
	lost    []string
}

func (r *reader) losef(format string, args ...any) {
	r.lost = append(r.lost, r.event.Path+": "+fmt.Sprintf(format, args...))
}

// sources returns the sources that are links.
func (r *reader) sources() (out []source.Link) {
	for _, e := range r.event.Event.Entries(page.SourceSection) {
		if e.Link == nil || e.Link.Malformed {
			line, _ := r.event.Position(e.Content.Start)
			r.lost = append(r.lost, fmt.Sprintf("%s:%d: the source is not a link", r.event.Path, line))
			continue
		}
		outlet := strings.TrimSpace(page.PlainName(r.event.Text(e.Link.Text)))
		out = append(out, source.Link{Outlet: outlet, URL: r.event.Destination(e.Link)})
	}
	return out
}

// line returns the line from which newsctl new makes the event again, or nil if it
// would refuse it. What it would refuse of the event is omitted.
func (r *reader) line(x *query.Index, e query.Event) *eventline.Line {
	headline, _ := r.event.Event.Headline()
	d := edit.Draft{
		Headline: strings.TrimRight(headline, " \t"), Date: e.Date, Topic: e.Topic, Description: edit.Description(r.event),
		Sources: r.sourcesWithOutlets(), Contexts: e.Contexts(), Slug: strings.TrimSuffix(path.Base(e.Path), path.Ext(e.Path)),
	}
	if len(r.event.Event.Headlines) > 1 {
		r.losef("the second headline is omitted")
	}
	if _, err := edit.Joined(x.Contexts(), r.event); err != nil {
		r.losef("its contexts are omitted: %v", err)
		d.Contexts = nil
	} else if len(d.Contexts) == 0 && d.Topic != "" {
		r.losef("its contexts are omitted: the page lists none, which newsctl new cannot say; the topic becomes one")
	}
	if len(d.Contexts) == 0 && d.Topic != "" {
		d.Contexts = []string{d.Topic}
	}
	if !r.fit(&d) {
		return nil
	}
	l := &eventline.Line{
		Headline: d.Headline, Date: d.Date.String(), Topic: d.Topic, Description: d.Description, Contexts: d.Contexts, Slug: d.Slug, Exact: true,
	}
	for _, s := range d.Sources {
		l.Sources = append(l.Sources, eventline.JoinSource(s))
	}
	return l
}

// sourcesWithOutlets returns the sources of the event, those without a name by that of
// their host.
func (r *reader) sourcesWithOutlets() []source.Link {
	out := (&reader{archive: r.archive, event: r.event}).sources()
	for i := range out {
		out[i].Outlet = cmp.Or(out[i].Outlet, r.archive.Config().Outlets.Of(out[i].URL))
	}
	return out
}

// fit omits of a draft what newsctl new refuses, and reports whether it accepts
// the rest.
func (r *reader) fit(d *edit.Draft) bool {
	for {
		refused := edit.Refusals(r.archive, *d)
		if len(refused) == 0 {
			return true
		}
		before := *d
		for _, err := range refused {
			switch err.Field {
			case edit.TopicField:
				d.Topic = ""
			case edit.DescriptionField:
				d.Description = ""
			case edit.SlugField:
				d.Slug = ""
			case edit.SourceField:
				d.Sources = slices.DeleteFunc(slices.Clone(d.Sources), func(s source.Link) bool {
					return r.refuses(edit.Draft{Sources: []source.Link{s}}, s.URL)
				})
			case edit.ContextField:
				d.Contexts = slices.DeleteFunc(slices.Clone(d.Contexts), func(name string) bool {
					return r.refuses(edit.Draft{Contexts: []string{name}}, name)
				})
			default:
				r.losef("the event is omitted: %v", err)
				return false
			}
			if err.Field != edit.SourceField && err.Field != edit.ContextField {
				r.losef("the %s is omitted: %s", err.Field, err.Reason)
			}
		}
		if len(before.Sources) == len(d.Sources) && len(before.Contexts) == len(d.Contexts) &&
			before.Topic == d.Topic && before.Description == d.Description && before.Slug == d.Slug {
			r.losef("the event is omitted: %v", refused[0])
			return false
		}
	}
}

// refuses reports whether newsctl new refuses an event for a part of it, called by a
// name.
func (r *reader) refuses(d edit.Draft, name string) bool {
	d.Headline, d.Date = "Event", r.event.Date
	refused := edit.Refusals(r.archive, d)
	if len(refused) > 0 {
		r.losef("the %s %q is omitted: %s", refused[0].Field, name, refused[0].Reason)
	}
	return len(refused) > 0
}

// formatsOf returns the extensions of the files that the Formats line of a page names.
func formatsOf(p *archive.Page) []string {
	var out []string
	for _, l := range p.Links {
		if ext := path.Ext(p.Target(l).Path); l.Role == page.Formats && !slices.Contains(out, ext) {
			out = append(out, ext)
		}
	}
	return out
}

// unlisted is the place of an event that the page of its day does not list: the last.
const unlisted = math.MaxInt

// placesOf returns the places of the events that the page of a day lists.
func placesOf(a *archive.Archive, d archive.Date) map[string]int {
	out := map[string]int{}
	day := a.Page(d.Page())
	if day == nil || day.Listing == nil {
		return out
	}
	for i, it := range day.Listing.Items() {
		if it.Link != nil {
			out[day.Target(it.Link).Path] = i
		}
	}
	return out
}
