package commands

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/ergochat/readline"
)

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

// TestDialogue answers questions with keys as a terminal sends them.
func TestDialogue(t *testing.T) {
	nothing := func() error { return nil }
	line, err := readline.NewFromConfig(&readline.Config{
		HistoryLimit:       -1,
		Stdin:              strings.NewReader("Port Ellery R\t\nsoon\n\x152024-03-5\n\n\nmore\n\nhalf\x03"),
		Stdout:             &bytes.Buffer{},
		FuncIsTerminal:     func() bool { return true },
		FuncMakeRaw:        nothing,
		FuncExitRaw:        nothing,
		FuncGetSize:        func() (width, height int) { return 80, 24 },
		FuncOnWidthChanged: func(func()) {},
	})
	if err != nil {
		t.Fatal(err)
	}
	defer line.Close()
	d := &dialogue{line: line}
	if got := d.ask(question{text: "Topic", names: []string{"Port Ellery", "Port Ellery Rovers"}}, ""); got != "Port Ellery Rovers" {
		t.Errorf("Tab completes to %q", got)
	}
	if got := d.ask(question{text: "Date", check: isDay}, ""); got != "2024-03-5" {
		t.Errorf("asked for the date until it is one, the answer is %q", got)
	}
	if got := d.askAll(question{text: "Context"}, []string{"first", "second"}); !slices.Equal(got, []string{"first", "second", "more"}) {
		t.Errorf("the answers are %q", got)
	}
	if got := d.ask(question{text: "Headline"}, ""); got != "" || d.err == nil {
		t.Errorf("Ctrl-C answers %q, error %v", got, d.err)
	}
	if got := d.ask(question{text: "Date"}, ""); got != "" {
		t.Errorf("asked behind Ctrl-C, the answer is %q", got)
	}
}
