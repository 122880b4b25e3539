package commands

import (
	"bytes"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

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

// answering returns a dialogue with a terminal that sends keys.
func answering(t *testing.T, sent string) *dialogue {
	t.Helper()
	nothing := func() error { return nil }
	d := &dialogue{jump: -1}
	line, err := readline.NewFromConfig(&readline.Config{
		HistoryLimit:        -1,
		Stdin:               newKeys(strings.NewReader(sent)),
		Stdout:              &bytes.Buffer{},
		FuncFilterInputRune: d.filter,
		FuncIsTerminal:      func() bool { return true },
		FuncMakeRaw:         nothing,
		FuncExitRaw:         nothing,
		FuncGetSize:         func() (width, height int) { return 80, 24 },
		FuncOnWidthChanged:  func(func()) {},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { line.Close() })
	d.line = line
	return d
}

// TestDialogue answers questions with keys as a terminal sends them.
func TestDialogue(t *testing.T) {
	d := answering(t, "Port Ellery R\t\nsoon\n\x152024-03-5\nhalf\x03")
	isDay := func(answer string) error {
		_, err := parseDay(answer, today())
		return err
	}
	if got, _ := d.ask(question{text: "Topic", names: []string{"Port Ellery", "Port Ellery Rovers"}}, ""); got != "Port Ellery Rovers" {
		t.Errorf("Tab completes to %q", got)
	}
	if got, _ := d.ask(question{text: "Date", check: isDay}, ""); got != "2024-03-5" {
		t.Errorf("asked for the date until it is one, the answer is %q", got)
	}
	if got, _ := d.ask(question{text: "Headline"}, ""); got != "" || d.err == nil {
		t.Errorf("Ctrl-C answers %q, error %v", got, d.err)
	}
	if got, _ := d.ask(question{text: "Date"}, ""); got != "" {
		t.Errorf("asked after Ctrl-C, the answer is %q", got)
	}
}

// TestSteps goes through questions in both directions.
func TestSteps(t *testing.T) {
	const up, clear = "\x1b[A", "\x15"
	tests := []struct {
		sent, headline string
		topic          string
		contexts       []string
	}{
		{"Fog\nSea\na\nb\n\n", "Fog", "Sea", []string{"a", "b"}},
		{"Fog\nSe" + up + " lifts\na\n\n", "Fog lifts", "Sea", nil},
		{"Fog\nSea\na\nb" + up + clear + "\n\n\n", "Fog", "Sea", []string{"b"}},
		{"Fog\nSea\na\nb\n" + up + up + "x\n" + "\n\n", "Fog", "Sea", []string{"ax", "b"}},
		{up + up + "Fog\n\n\n", "Fog", "", nil},
		{"Fog\n" + "\x1bOA" + clear + "\nmore", "", "", nil},
		{"\x1b[200~Fog \r\n\t lifts\x1b[5m\n\x1b[201~\nSea\n\n", "Fog lifts[5m", "Sea", nil},
	}
	for _, test := range tests {
		var headline, topic string
		var contexts []string
		d := answering(t, test.sent)
		d.run(func() []step {
			context := question{text: "Context"}
			return append([]step{
				{question: question{text: "Headline"}, required: true, value: headline, set: func(answer string) { headline = answer }},
				{question: question{text: "Topic"}, value: topic, set: func(answer string) { topic = answer }},
			}, listSteps(context, context, "", &contexts, strings.TrimSpace)...)
		}, 0)
		if headline != test.headline || topic != test.topic || !slices.Equal(contexts, test.contexts) {
			t.Errorf("%q: headline %q, topic %q, contexts %q, error %v", test.sent, headline, topic, contexts, d.err)
		}
	}
}

// TestKeys reads what a terminal sends in pieces of any length.
func TestKeys(t *testing.T) {
	tests := []struct{ sent, want string }{
		{"a\nb", "a\nb"},
		{"a\x1b[A", "a\x1d"},
		{"\x1bOA\x1b[B", "\x1d\x1b[B"},
		{"\x1b\x1b[A", "\x1d\x1d"},
		{"\x1b[1;5A", "\x1b[1;5A"},
		{"\x1b[200~one\ntwo\x1b[201~\n", "one two\n"},
		{"\x1b[200~\n one\r\n\r\ntwo \n\x1b[201~x", "one twox"},
		{"\x1b[200~\x1b[A\x03ü\x1b[201~", "[Aü"},
		{"\x1b[200~\xff日\x1b[201~", "日"},
		{"\x1bf", "\x1bf"},
	}
	for _, test := range tests {
		for piece := 1; piece <= len(test.sent); piece++ {
			var got []byte
			got, _ = io.ReadAll(newKeys(&pieces{[]byte(test.sent), piece}))
			if string(got) != test.want {
				t.Errorf("%q in pieces of %d is read as %q, want %q", test.sent, piece, got, test.want)
			}
		}
	}
	slow := newKeys(&slowReader{})
	if got, _ := io.ReadAll(slow); string(got) != "\x1dx" {
		t.Errorf("Esc alone, and after a while x, is read as %q", got)
	}
}

// pieces is a reader that gives a few bytes at a time.
type pieces struct {
	data []byte
	n    int
}

func (p *pieces) Read(b []byte) (int, error) {
	if len(p.data) == 0 {
		return 0, io.EOF
	}
	n := copy(b, p.data[:min(p.n, len(p.data))])
	p.data = p.data[n:]
	return n, nil
}

// slowReader is a reader of an Esc, and after a while of an x.
type slowReader struct{ reads int }

func (s *slowReader) Read(b []byte) (int, error) {
	s.reads++
	switch s.reads {
	case 1:
		return copy(b, "\x1b"), nil
	case 2:
		time.Sleep(4 * escapeWait)
		return copy(b, "x"), nil
	}
	return 0, io.EOF
}
