package git

import "strings"

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
