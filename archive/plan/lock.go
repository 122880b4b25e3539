package plan

import (
	"context"

	"newsctl/archive/git"
	"newsctl/archive/txn"
)

// Lock is the right to change an archive. One process has it at a time, so that
// what it reads is what it will write to.
type Lock struct {
	// History, if not nil, gets the changes that are made, with the command and the
	// subject of each.
	History          *History
	Command, Subject string

	// Unrecorded is why the last change is not in the history, or nil.
	Unrecorded error

	lock      *txn.Lock
	committed bool
}

// Acquire waits for the right to change the archive below root until ctx is
// done; the error then says who has it. Who names the command to others that
// wait. What a killed command left half done is corrected first; recovered says
// so.
func Acquire(ctx context.Context, root, who string) (l *Lock, recovered string, err error) {
	lock, err := txn.Acquire(ctx, lockedTree(root), who)
	if err != nil {
		return nil, "", err
	}
	return &Lock{lock: lock, Command: who}, lock.Recovered, nil
}

// Commit makes all changes of a plan, or none. It is an error if a page is no
// longer what the plan was made from.
func (l *Lock) Commit(p *Plan) error {
	var ops []txn.Op
	for _, c := range p.changes.Sorted() {
		ops = append(ops, opsOf(c)...)
	}
	m := l.record(p)
	if err := l.lock.Commit(ops); err != nil {
		return err // of a change that is recorded and not made, the pages say so
	}
	l.committed = true
	switch {
	case m == nil:
	case p.undoes != nil:
		l.Unrecorded = l.History.forget(m)
	default:
		l.Unrecorded = l.History.made(m)
	}
	return nil
}

// record writes down what takes a plan back before it is committed, or that the
// change which it takes back may be gone. It returns nil if there is nothing to
// complete afterwards.
func (l *Lock) record(p *Plan) (m *Made) {
	switch {
	case l.History == nil || p.Len() == 0:
		return nil
	case p.undoes != nil:
		m, l.Unrecorded = p.undoes, p.undoes.rename(openExt)
	default:
		m, l.Unrecorded = l.History.begin(p, l.Command, l.Subject)
	}
	if l.Unrecorded != nil {
		return nil
	}
	return m
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
// is. What a killed command left half done is corrected first; note says so, or
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
