package archive

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"newsctl/archive/page"
)

// TestTooLargePages checks that an operation which would make a page larger than
// pages can be is refused, and says which field of which event is to blame.
func TestTooLargePages(t *testing.T) {
	day := Date{2017, 7, 9}
	long := strings.Repeat("word ", page.MaxSize/5)
	half := strings.Repeat("half ", page.MaxSize/9)
	var many []string
	for i := range 1000 {
		many = append(many, strings.Repeat("x", 300)+fmt.Sprint(i))
	}
	small := Draft{Headline: "Ferry sails again", Date: day}
	for _, test := range []struct {
		name   string
		drafts []Draft
		draft  int
		field  string
		reason string
	}{
		{"description", []Draft{small, {Headline: "Fog lifts", Date: day, Description: long}}, 1, DescriptionField, "would have 26"},
		{"source", []Draft{{Headline: "Fog lifts", Date: day, Sources: []SourceLink{{"G", "https://g.example/" + strings.Repeat("x", page.MaxSize)}}}}, 0, SourceField, "would have 26"},
		{"context", []Draft{small, {Headline: "Fog lifts", Date: day, Contexts: many}}, 1, ContextField, "would have"},
		{"headline", []Draft{{Headline: "Fog " + long, Date: day}}, 0, HeadlineField, "would have 26"},
		{"day", []Draft{small, {Headline: "Fog lifts", Date: day, Description: half}, {Headline: "Gulls meet", Date: day, Description: half}, {Headline: "Tide turns", Date: Date{2017, 7, 8}}}, 2, DateField, "news/2017/07/9/README.md would have"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			a, paths := fixture(t, "clean").archive(Config{})
			_, err := a.Add(paths, test.drafts, AddOptions{Today: Date{2026, 1, 1}, AllowDuplicate: true})
			var blamed *DraftError
			if !errors.As(err, &blamed) {
				t.Fatalf("error is %v", err)
			}
			if blamed.Draft != test.draft || blamed.Field != test.field || !strings.Contains(blamed.Reason, test.reason) {
				t.Errorf("draft %d, %.200v; want draft %d, %s, %s", blamed.Draft, blamed, test.draft, test.field, test.reason)
			}
		})
	}
	a, paths := fixture(t, "clean").archive(Config{})
	e := a.Events(day)[0]
	_, err := a.Rename(paths, e.Path, RenameOptions{Headline: long, Now: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)})
	var blamed *DraftError
	if !errors.As(err, &blamed) || blamed.Field != HeadlineField {
		t.Errorf("a long headline: error is %.200v", err)
	}
}

// TestUnwritablePlaces checks that the guard refuses new pages where no disk takes
// one, and leaves those alone that are there.
func TestUnwritablePlaces(t *testing.T) {
	name := func(n int) string { return strings.Repeat("x", n-len(extension)) + extension }
	f := files{"news/2017/07/9/index.md": "", "news/2017/08": "a file", "faq.md": "# FAQ\n"}
	for p, want := range map[string]string{
		"news/2017/07/9/" + name(255):  "",
		"news/2017/07/9/" + name(256):  "would have 256 bytes",
		"news/2017/07/10/" + name(300): "would have 300 bytes",
		"news/2017/08/1/a.md":          "news/2017/08 is a file, not a directory",
		"faq.md/a.md":                  "faq.md is a file, not a directory",
	} {
		a, _ := f.archive(Config{})
		c := a.newChanges()
		c.create(p, []byte("x"))
		if _, err := a.Guard(c); (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%.40s: error is %v, want %q", p, err, want)
		}
	}
}
