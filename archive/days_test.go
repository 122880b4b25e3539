package archive_test

import (
	"slices"
	"testing"

	"newsctl/archive"
	"newsctl/archive/archivetest"
)

// gappy is an archive with days far apart, and directories that are not days.
var gappy = archivetest.Tree(map[string]string{
	"index.md":                 "",
	"news/2003/11/4/index.md":  "",
	"news/2017/07/9/index.md":  "",
	"news/2017/07/9/a.md":      "",
	"news/2017/07/30/index.md": "",
	"news/2017/12/31/index.md": "",
	"news/2018/01/1/index.md":  "",
	"news/2018/01/10/index.md": "",
	"news/2018/01/9/index.md":  "",

	"news/2017/07/10/README.md": "", // a copy of nothing
	"news/2017/07/11/a.md":      "", // an event without its day page
	"news/2017/07/012/index.md": "",
	"news/2017/7/13/index.md":   "",
	"news/17/07/14/index.md":    "",
	"news/2017/08/x/index.md":   "",
	"news/2017/08/09/index.md":  "", // padded: there, but to be renamed
	"news/2017/11/31/index.md":  "", // not in the calendar
	"news/2018/13/1/index.md":   "",
	"news/2017/08/15":           "", // a file
	"news/2017/index.md":        "",
})

func TestDayBefore(t *testing.T) {
	a := archive.New(gappy, archive.Config{})
	for _, tt := range []struct {
		day, want archive.Date
	}{
		{archive.Date{Year: 2018, Month: 1, Day: 10}, archive.Date{Year: 2018, Month: 1, Day: 9}},
		{archive.Date{Year: 2018, Month: 1, Day: 9}, archive.Date{Year: 2018, Month: 1, Day: 1}}, // by number, not as text
		{archive.Date{Year: 2018, Month: 1, Day: 1}, archive.Date{Year: 2017, Month: 12, Day: 31}},
		{archive.Date{Year: 2017, Month: 12, Day: 31}, archive.Date{Year: 2017, Month: 8, Day: 9}},
		{archive.Date{Year: 2017, Month: 8, Day: 20}, archive.Date{Year: 2017, Month: 8, Day: 9}},
		{archive.Date{Year: 2017, Month: 8, Day: 9}, archive.Date{Year: 2017, Month: 7, Day: 30}},
		{archive.Date{Year: 2017, Month: 7, Day: 30}, archive.Date{Year: 2017, Month: 7, Day: 9}},
		{archive.Date{Year: 2017, Month: 7, Day: 9}, archive.Date{Year: 2003, Month: 11, Day: 4}},
		{archive.Date{Year: 2010, Month: 1, Day: 1}, archive.Date{Year: 2003, Month: 11, Day: 4}},
		{archive.Date{Year: 9999, Month: 12, Day: 31}, archive.Date{Year: 2018, Month: 1, Day: 10}},
	} {
		if got, ok := a.DayBefore(tt.day); !ok || got != tt.want {
			t.Errorf("day before %v: %v, %v, want %v", tt.day, got, ok, tt.want)
		}
	}
	for _, day := range []archive.Date{{Year: 2003, Month: 11, Day: 4}, {Year: 1999, Month: 1, Day: 1}, {}} {
		if got, ok := a.DayBefore(day); ok {
			t.Errorf("day before %v: %v", day, got)
		}
	}
	if got, ok := archive.New(archivetest.Tree(nil), archive.Config{}).DayBefore(archive.Date{Year: 2018, Month: 1, Day: 1}); ok {
		t.Errorf("day in an empty archive: %v", got)
	}
}

func TestDayAfter(t *testing.T) {
	a := archive.New(gappy, archive.Config{})
	for _, tt := range []struct {
		day, want archive.Date
	}{
		{archive.Date{}, archive.Date{Year: 2003, Month: 11, Day: 4}},
		{archive.Date{Year: 2003, Month: 11, Day: 4}, archive.Date{Year: 2017, Month: 7, Day: 9}},
		{archive.Date{Year: 2017, Month: 7, Day: 9}, archive.Date{Year: 2017, Month: 7, Day: 30}},
		{archive.Date{Year: 2017, Month: 7, Day: 30}, archive.Date{Year: 2017, Month: 8, Day: 9}},
		{archive.Date{Year: 2017, Month: 8, Day: 9}, archive.Date{Year: 2017, Month: 12, Day: 31}},
		{archive.Date{Year: 2017, Month: 12, Day: 31}, archive.Date{Year: 2018, Month: 1, Day: 1}},
		{archive.Date{Year: 2018, Month: 1, Day: 1}, archive.Date{Year: 2018, Month: 1, Day: 9}}, // by number, not as text
		{archive.Date{Year: 2018, Month: 1, Day: 9}, archive.Date{Year: 2018, Month: 1, Day: 10}},
	} {
		if got, ok := a.DayAfter(tt.day); !ok || got != tt.want {
			t.Errorf("day after %v: %v, %v, want %v", tt.day, got, ok, tt.want)
		}
	}
	for _, day := range []archive.Date{{Year: 2018, Month: 1, Day: 10}, {Year: 2020, Month: 1, Day: 1}} {
		if got, ok := a.DayAfter(day); ok {
			t.Errorf("day after %v: %v", day, got)
		}
	}
}

func TestLastDays(t *testing.T) {
	a := archive.New(gappy, archive.Config{})
	all := []archive.Date{{Year: 2018, Month: 1, Day: 10}, {Year: 2018, Month: 1, Day: 9}, {Year: 2018, Month: 1, Day: 1}, {Year: 2017, Month: 12, Day: 31}, {Year: 2017, Month: 8, Day: 9}, {Year: 2017, Month: 7, Day: 30}, {Year: 2017, Month: 7, Day: 9}, {Year: 2003, Month: 11, Day: 4}}
	for n := range len(all) {
		if got := a.LastDays(n); !slices.Equal(got, all[:n]) {
			t.Errorf("last %d days: %v, want %v", n, got, all[:n])
		}
	}
	if got := a.LastDays(100); !slices.Equal(got, all) {
		t.Errorf("last 100 days: %v, want %v", got, all)
	}
}

func TestHasDay(t *testing.T) {
	a := archive.New(gappy, archive.Config{})
	for day, want := range map[archive.Date]bool{
		{Year: 2017, Month: 7, Day: 9}: true, {Year: 2017, Month: 7, Day: 10}: false, {Year: 2017, Month: 7, Day: 11}: false, {Year: 2017, Month: 8, Day: 9}: true, {Year: 2017, Month: 8, Day: 15}: false, {Year: 2020, Month: 1, Day: 1}: false,
	} {
		if got := a.HasDay(day); got != want {
			t.Errorf("HasDay(%v) = %v", day, got)
		}
	}
}

func TestEvents(t *testing.T) {
	a := archive.New(archivetest.Tree(map[string]string{
		"news/2017/07/9/index.md":  "",
		"news/2017/07/9/README.md": "",
		"news/2017/07/9/b.md":      "# B",
		"news/2017/07/9/a.md":      "# A",
		"news/2017/07/9/A.md":      "# Capital",
		"news/2017/07/9/.c.md":     "# Hidden",
		"news/2017/07/9/d.txt":     "# Text",
		"news/2017/07/9/e/f.md":    "# Deeper",
		"news/2017/07/9/h.md":      "# Ignored",
		"news/2017/07/09/g.md":     "# Padded",
	}), archive.Config{Ignore: []string{"h.md"}})
	want := []string{"news/2017/07/9/A.md", "news/2017/07/9/a.md", "news/2017/07/9/b.md"}
	for range 2 { // read, and kept
		events := a.Events(archive.Date{Year: 2017, Month: 7, Day: 9})
		if got := paths(events); !slices.Equal(got, want) {
			t.Errorf("events: %q, want %q", got, want)
		}
		for _, e := range events {
			if e.Event == nil || e != a.Page(e.Path) {
				t.Errorf("%s is not the page at its path", e.Path)
			}
		}
	}
	if got := a.Events(archive.Date{Year: 2017, Month: 7, Day: 10}); len(got) != 0 {
		t.Errorf("events of a day that is not there: %q", paths(got))
	}
}

func paths(pages []*archive.Page) []string {
	var out []string
	for _, p := range pages {
		out = append(out, p.Path)
	}
	return out
}

func TestLists(t *testing.T) {
	a := archive.New(archivetest.Tree(map[string]string{
		"index.md":                "## [News](/news/2017/07/9/index.md)\n### [A](/zh/news/2017/07/9/a.md)\n## Opinion\n### [B](opinion/b.md)\n",
		"news/2017/07/9/index.md": "## [2017-07-9](/news/2017/07/9/index.md)\n### [A](a.md)\n[C](c.md)\n### [Bell 18[?](/news/2017/07/9/d.md)\n### E\n",
		"news/2017/07/9/a.md":     "### [2017-07-9](/news/2017/07/9/index.md)\n# A\n",
	}), archive.Config{})
	for _, tt := range []struct {
		page, event string
		want        bool
	}{
		{"index.md", "news/2017/07/9/a.md", true},
		{"index.md", "opinion/b.md", true},
		{"index.md", "news/2017/07/9/index.md", false}, // a heading is not an entry
		{"news/2017/07/9/index.md", "news/2017/07/9/a.md", true},
		{"news/2017/07/9/index.md", "news/2017/07/9/c.md", false}, // nor is a description
		{"news/2017/07/9/index.md", "news/2017/07/9/d.md", true},
		{"news/2017/07/9/index.md", "", false},
		{"news/2017/07/9/a.md", "news/2017/07/9/index.md", false},
	} {
		if got := a.Page(tt.page).Lists(tt.event); got != tt.want {
			t.Errorf("%s lists %q: %v", tt.page, tt.event, got)
		}
	}
}
