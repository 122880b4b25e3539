package review

import (
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"

	"newsctl/archive/term"
)

// staticItems is how many items a page may have to be readable without scripts.
const staticItems = 200

var (
	//go:embed page.html
	pageSource string
	//go:embed page.css
	style string
	//go:embed data.js
	dataScript string
	//go:embed detail.js
	detailScript string
	//go:embed list.js
	listScript string
)

// script is all that runs on a page, in a scope of its own.
var script = "(() => {\n\"use strict\";\n" + dataScript + detailScript + listScript + "})();\n"

// view is a page as the template shows it.
type view struct {
	*Page
	Policy template.HTMLAttr
	Style  template.CSS
	Script template.JS
	Index  *index
	Chunks []string
	Totals []total
	Years  []year
	Tall   int // the most items of a year
	Static []staticItem
	Span   string // the first and the last day
	Many   bool   // there are too many items for readers without scripts
}

type total struct {
	Kind
	N, Pages int
}

// Label says what a total counts.
func (t total) Label() string { return wordFor(t.N, t.One, t.Many) }

// wordFor returns the word for one, or for any other number.
func wordFor(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

type year struct {
	Name        string
	Pages       int
	Top, Height float64 // of its bar, in percent
}

type staticItem struct {
	Item
	Detail
}

// Write writes a page. Parallel runs do for all numbers below n.
func Write(w io.Writer, p *Page, parallel func(n int, do func(i int))) error {
	chunks, err := p.chunks(parallel)
	if err != nil {
		return err
	}
	items := make([]Item, len(p.Items))
	parallel(len(items), func(i int) { items[i] = p.Items[i].clean() })
	shown := *p
	for _, s := range []*string{&shown.Title, &shown.Summary, &shown.Command} {
		*s = term.Escape(*s)
	}
	shown.Then = escapeAll(p.Then)
	shown.Assurances = slices.Clone(p.Assurances)
	for i := range shown.Assurances {
		shown.Assurances[i].Text = term.Escape(p.Assurances[i].Text)
	}
	v := &view{
		Page: &shown, Policy: policy(), Style: template.CSS(style), Script: template.JS(script),
		Index: p.newIndex(items), Chunks: chunks, Totals: p.totals(), Years: p.years(), Many: len(items) > staticItems, Span: p.span(),
	}
	v.Index.Key = p.key(chunks)
	if !v.Many {
		for i, it := range items {
			v.Static = append(v.Static, staticItem{it, p.Detail(i).clean()})
		}
	}
	return pageTemplate().Execute(w, v)
}

// policy lets nothing run or load but the page's own style and script.
func policy() template.HTMLAttr {
	return template.HTMLAttr(fmt.Sprintf(`content="default-src 'none'; style-src '%s'; script-src '%s'; base-uri 'none'; form-action 'none'"`, sourceHash(style), sourceHash(script)))
}

// sourceHash returns what a security policy calls the text of an element.
func sourceHash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}

// totals counts what changes, by kind. Kinds of which there is nothing are omitted.
func (p *Page) totals() []total {
	var out []total
	for _, k := range p.Kinds {
		t := total{Kind: k}
		for _, it := range p.Items {
			for _, c := range it.Counts {
				if c.Kind == k.ID {
					t.N += c.N
					t.Pages++
				}
			}
		}
		if t.Pages > 0 {
			out = append(out, t)
		}
	}
	return out
}

// years counts items by year, also of years between that have none. It returns nothing
// for a single year.
func (p *Page) years() []year {
	counts := map[int]int{}
	for _, it := range p.Items {
		if name, _, isDay := strings.Cut(it.Day, "-"); isDay {
			if y, err := strconv.Atoi(name); err == nil {
				counts[y]++
			}
		}
	}
	if len(counts) < 2 {
		return nil
	}
	first, last, most := math.MaxInt, 0, 0
	for y, n := range counts {
		first, last, most = min(first, y), max(last, y), max(most, n)
	}
	var out []year
	for y := first; y <= last && len(out) < maxYears; y++ {
		height := 100 * float64(counts[y]) / float64(most)
		out = append(out, year{fmt.Sprintf("%04d", y), counts[y], 100 - height, height})
	}
	return out
}

// span returns the years of the first and the last day of items, or nothing.
func (p *Page) span() string {
	first, last := "", ""
	for _, it := range p.Items {
		if name, _, isDay := strings.Cut(it.Day, "-"); isDay {
			if first == "" || name < first {
				first = name
			}
			last = max(last, name)
		}
	}
	if first == last {
		return first
	}
	return first + "\u2013" + last
}

// maxYears is how many years the chart has room for.
const maxYears = 120

// pageTemplate is parsed when the first page is written.
var pageTemplate = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("page").Funcs(template.FuncMap{
		"marked":  markedHTML,
		"lines":   diffLines,
		"name":    signName,
		"short":   func(sign Sign) string { return signText[sign] },
		"badge":   badge,
		"number":  term.Number,
		"pages":   func(n int) string { return Counted(n, "page", "pages") },
		"century": func(year string) string { return year[:2] },
		"decade":  func(year string) string { return year[2:] },
	}).Parse(pageSource))
})

// markedHTML returns a marked text as HTML.
func markedHTML(text string) template.HTML {
	escaped := template.HTMLEscapeString(text)
	return template.HTML(strings.NewReplacer(markStart, "<mark>", markEnd, "</mark>").Replace(escaped))
}

// diffLine is a line of a diff, with the class that chooses its color.
type diffLine struct{ Class, Text string }

// diffLines returns the lines of a diff. What is above the first hunk is its head.
func diffLines(diff string) []diffLine {
	var out []diffLine
	inHunk := false
	for _, line := range strings.Split(strings.TrimSuffix(diff, "\n"), "\n") {
		class := ""
		switch {
		case strings.HasPrefix(line, "@@"):
			class, inHunk = "hunk", true
		case !inHunk:
			class = "head"
		case strings.HasPrefix(line, "+"):
			class = "added"
		case strings.HasPrefix(line, "-"):
			class = "removed"
		}
		out = append(out, diffLine{class, line})
	}
	return out
}

var signNames = map[Sign]string{Same: "same", Added: "added", Removed: "removed", Moved: "moved", Changed: "changed", Error: "error", Warning: "warning", Info: "info"}

// signName returns the class of a sign.
func signName(sign Sign) string { return signNames[sign] }

// signText is what is shown of a sign.
var signText = map[Sign]string{Added: "+", Removed: "\u2212", Moved: "\u2195", Changed: "~", Error: "error", Warning: "warning", Info: "info"}

// badge is what is shown beside a page of a kind, without its number, or nothing of
// rules, of which the severities are counted.
func badge(k Kind) string {
	switch {
	case k.Short != "":
		return k.Short
	case len(k.Sign) > 1:
		return ""
	}
	return signText[k.Sign]
}

// Counted returns a number of things, with the word for one or for several.
func Counted(n int, one, many string) string {
	return term.Number(n) + " " + wordFor(n, one, many)
}
