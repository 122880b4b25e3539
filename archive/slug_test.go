package archive_test

import (
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"newsctl/archive"
	"newsctl/archive/archivetest"
	"newsctl/archive/page"
)

func TestASCIISlug(t *testing.T) {
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
		if got := archive.ASCIISlug.Slug(tt.headline, 0); got != tt.want {
			t.Errorf("slug of %q: %q, want %q", tt.headline, got, tt.want)
		}
	}
}

func TestUnicodeSlug(t *testing.T) {
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
		if got := archive.UnicodeSlug.Slug(tt.headline, 0); got != tt.want {
			t.Errorf("slug of %q: %q, want %q", tt.headline, got, tt.want)
		}
	}
}

// The cut counts characters of the headline, spaces at its start among them,
// and may fall inside a word.
func TestSlugIsCut(t *testing.T) {
	for _, tt := range []struct {
		style    archive.SlugStyle
		headline string
		length   int
		want     string
	}{
		{archive.ASCIISlug, strings.Repeat("a", 150), 0, strings.Repeat("a", 140)},
		{archive.ASCIISlug, strings.Repeat("a", 140), 0, strings.Repeat("a", 140)},
		{archive.ASCIISlug, " " + strings.Repeat("a", 150), 0, strings.Repeat("a", 139)},
		{archive.ASCIISlug, strings.Repeat("ö", 150), 0, strings.Repeat("o", 140)},
		{archive.ASCIISlug, strings.Repeat("a", 139) + " b", 0, strings.Repeat("a", 139)},
		{archive.ASCIISlug, "The bridge opens", 12, "the-bridge-o"},
		{archive.ASCIISlug, "The bridge opens", 11, "the-bridge"},
		{archive.ASCIISlug, "ß", 1, "ss"},
		{archive.UnicodeSlug, strings.Repeat("青", 61), 0, strings.Repeat("青", 60)},
		{archive.UnicodeSlug, " ." + strings.Repeat("青", 61), 0, strings.Repeat("青", 58)},
		{archive.UnicodeSlug, "雾港市取消", 3, "雾港市"},
	} {
		if got := tt.style.Slug(tt.headline, tt.length); got != tt.want {
			t.Errorf("%v slug of %d characters of %q: %q, want %q", tt.style, tt.length, tt.headline, got, tt.want)
		}
	}
}

// A name is safe as a file's: of the letters that the style allows, and a slug
// of its own.
func FuzzSlug(f *testing.F) {
	for _, headline := range []string{"U.S. & Göteborg", " 雾港市，3,600 人", "😀", "\xff/../x", "a\u0301_ß½"} {
		f.Add(headline, 0)
		f.Add(headline, 3)
	}
	f.Fuzz(func(t *testing.T, headline string, length int) {
		if length < 0 {
			return
		}
		ascii, unicode := archive.ASCIISlug.Slug(headline, length), archive.UnicodeSlug.Slug(headline, length)
		if !archive.IsASCIISlug(ascii) {
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
		if again := archive.ASCIISlug.Slug(ascii, len(ascii)+1); again != ascii {
			t.Errorf("slug of the slug %q: %q", ascii, again)
		}
		if again := archive.UnicodeSlug.Slug(unicode, len(unicode)+1); again != unicode {
			t.Errorf("slug of the slug %q: %q", unicode, again)
		}
	})
}

func TestSlugStyleString(t *testing.T) {
	for style, want := range map[archive.SlugStyle]string{archive.AutoSlug: "auto", archive.ASCIISlug: "ascii", archive.UnicodeSlug: "unicode"} {
		if got := style.String(); got != want {
			t.Errorf("style %d is %q", style, got)
		}
	}
}

// In the sound fixtures every event has the name its headline asks for, and
// every related entry and every entry of a day page points to the name its text
// asks for.
func TestSlugsOfFixtures(t *testing.T) {
	for name, style := range map[string]archive.SlugStyle{"clean": archive.ASCIISlug, "chinese": archive.UnicodeSlug} {
		a := archive.New(os.DirFS(filepath.Join("..", "fixtures", name)), archive.Config{})
		if got := a.SlugStyle(); got != style {
			t.Errorf("the style of %s is %v", name, got)
		}
		pairs := 0
		for _, p := range a.Load(nil) {
			pg := a.Page(p)
			if pg.Event != nil {
				headline, _ := pg.Event.Headline()
				checkSlug(t, a.SlugStyle(), headline, p)
				pairs++
			}
			for _, l := range pg.Links {
				if target := pg.Target(l); (l.Role == page.Related || l.Role == page.Listed) && isEvent(target.Path) {
					checkSlug(t, a.SlugStyle(), pg.Text(l.Text), target.Path)
					pairs++
				}
			}
		}
		if pairs < 20 {
			t.Errorf("only %d pairs of a headline and a name in %s", pairs, name)
		}
	}
}

func isEvent(p string) bool {
	kind, _ := archive.Classify(p)
	return kind == archive.EventPage
}

func checkSlug(t *testing.T, style archive.SlugStyle, headline, p string) {
	t.Helper()
	if got := style.Slug(headline, 0); got+".md" != path.Base(p) {
		t.Errorf("slug of %q: %q, but the page is %s", headline, got, p)
	}
}

// The headlines and names of a real event page of 2017.
func TestSlugsOfRealPage(t *testing.T) {
	file := filepath.Join("..", "..", "shared", "seed", "event-page-2017.md")
	src, err := os.ReadFile(file)
	if err != nil {
		t.Skipf("a real event page is missing: %v", err)
	}
	e := page.ParseEvent(src, page.DefaultLabels())
	headline, _ := e.Headline()
	const own = "u-s-president-donald-trump-says-he-and-russian-president-vladimir-putin-discussed-forming-an-impenetrable-cybersecurity-unit-so-that-elect"
	checkSlug(t, archive.ASCIISlug, headline, own+".md")
	related := e.Entries(page.RelatedSection)
	if len(related) != 10 {
		t.Errorf("%d related entries", len(related))
	}
	for _, entry := range related {
		checkSlug(t, archive.ASCIISlug, e.Text(entry.Link.Text), e.Destination(entry.Link))
	}
}

func TestSlugStyle(t *testing.T) {
	day := func(d string, names ...string) map[string]string {
		files := map[string]string{"news/" + d + "/index.md": "", "news/" + d + "/README.md": ""}
		for _, name := range names {
			files["news/"+d+"/"+name+".md"] = ""
		}
		return files
	}
	for _, tt := range []struct {
		name  string
		files map[string]string
		set   archive.SlugStyle
		want  archive.SlugStyle
	}{
		{"empty archive", nil, archive.AutoSlug, archive.AutoSlug},
		{"ascii names", day("2017/07/9", "the-bridge-2", "a"), archive.AutoSlug, archive.ASCIISlug},
		{"another script", day("2017/07/9", "the-bridge", "青岚大桥"), archive.AutoSlug, archive.UnicodeSlug},
		{"capital letters", day("2017/07/9", "The-bridge"), archive.AutoSlug, archive.UnicodeSlug},
		{"one odd name", day("2017/07/9", "NOTES", "a", "the-bridge"), archive.AutoSlug, archive.ASCIISlug},
		{"configured", day("2017/07/9", "青岚大桥"), archive.ASCIISlug, archive.ASCIISlug},
		{"configured, though nothing shows it", day("2017/07/9", "the-bridge"), archive.UnicodeSlug, archive.UnicodeSlug},
	} {
		a := archive.New(archivetest.Tree(tt.files), archive.Config{SlugStyle: tt.set})
		if got := a.SlugStyle(); got != tt.want {
			t.Errorf("%s: style %v, want %v", tt.name, got, tt.want)
		}
	}
	a := archive.New(archivetest.Tree(day("2017/07/9", "青岚大桥")), archive.Config{SlugLength: 4})
	if got := a.Slug("雾港市取消"); got != "雾港市取" {
		t.Errorf("slug of four characters: %q", got)
	}
	for headline, want := range map[string]string{
		"The Bridge": "the-bridge", "2024!": "2024", "Çankaya’da": "cankaya-da",
		"日本の経済が成長する": "日本の経済が成長する", "Паром": "Паром", "NHK：雾港市大桥今天开放": "NHK-雾港市大桥今天开放",
		"The ferry 青岚 sails": "the-ferry-qing-lan-sails",
	} {
		if got := archive.New(archivetest.Tree(nil), archive.Config{}).Slug(headline); got != want {
			t.Errorf("slug of %q in an empty archive: %q, want %q", headline, got, want)
		}
	}
}

// Only the names of the last three days with events show an archive's style.
func TestSlugStyleOfLastDays(t *testing.T) {
	files := map[string]string{"news/2017/07/8/青.md": "", "news/2017/07/8/岚.md": "", "news/2017/07/8/桥.md": "", "news/2017/07/8/港.md": ""}
	for _, d := range []archive.Date{{Year: 2017, Month: 7, Day: 8}, {Year: 2017, Month: 7, Day: 9}, {Year: 2017, Month: 7, Day: 10}, {Year: 2017, Month: 7, Day: 11}} {
		files[d.Page()] = ""
	}
	if got := archive.New(archivetest.Tree(files), archive.Config{}).SlugStyle(); got != archive.UnicodeSlug {
		t.Errorf("where the last days have no events the style is %v", got)
	}
	for _, d := range []archive.Date{{Year: 2017, Month: 7, Day: 9}, {Year: 2017, Month: 7, Day: 10}, {Year: 2017, Month: 7, Day: 11}} {
		files[d.Dir()+"/ferry.md"] = ""
	}
	if got := archive.New(archivetest.Tree(files), archive.Config{}).SlugStyle(); got != archive.ASCIISlug {
		t.Errorf("names four days old make the style %v", got)
	}
}
