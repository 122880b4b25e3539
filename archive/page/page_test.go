package page

import (
	"bytes"
	"cmp"
	"fmt"
	"io/fs"
	"math/rand"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// part is one span of a parsed page, its name, and the span that holds it.
type part struct {
	name string
	Span
	in Span
}

// eventParts returns all spans of an event page.
func eventParts(e *Event) []part {
	page := Span{0, len(e.Source)}
	out := pageParts(&e.Page)
	if d := e.Date; d != nil {
		out = append(out, part{"date", d.Date, d.Text})
		out = append(out, titleParts("", d.Title, page)...)
		out = append(out, linkParts(d.Link, d.Text)...)
	}
	if e.Topic != nil {
		out = append(out, titleParts("topic", *e.Topic, page)...)
	}
	for _, t := range e.Headlines {
		out = append(out, titleParts("headline", t, page)...)
	}
	for _, s := range e.Description {
		out = append(out, part{"description", s, page})
	}
	out = append(out, contextParts(e.Declared, page)...)
	for _, s := range e.Sections {
		out = append(out, part{"", s.Span, page})
		name := sectionNames[s.Kind]
		if s.Meant != "" {
			name = "near " + name
		}
		out = append(out, titleParts(name, s.Title, s.Span)...)
		for _, entry := range s.Entries {
			out = append(out, entryParts(entry, Span{s.Title.End, s.End})...)
		}
	}
	return out
}

var sectionNames = map[SectionKind]string{
	OtherSection: "Other", SourceSection: "Sources", ChangesSection: "Changes", RelatedSection: "Related",
}

func entryParts(e Entry, section Span) []part {
	name := "number"
	if e.Keep {
		name = "kept"
	}
	out := []part{{"", e.Span, section}, {name, e.Mark(), e.Span}, {"", e.Content, e.Span}}
	if e.Link == nil {
		return append(out, part{"no link", e.Content, e.Span})
	}
	out = append(out, linkParts(e.Link, e.Content)...)
	tail := Span{e.Link.End, e.Content.End}
	for _, l := range e.Images {
		out = append(out, linkParts(l, tail)...)
	}
	if !e.Note.Empty() {
		out = append(out, part{"note", e.Note, tail})
	}
	return append(out, contextParts(e.Shared, tail)...)
}

// listingParts returns all spans of a day page or front page.
func listingParts(l *Listing) []part {
	page := Span{0, len(l.Source)}
	out := pageParts(&l.Page)
	var topic *Title // the last one: it may head several items
	for _, p := range l.Parts {
		name := "part"
		if p.Previous {
			name = "previous part"
		}
		out = append(out, titleParts(name, p.Title, page)...)
		out = append(out, linkParts(p.Link, p.Title.Text)...)
		for _, it := range p.Items {
			if it.Topic != topic && it.Topic != nil {
				out = append(out, titleParts("topic", *it.Topic, page)...)
			}
			topic = it.Topic
			name := "item"
			if topic == nil {
				name = "item without topic"
			}
			out = append(out, part{"", it.Span, page})
			out = append(out, titleParts(name, it.Title, it.Span)...)
			out = append(out, linkParts(it.Link, it.Title.Text)...)
			out = append(out, contextParts(it.Declared, it.Span)...)
			for _, s := range it.Description {
				out = append(out, part{"description", s, it.Span})
			}
		}
	}
	return out
}

// pageParts returns the spans of the links and comments that belong to nothing
// else.
func pageParts(p *Page) []part {
	page := Span{0, len(p.Source)}
	var out []part
	for _, l := range p.Links {
		if l.Role == Plain || l.Role == Formats {
			out = append(out, linkParts(l, page)...)
		}
	}
	for _, c := range p.Comments {
		out = append(out, part{"comment", c.Span, page})
	}
	for _, u := range p.Unread {
		out = append(out, part{unreadNames[u.Kind], u.Span, page})
	}
	return out
}

var unreadNames = map[UnreadKind]string{
	UnreadContexts: "unread contexts", UnknownLabel: "unknown label", SecondContexts: "second contexts", OddSeparator: "odd separator",
	MisplacedContexts: "misplaced contexts", UnreadSection: "unread section", UnreadEntry: "unread entry", RuledText: "rule below text",
}

func titleParts(name string, t Title, in Span) []part {
	return []part{{"", t.Span, in}, {name, t.Text, t.Span}}
}

var roleNames = map[Role]string{
	Plain: "plain", Formats: "formats", DateLink: "day", Source: "source", Image: "image",
	Change: "change", Related: "related", Listed: "listed", Heading: "heading", Previous: "previous",
}

var formNames = map[Form]string{TextLink: "", ImageLink: "image ", Definition: "definition ", HTMLLink: "html "}

func linkParts(l *Link, in Span) []part {
	if l == nil {
		return nil
	}
	name := roleNames[l.Role]
	name = formNames[l.Form] + name
	if l.Malformed {
		name = "malformed " + name
	}
	target := "target"
	if l.Reference != "" {
		target = "target " + l.Reference
	}
	return []part{{"", l.Span, in}, {name, l.Text, l.Span}, {target, l.Target, l.Span}}
}

func contextParts(c *Contexts, in Span) []part {
	if c == nil {
		return nil
	}
	name := "context"
	if c.Open {
		name = "open context"
	}
	return []part{{"", c.Span, in}, {"label", c.Label, c.Span}, {name, c.Names, c.Span}}
}

// listed returns the parts that have a name in the order of the page, one a
// line: name "text" line:column.
func listed(p *Page, parts []part) string {
	slices.SortStableFunc(parts, func(a, b part) int { return cmp.Compare(a.Start, b.Start) })
	var b strings.Builder
	for _, part := range parts {
		if part.name != "" {
			line, column := p.Position(part.Start)
			fmt.Fprintf(&b, "%s %q %d:%d\n", part.name, p.Text(part.Span), line, column)
		}
	}
	return b.String()
}

// compare reports how the parts of a page differ from those that are wanted,
// which may be indented.
func compare(t *testing.T, src, got, want string) {
	t.Helper()
	want = strings.ReplaceAll(strings.TrimLeft(want, "\n\t"), "\t", "")
	if got != want {
		t.Errorf("page:\n%s\ngot:\n%s\nwant:\n%s", src, got, want)
	}
}

// checkSpans checks that every part is a range of the source and lies inside
// the part that holds it, that the page's links are in order, each apart from
// the others or in the text of one, and that putting the text of each part in its
// place changes nothing.
func checkSpans(t *testing.T, p *Page, parts []part) {
	t.Helper()
	for _, part := range parts {
		if part.Start < part.in.Start || part.End < part.Start || part.in.End < part.End {
			t.Fatalf("%s %v is not inside %v, in:\n%q", part.name, part.Span, part.in, p.Source)
		}
		same, err := Apply(p.Source, []Edit{{part.Span, p.Text(part.Span)}})
		if err != nil || !bytes.Equal(same, p.Source) {
			t.Fatalf("%s %v replaced by its own text: %v, in:\n%q\nbecomes:\n%q", part.name, part.Span, err, p.Source, same)
		}
		if line, column := p.Position(part.Start); line < 1 || column < 1 {
			t.Fatalf("%s %v stands at %d:%d, in:\n%q", part.name, part.Span, line, column, p.Source)
		}
	}
	end, text := 0, Span{}
	for i, l := range p.Links {
		nested := text.Start <= l.Start && l.End <= text.End
		if l.Index != i || l.Start < end && !nested || l.End <= l.Start {
			t.Fatalf("link %d has index %d and span %v after one that ends at %d, in:\n%q", i, l.Index, l.Span, end, p.Source)
		}
		if !nested {
			end, text = l.End, l.Text
		}
		if l.Reference == "" && !isLinkShaped(p, l) {
			t.Fatalf("link %v %q has text %v and target %v, in:\n%q", l.Span, p.Text(l.Span), l.Text, l.Target, p.Source)
		}
	}
	end = 0
	for _, c := range p.Comments {
		if c.Start < end || !strings.HasPrefix(p.Text(c.Span), "<!--") {
			t.Fatalf("comment %v %q after %d, in:\n%q", c.Span, p.Text(c.Span), end, p.Source)
		}
		end = c.End
	}
	if same, err := Apply(p.Source, nil); err != nil || !bytes.Equal(same, p.Source) {
		t.Fatalf("no edit: %v, in:\n%q\nbecomes:\n%q", err, p.Source, same)
	}
}

// isLinkShaped reports whether a link's spans are where its form has them.
func isLinkShaped(p *Page, l *Link) bool {
	written, gap := p.Text(l.Span), l.Target.Start-l.Text.End
	switch l.Form {
	case TextLink:
		return l.Text.Start == l.Start+1 && gap >= len("](") && written[0] == '[' && strings.HasSuffix(written, ")")
	case ImageLink:
		return l.Text.Start == l.Start+2 && gap >= len("](") && written[0] == '!' && strings.HasSuffix(written, ")")
	case Definition:
		return l.Text.Start == l.Start+1 && gap >= len("]:") && written[0] == '['
	default:
		return l.Text.Empty() && (l.Target == l.Span || l.Target.Empty())
	}
}

// shapes are the ways to read a page.
var shapes = []func(src []byte) (*Page, []part){
	func(src []byte) (*Page, []part) {
		e := ParseEvent(src, DefaultLabels())
		return &e.Page, eventParts(e)
	},
	func(src []byte) (*Page, []part) {
		l := ParseListing(src, DefaultLabels())
		return &l.Page, listingParts(l)
	},
	func(src []byte) (*Page, []part) {
		p := ParsePlain(src)
		return p, pageParts(p)
	},
}

// checkPage checks the spans of a page in each shape.
func checkPage(t *testing.T, src []byte) {
	t.Helper()
	before := bytes.Clone(src)
	for _, parse := range shapes {
		p, parts := parse(src)
		checkSpans(t, p, parts)
		checkTargets(t, p, parse)
	}
	checkSections(t, ParseEvent(src, DefaultLabels()))
	if !bytes.Equal(src, before) {
		t.Fatalf("parsing changed the source from\n%q\nto\n%q", before, src)
	}
}

// checkTargets checks that a page whose targets are replaced has the same
// links as before, but for that. Of pages with links that are malformed, go on
// on the next line, or point to a path with a space, nothing is known: the new
// text may be read as another link there, or as no entry.
func checkTargets(t *testing.T, p *Page, parse func([]byte) (*Page, []part)) {
	t.Helper()
	const target = "/x.md"
	var edits []Edit
	for _, l := range p.Links {
		if l.Malformed || strings.Contains(p.Text(l.Span), "\n") || strings.ContainsAny(p.Text(l.Target), " \t") {
			return
		}
		if l.Reference == "" {
			edits = append(edits, Edit{l.Target, target})
		}
	}
	src, err := Apply(p.Source, edits)
	if err != nil {
		t.Fatalf("replacing all targets: %v, in:\n%q", err, p.Source)
	}
	q, _ := parse(src)
	if len(q.Links) != len(p.Links) {
		t.Fatalf("%d links were %d before their targets were replaced:\n%q\n%q", len(q.Links), len(p.Links), p.Source, src)
	}
	for i, l := range q.Links {
		was := p.Links[i]
		if q.Destination(l) != target || (l.Reference == "") != (was.Reference == "") || l.Form != was.Form {
			t.Fatalf("link %d leads to %q, in:\n%q\n%q", i, q.Destination(l), p.Source, src)
		}
		inside := i+1 < len(p.Links) && p.Links[i+1].Start < was.Text.End
		if l.Role != was.Role || !inside && q.Text(l.Text) != p.Text(was.Text) {
			t.Fatalf("link %d was %s %q and is %s %q, in:\n%q\n%q", i, roleNames[was.Role], p.Text(was.Text),
				roleNames[l.Role], q.Text(l.Text), p.Source, src)
		}
	}
}

// checkSections checks that sections follow each other and hold their entries
// in order.
func checkSections(t *testing.T, e *Event) {
	t.Helper()
	end := 0
	for _, s := range e.Sections {
		if s.Start < end || s.Title.Level != 3 && s.Meant == "" && s.Kind != OtherSection {
			t.Fatalf("section %v of level %d begins before %d, in:\n%q", s.Span, s.Title.Level, end, e.Source)
		}
		at := s.Title.End
		for _, entry := range s.Entries {
			if entry.Start < at {
				t.Fatalf("entry %v begins before %d, in:\n%q", entry.Span, at, e.Source)
			}
			at = entry.End
		}
		end = s.End
	}
}

// fixturePages returns the pages of the bundled archives by path.
func fixturePages(t testing.TB) map[string][]byte {
	t.Helper()
	pages := map[string][]byte{}
	root := filepath.Join("..", "..", "fixtures")
	err := filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(p) != ".md" {
			return err
		}
		src, err := os.ReadFile(p)
		pages[p] = src
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(pages) < 50 {
		t.Fatalf("only %d pages in %s", len(pages), root)
	}
	return pages
}

// generatedPage returns a page of random lines as archives have them, and of
// such as they should not have.
func generatedPage(rng *rand.Rand) []byte {
	var b strings.Builder
	for range rng.Intn(20) {
		line := generatedLines[rng.Intn(len(generatedLines))]
		if rng.Intn(8) == 0 {
			cut := rng.Intn(len(line) + 1)
			line = line[cut:] + line[:cut]
		}
		b.WriteString(line)
		b.WriteString([]string{"\n", "\n", "\n", "\n\n", "\r\n", ""}[rng.Intn(6)])
	}
	return []byte(b.String())
}

var generatedLines = []string{
	"", " ", "---", "===", "\ufeff",
	"Formats: [HTML](/a.html)  [JSON](/a.json)  ",
	"### [2017-07-9](/news/2017/07/9/index.md)",
	"### 2017-07-9",
	"## [2017-07-9](/news/2017/07/9/index.md)",
	"## [Previous Day...](/news/2017/07/8/index.md)",
	"##### Norvane",
	"##### ",
	"# The bridge opens. ",
	"#  A leading space ##",
	"### [The bridge opens. ](/news/2017/07/9/the-bridge-opens.md)",
	"### [The [? bridge](/news/2017/07/9/the-bridge.md)",
	"### Source:", "### Sources:", "### 信息来源:", "### Changes:", "### Related:", "### 有关:", "### Notes",
	"It was closed &amp; [is open](/faq/index.md) now.",
	"_Context: Bridge, Norvane_",
	"_消息: 青岚大桥_",
	"*Context: Bridge, Norvane*", "__Contexts：Bridge，Norvane__", "<em>context: Bridge</em>", "**Context:** Bridge", "Context: Bridge",
	"It opens. _Context: Bridge_", "_Context: _Bridge_, b_", "*Context: Bridge_", "_Context: Bridge; Norvane_", "_Kontext: Bridge_",
	"2. [A](/a.md){target=_blank} — *Context: Bridge*. <!-- keep -->", "   _Context: Bridge_", "3. [B](/b.md) _Context: B_ *Context: C*",
	"###Related:", "**Related:**", "## RELATED :", "### Related events:", "<summary>Related</summary>", "Related:", "+++", "title: \"a\"",
	"- [Tug](/news/2017/07/9/tug.md) _Context: Bridge_",
	"_Context: Bridge",
	"1. [Ellery Post](http://post.example/1) [IMG](//post.example/1.jpg)",
	"2. [The bridge [opens]. ](/news/2017/07/9/the-bridge-opens.md) _Context: Bridge_",
	"3.[No space](/a.md)",
	"4. [青岚大桥通车 ](/zh/news/2019/01/1/青岚大桥通车.md) _消息: 青岚大桥_ <!-- keep -->",
	"5. [SKERROW 18[?](/b.md) _Context: Old Harbour_",
	"6. no link",
	"7. [A link", "of two lines](/d.md)", "2.[b] x](/e.md)",
	"7) [Other mark](<a b.md>)",
	"- [Bullet](/c.md)",
	"1.", "-",
	"> [quoted](/d.md)",
	"    indented [code](/e.md)",
	"`a [b` c](/f.md)", "```",
	"<!-- newsctl-ignore source-missing -->", "<!--", "-->",
	"[name]: /g.md", "[text][name]", "![image [in](/h.md)](/i.png)",
	"[![Map](/map.png \"Map\")](/j.md) ![there][name]", "[far]:", "  </k l.md> 'Far'", "[^1]: /note.md", "[^2]: [In a note](/y.md)", "[^3]: note\n[near]: /z.md\n[^4]:",
	"See <a href=\"/l.md\">l</a> and <img src='/m.png' srcset=\"/m.png 1x, /n.png 2x\">.", "<video", "src=/o.mp4>",
	"<div><a name=top href=/p.md?a=1&amp;b=2>", "<pre><img src=/q.png>", "</pre> <source src=/r.ogg>", "> <img", "> src=/s.png>",
	"[spaced](/t u.md) and ![that](v w.png)", "<img src=\"\">", "<!-- <img src=/x.png> -->",
	`\[ \] \( [a\](b)](c\)d)`,
}

func TestSpansOfFixtures(t *testing.T) {
	for p, src := range fixturePages(t) {
		t.Run(p, func(t *testing.T) {
			t.Parallel()
			checkPage(t, src)
		})
	}
}

// seeds returns how many random inputs a test tries: few, or all of them where
// NEWSCTL_TEST_SEEDS is "all".
func seeds(few, all int) int {
	if os.Getenv("NEWSCTL_TEST_SEEDS") == "all" {
		return all
	}
	return few
}

func TestSpansOfGeneratedPages(t *testing.T) {
	t.Parallel()
	for seed := range seeds(150, 3000) {
		checkPage(t, generatedPage(rand.New(rand.NewSource(int64(seed)))))
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, src := range fixturePages(f) {
		f.Add(src)
	}
	for seed := range int64(50) {
		f.Add(generatedPage(rand.New(rand.NewSource(seed))))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		if len(src) > MaxSize {
			return
		}
		checkPage(t, src)
	})
}

func TestPosition(t *testing.T) {
	p := ParsePlain([]byte("ab\n青岚 大\r\n\n\xff\xfex"))
	for _, tt := range []struct{ offset, line, column int }{
		{-1, 1, 1},
		{0, 1, 1},
		{1, 1, 2},
		{2, 1, 3}, // the line end belongs to the line
		{3, 2, 1},
		{6, 2, 2},  // after a character of three bytes
		{10, 2, 4}, // after two of them and a space
		{13, 2, 5},
		{15, 3, 1},
		{16, 4, 1},
		{18, 4, 3}, // bytes that are not UTF-8 count one each
		{19, 4, 4},
		{99, 4, 4},
	} {
		line, column := p.Position(tt.offset)
		if line != tt.line || column != tt.column {
			t.Errorf("Position(%d) = %d:%d, want %d:%d", tt.offset, line, column, tt.line, tt.column)
		}
	}
}

func TestLine(t *testing.T) {
	p := ParsePlain([]byte("ab\r\n\nc"))
	for _, tt := range []struct {
		offset int
		want   Span
	}{
		{-1, Span{0, 2}},
		{0, Span{0, 2}},
		{2, Span{0, 2}},
		{3, Span{0, 2}},
		{4, Span{4, 4}},
		{5, Span{5, 6}},
		{6, Span{5, 6}},
		{99, Span{5, 6}},
	} {
		if got := p.Line(tt.offset); got != tt.want {
			t.Errorf("Line(%d) = %v, want %v", tt.offset, got, tt.want)
		}
	}
	empty := ParsePlain(nil)
	if got := empty.Line(0); got != (Span{}) {
		t.Errorf("line of an empty page: %v", got)
	}
}

func TestSpanEmpty(t *testing.T) {
	for _, tt := range []struct {
		span Span
		want bool
	}{
		{Span{}, true}, {Span{3, 3}, true}, {Span{4, 3}, true}, {Span{3, 4}, false},
	} {
		if got := tt.span.Empty(); got != tt.want {
			t.Errorf("%v.Empty() = %v", tt.span, got)
		}
	}
}
