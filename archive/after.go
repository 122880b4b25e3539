package archive

import (
	"cmp"
	"io/fs"
	"path"
	"slices"
)

// After returns the archive as it will be once changes made from it are carried
// out. What they leave alone is shared with a, not read again.
func (a *Archive) After(p *Changes) *Archive {
	b := a.Clone()
	b.Apply(p)
	return b
}

// Clone returns an archive of the same pages, to lay changes over.
func (a *Archive) Clone() *Archive {
	b := &Archive{store: &store{History: a.History, CRLF: a.CRLF, fsys: a.fsys, config: a.config, moved: a.moved, ledger: a.ledger, strings: a.strings, changed: a.changed}, reads: a.reads, early: a.early}
	b.kept.Store(a.kept.Load())
	b.directories.over(&a.directories)
	b.pages.over(&a.pages)
	b.incomplete.Store(a.incomplete.Load())
	b.paths.Store(a.paths.Load())
	return b
}

// Apply makes a clone what it will be after changes.
func (b *Archive) Apply(p *Changes) {
	b.changed = true
	if known := b.paths.Load(); known != nil {
		b.paths.Store(b.pathsAfter(*known, p))
	}
	b.names = once[*nameFilter]{}
	own := map[string]*directory{}
	for _, c := range p.All {
		if c.To != "" || c.Gone {
			b.forget(c.Path, own)
		}
		if !c.Gone {
			b.place(c.End(), 0, own)
		}
	}
	for _, c := range p.All {
		if !c.Gone {
			b.put(c.End(), c.After)
		}
	}
}

// pathsAfter returns the paths of all pages after changes, of those before.
func (b *Archive) pathsAfter(before []string, p *Changes) *[]string {
	out := slices.Clone(before)
	for _, c := range p.All {
		if at, found := slices.BinarySearch(out, c.Path); found && (c.To != "" || c.Gone) {
			out = slices.Delete(out, at, at+1)
		}
		if c.Gone || !IsPage(c.End()) || !b.Holds(c.End()) {
			continue
		}
		if at, found := slices.BinarySearch(out, c.End()); !found {
			out = slices.Insert(out, at, c.End())
		}
	}
	return &out
}

// place lists what will be at a path in its directory, and the directory in its own.
func (b *Archive) place(p string, t fs.FileMode, own map[string]*directory) {
	dir, name := path.Split(p)
	dir = path.Clean(dir)
	if _, ok := b.TypeOf(p); ok {
		return
	}
	if !b.isDir(dir) {
		b.place(dir, fs.ModeDir, own)
	}
	f := b.own(dir, own)
	at, _ := slices.BinarySearch(f.names, name)
	f.names = slices.Insert(f.names, at, name)
	f.types = slices.Insert(f.types, at, t)
	if t.IsDir() {
		b.directories.store(p, &directory{})
	}
}

// forget takes a path out of its directory.
func (b *Archive) forget(p string, own map[string]*directory) {
	dir, name := path.Split(p)
	dir = path.Clean(dir)
	f := b.own(dir, own)
	if at, found := slices.BinarySearch(f.names, name); found {
		f.names = slices.Delete(f.names, at, at+1)
		f.types = slices.Delete(f.types, at, at+1)
	}
	b.pages.remove(p)
	b.days.drop(dir)
}

// own returns the listing of a directory that is not shared with another archive:
// one of own, or a copy that is added to it.
func (b *Archive) own(dir string, own map[string]*directory) *directory {
	if own[dir] == nil {
		own[dir] = b.directory(dir).clone()
		b.directories.store(dir, own[dir])
	}
	return own[dir]
}

func (f *directory) clone() *directory {
	return &directory{names: slices.Clone(f.names), types: slices.Clone(f.types), repo: f.repo}
}

// put makes the page at a path what its bytes say, when it is asked for.
func (b *Archive) put(p string, src Content) {
	b.pages.store(p, &slot{src: src, isSet: true})
	b.days.drop(path.Dir(p))
}

// Then adds to p what q does. q is made from the archive after p.
func (p *Changes) Then(q *Changes) {
	p.Intent.merge(q.Intent)
	at := make(map[string]int, len(p.All))
	for i, c := range p.All {
		at[c.End()] = i
	}
	for _, c := range q.All {
		i, again := at[c.Path]
		if !again {
			p.All = append(p.All, c)
			continue
		}
		p.All[i] = p.All[i].then(c)
	}
	p.All = slices.DeleteFunc(p.All, func(c Change) bool { return c.From.IsNone() && c.Gone })
}

// then returns the change that does what c does and then what d does.
func (c Change) then(d Change) Change {
	c.After, c.Gone = d.After, d.Gone
	switch to := cmp.Or(d.To, c.To); {
	case c.Gone:
		c.To = ""
	case to == "":
	case c.From.IsNone():
		c.Path, c.To = to, ""
	default:
		c.To = to
	}
	return c
}
