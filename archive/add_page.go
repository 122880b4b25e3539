package archive

import (
	"cmp"
	"fmt"
	"html"
	"slices"
	"strings"

	"newsctl/archive/match"
	"newsctl/archive/page"
)

// eventStyle is how an event page is written where more than one way is
// possible. Places in it are filled in for one page.
type eventStyle struct {
	head     string // all above the topic: published siblings, date line
	headline string // with a space behind it, or not
	noTopic  string // what stands where a topic would: nothing, or an empty heading
	sources  string // heading of the sources
}

const textPlace = "\x00text"

// eventStyle returns how most events of the last days are written.
func (a *Archive) eventStyle() eventStyle {
	data, head, headline, noTopic, sources := ballot{}, ballot{}, ballot{}, ballot{}, ballot{}
	for _, e := range a.newestEvents() {
		at := e.Event.Headlines[0]
		top := at.Start
		if e.Event.Topic != nil {
			top = e.Event.Topic.Start
		}
		own := e.FrontMatter()
		data[blank(e.Text(own), stem(e.Path), e.Date)]++
		head[blank(string(e.Source[own.End:top]), stem(e.Path), e.Date)]++
		space := strings.HasSuffix(e.Text(at.Text), " ")
		headline[map[bool]string{false: textPlace, true: textPlace + " "}[space]]++
		if e.Topic() == "" {
			noTopic[string(e.Source[top:at.Start])+textPlace]++
		}
		if s := e.Event.Section(page.SourceSection); s != nil {
			sources[strings.TrimSpace(e.Text(s.Title.Text))]++
		}
	}
	return eventStyle{
		head:     data.majority() + head.most(fmt.Sprintf("### [%s](/%s/%s)\n\n", datePlace, dirPlace, indexName)),
		headline: headline.most(textPlace),
		noTopic:  strings.TrimSuffix(noTopic.most(textPlace), textPlace),
		sources:  sources.most(a.config.Labels.Source[0] + ":"),
	}
}

// newestEvents returns the events of the last days, those that may be quoted.
func (a *Archive) newestEvents() []*Page {
	var out []*Page
	for _, d := range a.LastDays(newest) {
		for _, e := range a.Events(d) {
			if e.quotable() {
				out = append(out, e)
			}
		}
	}
	return out
}

// newestHabits returns how the related lists of the last days are written.
func (a *Archive) newestHabits() habits { return a.habits(factsOf(a.newestEvents())) }

// write returns the page of a draft, without related list and context line, and
// the path it goes to.
//
// Of what is wrong with the draft it returns as much as it can see.
func (a *Archive) write(d *Draft, s eventStyle, o AddOptions) (p string, src []byte, all []*DraftError) {
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
	p = d.Date.Dir() + "/" + cmp.Or(d.Slug, a.Slug(headline)) + extension
	if err := a.checkPath(p, d.Headline); err != nil {
		return "", nil, []*DraftError{err}
	}
	var same []Duplicate
	if !d.Exact {
		same = a.duplicates(d)
	}
	if len(same) > 0 && !o.AllowDuplicate && !d.AllowDuplicate {
		return "", nil, []*DraftError{d.duplicate(same[0])}
	}
	src = []byte(d.text(headline, s, p, a.config.Labels, d.comments()+a.distinct(d, p, same)))
	if err := a.readBack(d, headline, src); err != nil {
		return "", nil, []*DraftError{err}
	}
	return p, src, nil
}

// text returns the page of a draft.
func (d *Draft) text(headline string, s eventStyle, p string, labels page.Labels, comments string) string {
	var b strings.Builder
	b.WriteString(fill(s.head, stem(p), d.Date))
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
		b.WriteString("\n### " + s.sources + "\n\n")
	}
	for i, source := range d.Sources {
		fmt.Fprintf(&b, "%d. [%s](%s)\n", i+1, page.EscapeText(page.EscapeHeadline(strings.TrimSpace(source.Outlet))), linkTarget(source.URL))
	}
	return b.String()
}

// distinct returns the comments that keep lint from reporting an event that is added
// as the same as others, as it would once its day lists it.
func (a *Archive) distinct(d *Draft, p string, same []Duplicate) string {
	var b strings.Builder
	added := d.matched()
	added.Path, added.Listed = p, true
	for _, other := range same {
		if match.Compare(added, a.matched(other.Page)) != match.None {
			b.WriteString("<!-- " + Distinct + other.Page.Path + " -->\n")
		}
	}
	return b.String()
}

// readBack says which part of a draft would read as something else from its
// page.
func (a *Archive) readBack(d *Draft, headline string, src []byte) *DraftError {
	e := &Page{Kind: EventPage}
	e.parse(src, a.config.Labels)
	got, _ := e.Event.Headline()
	entries := e.Event.Entries(page.SourceSection)
	switch {
	case len(e.Event.Headlines) != 1 || got != headline:
		return wrong(HeadlineField, "%q would not read as a headline; reword it", d.Headline)
	case e.Topic() != strings.TrimSpace(d.Topic):
		return wrong(TopicField, "%q would not read as a topic; reword it", d.Topic)
	case e.Topic() != "" && !a.config.isContext(e.Topic()):
		return wrong(TopicField, "%q would be read as another name or as a link in a list of contexts; reword it", d.Topic)
	case len(e.Event.Description) > 1 || (e.Event.Declared != nil) != (d.declared() != "") || (len(e.Event.Description) == 1) != (strings.TrimSpace(d.Description) != ""):
		return wrong(DescriptionField, "%q would not read as a paragraph; reword it", d.Description)
	case len(entries) != len(d.Sources):
		return wrong(SourceField, "the sources would not read as a list; check the names of the outlets")
	}
	for i, entry := range entries {
		if entry.Link == nil || entry.Link.Malformed || e.Destination(entry.Link) != linkTarget(d.Sources[i].URL) {
			address := d.Sources[i].URL
			if plain := html.UnescapeString(address); plain != address {
				return wrong(SourceField, "%q holds an HTML entity; write the address as %s", address, plain)
			}
			return wrong(SourceField, "%q would not read as a link; percent-encode what is unusual in it", address)
		}
	}
	if read := e.nameHints().names; len(d.names) > 0 && !slices.Equal(read[len(read)-len(d.names):], d.names) {
		return wrong(ContextField, "%q would not read as one name; reword it", d.names[0])
	}
	for _, name := range d.Contexts {
		if !a.config.isContext(strings.TrimSpace(name)) {
			return wrong(ContextField, "%q would be read as another name or as a link; reword it", name)
		}
	}
	return nil
}
