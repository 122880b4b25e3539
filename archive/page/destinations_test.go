package page

import (
	"slices"
	"strings"
	"testing"
)

func destinations(src string) (found []string, all bool) {
	all = MayLead([]byte(src), func(d string) bool {
		found = append(found, d)
		return false
	})
	return found, all
}

func TestMayLead(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		src  string
		want []string
	}{
		{"[a](/b.md)", []string{"/b.md"}},
		{"[a]( \n </b c.md> 'title')", []string{"/b c.md"}},
		{`[a](/b\-c&#45;d&eacute;(e).md) and ]`, []string{"/b-c-dé(e).md"}},
		{"> [a](\n> /b.md)", []string{"/b.md"}},
		{"> > [a]:\n> > </b.md>\n", []string{"/b.md"}},
		{"![a](/b.png#c) [d]", []string{"/b.png#c"}},
		{"`[a](/b.md)`", []string{"/b.md"}},
		{"[[a](/b c.md)", []string{"/b c.md"}},
	} {
		got, all := destinations(tt.src)
		for _, want := range tt.want {
			if !all && !slices.Contains(got, want) {
				t.Errorf("%q: %q, without %q", tt.src, got, want)
			}
		}
	}
	for _, src := range []string{"", "]", "[a]() [b](<\n>) [c]:"} {
		if got, all := destinations(src); len(got) > 0 && strings.Trim(strings.Join(got, ""), "<>\n") != "" || all {
			t.Errorf("%q: %q, %v", src, got, all)
		}
	}
	for _, src := range []string{"[](", "]: <"} {
		if _, all := destinations(strings.Repeat(src, MaxSize/len(src))); !all {
			t.Errorf("%q again and again: the scan does not give up", src)
		}
	}
}

// FuzzMayLead expects that no link that a page has is missed.
func FuzzMayLead(f *testing.F) {
	for _, src := range []string{
		"[a](/b.md)\n\n> [c](\n>\t</d e.md>)\n\n1. - [f][g]\n\n   [g]:\n     /h%20(i).md\n",
		"### Related:\n\n1. [a]](/b.md) _Context: c_\n2. [d](\n/e.md)\n3. [f]\\(g](h)\n4. [0](()\n",
		"[a]:<b\\>c>\n[a] ![d](e\tf)\n> 1. [x](\n>    > y)\n",
		"<A\nHREF='/b.md'> > <img srcset=/c.png,/d.png>\n> <p\n> src\n>=/e>\n",
		"[a](/b c.md 'd)') [e](f g.md) [h]( /i's j \"k\" )\n",
		"[a](\r\n/b&#x2d;c\\.md\f\"t\") \x00](/d)\xff",
	} {
		f.Add([]byte(src))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		scanned, all := destinations(string(src))
		pages := []*Page{ParsePlain(src), &ParseEvent(src, DefaultLabels()).Page, &ParseListing(src, DefaultLabels()).Page}
		for _, p := range pages {
			for _, l := range p.Links {
				if d := p.Destination(l); d != "" && !all && !slices.Contains(scanned, d) {
					t.Errorf("%q leads to %q, which is not among %q", p.Text(l.Span), d, scanned)
				}
			}
		}
	})
}
