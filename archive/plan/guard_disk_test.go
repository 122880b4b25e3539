package plan_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"newsctl/archive"
	"newsctl/archive/archivetest"
	"newsctl/archive/edit"
	"newsctl/archive/page"
	"newsctl/archive/plan"
	"newsctl/archive/source"
)

// TestTooLargePages checks that an operation which would make a page larger than
// pages can be is refused, and says which field of which event is to blame.
func TestTooLargePages(t *testing.T) {
	day := archive.Date{Year: 2017, Month: 7, Day: 9}
	long := strings.Repeat("word ", page.MaxSize/5)
	half := strings.Repeat("half ", page.MaxSize/9)
	var many []string
	for i := range 1000 {
		many = append(many, strings.Repeat("x", 300)+fmt.Sprint(i))
	}
	small := edit.Draft{Headline: "Ferry sails again", Date: day}
	for _, test := range []struct {
		name   string
		drafts []edit.Draft
		draft  int
		field  string
		reason string
	}{
		{"description", []edit.Draft{small, {Headline: "Fog lifts", Date: day, Description: long}}, 1, edit.DescriptionField, "would have 26"},
		{"source", []edit.Draft{{Headline: "Fog lifts", Date: day, Sources: []source.Link{{Outlet: "G", URL: "https://g.example/" + strings.Repeat("x", page.MaxSize)}}}}, 0, edit.SourceField, "would have 26"},
		{"context", []edit.Draft{small, {Headline: "Fog lifts", Date: day, Contexts: many}}, 1, edit.ContextField, "would have"},
		{"headline", []edit.Draft{{Headline: "Fog " + long, Date: day}}, 0, edit.HeadlineField, "would have 26"},
		{"day", []edit.Draft{small, {Headline: "Fog lifts", Date: day, Description: half}, {Headline: "Gulls meet", Date: day, Description: half}, {Headline: "Tide turns", Date: archive.Date{Year: 2017, Month: 7, Day: 8}}}, 2, edit.DateField, "news/2017/07/9/README.md would have"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			a, paths := archivetest.Fixture(t, "clean").Archive(archive.Config{})
			_, err := edit.Add(a, paths, test.drafts, edit.AddOptions{Today: archive.Date{Year: 2026, Month: 1, Day: 1}, AllowDuplicate: true})
			var blamed *edit.DraftError
			if !errors.As(err, &blamed) {
				t.Fatalf("error is %v", err)
			}
			if blamed.Draft != test.draft || blamed.Field != test.field || !strings.Contains(blamed.Reason, test.reason) {
				t.Errorf("draft %d, %.200v; want draft %d, %s, %s", blamed.Draft, blamed, test.draft, test.field, test.reason)
			}
		})
	}
	a, paths := archivetest.Fixture(t, "clean").Archive(archive.Config{})
	e := a.Events(day)[0]
	_, err := edit.Rename(a, paths, e.Path, edit.RenameOptions{Headline: long, Now: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)})
	var blamed *edit.DraftError
	if !errors.As(err, &blamed) || blamed.Field != edit.HeadlineField {
		t.Errorf("a long headline: error is %.200v", err)
	}
}

// TestUnwritablePlaces checks that the guard refuses new pages where no disk takes
// one, and leaves those alone that are there.
func TestUnwritablePlaces(t *testing.T) {
	name := func(n int) string { return strings.Repeat("x", n-len(archive.Extension)) + archive.Extension }
	f := archivetest.Files{"news/2017/07/9/index.md": "", "news/2017/08": "a file", "faq.md": "# FAQ\n"}
	for p, want := range map[string]string{
		"news/2017/07/9/" + name(255):  "",
		"news/2017/07/9/" + name(256):  "would have 256 bytes",
		"news/2017/07/10/" + name(300): "would have 300 bytes",
		"news/2017/08/1/a.md":          "news/2017/08 is a file, not a directory",
		"faq.md/a.md":                  "faq.md is a file, not a directory",
	} {
		a, _ := f.Archive(archive.Config{})
		c := a.NewChanges()
		c.Create(p, []byte("x"))
		if _, err := plan.Guard(c, nil); (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%.40s: error is %v, want %q", p, err, want)
		}
	}
}
