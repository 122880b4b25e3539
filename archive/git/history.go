package git

import (
	"strings"
	"sync"
)

// Renames knows what files that are gone from a tree were renamed to. It may be
// used from several goroutines.
type Renames struct {
	root string

	mu    sync.Mutex
	repo  *Repo
	known map[string]string // what is known of a path; empty if it was not renamed
	asked int
	all   bool // known holds all renames of the history
}

// maxLookups is how many paths are looked up one by one, by two runs of git each.
// More are answered by one run over the whole history.
const maxLookups = 8

// NewRenames returns the renames below root, a directory of a work tree, or of
// none: an archive need not be in git. Git is asked when they are.
func NewRenames(root string) *Renames {
	return &Renames{root: root, known: map[string]string{}}
}

// To returns the path that a file was last renamed to, following further renames
// of that one. Paths are relative to root. Where git knows nothing it is false.
func (r *Renames) To(path string) (string, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	seen := map[string]bool{}
	to := path
	for !seen[to] {
		seen[to] = true
		next := r.once(to)
		if next == "" {
			break
		}
		to = next
	}
	return to, to != path
}

// once returns what a path was renamed to, or nothing.
func (r *Renames) once(path string) string {
	to, known := r.known[path]
	if known || r.all || !r.open() {
		return to
	}
	if r.asked++; r.asked > maxLookups {
		r.readAll()
		return r.known[path]
	}
	r.known[path] = r.repo.renamedOnce(path)
	return r.known[path]
}

// open opens the repository. Without one nothing was renamed.
func (r *Renames) open() bool {
	if r.repo == nil {
		repo, err := Open(r.root)
		if err != nil {
			r.all = true
			return false
		}
		r.repo = repo
	}
	return true
}

// readAll reads what became of every path that a commit took away, last of all.
func (r *Renames) readAll() {
	r.all = true
	fields, err := r.repo.fields("log", "--no-merges", "-M", "--diff-filter=DR", "--name-status", "-z", "--format=")
	if err != nil {
		return
	}
	for len(fields) > 1 {
		status, from, to := strings.TrimLeft(fields[0], "\n"), fields[1], ""
		fields = fields[2:]
		if strings.HasPrefix(status, "R") && len(fields) > 0 {
			to, fields = fields[0], fields[1:]
		}
		from, below := strings.CutPrefix(from, r.repo.prefix)
		if _, later := r.known[from]; !below || later {
			continue
		}
		if to, below = strings.CutPrefix(to, r.repo.prefix); !below {
			to = ""
		}
		r.known[from] = to
	}
}

// renamedOnce returns what the last commit that took a path away renamed it to, or
// nothing.
func (r *Repo) renamedOnce(path string) string {
	commit, err := r.run("log", "-1", "--no-merges", "--diff-filter=D", "--format=%H", "--", r.prefix+path)
	if err != nil || len(commit) == 0 {
		return ""
	}
	fields, err := r.fields("show", "-M", "--diff-filter=R", "--name-status", "-z", "--format=", strings.TrimSpace(string(commit)))
	if err != nil {
		return ""
	}
	for i := 0; i+2 < len(fields); i += 3 {
		if fields[i+1] == r.prefix+path {
			if to, below := strings.CutPrefix(fields[i+2], r.prefix); below {
				return to
			}
		}
	}
	return ""
}
