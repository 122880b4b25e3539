package filename

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

func TestKey(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		same bool
	}{
		{"ferry.md", "Ferry.MD", true},
		{"caf\u00e9.md", "cafe\u0301.md", true},
		{"CAF\u00c9.md", "cafe\u0301.md", true},
		{"straße.md", "STRASSE.md", true},
		{"ẞ.md", "ss.md", true},
		{"ﬁnal.md", "final.md", true},
		{"ΣΊΣΥΦΟΣ.md", "σίσυφος.md", true},
		{"\u1112\u1161\u11ab.md", "한.md", true},
		{"\u212b.md", "å.md", true},
		{"Ꭰ.md", "ꭰ.md", true},
		{"ferry.md.", "ferry.md", true},
		{"ferry.md ", "ferry.md", true},
		{"fer\u200dry.md", "ferry.md", true},
		{"istanbul", "ıstanbul", false},
		{"İstanbul", "istanbul", false},
		{"ferry.md", "ferry-.md", false},
		{"cafe.md", "café.md", false},
		{"Ｆerry.md", "ferry.md", false},
		{"青岚", "青嵐", false},
	} {
		if got := Key(tt.a) == Key(tt.b); got != tt.same {
			t.Errorf("%q and %q are one name: %v", tt.a, tt.b, got)
		}
	}
}

// The key of a key is itself, whatever the name's case and form.
func FuzzKey(f *testing.F) {
	for _, name := range []string{"Ferry.md", "Straße", "e\u0301", "ŉ", "\u0345\u1fb3", "한", "\xff", "\u200d."} {
		f.Add(name)
	}
	f.Fuzz(func(t *testing.T, name string) {
		if !utf8.ValidString(name) {
			return
		}
		key := Key(name)
		for _, form := range []string{key, norm.NFC.String(name), norm.NFD.String(name), name + "."} {
			if got := Key(form); got != key {
				t.Errorf("the key of %q is %q, that of %q is %q", name, key, form, got)
			}
		}
	})
}

func TestInvalid(t *testing.T) {
	for name, ok := range map[string]bool{
		"con.md": false, "CON": false, "aux.tar.md": false, "nul .md": false, "Com1.md": false, "lpt¹.md": false, "prn.md": false,
		"opinion.": false, "opinion ": false, "a:b.md": false, `a\b.md`: false, "a?.md": false, "tab\t.md": false,
		"confer.md": true, "com.md": true, "com10.md": true, "aux-1.md": true, "ferry.md": true, "雾港市.md": true, "a b.md": true,
	} {
		if got := Invalid(name); (got == "") != ok {
			t.Errorf("%q: %q", name, got)
		}
	}
}

// TestIdeographsHaveOneForm checks that names of ASCII and ideographs are compared
// as other names are.
func TestIdeographsHaveOneForm(t *testing.T) {
	var b strings.Builder
	for r := range rune(0x20000) {
		if r >= utf8.RuneSelf && !hasForms(r) {
			b.WriteRune(r)
		}
	}
	if s := b.String(); len(s) < 10_000 || norm.NFD.String(s) != s || norm.NFC.String(s) != s || cases.Fold().String(s) != s || strings.ToLower(s) != s || strings.Map(visible, s) != s {
		t.Error("an ideograph has another form")
	}
}
