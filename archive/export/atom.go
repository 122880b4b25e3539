package export

import (
	"cmp"
	"crypto/sha1"
	"encoding/xml"
	"fmt"
	"html"
	"io"
	"regexp"

	"newsctl/archive"
	"newsctl/archive/encode"
)

// atomFeed is a feed of RFC 4287.
type atomFeed struct {
	XMLName xml.Name    `xml:"feed"`
	Space   string      `xml:"xmlns,attr"`
	ID      string      `xml:"id"`
	Title   string      `xml:"title"`
	Updated string      `xml:"updated"`
	Author  *atomPerson `xml:"author"`
	Links   []atomLink  `xml:"link"`
	Entries []atomEntry `xml:"entry"`
}

type atomLink struct {
	Rel   string `xml:"rel,attr"`
	Href  string `xml:"href,attr"`
	Title string `xml:"title,attr,omitempty"`
}

type atomEntry struct {
	XMLName    xml.Name       `xml:"entry"`
	Space      string         `xml:"xmlns,attr,omitempty"` // of an entry by itself
	ID         string         `xml:"id"`
	Title      atomText       `xml:"title"`
	Published  string         `xml:"published"`
	Updated    string         `xml:"updated"`
	Author     *atomPerson    `xml:"author"` // as well
	Links      []atomLink     `xml:"link"`
	Categories []atomCategory `xml:"category"`
	Content    atomText       `xml:"content"`
}

type atomPerson struct {
	Name string `xml:"name"`
}

type atomCategory struct {
	Term string `xml:"term,attr"`
}

type atomText struct {
	Type string `xml:"type,attr,omitempty"`
	Text string `xml:",chardata"`
}

// atomSpace is the name of the words of Atom.
const atomSpace = "http://www.w3.org/2005/Atom"

func writeAtom(w io.Writer, site Site, events []Event) error {
	feed := atomFeed{Space: atomSpace, ID: cmp.Or(site.home(), urn(site.Title)), Title: site.Title, Author: &atomPerson{site.Title}, Updated: isoTime(newest(events))}
	if site.BaseURL != "" {
		feed.Links = []atomLink{{Rel: "alternate", Href: site.home()}}
	}
	for i := range events {
		feed.Entries = append(feed.Entries, site.entry(&events[i]))
	}
	return encode.XML(w, feed)
}

// entry returns the entry of an event.
func (s Site) entry(e *Event) atomEntry {
	out := atomEntry{
		ID: cmp.Or(s.link(e), urn(e.Path)), Title: atomTitle(e.title()), Published: isoTime(e.Date), Updated: isoTime(e.Date),
		Content: atomText{"html", cmp.Or(s.content(e), html.EscapeString(e.title()))},
	}
	if link := s.link(e); link != "" {
		out.Links = append(out.Links, atomLink{Rel: "alternate", Href: link})
	}
	for _, source := range e.Sources {
		out.Links = append(out.Links, atomLink{Rel: "related", Href: source.URL, Title: source.Outlet})
	}
	for _, name := range e.Contexts {
		out.Categories = append(out.Categories, atomCategory{name})
	}
	return out
}

// atomTitle returns a text as a title: as HTML where a reader may take it for that.
func atomTitle(text string) atomText {
	if markup.MatchString(text) {
		return atomText{"html", html.EscapeString(text)}
	}
	return atomText{Text: text}
}

var markup = regexp.MustCompile(`<[A-Za-z/!?]|&#?\w+;`)

// newest returns the last day of events, or the first day there is.
func newest(events []Event) archive.Date {
	out := archive.Date{Year: 1, Month: 1, Day: 1}
	for _, e := range events {
		if e.Date.Compare(out) > 0 {
			out = e.Date
		}
	}
	return out
}

// urn returns a name for what has no address, always the same for the same text: a
// UUID of version 5, RFC 9562.
func urn(text string) string {
	sum := sha1.Sum([]byte("newsctl " + text))
	sum[6], sum[8] = sum[6]&0x0f|0x50, sum[8]&0x3f|0x80
	return fmt.Sprintf("urn:uuid:%x-%x-%x-%x-%x", sum[:4], sum[4:6], sum[6:8], sum[8:10], sum[10:16])
}
