package commands

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"github.com/gofrs/flock"

	"newsctl/archive/source"
)

// journal is what a check has found out and not yet written to the ledger: a file
// beside it, which grows by a line before and after each request, so that a check
// that is killed asks for nothing twice. Who has it locked checks.
type journal struct {
	file    *os.File
	lock    *flock.Flock
	name    string // of the ledger
	ledger  string // its file
	earlier []source.Entry
}

// maxLedgerFile is far more than the ledger of a million sources takes, in bytes.
const maxLedgerFile = 512 << 20

// openJournal opens the journal of a ledger, below the root of an archive.
func openJournal(root ownFiles, name string) (*journal, error) {
	j := &journal{name: name}
	var err error
	if j.ledger, err = root.locate(name); err == nil && strings.HasSuffix(j.ledger, ".md") {
		err = errors.New("is the name of a page; choose another")
	}
	if info, statErr := os.Lstat(j.ledger); err == nil && statErr == nil && !info.Mode().IsRegular() {
		err = errors.New("is not a regular file")
	}
	if err != nil {
		return nil, fmt.Errorf("the ledger of sources %s %w", name, err)
	}
	file, err := root.locate(name + ".journal")
	if err != nil {
		return nil, fmt.Errorf("%s.journal %w", name, err)
	}
	if err := j.open(file); err != nil {
		return nil, fmt.Errorf("%s.journal: %w", name, err)
	}
	return j, j.read()
}

// open locks the file and opens it.
func (j *journal) open(file string) error {
	j.lock = flock.New(file)
	switch ok, err := j.lock.TryLock(); {
	case err != nil:
		return err
	case !ok:
		return errors.New("another newsctl sources check is running")
	}
	f, err := os.OpenFile(file, os.O_RDWR|os.O_APPEND, 0)
	if err == nil {
		var info, now fs.FileInfo
		if info, err = f.Stat(); err == nil {
			now, err = os.Lstat(file)
		}
		if err == nil && (!os.SameFile(info, now) || !info.Mode().IsRegular()) {
			err = errors.New("the file was replaced; run the command again")
		}
	}
	if err != nil {
		return errors.Join(err, j.lock.Unlock())
	}
	j.file = f
	return nil
}

// read reads what an earlier check left. Its last line may be torn.
func (j *journal) read() error {
	src, err := readBounded(j.file, maxLedgerFile)
	if err != nil {
		return err
	}
	end := bytes.LastIndexByte(src, '\n') + 1
	l, _ := source.ReadLedger(src[:end]) // what cannot be read is asked again
	j.earlier = l.Entries()
	if end < len(src) {
		return j.file.Truncate(int64(end))
	}
	return nil
}

// add writes what is known of a source.
func (j *journal) add(e source.Entry) error {
	line, err := e.Line()
	if err == nil {
		_, err = j.file.Write(line)
	}
	return err
}

// save changes the ledger as it is now, writes it, all or nothing, and removes the
// journal.
func (j *journal) save(change func(*source.Ledger)) error {
	l, err := readLedger(j.ledger)
	if err != nil {
		return errors.Join(err, j.file.Close(), j.lock.Unlock())
	}
	for _, e := range j.earlier {
		l.Add(e)
	}
	change(l)
	err = writeLedger(j.ledger, l)
	if err == nil {
		err = os.Remove(j.file.Name())
	}
	return errors.Join(err, j.file.Close(), j.lock.Unlock())
}

func readLedger(file string) (*source.Ledger, error) {
	src, err := readRegular(file, maxLedgerFile)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	l, err := source.ReadLedger(src)
	if err != nil {
		return nil, fmt.Errorf("it changed while sources were asked, and cannot be read: line %w", err)
	}
	return l, nil
}

func writeLedger(file string, l *source.Ledger) error {
	mode := fs.FileMode(0o644)
	if info, err := os.Stat(file); err == nil {
		mode = info.Mode().Perm()
	} else if l.Len() == 0 {
		return nil // there is nothing to remember
	}
	var b bytes.Buffer
	if err := l.Write(&b); err != nil {
		return err
	}
	if old, err := os.ReadFile(file); err == nil && bytes.Equal(old, b.Bytes()) {
		return nil
	}
	return replaceFile(file, b.Bytes(), mode)
}
