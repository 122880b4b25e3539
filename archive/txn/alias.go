package txn

import (
	"os"
	"path"
	"slices"
	"strings"
)

// inPlace returns ops with each pair that moves a file to another case of its own name
// made one, where the disk takes the two names for one.
func (l *Lock) inPlace(ops []Op) ([]Op, error) {
	place := make(map[string]int, len(ops))
	for i, op := range ops {
		place[op.Path] = i
	}
	var moved []int
	for i, op := range ops {
		from, ok := place[op.From]
		if !ok || op.Before != Absent || !ops[from].Remove {
			continue
		}
		same, err := l.isOneFile(op.Path, op.From)
		if err != nil {
			return nil, err
		}
		if same {
			ops[from].Remove, ops[from].Data, ops[from].to = false, op.Data, op.Path
			moved = append(moved, i)
		}
	}
	if len(moved) == 0 {
		return ops, nil
	}
	var out []Op
	for i, op := range ops {
		if !slices.Contains(moved, i) {
			out = append(out, op)
		}
	}
	return out, nil
}

// isOneFile reports whether the disk takes two names for one: it finds a file by both,
// and their directory has one of them.
func (l *Lock) isOneFile(p, q string) (bool, error) {
	if path.Dir(p) != path.Dir(q) {
		return false, nil
	}
	first, err := os.Lstat(l.abs(p))
	if err != nil {
		return false, absentOr(err)
	}
	second, err := os.Lstat(l.abs(q))
	if err != nil {
		return false, absentOr(err)
	}
	if !os.SameFile(first, second) && !strings.EqualFold(p, q) { // in user space, a file may have several numbers
		return false, nil
	}
	entries, err := os.ReadDir(l.abs(path.Dir(p)))
	names := 0
	for _, e := range entries {
		if e.Name() == path.Base(p) || e.Name() == path.Base(q) {
			names++
		}
	}
	return names == 1, err
}

// IsOneFile reports whether two paths below a root are two cases of the name of one
// file, on a disk that ignores case.
func IsOneFile(root, p, q string) bool {
	one, err := (&Lock{tree: Tree{Root: root}}).isOneFile(p, q)
	return one && err == nil
}

// absentOr returns an error, but for that of a file that is not there.
func absentOr(err error) error {
	if isAbsent(err) {
		return nil
	}
	return err
}

// giveName renames a file that is changed in place, if it is to have another case of
// its name, and the disk takes the two for one.
func (l *Lock) giveName(from, to string) error {
	if from == "" || to == "" {
		return nil
	}
	if one, err := l.isOneFile(from, to); !one || err != nil {
		return err
	}
	return l.rename(from, to)
}
