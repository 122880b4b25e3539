package source

import "testing"

func TestMeantBy(t *testing.T) {
	tests := []struct {
		destination, address string
		plain                bool
	}{
		{"www.example.org", "https://www.example.org", true},
		{"WWW.example.org/a?b=c#d", "https://WWW.example.org/a?b=c#d", true},
		{"www2.example.org:8080/a", "https://www2.example.org:8080/a", true},
		{"www.böse.example/", "https://www.böse.example/", false},
		{"me@example.org", "mailto:me@example.org", true},
		{"first.last+tag@mail.example.org?subject=x", "mailto:first.last+tag@mail.example.org?subject=x", true},
		{"mailto：me@example.org", "mailto:me@example.org", true},
		{"\u200bhttps://example.org/a", "https://example.org/a", true},
		{"%E2%80%8Bhttps://example.org/a%20b", "https://example.org/a%20b", true},
		{"\ufeffwww.example.org", "https://www.example.org", true},
		{"https\u200b://example.org", "https://example.org", true},
		{"https://\u200bexample.org", "https://example.org", true},
		{"\u3000http://example.org", "http://example.org", true},
		{"%20https://example.org", "https://example.org", true},
		{"https：//example.org/a", "https://example.org/a", true},
		{"https：／／example.org／a", "https://example.org/a", false},
		{"http:/example.org", "http://example.org", true},
		{"http//example.org", "http://example.org", true},
		{"https:example.org", "https://example.org", true},
		{"https:///example.org", "https://example.org", true},
		{"htps://example.org", "https://example.org", true},
		{"ttp://example.org", "http://example.org", true},
		{"hhttps://example.org", "https://example.org", true},
		{"https;//example.org", "https://example.org", true},
		{"http://https://example.org/a", "https://example.org/a", true},
		{"http://http//example.org/a", "http://example.org/a", true},
		{"example.com/a", "https://example.com/a", true},
		{"news.example.co.uk/a", "https://news.example.co.uk/a", true},
		{"ｗｗｗ．example．org", "", false},
		{"https://example.org", "", false},
		{"HTTPS://example.org/\u200b", "", false},
		{"https://example.org/http://example.net", "", false},
		{"mailto:me@example.org", "", false},
		{"ftp://example.org", "", false},
		{"/www.example.org", "", false},
		{"./www.example.org", "", false},
		{"//example.org/a", "", false},
		{"news/2024/03/5/a.md", "", false},
		{"a.md", "", false},
		{"www.md", "", false},
		{"logo@2x.png", "", false},
		{"example.md", "", false},
		{"http", "", false},
		{"https:", "", false},
		{"https://", "", false},
		{"http:news/2024", "", false},
		{"#me@example.org", "", false},
		{"tps/a.b/c.md", "", false},
		{"@example.org", "", false},
		{"me@localhost", "", false},
		{"tel:123", "", false},
		{"data:text/plain,www.example.org", "", false},
		{"javascript:alert(1)", "", false},
		{"", "", false},
		{"%", "", false},
		{"%zz", "", false},
		{"\u200b", "", false},
		{"2018/03", "", false},
	}
	for _, test := range tests {
		got, ok := MeantBy(test.destination)
		if ok != (test.address != "") || got.Address != test.address || got.Plain != test.plain {
			t.Errorf("%+q means %+v, want %q, plain %t", test.destination, got, test.address, test.plain)
		}
		if again, ok := MeantBy(got.Address); ok {
			t.Errorf("%+q means %q, which means %q", test.destination, got.Address, again.Address)
		}
	}
}

func FuzzMeantBy(f *testing.F) {
	f.Add("https：//www.example.org")
	f.Add("%E2%80%8Bhttps://example.org")
	f.Fuzz(func(t *testing.T, s string) {
		if m, ok := MeantBy(s); ok {
			if again, ok := MeantBy(m.Address); ok {
				t.Errorf("%+q means %+q, which means %+q", s, m.Address, again.Address)
			}
		}
	})
}

// A source that is given without a scheme means a web address, where it can be one.
func TestMeantAsSource(t *testing.T) {
	for text, want := range map[string]string{
		"www.example.org/x":   "https://www.example.org/x",
		"bbc.co.uk/1?a=b":     "https://bbc.co.uk/1?a=b",
		"zeitung.de":          "https://zeitung.de",
		"//cdn.example/a":     "https://cdn.example/a",
		"http:/x.example":     "http://x.example",
		"ttps://x.example":    "https://x.example",
		"https：//x.example/a": "https://x.example/a",
		"me@example.org":      "",
		"ftp://x.example":     "",
		"BBC":                 "",
		"readme.md":           "",
		"x.html":              "",
		"a b.example":         "",
		"../x":                "",
		"/zh/x":               "",
		"localhost:80/x":      "",
		"":                    "",
	} {
		if got := MeantAsSource(text); got != want {
			t.Errorf("%q means %q, want %q", text, got, want)
		}
	}
}
