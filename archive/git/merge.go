package git

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// Merge merges a commit into HEAD without touching anything, and returns the
// tree that results, a version for the other methods, and the paths of the
// files that conflict, in which case the tree is of little use. It is not to be
// called while another method runs, and [Repo.Close] is to be called after it.
func (r *Repo) Merge(rev string) (tree string, conflicts []string, err error) {
	head, err := r.resolve("HEAD", "commit")
	if err != nil {
		return "", nil, errors.New("there is no commit yet to merge with")
	}
	other, err := r.resolve(rev, "commit")
	if err != nil {
		return "", nil, err
	}
	if err := r.keepObjectsApart(); err != nil {
		return "", nil, err
	}
	fields, err := r.fields("merge-tree", "--write-tree", "--name-only", "--no-messages", "-z", head, other)
	switch status(err) {
	case 129:
		return "", nil, errors.New("this git cannot merge without the work tree; install git 2.38 or later")
	case 1:
		err = nil
	}
	if err != nil || len(fields) == 0 {
		return "", nil, err
	}
	for _, p := range fields[1:] {
		if below, ok := strings.CutPrefix(p, r.prefix); ok && below != "" {
			conflicts = append(conflicts, below)
		}
	}
	return fields[0], conflicts, nil
}

// keepObjectsApart makes git write new objects to a folder that goes when the
// repository is closed.
func (r *Repo) keepObjectsApart() error {
	if r.scratch != "" {
		return nil
	}
	out, err := r.run("rev-parse", "--git-path", "objects")
	if err != nil {
		return err
	}
	if r.scratch, err = os.MkdirTemp("", "newsctl-merge-"); err != nil {
		return fmt.Errorf("no folder for the merge: %w", err)
	}
	objects := absolute(r.root, filepath.FromSlash(strings.TrimSpace(string(out))))
	if strings.ContainsRune(objects, filepath.ListSeparator) {
		objects = strconv.Quote(objects)
	}
	r.env = append(r.env, "GIT_OBJECT_DIRECTORY="+r.scratch, "GIT_ALTERNATE_OBJECT_DIRECTORIES="+objects)
	return r.stopReading()
}
