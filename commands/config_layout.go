package commands

import (
	"strings"

	"newsctl/archive/layout"
)

// dayForm is how the directories of days are named.
type dayForm string

const (
	paddedDays   dayForm = "padded"
	unpaddedDays dayForm = "unpadded"
)

func (f dayForm) String() string { return string(f) }

// days is the setting of how the directories of days are named.
func days(padded *bool) setting {
	var form dayForm
	return oneOf(&form, paddedDays, unpaddedDays).then(func(*value) error {
		*padded = form == paddedDays
		return nil
	})
}

// dayPagesSetting is the setting of the names of the page of a day and of its copy.
func dayPagesSetting(into *[]string) setting {
	return checkedWords(into, "name", layout.InvalidPage).then(func(v *value) error {
		if n := len(v.items); n < 1 || n > 2 || n == 2 && strings.EqualFold(v.items[0].text, v.items[1].text) {
			return v.errorf("%s must be one name, or two that differ in more than case: [index.md, README.md]", v.name)
		}
		return nil
	})
}

// checked is the setting of a text that is fit for its use: invalid returns why one is
// not, or nothing.
func checked(s setting, invalid func(string) string) setting {
	return s.then(func(v *value) error {
		if reason := invalid(v.text); reason != "" {
			return v.errorf("invalid %s %q: %s", v.name, v.text, reason)
		}
		return nil
	})
}
