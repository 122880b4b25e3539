package review

import (
	"bytes"
	"compress/flate"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"regexp"
	"strings"
	"testing"
)

func serially(n int, do func(i int)) {
	for i := range n {
		do(i)
	}
}

func written(t *testing.T, p *Page) string {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, p, serially); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// pageOf returns a page of so many items, each of which says one text wherever it can.
func pageOf(n int, text string) *Page {
	p := &Page{Title: text, Summary: text, Command: text, Then: []string{text}, Hash: "0123456789abcdef", Assurances: []Assurance{{true, text}}}
	p.Kinds = []Kind{{ID: "k", One: "kind", Many: "kinds", Sign: Added}}
	for i := range n {
		p.Items = append(p.Items, Item{Path: text, Was: text, Day: fmt.Sprintf("%d-01-1", 2000+i%3), Headline: text, Old: text, Contexts: []string{text}, Counts: []Count{{"k", 2}}})
	}
	p.Detail = func(int) Detail {
		cell := &Cell{Number: 1, Text: text, Day: text, Target: text, Contexts: []string{text}}
		return Detail{
			Lists: []List{{Title: "List", Rows: []Row{{Before: cell, After: cell, Why: text}, {Sign: Removed, Before: cell, Why: text}, {Sign: Added, After: cell, Why: text}}}},
			Notes: []Note{{Changed, text, text, text, text, text}},
			Diff:  "\x1b[1mdiff --git a/x b/x\x1b[m\n\x1b[36m@@ -1 +1 @@\x1b[m\n\x1b[31m-\x1b[7mold\x1b[27m text\x1b[m\n",
		}
	}
	return p
}

var element = regexp.MustCompile(`(?s)<script type="([^"]*)"(?: id="index"| class="chunk")>(.*?)</script>`)

// embedded returns the index of a page, and the details of its items.
func embedded(t *testing.T, html string) (x map[string]any, details []map[string]any) {
	t.Helper()
	for _, m := range element.FindAllStringSubmatch(html, -1) {
		if m[1] == "application/json" {
			if err := json.Unmarshal([]byte(m[2]), &x); err != nil {
				t.Fatal(err)
			}
			continue
		}
		packed, err := base64.RawURLEncoding.DecodeString(m[2])
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(flate.NewReader(bytes.NewReader(packed)))
		if err != nil {
			t.Fatal(err)
		}
		var some []map[string]any
		if err := json.Unmarshal(text, &some); err != nil {
			t.Fatal(err)
		}
		details = append(details, some...)
	}
	return x, details
}

// TestHostileText holds a page to the elements of its template, whatever its texts say.
func TestHostileText(t *testing.T) {
	t.Parallel()
	tags := regexp.MustCompile(`<[!/]?[a-zA-Z][^<>]*`)
	count := func(html string) int { return len(tags.FindAllString(html, -1)) }
	want := count(written(t, pageOf(3, "plain")))
	for _, text := range []string{
		"</script><script>alert(1)</script>", "<!--<script>", "</noscript><img src=x>", "</style><b>", `"><svg onload=alert(1)>`,
		"' onclick='x", "{{.Hash}}", "a\u202eb\u2066c", "\x01mark\x02", "nul\x00 \xff", "line\u2028break\nbreak", "&lt;b&gt;", "</bdi></p></body>",
	} {
		html := written(t, pageOf(3, text))
		if got := count(html); got != want {
			t.Errorf("%q: %d tags, want %d", text, got, want)
		}
		if strings.ContainsAny(html, "\x00\x01\x02\u202e\u2066") {
			t.Errorf("%q: hidden characters are in the page", text)
		}
		x, details := embedded(t, html)
		if items := x["items"].([]any); len(items) != 3 || len(details) != 3 {
			t.Errorf("%q: %d items, %d details", text, len(items), len(details))
		}
	}
}

// TestPolicy holds the security policy to name exactly the style and the script that
// are in the page.
func TestPolicy(t *testing.T) {
	t.Parallel()
	html := written(t, pageOf(1, "plain"))
	for _, e := range []struct{ name, pattern string }{
		{"style", `(?s)<style>(.*?)</style>`},
		{"script", `(?s)<script>(.*?)</script>`},
	} {
		all := regexp.MustCompile(e.pattern).FindAllStringSubmatch(html, -1)
		if len(all) != 1 {
			t.Fatalf("%d elements %s", len(all), e.name)
		}
		if want := e.name + "-src '" + sourceHash(all[0][1]) + "'"; !strings.Contains(html, want) {
			t.Errorf("the policy does not hold %s", want)
		}
	}
	if regexp.MustCompile(`\s(style|src|href|on[a-z]+)=`).MatchString(html[:strings.Index(html, "<script")]) {
		t.Error("there are attributes that load, style or run")
	}
}

// TestMarks holds marked texts to be the texts, and to mark what differs alone.
func TestMarks(t *testing.T) {
	t.Parallel()
	row := Row{Sign: Changed, Before: &Cell{Text: "Ferry stops today", Contexts: []string{"A", "B"}}, After: &Cell{Text: "Ferry sails today", Contexts: []string{"B", "C"}}}.clean()
	for got, want := range map[string]string{
		row.Before.Text:        "Ferry \x01stops\x02 today",
		row.After.Text:         "Ferry \x01sails\x02 today",
		row.Before.Contexts[0]: "\x01A\x02",
		row.Before.Contexts[1]: "B",
		row.After.Contexts[1]:  "\x01C\x02",
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	if got := string(markedHTML("a \x01<b>\x02")); got != "a <mark>&lt;b&gt;</mark>" {
		t.Error(got)
	}
	long := strings.Repeat("word ", maxWords)
	if old, new := markWords(long, "x"); old != mark(long) || new != mark("x") {
		t.Error("long texts are compared")
	}
}

func TestDetailIsPackedOnce(t *testing.T) {
	t.Parallel()
	_, details := embedded(t, written(t, pageOf(1, "plain")))
	rows := details[0]["l"].([]any)[0].(map[string]any)["r"].([]any)
	same := rows[0].(map[string]any)
	if same["b"] != nil || same["m"] != 1.0 || same["a"] == nil {
		t.Errorf("an entry that stays is %v", same)
	}
	if want := "diff --git a/x b/x\n@@ -1 +1 @@\n-\x01old\x02 text\n"; details[0]["d"] != want {
		t.Errorf("the diff is %q", details[0]["d"])
	}
}

func TestTotalsAndYears(t *testing.T) {
	t.Parallel()
	p := pageOf(4, "plain") // 2000, 2001, 2002, 2000
	p.Kinds = append(p.Kinds, Kind{ID: "none", Sign: Removed})
	p.Items[3].Day = "2004-12-31"
	if got := p.totals(); len(got) != 1 || got[0].N != 8 || got[0].Pages != 4 {
		t.Error(got)
	}
	var got []string
	for _, y := range p.years() {
		got = append(got, fmt.Sprint(y.Name, ":", y.Pages))
	}
	if want := "2000:1 2001:1 2002:1 2003:0 2004:1"; strings.Join(got, " ") != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got := p.span(); got != "2000\u20132004" {
		t.Error(got)
	}
	if p.Items = p.Items[:1]; p.years() != nil || p.span() != "2000" {
		t.Error("one year has a chart")
	}
}

// TestManyItems holds a page of many items to have no HTML of them, and one of few to
// have all.
func TestManyItems(t *testing.T) {
	t.Parallel()
	for n, static := range map[int]int{1: 1, staticItems: staticItems, staticItems + 1: 0} {
		html := written(t, pageOf(n, "plain"))
		if got := strings.Count(html, `<article class="item static">`); got != static {
			t.Errorf("%d of %d items are readable without scripts", got, n)
		}
		if _, details := embedded(t, html); len(details) != n {
			t.Errorf("%d details of %d items", len(details), n)
		}
	}
}

// TestNoItems holds a page without items to say so alone: there is nothing to filter.
func TestNoItems(t *testing.T) {
	t.Parallel()
	html := written(t, pageOf(0, "Nothing differs"))
	if !strings.Contains(html, "<h1><bdi>Nothing differs</bdi></h1>") || regexp.MustCompile(`<(main|form|script|button|section|details)\b`).MatchString(html) {
		t.Error(html)
	}
}

// TestOneOfEach holds what is counted once to be called one.
func TestOneOfEach(t *testing.T) {
	t.Parallel()
	p := pageOf(2, "plain")
	p.Items[0].Counts[0].N, p.Items[1].Counts = 1, nil
	html := written(t, p)
	for _, want := range []string{"<b>1</b> <span>kind</span> <small>on 1 page</small>", `title="2000: 1 page"`} {
		if !strings.Contains(html, want) {
			t.Errorf("the page has no %s", want)
		}
	}
	if html = written(t, pageOf(2, "plain")); !strings.Contains(html, "<b>4</b> <span>kinds</span> <small>on 2 pages</small>") {
		t.Error("four are called one")
	}
}

// TestBadges holds every kind of one sign to have a badge of its own, listed in the
// legend.
func TestBadges(t *testing.T) {
	t.Parallel()
	p := pageOf(1, "plain")
	p.Kinds = []Kind{{ID: "k", Many: "titles changed", Short: "title", Sign: Changed}, {ID: "j", Many: "added", Sign: Added}, {ID: "i", Many: "rule", Sign: Error}}
	p.Items[0].Counts = []Count{{"k", 1}, {"j", 1}, {"i", 1}}
	want := `<p class="legend" hidden><span class="one"><span class="badge changed">title</span> titles changed</span> <span class="one"><span class="badge added">&#43;</span> added</span> </p>`
	if html := written(t, p); !strings.Contains(strings.ReplaceAll(html, ">+<", ">&#43;<"), want) {
		t.Error("the legend does not list the badges")
	}
}

// TestKey holds marks to be kept for one change: what differs has another key.
func TestKey(t *testing.T) {
	t.Parallel()
	key := func(p *Page) any { x, _ := embedded(t, written(t, p)); return x["key"] }
	if key(pageOf(2, "plain")) != key(pageOf(2, "plain")) {
		t.Error("the same page has two keys")
	}
	other := pageOf(2, "plain")
	other.Hash = "f0123456789abcdef"
	if key(pageOf(2, "plain")) == key(pageOf(2, "other")) || key(other) == key(pageOf(2, "plain")) {
		t.Error("two pages have one key")
	}
}
