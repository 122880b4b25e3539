package git

import (
	"strings"
	"sync"
)

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
