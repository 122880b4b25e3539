package lsp

import (
	"errors"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"newsctl/archive"
)

// TestURIs turns the URIs of clients into paths, and paths into URIs.
func TestURIs(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		uri     string
		windows bool
		want    string // empty: not a file
	}{
		{"file:///a/b.md", false, "/a/b.md"},
		{"FILE:///a/b.md", false, "/a/b.md"},
		{"file://localhost/a/b.md", false, "/a/b.md"},
		{"file:/a/b.md", false, "/a/b.md"},
		{"file:///a%20b/50%25%20off.md", false, "/a b/50% off.md"},
		{"file:///a b/c.md", false, "/a b/c.md"},
		{"file:///a%2Fb.md", false, "/a/b.md"},
		{"file:///%E6%B5%B7/e%CC%81.md", false, "/\u6d77/e\u0301.md"},
		{"file:///\u6d77/\u00e9.md", false, "/\u6d77/\u00e9.md"},
		{"file:///a/../b.md", false, "/b.md"},
		{"file:///a+b.md?x=1#y", false, "/a+b.md"},
		{"file:///c%3A/x.md", false, "/c:/x.md"},
		{"file:///a%00.md", false, ""},
		{"file:///a%zz.md", false, ""},
		{"file://host/share/x.md", false, ""},
		{"file://", false, ""},
		{"file:a.md", false, ""},
		{"untitled:Untitled-1", false, ""},
		{"https://a.example/x.md", false, ""},
		{"", false, ""},
		{"file:///c%3A/Users/a%20b/x.md", true, `C:\Users\a b\x.md`},
		{"file:///C:/Users/x.md", true, `C:\Users\x.md`},
		{"file:///x.md", true, ""},
	} {
		got, ok := fileOn(tt.uri, tt.windows)
		if !ok {
			got = ""
		}
		if runtime.GOOS != "windows" && got != tt.want {
			t.Errorf("%s: %q, want %q", tt.uri, got, tt.want)
		}
	}
	if runtime.GOOS == "windows" {
		return
	}
	for _, file := range []string{"/a b/50% off.md", "/\u6d77/e\u0301.md", "/a#b?c.md", `/a\b.md`, "/\xff.md", "/c:/x.md"} {
		if back, ok := fileOf(uriOf(file)); !ok || back != file {
			t.Errorf("%q: %s is %q", file, uriOf(file), back)
		}
	}
}

// TestPositions finds positions in texts with long characters and odd line ends, and
// corrects those that are wrong.
func TestPositions(t *testing.T) {
	t.Parallel()
	l := newLines("a\U0001f6a2b\r\n\u00e9\rc\n")
	for _, tt := range []struct {
		enc  encoding
		p    position
		want int
	}{
		{utf16Encoding, position{0, 0}, 0},
		{utf16Encoding, position{0, 1}, 1},
		{utf16Encoding, position{0, 2}, 1}, // within a pair
		{utf16Encoding, position{0, 3}, 5},
		{utf16Encoding, position{0, 4}, 6},
		{utf16Encoding, position{0, 99}, 6},
		{utf16Encoding, position{1, 1}, 10},
		{utf16Encoding, position{2, 0}, 11},
		{utf16Encoding, position{3, 0}, 13},
		{utf16Encoding, position{99, 3}, 13},
		{utf16Encoding, position{-1, 3}, 0},
		{utf16Encoding, position{1, -3}, 8},
		{utf8Encoding, position{0, 5}, 5},
		{utf8Encoding, position{0, 3}, 1},
		{utf8Encoding, position{1, 2}, 10},
	} {
		if got := l.offset(tt.p, tt.enc); got != tt.want {
			t.Errorf("%s %v: %d, want %d", tt.enc, tt.p, got, tt.want)
		}
	}
	for _, enc := range []encoding{utf8Encoding, utf16Encoding} {
		for _, offset := range []int{0, 1, 5, 6, 8, 10, 11, 12, 13} {
			if got := l.offset(l.position(offset, enc), enc); got != offset {
				t.Errorf("%s %d: %d", enc, offset, got)
			}
		}
	}
}

// TestFrames reads messages out of a stream that is broken in places.
func TestFrames(t *testing.T) {
	t.Parallel()
	const whole = "Content-Length: 2\r\n\r\n{}"
	for _, tt := range []struct {
		name, in string
		want     string // bodies, and ! for what was skipped
	}{
		{"two", whole + whole, "{}{}"},
		{"other fields and case", "Content-Type: x\r\ncontent-length:2 \r\n\r\n{}", "{}"},
		{"bare newlines", "Content-Length: 2\n\n{}", "{}"},
		{"no length", "Content-Type: x\r\n\r\n" + whole, "!{}"},
		{"not a number", "Content-Length: two\r\n\r\n{}\r\n" + whole, "!{}"},
		{"negative", "Content-Length: -2\r\n\r\n" + whole, "!{}"},
		{"too long a number", "Content-Length: 99999999999999999999\r\n\r\n" + whole, "!{}"},
		{"rubbish between", "{}\r\n" + whole, "{}"},
		{"a long line", strings.Repeat("x", 100_000) + "\r\n" + whole, "{}"},
		{"too large", "Content-Length: 67108865\r\n\r\n" + strings.Repeat(" ", 67108865) + whole, "!{}"},
		{"torn header", "Content-Length: 2\r\n", ""},
		{"torn body", "Content-Length: 3\r\n\r\n{}", ""},
		{"nothing", "", ""},
	} {
		c := newConn(strings.NewReader(tt.in), io.Discard)
		got := ""
		for {
			body, err := c.read()
			var skipped frameError
			if errors.As(err, &skipped) {
				got += "!"
			} else if err != nil {
				break
			}
			got += string(body)
		}
		if got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

// TestHunks makes texts others by edits of lines, which leave other lines alone.
func TestHunks(t *testing.T) {
	t.Parallel()
	g := rand.New(rand.NewPCG(1, 2))
	text := func() string {
		var b strings.Builder
		for range g.IntN(12) {
			b.WriteString([]string{"a\n", "b\n", "c\r\n", "\n", "\U0001f6a2\n"}[g.IntN(5)])
		}
		return b.String() + []string{"", "", "end"}[g.IntN(3)]
	}
	for range 2000 {
		old, now := text(), text()
		edits, err := textEdits(archive.Change{From: archive.Held([]byte(old)), After: archive.Held([]byte(now))}, utf16Encoding)
		if err != nil {
			t.Fatal(err)
		}
		if got := applyEdits(old, edits, utf16Encoding); got != now {
			t.Fatalf("%q to %q: %q by %+v", old, now, got, edits)
		}
		if (old == now) != (len(edits) == 0) {
			t.Errorf("%q to %q: %+v", old, now, edits)
		}
	}
	edits, _ := textEdits(archive.Change{From: archive.Held([]byte("a\nb\nc\nd\n")), After: archive.Held([]byte("a\nx\nc\n"))}, utf8Encoding)
	if len(edits) != 2 || edits[0].Range != (textRange{position{1, 0}, position{2, 0}}) || edits[0].NewText != "x\n" {
		t.Errorf("%+v", edits)
	}
	large := strings.Repeat("a\nb\n", 2000)
	edits, _ = textEdits(archive.Change{From: archive.Held([]byte(large)), After: archive.Held([]byte("x\n" + large[:len(large)-4] + "y\n"))}, utf8Encoding)
	if got := applyEdits(large, edits, utf8Encoding); got != "x\n"+large[:len(large)-4]+"y\n" {
		t.Error("a large change is not what it was to be")
	}
}

// TestFind finds the archive of a file, and none where only a symbolic link reaches it.
func TestFind(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	o := testOptions(t)
	writeFile(t, filepath.Join(dir, "zh/news/2024/03/5/e\u0301.md"), "x")
	writeFile(t, filepath.Join(dir, "zh/en/news/2024/03/5/x.md"), "x")
	writeFile(t, filepath.Join(dir, "out/x.md"), "x")
	if err := os.Symlink(filepath.Join(dir, "out"), filepath.Join(dir, "zh/linked")); err != nil {
		t.Skip(err)
	}
	if err := os.Symlink(filepath.Join(dir, "zh"), filepath.Join(dir, "other")); err != nil {
		t.Skip(err)
	}
	for _, tt := range []struct{ file, root, path string }{
		{"zh/news/2024/03/5/x.md", "zh", "news/2024/03/5/x.md"},
		{"zh/news/2024/03/5/\u00e9.md", "zh", "news/2024/03/5/e\u0301.md"},
		{"zh/news/2024/03/6/new.md", "zh", "news/2024/03/6/new.md"},
		{"zh/en/news/2024/03/5/x.md", "zh/en", "news/2024/03/5/x.md"},
		{"other/news/2024/03/5/x.md", "zh", "news/2024/03/5/x.md"},
		{"zh/linked/x.md", "", ""},
		{"out/x.md", "", ""},
	} {
		root, _, p, ok := find(filepath.Join(dir, filepath.FromSlash(tt.file)), &o)
		want, _ := filepath.EvalSymlinks(filepath.Join(dir, tt.root))
		if ok != (tt.root != "") || ok && (root != want || p != tt.path) {
			t.Errorf("%s: %s %q %v", tt.file, root, p, ok)
		}
	}
	o.Root = filepath.Join(dir, "zh", "en")
	if _, _, _, ok := find(filepath.Join(dir, "zh/news/2024/03/5/x.md"), &o); ok {
		t.Error("a page of another archive than the one that is served is found")
	}
}
