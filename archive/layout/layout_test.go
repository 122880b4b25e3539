package layout

import "testing"

func TestLayout(t *testing.T) {
	tests := []struct {
		layout           Layout
		dir, index, copy string
		hasCopy          bool
	}{
		{Layout{}, "news/2017/07/9", "index.md", "README.md", true},
		{Layout{Padded: true}, "news/2017/07/09", "index.md", "README.md", true},
		{Layout{Root: "content/events", Pages: []string{"README.md"}}, "content/events/2017/07/9", "README.md", noCopy, false},
		{Layout{Pages: []string{"README.md", "index.md"}}, "news/2017/07/9", "README.md", "index.md", true},
	}
	for _, test := range tests {
		l := test.layout
		if l.Dir(2017, 7, 9) != test.dir || l.Index() != test.index || l.Copy() != test.copy || l.HasCopy() != test.hasCopy {
			t.Errorf("%+v has %s, %s, %s, %t", l, l.Dir(2017, 7, 9), l.Index(), l.Copy(), l.HasCopy())
		}
		if !l.IsListing(test.index) || l.IsListing("page.md") {
			t.Errorf("%+v takes other names for listings", l)
		}
	}
	for root, valid := range map[string]bool{"events": true, "content/news": true, "": false, "/news": false, "news/": false, "../x": false, "a b": false, ".": false, "a//b": false} {
		if (Invalid(root) == "") != valid {
			t.Errorf("root %q: %q", root, Invalid(root))
		}
	}
	for name, valid := range map[string]bool{"README.md": true, "_index.md": true, "index.html": false, ".md": false, "a/b.md": false, ".x.md": false} {
		if (InvalidPage(name) == "") != valid {
			t.Errorf("page %q: %q", name, InvalidPage(name))
		}
	}
}
