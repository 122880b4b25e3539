package page

import "testing"

func TestFrontMatter(t *testing.T) {
	for _, tt := range []struct{ src, want string }{
		{"---\ntitle: Ferry\n---\n# Head\n", "---\ntitle: Ferry\n---\n"},
		{"---\n# filled in by the desk\ntitle: \"Ferry: a story\"\ntags:\n- a\n  - b\n\n---  \n", "---\n# filled in by the desk\ntitle: \"Ferry: a story\"\ntags:\n- a\n  - b\n\n---  \n"},
		{"---\r\ntitle: Ferry\r\n...\r\ntext", "---\r\ntitle: Ferry\r\n...\r\n"},
		{"+++\n# why\ntitle = 'Ferry'\n[extra]\na = [\n1\n]\n+++\n", ""}, // 1 is neither key nor mark
		{"+++\ntitle = 'Ferry'\n[extra]\na = [\n 1\n]\n+++\n", "+++\ntitle = 'Ferry'\n[extra]\na = [\n 1\n]\n+++\n"},
		{"---\n---\n# Head\n", "---\n---\n"},
		{"\ufeff---\ntitle: Ferry\n---\n", "---\ntitle: Ferry\n---\n"},
		{"---\n\n### [2024-03-5](/d.md)\n\n# Head\n\nNote: text\n\n---\n", ""},
		{"---\na: b\n---\n\r\n\n# Head\n", "---\na: b\n---\n\r\n\n"},
		{"---\n# Head\n---\n", ""},
		{"---\nSome text\n---\n", ""},
		{"---\ntitle: Ferry\n", ""},
		{"\n---\ntitle: Ferry\n---\n", ""},
		{"----\ntitle: Ferry\n---\n", ""},
		{"", ""},
	} {
		p := ParsePlain([]byte(tt.src))
		if got := p.Text(p.FrontMatter()); got != tt.want {
			t.Errorf("front matter of %q is %q, want %q", tt.src, got, tt.want)
		}
		checkPage(t, []byte(tt.src))
	}
}
