package contexts

import (
	"slices"
	"testing"

	"newsctl/archive"
)

func TestFindNames(t *testing.T) {
	names := []string{"Ellery", "Port Ellery", "Port Ellery Rovers", "port", "U.S.", "日本", "日本首相", "东京", "Go", "Åsa", "港"}
	tests := []struct {
		text string
		want []string
	}{
		{"Port Ellery Rovers win", []string{"Port Ellery Rovers"}},
		{"Port Ellery wins", []string{"Port Ellery"}},
		{"In Port Ellerys harbour", nil},            // a longer word
		{"An airport reopens", nil},                 // within a word
		{"A port, again", []string{"port"}},         // punctuation ends a word
		{"The U.S. votes", []string{"U.S."}},        // a name may end in punctuation
		{"日本首相在东京", []string{"东京", "日本首相"}},         // no spaces between words
		{"日本Go大会", []string{"Go", "日本"}},            // scripts side by side
		{"Port Elleryx Ellery", []string{"Ellery"}}, // the longer one is not a match
		{"雾港市", []string{"港"}},                      // a name of one character
		{"XÅsa Åsa", []string{"Åsa"}},
		{"", nil},
	}
	for _, test := range tests {
		if got := FindNames((archive.Config{}), names, test.text); !slices.Equal(got, test.want) {
			t.Errorf("FindNames(%q) is %q, want %q", test.text, got, test.want)
		}
	}
}

// A name is found whatever the Unicode form of it and of the text, and returned
// as it was given.
func TestFindNamesInAnyForm(t *testing.T) {
	const nfc, nfd = "Caf\u00e9 Ellery", "Cafe\u0301 Ellery"
	for _, name := range []string{nfc, nfd} {
		for _, text := range []string{nfc, nfd} {
			got := FindNames((archive.Config{}), []string{name, "Ellery"}, "Fire at "+text+"!")
			if !slices.Equal(got, []string{name}) {
				t.Errorf("in %+q, of %+q: %+q", text, name, got)
			}
		}
	}
}
