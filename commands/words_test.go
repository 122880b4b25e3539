package commands

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode"
)

// TestWords looks for the words of testdata/words.txt in what the project says: in
// the comments, strings and names of its code, in its scripts and documents. Texts in
// tests are pages and messages, which say what they like.
func TestWords(t *testing.T) {
	t.Parallel()
	out := readWords(t)
	check := func(at, text string) {
		for _, w := range out {
			if found := w.in(text); found != "" {
				t.Errorf("%s: %q is out; write %s", at, found, w.instead)
			}
		}
	}
	err := filepath.WalkDir("..", func(p string, d fs.DirEntry, err error) error {
		name := filepath.ToSlash(strings.TrimPrefix(p, ".."+string(filepath.Separator)))
		switch {
		case err != nil:
			return err
		case d.IsDir() && (name == ".git" || name == "fixtures" || d.Name() == "fuzz" || d.Name() == "node_modules"):
			return filepath.SkipDir
		case d.IsDir():
			return nil
		case strings.HasSuffix(name, ".go"):
			return checkGo(p, name, check)
		}
		src, err := os.ReadFile(p)
		text := string(src)
		switch {
		case strings.HasSuffix(name, ".txtar"):
			text = comments(text)
		case !strings.HasSuffix(name, ".md") && !strings.Contains(name, ".yaml") && !strings.HasSuffix(name, ".yml") && name != ".ci/run":
			return err
		}
		for i, line := range strings.Split(text, "\n") {
			check(name+":"+strconv.Itoa(i+1), line)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// word is a word that is out.
type word struct {
	pattern *regexp.Regexp
	ok      int // the group whose match is a use that is fine
	instead string
}

// readWords returns the list of testdata/words.txt.
func readWords(t *testing.T) (out []word) {
	t.Helper()
	src, err := os.ReadFile("testdata/words.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(string(src), "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		pattern, instead, ok := strings.Cut(line, " -> ")
		if !ok {
			t.Fatalf("testdata/words.txt: %q lacks what to write instead", line)
		}
		re := regexp.MustCompile(`(?i)\b(?:` + pattern + `)\b`)
		out = append(out, word{re, re.SubexpIndex("ok"), instead})
	}
	return out
}

// in returns the first use of a word in a text that is not fine, or nothing.
func (w word) in(text string) string {
	for _, m := range w.pattern.FindAllStringSubmatch(text, -1) {
		if w.ok < 0 || m[w.ok] == "" {
			return m[0]
		}
	}
	return ""
}

// checkGo checks a file of code: its comments and names and, unless it is a test, its
// strings.
func checkGo(file, name string, check func(at, text string)) error {
	set := token.NewFileSet()
	f, err := parser.ParseFile(set, file, nil, parser.ParseComments)
	if err != nil {
		return err
	}
	at := func(p token.Pos) string { return name + ":" + strconv.Itoa(set.Position(p).Line) }
	for _, group := range f.Comments {
		check(at(group.Pos()), strings.Join(strings.Fields(group.Text()), " "))
	}
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Ident:
			if n.Obj != nil && n.Obj.Pos() == n.Pos() {
				check(at(n.Pos()), spaced(n.Name))
			}
		case *ast.FuncDecl:
			check(at(n.Pos()), spaced(n.Name.Name))
		case *ast.BasicLit:
			if text, err := strconv.Unquote(n.Value); err == nil && n.Kind == token.STRING && !strings.HasSuffix(name, "_test.go") {
				check(at(n.Pos()), text)
			}
		}
		return true
	})
	return nil
}

// spaced returns the words of a name in Go: leadsTo is points to.
func spaced(name string) string {
	var b strings.Builder
	for i, r := range name {
		if i > 0 && unicode.IsUpper(r) {
			b.WriteByte(' ')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

// comments returns the comments of a script, each on its line.
func comments(script string) string {
	lines := strings.Split(script, "\n")
	for i, line := range lines {
		if strings.HasPrefix(line, "-- ") {
			return strings.Join(lines[:i], "\n")
		}
		if !strings.HasPrefix(line, "#") {
			lines[i] = ""
		}
	}
	return strings.Join(lines, "\n")
}
