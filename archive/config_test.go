package archive

import (
	"slices"
	"testing"

	"newsctl/archive/page"
)

func TestIgnores(t *testing.T) {
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
		if got := (Config{Ignore: []string{"other", tt.pattern}}).ignores(tt.path); got != tt.want {
			t.Errorf("pattern %q ignores %q: %v", tt.pattern, tt.path, got)
		}
	}
	if (Config{}).ignores("a.md") {
		t.Error("a path is ignored without a pattern")
	}
}

// TestInvalidPattern checks that patterns which no path matches are refused, and no
// others.
func TestInvalidPattern(t *testing.T) {
	for _, p := range []string{
		"faq", "/faq/", "*.md", "drafts/**", "**/a.md", "a/**/b", "**", "[a-z]*.md", "[^a].md", "a[1].md", `\!a`, `a\*`,
		"雾港/*", "a b", ".hidden", "...", "a?b", `[\]]`,
	} {
		if reason := InvalidPattern(p); reason != "" {
			t.Errorf("%q: %s", p, reason)
		}
	}
	for _, p := range []string{
		"", "/", "//", ".", "..", "./a", "a/.", "../a", "a/../b", "a//b", "!a", "!", "a**", "**a/b", "a/b**", " a", "a ", "[a", "a]/[b",
		"[z-a]", "x[z-a]", "[]", "[a/b]", `a\b`, `C:\a`, `a\`, "[/]", "***", "*.{md,txt}", "{a,b}/c",
	} {
		if InvalidPattern(p) == "" {
			t.Errorf("%q is taken", p)
		}
	}
}

// Labels that are set are written, and the built-in ones are read all the same.
func TestWithDefaults(t *testing.T) {
	d := page.DefaultLabels()
	c := Config{
		Labels:       page.Labels{Source: []string{"Quelle"}, Current: []string{"Aktuell"}},
		RelatedLimit: 5,
	}.withDefaults()
	if got, want := c.Labels.Source, append([]string{"Quelle"}, d.Source...); !slices.Equal(got, want) {
		t.Errorf("labels of sources: %q, want %q", got, want)
	}
	if got, want := c.Labels.Current, append([]string{"Aktuell"}, d.Current...); !slices.Equal(got, want) {
		t.Errorf("labels of the current version: %q, want %q", got, want)
	}
	for name, pair := range map[string][2][]string{
		"changes":  {c.Labels.Changes, d.Changes},
		"related":  {c.Labels.Related, d.Related},
		"context":  {c.Labels.Context, d.Context},
		"previous": {c.Labels.Previous, d.Previous},
		"formats":  {c.Labels.Formats, d.Formats},
	} {
		if !slices.Equal(pair[0], pair[1]) {
			t.Errorf("labels of %s: %q, want %q", name, pair[0], pair[1])
		}
	}
	if c.RelatedLimit != 5 {
		t.Errorf("the limit that is set became %d", c.RelatedLimit)
	}
	if got := (Config{}).withDefaults().RelatedLimit; got != 10 {
		t.Errorf("the limit is %d if none is set", got)
	}
	if got := New(nil, Config{RelatedLimit: 5}).Config().RelatedLimit; got != 5 {
		t.Errorf("the archive's limit is %d", got)
	}
}

// TestDefaultsLeaveConfig checks that two archives of one configuration do not
// write into the label lists that they share.
func TestDefaultsLeaveConfig(t *testing.T) {
	shared := append(make([]string, 0, 10), "Own", "Other")
	c := Config{Labels: page.Labels{Source: shared[:1]}}
	c.withDefaults()
	if shared[1] != "Other" {
		t.Errorf("the list after the label now holds %q", shared)
	}
}
