package archive

import (
	"context"

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
	lock, err := txn.Acquire(ctx, root, who)
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

// Recover undoes what a killed command left half done below root, and tells of
// it in one line, empty if there was nothing. While a command is at work it
// does nothing and does not wait.
func Recover(root string) (string, error) { return txn.Recover(root) }
