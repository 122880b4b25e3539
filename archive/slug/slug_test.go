package slug

import (
	"math/rand"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/gosimple/slug"
)

func TestASCII(t *testing.T) {
	for _, tt := range []struct{ headline, want string }{
		{"The bridge opens. ", "the-bridge-opens"},
		{" A leading space", "a-leading-space"},
		{"U.S. President's R&B costs $65 million", "u-s-president-s-r-b-costs-65-million"},
		{"Chimney of 13.44 metres", "chimney-of-13-44-metres"},
		{"3,600 people", "3-600-people"},
		{"The freighter Göteborg", "the-freighter-goteborg"},
		{"Go\u0308teborg, decomposed", "goteborg-decomposed"},
		{"Café Ærø, Łódź & Straße", "cafe-aero-lodz-strasse"},
		{"snake_case", "snake-case"},
		{"a@b: it's \"so\" – really…", "a-b-it-s-so-really"},
		{"{{es icon}} ''x'' [y]", "es-icon-x-y"},
		{"--a--b--", "a-b"},
		{"10% of 5½", "10-of-5"},
		{"😀 and 🚀", "and"},
		{"😀🚀", ""},
		{"", ""},
		{" ...! ", ""},
		{"_", ""},
		{"\xff\xfe", ""},
		{"tab\tnew\u00a0space", "tab-new-space"},
		{"\u1112\u1161\u11ab글", "hangeul"},
		{"か\u3099っこう", "gatsukou"},
	} {
		if got := ASCII.Make(tt.headline, 0); got != tt.want {
			t.Errorf("slug of %q: %q, want %q", tt.headline, got, tt.want)
		}
	}
}

// TestASCIIWords holds the short way for ASCII words to what the library makes of them.
func TestASCIIWords(t *testing.T) {
	r := rand.New(rand.NewSource(1))
	for range 500 {
		var words strings.Builder
		for range r.Intn(30) {
			words.WriteByte("abzABZ059--------"[r.Intn(17)])
		}
		if got, want := makeASCII(words.String()), slug.Make(words.String()); got != want {
			t.Fatalf("%q: %q, want %q", words.String(), got, want)
		}
	}
}

func TestUnicode(t *testing.T) {
	for _, tt := range []struct{ headline, want string }{
		{"雾港市取消跨年焰火，改请市民在零点一同按响船笛。 ", "雾港市取消跨年焰火-改请市民在零点一同按响船笛"},
		{" 彗星“年糕”飞越。", "彗星-年糕-飞越"},
		{"当晚有3,600人登岛", "当晚有3600人登岛"},
		{"亮度达到6.5等", "亮度达到65等"},
		{"U.S. President's R&B", "US-President-s-R-B"},
		{"Göteborg", "Göteborg"},
		{"snake_case", "snake_case"},
		{"_", "_"},
		{"-a--b-", "a-b"},
		{"a . b", "a-b"},
		{"5½ и ٣", "5½-и-٣"},
		{"😀", ""},
		{"Cafe\u0301 Go\u0308teborg", "Café-Göteborg"},
		{"हिन्दी में समाचार", "हिन्दी-में-समाचार"},
		{"कमल", "कमल"},
		{"कमला", "कमला"},
		{"की", "की"},
		{"क्\u200dष", "क्ष"},
		{"שָׁלוֹם עוֹלָם", "שָׁלוֹם-עוֹלָם"},
		{"\u1112\u1161\u11ab글", "한글"},
		{"か\u3099っこう", "がっこう"},
		{"ข่าวท่าเรือ", "ข่าวท่าเรือ"},
		{"\u0301a", "a"},
		{"☃\ufe0f snow \u0301", "snow"},
		{"❤\ufe0fheart", "heart"},
		{"har\u00adbour", "harbour"},
		{"\u1112.\u1161", "하"},
		{"", ""},
		{"。，.,", ""},
	} {
		if got := Unicode.Make(tt.headline, 0); got != tt.want {
			t.Errorf("slug of %q: %q, want %q", tt.headline, got, tt.want)
		}
	}
}

// The cut counts characters of the headline, spaces at its start among them,
// and may fall inside a word.
func TestMakeCuts(t *testing.T) {
	for _, tt := range []struct {
		style    Style
		headline string
		length   int
		want     string
	}{
		{ASCII, strings.Repeat("a", 150), 0, strings.Repeat("a", 140)},
		{ASCII, strings.Repeat("a", 140), 0, strings.Repeat("a", 140)},
		{ASCII, " " + strings.Repeat("a", 150), 0, strings.Repeat("a", 139)},
		{ASCII, strings.Repeat("ö", 150), 0, strings.Repeat("o", 140)},
		{ASCII, strings.Repeat("a", 139) + " b", 0, strings.Repeat("a", 139)},
		{ASCII, "The bridge opens", 12, "the-bridge-o"},
		{ASCII, "The bridge opens", 11, "the-bridge"},
		{ASCII, "ß", 1, "ss"},
		{Unicode, strings.Repeat("青", 61), 0, strings.Repeat("青", 60)},
		{Unicode, " ." + strings.Repeat("青", 61), 0, strings.Repeat("青", 58)},
		{Unicode, "雾港市取消", 3, "雾港市"},
	} {
		if got := tt.style.Make(tt.headline, tt.length); got != tt.want {
			t.Errorf("%v slug of %d characters of %q: %q, want %q", tt.style, tt.length, tt.headline, got, tt.want)
		}
	}
}

// A name is safe as a file's: of the letters that the style allows, and a slug
// of its own.
func FuzzMake(f *testing.F) {
	for _, headline := range []string{"U.S. & Göteborg", " 雾港市，3,600 人", "😀", "\xff/../x", "a\u0301_ß½"} {
		f.Add(headline, 0)
		f.Add(headline, 3)
	}
	f.Fuzz(func(t *testing.T, headline string, length int) {
		if length < 0 {
			return
		}
		ascii, unicode := ASCII.Make(headline, length), Unicode.Make(headline, length)
		if !IsASCII(ascii) {
			t.Errorf("ascii slug of %q: %q", headline, ascii)
		}
		for _, slug := range []string{ascii, unicode} {
			if strings.HasPrefix(slug, "-") || strings.HasSuffix(slug, "-") || strings.Contains(slug, "--") {
				t.Errorf("dashes in the slug of %q: %q", headline, slug)
			}
			if strings.ContainsAny(slug, "/\\. \x00") || !utf8.ValidString(slug) {
				t.Errorf("slug of %q: %q", headline, slug)
			}
		}
		if again := ASCII.Make(ascii, len(ascii)+1); again != ascii {
			t.Errorf("slug of the slug %q: %q", ascii, again)
		}
		if again := Unicode.Make(unicode, len(unicode)+1); again != unicode {
			t.Errorf("slug of the slug %q: %q", unicode, again)
		}
	})
}

func TestStyleString(t *testing.T) {
	for style, want := range map[Style]string{Auto: "auto", ASCII: "ascii", Unicode: "unicode"} {
		if got := style.String(); got != want {
			t.Errorf("style %d is %q", style, got)
		}
	}
}
