package lsp

import (
	"cmp"
	"strings"

	"newsctl/archive"
	"newsctl/archive/page"
	"newsctl/archive/sorted"
)

func init() {
	handlers["textDocument/documentSymbol"] = onPage((*pageCall).documentSymbols)
	handlers["textDocument/foldingRange"] = onPage((*pageCall).foldingRanges)
	handlers["workspace/symbol"] = typed((*call).workspaceSymbols)
}

type documentSymbol struct {
	Name           string           `json:"name"`
	Detail         string           `json:"detail,omitempty"`
	Kind           int              `json:"kind"`
	Range          textRange        `json:"range"`
	SelectionRange textRange        `json:"selectionRange"`
	Children       []documentSymbol `json:"children,omitempty"`
}

// symbolInformation is a symbol for clients that know no tree, and in a workspace.
type symbolInformation struct {
	Name          string   `json:"name"`
	Kind          int      `json:"kind"`
	Location      location `json:"location"`
	ContainerName string   `json:"containerName,omitempty"`
}

// outlined is a part of a page in its outline.
type outlined struct {
	name  string
	kind  int
	all   page.Span
	title page.Span
	parts []outlined
}

// outline returns the parts of a page: of an event its headline with its sections,
// of a listing its days with their events.
func outline(p *archive.Page) []outlined {
	switch {
	case p.Event != nil:
		out := outlined{name: "(no headline)", kind: eventSymbol, all: page.Span{End: len(p.Source)}}
		if h, ok := p.Event.Headline(); ok {
			out.name, out.title = cmp.Or(strings.TrimSpace(h), out.name), p.Event.Headlines[0].Text
		}
		for _, s := range p.Event.Sections {
			section := outlined{name: nameOf(p, s.Title.Text), kind: namespaceSymbol, all: s.Span, title: s.Title.Text}
			for _, e := range s.Entries {
				if e.Link != nil {
					section.parts = append(section.parts, outlined{name: nameOf(p, e.Link.Text), kind: stringSymbol, all: e.Span, title: e.Link.Span})
				}
			}
			out.parts = append(out.parts, section)
		}
		return []outlined{out}
	case p.Listing != nil:
		var out []outlined
		for _, part := range p.Listing.Parts {
			title := part.Title.Text
			if part.Link != nil {
				title = part.Link.Text
			}
			day := outlined{name: nameOf(p, title), kind: namespaceSymbol, all: part.Title.Span, title: title}
			for _, it := range part.Items {
				title := it.Title.Text
				if it.Link != nil {
					title = it.Link.Text
				}
				day.parts = append(day.parts, outlined{name: nameOf(p, title), kind: eventSymbol, all: it.Span, title: title})
				day.all.End = max(day.all.End, it.End)
			}
			if part.Title.Empty() && len(day.parts) > 0 {
				out = append(out, day.parts...)
				continue
			}
			out = append(out, day)
		}
		return out
	}
	return nil
}

func nameOf(p *archive.Page, at page.Span) string {
	return cmp.Or(strings.TrimSpace(strings.ToValidUTF8(page.OneLine(p.Text(at)), "\ufffd")), "(empty)")
}

func (c *pageCall) documentSymbols(documentParams) (any, error) {
	tree := outline(c.page)
	if c.client.TextDocument.DocumentSymbol.Hierarchical {
		return notNil(c.symbols(tree)), nil
	}
	out := []symbolInformation{}
	var flatten func(parts []outlined, in string)
	flatten = func(parts []outlined, in string) {
		for _, o := range parts {
			out = append(out, symbolInformation{o.name, o.kind, location{c.doc.uri, c.span(o.all)}, in})
			flatten(o.parts, o.name)
		}
	}
	flatten(tree, "")
	return out, nil
}

func (c *pageCall) symbols(parts []outlined) []documentSymbol {
	var out []documentSymbol
	for _, o := range parts {
		all := page.Span{Start: min(o.all.Start, o.title.Start), End: max(o.all.End, o.title.End)}
		out = append(out, documentSymbol{Name: o.name, Kind: o.kind, Range: c.span(all), SelectionRange: c.span(o.title), Children: c.symbols(o.parts)})
	}
	return out
}

type foldingRange struct {
	StartLine int `json:"startLine"`
	EndLine   int `json:"endLine"`
}

// foldingRanges answers with the sections of an event, and the days and entries of a
// listing.
func (c *pageCall) foldingRanges(documentParams) (any, error) {
	out := []foldingRange{}
	add := func(s page.Span) {
		end := s.Start + len(strings.TrimRight(c.page.Text(s), " \t\r\n"))
		r := c.span(page.Span{Start: s.Start, End: end})
		if r.End.Line > r.Start.Line {
			out = append(out, foldingRange{r.Start.Line, r.End.Line})
		}
	}
	add(c.page.FrontMatter())
	for _, o := range outline(c.page) {
		if c.page.Event == nil {
			add(o.all)
		}
		for _, part := range o.parts {
			add(part.all)
		}
	}
	return out, nil
}

// maxSymbols is how many events a search answers with at most.
const maxSymbols = 200

// workspaceSymbols answers with the events whose headlines have the words of a query,
// newest first.
func (c *call) workspaceSymbols(p struct {
	Query string `json:"query"`
}) (any, error) {
	out := []symbolInformation{}
	for _, f := range c.knownTrees() {
		err := f.use(func() error {
			w := f.loaded()
			pc := &pageCall{call: c, f: f, live: f.live(c.docs)}
			for _, e := range search(pc.events(w), p.Query, maxSymbols-len(out)) {
				out = append(out, symbolInformation{e.headline, eventSymbol, pc.placeOn(e.path), e.date.String()})
			}
			return nil
		})
		if err != nil && len(c.knownTrees()) == 1 {
			return nil, err
		}
	}
	return out, nil
}

// events returns the events of the archive, newest first, those of open pages as they
// are there; without the whole archive, those of the last days.
func (c *pageCall) events(w *whole) []event {
	if w == nil {
		return sortEvents(eventsAt(c.live, recentEvents(c.live)))
	}
	all := w.all()
	texts := c.f.texts(c.live, c.docs)
	var open []event
	for _, e := range eventsAt(c.live, sorted.Keys(texts)) {
		if !contains(all, e) {
			open = append(open, e)
		}
	}
	if len(open) == 0 {
		return all
	}
	out := make([]event, 0, len(all)+len(open))
	for _, e := range all {
		if _, isOpen := texts[e.path]; !isOpen {
			out = append(out, e)
		}
	}
	return sortEvents(append(out, eventsAt(c.live, sorted.Keys(texts))...))
}

// contains reports whether sorted events hold one.
func contains(all []event, e event) bool {
	at, found := findEvent(all, e)
	return found && all[at].headline == e.headline
}

// search returns the first events whose headlines hold all words of a query; those
// that begin with it come first.
func search(events []event, query string, limit int) []event {
	words := strings.Fields(strings.ToLower(query))
	var first, rest []event
	for _, e := range events {
		if len(first) >= limit {
			break
		}
		switch {
		case !holdsAll(e.folded, words):
		case len(words) > 0 && strings.HasPrefix(e.folded, words[0]) && strings.HasPrefix(e.folded, strings.ToLower(strings.TrimSpace(query))):
			first = append(first, e)
		case len(rest) < limit:
			rest = append(rest, e)
		}
	}
	return append(first, rest[:min(len(rest), max(0, limit-len(first)))]...)
}

func holdsAll(text string, words []string) bool {
	for _, w := range words {
		if !strings.Contains(text, w) {
			return false
		}
	}
	return true
}
