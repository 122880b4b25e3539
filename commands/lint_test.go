package commands

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestLintOfOnePage holds lint to its promise to hooks: a page that is linted
// alone, when only that page and what it names is read, has the findings it has
// when the whole archive is linted.
func TestLintOfOnePage(t *testing.T) {
	for _, name := range []string{"broken", "clean", "chinese"} {
		t.Run(name, func(t *testing.T) {
			root, err := filepath.Abs(filepath.Join("../fixtures", name))
			if err != nil {
				t.Fatal(err)
			}
			want := map[string][]string{}
			for _, f := range lintJSON(t, root) {
				want[f.Path] = append(want[f.Path], f.text)
			}
			if name == "broken" && len(want) == 0 {
				t.Fatal("the broken archive has no findings")
			}
			for _, p := range pagesBelow(t, root) {
				var got []string
				for _, f := range lintJSON(t, root, filepath.Join(root, p)) {
					if f.Path != p {
						t.Errorf("lint of %s speaks of %s", p, f.Path)
					}
					got = append(got, f.text)
				}
				if !slices.Equal(got, want[p]) {
					t.Errorf("%s\n alone: %s\nin all: %s", p, got, want[p])
				}
			}
		})
	}
}

// foundJSON is a finding of lint --format json: its path, and all of it as text.
type foundJSON struct {
	Path string
	text string
}

// lintJSON returns the findings of lint on an archive, but for what only a check of
// the whole archive finds.
func lintJSON(t *testing.T, root string, paths ...string) []foundJSON {
	t.Helper()
	var stdout, stderr bytes.Buffer
	args := append([]string{"newsctl", "lint", "-C", root, "--format", "json", "--disable", "source-shared", "--"}, paths...)
	if status := Main(args, strings.NewReader(""), &stdout, &stderr); status == exitFailure {
		t.Fatalf("%q: exit status %d: %s", args, status, &stderr)
	}
	var doc struct{ Findings []json.RawMessage }
	if err := json.Unmarshal(stdout.Bytes(), &doc); err != nil {
		t.Fatalf("%q: %v", args, err)
	}
	var out []foundJSON
	for _, raw := range doc.Findings {
		f := foundJSON{text: string(raw)}
		if err := json.Unmarshal(raw, &f); err != nil {
			t.Fatal(err)
		}
		out = append(out, f)
	}
	return out
}

// pagesBelow returns the paths of all pages of an archive.
func pagesBelow(t *testing.T, root string) []string {
	t.Helper()
	var out []string
	err := filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		if err == nil && filepath.Ext(p) == ".md" {
			rel, err := filepath.Rel(root, p)
			out = append(out, filepath.ToSlash(rel))
			return err
		}
		return err
	})
	if err != nil || len(out) == 0 {
		t.Fatalf("%d pages in %s: %v", len(out), root, err)
	}
	return out
}
