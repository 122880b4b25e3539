package archive

import (
	"context"

	"newsctl/archive/git"
	"newsctl/archive/txn"
)

// Lock is the right to change an archive. One process has it at a time, so that
// what it reads is what it will write to.
type Lock struct {
	lock      *txn.Lock
	committed bool
}

// Acquire waits for the right to change the archive below root until ctx is
// done; the error then says who has it. Who names the command to others that
// wait. What a killed command left half done is put right first; recovered says
// so.
func Acquire(ctx context.Context, root, who string) (l *Lock, recovered string, err error) {
	lock, err := txn.Acquire(ctx, lockedTree(root), who)
	if err != nil {
		return nil, "", err
	}
	return &Lock{lock: lock}, lock.Recovered, nil
}

// Commit makes all changes of a plan, or none. It is an error if a page is no
// longer what the plan was made from.
func (l *Lock) Commit(p *Plan) error {
	var ops []txn.Op
	for _, c := range p.changes.sorted() {
		ops = append(ops, c.ops()...)
	}
	if err := l.lock.Commit(ops); err != nil {
		return err
	}
	l.committed = true
	return nil
}

// Committed reports whether a plan was committed.
func (l *Lock) Committed() bool { return l.committed }

// Release gives the right back, once a commit under way has ended. An error says
// that temporary files are left; what was committed stays.
func (l *Lock) Release() error { return l.lock.Release() }

// State is the archive between two commits. What is read while it is current is
// of one state.
type State = txn.Generation

// Begin returns the state in which a reader of the archive below root begins. A
// commit under way is waited for until ctx is done; the error then says whose it
// is. What a killed command left half done is put right first; note says so, or
// what is left alone.
func Begin(ctx context.Context, root string) (s *State, note string, err error) {
	return txn.Begin(ctx, lockedTree(root))
}

// lockedTree returns the tree below root. A journal that git tracks is not used:
// whoever cloned the archive did not interrupt a command.
func lockedTree(root string) txn.Tree {
	return txn.Tree{Root: root, Distrust: func() string {
		repo, err := git.Open(root)
		if err != nil {
			return ""
		}
		if tracked, err := repo.Tracks(txn.JournalFile); err != nil || !tracked {
			return ""
		}
		return "git tracks it, so that a clone may have brought it"
	}}
}
