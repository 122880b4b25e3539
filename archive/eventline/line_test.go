package eventline

import (
	"testing"

	"newsctl/archive/source"
)

func TestSplitSource(t *testing.T) {
	for s, want := range map[string][2]string{
		"BBC=https://bbc.example/?a=b":       {"BBC", "https://bbc.example/?a=b"},
		" BBC = https://bbc.example ":        {"BBC", "https://bbc.example"},
		"https://bbc.example/?a=b":           {"", "https://bbc.example/?a=b"},
		"https://bbc.example/?a=http://b.uk": {"", "https://bbc.example/?a=http://b.uk"},
		"E=mc=https://bbc.example/":          {"E=mc", "https://bbc.example/"},
		"gazette":                            {"", "gazette"},
		"Gazette=none":                       {"Gazette", "none"},
		"bbc.example/x?a=1":                  {"", "bbc.example/x?a=1"},
		"[BBC](https://bbc.example/)":        {"BBC", "https://bbc.example/"},
		"[A=B (C)](https://bbc.example/(x))": {"A=B (C)", "https://bbc.example/(x)"},
		"[sic]=https://bbc.example/(x)":      {"[sic]", "https://bbc.example/(x)"},
	} {
		if outlet, address := SplitSource(s); outlet != want[0] || address != want[1] {
			t.Errorf("%q is %q, %q, want %q", s, outlet, address, want)
		}
	}
}

func TestJoinSource(t *testing.T) {
	for want, s := range map[string]source.Link{
		"BBC=https://bbc.example/?a=b": {Outlet: "BBC", URL: "https://bbc.example/?a=b"},
		"E=mc=https://bbc.example/":    {Outlet: "E=mc", URL: "https://bbc.example/"},
		"https://bbc.example/":         {URL: "https://bbc.example/"},

		"[https://x.example](https://bbc.example/a)":   {Outlet: "https://x.example", URL: "https://bbc.example/a"},
		"[A=https://x.example](https://bbc.example/b)": {Outlet: "A=https://x.example", URL: "https://bbc.example/b"},
	} {
		if got := JoinSource(s); got != want {
			t.Errorf("%+v is %q, want %q", s, got, want)
		}
	}
}
