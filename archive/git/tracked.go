package git

import "strings"

// Tracks reports whether git tracks a path of the archive, or anything below it,
// in whatever case its name is written: on some disks these are one file.
func (r *Repo) Tracks(path string) (bool, error) {
	tracked, err := r.fields("ls-files", "-z", "--cached")
	for _, p := range tracked {
		if len(p) >= len(path) && strings.EqualFold(p[:len(path)], path) && (len(p) == len(path) || p[len(path)] == '/') {
			return true, nil
		}
	}
	return false, err
}
