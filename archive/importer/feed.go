package importer

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"golang.org/x/text/encoding/htmlindex"

	"newsctl/archive/eventline"
	"newsctl/archive/source"
	"newsctl/archive/strictjson"
)

// item is an item of RSS 1 or 2, or an entry of Atom.
type item struct {
	Titles []xmlText  `xml:"title"`
	Links  []feedLink `xml:"link"`
	GUID   xmlGUID    `xml:"guid"`

	Description string    `xml:"description"`
	Summary     xmlText   `xml:"summary"`
	Content     xmlText   `xml:"content"`
	Encoded     string    `xml:"encoded"`
	PubDate     string    `xml:"pubDate"`
	Date        string    `xml:"date"` // of Dublin Core
	Published   string    `xml:"published"`
	Updated     string    `xml:"updated"`
	Categories  []feedTag `xml:"category"`
	Subjects    []string  `xml:"subject"` // of Dublin Core
}

type xmlText struct {
	Type  string `xml:"type,attr"`
	Text  string `xml:",chardata"`
	Inner string `xml:",innerxml"`
}

// plain returns the first paragraph of a text of Atom.
func (t xmlText) plain() string {
	switch {
	case t.Type == "xhtml":
		return textOf(t.Inner)
	case t.Type == "html" || t.Type == "text/html":
		return textOf(t.Text)
	}
	return oneLine(t.Text)
}

type xmlGUID struct {
	IsPermalink string `xml:"isPermaLink,attr"`
	Text        string `xml:",chardata"`
}

type feedLink struct {
	Rel   string `xml:"rel,attr"`
	Href  string `xml:"href,attr"`
	Title string `xml:"title,attr"`
	Text  string `xml:",chardata"`
}

type feedTag struct {
	Term string `xml:"term,attr"`
	Text string `xml:",chardata"`
}

// feed reads a feed of RSS or Atom.
func (r *Reader) feed(name string, src []byte) {
	dec := xml.NewDecoder(bytes.NewReader(src))
	dec.Strict, dec.Entity = false, xml.HTMLEntity
	dec.CharsetReader = func(label string, in io.Reader) (io.Reader, error) {
		enc, err := htmlindex.Get(label)
		if err != nil {
			return nil, fmt.Errorf("unknown encoding %q", label)
		}
		return enc.NewDecoder().Reader(in), nil
	}
	items := 0
	for {
		token, err := dec.Token()
		line, _ := dec.InputPos()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			r.notef(name, line, "the feed cannot be read from here on: %v", err)
			return
		}
		start, ok := token.(xml.StartElement)
		if !ok || start.Name.Local != "item" && start.Name.Local != "entry" {
			continue
		}
		var it item
		if err := dec.DecodeElement(&it, &start); err != nil {
			r.notef(name, line, "the feed cannot be read from here on: %v", err)
			return
		}
		items++
		r.add(it.found(name, line))
	}
	if items == 0 {
		r.notef(name, 1, "no item of RSS and no entry of Atom")
	}
}

// found returns the event of an item.
func (it *item) found(name string, line int) found {
	f := found{at: name, line: line, date: firstOf(it.PubDate, it.Published, it.Date, it.Updated)}
	for _, t := range it.Titles {
		if f.title == "" && t.Type == "" {
			f.title = textOf(t.Text)
		} else if f.title == "" {
			f.title = t.plain()
		}
	}
	f.description = escapeMarkdown(firstOf(textOf(it.Description), it.Summary.plain(), textOf(it.Encoded), it.Content.plain()))
	if f.description == escapeMarkdown(f.title) {
		f.description = ""
	}
	for _, c := range it.Categories {
		f.names = append(f.names, firstOf(c.Term, c.Text))
	}
	f.names = append(f.names, it.Subjects...)
	var own []source.Link
	for _, l := range it.Links {
		switch s := (source.Link{Outlet: l.Title, URL: strings.TrimSpace(firstOf(l.Href, l.Text))}); l.Rel {
		case "", "alternate":
			own = append(own, source.Link{URL: s.URL})
		case "related", "via":
			f.links = append(f.links, s)
		}
	}
	if guid := strings.TrimSpace(it.GUID.Text); len(own) == 0 && it.GUID.IsPermalink != "false" && source.IsWebAddress(guid) {
		own = append(own, source.Link{URL: guid})
	}
	if len(f.links) == 0 {
		f.links = own
	}
	return f
}

// firstOf returns the first text that is not empty.
func firstOf(texts ...string) string {
	for _, t := range texts {
		if strings.TrimSpace(t) != "" {
			return t
		}
	}
	return ""
}

// jsonFeed reads a JSON feed.
func (r *Reader) jsonFeed(name string, src []byte) {
	var feed struct {
		Items []struct {
			Title       string   `json:"title"`
			URL         string   `json:"url"`
			ExternalURL string   `json:"external_url"`
			Summary     string   `json:"summary"`
			Text        string   `json:"content_text"`
			HTML        string   `json:"content_html"`
			Published   string   `json:"date_published"`
			Modified    string   `json:"date_modified"`
			Tags        []string `json:"tags"`
		} `json:"items"`
	}
	if err := json.Unmarshal(src, &feed); err != nil {
		r.notef(name, lineOf(src, err), "not a JSON feed: %v", err)
		return
	}
	for i, it := range feed.Items {
		r.add(found{
			at: fmt.Sprintf("%s:items[%d]", name, i), line: 1, title: it.Title, date: firstOf(it.Published, it.Modified), names: it.Tags,
			description: escapeMarkdown(firstOf(it.Summary, textOf(it.HTML), textOf(it.Text))),
			links:       []source.Link{{URL: firstOf(it.ExternalURL, it.URL)}},
		})
	}
}

// lineOf returns the line of an error of JSON.
func lineOf(src []byte, err error) int {
	var syntax *json.SyntaxError
	var wrong *json.UnmarshalTypeError
	at := 0
	switch {
	case errors.As(err, &syntax):
		at = int(syntax.Offset)
	case errors.As(err, &wrong):
		at = int(wrong.Offset)
	}
	return 1 + bytes.Count(src[:min(at, len(src))], []byte("\n"))
}

// lines reads lines of JSON as newsctl new does.
func (r *Reader) lines(name string, src []byte) {
	for i, text := range bytes.Split(src, []byte("\n")) {
		if len(bytes.TrimSpace(text)) == 0 {
			continue
		}
		var l eventline.Line
		if err := strictjson.Unmarshal(text, &l); err != nil {
			r.notef(name, i+1, "%v; the event is omitted", err)
			continue
		}
		if strings.TrimSpace(l.Headline) == "" {
			r.notef(name, i+1, "no headline; the event is omitted")
			continue
		}
		r.Lines = append(r.Lines, l)
	}
}
