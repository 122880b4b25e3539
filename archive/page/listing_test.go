package page

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestListings(t *testing.T) {
	for _, tt := range []struct{ name, src, want string }{
		{"day page of 2003", `## [2003-11-4](/news/2003/11/4/index.md)

### [The ferry is sold. ](/news/2003/11/4/the-ferry-is-sold.md)

### [The ferry is bought. ](/news/2003/11/4/the-ferry-is-bought.md)
It was cheap,
[they say](/faq/index.md).

No ferry sails.

## [Previous Day...](/news/2003/10/31/index.md)

`, `
			part "[2003-11-4](/news/2003/11/4/index.md)" 1:4
			heading "2003-11-4" 1:5
			target "/news/2003/11/4/index.md" 1:16
			item without topic "[The ferry is sold. ](/news/2003/11/4/the-ferry-is-sold.md)" 3:5
			listed "The ferry is sold. " 3:6
			target "/news/2003/11/4/the-ferry-is-sold.md" 3:27
			item without topic "[The ferry is bought. ](/news/2003/11/4/the-ferry-is-bought.md)" 5:5
			listed "The ferry is bought. " 5:6
			target "/news/2003/11/4/the-ferry-is-bought.md" 5:29
			description "It was cheap,\n[they say](/faq/index.md).\n" 6:1
			plain "they say" 7:2
			target "/faq/index.md" 7:12
			description "No ferry sails.\n" 9:1
			previous part "[Previous Day...](/news/2003/10/31/index.md)" 11:4
			previous "Previous Day..." 11:5
			target "/news/2003/10/31/index.md" 11:22
		`},
		{"day page of 2018", `
Formats: [HTML](2018/03/14/index.html)  [XML](2018/03/14/index.xml)  

## [2018-03-14](/news/2018/03/14/index.md)

##### Norvane Cup, 2018
### [The cup is found. ](/a.md)
_Context: Norvane, Norvane Cup, 2018_

### [The cup is won. ](/b.md)
At last.

##### 
### [The cup is lost. ](/c.md)
`, `
			formats "HTML" 2:11
			target "2018/03/14/index.html" 2:17
			formats "XML" 2:42
			target "2018/03/14/index.xml" 2:47
			part "[2018-03-14](/news/2018/03/14/index.md)" 4:4
			heading "2018-03-14" 4:5
			target "/news/2018/03/14/index.md" 4:17
			topic "Norvane Cup, 2018" 6:7
			item "[The cup is found. ](/a.md)" 7:5
			listed "The cup is found. " 7:6
			target "/a.md" 7:26
			label "Context" 8:2
			context "Norvane, Norvane Cup, 2018" 8:11
			item "[The cup is won. ](/b.md)" 10:5
			listed "The cup is won. " 10:6
			target "/b.md" 10:24
			description "At last.\n" 11:1
			topic "" 13:7
			item "[The cup is lost. ](/c.md)" 14:5
			listed "The cup is lost. " 14:6
			target "/c.md" 14:25
		`},
		{"Chinese day page", `## [2018-12-31](/zh/news/2018/12/31/index.md)

##### 白鹭岛
### [灯塔点亮，3,600人观看。](/zh/news/2018/12/31/灯塔点亮-3600人观看.md)
_消息: 白鹭岛, 灯塔_

## [前一天...](/news/2018/12/30/index.md)
`, `
			part "[2018-12-31](/zh/news/2018/12/31/index.md)" 1:4
			heading "2018-12-31" 1:5
			target "/zh/news/2018/12/31/index.md" 1:17
			topic "白鹭岛" 3:7
			item "[灯塔点亮，3,600人观看。](/zh/news/2018/12/31/灯塔点亮-3600人观看.md)" 4:5
			listed "灯塔点亮，3,600人观看。" 4:6
			target "/zh/news/2018/12/31/灯塔点亮-3600人观看.md" 4:22
			label "消息" 5:2
			context "白鹭岛, 灯塔" 5:6
			previous part "[前一天...](/news/2018/12/30/index.md)" 7:4
			previous "前一天..." 7:5
			target "/news/2018/12/30/index.md" 7:13
		`},
		{"front page", `
Formats: [HTML](/index.html)  

## [News](/news/2018/01/18/index.md)

### [The ferry sails. ](/news/2018/01/18/the-ferry-sails.md)
Again.

## Opinion
### [The ferry and the truth](/opinion/2017/04/4/the-ferry/index.md)
Not again.

---

## [Yesterday](/news/2018/01/17/index.md)

### [The ferry waits. ](/news/2018/01/17/the-ferry-waits.md)

---

## [Previous Day...](/news/2018/01/15/index.md)

---

`, `
			formats "HTML" 2:11
			target "/index.html" 2:17
			part "[News](/news/2018/01/18/index.md)" 4:4
			heading "News" 4:5
			target "/news/2018/01/18/index.md" 4:11
			item without topic "[The ferry sails. ](/news/2018/01/18/the-ferry-sails.md)" 6:5
			listed "The ferry sails. " 6:6
			target "/news/2018/01/18/the-ferry-sails.md" 6:25
			description "Again.\n" 7:1
			part "Opinion" 9:4
			item without topic "[The ferry and the truth](/opinion/2017/04/4/the-ferry/index.md)" 10:5
			listed "The ferry and the truth" 10:6
			target "/opinion/2017/04/4/the-ferry/index.md" 10:31
			description "Not again.\n" 11:1
			part "[Yesterday](/news/2018/01/17/index.md)" 15:4
			heading "Yesterday" 15:5
			target "/news/2018/01/17/index.md" 15:16
			item without topic "[The ferry waits. ](/news/2018/01/17/the-ferry-waits.md)" 17:5
			listed "The ferry waits. " 17:6
			target "/news/2018/01/17/the-ferry-waits.md" 17:25
			previous part "[Previous Day...](/news/2018/01/15/index.md)" 21:4
			previous "Previous Day..." 21:5
			target "/news/2018/01/15/index.md" 21:22
		`},
		{"empty", "", ""},
		{"items above every heading", "##### T\n### [A](/a.md)\n", `
			part "" 1:1
			topic "T" 1:7
			item "[A](/a.md)" 2:5
			listed "A" 2:6
			target "/a.md" 2:9
		`},
		{"a topic ends with its part", "##### T\n## B\n### [A](/a.md)\n", `
			part "B" 2:4
			item without topic "[A](/a.md)" 3:5
			listed "A" 3:6
			target "/a.md" 3:9
		`},
		{"malformed links", "## [2017-07-9(/a.md)\n### [Bell 18[?. ](/b.md)\n### Bell 18?] found. ](/c.md)\n### [Bell](/d e.md)\n### Bell\n", `
			part "[2017-07-9(/a.md)" 1:4
			item without topic "[Bell 18[?. ](/b.md)" 2:5
			malformed listed "Bell 18[?. " 2:6
			target "/b.md" 2:19
			item without topic "Bell 18?] found. ](/c.md)" 3:5
			item without topic "[Bell](/d e.md)" 4:5
			malformed listed "Bell" 4:6
			target "/d e.md" 4:12
			item without topic "Bell" 5:5
		`},
		{"spaces, closing marks, reference", "##  [A](/a.md) ##\n###   [B][b] ###\n\n[b]: /b.md\n", `
			part " [A](/a.md) " 1:4
			heading "A" 1:6
			target "/a.md" 1:9
			item without topic "  [B][b] " 2:5
			target /b.md "[B][b]" 2:7
			listed "B" 2:8
			definition plain "b" 4:2
			target "/b.md" 4:6
		`},
		{"CRLF and a byte-order mark", "\ufeff## [D](/d.md)\r\n\r\n### [A ](/a.md)\r\n_Context: B_\r\n", `
			part "[D](/d.md)" 1:5
			heading "D" 1:6
			target "/d.md" 1:9
			item without topic "[A ](/a.md)" 3:5
			listed "A " 3:6
			target "/a.md" 3:10
			label "Context" 4:2
			context "B" 4:11
		`},
		{"two context lines, one of them open", "### [A](/a.md)\n_Context: B\n\n_Context: C_\n", `
			part "" 1:1
			item without topic "[A](/a.md)" 1:5
			listed "A" 1:6
			target "/a.md" 1:9
			label "Context" 2:2
			open context "B" 2:11
			second contexts "_Context: C_" 4:1
		`},
		{"other headings end an item", "### [A](/a.md)\n# B\nC\n### [D](/d.md)\n#### E\nF\n", `
			part "" 1:1
			item without topic "[A](/a.md)" 1:5
			listed "A" 1:6
			target "/a.md" 1:9
			item without topic "[D](/d.md)" 4:5
			listed "D" 4:6
			target "/d.md" 4:9
		`},
		{"other blocks end an item", "### [A](/a.md)\nB\n\n---\n\nC\n# D\nE\n", `
			part "" 1:1
			item without topic "[A](/a.md)" 1:5
			listed "A" 1:6
			target "/a.md" 1:9
			description "B\n" 2:1
		`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			l := ParseListing([]byte(tt.src), DefaultLabels())
			compare(t, tt.src, listed(&l.Page, listingParts(l)), tt.want)
			checkPage(t, []byte(tt.src))
		})
	}
}

// An item reaches to the next heading, or to what ends it.
func TestItemSpans(t *testing.T) {
	src := `## [D](/d.md)

##### T
### [A](/a.md)
One.

Two.

##### U
### [B](/b.md)
### [C](/c.md)
---

## E
### [F](/f.md)
Last.
`
	want := []string{
		"### [A](/a.md)\nOne.\n\nTwo.\n\n",
		"### [B](/b.md)\n",
		"### [C](/c.md)\n",
		"### [F](/f.md)\nLast.\n",
	}
	l := ParseListing([]byte(src), DefaultLabels())
	var got []string
	for _, p := range l.Parts {
		for _, it := range p.Items {
			got = append(got, l.Text(it.Span))
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("items: %q\nwant: %q", got, want)
	}
}

// Items below one topic share it.
func TestTopicOfSeveralItems(t *testing.T) {
	l := ParseListing([]byte("##### T\n### [A](/a.md)\n### [B](/b.md)\n##### T\n### [C](/c.md)\n"), DefaultLabels())
	items := l.Parts[0].Items
	if items[0].Topic == nil || items[0].Topic != items[1].Topic {
		t.Errorf("two items below one topic have topics %p and %p", items[0].Topic, items[1].Topic)
	}
	if items[1].Topic == items[2].Topic {
		t.Error("an item below another topic of the same name has the first")
	}
}

func TestItemsOfAllParts(t *testing.T) {
	l := ParseListing([]byte("### [A](/a.md)\n## [2024-03-5](/news/2024/03/5/index.md)\n### [B](/b.md)\n### [C](/c.md)\n## More\n### [D](/d.md)\n"), DefaultLabels())
	var got []string
	for _, it := range l.Items() {
		got = append(got, l.Text(it.Link.Text))
	}
	if want := []string{"A", "B", "C", "D"}; !slices.Equal(got, want) {
		t.Errorf("items %q, want %q", got, want)
	}
	if l = nil; len(l.Items()) != 0 {
		t.Error("no listing lists something")
	}
}

func TestParsePlain(t *testing.T) {
	src := "## FAQ\n\n[front](/index.md), [青岚](/b.md), ![an image](/c.png), `[code](/d.md)`, <http://e.example>, [bad [link](/f.md)\n\n<!-- note -->\n> [quoted\n> text](/g.md)\n\n- [x]\n\n[x]: /h.md\n"
	p := ParsePlain([]byte(src))
	compare(t, src, listed(p, pageParts(p)), `
		plain "front" 3:2
		target "/index.md" 3:9
		plain "青岚" 3:22
		target "/b.md" 3:26
		image plain "an image" 3:36
		target "/c.png" 3:46
		plain "link" 3:98
		target "/f.md" 3:104
		comment "<!-- note -->" 5:1
		plain "quoted\n> text" 6:4
		target "/g.md" 7:9
		target /h.md "[x]" 9:3
		plain "x" 9:4
		definition plain "x" 11:2
		target "/h.md" 11:6
	`)
	if got := p.Comments[0].Text; got != "note" {
		t.Errorf("comment's text is %q", got)
	}
}

func BenchmarkParseListing(b *testing.B) {
	benchmarkParse(b, true, func(src []byte) { ParseListing(src, DefaultLabels()) })
}

// benchmarkParse reads the pages of the bundled archives that are, or are not,
// named index.md or README.md.
func benchmarkParse(b *testing.B, listings bool, parse func(src []byte)) {
	var pages [][]byte
	size := 0
	for p, src := range fixturePages(b) {
		name := filepath.Base(p)
		if listings == (name == "index.md" || name == "README.md") && strings.Contains(p, "news") {
			pages = append(pages, src)
			size += len(src)
		}
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	b.ResetTimer()
	for range b.N {
		for _, src := range pages {
			parse(src)
		}
	}
}
