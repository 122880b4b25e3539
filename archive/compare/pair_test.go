package compare

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"newsctl/archive"
	"newsctl/archive/archivetest"
	"newsctl/archive/git"
)

// eventPage writes an event page of a day: its headline, the addresses of its
// sources, and what else is below them.
func eventPage(headline string, sources []string, rest ...string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "### [2024-03-5](/news/2024/03/5/index.md)\n\n# %s \n", headline)
	for i, u := range sources {
		if i == 0 {
			b.WriteString("\n### Source:\n\n")
		}
		fmt.Fprintf(&b, "%d. [Gazette](%s)\n", i+1, u)
	}
	for _, r := range rest {
		b.WriteString("\n" + r + "\n")
	}
	return b.String()
}

func TestPair(t *testing.T) {
	const (
		at        = "news/2024/03/5/"
		ferry     = "The ferry sails again."
		ferries   = "The ferries sail again."
		bell      = "A ship's bell is raised from the harbour."
		comet     = "Astronomers lose a comet."
		gazette   = "https://gazette.example/1"
		wire      = "https://wire.example/2"
		related   = "### Related:\n\n1. [Fog. ](/news/2024/03/4/fog.md) _Context: Ferry_\n2. [Mist. ](/news/2024/03/3/mist.md) _Context: Ferry_\n"
		ferryName = at + "the-ferry-sails-again.md"
		newName   = at + "the-ferries-sail-again.md"
		bellName  = at + "a-ship-s-bell-is-raised-from-the-harbour.md"
		cometName = at + "astronomers-lose-a-comet.md"
	)
	changes := "### Changes:\n\n1. [" + ferry + " ](/" + ferryName + ") _(First version)_\n1. [" + comet + " ](/" + cometName + ") _(Current version)_"
	for _, tt := range []struct {
		name          string
		before, after archivetest.Files
		seen          []git.Change // nil: all that went and came, without renames
		want          []git.Change
	}{
		{"named among the changes",
			archivetest.Files{ferryName: eventPage(ferry, nil)},
			archivetest.Files{cometName: eventPage(comet, nil, changes), newName: eventPage(ferry, nil)}, nil,
			[]git.Change{{From: ferryName, To: cometName}, {To: newName}}},
		{"the same headline on another day",
			archivetest.Files{ferryName: eventPage(ferry, nil)},
			archivetest.Files{"news/2024/03/6/ferry.md": eventPage(ferry, nil)}, nil,
			[]git.Change{{From: ferryName, To: "news/2024/03/6/ferry.md"}}},
		{"the same headline twice",
			archivetest.Files{ferryName: eventPage(ferry, nil)},
			archivetest.Files{"news/2024/03/6/a.md": eventPage(ferry, nil), "news/2024/03/7/a.md": eventPage(ferry, nil)}, nil,
			[]git.Change{{From: ferryName}, {To: "news/2024/03/6/a.md"}, {To: "news/2024/03/7/a.md"}}},
		{"a source in common",
			archivetest.Files{ferryName: eventPage(ferry, []string{gazette, wire}), bellName: eventPage(bell, []string{"https://a.example"})},
			archivetest.Files{cometName: eventPage(comet, []string{wire})}, nil,
			[]git.Change{{From: bellName}, {From: ferryName, To: cometName}}},
		{"a source in common with two",
			archivetest.Files{ferryName: eventPage(ferry, []string{wire})},
			archivetest.Files{cometName: eventPage(comet, []string{wire}), bellName: eventPage(bell, []string{wire})}, nil,
			[]git.Change{{To: bellName}, {To: cometName}, {From: ferryName}}},
		{"nearest names of a day",
			archivetest.Files{ferryName: eventPage(ferry, []string{wire}), bellName: eventPage(bell, nil)},
			archivetest.Files{newName: eventPage(ferries, nil), cometName: eventPage(comet, nil)}, nil,
			[]git.Change{{From: bellName}, {To: cometName}, {From: ferryName, To: newName}}},
		{"near names of two days",
			archivetest.Files{ferryName: eventPage(ferry, nil)},
			archivetest.Files{"news/2024/03/6/the-ferries-sail-again.md": eventPage(ferries, nil)}, nil,
			[]git.Change{{From: ferryName}, {To: "news/2024/03/6/the-ferries-sail-again.md"}}},
		{"near names, but other sources",
			archivetest.Files{ferryName: eventPage(ferry, []string{wire})},
			archivetest.Files{newName: eventPage(ferries, []string{gazette})}, nil,
			[]git.Change{{To: newName}, {From: ferryName}}},
		{"git's rename of one event",
			archivetest.Files{ferryName: eventPage(ferry, []string{wire})},
			archivetest.Files{newName: eventPage(ferries, []string{gazette})},
			[]git.Change{{From: ferryName, To: newName}},
			[]git.Change{{From: ferryName, To: newName}}},
		{"git's rename of two events with the same related entries",
			archivetest.Files{ferryName: eventPage(ferry, nil, related)},
			archivetest.Files{cometName: eventPage(comet, nil, related)},
			[]git.Change{{From: ferryName, To: cometName}},
			[]git.Change{{To: cometName}, {From: ferryName}}},
		{"git's rename to the wrong one",
			archivetest.Files{ferryName: eventPage(ferry, []string{wire}, related)},
			archivetest.Files{cometName: eventPage(comet, []string{gazette}, related), newName: eventPage(ferries, []string{wire})},
			[]git.Change{{From: ferryName, To: cometName}, {To: newName}},
			[]git.Change{{To: cometName}, {From: ferryName, To: newName}}},
		{"a description rewritten under another headline",
			archivetest.Files{ferryName: eventPage(ferry, nil, "It had been held up by fog.")},
			archivetest.Files{cometName: strings.Replace(eventPage(comet, nil), " \n", " \n\nIt had been held up by fog.\n", 1)},
			[]git.Change{{From: ferryName, To: cometName}},
			[]git.Change{{From: ferryName, To: cometName}}},
		{"day pages are not renamed, other pages are",
			archivetest.Files{at + "index.md": "## a\n", "faq/a.md": "a\n", "opinion/b.md": "b\n"},
			archivetest.Files{"news/2024/03/6/index.md": "## a\n", "faq/b.md": "a\n", "news/2024/03/6/b.md": "b\n"},
			[]git.Change{{From: at + "index.md", To: "news/2024/03/6/index.md"}, {From: "faq/a.md", To: "faq/b.md"}, {From: "opinion/b.md", To: "news/2024/03/6/b.md"}},
			[]git.Change{{From: "faq/a.md", To: "faq/b.md"}, {From: at + "index.md"}, {To: "news/2024/03/6/b.md"}, {To: "news/2024/03/6/index.md"}, {From: "opinion/b.md"}}},
		{"pages that stay",
			archivetest.Files{ferryName: eventPage(ferry, nil)},
			archivetest.Files{ferryName: eventPage(ferries, nil)},
			[]git.Change{{From: ferryName, To: ferryName}},
			[]git.Change{{From: ferryName, To: ferryName}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			seen := tt.seen
			if seen == nil {
				seen = archivetest.GoneAndBorn(tt.before, tt.after)
			}
			before, _ := tt.before.Archive(archive.Config{})
			after, _ := tt.after.Archive(archive.Config{})
			got := Pair(before, after, seen)
			if !slices.Equal(got, tt.want) {
				t.Errorf("\n%v, want\n%v", got, tt.want)
			}
			if again := Pair(before, after, got); !slices.Equal(again, got) {
				t.Errorf("paired again:\n%v, want\n%v", again, got)
			}
		})
	}
}
