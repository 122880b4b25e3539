package match

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
)

// labelled returns the rows of a table of pairs that people labelled, outside
// this repository.
func labelled(t *testing.T, name string) [][]string {
	t.Helper()
	data, err := os.ReadFile("../../../shared/cases/" + name)
	if err != nil {
		t.Skipf("no labelled pairs: %v", err)
	}
	var rows [][]string
	for _, line := range strings.Split(strings.TrimSpace(string(data)), "\n")[1:] {
		rows = append(rows, strings.Split(line, "\t"))
	}
	return rows
}

// named returns an event by the name of its page alone.
func named(name string) *Event {
	e := New(name, "")
	e.Path = name
	return e
}

// Of real rewordings, most are followed to the page of the new headline, and no
// page that is gone for good to another event.
func TestNearestLabelled(t *testing.T) {
	t.Parallel()
	rewordings, negatives := labelled(t, "rewordings-train.tsv"), labelled(t, "negatives-train.tsv")
	days := map[string][]*Event{}
	add := func(day, name string) {
		for _, e := range days[day] {
			if e.Path == name {
				return
			}
		}
		days[day] = append(days[day], named(name))
	}
	for _, r := range rewordings {
		add(r[0], r[2])
	}
	for _, r := range negatives {
		add(r[1], r[2])
		add(r[1], r[3])
	}
	right := 0
	for _, r := range rewordings {
		day, old, now := r[0], r[1], r[2]
		switch got := NewDay(days[day]).Nearest(named(old)); {
		case got == nil:
			t.Logf("silent on %s", old)
		case got.Path != now:
			t.Errorf("%s:\n got %s\nwant %s", old, got.Path, now)
		default:
			right++
		}
		var others []*Event
		for _, e := range days[day] {
			if e.Path != now {
				others = append(others, e)
			}
		}
		if got := NewDay(others).Nearest(named(old)); got != nil {
			t.Errorf("%s is gone, but taken for %s", old, got.Path)
		}
	}
	if least := len(rewordings) * 92 / 100; right < least {
		t.Errorf("%d of %d rewordings followed, want %d", right, len(rewordings), least)
	}
	t.Logf("%d of %d rewordings followed", right, len(rewordings))
	for _, r := range negatives {
		for _, listed := range []bool{true, false} {
			a, b := named(r[2]), named(r[3])
			a.Listed, b.Listed = true, listed
			if s := Compare(a, b); s != None {
				t.Errorf("two events have %s:\n%s\n%s", s, a.Path, b.Path)
			}
		}
	}
}

func TestCompare(t *testing.T) {
	t.Parallel()
	const long = "The ferry to Skerrow sails again after the storm that closed the harbour"
	for _, test := range []struct {
		name          string
		a, b          string
		days          int
		aLeft         bool // a is not listed
		source, topic string
		otherSource   string
		want          Signal
	}{
		{name: "same headline", a: long, b: long, days: 9, source: "https://p.example/1", otherSource: "http://www.p.example/1/?utm_source=x", want: Headline},
		{name: "same headline, no sources", a: long, b: long, days: 9, want: Headline},
		{name: "same headline, other sources", a: long, b: long, days: 9, source: "https://p.example/1", otherSource: "https://p.example/2"},
		{name: "same headline, too far", a: long, b: long, days: 15, source: "https://p.example/1", otherSource: "https://p.example/1"},
		{name: "a weekly column", a: "Governance update", b: "Governance update", days: 7},
		{name: "a short headline on the next day, other sources", a: "Fog", b: "Fog", days: 1, source: "https://p.example/1", otherSource: "https://p.example/2"},
		{name: "a short headline on the next day", a: "Fog", b: "Fog", days: 1, want: Headline},
		{name: "short, forms of a word", a: "Bridge opens", b: "Bridge opened", aLeft: true, want: Spelling},
		{name: "short, small words", a: "Fog in the harbor", b: "Fog on the harbor", aLeft: true, want: Spelling},
		{name: "short, other places", a: "Earthquake in Peru", b: "Earthquake in Iran", aLeft: true},
		{name: "short, like countries", a: "Election in Niger", b: "Election in Nigeria", aLeft: true},
		{name: "short, a letter", a: "Fire in Port A", b: "Fire in Port B", aLeft: true},
		{name: "short, opposites", a: "Ferry sails north", b: "Ferry sails south", aLeft: true},
		{name: "short, no spaces", a: "雾港大雾", b: "雾港大火", aLeft: true},
		{name: "another case and signs", a: "Ferry sails: again!", b: "ferry sails again", want: Headline},
		{name: "both listed, a slip", a: "The ferry sails agian after the storm", b: "The ferry sails again after the storm", want: Spelling},
		{name: "both listed, a word", a: "Denmark confirms its first case of the fever", b: "Korea confirms its first case of the fever"},
		{name: "versions", a: "Ruby 3.4.0 Released", b: "Ruby 3.4.1 Released"},
		{name: "versions, left", a: "Ruby 3.4.0 Released", b: "Ruby 3.4.1 Released", aLeft: true},
		{name: "numbers", a: "Newsletter #302", b: "Newsletter #303", aLeft: true},
		{name: "identifiers", a: "CVE-2026-1: buffer overflow", b: "CVE-2026-2: buffer overflow", aLeft: true},
		{name: "a date in a long headline", a: "Minutes of the meeting of the Harbour Council in Port Ellery on 2019-11-12", b: "Minutes of the meeting of the Harbour Council in Port Ellery on 2019-11-19"},
		{name: "a toll that rose", a: "A bus catches fire near Ellery on the coast road killing 12 passengers and the driver", b: "A bus catches fire near Ellery on the coast road killing 52 passengers and the driver", aLeft: true, want: Beginning},
		{name: "a toll, both listed", a: "A bus catches fire near Ellery on the coast road killing 12 passengers", b: "A bus catches fire near Ellery on the coast road killing 52 passengers"},
		{name: "topic before", a: "Skerrow ferry dispute: " + long, b: long, aLeft: true, want: Beginning},
		{name: "topic before, told", a: "Skerrow ferry dispute: Ferry sails", b: "Ferry sails", topic: "Skerrow ferry dispute", want: Headline},
		{name: "words turned", a: "Angela Merkel meets Emmanuel Macron in Paris", b: "In Paris, Emmanuel Macron is met by Angela Merkel", aLeft: true, want: Words},
		{name: "elections of a day", a: "Voters in Guatemala go to the polls for a presidential election", b: "Voters in the Ivory Coast go to the polls for a general election, with the incumbent favoured", aLeft: true},
		{name: "empty", a: "", b: ""},
	} {
		given := func(source string) []string {
			return slices.DeleteFunc([]string{source}, func(s string) bool { return s == "" })
		}
		a, b := New(test.a, test.topic, given(test.source)...), New(test.b, "", given(test.otherSource)...)
		a.Path, b.Path, b.Day = "a.md", "b.md", test.days
		a.Listed, b.Listed = !test.aLeft, true
		if got := Compare(a, b); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
		if got := Compare(b, a); got != test.want {
			t.Errorf("%s, turned: %q, want %q", test.name, got, test.want)
		}
	}
}

// Headlines that differ in numbers only are of two events.
func TestCompareNumbers(t *testing.T) {
	t.Parallel()
	for i := range 100 {
		for _, form := range []string{"Ruby %d.%d released", "Newsletter #%d%d", "CVE-2026-%d%d", "Announcing Rustup 1.%d.%d", "Security advisory for Cargo (CVE-2026-%d%d)", "This Week in Rust %d%d"} {
			a, b := New(fmt.Sprintf(form, i, i%7), ""), New(fmt.Sprintf(form, i+1, i%7), "")
			a.Path, b.Path = "a.md", "b.md"
			for _, listed := range []bool{true, false} {
				a.Listed, b.Listed = listed, true
				if s := Compare(a, b); s != None {
					t.Errorf("%q and %q (listed %v): %s", a.headline, b.headline, listed, s)
				}
			}
			if got := NewDay([]*Event{b}).Nearest(a); got != nil {
				t.Errorf("%q is gone, but taken for %q", a.headline, b.headline)
			}
		}
	}
}
