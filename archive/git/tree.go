package git

import (
	"bytes"
	"encoding/hex"
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"
)

// entry is a name in a directory, and the object that is there.
type entry struct {
	name string
	mode string // as git writes it; empty if nothing is there
	id   string
}

// The modes of what is not a regular file.
const (
	dirMode       = "40000"
	symlinkMode   = "120000"
	submoduleMode = "160000"
)

// lister returns what is in a directory, in byte order of the names.
type lister func(dir string) ([]entry, error)

// dirs lists the directories of a tree, whatever names it, each read at most once.
func (r *Repo) dirs(tree string) lister {
	var read sync.Map // path from the top -> []entry
	var list lister
	list = func(dir string) ([]entry, error) {
		if kept, ok := read.Load(dir); ok {
			return kept.([]entry), nil
		}
		id := tree
		if dir != "." {
			above, err := list(path.Dir(dir))
			if err != nil {
				return nil, err
			}
			e, ok := find(above, path.Base(dir))
			switch {
			case !ok || e.mode != dirMode && e.mode != submoduleMode:
				return nil, fs.ErrNotExist
			case e.mode == submoduleMode:
				return nil, nil
			}
			id = e.id
		}
		id, raw, err := r.object(id)
		if err != nil {
			return nil, err
		}
		entries, err := parseTree(raw, len(id)/2)
		if err != nil {
			return nil, err
		}
		read.Store(dir, entries)
		return entries, nil
	}
	return func(dir string) ([]entry, error) {
		entries, err := list(path.Join(r.prefix, dir))
		if errors.Is(err, fs.ErrNotExist) && dir == "." {
			return nil, nil // the archive was not there yet
		}
		return entries, err
	}
}

// parseTree reads a tree object: mode, space, name, NUL, and an id of so many
// bytes, again and again.
func parseTree(raw []byte, idSize int) ([]entry, error) {
	var out []entry
	for len(raw) > 0 {
		mode, rest, ok1 := bytes.Cut(raw, []byte{' '})
		name, rest, ok2 := bytes.Cut(rest, []byte{0})
		if !ok1 || !ok2 || len(rest) < idSize {
			return nil, errors.New("git: a tree cannot be read; the repository may be damaged, see git fsck")
		}
		out = append(out, entry{string(name), string(mode), hex.EncodeToString(rest[:idSize])})
		raw = rest[idSize:]
	}
	slices.SortFunc(out, byName) // git sorts a directory as if a slash were at its end
	return out, nil
}

func byName(a, b entry) int { return strings.Compare(a.name, b.name) }

func find(entries []entry, name string) (entry, bool) {
	i, ok := slices.BinarySearchFunc(entries, entry{name: name}, byName)
	if !ok {
		return entry{}, false
	}
	return entries[i], true
}

// overlay lists the directories of a tree with changed entries, which are in byte order
// of their paths, in place of those it has.
func overlay(base lister, changed []entry) lister {
	var made sync.Map // directory -> []entry, of those with changed entries
	var list lister
	list = func(dir string) ([]entry, error) {
		if kept, ok := made.Load(dir); ok {
			return kept.([]entry), nil
		}
		if e, ok := find(changed, dir); ok && e.mode == submoduleMode {
			return nil, nil
		}
		entries, err := base(dir)
		here := children(changed, dir)
		if len(here) == 0 || err != nil && !errors.Is(err, fs.ErrNotExist) {
			return entries, err
		}
		named := map[string]bool{}
		var out []entry
		for _, e := range here {
			named[e.name] = true
			if e.mode == dirMode {
				inside, err := list(path.Join(dir, e.name))
				if err != nil && !errors.Is(err, fs.ErrNotExist) {
					return nil, err
				}
				if len(inside) == 0 {
					e.mode = ""
				}
			}
			if e.mode != "" {
				out = append(out, e)
			}
		}
		for _, e := range entries {
			if !named[e.name] {
				out = append(out, e)
			}
		}
		if len(out) == 0 && dir != "." {
			return nil, fs.ErrNotExist
		}
		slices.SortFunc(out, byName)
		made.Store(dir, out)
		return out, nil
	}
	return list
}

// children returns what is in a directory of entries that are in byte order of their
// paths. Where a file gave way to a directory, both are returned.
func children(all []entry, dir string) []entry {
	prefix := dir + "/"
	if dir == "." {
		prefix = ""
	}
	i, _ := slices.BinarySearchFunc(all, entry{name: prefix}, byName)
	var out []entry
	for i < len(all) && strings.HasPrefix(all[i].name, prefix) {
		e := all[i]
		name, _, isDir := strings.Cut(e.name[len(prefix):], "/")
		if !isDir {
			out = append(out, entry{name, e.mode, e.id})
			i++
			continue
		}
		out = append(out, entry{name: name, mode: dirMode})
		n, _ := slices.BinarySearchFunc(all[i:], entry{name: prefix + name + "0"}, byName) // 0 is after the slash
		i += n
	}
	return out
}

// headDirs lists the directories of HEAD. Before the first commit there are none.
func (r *Repo) headDirs() lister {
	const head = "HEAD^{tree}"
	unborn := sync.OnceValue(r.unborn)
	list := sync.OnceValue(func() lister {
		if id, _, err := r.object(head); err == nil {
			return r.tree(id)
		}
		return r.dirs(head)
	})
	return func(dir string) ([]entry, error) {
		entries, err := list()(dir)
		switch {
		case !errors.Is(err, errMissing) || !unborn():
			return entries, err
		case dir == ".":
			return nil, nil
		}
		return nil, fs.ErrNotExist
	}
}
