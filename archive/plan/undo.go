package plan

import (
	"cmp"
	"errors"
	"fmt"
	"strings"

	"newsctl/archive"
	"newsctl/archive/txn"
)

// end returns the path where the page of a saved change will be.
func (c savedChange) end() string { return cmp.Or(c.To, c.Path) }

// reversed returns the changes that take others back.
func reversed(all []savedChange) []savedChange {
	out := make([]savedChange, len(all))
	for i, c := range all {
		back := savedChange{Path: c.end(), Before: txn.HashOf(c.After), After: c.From}
		switch {
		case c.Delete:
			back.Before, back.Mode = txn.Absent, c.Mode
		case c.Before == txn.Absent:
			back.After, back.Delete = nil, true
		case c.To != "":
			back.To = c.Path
		}
		if !back.Delete && back.After == nil { // an empty page
			back.After = []byte{}
		}
		out[i] = back
	}
	return out
}

// Reverse returns the plan that takes a saved plan back once it is carried out.
func (s *SavedPlan) Reverse() (*SavedPlan, error) {
	for _, c := range s.saved.Changes {
		if c.From == nil && c.Before != txn.Absent && c.Before != txn.HashOf(nil) {
			return nil, errors.New("the plan does not hold the pages as they were, since an older newsctl saved it")
		}
	}
	return &SavedPlan{saved: savedPlan{Version: planVersion, Changes: reversed(s.saved.Changes)}, restores: true}, nil
}

// Undo plans to take a change of the history back: every page becomes what it was,
// byte for byte. It is an error if a page is no longer as the change left it.
func Undo(a *archive.Archive, h *History, m *Made) (*Plan, error) {
	if moved := h.moved(m); len(moved) > 0 {
		return nil, fmt.Errorf("%s of %s cannot be undone: these pages have changed since: %s", m.Command, m.Time.Format("2006-01-02 15:04:05"), strings.Join(moved, ", "))
	}
	p, err := Resume(a, &SavedPlan{saved: savedPlan{Version: planVersion, Changes: m.undo}, restores: true})
	if err != nil {
		return nil, err
	}
	p.undoes = m
	return p, nil
}
