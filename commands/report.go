package commands

import (
	"os"
	"path/filepath"

	"github.com/urfave/cli/v2"

	"newsctl/archive"
	"newsctl/lint"
)

// reporter writes what was found in the archive that is at root.
type reporter func(out *printer, root string, a *archive.Archive, r lint.Result) error

// reporter returns the reporter that a command line asks for.
func (e *env) reporter(c *cli.Context) reporter {
	statistics := c.Bool("statistics")
	switch format := c.String("format"); format {
	case "text":
		if statistics {
			return func(out *printer, _ string, _ *archive.Archive, r lint.Result) error {
				return lint.WriteStatistics(out, r)
			}
		}
		style := lint.TextStyle{Color: e.colour(c, e.stdout), Width: e.stdout.width()}
		return func(out *printer, _ string, a *archive.Archive, r lint.Result) error {
			return lint.WriteText(out, a, r, style)
		}
	case "json":
		return func(out *printer, _ string, _ *archive.Archive, r lint.Result) error {
			return lint.WriteJSON(out.raw, r, statistics)
		}
	default:
		return reporters[format]
	}
}

// reporters are those of formats that other programs define. Those that show
// findings beside the files know these from the top of the repository.
var reporters = map[string]reporter{
	"sarif": func(out *printer, root string, a *archive.Archive, r lint.Result) error {
		return lint.WriteSARIF(out.raw, a, r, dirInRepository(root), version())
	},
	"github": func(out *printer, root string, _ *archive.Archive, r lint.Result) error {
		return lint.WriteGitHub(out.raw, r, dirInRepository(root))
	},
	"junit": func(out *printer, _ string, _ *archive.Archive, r lint.Result) error {
		return lint.WriteJUnit(out.raw, r)
	},
}

// dirInRepository returns a directory's path from the top of the repository
// that holds it, with slashes; "." if it is the top, or in no repository.
func dirInRepository(dir string) string {
	for top := dir; ; top = filepath.Dir(top) {
		if _, err := os.Lstat(filepath.Join(top, ".git")); err == nil {
			if rel, err := filepath.Rel(top, dir); err == nil {
				return filepath.ToSlash(rel)
			}
			return "."
		}
		if top == filepath.Dir(top) {
			return "."
		}
	}
}
