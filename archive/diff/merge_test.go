package diff

import (
	"bytes"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

func TestMerge(t *testing.T) {
	for _, tt := range []struct {
		name, base, ours, theirs, want string
		conflicts                      int
	}{
		{"one side", "a\nb\nc\n", "a\nB\nc\n", "a\nb\nc\n", "a\nB\nc\n", 0},
		{"both sides", "a\nb\nc\nd\n", "A\nb\nc\nd\n", "a\nb\nc\nD\n", "A\nb\nc\nD\n", 0},
		{"the same", "a\nb\n", "a\nB\n", "a\nB\n", "a\nB\n", 0},
		{"neighbors", "a\nb\n", "A\nb\n", "a\nB\n", "<<<<<<< o\nA\nb\n=======\na\nB\n>>>>>>> t\n", 1},
		{"no end", "a", "b", "c", "<<<<<<< o\nb\n=======\nc\n>>>>>>> t\n", 1},
		{"CRLF", "a\r\n", "b\r\n", "c\r\n", "<<<<<<< o\r\nb\r\n=======\r\nc\r\n>>>>>>> t\r\n", 1},
		{"no base", "", "x\na\n", "x\nb\n", "x\n<<<<<<< o\na\n=======\nb\n>>>>>>> t\n", 1},
	} {
		got, n := Merge([]byte(tt.base), []byte(tt.ours), []byte(tt.theirs), Markers{Ours: "o", Theirs: "t"})
		if string(got) != tt.want || n != tt.conflicts {
			t.Errorf("%s: %d conflicts:\n%s\nwant %d:\n%s", tt.name, n, got, tt.conflicts, tt.want)
		}
	}
}

// TestMergeAsGit merges texts of a few different lines, as git merge-file does. The
// two may choose other lines where several are alike.
func TestMergeAsGit(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("runs git many times")
	}
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip(err)
	}
	r := rand.New(rand.NewPCG(1, 2))
	dir := t.TempDir()
	clean, differ := 0, 0
	for range 150 {
		base := randomLines(r, nil)
		ours, theirs := randomLines(r, base), randomLines(r, base)
		for i, text := range [][]string{ours, base, theirs} {
			if err := os.WriteFile(filepath.Join(dir, string(rune('a'+i))), []byte(strings.Join(text, "")), 0o666); err != nil {
				t.Fatal(err)
			}
		}
		cmd := exec.Command("git", "merge-file", "-p", "-q", "-L", "o", "-L", "b", "-L", "t", "a", "b", "c")
		cmd.Dir = dir
		want, err := cmd.Output()
		got, n := Merge([]byte(strings.Join(base, "")), []byte(strings.Join(ours, "")), []byte(strings.Join(theirs, "")), Markers{Ours: "o", Theirs: "t"})
		if err == nil && n == 0 {
			clean++
		}
		if (err == nil) != (n == 0) || n == 0 && !bytes.Equal(got, want) {
			differ++
			t.Logf("base %q ours %q theirs %q:\n%s\ngit:\n%s", base, ours, theirs, got, want)
		}
	}
	if clean < 30 || differ > 3 {
		t.Errorf("%d merges are clean and %d differ from those of git", clean, differ)
	}
}

// randomLines returns a version of base, or some lines that are all different.
func randomLines(r *rand.Rand, base []string) []string {
	var out []string
	line := func() string { return string(rune('a'+r.IntN(26))) + string(rune('a'+r.IntN(26))) + "\n" }
	if base == nil {
		for range 3 + r.IntN(12) {
			out = append(out, line())
		}
		return out
	}
	for _, old := range base {
		switch r.IntN(12) {
		case 0:
		case 1:
			out = append(out, line())
		case 2:
			out = append(out, old, line())
		default:
			out = append(out, old)
		}
	}
	return out
}

func FuzzMerge(f *testing.F) {
	f.Add([]byte("a\nb\n"), []byte("a\nB\n"), []byte("A\nb\n"))
	f.Add([]byte(""), []byte("a"), []byte("b"))
	f.Fuzz(func(t *testing.T, base, ours, theirs []byte) {
		for _, tt := range [][3][]byte{{base, ours, base}, {base, base, ours}, {base, ours, ours}} {
			if got, n := Merge(tt[0], tt[1], tt[2], Markers{}); n > 0 || !bytes.Equal(got, ours) {
				t.Errorf("merged:\n%q\nwant:\n%q", got, ours)
			}
		}
		one, n := Merge(base, ours, theirs, Markers{})
		other, m := Merge(base, theirs, ours, Markers{})
		if (n == 0) != (m == 0) || n == 0 && !bytes.Equal(one, other) {
			t.Errorf("merged:\n%q\nand the other way round:\n%q", one, other)
		}
	})
}
