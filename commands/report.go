package commands

import (
	"io"
	"os"
	"path/filepath"

	"github.com/urfave/cli/v2"

	"newsctl/archive"
	"newsctl/lint"
)

// reporter writes what was found in the archive that is at root.
type reporter func(w io.Writer, root string, a *archive.Archive, r lint.Result) error

// reporter returns the reporter that a command line asks for.
func (e *env) reporter(c *cli.Context) reporter {
	statistics := c.Bool("statistics")
	switch format := c.String("format"); format {
	case "text":
		if statistics {
			return func(w io.Writer, _ string, _ *archive.Archive, r lint.Result) error {
				return lint.WriteStatistics(w, r)
			}
		}
		style := lint.TextStyle{Colour: e.colour(c, e.stdout), Source: isTerminal(e.stdout)}
		return func(w io.Writer, _ string, a *archive.Archive, r lint.Result) error {
			return lint.WriteText(w, a, r, style)
		}
	case "json":
		return func(w io.Writer, _ string, _ *archive.Archive, r lint.Result) error {
			return lint.WriteJSON(w, r, statistics)
		}
	default:
		return reporters[format]
	}
}

// reporters are those of formats that other programs define. Those that show
// findings beside the files know these from the top of the repository.
var reporters = map[string]reporter{
	"sarif": func(w io.Writer, root string, a *archive.Archive, r lint.Result) error {
		return lint.WriteSARIF(w, a, r, folderInRepository(root), version())
	},
	"github": func(w io.Writer, root string, _ *archive.Archive, r lint.Result) error {
		return lint.WriteGitHub(w, r, folderInRepository(root))
	},
	"junit": func(w io.Writer, _ string, _ *archive.Archive, r lint.Result) error {
		return lint.WriteJUnit(w, r)
	},
}

// folderInRepository returns a folder's path from the top of the repository
// that holds it, with slashes; "." if it is the top, or in no repository.
func folderInRepository(dir string) string {
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
