package commands

import (
	"bytes"
	"fmt"
	"html"
	"math/rand"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"

	"newsctl/archive/compare"
)

// addedEvents returns a difference of so many events with long headlines.
func addedEvents(n int) *difference {
	c := &compare.Comparison{}
	for i := range n {
		state := &compare.EventState{
			Path:     fmt.Sprintf("news/2024/03/5/event-%d.md", i),
			Day:      "2024-03-5",
			Headline: strings.Repeat("彗星 [年糕] ", 40),
		}
		c.Events = append(c.Events, compare.EventChange{Kinds: []compare.ChangeKind{compare.ChangeAdded}, After: state})
	}
	c.Pages = []compare.PageChange{{Kind: compare.ChangeEdited, Before: "faq/index.md", After: "faq/index.md"}}
	return &difference{versions: versions{from: "main", to: "HEAD"}, Comparison: c}
}

// A comment is never longer than it may be, and what it omits is counted.
func TestMarkdownFitsAComment(t *testing.T) {
	for _, n := range []int{1, 10, 11, 100, 5_000} {
		var out bytes.Buffer
		if err := writeDiffMarkdown(&out, addedEvents(n), false); err != nil {
			t.Fatal(err)
		}
		text := out.String()
		if k := utf8.RuneCountInString(text); k > 65_536 {
			t.Errorf("%d events make %d characters", n, k)
		}
		if strings.Count(text, "<details>") != strings.Count(text, "</details>") || strings.Contains(text, "<details>") != (n > 10) {
			t.Errorf("%d events: %d lists opened, %d closed", n, strings.Count(text, "<details>"), strings.Count(text, "</details>"))
		}
		shown := strings.Count(text, "event-") + strings.Count(text, "faq/")
		left := 0
		if m := regexp.MustCompile(`(?m)^(\d+) more changes omitted`).FindStringSubmatch(text); m != nil {
			fmt.Sscan(m[1], &left)
		}
		if shown+left != n+1 {
			t.Errorf("of %d events and a page %d are shown, %d omitted", n, shown, left)
		}
		if !strings.HasPrefix(text, "**"+plural(n, "event")+" added** (`main..HEAD`)\n") {
			t.Errorf("begins with %.60q", text)
		}
	}
}

// Whatever a headline holds, a comment shows it as it is.
func TestEscapeMarkdown(t *testing.T) {
	md := goldmark.New(goldmark.WithExtensions(extension.GFM))
	check := func(text string) {
		var out bytes.Buffer
		if err := md.Convert([]byte("- x "+escapeMarkdown(text)+"y\n"), &out); err != nil {
			t.Fatal(err)
		}
		got := html.UnescapeString(strings.ReplaceAll(out.String(), "\u200b", ""))
		if want := "<ul>\n<li>x " + text + "y</li>\n</ul>\n"; got != want {
			t.Errorf("%q is shown as %q", text, got)
		}
	}
	check("`a` | [b](c) ![d](e) <f> &amp; **g** _h_ ~~i~~ \\ 1. > - + http://j.example www.k.example l@m.example <!-- n")
	rng := rand.New(rand.NewSource(1))
	const signs = "`*_~[]()<>!&;:|\\#@-+.\"'{}=/^$%,?ab1彗"
	for range 2_000 {
		var b strings.Builder
		for range 12 {
			r := []rune(signs)
			b.WriteRune(r[rng.Intn(len(r))])
		}
		check(b.String())
	}
	for text, want := range map[string]string{
		"Port Ellery, fourteen years. (It's late: \"50% more\" at 12 - 1.)": "Port Ellery, fourteen years. (It's late: \"50% more\" at 12 - 1.)",
		"$65 [a] see www.a.example":                                         `\$65 \[a\] see www\.a.example`,
		":ship: http://a.example !12":                                       `\:ship: http\://a.example \!12`,
	} {
		if got := escapeMarkdown(text); got != want {
			t.Errorf("%q is escaped as %q, want %q", text, got, want)
		}
	}
	if got := escapeMarkdown("@everyone, see #12"); strings.Contains(got, "@e") || strings.Contains(got, "#1") {
		t.Errorf("%q notifies somebody", got)
	}
}

func TestCode(t *testing.T) {
	for text, want := range map[string]string{
		"":             "",
		"a.md":         "`a.md`",
		"a`b.md":       "`` a`b.md ``",
		"a``b`.md":     "``` a``b`.md ```",
		"a\nb\x1b.md":  "`a\\nb\\x1b.md`",
		"@team/#1.md ": "`@team/#1.md `",
	} {
		if got := code(text); got != want {
			t.Errorf("%q is written as %q, want %q", text, got, want)
		}
	}
}
