package commands

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestLayers holds the imports to their one direction. Each package may import
// the packages named after it, and no others of this module.
func TestLayers(t *testing.T) {
	may := map[string][]string{
		".":               {"commands"},
		"commands":        {"lint", "archive", "archive/catalog", "archive/source", "archive/page", "archive/diff", "archive/git", "archive/mergefile", "archive/strictjson", "archive/term", "archive/query", "archive/similar"},
		"lint":            {"archive", "archive/catalog", "archive/source", "archive/page", "archive/strictjson", "archive/term"},
		"archive":         {"archive/catalog", "archive/facts", "archive/source", "archive/page", "archive/diff", "archive/match", "archive/txn", "archive/git", "archive/mergefile", "archive/strictjson"},
		"archive/catalog": {},
		"archive/facts":   {"archive/catalog"},
		"archive/match":   {"archive/source"},
		"archive/page":    {},
		"archive/diff":    {"archive/term"},
		"archive/term":    {},
		"archive/txn":     {},
		"archive/git":     {},

		"archive/mergefile":  {"archive/page", "archive/diff"},
		"archive/source":     {},
		"archive/query":      {"archive", "archive/page", "archive/source"},
		"archive/strictjson": {},
		"archive/similar":    {},
	}
	root := ".."
	err := filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(p, ".go") || strings.HasSuffix(p, "_test.go") {
			return err
		}
		rel, err := filepath.Rel(root, p)
		if err != nil {
			return err
		}
		pkg := path.Dir(filepath.ToSlash(rel))
		allowed, known := may[pkg]
		if !known {
			t.Errorf("%s is in a package that the layers do not know", rel)
		}
		f, err := parser.ParseFile(token.NewFileSet(), p, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, imp := range f.Imports {
			name, own := strings.CutPrefix(strings.Trim(imp.Path.Value, `"`), "newsctl/")
			if own && !slices.Contains(allowed, name) {
				t.Errorf("%s imports %s, against the flow", rel, name)
			}
			if pkg == "lint" && name == "os" {
				t.Errorf("%s imports os: rules read through the archive", rel)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
