package facts

import (
	"fmt"
	"reflect"
	"testing"
)

// sample returns pages with all that a page may have, one that is nil among them.
func sample() []*Page {
	style := &Style{Prefix: "/zh/", Word: "Context"}
	return []*Page{
		{
			Head: Head{Shape: Event, Damage: Repeated | Unread, Headline: "Ferry sails again. ", Topic: "Ferries, boats"},
			Body: Body{Contexts: List{true, "Ferry, Sea"},
				Links: []Target{{Path: "news/2018/03/14/index.md", Kind: 1, Tree: File}, {Path: "news/2018/03/14/a.html", Kind: 1, Tree: MayBeEither}, {Path: "", Kind: 0, Tree: File}},
				Related: []Entry{
					{Names: "Sea", Style: style, Link: 0, Rooted: true, There: true},
					{Link: NoLink, Keep: true},
				},
				Changes: []int32{1, 0}, Sources: []string{"https://example.org/1"},
				Names: []string{"Orlando, Florida"}, Unsorted: []string{"B, A"}, Distinct: []string{"news/2018/03/14/b.md"},
				Heading: "Related:", Days: []int32{20180314, 20180315}},
		},
		nil,
		{Head: Head{Shape: Listing}, Body: Body{Links: []Target{{Path: "a", Kind: 1, Tree: Directory}}, Items: []Entry{{Link: 0, Style: style, Rooted: true}}}},
		{},
	}
}

func TestEncode(t *testing.T) {
	pages := sample()
	s, ok := Open(Encode(pages))
	if !ok || s.Len() != len(pages) {
		t.Fatalf("not read as it was written: %v", ok)
	}
	var room Room
	for i, want := range pages {
		var got Page
		switch there := s.Page(i, &got, &room); {
		case there != (want != nil):
			t.Errorf("page %d is there: %v", i, there)
		case there && !reflect.DeepEqual(unnumbered(&got), want):
			t.Errorf("page %d is read as\n%+v\nwant\n%+v", i, got, *want)
		}
	}
}

// unnumbered takes the numbers of strings from a page: those of one set.
func unnumbered(p *Page) *Page {
	for i := range p.Links {
		p.Links[i].At = 0
	}
	for _, list := range [][]Entry{p.Related, p.Items} {
		for i := range list {
			list[i].At = 0
		}
	}
	return p
}

// FuzzOpen reads any bytes without a panic, and what was encoded as it was.
func FuzzOpen(f *testing.F) {
	f.Add(Encode(sample()))
	f.Add(Encode(nil))
	f.Fuzz(func(t *testing.T, text string) {
		s, ok := Open(text)
		if !ok {
			return
		}
		var room Room
		pages := make([]*Page, s.Len())
		for i := range pages {
			if p := new(Page); s.Page(i, p, &room) {
				pages[i] = p
				use(t, p)
			}
		}
		again, ok := Open(Encode(pages))
		if !ok || again.Len() != len(pages) {
			t.Fatal("what was read cannot be written and read again")
		}
		for i, want := range pages {
			var got Page
			if there := again.Page(i, &got, &room); want != nil && (!there || !reflect.DeepEqual(unnumbered(&got), unnumbered(want))) {
				t.Errorf("page %d is read as\n%+v\nwant\n%+v", i, got, *want)
			}
		}
	})
}

// use fails for a place that is not one of the links.
func use(t *testing.T, p *Page) {
	for _, list := range [][]Entry{p.Related, p.Items} {
		for _, e := range list {
			if e.Link != NoLink {
				_ = p.Links[e.Link]
			}
		}
	}
	for _, n := range p.Changes {
		_ = p.Links[n]
	}
}

func BenchmarkDecode(b *testing.B) {
	pages := make([]*Page, 1000)
	for i := range pages {
		p := *sample()[0]
		p.Headline = fmt.Sprint(p.Headline, i)
		pages[i] = &p
	}
	text := Encode(pages)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for range b.N {
		s, _ := Open(text)
		var room Room
		var p Page
		for i := range pages {
			p = Page{}
			s.Page(i, &p, &room)
		}
	}
}
