package edit

import (
	"cmp"
	"fmt"
	"html"
	"slices"
	"strings"

	"newsctl/archive"
	"newsctl/archive/contexts"
	"newsctl/archive/listing"
	"newsctl/archive/match"
	"newsctl/archive/page"
	"newsctl/archive/same"
	"newsctl/archive/source"
)

// eventStyle is how an event page is written where more than one way is
// possible. Places in it are filled in for one page.
type eventStyle struct {
	head     string // all above the topic: published siblings, date line
	headline string // with a space after it, or not
	noTopic  string // what is where a topic would: nothing, or an empty heading

	oneSource, sources string // heading of one source, and of several
}

const textPlace = "\x00text"

// newEventStyle returns how most events of the last days are written.
func newEventStyle(a *archive.Archive) eventStyle {
	data, head, headline, noTopic := archive.Ballot{}, archive.Ballot{}, archive.Ballot{}, archive.Ballot{}
	sources := sourceHeadings{archive.Ballot{}, archive.Ballot{}}
	for _, e := range newestEvents(a) {
		at := e.Event.Headlines[0]
		top := at.Start
		if e.Event.Topic != nil {
			top = e.Event.Topic.Start
		}
		own := e.FrontMatter()
		data[listing.Blank(e.Text(own), archive.Stem(e.Path), e.Date)]++
		head[listing.Blank(string(e.Source[own.End:top]), archive.Stem(e.Path), e.Date)]++
		space := strings.HasSuffix(e.Text(at.Text), " ")
		headline[map[bool]string{false: textPlace, true: textPlace + " "}[space]]++
		if e.Topic() == "" {
			noTopic[string(e.Source[top:at.Start])+textPlace]++
		}
		if s := e.Event.Section(page.SourceSection); s != nil {
			sources.count(strings.TrimSpace(e.Text(s.Title.Text)), len(e.Event.Entries(page.SourceSection)))
		}
	}
	out := eventStyle{
		head:     data.Majority() + head.Most(fmt.Sprintf("### [%s](/%s/%s)\n\n", listing.DatePlace, listing.DirPlace, archive.IndexName())),
		headline: headline.Most(textPlace),
		noTopic:  strings.TrimSuffix(noTopic.Most(textPlace), textPlace),
	}
	out.oneSource, out.sources = sources.elect(a.Config().Labels.Source)
	return out
}

// sourceHeadings counts the headings of one source, and of several.
type sourceHeadings struct{ one, several archive.Ballot }

func (h *sourceHeadings) count(heading string, sources int) {
	if sources > 1 {
		h.several[heading]++
	} else {
		h.one[heading]++
	}
}

// elect returns the headings of one source and of several. What pages do not show
// follows from the labels: the plural of a label is one that begins with it.
func (h *sourceHeadings) elect(labels []string) (one, several string) {
	written := labels[0] + ":"
	one = h.one.Most(h.several.Most(written))
	word := strings.TrimRight(h.one.Most(written), ":：")
	plural := slices.IndexFunc(labels, func(l string) bool { return l != word && strings.HasPrefix(l, word) })
	if plural < 0 {
		return one, h.several.Most(one)
	}
	return one, h.several.Most(strings.Replace(one, word, labels[plural], 1))
}

// newestEvents returns the events of the last days, those that may be quoted.
func newestEvents(a *archive.Archive) []*archive.Page {
	var out []*archive.Page
	for _, d := range a.LastDays(archive.RecentDays) {
		for _, e := range a.Events(d) {
			if e.Quotable() {
				out = append(out, e)
			}
		}
	}
	return out
}

// newestHabits returns how the related lists of the last days are written.
func newestHabits(a *archive.Archive) archive.Habits {
	var events []*archive.Brief
	for _, e := range newestEvents(a) {
		events = append(events, &e.Facts().Brief)
	}
	return a.Habits(events)
}

// write returns the page of a draft, without related list and context line, and
// the path it goes to.
//
// Of what is wrong with the draft it returns as much as it can see.
func write(a *archive.Archive, d *Draft, s eventStyle, o AddOptions) (p string, src []byte, all []*DraftError) {
	if all = d.check(o.Today); len(all) > 0 {
		return "", nil, all
	}
	headline := d.Headline
	if !d.Exact {
		headline = page.EscapeHeadline(headline)
	}
	if !strings.HasSuffix(headline, " ") {
		headline = strings.Replace(s.headline, textPlace, headline, 1)
	}
	p = d.Date.Dir() + "/" + cmp.Or(d.Slug, a.Slug(headline)) + archive.Extension
	if err := checkPath(a, p, d.Headline); err != nil {
		return "", nil, []*DraftError{err}
	}
	var twins []same.Duplicate
	if !d.Exact {
		twins = duplicates(a, d)
	}
	if len(twins) > 0 && !o.AllowDuplicate && !d.AllowDuplicate {
		return "", nil, []*DraftError{d.duplicate(twins[0])}
	}
	src = []byte(d.text(headline, s, p, a.Config().Labels, d.comments()+distinct(a, d, p, twins)))
	if err := readBack(a, d, headline, src); err != nil {
		return "", nil, []*DraftError{err}
	}
	return p, src, nil
}

// text returns the page of a draft.
func (d *Draft) text(headline string, s eventStyle, p string, labels page.Labels, comments string) string {
	var b strings.Builder
	b.WriteString(listing.Fill(s.head, archive.Stem(p), d.Date))
	if topic := strings.TrimSpace(d.Topic); topic != "" {
		b.WriteString("##### " + topic + "\n")
	} else {
		b.WriteString(s.noTopic)
	}
	b.WriteString(comments + "# " + headline + "\n\n")
	if description := strings.TrimSpace(d.Description); description != "" {
		b.WriteString(page.EscapeParagraph(description, labels))
	}
	if list := d.declared(); list != "" {
		b.WriteString("\n\n" + page.FormatContexts(labels.Context[0], list))
	}
	b.WriteString("\n\n")
	if len(d.Sources) > 0 {
		heading := s.oneSource
		if len(d.Sources) > 1 {
			heading = s.sources
		}
		b.WriteString("\n### " + heading + "\n\n")
	}
	for i, s := range d.Sources {
		fmt.Fprintf(&b, "%d. [%s](%s)\n", i+1, page.EscapeText(page.EscapeHeadline(strings.TrimSpace(s.Outlet))), source.LinkTarget(s.URL))
	}
	return b.String()
}

// distinct returns the comments that keep lint from reporting an event that is added
// as the same as others, as it would once its day lists it.
func distinct(a *archive.Archive, d *Draft, p string, twins []same.Duplicate) string {
	var b strings.Builder
	added := d.matched()
	added.Path, added.Listed = p, true
	for _, other := range twins {
		if match.Compare(added, same.Matched(a, other.Event)) != match.None {
			b.WriteString("<!-- " + archive.Distinct + other.Event.Path + " -->\n")
		}
	}
	return b.String()
}

// readBack says which part of a draft would read as something else from its
// page.
func readBack(a *archive.Archive, d *Draft, headline string, src []byte) *DraftError {
	e := &archive.Page{Kind: archive.EventPage}
	e.Parse(src, a.Config().Labels)
	got, _ := e.Event.Headline()
	entries := e.Event.Entries(page.SourceSection)
	switch {
	case len(e.Event.Headlines) != 1 || got != headline:
		return wrong(HeadlineField, "%q would not read as a headline; reword it", d.Headline)
	case e.Topic() != strings.TrimSpace(d.Topic):
		return wrong(TopicField, "%q would not read as a topic; reword it", d.Topic)
	case e.Topic() != "" && !contexts.IsContext(a.Config(), e.Topic()):
		return wrong(TopicField, "%q would be read as another name or as a link in a list of contexts; reword it", d.Topic)
	case len(e.Event.Description) > 1 || (e.Event.Declared != nil) != (d.declared() != "") || (len(e.Event.Description) == 1) != (strings.TrimSpace(d.Description) != ""):
		return wrong(DescriptionField, "%q would not read as a paragraph; reword it", d.Description)
	case len(entries) != len(d.Sources):
		return wrong(SourceField, "the sources would not read as a list; check the names of the outlets")
	}
	for i, entry := range entries {
		if entry.Link == nil || entry.Link.Malformed || e.Destination(entry.Link) != source.LinkTarget(d.Sources[i].URL) {
			address := d.Sources[i].URL
			if plain := html.UnescapeString(address); plain != address {
				return wrong(SourceField, "%q holds an HTML entity; write the address as %s", address, plain)
			}
			return wrong(SourceField, "%q would not read as a link; percent-encode what is unusual in it", address)
		}
	}
	if read := e.HintsOf().Names; len(d.names) > 0 && !slices.Equal(read[len(read)-len(d.names):], d.names) {
		return wrong(ContextField, "%q would not read as one name; reword it", d.names[0])
	}
	for _, name := range d.Contexts {
		if !contexts.IsContext(a.Config(), strings.TrimSpace(name)) {
			return wrong(ContextField, "%q would be read as another name or as a link; reword it", name)
		}
	}
	return nil
}
