package pattern

import "testing"

func TestMatchAny(t *testing.T) {
	for _, tt := range []struct {
		pattern, path string
		want          bool
	}{
		{"faq", "faq/index.md", true},
		{"faq", "faq", true},
		{"/faq/", "faq/a/b.md", true},
		{"faq", "faq.md", false},
		{"faq", "faqs/index.md", false},
		{"faq/index.md", "faq/index.md", true},
		{"faq/index.md", "faq/a.md", false},
		{"*.md", "news/2017/07/9/a.md", true},
		{"draft-*", "news/2017/07/9/draft-a.md", true},
		{"draft-*", "drafts/a.md", false},
		{"news/*/a.md", "news/2017/a.md", true},
		{"news/*/a.md", "news/2017/07/a.md", false},
		{"news/2017/*", "news/2017/07", true},
		{"a[1].md", "a[1].md", true},
		{"9/a.md", "news/2017/07/9/a.md", false},
		{"drafts/**", "drafts/2018/a.md", true},
		{"drafts/**", "drafts", false},
		{"drafts/**", "drafts2/a.md", false},
		{"**/draft.md", "draft.md", true},
		{"**/draft.md", "faq/2018/draft.md", true},
		{"**/draft.md", "faq/draft.md/a.md", false},
		{"faq/**/old/*.md", "faq/old/a.md", true},
		{"faq/**/old/*.md", "faq/1/2/old/a.md", true},
		{"faq/**/old/*.md", "faq/1/2/old/3/a.md", false},
		{"[", "a.md", false}, // no pattern at all
		{"", "a.md", false},
		{"/", "a.md", false},
	} {
		if got := MatchAny([]string{"other", tt.pattern}, tt.path); got != tt.want {
			t.Errorf("pattern %q matches %q: %v", tt.pattern, tt.path, got)
		}
	}
	if MatchAny(nil, "a.md") {
		t.Error("a path matches no pattern")
	}
}

// TestInvalid checks that patterns which no path matches are refused, and no
// others.
func TestInvalid(t *testing.T) {
	for _, p := range []string{
		"faq", "/faq/", "*.md", "drafts/**", "**/a.md", "a/**/b", "**", "[a-z]*.md", "[^a].md", "a[1].md", `\!a`, `a\*`,
		"雾港/*", "a b", ".hidden", "...", "a?b", `[\]]`,
	} {
		if reason := Invalid(p); reason != "" {
			t.Errorf("%q: %s", p, reason)
		}
	}
	for _, p := range []string{
		"", "/", "//", ".", "..", "./a", "a/.", "../a", "a/../b", "a//b", "!a", "!", "a**", "**a/b", "a/b**", " a", "a ", "[a", "a]/[b",
		"[z-a]", "x[z-a]", "[]", "[a/b]", `a\b`, `C:\a`, `a\`, "[/]", "***", "*.{md,txt}", "{a,b}/c",
	} {
		if Invalid(p) == "" {
			t.Errorf("%q is taken", p)
		}
	}
}
