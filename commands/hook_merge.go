package commands

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"newsctl/archive"
	"newsctl/archive/layout"
	"newsctl/archive/source"
)

// mergeDriver is the name of the merge driver in git's attributes and configuration.
const mergeDriver = "newsctl"

// driverCommand is what git runs as the merge driver. Where newsctl is missing, fails
// or is killed, git merges the page by itself.
const driverCommand = `newsctl merge-file --marker-size=%L --label-ours=%X --label-theirs=%Y -- %O %A %B %P; ` +
	`s=$?; test $s -lt 2 && exit $s; ` +
	`git merge-file -q --marker-size=%L -L ours -L base -L theirs %A %O %B`

// attributesMark is the line above those that newsctl writes to git's attributes.
const attributesMark = "# newsctl merges pages; newsctl hook uninstall removes these lines"

// attributeLines returns the lines of git's attributes for an archive below the top.
func attributeLines(prefix string) []string {
	var out []string
	for _, p := range []string{layout.Current().Years() + "/**/*.md", archive.IndexName(), archive.CopyName(), source.DefaultLedger} {
		out = append(out, attributePattern(prefix, p)+" merge="+mergeDriver)
	}
	return out
}

// attributePattern returns the pattern of paths in a directory, as git's attributes
// have it.
func attributePattern(prefix, p string) string {
	prefix = strings.NewReplacer(`\`, `\\`, `*`, `\*`, `?`, `\?`, `[`, `\[`).Replace(prefix)
	p = "/" + path.Join(prefix, p)
	if !strings.ContainsAny(p, " \t\"\\") {
		return p
	}
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(p) + `"`
}

// installDriver makes git merge pages with newsctl.
func installDriver(h *hooks) (string, error) {
	lines := attributeLines(h.repo.Prefix())
	if h.mergesPages() {
		return "git merges pages with newsctl merge-file already", nil
	}
	if err := h.repo.SetMergeDriver(mergeDriver, "newsctl: pages of a news archive", driverCommand); err != nil {
		return "", err
	}
	err := h.editAttributes(func(old []string) []string {
		old = slices.DeleteFunc(old, func(l string) bool { return slices.Contains(lines, l) })
		return append(append(old, attributesMark), lines...)
	})
	if err != nil {
		return "", err
	}
	if !h.mergesPages() {
		return "", fmt.Errorf("git does not merge pages with newsctl: other attributes are in the way; git check-attr merge -- %s shows them", path.Join(h.repo.Prefix(), archive.IndexName()))
	}
	return "installed the merge driver; git merges pages with newsctl merge-file", nil
}

// uninstallDriver makes git merge pages by itself again.
func (e *env) uninstallDriver(h *hooks) error {
	lines := attributeLines(h.repo.Prefix())
	found := false
	err := h.editAttributes(func(old []string) []string {
		var out []string
		for i, l := range old {
			mark := l == attributesMark && i+1 < len(old) && slices.Contains(lines, old[i+1])
			if mark || slices.Contains(lines, l) {
				found = true
				continue
			}
			out = append(out, l)
		}
		return out
	})
	if err != nil || !found {
		return err
	}
	if text, err := h.readAttributes(); err != nil || strings.Contains(text, "merge="+mergeDriver) {
		return err // another archive of the repository
	}
	if err := h.repo.RemoveMergeDriver(mergeDriver); err != nil {
		return err
	}
	return e.say("removed the merge driver")
}

// driverStatus says how git merges pages.
func (e *env) driverStatus(h *hooks) error {
	if h.mergesPages() {
		return e.say("git merges pages with newsctl merge-file")
	}
	return e.say("git merges pages line by line; newsctl hook install makes it merge them entry by entry")
}

// mergesPages reports whether git merges the pages of the archive with newsctl.
func (h *hooks) mergesPages() bool {
	day := archive.Date{Year: 2000, Month: 1, Day: 1}
	for _, p := range []string{archive.IndexName(), day.Page(), day.Dir() + "/page.md", source.DefaultLedger} {
		name, command := h.repo.MergeDriver(p)
		if name != mergeDriver || !strings.Contains(command, "newsctl merge-file") {
			return false
		}
	}
	return true
}

func (h *hooks) readAttributes() (string, error) {
	file, err := h.repo.Path("info/attributes")
	if err != nil {
		return "", err
	}
	text, err := readRegular(file, maxHook)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", fmt.Errorf("%s %w", file, err)
	}
	return string(text), nil
}

// editAttributes changes the lines of the repository's own attributes. A file without
// lines is removed.
func (h *hooks) editAttributes(edit func(lines []string) []string) error {
	file, err := h.repo.Path("info/attributes")
	if err != nil {
		return err
	}
	text, err := h.readAttributes()
	if err != nil {
		return err
	}
	var old []string
	if text != "" {
		old = strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	}
	lines := edit(slices.Clone(old))
	switch {
	case slices.Equal(lines, old):
		return nil
	case len(lines) == 0:
		return os.Remove(file)
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
		return err
	}
	return replaceFile(file, []byte(strings.Join(lines, "\n")+"\n"), 0o644)
}
