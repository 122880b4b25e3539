package commands

import "testing"

func TestRoffText(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"plain", "plain\n"},
		{"one\ntwo\n\nthree", "one\ntwo\n.PP\nthree\n"},
		{"\n   newsctl lint\n", ".EX\n   newsctl lint\n.EE\n"},
		{"text:\n   a\n   b\n\n   c\nrest", "text:\n.EX\n   a\n   b\n.EE\n.PP\n.EX\n   c\n.EE\nrest\n"},
		{".a 'b' \\c --d\n'e", "\\&.a \\(aqb\\(aq \\ec \\-\\-d\n\\(aqe\n"},
	} {
		if got := roffText(test.text); got != test.want {
			t.Errorf("roffText(%q)\n got %q\nwant %q", test.text, got, test.want)
		}
	}
}
