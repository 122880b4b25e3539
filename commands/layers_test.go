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
	model := []string{"archive", "archive/facts", "archive/filename", "archive/layout", "archive/link", "archive/match", "archive/page", "archive/pattern", "archive/slug", "archive/sorted", "archive/source"}
	with := func(more ...string) []string { return slices.Concat(model, more) }
	may := map[string][]string{
		".":        {"commands"},
		"commands": with("commands/lsp", "commands/preview", "commands/review", "lint", "archive/catalog", "archive/citation", "archive/compare", "archive/contexts", "archive/diff", "archive/edit", "archive/encode", "archive/eventline", "archive/export", "archive/git", "archive/importer", "archive/listing", "archive/mergefile", "archive/plan", "archive/query", "archive/related", "archive/same", "archive/similar", "archive/strictjson", "archive/term"),
		"lint":     with("archive/catalog", "archive/contexts", "archive/encode", "archive/listing", "archive/plan", "archive/same", "archive/strictjson", "archive/term"),

		"commands/lsp":     with("lint", "archive/catalog", "archive/contexts", "archive/edit", "archive/git", "archive/listing", "archive/plan", "archive/related"),
		"commands/review":  {"archive/diff", "archive/term"},
		"commands/preview": with("lint", "archive/catalog", "archive/contexts", "archive/query", "archive/term"),

		"archive/edit":        with("archive/compare", "archive/contexts", "archive/git", "archive/listing", "archive/mergefile", "archive/plan", "archive/related", "archive/same"),
		"archive/export":      with("archive/contexts", "archive/edit", "archive/encode", "archive/eventline", "archive/query", "archive/txn"),
		"archive/eventline":   {"archive/source"},
		"archive/importer":    with("archive/edit", "archive/eventline", "archive/strictjson"),
		"archive/query":       with("archive/contexts", "archive/same"),
		"archive/listing":     with("archive/contexts", "archive/mergefile", "archive/plan", "archive/same"),
		"archive/related":     with("archive/contexts", "archive/plan", "archive/same"),
		"archive/compare":     with("archive/contexts", "archive/git", "archive/same"),
		"archive/citation":    with(),
		"archive/same":        with(),
		"archive/plan":        with("archive/contexts", "archive/diff", "archive/git", "archive/strictjson", "archive/txn"),
		"archive/contexts":    with("archive/catalog"),
		"archive/archivetest": with("archive/contexts", "archive/git", "archive/plan"),

		"archive": append(model[1:], "archive/catalog"),

		"archive/mergefile":  {"archive/diff", "archive/layout", "archive/page"},
		"archive/link":       {"archive/layout", "archive/page"},
		"archive/match":      {"archive/source"},
		"archive/facts":      {"archive/catalog"},
		"archive/diff":       {"archive/term"},
		"archive/catalog":    {},
		"archive/encode":     {},
		"archive/filename":   {},
		"archive/git":        {},
		"archive/layout":     {},
		"archive/page":       {},
		"archive/pattern":    {},
		"archive/similar":    {},
		"archive/slug":       {},
		"archive/sorted":     {},
		"archive/source":     {},
		"archive/strictjson": {},
		"archive/term":       {},
		"archive/txn":        {},
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
