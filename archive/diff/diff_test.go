package diff

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
)

func written(t testing.TB, style Style, changes ...Change) string {
	t.Helper()
	var out bytes.Buffer
	if err := writeAll(&out, changes, style); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func edited(before, after string) Change {
	return Change{Old: "p.md", New: "p.md", Before: []byte(before), After: []byte(after)}
}

// numbered is count lines, from the one numbered first on.
func numbered(first, count int) string {
	var b strings.Builder
	for n := first; n < first+count; n++ {
		fmt.Fprintln(&b, n)
	}
	return b.String()
}

func TestWriteHeaders(t *testing.T) {
	tests := []struct {
		name   string
		change Change
		want   string
	}{
		{"nothing changes", edited("a\n", "a\n"), ""},
		{"edit", edited("a\n", "b\n"), `
diff --git a/p.md b/p.md
--- a/p.md
+++ b/p.md
@@ -1 +1 @@
-a
+b
`},
		{"creation", Change{New: "n/p.md", After: []byte("a\nb\n")}, `
diff --git a/n/p.md b/n/p.md
new file mode 100644
--- /dev/null
+++ b/n/p.md
@@ -0,0 +1,2 @@
+a
+b
`},
		{"creation of an empty file", Change{New: "p.md"}, `
diff --git a/p.md b/p.md
new file mode 100644
`},
		{"deletion", Change{Old: "p.md", Before: []byte("a\nb")}, `
diff --git a/p.md b/p.md
deleted file mode 100644
--- a/p.md
+++ /dev/null
@@ -1,2 +0,0 @@
-a
-b
\ No newline at end of file
`},
		{"deletion of an empty file", Change{Old: "p.md"}, `
diff --git a/p.md b/p.md
deleted file mode 100644
`},
		{"rename", Change{Old: "p.md", New: "q.md", Before: []byte("a\n"), After: []byte("a\n")}, `
diff --git a/p.md b/q.md
similarity index 100%
rename from p.md
rename to q.md
`},
		{"rename of an empty file", Change{Old: "p.md", New: "q.md"}, `
diff --git a/p.md b/q.md
similarity index 100%
rename from p.md
rename to q.md
`},
		{"rename with an edit", Change{Old: "p.md", New: "q.md", Before: []byte("aa\nbb\ncc\n"), After: []byte("aa\nbb\nC\n")}, `
diff --git a/p.md b/q.md
similarity index 66%
rename from p.md
rename to q.md
--- a/p.md
+++ b/q.md
@@ -1,3 +1,3 @@
 aa
 bb
-cc
+C
`},
		{"path with a space", Change{Old: "a b", New: "c d", Before: []byte("a\n")}, "\n" +
			"diff --git a/a b b/c d\n" +
			"similarity index 0%\n" +
			"rename from a b\n" +
			"rename to c d\n" +
			"--- a/a b\t\n" +
			"+++ b/c d\t\n" +
			"@@ -1 +0,0 @@\n" +
			"-a\n"},
		{"path that git quotes", Change{Old: "é \"\\\t", New: "é \"\\\t", After: []byte("a\n")}, "\n" +
			`diff --git "a/é \"\\\t" "b/é \"\\\t"` + "\n" +
			`--- "a/é \"\\\t"` + "\t\n" +
			`+++ "b/é \"\\\t"` + "\t\n" +
			"@@ -0,0 +1 @@\n" +
			"+a\n"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got, want := written(t, Plain, test.change), strings.TrimPrefix(test.want, "\n"); got != want {
				t.Errorf("got:\n%s\nwant:\n%s", got, want)
			}
		})
	}
}

func TestQuote(t *testing.T) {
	tests := []struct{ path, plain, quoted string }{
		{"news/2018/03/14/a-b.md", `news/2018/03/14/a-b.md`, `news/2018/03/14/a-b.md`},
		{" !#$'~", ` !#$'~`, ` !#$'~`},
		{"\"\\", `"\"\\"`, `"\"\\"`},
		{"\a\b\t\n\v\f\r", `"\a\b\t\n\v\f\r"`, `"\a\b\t\n\v\f\r"`},
		{"\x01\x1f\x7f", `"\001\037\177"`, `"\001\037\177"`},
		{"新\xff", "新\xff", `"\346\226\260\377"`},
		{"新\"", `"新\""`, `"\346\226\260\""`},
	}
	for _, test := range tests {
		if got := Plain.quote(test.path); got != test.plain {
			t.Errorf("quote(%q) = %s, want %s", test.path, got, test.plain)
		}
		if got := (Style{QuotePaths: true}).quote(test.path); got != test.quoted {
			t.Errorf("quote(%q) with QuotePaths = %s, want %s", test.path, got, test.quoted)
		}
	}
}

func TestWriteHunks(t *testing.T) {
	tests := []struct {
		name          string
		before, after string
		want          string // below the +++ line
	}{
		{"first line", numbered(1, 9), "one\n" + numbered(2, 8), `
@@ -1,4 +1,4 @@
-1
+one
 2
 3
 4
`},
		{"last line", numbered(1, 9), numbered(1, 8), `
@@ -6,4 +6,3 @@
 6
 7
 8
-9
`},
		{"insertion", numbered(1, 9), numbered(1, 4) + "new\n" + numbered(5, 5), `
@@ -2,6 +2,7 @@
 2
 3
 4
+new
 5
 6
 7
`},
		{"six lines between two edits: one hunk", numbered(1, 8), "one\n" + numbered(2, 6) + "eight\n", `
@@ -1,8 +1,8 @@
-1
+one
 2
 3
 4
 5
 6
 7
-8
+eight
`},
		{"seven lines between two edits: two hunks", numbered(1, 9), "one\nand\n" + numbered(2, 7) + "nine\n", `
@@ -1,4 +1,5 @@
-1
+one
+and
 2
 3
 4
@@ -6,4 +7,4 @@
 6
 7
 8
-9
+nine
`},
		{"into an empty file", "", "a\n", `
@@ -0,0 +1 @@
+a
`},
		{"a newline comes at the end", "a\nb", "a\nb\n", `
@@ -1,2 +1,2 @@
 a
-b
\ No newline at end of file
+b
`},
		{"a newline goes from the end", "a\nb\n", "a\nb", `
@@ -1,2 +1,2 @@
 a
-b
+b
\ No newline at end of file
`},
		{"no newline before or after", "a\nb", "c\nb", `
@@ -1,2 +1,2 @@
-a
+c
 b
\ No newline at end of file
`},
		{"carriage returns, NUL and invalid UTF-8 stay", "a\r\n\x00\n\xff\n", "a\n\x00\n\xfe\n", `
@@ -1,3 +1,3 @@
-a` + "\r" + `
+a
 ` + "\x00" + `
-` + "\xff" + `
+` + "\xfe" + `
`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			want := "diff --git a/p.md b/p.md\n--- a/p.md\n+++ b/p.md" + test.want
			if got := written(t, Plain, edited(test.before, test.after)); got != want {
				t.Errorf("got:\n%s\nwant:\n%s", got, want)
			}
		})
	}
}

func TestWriteKeepsOrder(t *testing.T) {
	first, second := Change{New: "b"}, Change{New: "a"}
	want := written(t, Plain, first) + written(t, Plain, second)
	if got := written(t, Plain, first, second); got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

func TestWriteReturnsErrorOfWriter(t *testing.T) {
	full := errors.New("no space left")
	err := writeAll(writerFunc(func([]byte) (int, error) { return 0, full }), []Change{{New: "a"}}, Plain)
	if !errors.Is(err, full) {
		t.Errorf("got %v, want %v", err, full)
	}
}

// writeAll writes changes in their order.
func writeAll(w io.Writer, changes []Change, style Style) error {
	out := NewWriter(w, style)
	for _, c := range changes {
		out.Write(c)
	}
	return out.Flush()
}

type writerFunc func([]byte) (int, error)

func (f writerFunc) Write(p []byte) (int, error) { return f(p) }

// stat counts the lines that a change adds and removes. A line that is edited
// counts as one of each.
func (c Change) stat() (added, removed int) {
	for _, e := range compare(splitLines(c.Before), splitLines(c.After)) {
		added += e.new.len()
		removed += e.old.len()
	}
	return added, removed
}

func TestLinesChanged(t *testing.T) {
	tests := []struct {
		name           string
		change         Change
		added, removed int
	}{
		{"nothing changes", edited("a\n", "a\n"), 0, 0},
		{"a line is edited, one added", edited("a\nb\n", "A\nb\nc\n"), 2, 1},
		{"creation", Change{New: "p", After: []byte("a\nb")}, 2, 0},
		{"deletion", Change{Old: "p", Before: []byte("a\nb")}, 0, 2},
		{"rename", Change{Old: "p", New: "q", Before: []byte("a\n"), After: []byte("a\n")}, 0, 0},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if added, removed := test.change.stat(); added != test.added || removed != test.removed {
				t.Errorf("got +%d -%d, want +%d -%d", added, removed, test.added, test.removed)
			}
		})
	}
}

// A line's letter is stored in a string as one to three bytes: each length has
// to be counted right.
func TestManyDifferentLines(t *testing.T) {
	for _, lines := range []int{100, 1000, maxDistinct - 1} {
		c := edited(numbered(0, lines), numbered(0, lines/2)+"new\n"+numbered(lines/2+1, lines-lines/2-1))
		if added, removed := c.stat(); added != 1 || removed != 1 {
			t.Errorf("%d lines: got +%d -%d, want +1 -1", lines, added, removed)
		}
		checkApplies(t, c)
	}
}

func TestDifferentLinesAreNeverTakenAsEqual(t *testing.T) {
	c := edited(numbered(0, 5000), numbered(5000, 5000))
	if added, removed := c.stat(); added != 5000 || removed != 5000 {
		t.Errorf("got +%d -%d, want +5000 -5000", added, removed)
	}
}

func TestTooManyDifferentLines(t *testing.T) {
	c := edited(numbered(0, maxDistinct+1), numbered(1, maxDistinct))
	if added, removed := c.stat(); added != maxDistinct || removed != maxDistinct+1 {
		t.Errorf("got +%d -%d, want every line replaced", added, removed)
	}
	checkApplies(t, c)
}

func TestCount(t *testing.T) {
	for _, test := range []struct {
		before, after  string
		added, removed int
	}{
		{"", "a\nb\n", 2, 0},
		{"a\nb\n", "", 0, 2},
		{"a\nb\nc\n", "a\nx\nc\nd\n", 2, 1},
		{"a", "a\n", 1, 1},
		{"a\n", "a\n", 0, 0},
	} {
		added, removed := edited(test.before, test.after).Count()
		if added != test.added || removed != test.removed {
			t.Errorf("%q to %q: +%d -%d, want +%d -%d", test.before, test.after, added, removed, test.added, test.removed)
		}
	}
}
