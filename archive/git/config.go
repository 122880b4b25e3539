package git

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
)

// withoutDrivers returns settings that take the place of those of each filter or
// merge driver that the configuration names: git would run them to compare a file
// on disk, or to merge one.
func (r *Repo) withoutDrivers(kind string, settings ...string) ([]string, error) {
	keys, err := r.fields("config", "-z", "--name-only", "--get-regexp", `^`+kind+`\..*\.`)
	if status(err) == 1 {
		return nil, nil // there are none
	}
	if err != nil {
		return nil, err
	}
	var out []string
	seen := map[string]bool{}
	for _, key := range keys {
		driver := key[:strings.LastIndexByte(key, '.')]
		switch {
		case seen[driver]:
			continue
		case strings.Contains(driver, "="):
			return nil, fmt.Errorf("the configuration names a driver %q, which cannot be switched off since its name holds =; give it another name", driver)
		}
		seen[driver] = true
		for _, setting := range settings {
			out = append(out, "-c", driver+"."+setting)
		}
	}
	return out, nil
}

// Editor returns the command of the editor that git would run in a directory, for
// sh. Without git it is the one that the environment names.
func Editor(dir string) (string, error) {
	if _, err := exec.LookPath("git"); err != nil {
		if editor := cmp.Or(os.Getenv("GIT_EDITOR"), os.Getenv("VISUAL"), os.Getenv("EDITOR")); editor != "" {
			return editor, nil
		}
		return "", errors.New("no variable names one")
	}
	env := slices.DeleteFunc(os.Environ(), func(v string) bool { // git would take it for a name
		return v == "GIT_EDITOR=" || v == "VISUAL=" || v == "EDITOR="
	})
	out, err := output(gitCommand(dir, env, "var", "GIT_EDITOR"))
	editor := strings.TrimSpace(string(out))
	if err == nil && editor == "" {
		err = errors.New("its name is empty")
	}
	return editor, err
}

// CRLF returns a function that reports whether a file on disk ends its lines with
// CRLF since git lets it, and keeps it with LF: core.autocrlf or an attribute says
// so. Git is asked once, about all files, when the function is first called.
func CRLF(root string) func(path string) bool {
	converted := sync.OnceValue(func() map[string]bool {
		r, err := Open(root)
		if err != nil {
			return nil
		}
		return r.converted()
	})
	return func(path string) bool { return converted()[path] }
}

// converted returns the files on disk with CRLF that git keeps, or would, with LF.
func (r *Repo) converted() map[string]bool {
	fields, err := r.fields(r.limited("ls-files", "--eol", "-z", "--cached", "--others", "--exclude-standard")...)
	if err != nil {
		return nil
	}
	auto, _ := r.config("core.autocrlf")
	out := map[string]bool{}
	for _, field := range fields {
		// i/<in the index> w/<on disk> attr/<attributes><tab><path>
		head, path, _ := strings.Cut(field, "\t")
		path, ok := strings.CutPrefix(path, r.prefix)
		index, rest, _ := strings.Cut(head, " ")
		disk, attributes, _ := strings.Cut(strings.TrimSpace(rest), " ")
		attributes = strings.TrimPrefix(strings.TrimSpace(attributes), "attr/")
		if !ok || disk != "w/crlf" || index == "i/crlf" || index == "i/mixed" || index == "i/-text" {
			continue
		}
		switch {
		case attributes == "":
			out[path] = auto == "true" || auto == "input"
		default:
			out[path] = !strings.HasPrefix(attributes, "-text")
		}
	}
	return out
}

// QuotesPaths reports whether core.quotePath is true for the repository that a
// directory lies in: paths that are not ASCII are then written with escapes. That
// is git's default, but not newsctl's: without the setting paths are readable.
func QuotesPaths(root string) bool {
	r, err := Open(root)
	if err != nil {
		return false
	}
	out, err := r.plain("config", "-z", "--type=bool", "--get-all", "core.quotePath")
	if err != nil {
		return false
	}
	values := strings.Split(strings.TrimSuffix(out, "\x00"), "\x00")
	values = values[:len(values)-1] // the last one is of [readOnly]
	return len(values) > 0 && values[len(values)-1] == "true"
}
