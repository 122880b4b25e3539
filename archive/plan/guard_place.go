package plan

import (
	"fmt"

	"newsctl/archive"
	"newsctl/archive/git"
)

// placeCheck refuses to write a page that is not the archive's to write: one in a
// repository of its own, or one that a sparse checkout omits.
func placeCheck(a *archive.Archive, c archive.Change) error {
	for _, p := range []string{c.Path, c.End()} {
		if repo := a.OwnRepo(p); repo != "" {
			return fmt.Errorf("%s is in %s, a git repository of its own; change it there", p, repo)
		}
		if !git.CheckedOut(a.FS(), p) {
			return fmt.Errorf("%s is not checked out, so it cannot be changed; run \"git sparse-checkout disable\", or \"git sparse-checkout add\" with its directory", p)
		}
	}
	return nil
}
