package source

import (
	"bytes"
	"cmp"
)

// merge returns what two know of one source: the later answer, and failures only
// as far as neither saw the source good in between.
func (e Entry) merge(other Entry) Entry {
	first, last := e, other
	if first.after(last) > 0 {
		first, last = last, first
	}
	out := last
	if last.Kind == "" { // it was asked, and gave no answer yet
		out.Kind, out.Status, out.To, out.Note = first.Kind, first.Status, first.To, first.Note
	}
	out.FirstSeen = earliest(e.FirstSeen, other.FirstSeen)
	out.LastGood = max(e.LastGood, other.LastGood)
	out.Saved = max(e.Saved, other.Saved)
	out.Failures, out.FailingSince, out.LastFailed = mergeFailures(e.since(out.LastGood), other.since(out.LastGood))
	return out
}

// after orders what is known of one source by its age. What is equally old is in
// any order that is always the same.
func (e Entry) after(other Entry) int {
	return cmp.Or(
		cmp.Compare(e.LastAsked, other.LastAsked),
		cmp.Compare(e.Kind, other.Kind),
		cmp.Compare(e.Status, other.Status),
		cmp.Compare(e.To, other.To),
		cmp.Compare(e.Note, other.Note),
		cmp.Compare(e.NotBefore, other.NotBefore),
	)
}

// since returns an entry with the failures that are later than a time. How many of
// several these are is not known, but the last is one.
func (e Entry) since(good Time) Entry {
	switch {
	case e.LastFailed <= good:
		e.Failures, e.FailingSince, e.LastFailed = 0, 0, 0
	case e.FailingSince <= good:
		e.Failures, e.FailingSince = 1, e.LastFailed
	}
	return e
}

// mergeFailures returns the failures of two entries as one row. Some of them may be
// the same, so that they are not added.
func mergeFailures(a, b Entry) (n int, since, last Time) {
	return max(a.Failures, b.Failures), earliest(a.FailingSince, b.FailingSince), max(a.LastFailed, b.LastFailed)
}

// earliest returns the earlier of two times that have been.
func earliest(a, b Time) Time {
	if a == 0 || b == 0 {
		return max(a, b)
	}
	return min(a, b)
}

// mergeLedgers merges what two branches made of a ledger. A source that one of
// them removed is removed unless the other asked for it since.
func mergeLedgers(base, ours, theirs *Ledger) *Ledger {
	out := NewLedger()
	for _, side := range []struct{ of, other *Ledger }{{ours, theirs}, {theirs, ours}} {
		for key, e := range side.of.entries {
			was, known := base.entries[key]
			if _, both := side.other.entries[key]; both || !known || was != e {
				out.Add(e)
			}
		}
	}
	return out
}

// IsLedger reports whether a file begins as a ledger does.
func IsLedger(src []byte) bool { return bytes.HasPrefix(bytes.TrimSpace(src), headerStart) }

// MergeFiles merges what two branches made of the file of a ledger. The error is
// that of the first version that cannot be read.
func MergeFiles(base, ours, theirs []byte) ([]byte, error) {
	var read [3]*Ledger
	for i, src := range [][]byte{base, ours, theirs} {
		var err error
		if read[i], err = ReadLedger(src); err != nil {
			return nil, err
		}
	}
	var b bytes.Buffer
	err := mergeLedgers(read[0], read[1], read[2]).Write(&b)
	return b.Bytes(), err
}
