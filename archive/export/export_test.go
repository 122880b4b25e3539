package export_test

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"newsctl/archive"
	"newsctl/archive/archivetest"
	"newsctl/archive/edit"
	"newsctl/archive/eventline"
	"newsctl/archive/export"
	"newsctl/archive/query"
	"newsctl/archive/source"
)

// exported returns the lines that export writes of an archive, and the paths of
// events that it omits.
func exported(t *testing.T, a *archive.Archive) (lines []eventline.Line, left []string) {
	t.Helper()
	x := query.New(a, a.Load(nil))
	events, lost := export.Read(a, x, x.Select(query.Filter{}))
	var out strings.Builder
	if err := export.Formats[0].Write(&out, export.Site{}, events); err != nil {
		t.Fatal(err)
	}
	for _, text := range strings.Split(strings.TrimSpace(out.String()), "\n") {
		var l eventline.Line
		if err := json.Unmarshal([]byte(text), &l); err != nil && text != "" {
			t.Fatal(err)
		}
		if text != "" {
			lines = append(lines, l)
		}
	}
	return lines, lost
}

// imported returns an archive with the events of lines.
func imported(lines []eventline.Line) (*archive.Archive, error) {
	a := archive.New(fstest.MapFS{}, archive.Config{})
	var drafts []edit.Draft
	for _, l := range lines {
		d := edit.Draft{Headline: l.Headline, Topic: l.Topic, Description: l.Description, Contexts: l.Contexts, Slug: l.Slug, Exact: l.Exact}
		d.Date, _ = archive.ParseDate(l.Date)
		for _, s := range l.Sources {
			outlet, address := eventline.SplitSource(s)
			d.Sources = append(d.Sources, source.Link{Outlet: cmp.Or(outlet, "Outlet"), URL: address})
		}
		drafts = append(drafts, d)
	}
	if len(drafts) == 0 {
		return a, nil
	}
	added, err := edit.Add(a, nil, drafts, edit.AddOptions{Suggest: true, Related: true})
	if err != nil {
		return nil, err
	}
	return added.Plan.After(), nil
}

// TestExportComesBack checks on random archives that newsctl new makes the same events
// from what export writes: all of them, but those without a headline.
func TestExportComesBack(t *testing.T) {
	archivetest.RandomArchives(t, 2, 1000, func(t *testing.T, g *archivetest.RandomArchive, config archive.Config) {
		a, _ := g.Files.Archive(config)
		lines, lost := exported(t, a)
		back, err := imported(lines)
		if err != nil {
			t.Fatalf("%v\nlost %s", err, strings.Join(lost, "\n"))
		}
		want, got := summaryOf(a, lost), summaryOf(back, nil)
		for i := range max(len(want), len(got)) {
			if i >= len(want) || i >= len(got) || want[i] != got[i] {
				t.Fatalf("exported\n%s\nmade of it\n%s\nlost\n%s", strings.Join(want[min(i, len(want)):min(i+3, len(want))], "\n"), strings.Join(got[min(i, len(got)):min(i+3, len(got))], "\n"), strings.Join(lost, "\n"))
			}
		}
		again, _ := exported(t, back)
		for i := range max(len(lines), len(again)) {
			if i >= len(lines) || i >= len(again) || fmt.Sprint(lines[i]) != fmt.Sprint(again[i]) {
				t.Fatalf("exported\n%v\nexported again\n%v", lines[min(i, len(lines)):min(i+1, len(lines))], again[min(i, len(again)):min(i+1, len(again))])
			}
		}
	})
}

// summaryOf returns what an archive has of its events, less those that were omitted,
// and their contexts if these were.
func summaryOf(a *archive.Archive, lost []string) []string {
	x := query.New(a, a.Load(nil))
	var out []string
	for _, e := range x.Select(query.Filter{}) {
		is := func(what string) bool {
			return slices.ContainsFunc(lost, func(l string) bool { return strings.HasPrefix(l, e.Path+": "+what) })
		}
		if is("the event is omitted") {
			continue
		}
		contexts := e.Contexts()
		if is("its contexts are omitted") {
			if contexts = nil; e.Topic != "" {
				contexts = []string{e.Topic}
			}
		}
		out = append(out, fmt.Sprintf("%s %q topic %q about %q from %q", e.Path, e.Headline, e.Topic, contexts, e.Sources))
	}
	return out
}
