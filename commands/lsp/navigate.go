package lsp

import (
	"slices"
	"strings"

	"newsctl/archive"
	"newsctl/archive/link"
	"newsctl/archive/page"
)

func init() {
	handlers["textDocument/definition"] = onPage((*pageCall).definition)
	handlers["textDocument/references"] = onPage((*pageCall).references)
	handlers["textDocument/documentLink"] = onPage((*pageCall).documentLinks)
}

// definition answers with the page that a link points to, and the place there.
func (c *pageCall) definition(p place) (any, error) {
	l, to, ok := c.targetAt(c.offset(p.Position))
	if !ok {
		return nil, nil
	}
	out := c.placeOn(to)
	if fragment := link.Fragment(c.page.Destination(l)); fragment != "" && strings.Contains(c.page.Destination(l), "#") {
		if at, ok := headingOf(c.live.Page(to), fragment); ok {
			out.Range = newLines(string(c.live.Page(to).Source)).span(at, c.encoding)
		}
	}
	return out, nil
}

// headingOf returns the heading of a page that a fragment points to.
func headingOf(p *archive.Page, fragment string) (page.Span, bool) {
	src := string(p.Source)
	for at := 0; at < len(src); {
		line := p.Line(at)
		text := src[line.Start:line.End]
		if title := strings.TrimLeft(text, "#"); len(title) < len(text) && strings.EqualFold(page.HeadingAnchor(strings.TrimSpace(title)), fragment) {
			return page.Span{Start: line.Start + len(text) - len(title), End: line.End}, true
		}
		at = line.End + 1
	}
	return page.Span{}, false
}

type referenceParams struct {
	place
	Context struct {
		IncludeDeclaration bool `json:"includeDeclaration"`
	} `json:"context"`
}

// references answers with what links to an event: that of the link at the position,
// or else the page's own.
func (c *pageCall) references(p referenceParams) (any, error) {
	target := c.page.Path
	if _, to, ok := c.targetAt(c.offset(p.Position)); ok {
		target = to
	}
	out := []location{}
	if p.Context.IncludeDeclaration {
		out = append(out, c.placeOn(target))
	}
	if c.f.loaded().isOld() {
		c.sweep()
	}
	_, live := c.whole()
	for _, from := range linkingTo(live, target) {
		pg := live.Page(from)
		l := newLines(string(pg.Source))
		for _, link := range pg.Links {
			if pg.Target(link).Path == target {
				out = append(out, location{c.uriAt(from), l.span(link.Span, c.encoding)})
			}
		}
	}
	return out, nil
}

// linkingTo returns the paths of the pages that link to one, in byte order. Copies of
// pages and the page itself are omitted.
func linkingTo(a *archive.Archive, target string) []string {
	return archive.Filter(a.Paths("."), func(p string) bool {
		if kind, _ := archive.Classify(p); kind == archive.CopyPage || p == target {
			return false
		}
		f := a.Facts(p)
		for j := 0; f != nil && j < len(f.Links); j++ {
			if f.Target(int32(j)).Path == target {
				return true
			}
		}
		return false
	})
}

type documentLink struct {
	Range  textRange `json:"range"`
	Target string    `json:"target"`
}

// documentLinks answers with the links of a page that lead somewhere.
func (c *pageCall) documentLinks(documentParams) (any, error) {
	out := []documentLink{}
	for _, l := range c.page.Links {
		at := l.Target
		if l.Malformed || l.Reference != "" || at.Empty() {
			continue
		}
		switch t := c.page.Target(l); {
		case t.Kind == archive.Internal && c.live.Exists(t.Path):
			out = append(out, documentLink{c.span(at), c.uriAt(t.Path)})
		case t.Kind == archive.External:
			to := c.page.Destination(l)
			if strings.HasPrefix(to, "https://") || strings.HasPrefix(to, "http://") {
				out = append(out, documentLink{c.span(at), to})
			}
		}
	}
	slices.SortFunc(out, func(a, b documentLink) int { return comparePositions(a.Range.Start, b.Range.Start) })
	return out, nil
}

func comparePositions(a, b position) int {
	if a.Line != b.Line {
		return a.Line - b.Line
	}
	return a.Character - b.Character
}
