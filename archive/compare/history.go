package compare

import (
	"sync"

	"newsctl/archive"
	"newsctl/archive/git"
)

// PageHistory says what a git repository says became of the pages of an archive.
type PageHistory struct {
	root   string
	config archive.Config

	mu       sync.Mutex
	asked    bool
	repo     *git.Repo // nil without one
	removals *git.Removals
	commits  map[string]map[string]string // what a commit made of the paths that it removed
}

// NewPageHistory returns the history of the archive in a directory, which need not be in
// a repository. Git is asked when a page is.
func NewPageHistory(root string, config archive.Config) *PageHistory {
	return &PageHistory{root: root, config: config, commits: map[string]map[string]string{}}
}

// Of returns whether a page was at a path that is gone from the archive, and where
// its event went on, or nothing if it was removed. [Pair] decides that for the change
// since HEAD, and for the commit that removed the page; later commits may have moved
// the event on.
func (h *PageHistory) Of(a *archive.Archive, p string) (to string, existed bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if !h.open() {
		return "", false
	}
	seen := map[string]bool{}
	for to = p; to != "" && !seen[to] && (!existed || !a.Exists(to)); {
		seen[to] = true
		next, known := h.next(a, to)
		if !known {
			return "", existed
		}
		to, existed = next, true
	}
	return to, existed
}

// open opens the repository, and reports whether there is one.
func (h *PageHistory) open() bool {
	if !h.asked {
		h.asked = true
		if repo, err := git.Open(h.root); err == nil {
			h.repo, h.removals = repo, repo.Removals()
		}
	}
	return h.repo != nil
}

// next returns what the last change that removed a path made of it.
func (h *PageHistory) next(a *archive.Archive, p string) (to string, known bool) {
	if to, known = h.change(a, "HEAD")[p]; known {
		return to, true
	}
	commit := h.removals.Commit(p)
	if commit == "" {
		return "", false
	}
	return h.change(nil, commit)[p], true
}

// change returns what a commit made of the paths that it removed, or, of HEAD, what
// was made of them since in an archive on disk.
func (h *PageHistory) change(a *archive.Archive, commit string) map[string]string {
	out, known := h.commits[commit]
	if known {
		return out
	}
	out = map[string]string{}
	h.commits[commit] = out
	from, to := commit+"^", commit
	if a != nil {
		from, to = "HEAD", git.WorkTree
	}
	changes, err := h.repo.Changes(from, to)
	if err != nil {
		return out
	}
	before, err := h.repo.Files(from)
	if err != nil {
		return out
	}
	if a == nil {
		after, err := h.repo.Files(to)
		if err != nil {
			return out
		}
		a = archive.New(after, h.config)
	}
	for _, c := range Pair(archive.New(before, h.config), a, changes) {
		if c.From != "" && c.From != c.To {
			out[c.From] = c.To
		}
	}
	return out
}
