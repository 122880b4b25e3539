package source

import "testing"

func TestOutlet(t *testing.T) {
	outlets := Outlets{"bbc.co.uk": "BBC", "sport.example": "Sport"}
	for address, want := range map[string]string{
		"https://www.bbc.co.uk/x":      "BBC",
		"https://news.bbc.co.uk/x":     "BBC",
		"http://NEWS.SPORT.example:80": "Sport",
		"https://www.lamp.example/x":   "lamp.example",
		"nonsense":                     "",
	} {
		if got := outlets.Of(address); got != want {
			t.Errorf("outlet of %q is %q, want %q", address, got, want)
		}
	}
}

func TestLinkTarget(t *testing.T) {
	for address, want := range map[string]string{
		"https://x.example/a_(b)": "https://x.example/a_(b)",
		"https://x.example/a)b":   "https://x.example/a%29b",
		"https://x.example/a)(b":  "https://x.example/a%29%28b",
		"https://x.example/(":     "https://x.example/%28",
	} {
		if got := LinkTarget(address); got != want {
			t.Errorf("LinkTarget(%q) is %q, want %q", address, got, want)
		}
	}
}
