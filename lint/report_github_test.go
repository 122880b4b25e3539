package lint

import (
	"bytes"
	"regexp"
	"strings"
	"testing"
)

func TestWriteGitHub(t *testing.T) {
	_, r := oddResult(t)
	var b bytes.Buffer
	if err := writeGitHub(&b, r, "edition: en"); err != nil {
		t.Fatal(err)
	}
	compareFile(t, "testdata/github.txt", b.Bytes())
}

// command is a workflow command as GitHub's runner reads it: properties end at
// the first :: and are split at commas.
var command = regexp.MustCompile(`^::(error|warning|notice) (.*?)::(.*)$`)

func TestWriteGitHubLimit(t *testing.T) {
	tests := []struct {
		errors, warnings, infos int // found
		want                    map[string]int
	}{
		{0, 0, 0, map[string]int{}},
		{10, 10, 10, map[string]int{"error": 10, "warning": 10, "notice": 10}},
		{11, 0, 0, map[string]int{"error": 10, "notice": 1}},
		{0, 500, 9, map[string]int{"warning": 10, "notice": 10}},
		{3, 4, 5000, map[string]int{"error": 3, "warning": 4, "notice": 10}},
	}
	for _, tt := range tests {
		var b bytes.Buffer
		r := manyFindings(tt.errors, tt.warnings, tt.infos)
		if err := writeGitHub(&b, r, "."); err != nil {
			t.Fatal(err)
		}
		got := map[string]int{}
		lines := strings.Split(strings.TrimSuffix(b.String(), "\n"), "\n")
		for _, line := range lines {
			if m := command.FindStringSubmatch(line); m != nil {
				got[m[1]]++
			} else if line != "" {
				t.Errorf("%q is no workflow command", line)
			}
		}
		for kind, n := range tt.want {
			if got[kind] != n {
				t.Errorf("%d, %d, %d found: %d of kind %s, want %d", tt.errors, tt.warnings, tt.infos, got[kind], kind, n)
			}
		}
		more := max(tt.errors, tt.warnings, tt.infos) > maxAnnotations
		if last := lines[len(lines)-1]; strings.Contains(last, "newsctl lint shows all") != more {
			t.Errorf("%d, %d, %d found: the last line is %q", tt.errors, tt.warnings, tt.infos, last)
		}
	}
}
