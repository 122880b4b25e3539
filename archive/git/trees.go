package git

import (
	"errors"
	"slices"
)

// tree returns a lister of the directories of a tree by its id. What is read of a tree
// is read once, whichever versions have it.
func (r *Repo) tree(id string) lister {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.trees[id] == nil {
		if r.trees == nil {
			r.trees = map[string]lister{}
		}
		r.trees[id] = r.dirs(id)
	}
	return r.trees[id]
}

// errRenames says that files were both added and removed, so that some may have been
// renamed.
var errRenames = errors.New("files may have been renamed")

// diffTrees returns the files that differ between two trees, or errRenames. It reads only
// the directories that differ.
func (r *Repo) diffTrees(from, to string) (diff, error) {
	if from == to {
		return diff{}, nil
	}
	d := treeDiff{from: r.tree(from), to: r.tree(to)}
	if err := d.directory("."); err != nil {
		return diff{}, err
	}
	if d.added && d.removed {
		return diff{}, errRenames
	}
	slices.SortFunc(d.changes, byPath)
	return diff{changes: d.changes}, nil
}

// treeDiff compares two trees.
type treeDiff struct {
	from, to       lister
	changes        []Change
	added, removed bool
}

// directory compares a directory that is in both trees.
func (d *treeDiff) directory(dir string) error {
	was, err := d.from(dir)
	if err != nil {
		return err
	}
	is, err := d.to(dir)
	if err != nil {
		return err
	}
	for len(was) > 0 || len(is) > 0 {
		switch {
		case len(is) == 0 || len(was) > 0 && was[0].name < is[0].name:
			err, was = d.all(d.from, dir, was[0], d.remove), was[1:]
		case len(was) == 0 || is[0].name < was[0].name:
			err, is = d.all(d.to, dir, is[0], d.add), is[1:]
		default:
			err = d.entry(dir, was[0], is[0])
			was, is = was[1:], is[1:]
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// entry compares what is at one path in both trees.
func (d *treeDiff) entry(dir string, was, is entry) error {
	p := inDir(dir, was.name)
	switch {
	case was.id == is.id && was.mode == is.mode:
		return nil
	case was.mode == dirMode && is.mode == dirMode:
		return d.directory(p)
	case was.mode == dirMode || is.mode == dirMode:
		return errors.Join(d.all(d.from, dir, was, d.remove), d.all(d.to, dir, is, d.add))
	}
	d.changes = append(d.changes, Change{p, p})
	return nil
}

// all calls do for the files that an entry of a directory names: one, or those below it.
func (d *treeDiff) all(list lister, dir string, e entry, do func(p string)) error {
	p := inDir(dir, e.name)
	if e.mode != dirMode {
		do(p)
		return nil
	}
	entries, err := list(p)
	for _, below := range entries {
		err = errors.Join(err, d.all(list, p, below, do))
	}
	return err
}

func (d *treeDiff) add(p string) {
	d.added, d.changes = true, append(d.changes, Change{To: p})
}

func (d *treeDiff) remove(p string) {
	d.removed, d.changes = true, append(d.changes, Change{From: p})
}

func inDir(dir, name string) string {
	if dir == "." {
		return name
	}
	return dir + "/" + name
}
