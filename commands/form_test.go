package commands

import (
	"reflect"
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
