package txn

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"time"
)

// Generation is the state of a tree between two commits. A reader that finds it
// unchanged has read one state of the tree, and has kept nobody waiting.
//
// It is what the system says of the root directory. A commit, and what undoes
// one, changes the time of the root before the journal is removed
// ([Lock.advance]), so that of two checks the tree one sees the journal, or the
// two times differ.
type Generation struct {
	root    string
	info    fs.FileInfo
	foreign bool // a journal is there which is not used, and which keeps out all commits
}

// Begin returns the generation in which a reader of a tree begins. It corrects
// what a killed command left, as [Recover] does. While a commit is under way it
// waits; when ctx is done, the error says whose commit it is. Note says what was
// corrected, or why a journal is not used.
func Begin(ctx context.Context, t Tree) (g *Generation, note string, err error) {
	for {
		recovered, err := Recover(t)
		foreign := errors.Is(err, errForeign)
		switch {
		case foreign:
			note = err.Error()
		case err != nil:
			return nil, "", err
		case recovered != "":
			note = recovered
		}
		info, err := os.Stat(t.Root)
		if err != nil {
			return nil, "", err
		}
		if foreign || !Pending(t.Root) {
			return &Generation{t.Root, info, foreign}, note, nil
		}
		select {
		case <-ctx.Done():
			return nil, "", beingChanged(t.Root)
		case <-time.After(pollInterval):
		}
	}
}

// IsCurrent reports whether no commit was made, or is under way, since g was the
// generation of the tree. It may report false although there was none.
func (g *Generation) IsCurrent() bool {
	if !g.foreign && Pending(g.root) { // first: a commit may end between the two looks
		return false
	}
	info, err := os.Stat(g.root)
	return err == nil && os.SameFile(info, g.info) && info.ModTime().Equal(g.info.ModTime())
}

// generationDir is made and removed to change the time of the root.
const generationDir = ".newsctl-generation"

// Clocks of file systems tick every 10 ms or, where times are whole seconds, every
// 2 s at most.
const (
	tick       = 20 * time.Millisecond
	coarseTick = 2 * time.Second
)

// advance gives the tree a new generation, while the journal is still there: the
// root gets a time that it never had. On a disk that is full it cannot, and the
// readers of that moment rely on the time that the work directory leaves.
func (l *Lock) advance() {
	info, err := os.Stat(l.tree.Root)
	if err != nil {
		return
	}
	wait := tick
	if info.ModTime().Nanosecond() == 0 {
		wait = coarseTick
	}
	if age := time.Since(info.ModTime()); age < wait && !l.tree.hurry {
		time.Sleep(min(wait-age, wait))
	}
	if err := l.mkdir(generationDir, 0o777); err != nil && !errors.Is(err, fs.ErrExist) {
		return
	}
	if err := l.rmdir(generationDir); err != nil {
		_ = l.rmdir(generationDir) // or the next commit removes it
	}
}
