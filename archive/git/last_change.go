package git

import "strings"

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
