package page

import (
	"slices"
	"testing"
)

// Where the links of each form are, and where they lead.
func TestLinkForms(t *testing.T) {
	for _, tt := range []struct {
		src  string
		want []string // each link, and its destination
	}{
		{"![a](b.png)", []string{"![a](b.png)", "b.png"}},
		{`![a](<b c.png> "d")`, []string{`![a](<b c.png> "d")`, "b c.png"}},
		{"[![a](b.png)](c.md)", []string{"[![a](b.png)](c.md)", "c.md", "![a](b.png)", "b.png"}},
		{"![a [b](c.md)](d.png)", []string{"![a [b](c.md)](d.png)", "d.png", "[b](c.md)", "c.md"}},
		{"![a][b] ![b]\n\n[b]: c.png", []string{"![a][b]", "c.png", "![b]", "c.png", "[b]: c.png", "c.png"}},
		{"> [a]:\n>   </b c.md>\n>  'd'", []string{"[a]:\n>   </b c.md>\n>  'd'", "/b c.md"}},
		{"- [a]: b.md\n- [a]: c.md", []string{"[a]: b.md", "b.md", "[a]: c.md", "c.md"}},
		{"a[^1]\n\n[^1]: word\n[b]: /c.md\n[^2]: [d](e.md)\n[^3]: [f](g.md) h", []string{"[b]: /c.md", "/c.md", "[d](e.md)", "e.md", "[f](g.md)", "g.md"}},
		{"a\n[^1]: [b](c.md)", []string{"[b](c.md)", "c.md"}},
		{`a <A HREF=b.md title='<img src="c">'>d</A>`, []string{"b.md", "b.md"}},
		{"<img src = \" b.png \" alt>", []string{"b.png", "b.png"}},
		{`<img src='a&amp;b&#46;png'/>`, []string{`a&amp;b&#46;png`, "a&b.png"}},
		{`<img src="a\b.png">`, []string{`a\b.png`, `a\b.png`}},
		{"<video poster=a.png><track src='b.vtt'><source src=c.mp4></video>", []string{"a.png", "a.png", "b.vtt", "b.vtt", "c.mp4", "c.mp4"}},
		{"<img srcset='a.png, b.png 2x,c.png 3x' sizes=1>", []string{"a.png", "a.png", "b.png", "b.png", "c.png", "c.png"}},
		{"<div>\n<a\nhref='b.md'>\n</div> <object data=c.svg> <q cite=d.md>", []string{"b.md", "b.md", "c.svg", "c.svg", "d.md", "d.md"}},
		{"> <div>\n> <img\n> src=a.png>", []string{"a.png", "a.png"}},
		{"<div\n<img src=a.png", nil},
		{"<a href='b.md", nil},
		{"<div><a href='b.md", nil},
		{"<a href=''> <a> <base href=x> <a data-href=y> <p data=z> <input value='src=w'>", nil},
		{"`<img src=a.png>` \\<img src=b.png> <!-- <img src=c.png> -->", nil},
		{"<!-- a\n<img src=b.png>\n-->\n<pre>\n<img src=c.png>\n</pre>\n\n<script src=d.js>'<img src=e.png>'</script>\n", []string{"d.js", "d.js"}},
		{"<?php <img src=a.png> ?>\n\n<![CDATA[<img src=b.png>]]>\n", nil},
		{"[a](/b c.md) [d](e f.png 'g') [h](i j) [k](l.md m) ](/n o.md)", []string{"[a](/b c.md)", "/b c.md", "[d](e f.png 'g')", "e f.png"}},
		{"[a [b](c.md)](/d e.md) [{{a}}](/{{ b }}/c.md)", []string{"[b](c.md)", "c.md"}},
	} {
		p := ParsePlain([]byte(tt.src))
		var got []string
		for _, l := range p.Links {
			got = append(got, p.Text(l.Span), p.Destination(l))
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("links of %q:\n%q\nwant\n%q", tt.src, got, tt.want)
		}
		checkPage(t, []byte(tt.src))
	}
}
