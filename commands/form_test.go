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
