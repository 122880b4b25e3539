package commands

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/mattn/go-isatty"
	"github.com/urfave/cli/v2"

	"newsctl/archive"
	"newsctl/archive/git"
	"newsctl/lint"
)

// env is what a command stands in: its streams, and the flags that all commands
// have.
type env struct {
	stdin          io.Reader
	stdout, stderr io.Writer
}

// commonFlags returns the flags that every command has.
func (e *env) commonFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringFlag{Name: "archive", Aliases: []string{"C"}, Usage: "the archive's root `DIR` (default: NEWSCTL_ARCHIVE, or the nearest folder upwards that holds one)"},
		&cli.StringFlag{Name: "color", Value: "auto", Usage: "colour the output `WHEN`: auto, always or never"},
	}
}

// colour reports whether what goes to a stream is coloured.
func (e *env) colour(c *cli.Context, w io.Writer) (bool, error) {
	if err := oneOf(c, "color", "auto", "always", "never"); err != nil {
		return false, err
	}
	if when := c.String("color"); when != "auto" {
		return when == "always", nil
	}
	return isTerminal(w) && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb", nil
}

// isTerminal reports whether somebody sits at the other end of a stream.
func isTerminal(stream any) bool {
	f, ok := stream.(*os.File)
	return ok && isatty.IsTerminal(f.Fd())
}

// opened is an archive on disk with its configuration.
type opened struct {
	*archive.Archive
	root   string // absolute, symbolic links resolved
	config archive.Config
	lint   lint.Config
	staged []git.Change // if it is opened as it is staged
}

// open finds the archive that a command line means and reads its
// configuration.
func (e *env) open(c *cli.Context) (*opened, error) {
	if c.Bool("staged") {
		return e.openStaged(c)
	}
	root, err := e.root(c)
	if err != nil {
		return nil, err
	}
	config, lintConfig, err := readConfig(os.DirFS(root))
	if err != nil {
		return nil, err
	}
	e.recover(root)
	a := archive.New(os.DirFS(root), config)
	a.Renamed = renamedIn(root)
	return &opened{Archive: a, root: root, config: config, lint: lintConfig}, nil
}

// recover undoes what a killed command left half done, and says so.
func (e *env) recover(root string) {
	said, err := archive.Recover(root)
	if err != nil {
		said = err.Error() // a reader can go on; a writer will be refused
	}
	e.note(said)
}

// root returns the root of the archive that a command line means.
func (e *env) root(c *cli.Context) (string, error) {
	if c.IsSet("archive") && c.String("archive") == "" {
		return "", errors.New("--archive is empty; name the archive's root, or leave the flag out")
	}
	return findRoot(c.String("archive"))
}

// renamedIn returns what git says a path below root was renamed to. It is asked
// once for each path.
func renamedIn(root string) func(path string) (string, bool) {
	var known sync.Map // path -> where it went, or nothing
	return func(path string) (string, bool) {
		if to, asked := known.Load(path); asked {
			return to.(string), to != ""
		}
		to, ok := git.RenamedTo(root, path)
		if !ok {
			to = ""
		}
		known.Store(path, to)
		return to, ok
	}
}

// findRoot returns the root of the archive: the folder that is given, or that
// NEWSCTL_ARCHIVE names, or the nearest one upwards from the working folder.
func findRoot(given string) (string, error) {
	from := "--archive"
	if given == "" {
		given, from = os.Getenv("NEWSCTL_ARCHIVE"), "NEWSCTL_ARCHIVE"
	}
	if given != "" {
		return givenRoot(given, from)
	}
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	if dir, err = filepath.EvalSymlinks(dir); err != nil {
		return "", err
	}
	for at := dir; ; at = filepath.Dir(at) {
		if isRoot(at) {
			return at, nil
		}
		if at == filepath.Dir(at) {
			return "", fmt.Errorf("no archive in %s or above it; go to one, name it with -C DIR, or begin one with an empty file %s", dir, configName)
		}
	}
}

func givenRoot(dir, from string) (string, error) {
	root, err := filepath.Abs(dir)
	if err == nil {
		root, err = filepath.EvalSymlinks(root)
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "", fmt.Errorf("%s: there is no folder %s", from, dir)
	case err != nil:
		return "", fmt.Errorf("%s: %w", from, err)
	case !isRoot(root):
		return "", fmt.Errorf("%s: %s is no archive: it has neither a folder news/ with years nor a file %s", from, dir, configName)
	}
	return root, nil
}

// isRoot reports whether a folder is an archive's root.
func isRoot(dir string) bool {
	if info, err := os.Stat(filepath.Join(dir, configName)); err == nil && info.Mode().IsRegular() {
		return true
	}
	years, err := filepath.Glob(filepath.Join(globQuote(dir), "news", "[0-9][0-9][0-9][0-9]"))
	return err == nil && len(years) > 0
}

// globQuote returns a path as a pattern that matches it alone.
func globQuote(p string) string {
	return strings.NewReplacer(`\`, `\\`, `[`, `\[`, `*`, `\*`, `?`, `\?`).Replace(p)
}

// paths returns the pages that the arguments of a command name, relative to the
// root: pages, and all pages below folders. An argument is relative to the
// working folder, or else to the archive's root. What is no page is left out,
// and said to be.
func (e *env) paths(a *opened, args []string) ([]string, error) {
	var out []string
	for _, arg := range args {
		p, dir, err := a.locate(arg)
		switch {
		case err != nil:
			return nil, err
		case dir:
			out = append(out, a.Paths(p)...)
		case !strings.HasSuffix(p, ".md"):
			e.note(arg + " is no page, and left out: pages end in .md")
		case !a.Holds(p):
			e.note(arg + " is hidden or ignored, and left out")
		default:
			out = append(out, p)
		}
	}
	slices.Sort(out)
	return slices.Compact(out), nil
}

// only returns the pages that the arguments of a command line name, or nil if
// there are none and the whole archive is meant.
func (e *env) only(c *cli.Context, a *opened) ([]string, error) {
	if !c.Args().Present() {
		return nil, nil
	}
	paths, err := e.paths(a, c.Args().Slice())
	if paths == nil {
		paths = []string{}
	}
	return paths, err
}

// locate returns the path of an argument relative to the root, and whether it
// is a folder. The argument is relative to the working folder if that is in the
// archive and has it, and else to the root. A day, 2018-03-14, is its folder.
func (a *opened) locate(arg string) (p string, dir bool, err error) {
	if arg == "" {
		return "", false, errors.New("an argument is empty; name a page or a folder, or leave it out")
	}
	failed := fmt.Errorf("there is no page or folder %s", arg)
	names := []string{arg}
	if !filepath.IsAbs(arg) {
		names = append(names, filepath.Join(a.root, arg))
	}
	if day, err := archive.ParseDate(arg); err == nil {
		names = append(names, filepath.Join(a.root, filepath.FromSlash(day.Dir())))
	}
	for _, name := range names {
		p, info, err := a.inRoot(name)
		switch {
		case err == nil && info.Mode()&fs.ModeSymlink != 0 && !strings.HasSuffix(p, ".md"):
			return "", false, fmt.Errorf("%s is a symbolic link, and none is followed", arg)
		case err == nil:
			return p, info.IsDir() && !strings.HasSuffix(p, ".md"), nil
		case errors.Is(err, errOutside):
			failed = fmt.Errorf("%s is outside the archive in %s", arg, a.root)
		case !errors.Is(err, fs.ErrNotExist):
			failed = err
		}
	}
	return "", false, failed
}

var errOutside = errors.New("outside the archive")

// inRoot returns a file's path relative to the root, or errOutside.
func (a *opened) inRoot(name string) (string, fs.FileInfo, error) {
	abs, err := filepath.Abs(name)
	if err != nil {
		return "", nil, err
	}
	info, err := os.Lstat(abs)
	if err != nil {
		return "", nil, err
	}
	parent, err := filepath.EvalSymlinks(filepath.Dir(abs))
	if err != nil {
		return "", nil, err
	}
	rel, err := filepath.Rel(a.root, filepath.Join(parent, filepath.Base(abs)))
	if err != nil || rel == ".." || strings.HasPrefix(rel, ".."+string(filepath.Separator)) {
		return "", nil, errOutside
	}
	return filepath.ToSlash(rel), info, nil
}

// note tells people something that is no result; nothing if it is empty.
func (e *env) note(line string) {
	if line != "" {
		fmt.Fprintf(e.stderr, "newsctl: %s\n", lint.Printable(line))
	}
}
