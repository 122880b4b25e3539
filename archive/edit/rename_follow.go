package edit

import (
	"path"
	"strings"
	"time"

	"newsctl/archive"
	"newsctl/archive/compare"
	"newsctl/archive/git"
	"newsctl/archive/link"
)

// Follow plans to make the archive follow events that were moved or reworded by
// hand: what [Archive.Rename] would have changed besides. Before is the archive as
// it was, changes are what git says became of its files since; [Pair] reports which
// pages are one event, and besides two of one day are that hold the same but for the
// headline. Paths are those of all pages of the archive as it is, loaded.
//
// A page that does not have the name that its headline makes is moved there, if that
// is free. A Changes section that names the new wording as current stays as it is.
func Follow(a *archive.Archive, paths []string, before *archive.Archive, changes []git.Change, now time.Time) (*Renamed, error) {
	var events []*rewording
	pairs := compare.Pair(before, a, changes)
	for _, c := range append(pairs, joinUntitled(before, a, pairs)...) {
		if ev := became(before.EventAt(c.From), a.EventAt(c.To)); ev != nil {
			if archive.IsPadded(ev.to) {
				return nil, archive.ErrPadded(ev.to)
			}
			if err := ev.page.Damaged(); err != nil {
				return nil, err
			}
			if to := named(a, ev.to, ev.is); to != ev.to && Taken(a, to) == "" && checkPath(a, to, strings.TrimSpace(ev.is)) == nil {
				ev.to = to
			}
			events = append(events, ev)
		}
	}
	return newRenamer(a, events, now).rename(paths)
}

// became returns how an event was renamed, or nil if it was not, or either page
// has no headline.
func became(from, to *archive.Page) *rewording {
	if from == nil || to == nil {
		return nil
	}
	was, had := from.Event.Headline()
	is, has := to.Event.Headline()
	if link.SameText(was, is) {
		was = is
	}
	if !had || !has || from.Path == to.Path && was == is {
		return nil
	}
	return &rewording{page: to, from: from.Path, to: to.Path, was: was, is: is}
}

// joinUntitled joins the pages left over that hold the same but for the headline,
// where no other page of the day does.
func joinUntitled(before, after *archive.Archive, left []git.Change) []git.Change {
	p := compare.Pairing{Gone: map[string]*archive.Page{}, Born: map[string]*archive.Page{}}
	for _, c := range left {
		from, to := before.EventAt(c.From), after.EventAt(c.To)
		switch {
		case from != nil && to == nil:
			p.Gone[c.From] = from
		case from == nil && to != nil:
			p.Born[c.To] = to
		}
	}
	directory := func(e *archive.Page) []string { return []string{path.Dir(e.Path)} }
	p.Join(directory, directory, sameButHeadline)
	return p.Joined
}

// sameButHeadline reports whether two pages hold the same but for the headline, and
// perhaps for what they call themselves.
func sameButHeadline(p, q *archive.Page) bool {
	rest := func(e *archive.Page) string {
		text := string(e.Source)
		if len(e.Event.Headlines) > 0 {
			at := e.Event.Headlines[0].Text
			text = text[:at.Start] + text[at.End:]
		}
		return strings.ReplaceAll(text, archive.Stem(p.Path)+".", archive.Stem(q.Path)+".")
	}
	return rest(p) == rest(q)
}

// FollowFiles plans to make the archive follow pages of events that were moved to other
// paths, whatever names their headlines make. Before is the archive as it was. Paths
// are those of all pages of the archive as it is, loaded.
func FollowFiles(a *archive.Archive, paths []string, before *archive.Archive, moves []git.Change, now time.Time) (*Renamed, error) {
	var events []*rewording
	for _, m := range moves {
		ev := became(before.EventAt(m.From), a.EventAt(m.To))
		if ev == nil {
			continue
		}
		if archive.IsPadded(ev.to) {
			return nil, archive.ErrPadded(ev.to)
		}
		if err := ev.page.Damaged(); err != nil {
			return nil, err
		}
		events = append(events, ev)
	}
	return newRenamer(a, events, now).rename(paths)
}
