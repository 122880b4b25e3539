package archive

import (
	"slices"
	"strconv"
	"sync"
	"sync/atomic"

	"newsctl/archive/catalog"
	"newsctl/archive/facts"
)

// Kept is the facts of the pages of an archive as they are kept from one run to the
// next. Those of a page that did not change since are decoded when first asked for.
type Kept struct {
	*Numbering          // of the pages that facts are kept of
	Changed    []string // the pages that changed since, or came, or went, or were not numbered, in byte order
	others     []string // the pages of which no facts are kept
	archive    *Archive // on disk, which overlays share the facts of
	set        *facts.Set
	taken      int64 // when the snapshot was taken that they are of; 0 for those of this run
	ids        []catalog.ID
	stale      []bool // pages that changed, by number
	first      int32  // the ID before that of the first facts
	rooms      sync.Pool
	meant      []atomic.Pointer[Brief] // by the numbers of paths among the strings: see [Archive.Meant]
	recent     recentFacts
	briefs     []atomic.Pointer[Brief] // of pages, by number, as far as they were asked for
}

// newKept returns the facts that are kept of the pages of a snapshot, or nil if they
// are of others. Now is the snapshot after the changes.
func newKept(a *Archive, set *facts.Set, was, now *catalog.Snapshot, changes catalog.Changes) *Kept {
	k := &Kept{archive: &Archive{store: a.store}, set: set, taken: was.Taken}
	k.Numbering, k.ids = numberingOf(was)
	if k.Len() != set.Len() {
		return nil
	}
	k.stale = make([]bool, k.Len())
	for key := range changes {
		if key.Kind != catalog.Page || !IsPage(key.Path) {
			continue
		}
		k.Changed = append(k.Changed, key.Path)
		if i, ok := k.Number(key.Path); ok {
			k.stale[i] = true
		}
	}
	k.others = k.missing(now)
	k.Changed = append(k.Changed, k.others...) // a run that read few pages kept no more
	slices.Sort(k.Changed)
	k.Changed = slices.Compact(k.Changed)
	return k
}

// numberingOf numbers the pages of a snapshot that have ids, and returns these.
func numberingOf(s *catalog.Snapshot) (*Numbering, []catalog.ID) {
	total := 0
	for i := range s.Dirs {
		total += len(s.Dirs[i].Entries)
	}
	n := &Numbering{dirs: make([]string, 0, len(s.Dirs)), starts: make([]int, 0, len(s.Dirs)), names: make([]string, 0, total)}
	ids := make([]catalog.ID, 0, total)
	for i := range s.Dirs {
		d := &s.Dirs[i]
		before := len(ids)
		for j := range d.Entries {
			if e := &d.Entries[j]; e.ID != (catalog.ID{}) {
				if len(ids) == before {
					n.add(d.Path)
				}
				n.names = append(n.names, e.Name)
				ids = append(ids, e.ID)
			}
		}
	}
	return n, ids
}

// missing returns the pages of a snapshot of which no facts are kept.
func (k *Kept) missing(now *catalog.Snapshot) []string {
	var out []string
	at := 0 // among the directories that are numbered
	for i := range now.Dirs {
		d := &now.Dirs[i]
		for at < len(k.dirs) && k.dirs[at] < d.Path {
			at++
		}
		next, end := 0, 0 // the numbers of the pages of the directory
		if at < len(k.dirs) && k.dirs[at] == d.Path {
			next, end = k.starts[at], len(k.names)
			if at+1 < len(k.starts) {
				end = k.starts[at+1]
			}
		}
		for j := range d.Entries {
			name := d.Entries[j].Name
			for next < end && k.names[next] < name {
				next++
			}
			if fresh := next < end && k.names[next] == name && !k.stale[next]; !fresh && IsPage(name) {
				out = append(out, inDirectory(d.Path, name))
			}
		}
	}
	return out
}

// fresh returns the number of the page at a path, unless it changed.
func (k *Kept) fresh(p string) (int, bool) {
	if k == nil {
		return 0, false
	}
	i, ok := k.Number(p)
	return i, ok && !k.stale[i]
}

// id returns the id of the bytes that the facts of a page are of.
func (k *Kept) id(p string) (catalog.ID, bool) {
	i, ok := k.fresh(p)
	if !ok {
		return catalog.ID{}, false
	}
	return k.ids[i], true
}

// fresh returns the number of the page at a path, if facts of it are kept and nothing
// changed it since.
func (a *Archive) fresh(p string) (k *Kept, i int, ok bool) {
	k = a.kept.Load()
	i, ok = k.fresh(p)
	return k, i, ok && (!a.changed || a.exists(p))
}

// facts returns the facts that are kept of the page of a number, at a path; nil if they
// are broken.
func (k *Kept) facts(p string, i int) *Facts {
	return k.recent.get(i, func() *Facts { return k.decode(p, i) })
}

// brief returns the brief of the page of a number, or nil if its facts are broken.
func (k *Kept) brief(i int) *Brief {
	if b := k.briefs[i].Load(); b != nil {
		return b
	}
	head, ok := k.set.Head(i)
	if !ok {
		return nil
	}
	b := k.newBrief(k.Path(i), i, head)
	k.briefs[i].Store(&b)
	return &b
}

func (k *Kept) newBrief(p string, i int, head facts.Head) Brief {
	kind, date := Classify(p)
	return Brief{Path: p, Kind: kind, Date: date, Head: head, ID: k.first + int32(i) + 1}
}

// decode returns the facts that are kept of the page of a number, at a path, or nil.
func (k *Kept) decode(p string, i int) *Facts {
	room, _ := k.rooms.Get().(*facts.Room)
	if room == nil {
		room = &facts.Room{}
	}
	defer k.rooms.Put(room)
	var page facts.Page
	if !k.set.Page(i, &page, room) {
		return nil
	}
	f := &Facts{Brief: k.newBrief(p, i, page.Head), Body: page.Body}
	for i, t := range f.Links {
		if t.Tree == facts.File {
			continue
		}
		if f.settled == nil {
			f.settled = map[int32]Target{}
		}
		f.settled[int32(i)] = k.archive.settle(Target{Kind: TargetKind(t.Kind), Path: t.Path}, t.Tree)
	}
	return f
}

// Kept returns the facts of an archive that is loaded, or those that an earlier run
// kept of it; nil if there are none, or changes were laid over the archive.
func (a *Archive) Kept() *Kept {
	if a.changed {
		return nil
	}
	return a.kept.Load()
}

// Text returns a text that was kept with the facts and a state that it depends on
// beside them, or false if there is none.
func (k *Kept) Text(name, state string) (string, bool) {
	if k.taken == 0 {
		return "", false
	}
	text, _, ok := k.archive.cache.catalog.LoadText(name)
	head := textHead(k.taken, state)
	if !ok || len(text) < len(head) || text[:len(head)] != head {
		return "", false
	}
	return text[len(head):], true
}

// textHead begins a text that belongs to the facts of a snapshot.
func textHead(taken int64, state string) string {
	return strconv.FormatInt(taken, 10) + "\x00" + state + "\x00"
}

// Saved is the facts of an archive as this run kept them.
type Saved struct {
	*Numbering
	catalog *catalog.Catalog
	taken   int64
}

// SaveText keeps a text with the facts, for [Kept.Text].
func (s *Saved) SaveText(name, state, text string) error {
	return s.catalog.SaveText(name, textHead(s.taken, state)+text)
}

// Renew makes [Archive.SaveFacts] keep the facts anew, whether many changed or not.
func (a *Archive) Renew() {
	if a.cache != nil {
		a.cache.fresh.Store(a.cache.worth)
	}
}

// Headline returns the headline of the event at a path, raw, or nothing.
func (a *Archive) Headline(p string) string {
	if b := a.EventBrief(p); b != nil {
		return b.Headline
	}
	return ""
}

// exists reports whether something is at a path.
func (a *Archive) exists(p string) bool {
	_, ok := a.lookup(p)
	return ok
}
