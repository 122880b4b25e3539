// Package citation is the outside sources of an archive as the pages of events cite
// them, and the edits that change one.
package citation

import (
	"html"
	"strings"

	"newsctl/archive"
	"newsctl/archive/page"
	"newsctl/archive/source"
)

// Citation is an outside source as the page of an event cites it.
type Citation struct {
	Event *archive.Page
	Entry page.Entry
	URL   string // as a reader takes it
	Line  int
}

// Of returns what the events at paths cite, in the order of paths and of
// their pages. Copies and other pages cite nothing.
func Of(a *archive.Archive, paths []string) []Citation {
	byPage := make([][]Citation, len(paths))
	a.Each(paths, func(i int, p *archive.Page) {
		if p == nil || p.Event == nil {
			return
		}
		for _, e := range p.Event.Entries(page.SourceSection) {
			if e.Link != nil && !e.Link.Malformed {
				line, _ := p.Position(e.Link.Start)
				byPage[i] = append(byPage[i], Citation{p, e, p.Destination(e.Link), line})
			}
		}
	})
	var out []Citation
	for _, list := range byPage {
		out = append(out, list...)
	}
	return out
}

// captureText is what the link to a capture says.
const captureText = "archive"

// HasCapture reports whether the source is a capture, or a link to one follows it.
func (c Citation) HasCapture() bool {
	if _, ok := source.ParseCapture(c.URL); ok {
		return true
	}
	for _, l := range c.Entry.Images {
		if _, ok := source.ParseCapture(c.Event.Destination(l)); ok {
			return true
		}
	}
	return false
}

// Replace returns the edit that makes the source another address.
func (c Citation) Replace(address string) page.Edit {
	l := c.Entry.Link
	if l.Reference != "" { // the address is elsewhere, and others may use it
		return page.Edit{Span: l.Span, New: "[" + c.Event.Text(l.Text) + "](" + sourceTarget(address) + ")"}
	}
	return page.Edit{Span: l.Target, New: sourceTarget(address)}
}

// Append returns the edit that makes a link to a capture follow the source.
func (c Citation) Append(address string) page.Edit {
	return page.Insert(c.Entry.Content.End, " ["+captureText+"]("+sourceTarget(address)+")")
}

// ReplaceHost returns the edit that makes the source one of another host, if it is of
// the old one. All other bytes of the address stay.
func (c Citation) ReplaceHost(from, to string) (page.Edit, bool) {
	l := c.Entry.Link
	if _, isCapture := source.ParseCapture(c.URL); isCapture || l.Reference != "" {
		return page.Edit{}, false
	}
	raw := c.Event.Text(l.Target)
	scheme, rest, ok := strings.Cut(raw, "://")
	if !ok || !source.IsWebAddress(raw) {
		return page.Edit{}, false
	}
	authority := rest
	if i := strings.IndexAny(rest, "/?#"); i >= 0 {
		authority = rest[:i]
	}
	start := l.Target.Start + len(scheme) + len("://") + strings.LastIndexByte(authority, '@') + 1
	host := authority[strings.LastIndexByte(authority, '@')+1:]
	if !strings.EqualFold(host, from) {
		return page.Edit{}, false
	}
	return page.Edit{Span: page.Span{Start: start, End: start + len(host)}, New: to}, true
}

// sourceTarget returns an address as it is written in a link, so that Markdown reads
// it as it is.
func sourceTarget(address string) string {
	address = strings.NewReplacer(" ", "%20", "<", "%3C", ">", "%3E", `\`, "%5C", "\n", "%0A", "\t", "%09").Replace(address)
	if html.UnescapeString(address) != address {
		address = strings.ReplaceAll(address, "&", "&amp;")
	}
	return source.LinkTarget(address)
}
