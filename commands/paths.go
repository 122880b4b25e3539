package commands

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"newsctl/archive"
	"newsctl/archive/query"
)

// paths returns the pages that the arguments of a command name, relative to the
// root: pages, all pages below directories, and the events of ranges of days. An
// argument is relative to the working directory, or else to the archive's root.
// What is not a page is omitted with a note.
func (e *env) paths(a *opened, args []string) ([]string, error) {
	var out []string
	for _, arg := range args {
		p, dir, err := a.locateFile(arg)
		if err != nil && !errors.Is(err, errOutside) {
			if days, noRange := parseDays(arg); noRange == nil {
				events, err := a.eventsOf(arg, days)
				if err != nil {
					return nil, err
				}
				out = append(out, events...)
				continue
			}
			p, dir, err = a.locate(arg)
		}
		switch {
		case err != nil:
			return nil, err
		case dir:
			out = append(out, a.Paths(p)...)
		case !strings.HasSuffix(p, ".md"):
			e.note(arg + " is not a page and is skipped: names of pages end in .md")
		case !a.Holds(p):
			e.note(arg + " is hidden or ignored and is skipped")
		default:
			out = append(out, p)
		}
	}
	slices.Sort(out)
	return slices.Compact(out), nil
}

// only returns the pages that arguments and filters select, or nil if there are none
// and the whole archive is meant.
func (e *env) only(a *opened, args []string, o *filterOptions) (paths []string, err error) {
	if len(args) > 0 {
		if paths, err = e.paths(a, args); err != nil {
			return nil, err
		}
		if paths == nil {
			paths = []string{}
		}
	}
	return e.filtered(a, o, paths)
}

// locate returns the path of an argument relative to the root, and whether it
// is a directory. The argument is relative to the working directory if that is in the
// archive and has it, and else to the root. A day, 2018-03-14, is its directory. A
// page may also be named as a link, as its published address, or by words of its
// headline ([opened.named]).
func (a *opened) locate(arg string) (p string, dir bool, err error) {
	p, dir, err = a.locateFile(arg)
	if err == nil || errors.Is(err, errOutside) {
		return p, dir, err
	}
	if named, other := a.named(arg); !errors.Is(other, errNoPage) {
		return named, false, other
	}
	return p, dir, err
}

// eventsOf returns the events of days that an argument names.
func (a *opened) eventsOf(arg string, days query.Days) ([]string, error) {
	var out []string
	for _, p := range a.Paths(".") {
		if kind, d := archive.Classify(p); kind == archive.EventPage && days.Has(d) {
			out = append(out, p)
		}
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("no events in %s", arg)
	}
	return out, nil
}

// locateFile returns the path of a page or directory that an argument names by its
// path, or the directory of a day.
func (a *opened) locateFile(arg string) (p string, dir bool, err error) {
	if arg == "" {
		return "", false, errors.New("empty argument; name a page or a directory, or omit it")
	}
	failed := fmt.Errorf("no page or directory %s", arg)
	names := []string{arg}
	if !filepath.IsAbs(arg) {
		names = append(names, filepath.Join(a.root, arg))
	}
	if day, err := archive.ParseTypedDate(arg); err == nil {
		names = append(names, filepath.Join(a.root, filepath.FromSlash(day.Dir())))
	} else if !errors.Is(err, archive.ErrDate) {
		failed = fmt.Errorf("%s is not a date", arg)
	}
	for _, name := range names {
		p, mode, err := a.inRoot(name)
		switch {
		case err == nil && mode&fs.ModeSymlink != 0 && !strings.HasSuffix(p, ".md"):
			return "", false, fmt.Errorf("%s is a symbolic link; newsctl does not follow them", arg)
		case err == nil:
			return p, mode.IsDir() && !strings.HasSuffix(p, ".md"), nil
		case errors.Is(err, errOutside) && !errors.Is(err, fs.ErrNotExist):
			failed = fmt.Errorf("%s is %w in %s", arg, errOutside, a.root)
		case !errors.Is(err, fs.ErrNotExist):
			failed = err
		}
	}
	return "", false, failed
}

var errOutside = errors.New("outside the archive")

// inRoot returns the path of a file relative to the root, or errOutside, and the
// type of the file. It need not be on disk, if this version of the archive has it.
func (a *opened) inRoot(name string) (string, fs.FileMode, error) {
	abs, err := filepath.Abs(name)
	if err != nil {
		return "", 0, err
	}
	info, missing := os.Lstat(abs)
	if missing != nil && !errors.Is(missing, fs.ErrNotExist) {
		return "", 0, missing
	}
	parent, err := resolveExisting(filepath.Dir(abs))
	if err != nil {
		return "", 0, err
	}
	rel, err := filepath.Rel(a.root, filepath.Join(parent, filepath.Base(abs)))
	if err != nil || !filepath.IsLocal(rel) {
		return "", 0, errors.Join(missing, errOutside)
	}
	rel = filepath.ToSlash(rel)
	switch {
	case missing == nil:
		return rel, info.Mode(), nil
	case a.Exists(rel):
		return rel, 0, nil
	case len(a.Paths(rel)) > 0:
		return rel, fs.ModeDir, nil
	}
	return "", 0, missing
}

// resolveExisting returns a path with the symbolic links of the part that exists
// resolved.
func resolveExisting(name string) (string, error) {
	resolved, err := filepath.EvalSymlinks(name)
	if !errors.Is(err, fs.ErrNotExist) || name == filepath.Dir(name) {
		return resolved, err
	}
	parent, err := resolveExisting(filepath.Dir(name))
	return filepath.Join(parent, filepath.Base(name)), err
}
