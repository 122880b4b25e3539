package commands

import (
	"errors"
	"io/fs"
	"regexp"
	"slices"

	"newsctl/archive/git"
	"newsctl/archive/page"
)

// mergeSides reads pages of both sides of a merge, besides the one that is merged: what
// is on disk meanwhile is our side.
type mergeSides struct {
	root   string // of the archive, absolute
	theirs string // a commit, or nothing if it is not known

	repo  *git.Repo // nil until their side is read
	files fs.FS     // of their side
}

// pickedCommit matches the label of a side that is a commit: its id and its subject.
var pickedCommit = regexp.MustCompile(`^([0-9a-f]{7,64}) \(`)

// theirCommit returns the commit that git merges, as far as a merge driver learns of it.
func theirCommit(label string) string {
	if m := pickedCommit.FindStringSubmatch(label); m != nil {
		return m[1]
	}
	return git.MergeHead()
}

// names returns the names that read finds in a page of both sides, or of the side that
// has the page.
func (s *mergeSides) names(p string, read func(src []byte) []string) []string {
	var out []string
	found := false
	for _, files := range []fs.FS{ownFiles(s.root), s.theirFiles()} {
		if files == nil {
			continue
		}
		src, err := readPageFile(files, p)
		if err != nil {
			continue
		}
		names := read(src)
		if found {
			names = slices.DeleteFunc(names, func(n string) bool { return !slices.Contains(out, n) })
		}
		out, found = names, true
	}
	return out
}

// removed reports whether a side lacks a page.
func (s *mergeSides) removed(p string) bool {
	for _, files := range []fs.FS{ownFiles(s.root), s.theirFiles()} {
		if files == nil {
			continue
		}
		if _, err := fs.Stat(files, p); errors.Is(err, fs.ErrNotExist) {
			return true
		}
	}
	return false
}

// theirFiles returns the files of their side, or nil if they cannot be read.
func (s *mergeSides) theirFiles() fs.FS {
	if s.theirs == "" || s.repo != nil {
		return s.files
	}
	repo, err := git.Open(s.root)
	if err != nil {
		s.theirs = ""
		return nil
	}
	s.repo = repo
	if files, err := repo.Files(s.theirs); err == nil {
		s.files = files
	}
	return s.files
}

func (s *mergeSides) close() error {
	if s.repo == nil {
		return nil
	}
	return s.repo.Close()
}

// readPageFile reads a page of an archive.
func readPageFile(files fs.FS, p string) ([]byte, error) {
	f, err := files.Open(p)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return readBounded(f, page.MaxSize)
}
