package lsp

import (
	"fmt"
	"slices"
	"strings"

	"newsctl/archive"
	"newsctl/archive/page"
)

func init() { handlers["textDocument/hover"] = onPage((*pageCall).hover) }

type hover struct {
	Contents markupContent `json:"contents"`
	Range    *textRange    `json:"range,omitempty"`
}

// hover answers with what a link points to: the headline of an event, its day, its
// topic and contexts, and on an entry of a related list why it is related.
func (c *pageCall) hover(p place) (any, error) {
	offset := c.offset(p.Position)
	l, to, ok := c.targetAt(offset)
	if l == nil {
		return c.hoverHeadline(offset), nil
	}
	at := c.span(l.Span)
	if !ok {
		if t := c.page.Target(l); t.Kind == archive.Internal && !c.live.Exists(t.Path) {
			return c.shown(&at, []string{fmt.Sprintf("%s does not exist", t.Path)}), nil
		}
		return nil, nil
	}
	return c.shown(&at, c.describe(l, to)), nil
}

// hoverHeadline returns what is to be said of the page's own event, at its headline.
func (c *pageCall) hoverHeadline(offset int) any {
	if c.page.Event == nil || len(c.page.Event.Headlines) == 0 {
		return nil
	}
	line := c.page.Event.Headlines[0].Lines()
	if offset < line.Start || line.End < offset {
		return nil
	}
	at := c.span(c.page.Event.Headlines[0].Text)
	return c.shown(&at, c.describe(nil, c.page.Path))
}

// shown returns paragraphs in the form that the client reads.
func (c *pageCall) shown(at *textRange, paragraphs []string) hover {
	kind := "plaintext"
	if slices.Contains(c.client.TextDocument.Hover.ContentFormat, "markdown") {
		kind = "markdown"
		for i, text := range paragraphs {
			paragraphs[i] = escapeMarkdown(text)
		}
		paragraphs[0] = "**" + paragraphs[0] + "**"
	}
	return hover{markupContent{kind, strings.Join(paragraphs, "\n\n")}, at}
}

// escapeMarkdown returns text so that Markdown and the HTML in it show it as it is.
func escapeMarkdown(text string) string {
	var b strings.Builder
	for _, r := range text {
		if strings.ContainsRune("\\`*_{}[]()<>#+!|~&$", r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// describe returns what is to be said of the page that a link points to.
func (c *pageCall) describe(l *page.Link, to string) []string {
	f := c.live.Facts(to)
	switch {
	case f == nil:
		return []string{to}
	case f.IsEvent():
		headline := page.Unescape(f.TrimmedHeadline())
		if headline == "" {
			headline = to
		}
		what := f.Date.String()
		if f.Topic != "" {
			what += " · " + f.Topic
		}
		out := []string{headline, what}
		known := c.contextsNear(c.page.Path, to)
		if names := known.Of(to); len(names) > 0 {
			out = append(out, "Contexts: "+strings.Join(names, ", "))
		}
		if c.page.Event != nil && l != nil && l.Role == page.Related {
			out = append(out, why(known.Of(c.page.Path), known.Of(to)))
		}
		return out
	case len(f.Items) > 0:
		return []string{to, fmt.Sprintf("%d entries", len(f.Items))}
	}
	return []string{to}
}

// why says why an event is related to another: the contexts that they share.
func why(of, to []string) string {
	var shared []string
	for _, name := range to {
		if slices.Contains(of, name) {
			shared = append(shared, name)
		}
	}
	if len(shared) == 0 {
		return "Related: no shared contexts"
	}
	return "Related: shares " + strings.Join(shared, ", ")
}
