package commands

import (
	"reflect"
	"slices"
	"testing"
)

func TestFormReadsBack(t *testing.T) {
	for _, f := range []form{
		{},
		{Headline: " Gulls: a meeting. ", Date: "2024-03-5", Topic: "Gulls", Description: "# none", Sources: []string{"The Lamp=https://lamp.example/1", "https://x.example"}, Contexts: []string{"A", "B: C"}},
	} {
		got, err := readForm(f.text())
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(got, f) {
			t.Errorf("got %+v, want %+v", got, f)
		}
	}
	for _, wrong := range []string{"Headline Gulls", "Hedline: Gulls"} {
		if _, err := readForm(wrong); err == nil {
			t.Errorf("%q is read as a form", wrong)
		}
	}
}

func TestCompleter(t *testing.T) {
	names := completer{"Port Ellery", "Port Ellery Rovers", "日本", "日本首相"}
	tests := []struct {
		line string
		at   int
		want []string
	}{
		{"Port Ellery", 11, []string{"", " Rovers"}},
		{"Port Ellery R", 13, []string{"overs"}},
		{"Portugal", 4, []string{" Ellery", " Ellery Rovers"}},
		{"日本首", 3, []string{"相"}},
		{"x", 1, nil},
		{"", 0, nil},
	}
	for _, test := range tests {
		rest, length := names.Do([]rune(test.line), test.at)
		var got []string
		for _, r := range rest {
			got = append(got, string(r))
		}
		if !slices.Equal(got, test.want) || length != test.at {
			t.Errorf("%q at %d completes with %q, want %q", test.line, test.at, got, test.want)
		}
	}
}

func TestSplitSource(t *testing.T) {
	for s, want := range map[string][2]string{
		"BBC=https://bbc.example/?a=b": {"BBC", "https://bbc.example/?a=b"},
		" BBC = https://bbc.example ":  {"BBC", "https://bbc.example"},
		"https://bbc.example/?a=b":     {"", "https://bbc.example/?a=b"},
		"gazette":                      {"", "gazette"},
	} {
		if outlet, address := splitSource(s); outlet != want[0] || address != want[1] {
			t.Errorf("splitSource(%q) is %q, %q, want %q", s, outlet, address, want)
		}
	}
}
