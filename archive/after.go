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
	b := a.clone()
	b.apply(p)
	return b
}

func (a *Archive) clone() *Archive {
	b := &Archive{store: &store{History: a.History, CRLF: a.CRLF, fsys: a.fsys, config: a.config, moved: a.moved, ledger: a.ledger}, reads: a.reads}
	b.folders.share(&a.folders)
	b.pages.share(&a.pages)
	b.events.share(&a.events)
	b.incomplete.Store(a.incomplete.Load())
	return b
}

// apply makes a clone what it will be after changes.
func (b *Archive) apply(p *Changes) {
	own := map[string]*folder{}
	for _, c := range p.all {
		if c.to != "" || c.gone {
			b.forget(c.path, own)
		}
		if !c.gone {
			b.place(c.end(), 0, own)
		}
	}
	for _, c := range p.all {
		if !c.gone {
			b.put(c.end(), c.after)
		}
	}
}

// place lists what will be at a path in its folder, and the folder in its own.
func (b *Archive) place(p string, t fs.FileMode, own map[string]*folder) {
	dir, name := path.Split(p)
	dir = path.Clean(dir)
	b.events.remove(dir)
	if _, ok := b.typeOf(p); ok {
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
		b.folders.store(p, &folder{})
	}
}

// forget takes a path out of its folder.
func (b *Archive) forget(p string, own map[string]*folder) {
	dir, name := path.Split(p)
	dir = path.Clean(dir)
	f := b.own(dir, own)
	if at, found := slices.BinarySearch(f.names, name); found {
		f.names = slices.Delete(f.names, at, at+1)
		f.types = slices.Delete(f.types, at, at+1)
	}
	b.pages.remove(p)
	b.events.remove(dir)
}

// own returns the listing of a folder that is not shared with another archive:
// one of own, or a copy that is added to it.
func (b *Archive) own(dir string, own map[string]*folder) *folder {
	if own[dir] == nil {
		own[dir] = b.folder(dir).clone()
		b.folders.store(dir, own[dir])
	}
	return own[dir]
}

func (f *folder) clone() *folder {
	return &folder{names: slices.Clone(f.names), types: slices.Clone(f.types), repo: f.repo}
}

// put makes the page at a path what its bytes say, when it is asked for.
func (b *Archive) put(p string, src []byte) {
	b.pages.store(p, &slot{src: src, isSet: true})
}

// Then adds to p what q does. q is made from the archive after p.
func (p *Changes) Then(q *Changes) {
	p.intent.merge(q.intent)
	at := make(map[string]int, len(p.all))
	for i, c := range p.all {
		at[c.end()] = i
	}
	for _, c := range q.all {
		i, again := at[c.path]
		if !again {
			p.all = append(p.all, c)
			continue
		}
		p.all[i] = p.all[i].then(c)
	}
	p.all = slices.DeleteFunc(p.all, func(c planned) bool { return c.from == nil && c.gone })
}

// then returns the change that does what c does and then what d does.
func (c planned) then(d planned) planned {
	c.after, c.gone = d.after, d.gone
	switch to := cmp.Or(d.to, c.to); {
	case c.gone:
		c.to = ""
	case to == "":
	case c.from == nil:
		c.path, c.to = to, ""
	default:
		c.to = to
	}
	return c
}
