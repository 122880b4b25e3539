package plan

import (
	"compress/gzip"
	"crypto/sha256"
	"encoding/gob"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"

	"newsctl/archive/git"
	"newsctl/archive/txn"
)

// historyLength is how many changes a history keeps.
const historyLength = 20

// History is the last changes that newsctl made to an archive, in a directory
// outside the tracked tree: one file per change, with what takes it back.
//
// The file of a change is written before the change is made, and removed after it is
// taken back, with the ending .open meanwhile. Of a change whose file has it after a
// crash, the pages show whether it was made.
type History struct{ root, dir string }

// Made is a change in a history.
type Made struct {
	Time             time.Time
	Command, Subject string
	Pages            []string // in byte order

	file string
	undo []savedChange
}

// The endings of the files of a history.
const (
	madeExt = ".gz"
	openExt = ".open" // whether the change was made is not certain
)

// record is a change as its file has it.
type record struct {
	Version          int
	Time             time.Time
	Command, Subject string
	Undo             []savedChange
}

const recordVersion = 1

// HistoryOf returns the history of the archive below root: in git's directory, or in
// the user's state directory where the archive is not in git.
func HistoryOf(root string) (*History, error) {
	repo, err := git.Open(root)
	if err != nil {
		state, err := stateDir()
		return &History{root, filepath.Join(state, "newsctl", shortSum(root))}, err
	}
	dir, err := repo.Path("newsctl")
	return &History{root, filepath.Join(dir, "history-"+shortSum(repo.Prefix()))}, errors.Join(err, repo.Close())
}

func shortSum(text string) string {
	return fmt.Sprintf("%x", sha256.Sum256([]byte(text)))[:12]
}

// stateDir returns the directory where programs keep what outlives them.
func stateDir() (string, error) {
	if dir := os.Getenv("XDG_STATE_HOME"); filepath.IsAbs(dir) {
		return dir, nil
	}
	if runtime.GOOS == "windows" {
		return os.UserCacheDir()
	}
	home, err := os.UserHomeDir()
	return filepath.Join(home, ".local", "state"), err
}

// Changes returns the changes that were made and not taken back, newest first. It
// writes nothing.
func (h *History) Changes() ([]*Made, error) {
	files, err := h.files()
	if err != nil {
		return nil, err
	}
	slices.Reverse(files)
	var out []*Made
	for _, file := range files {
		m, err := readMade(file)
		if err != nil {
			return nil, fmt.Errorf("%s cannot be read: %w; remove it to go on without it", file, err)
		}
		if filepath.Ext(file) != openExt || !h.isGone(m) {
			out = append(out, m)
		}
	}
	return out, nil
}

// files returns the files of the history, oldest first.
func (h *History) files() ([]string, error) {
	entries, err := os.ReadDir(h.dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	var out []string
	for _, e := range entries { // in the order of their names
		if ext := filepath.Ext(e.Name()); ext == madeExt || ext == openExt {
			out = append(out, filepath.Join(h.dir, e.Name()))
		}
	}
	return out, nil
}

// maxRecord is more than the largest change of the largest archive takes, in bytes.
const maxRecord = 4 << 30

func readMade(file string) (*Made, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	in, err := gzip.NewReader(f)
	if err != nil {
		return nil, err
	}
	var r record
	if err := gob.NewDecoder(io.LimitReader(in, maxRecord)).Decode(&r); err != nil {
		return nil, err
	}
	if r.Version != recordVersion {
		return nil, errors.New("another version of newsctl wrote it")
	}
	m := &Made{Time: r.Time, Command: r.Command, Subject: r.Subject, file: file, undo: r.Undo}
	for i, c := range r.Undo {
		if !c.Delete && c.After == nil { // gob has no empty slices
			r.Undo[i].After = []byte{}
		}
		m.Pages = append(m.Pages, c.Path)
	}
	slices.Sort(m.Pages)
	return m, nil
}

// begin writes down what takes a plan back, before the plan is committed.
func (h *History) begin(p *Plan, command, subject string) (*Made, error) {
	files, err := h.settle()
	if err != nil {
		return nil, err
	}
	next := 1
	if n := len(files); n > 0 {
		last, err := strconv.Atoi(strings.TrimSuffix(filepath.Base(files[n-1]), madeExt))
		if err != nil {
			return nil, fmt.Errorf("%s is not a file of the history; remove it", files[n-1])
		}
		next = last + 1
	}
	changes := p.saved().Changes
	for i, c := range changes {
		if info, err := os.Lstat(filepath.Join(h.root, filepath.FromSlash(c.Path))); err == nil && c.Delete {
			changes[i].Mode = info.Mode().Perm()
		}
	}
	r := record{recordVersion, time.Now(), command, subject, reversed(changes)}
	m := &Made{file: filepath.Join(h.dir, fmt.Sprintf("%06d%s", next, openExt))}
	return m, r.write(m.file)
}

func (r record) write(file string) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(file), "new-*")
	if err != nil {
		return err
	}
	out, err := gzip.NewWriterLevel(f, gzip.BestSpeed)
	if err == nil {
		err = gob.NewEncoder(out).Encode(r)
		err = errors.Join(err, out.Close())
	}
	err = errors.Join(err, f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), file)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return nil
}

// made marks a change as one that was made, and forgets the oldest ones.
func (h *History) made(m *Made) error {
	if err := m.rename(madeExt); err != nil {
		return err
	}
	files, err := h.files()
	for _, file := range files[:max(0, len(files)-historyLength)] {
		err = errors.Join(err, os.Remove(file))
	}
	return err
}

func (m *Made) rename(ext string) error {
	to := strings.TrimSuffix(m.file, filepath.Ext(m.file)) + ext
	err := os.Rename(m.file, to)
	m.file = to
	return err
}

// forget removes a change from the history, with those after it: they were never made.
func (h *History) forget(m *Made) error {
	files, err := h.files()
	slices.Reverse(files)
	for _, file := range files {
		if file >= m.file {
			err = errors.Join(err, os.Remove(file))
		}
	}
	return err
}

// settle decides of each change that a killed command left open whether it was made,
// removes what was left half written, and returns the files of the history.
func (h *History) settle() ([]string, error) {
	files, err := h.files()
	if err != nil {
		return nil, err
	}
	half, _ := filepath.Glob(filepath.Join(h.dir, "new-*"))
	for _, file := range half {
		err = errors.Join(err, os.Remove(file))
	}
	var out []string
	for _, file := range files {
		if filepath.Ext(file) == openExt {
			m, readErr := readMade(file)
			if readErr != nil || h.isGone(m) {
				err = errors.Join(err, os.Remove(file))
				continue
			}
			err = errors.Join(err, m.rename(madeExt))
			file = m.file
		}
		out = append(out, file)
	}
	return out, err
}

// isGone reports whether the pages are as they were before a change.
func (h *History) isGone(m *Made) bool {
	for _, c := range m.undo {
		before := txn.Absent
		if !c.Delete {
			before = txn.HashOf(c.After)
		}
		if h.hash(c.end()) != before || h.isInTheWay(c.Path, c.end()) {
			return false
		}
	}
	return true
}

// moved returns the paths of the pages that are not as a change left them.
func (h *History) moved(m *Made) []string {
	var out []string
	for _, c := range m.undo {
		if h.hash(c.Path) != c.Before {
			out = append(out, c.Path)
		} else if c.To != "" && h.isInTheWay(c.To, c.Path) {
			out = append(out, c.To)
		}
	}
	slices.Sort(out)
	return out
}

// isInTheWay reports whether a file is at a path to which, or from which, the file at
// another path moved.
func (h *History) isInTheWay(p, moved string) bool {
	return p != moved && h.hash(p) != txn.Absent && !txn.IsOneFile(h.root, p, moved)
}

// hash returns the hash of the file at a path, or that of no file.
func (h *History) hash(p string) txn.Hash {
	data, err := os.ReadFile(filepath.Join(h.root, filepath.FromSlash(p)))
	if err != nil {
		return txn.Absent
	}
	return txn.HashOf(data)
}
