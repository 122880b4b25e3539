package git

import (
	"strings"
	"sync"
)

// Removals knows which commits removed files. It may be used from several
// goroutines.
type Removals struct {
	repo *Repo

	mu    sync.Mutex
	known map[string]string // the last commit that removed a path, or nothing
	all   bool              // known holds all removals of the history
}

// maxLookups is how many paths are looked up one by one, by a run of git each. More
// are answered by one run over the whole history.
const maxLookups = 8

// Removals returns the removals of a repository. Git is asked when they are.
func (r *Repo) Removals() *Removals {
	return &Removals{repo: r, known: map[string]string{}}
}

// Commit returns the last commit that removed the file at a path, or nothing where
// git knows of none.
func (r *Removals) Commit(path string) string {
	r.mu.Lock()
	defer r.mu.Unlock()
	commit, known := r.known[path]
	switch {
	case known || r.all:
	case len(r.known) >= maxLookups:
		r.readAll()
		commit = r.known[path]
	default:
		out, _ := r.repo.run("log", "-1", "--no-merges", "--no-renames", "--diff-filter=D", "--format=%H", "--", r.repo.prefix+path)
		commit = strings.TrimSpace(string(out))
		r.known[path] = commit
	}
	return commit
}

// readAll reads which commit removed each path, last of all.
func (r *Removals) readAll() {
	r.all = true
	fields, err := r.repo.fields("log", "--no-merges", "--no-renames", "--diff-filter=D", "--name-only", "-z", "--format=%x00%H")
	if err != nil {
		return
	}
	commit := ""
	for i := 0; i < len(fields); i++ {
		if fields[i] == "" && i+1 < len(fields) { // before each commit
			i++
			commit = fields[i]
			continue
		}
		path, below := strings.CutPrefix(strings.TrimLeft(fields[i], "\n"), r.repo.prefix)
		if _, later := r.known[path]; below && !later {
			r.known[path] = commit
		}
	}
}

// LastChange returns the last commit that changed the file at a path below a
// directory: its date, short id, author and subject. It is empty if there is none,
// or no repository.
func LastChange(root, path string) string {
	r, err := Open(root)
	if err != nil {
		return ""
	}
	defer r.Close()
	out, err := r.run("log", "-1", "--format=%as %h %an: %s", "--", r.prefix+path)
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(out))
}
