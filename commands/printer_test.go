package commands

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestPrinter(t *testing.T) {
	for _, tt := range []struct {
		text string
		p    printer
		want string
	}{
		{"雾港\x1b[31m\r\n\ta", printer{}, "雾港\\x1b[31m\\r\n\ta"},
		{"\x1b[31ma\x1b[m\x1b]0;x\x07\x1b[2J\x1b[311m", printer{color: true}, "\x1b[31ma\x1b[m\\x1b]0;x\\x07\\x1b[2J\\x1b[311m"},
		{"a\r\x1b", printer{exact: true}, "a\r\x1b"},
		{"::error::a\n \t\u3000::b::\nc ::d::\n::e", printer{runner: true}, "\\x3a:error::a\n \t\u3000\\x3a:b::\nc ::d::\n\\x3a:e"},
		{" +::a\n a##[b]##[c]\rx\r ::d\n", printer{runner: true, exact: true}, " +::a\n a#\\x23[b]#\\x23[c]\rx\r \\x3a:d\n"},
	} {
		for size := range len(tt.text) { // in pieces, which may end within a character
			var b bytes.Buffer
			p := tt.p
			p.raw = &b
			for rest := tt.text; rest != ""; {
				n := min(size+1, len(rest))
				if _, err := p.Write([]byte(rest[:n])); err != nil {
					t.Fatal(err)
				}
				rest = rest[n:]
			}
			if err := p.flush(); err != nil || b.String() != tt.want {
				t.Errorf("%q in pieces of %d: %q, %v; want %q", tt.text, size+1, b.String(), err, tt.want)
			}
		}
	}
	p := printer{raw: failing{}}
	if p.printf("%s: %d\n", "a", 1) == nil || p.flush() == nil {
		t.Error("an error of writing is lost")
	}
	var b bytes.Buffer
	p = printer{raw: &b}
	p.printf("%s: %v, %4d\n", "a\nb\t", errors.New("c\nd"), 7)
	if b.String() != "a\\nb\\t: c\\nd,    7\n" {
		t.Errorf("printf: %q", b.String())
	}
}

type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }

// hostile is text that drives terminals and logs, in one line.
const hostile = "A\x1b]0;pwned\x07\u009b31m\u202eb\u2066c\u200bd\rnewsctl: all is well ##[error]x \xff"

// hostileArchive holds hostile text wherever a page can.
func hostileArchive() map[string]string {
	odd := "news/2024/03/5/" + "o\x1b[2Jdd\n::error::x\nnewsctl: no findings\u202e.md"
	link := strings.NewReplacer("\x1b", "%1B", "\n", "%0A").Replace(odd)
	day := "## [2024-03-5](/news/2024/03/5/index.md)\n\n### [Ferry sails](/" + eventPage + ")\n\n### [" + hostile + "](/" + link + ")\n" +
		" ::error::as a line\n\n### [Gone" + hostile + "](/news/2024/03/5/gone\x1b]0;x\x07.md)\n"
	return map[string]string{
		"news/2024/03/5/index.md":  day,
		"news/2024/03/5/README.md": "  ::set-output name=x::y\n" + day,
		eventPage: "### [2024-03-5](/news/2024/03/5/index.md)\n\n##### Har" + hostile + "\n# Ferry sails\n\n ::warning::context line\n\n_Context: Harbour, " + hostile + "_\n\n" +
			"### Related:\n\n1. [Odd" + hostile + "](/" + link + ") _Context: Harbour_\n2. [Gone](/news/2024/03/5/nope\x1b[31m.md) _Context: Harbour_\n",
		odd: "### [2024-03-5](/news/2024/03/5/index.md)\n\n##### Harbour\n# " + hostile + "\n\n::stop-commands::x\n\n_Context: " + hostile + ", Harbour_\n",
	}
}

// shownBadly reports what of a text would drive a terminal, or look like a line
// of newsctl.
func shownBadly(text string) string {
	for _, line := range strings.Split(text, "\n") {
		if strings.HasPrefix(line, "newsctl: no findings") || strings.HasPrefix(line, "newsctl: all is well") {
			return line
		}
	}
	i := strings.IndexFunc(text, func(r rune) bool {
		return r != '\n' && r != '\t' && (unicode.IsControl(r) || unicode.Is(unicode.Cf, r))
	})
	if i >= 0 || !utf8.ValidString(text) {
		return text[max(i, 0):]
	}
	return ""
}

// obeyed is a line that GitHub's runner obeys.
var obeyed = regexp.MustCompile(`(?m)(^|\r)[\s\p{Z}]*::|##\[`)

// TestHostile runs each command that shows what pages say on pages that hold
// what drives terminals.
func TestHostile(t *testing.T) {
	root := t.TempDir()
	writeTree(t, root, hostileArchive())
	for _, args := range [][]string{{"init", "-q"}, {"-c", "user.name=Ada", "-c", "user.email=ada@example.org", "commit", "-q", "--allow-empty", "-m", "x"}} {
		cmd := exec.Command("git", args...)
		cmd.Dir = root
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("git %v: %v %s", args, err, out)
		}
	}
	t.Setenv("NEWSCTL_ARCHIVE", root)
	chdir(t, root)
	odd, err := filepath.Glob("news/2024/03/5/o*")
	if err != nil || len(odd) != 1 {
		t.Fatal(odd, err)
	}
	lines := [][]string{
		{"lint"}, {"lint", "--statistics"}, {"lint", "--fix", "--dry-run"}, {"lint", "--since", "HEAD"}, {"lint", "--staged"}, {"lint", odd[0]},
		{"lint", hostile}, {"lint", "--rule", hostile}, {"lint", "--" + hostile}, {hostile}, {"lint", "--baseline", hostile}, {"lint", "-C", hostile},
		{"contexts"}, {"contexts", "--of", eventPage}, {"contexts", "--of", odd[0]}, {"contexts", "rename", "Harbour", "Port", "--dry-run", "--stat"},
		{"contexts", "rename", hostile, "Port", "--dry-run"}, {"contexts", "declare", "--dry-run", "--stat"},
		{"relink", "--dry-run", "--stat"}, {"relink", "--dry-run"}, {"relink", "--explain", eventPage}, {"relink", "--explain", odd[0]}, {"relink", "--out", hostile},
		{"rename", odd[0], "Odd", "--dry-run", "--stat"}, {"rename", odd[0], "Odd", "--dry-run"}, {"rename", eventPage, hostile, "--dry-run"},
		{"rename", "--from-git", hostile}, {"index", "--dry-run"}, {"index", "--dry-run", "--stat"}, {"index", hostile},
		{"new", hostile, "--date", "2024-03-5", "--dry-run"}, {"new", "Harbour", "--topic", hostile, "--dry-run"}, {"new", "--from", hostile},
		{"diff"}, {"diff", "--stat"}, {"diff", "--format", "markdown"}, {"diff", hostile}, {"slug", hostile}, {"slug", "--date", "2024-03-5", "--path", hostile},
		{"apply", hostile}, {"explain", hostile}, {"hook", hostile}, {"__complete", "--", "lint", "news/2024/03/5/"}, {"__complete", "--", "lint", ""},
		{"lint", "--format", "github"}, {"relink", "--dry-run", "--color", "always"}, {"lint", "--color", "always"}, {"diff", "--color", "always"},
	}
	for _, runner := range []string{"", "true"} {
		t.Setenv("GITHUB_ACTIONS", runner)
		for _, line := range lines {
			_, stdout, stderr := run(line...)
			if bad := shownBadly(stderr); bad != "" {
				t.Errorf("%q: stderr %q", line, bad)
			}
			if slices.Contains(line, "--color") {
				stdout = regexp.MustCompile(`\x1b\[[0-9]*m`).ReplaceAllString(stdout, "")
			}
			isDiff := slices.Contains(line, "--dry-run") && !slices.Contains(line, "--stat") && !slices.Contains(line, "--color")
			if bad := shownBadly(stdout); bad != "" && !isDiff {
				t.Errorf("%q: stdout %q", line, bad)
			}
			if slices.Contains(line, "github") {
				stdout = regexp.MustCompile(`(?m)^::(error|warning|notice) file=`).ReplaceAllString(stdout, "")
			}
			if bad := obeyed.FindString(stdout + stderr); runner != "" && bad != "" {
				t.Errorf("%q: the runner obeys %q in %s%s", line, bad, stdout, stderr)
			}
		}
	}
}

// TestHostileFormats holds formats for programs to be valid, and to hold what
// pages say.
func TestHostileFormats(t *testing.T) {
	root := t.TempDir()
	writeTree(t, root, hostileArchive())
	t.Setenv("NEWSCTL_ARCHIVE", root)
	for _, line := range [][]string{
		{"lint", "--format", "json"}, {"lint", "--format", "sarif"}, {"contexts", "--format", "json"}, {"contexts", "--of", eventPage, "--format", "json"},
		{"relink", "--dry-run", "--format", "json"}, {"lint", "--format", "junit"},
	} {
		_, stdout, stderr := run(line...)
		valid := json.Valid([]byte(stdout))
		if line[2] == "junit" {
			valid = xml.Unmarshal([]byte(stdout), new(any)) == nil
		}
		if !valid || line[2] != "sarif" && !strings.Contains(stdout, "\u202e") {
			t.Errorf("%q: %q %s", line, stdout, stderr)
		}
	}
}
