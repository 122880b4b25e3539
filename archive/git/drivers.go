package git

import (
	"fmt"
	"strings"
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
