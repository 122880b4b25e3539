package catalog

import (
	"crypto/sha1"
	"slices"
	"strconv"
	"strings"
)

// Trees returns the ids that git gives directories, by their paths: those of the
// directories that hold nothing but pages whose ids are known, and such directories.
// Git has a directory of the same id only if it has the same pages in it, and nothing
// else.
func (s *Snapshot) Trees() map[string]ID {
	out, empty := make(map[string]ID, len(s.Dirs)), map[string]bool{}
	var body []byte
	var items []treeItem
	for i := len(s.Dirs) - 1; i >= 0; i-- { // a directory comes before those in it
		d := &s.Dirs[i]
		var known bool
		items, known = d.items(items[:0], out, empty)
		if empty[d.Path] = len(items) == 0 && known; !known || len(items) == 0 {
			continue
		}
		body = body[:0]
		for _, it := range items {
			body = append(body, it.mode...)
			body = append(append(body, strings.TrimSuffix(it.key, "/")...), 0)
			body = append(body, it.id[:]...)
		}
		h := sha1.New()
		h.Write(append(strconv.AppendInt([]byte("tree "), int64(len(body)), 10), 0))
		h.Write(body)
		out[d.Path] = ID(h.Sum(nil))
	}
	return out
}

// treeItem is an entry of a directory as git keeps it.
type treeItem struct {
	key  string // the name, that of a directory with a slash
	mode string // with a space
	id   ID
}

// items appends the entries of a directory in git's order, or returns false if the id of
// one is not known. Git keeps no empty directories.
func (d *Dir) items(out []treeItem, trees map[string]ID, empty map[string]bool) ([]treeItem, bool) {
	sorted := true
	for i := range d.Entries {
		e := &d.Entries[i]
		it := treeItem{e.Name, "100644 ", e.ID}
		if e.Type.IsDir() {
			p := d.Path + "/" + e.Name
			if d.Path == "." {
				p = e.Name
			}
			if empty[p] {
				continue
			}
			it, sorted = treeItem{e.Name + "/", "40000 ", trees[p]}, false
		} else if e.Stat.Mode&0o100 != 0 {
			it.mode = "100755 "
		}
		if it.id == (ID{}) || !e.Type.IsDir() && !e.Type.IsRegular() {
			return out, false
		}
		out = append(out, it)
	}
	if !sorted {
		slices.SortFunc(out, func(a, b treeItem) int { return strings.Compare(a.key, b.key) })
	}
	return out, true
}
