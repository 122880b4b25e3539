package archive

import (
	"context"
	"errors"

	"newsctl/archive/git"
	"newsctl/archive/txn"
)

// Hold is the right to change an archive. One process has it at a time, so
// that what it reads is what it will write to.
type Hold struct{ lock *txn.Lock }

// Acquire waits for the right to change the archive below root until ctx is
// done; the error then says who has it. Who names the command to others that
// wait. What a killed command left half done is put right first, and told in
// recovered.
func Acquire(ctx context.Context, root, who string) (h *Hold, recovered string, err error) {
	lock, err := txn.Acquire(ctx, lockedTree(root), who)
	if err != nil {
		return nil, "", err
	}
	return &Hold{lock}, lock.Recovered, nil
}

// Commit makes all changes of a plan, or none. It is an error if a page is no
// longer what the plan was made from.
func (h *Hold) Commit(p *Plan) error {
	var ops []txn.Op
	for _, c := range p.changes.sorted() {
		ops = append(ops, c.ops()...)
	}
	return h.lock.Commit(ops)
}

// Release gives the right back.
func (h *Hold) Release() error { return h.lock.Release() }

// Recover puts right what a killed command left half done below root, and says so
// in one line, empty if there was nothing. While a command is at work it does
// nothing and does not wait. After an error, [HalfChanged] says whether the
// archive can be read all the same.
func Recover(root string) (string, error) { return txn.Recover(lockedTree(root)) }

// HalfChanged reports whether an error of [Recover] leaves an archive half changed.
func HalfChanged(root string, err error) bool {
	return err != nil && !errors.Is(err, txn.ErrForeign) && txn.Pending(root)
}

// lockedTree returns the tree below root. A journal that git tracks is not used: whoever
// cloned the archive did not interrupt a command.
func lockedTree(root string) txn.Tree {
	return txn.Tree{Root: root, Distrust: func() string {
		repo, err := git.Open(root)
		if err != nil {
			return ""
		}
		if tracked, err := repo.Tracks(txn.WorkDir); err != nil || !tracked {
			return ""
		}
		return "git tracks it, so a clone brought it here"
	}}
}
