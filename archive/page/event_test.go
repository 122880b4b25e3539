package page

import (
	"testing"
)

func TestEventPages(t *testing.T) {
	for _, tt := range []struct{ name, src, want string }{
		{"2003", `### [2003-11-4](/news/2003/11/4/index.md)

# The ferry "Gannet" is sold for $65 million. 




### Source:

1. [Radio Skerrow](http://radio.skerrow.example.org/20031104)
`, `
			date "2003-11-4" 1:6
			day "2003-11-4" 1:6
			target "/news/2003/11/4/index.md" 1:17
			headline "The ferry \"Gannet\" is sold for $65 million. " 3:3
			Sources "Source:" 8:5
			number "1" 10:1
			source "Radio Skerrow" 10:5
			target "http://radio.skerrow.example.org/20031104" 10:20
		`},
		{"2017", `### [2017-07-9](/news/2017/07/9/index.md)

##### Norvane Cup
# The Rovers win. 

They won &rsquo;by a nose&rsquo;,
[they say](/faq/index.md).

And lost the cup.


### Source:

1. [Ellery Post](http://post.ellery.example/1)
3. [Coastal Wire](https://wire.example/2)

### Related:

1. [ The Rovers lose.](/news/2017/07/7/the-rovers-lose.md) _Context: Norvane Cup, Port Ellery Rovers_
2. [The cup is lost. ](/news/2016/01/31/the-cup-is-lost.md)
2. [A manager is found. ](/news/2018/01/1/a-manager-is-found.md) _Context: football_ <!-- keep -->
`, `
			date "2017-07-9" 1:6
			day "2017-07-9" 1:6
			target "/news/2017/07/9/index.md" 1:17
			topic "Norvane Cup" 3:7
			headline "The Rovers win. " 4:3
			description "They won &rsquo;by a nose&rsquo;,\n[they say](/faq/index.md).\n" 6:1
			plain "they say" 7:2
			target "/faq/index.md" 7:12
			description "And lost the cup.\n" 9:1
			Sources "Source:" 12:5
			number "1" 14:1
			source "Ellery Post" 14:5
			target "http://post.ellery.example/1" 14:18
			number "3" 15:1
			source "Coastal Wire" 15:5
			target "https://wire.example/2" 15:19
			Related "Related:" 17:5
			number "1" 19:1
			related " The Rovers lose." 19:5
			target "/news/2017/07/7/the-rovers-lose.md" 19:24
			label "Context" 19:61
			context "Norvane Cup, Port Ellery Rovers" 19:70
			number "2" 20:1
			related "The cup is lost. " 20:5
			target "/news/2016/01/31/the-cup-is-lost.md" 20:24
			kept "2" 21:1
			related "A manager is found. " 21:5
			target "/news/2018/01/1/a-manager-is-found.md" 21:27
			label "Context" 21:67
			context "football" 21:76
		`},
		{"2018", `
Formats: [HTML](/news/2018/03/14/b.html)  [JSON](/news/2018/03/14/b.json)  [XML](/news/2018/03/14/b.xml)  

### [2018-03-14](/news/2018/03/14/index.md)

##### Norvane
# The bridge reopens. 

_Context: Harbour Bridge, Norvane_


### Sources:

1. [The Ellery Post](http://post.ellery.example/1)
1. [Cover Image](https://wire.example/1.jpg?w=1200&amp;h=630)

### Changes:

1. [The bridge opens. ](/news/2018/03/14/a.md) _2018-03-15 00:30:05 (First version)_
1. [The bridge reopens. ](/news/2018/03/14/b.md) _(Current version)_

### Related:

1. [The bridge closes. ](/news/2018/03/13/c.md) _Context: Harbour Bridge_
`, `
			formats "HTML" 2:11
			target "/news/2018/03/14/b.html" 2:17
			formats "JSON" 2:44
			target "/news/2018/03/14/b.json" 2:50
			formats "XML" 2:77
			target "/news/2018/03/14/b.xml" 2:82
			date "2018-03-14" 4:6
			day "2018-03-14" 4:6
			target "/news/2018/03/14/index.md" 4:18
			topic "Norvane" 6:7
			headline "The bridge reopens. " 7:3
			label "Context" 9:2
			context "Harbour Bridge, Norvane" 9:11
			Sources "Sources:" 12:5
			number "1" 14:1
			source "The Ellery Post" 14:5
			target "http://post.ellery.example/1" 14:22
			number "1" 15:1
			source "Cover Image" 15:5
			target "https://wire.example/1.jpg?w=1200&amp;h=630" 15:18
			Changes "Changes:" 17:5
			number "1" 19:1
			change "The bridge opens. " 19:5
			target "/news/2018/03/14/a.md" 19:25
			note "_2018-03-15 00:30:05 (First version)_" 19:48
			number "1" 20:1
			change "The bridge reopens. " 20:5
			target "/news/2018/03/14/b.md" 20:27
			note "_(Current version)_" 20:50
			Related "Related:" 22:5
			number "1" 24:1
			related "The bridge closes. " 24:5
			target "/news/2018/03/13/c.md" 24:26
			label "Context" 24:50
			context "Harbour Bridge" 24:59
		`},
		{"Chinese", `### [2019-05-26](/news/2019/05/26/index.md)

##### 
#  云栖天文台收回“年糕”。 




### 信息来源:

1. [云栖科学网](https://kexue.example.com/2019) [IMG](//img.example.com/a.jpg)

### 有关:

1. [彗星“年糕”😀飞越。 ](/zh/news/2019/05/25/彗星-年糕-飞越.md) _消息: 云栖天文台, 彗星_
2. [灯塔。](/news/2018/12/31/灯塔.md) _上下文: 灯塔_
`, `
			date "2019-05-26" 1:6
			day "2019-05-26" 1:6
			target "/news/2019/05/26/index.md" 1:18
			topic "" 3:7
			headline " 云栖天文台收回“年糕”。 " 4:3
			Sources "信息来源:" 9:5
			number "1" 11:1
			source "云栖科学网" 11:5
			target "https://kexue.example.com/2019" 11:12
			image "IMG" 11:45
			target "//img.example.com/a.jpg" 11:50
			Related "有关:" 13:5
			number "1" 15:1
			related "彗星“年糕”😀飞越。 " 15:5
			target "/zh/news/2019/05/25/彗星-年糕-飞越.md" 15:18
			label "消息" 15:52
			context "云栖天文台, 彗星" 15:56
			number "2" 16:1
			related "灯塔。" 16:5
			target "/news/2018/12/31/灯塔.md" 16:10
			label "上下文" 16:35
			context "灯塔" 16:40
		`},
		{"empty", "", ""},
		{"blank", "\n \n", ""},
		{"CRLF and a byte-order mark",
			"\ufeff### [2017-07-9](/d.md)\r\n\r\n# Head. \r\n\r\nText.\r\n\r\n### Related:\r\n\r\n1. [A ](/a.md) _Context: B_\r\n",
			`
			date "2017-07-9" 1:7
			day "2017-07-9" 1:7
			target "/d.md" 1:18
			headline "Head. " 3:3
			description "Text.\r\n" 5:1
			Related "Related:" 7:5
			number "1" 9:1
			related "A " 9:5
			target "/a.md" 9:9
			label "Context" 9:17
			context "B" 9:26
		`},
		{"no line end at the end", "# Head.\n### Related:\n1. [A](/a.md) _Context: B_", `
			headline "Head." 1:3
			Related "Related:" 2:5
			number "1" 3:1
			related "A" 3:5
			target "/a.md" 3:8
			label "Context" 3:16
			context "B" 3:25
		`},
		{"date without a link", "### 2017-07-9 \n# Head.\n", `
			date "2017-07-9" 1:5
			headline "Head." 2:3
		`},
		{"two headlines, and a topic that comes too late", "# One\n# Two\n##### Topic\n### Notes:\n##### Not\n", `
			headline "One" 1:3
			headline "Two" 2:3
			topic "Topic" 3:7
			Other "Notes:" 4:5
		`},
		{"a second date, a second topic", "### 2017-07-9\n##### One\n##### Two\n### 2017-07-8\n# Head.\n", `
			date "2017-07-9" 1:5
			topic "One" 2:7
			Other "2017-07-8" 4:5
			headline "Head." 5:3
		`},
		{"a topic within a section", "### Source:\n##### Topic\n1. [A](/a)\n", `
			Sources "Source:" 1:5
			number "1" 3:1
			source "A" 3:5
			target "/a" 3:8
		`},
		{"context lines", "# Head.\n\n_Context: A_\nB_\n\n*Context: C_\n\n_Context: D_\n\n_Context: E_\n", `
			headline "Head." 1:3
			label "Context" 3:2
			context "A" 3:11
			description "B_\n" 4:1
			unread contexts "*Context:" 6:1
			description "*Context: C_\n" 6:1
			second contexts "_Context: D_" 8:1
			second contexts "_Context: E_" 10:1
		`},
		{"a heading of level 3 that is no date", "# Head.\n### 2017-07-9\n[a](/b.md)\n", `
			headline "Head." 1:3
			Other "2017-07-9" 2:5
			plain "a" 3:2
			target "/b.md" 3:5
		`},
		{"section with nothing, and another of its kind", "### Source:\n\n### Source:\n1. [A](/a)\n## Appendix\n2. [B](/b)\n", `
			Sources "Source:" 1:5
			Sources "Source:" 3:5
			number "1" 4:1
			source "A" 4:5
			target "/a" 4:8
			plain "B" 6:5
			target "/b" 6:8
		`},
		{"closing marks and spaces before a heading", "  ##### Topic #####\n   # Head. #\n", `
			topic "Topic " 1:9
			headline "Head. " 2:6
		`},
		{"setext headings", " Head. \n===\n\nDay\n---\nText\n", `
			headline " Head. " 1:1
			description "Day\n" 4:1
			rule below text "---" 5:1
			description "Text\n" 6:1
		`},
		{"comments", "<!-- newsctl-ignore source-missing: why -->\n# Head.\n\n  <!--\ntwo\nlines\n-->\n\nText <!-- in a line -->.\n\n<!-- open\n", `
			comment "<!-- newsctl-ignore source-missing: why -->" 1:1
			headline "Head." 2:3
			comment "<!--\ntwo\nlines\n-->" 4:3
			description "Text <!-- in a line -->.\n" 9:1
			comment "<!-- open\n" 11:1
		`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			e := ParseEvent([]byte(tt.src), DefaultLabels())
			compare(t, tt.src, listed(&e.Page, eventParts(e)), tt.want)
			checkPage(t, []byte(tt.src))
		})
	}
}

// The entries of a Related section as its lines give them, well-formed or not.
func TestRelatedEntries(t *testing.T) {
	for _, tt := range []struct{ name, src, want string }{
		{"nested brackets", "1. [A [b] [[c]]. ](/a.md) _Context: B_", `
			number "1" 2:1
			related "A [b] [[c]]. " 2:5
			target "/a.md" 2:20
			label "Context" 2:28
			context "B" 2:37
		`},
		{"bracket that is never closed", `1. [Bell "LORN 17[?" found. ](/a.md) _Context: B_`, `
			number "1" 2:1
			malformed related "Bell \"LORN 17[?\" found. " 2:5
			target "/a.md" 2:31
			label "Context" 2:39
			context "B" 2:48
		`},
		{"bracket that is never opened", "1. [Bell 17?] found. ](/a.md) _Context: B_", `
			number "1" 2:1
			malformed related "Bell 17?] found. " 2:5
			target "/a.md" 2:24
			label "Context" 2:32
			context "B" 2:41
		`},
		{"no space behind the number", "1. [A](/a.md)\n2.[B ](/b.md) _Context: C_", `
			number "1" 2:1
			related "A" 2:5
			target "/a.md" 2:8
			number "2" 3:1
			malformed related "B " 3:4
			target "/b.md" 3:8
			label "Context" 3:16
			context "C" 3:25
		`},
		{"no link", "1. A. _Context: B_\n2. \n3. [A] (/a.md)\n4. [A](/a.md", `
			number "1" 2:1
			no link "A. _Context: B_" 2:4
			number "2" 3:1
			no link "" 3:3
			number "3" 4:1
			no link "[A] (/a.md)" 4:4
			number "4" 5:1
			no link "[A](/a.md" 5:4
		`},
		{"text before the link", "1. See [A](/a.md) _Context: B_", `
			number "1" 2:1
			malformed related "A" 2:9
			target "/a.md" 2:12
			label "Context" 2:20
			context "B" 2:29
		`},
		{"text before two links", "1. See [A](/a.md) and [B](/b.md)", `
			number "1" 2:1
			no link "See [A](/a.md) and [B](/b.md)" 2:4
			plain "A" 2:9
			target "/a.md" 2:12
			plain "B" 2:24
			target "/b.md" 2:27
		`},
		{"open context", "1. [A](/a.md) _Context: B, C\n2. [B](/b.md) _Context: _", `
			number "1" 2:1
			related "A" 2:5
			target "/a.md" 2:8
			label "Context" 2:16
			open context "B, C" 2:25
			number "2" 3:1
			related "B" 3:5
			target "/b.md" 3:8
			label "Context" 3:16
			context "" 3:24
		`},
		{"remarks behind contexts", "1. [A](/a.md) _Context: B_ see _the map_\n2. [B](/b.md) _Context: C_\nand more\n3. [C](/c.md) _Context: _D_ E, f_g_ - _Context: H_\n4. [D](/d.md) _Context: _I, J_", `
			number "1" 2:1
			related "A" 2:5
			target "/a.md" 2:8
			label "Context" 2:16
			context "B" 2:25
			number "2" 3:1
			related "B" 3:5
			target "/b.md" 3:8
			label "Context" 3:16
			context "C" 3:25
			number "3" 5:1
			related "C" 5:5
			target "/c.md" 5:8
			label "Context" 5:16
			context "_D_ E, f_g" 5:25
			second contexts "_Context: H_" 5:39
			number "4" 6:1
			related "D" 6:5
			target "/d.md" 6:8
			label "Context" 6:16
			context "_I, J" 6:25
		`},
		{"no context", "1. [A](/a.md) _Kontext: B_\n2. [B](/b.md) Context: B_\n3. [C](/c.md) _Context B_", `
			number "1" 2:1
			related "A" 2:5
			target "/a.md" 2:8
			unknown label "Kontext:" 2:16
			number "2" 3:1
			related "B" 3:5
			target "/b.md" 3:8
			unread contexts "Context:" 3:15
			number "3" 4:1
			related "C" 4:5
			target "/c.md" 4:8
			unknown label "Context B_" 4:16
		`},
		{"variants of a word on two lines", "1. [A](/a.md) _Context: -{zh-tw:B;\n   zh-hk:C}-, D_\n2. [B](/b.md) _Context: E;F_", `
			number "1" 2:1
			related "A" 2:5
			target "/a.md" 2:8
			label "Context" 2:16
			context "-{zh-tw:B;\n   zh-hk:C}-, D" 2:25
			number "2" 4:1
			related "B" 4:5
			target "/b.md" 4:8
			odd separator ";" 4:26
		`},
		{"kept", "1. [A](/a.md) <!-- keep -->\n2. [B](/b.md) _Context: C_<!-- keep -->\n3. [C](/c.md) <!-- keep --> _Context: D_\n4. [D](/d.md) <!--keep-->", `
			kept "1" 2:1
			related "A" 2:5
			target "/a.md" 2:8
			kept "2" 3:1
			related "B" 3:5
			target "/b.md" 3:8
			label "Context" 3:16
			context "C" 3:25
			kept "3" 4:1
			related "C" 4:5
			target "/c.md" 4:8
			label "Context" 4:30
			context "D" 4:39
			kept "4" 5:1
			related "D" 5:5
			target "/d.md" 5:8
		`},
		{"angle brackets and a title", "1. [A](</a b.md>)\n2. [B]( /b.md \"title\" ) _Context: C_", `
			number "1" 2:1
			related "A" 2:5
			target "/a b.md" 2:9
			number "2" 3:1
			related "B" 3:5
			target "/b.md" 3:9
			label "Context" 3:26
			context "C" 3:35
		`},
		{"reference link", "1. [A][x] _Context: B_\n2. [x] _Context: C_\n\n[x]: /x.md", `
			number "1" 2:1
			target /x.md "[A][x]" 2:4
			related "A" 2:5
			label "Context" 2:12
			context "B" 2:21
			number "2" 3:1
			target /x.md "[x]" 3:4
			related "x" 3:5
			label "Context" 3:9
			context "C" 3:18
			definition plain "x" 5:2
			target "/x.md" 5:6
		`},
		{"empty items", "1.\n2. [B](/b.md)\n-\n", `
			number "1" 2:1
			no link "" 2:3
			number "2" 3:1
			related "B" 3:5
			target "/b.md" 3:8
			number "" 4:2
			no link "" 4:2
		`},
		{"entries that go on on lines of their own", "1. [A](/a.md)\n   _Context: B,\n   C_\n2. [D\nE](/d.md) _Context: F_ <!-- keep -->\n3. [G](/g.md)\nmore\n_Context: H_", `
			number "1" 2:1
			related "A" 2:5
			target "/a.md" 2:8
			label "Context" 3:5
			context "B,\n   C" 3:14
			kept "2" 5:1
			related "D\nE" 5:5
			target "/d.md" 6:4
			label "Context" 6:12
			context "F" 6:21
			number "3" 7:1
			related "G" 7:5
			target "/g.md" 7:8
			label "Context" 9:2
			context "H" 9:11
		`},
		{"other marks", "1) [A](/a.md)\n\n- [B](/b.md)\n* [C](/c.md)", `
			number "1" 2:1
			related "A" 2:5
			target "/a.md" 2:8
			number "" 4:3
			related "B" 4:4
			target "/b.md" 4:7
			number "" 5:3
			related "C" 5:4
			target "/c.md" 5:7
		`},
		{"a list within another", "1. [A](/a.md)\n   1. [B](/b.md)\n   2. [C](/c.md)", `
			number "1" 2:1
			related "A" 2:5
			target "/a.md" 2:8
			number "1" 3:4
			related "B" 3:8
			target "/b.md" 3:11
			number "2" 4:4
			related "C" 4:8
			target "/c.md" 4:11
		`},
		{"lists apart, a number within an item, and text between", "1. [A](/a.md)\n   12. [B](/b.md)\n\ntext [c](/c.md)\n\n3. [D](/d.md)\n\n   text", `
			number "1" 2:1
			related "A" 2:5
			target "/a.md" 2:8
			number "12" 3:4
			malformed related "B" 3:9
			target "/b.md" 3:12
			plain "c" 5:7
			target "/c.md" 5:10
			number "3" 7:1
			related "D" 7:5
			target "/d.md" 7:8
		`},
		{"quotes and code are no entries", "> 1. [A](/a.md)\n\n    2. [B](/b.md)\n\n```\n3. [C](/c.md)\n```", `
			unread entry "> 1. [A](/a.md)" 2:1
			plain "A" 2:7
			target "/a.md" 2:10
		`},
		{"escaped brackets", `1. [A \[b](/a\).md) _Context: C_`, `
			number "1" 2:1
			related "A \\[b" 2:5
			target "/a\\).md" 2:12
			label "Context" 2:22
			context "C" 2:31
		`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			src := "### Related:\n" + tt.src
			e := ParseEvent([]byte(src), DefaultLabels())
			compare(t, src, listed(&e.Page, eventParts(e)), "Related \"Related:\" 1:5"+tt.want)
			checkPage(t, []byte(src))
		})
	}
}

// Sources are outside links, so that brackets before one do no harm, and all
// further links of a line are its pictures.
func TestSourceEntries(t *testing.T) {
	for _, tt := range []struct{ name, src, want string }{
		{"stray brackets before the link", "1. [?] [A](http://a.example) [IMG](/b.jpg) and [C](/c.jpg)", `
			number "1" 2:1
			source "A" 2:9
			target "http://a.example" 2:12
			image "IMG" 2:31
			target "/b.jpg" 2:36
			image "C" 2:49
			target "/c.jpg" 2:52
		`},
		{"brackets without a partner", `1. [http:--a.example-x ("A")](http://a.example) [IMG](//b.jpg`, `
			number "1" 2:1
			source "http:--a.example-x (\"A\")" 2:5
			target "http://a.example" 2:31
		`},
		{"malformed", "1. [A [b](http://a example)", `
			number "1" 2:1
			malformed source "A [b" 2:5
			target "http://a example" 2:11
		`},
		{"an outlet without a link", "1. Ellery Post\n1. [Coastal Wire](http://wire.example)", `
			number "1" 2:1
			no link "Ellery Post" 2:4
			number "1" 3:1
			source "Coastal Wire" 3:5
			target "http://wire.example" 3:19
		`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			src := "### Source:\n" + tt.src
			e := ParseEvent([]byte(src), DefaultLabels())
			compare(t, src, listed(&e.Page, eventParts(e)), "Sources \"Source:\" 1:5"+tt.want)
			checkPage(t, []byte(src))
		})
	}
}

const threeSections = `### [2017-07-9](/d.md)
# Head. 
### Source:
1. [A](/a)
### Notes:
1. [B](/b)
### Related:

1. [C](/c.md)
2. [D](/d.md)
### Related:
3. [E](/e.md)
# Another head
`

func TestClosedSectionHeading(t *testing.T) {
	e := ParseEvent([]byte("# A\n\n### Related: ###\n\n1. [B](/b.md)\n"), DefaultLabels())
	if got := e.Entries(RelatedSection); len(got) != 1 {
		t.Errorf("%d related entries, want 1", len(got))
	}
}

func TestSections(t *testing.T) {
	e := ParseEvent([]byte(threeSections), DefaultLabels())
	want := []string{
		"### Source:\n1. [A](/a)\n",
		"### Notes:\n1. [B](/b)\n",
		"### Related:\n\n1. [C](/c.md)\n2. [D](/d.md)\n",
		"### Related:\n3. [E](/e.md)\n",
	}
	for i, s := range e.Sections {
		if got := e.Text(s.Span); got != want[i] {
			t.Errorf("section %d is %q, want %q", i, got, want[i])
		}
	}
	if len(e.Sections) != len(want) {
		t.Fatalf("%d sections, want %d", len(e.Sections), len(want))
	}
	if got := e.Section(RelatedSection); got != &e.Sections[2] {
		t.Errorf("first related section: %v", got)
	}
	if got := e.Section(ChangesSection); got != nil {
		t.Errorf("section that is not there: %v", got)
	}
	if got := e.Entries(ChangesSection); got != nil {
		t.Errorf("entries of a section that is not there: %v", got)
	}
	if got := e.Entries(OtherSection); len(got) != 0 {
		t.Errorf("entries of a section that nobody knows: %v", got)
	}
	entries := e.Entries(RelatedSection)
	if len(entries) != 2 {
		t.Fatalf("%d related entries in the first section, want 2", len(entries))
	}
	for i, want := range []struct{ line, content string }{
		{"1. [C](/c.md)\n", "[C](/c.md)"},
		{"2. [D](/d.md)\n", "[D](/d.md)"},
	} {
		if got := e.Text(entries[i].Span); got != want.line {
			t.Errorf("line of entry %d is %q, want %q", i, got, want.line)
		}
		if got := e.Text(entries[i].Content); got != want.content {
			t.Errorf("content of entry %d is %q, want %q", i, got, want.content)
		}
	}
}

func TestHeadline(t *testing.T) {
	for _, tt := range []struct {
		src, want string
		ok        bool
	}{
		{"# One \n# Two\n", "One ", true},
		{"#  One &amp; two  ", " One &amp; two  ", true},
		{"#\tOne\n", "One", true},
		{"#\n", "", true},
		{"# \n", "", true},
		{"#", "", true},
		{"#One\n", "", false},
		{"## One\n", "", false},
		{"", "", false},
	} {
		got, ok := ParseEvent([]byte(tt.src), DefaultLabels()).Headline()
		if got != tt.want || ok != tt.ok {
			t.Errorf("headline of %q: %q, %v, want %q, %v", tt.src, got, ok, tt.want, tt.ok)
		}
	}
}

// What a label of the configuration names is read, and nothing else.
func TestEventLabels(t *testing.T) {
	src := "### Quelle\n1. [A](/a)\n### Siehe auch：\n1. [B](/b.md) _Kontext: C_\n### Related:\n1. [D](/d.md) _Context: E_\n"
	labels := Labels{Source: []string{"Quelle"}, Related: []string{"Links", "Siehe auch"}, Context: []string{"Kontext"}}
	e := ParseEvent([]byte(src), labels)
	compare(t, src, listed(&e.Page, eventParts(e)), `
		Sources "Quelle" 1:5
		number "1" 2:1
		source "A" 2:5
		target "/a" 2:8
		Related "Siehe auch：" 3:5
		number "1" 4:1
		related "B" 4:5
		target "/b.md" 4:8
		label "Kontext" 4:16
		context "C" 4:25
		Other "Related:" 5:5
		plain "D" 6:5
		target "/d.md" 6:8
	`)
}

func BenchmarkParseEvent(b *testing.B) {
	benchmarkParse(b, false, func(src []byte) { ParseEvent(src, DefaultLabels()) })
}
