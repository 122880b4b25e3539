package archive

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"newsctl/archive/source"
)

// ledger is the ledger of sources in the tree of files, each part of it read at most
// once.
type ledger struct {
	all  once[known[*source.Ledger]]
	dead once[known[map[string]source.Entry]]
}

// known is what a ledger says, as far as it can be read.
type known[T any] struct {
	value T
	err   error
}

// maxLedger is far more than the ledger of a million sources takes, in bytes.
const maxLedger = 512 << 20

// Ledger returns what the archive knows of its sources. Where it has no ledger,
// that is nothing. An error names the line that is wrong.
func (a *Archive) Ledger() (*source.Ledger, error) {
	k := a.ledger.all.get(func() known[*source.Ledger] { return readKnown(a, source.ReadLedger) })
	if k.value == nil {
		k.value = source.NewLedger()
	}
	return k.value, k.err
}

// DeadSources returns the sources that the ledger calls dead, by their keys, with
// the errors of [Archive.Ledger].
func (a *Archive) DeadSources() (map[string]source.Entry, error) {
	k := a.ledger.dead.get(func() known[map[string]source.Entry] {
		return readKnown(a, func(src []byte) (map[string]source.Entry, error) {
			return source.ReadDead(src, a.config.Sources.Policy())
		})
	})
	return k.value, k.err
}

// readKnown reads the ledger of an archive.
func readKnown[T any](a *Archive, read func([]byte) (T, error)) (out known[T]) {
	name := a.config.Sources.Ledger
	src, err := a.readLedger(name)
	if err != nil {
		out.err = fmt.Errorf("the ledger of sources %s %w", name, err)
		return out
	}
	out.value, err = read(src)
	var errs []error
	for _, err := range unjoin(err) {
		errs = append(errs, fmt.Errorf("%s:%w", name, err))
	}
	out.err = errors.Join(errs...)
	return out
}

func (a *Archive) readLedger(name string) ([]byte, error) {
	if ok, err := a.hasFile(name); !ok || err != nil {
		return nil, err
	}
	f, err := a.fsys.Open(name)
	if err != nil {
		return nil, fmt.Errorf("cannot be read: %w", err)
	}
	defer f.Close()
	src, err := io.ReadAll(io.LimitReader(f, maxLedger+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("cannot be read: %w", err)
	case len(src) > maxLedger:
		return nil, fmt.Errorf("is larger than %d MiB", maxLedger>>20)
	}
	return src, nil
}

// hasFile reports whether a file is at a path, hidden or not. No symbolic link is
// followed.
func (a *Archive) hasFile(name string) (bool, error) {
	if !fs.ValidPath(name) {
		return false, errors.New("is outside the archive; give a path relative to its root")
	}
	dir := "."
	for _, part := range strings.Split(name, "/") {
		entries, err := fs.ReadDir(a.fsys, dir)
		if err != nil {
			return false, fmt.Errorf("cannot be read: %w", err)
		}
		i := slices.IndexFunc(entries, func(e fs.DirEntry) bool { return e.Name() == part })
		dir = path.Join(dir, part)
		switch {
		case i < 0:
			return false, nil
		case dir == name && !entries[i].Type().IsRegular(), dir != name && !entries[i].IsDir():
			return false, fmt.Errorf("is not a regular file: check %s", dir)
		}
	}
	return true, nil
}

// unjoin returns the errors that errors.Join made one of.
func unjoin(err error) []error {
	if list, ok := err.(interface{ Unwrap() []error }); ok {
		return list.Unwrap()
	}
	return nil
}
