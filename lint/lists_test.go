package lint

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
	"testing"
)

// special are the rules that other code knows by name, each for a reason that no other
// rule has.
var special = map[string]string{
	"mergeConflict": "it makes all that a page says uncertain",
	"sourceDead":    "it reads the ledger of sources",
	"ignoreUnused":  "it is about the findings of all other rules",
}

// TestLists holds a rule and a format to one file and one line: each that a file
// defines is in its list, and no other code names it.
func TestLists(t *testing.T) {
	defined := map[string]map[string]bool{"Rule": {}, "Format": {}}
	files := parseAll(t)
	for _, f := range files {
		for _, decl := range f.Decls {
			gen, ok := decl.(*ast.GenDecl)
			if !ok || gen.Tok != token.VAR {
				continue
			}
			for _, spec := range gen.Specs {
				v := spec.(*ast.ValueSpec)
				if lit, ok := first(v.Values).(*ast.CompositeLit); ok {
					if kind, ok := lit.Type.(*ast.Ident); ok && defined[kind.Name] != nil {
						defined[kind.Name][v.Names[0].Name] = true
					}
				}
			}
		}
	}
	if got, want := len(defined["Rule"]), len(Rules()); got != want {
		t.Errorf("%d rules are defined, and %d are in the list", got, want)
	}
	if got, want := len(defined["Format"]), len(Formats()); got != want {
		t.Errorf("%d formats are defined, and %d are in the list", got, want)
	}
	for name, f := range files {
		if name == "rules.go" || name == "report.go" || strings.HasPrefix(name, "rule_") {
			continue
		}
		ast.Inspect(f, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok && defined["Rule"][id.Name] && special[id.Name] == "" {
				t.Errorf("%s names the rule %s: give Rule a field that says what is meant", name, id.Name)
			}
			return true
		})
	}
}

// parseAll returns the files of the package without its tests, by name.
func parseAll(t *testing.T) map[string]*ast.File {
	t.Helper()
	names, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]*ast.File{}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		if out[name], err = parser.ParseFile(token.NewFileSet(), name, nil, 0); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

func first(values []ast.Expr) ast.Expr {
	if len(values) == 0 {
		return nil
	}
	return values[0]
}
