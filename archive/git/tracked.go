package git

import "strings"

// Tracks reports whether git tracks a path of the archive, or a repository or a
// link on the way to it, in whatever case its name is written: on some disks these
// are one file.
func (r *Repo) Tracks(path string) (bool, error) {
	tracked, err := r.fields("ls-files", "-z", "--cached")
	for _, p := range tracked {
		if len(p) <= len(path) && strings.EqualFold(p, path[:len(p)]) && (len(p) == len(path) || path[len(p)] == '/') {
			return true, nil
		}
	}
	return false, err
}
