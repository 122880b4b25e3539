package git

import (
	"path/filepath"
	"strings"
)

// Path returns where git keeps a file or directory of its own for this work tree:
// info/attributes, newsctl. It need not exist.
func (r *Repo) Path(name string) (string, error) {
	out, err := r.run("rev-parse", "--git-path", name)
	if err != nil {
		return "", err
	}
	return absolute(r.top, filepath.FromSlash(strings.TrimSuffix(string(out), "\n"))), nil
}

// MergeDriver returns the merge driver that git's attributes name for a path below the
// archive's root, and the command that the configuration has for it. Both may be empty.
func (r *Repo) MergeDriver(p string) (name, command string) {
	out, err := r.plain("check-attr", "-z", "merge", "--", r.prefix+p)
	if fields := split([]byte(out)); err == nil && len(fields) == 3 {
		name = fields[2]
	}
	command, _ = r.config("merge." + name + ".driver")
	return name, command
}

// SetMergeDriver makes the repository's configuration have a merge driver. It and
// [Repo.RemoveMergeDriver] are the only methods that write.
func (r *Repo) SetMergeDriver(name, title, command string) error {
	if _, err := r.run("config", "--local", "merge."+name+".name", title); err != nil {
		return err
	}
	_, err := r.run("config", "--local", "merge."+name+".driver", command)
	return err
}

// RemoveMergeDriver removes a merge driver from the repository's configuration, if it
// is there.
func (r *Repo) RemoveMergeDriver(name string) error {
	section := "merge." + name
	if _, ok := r.config("--local", section+".driver"); !ok {
		return nil
	}
	_, err := r.run("config", "--local", "--remove-section", section)
	return err
}
