package commands

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"newsctl/archive/contexts"
	"newsctl/archive/page"
	"newsctl/archive/pattern"
	"newsctl/archive/source"
)

// asLine returns the text of a value, which must be a line of characters that can
// be seen.
func (v *value) asLine() (string, error) {
	if v.kind != textValue {
		return "", v.errorf("%s must be text, not %s", v.name, v)
	}
	if r, ok := hidden(v.text); ok {
		return "", v.errorf("%s: %q holds the control character %U; remove it", v.name, v.text, r)
	}
	return v.text, nil
}

// text is the setting of a text.
func text(into *string) setting {
	return setting{values: "text", schema: schema{"type": "string", "pattern": `\S`}, read: func(v *value) (err error) {
		*into, err = v.asLine()
		if err == nil && strings.TrimSpace(*into) == "" {
			err = v.errorf("%s is empty; give it a value, or remove it", v.name)
		}
		return err
	}}
}

// words is the setting of a list of texts.
func words(into *[]string) setting {
	item := schema{"type": "string", "pattern": `\S`}
	return setting{values: "list of words", schema: schema{"type": "array", "items": item}, read: func(v *value) error {
		if v.kind != listValue {
			return v.errorf("%s must be a list of words: [One, Two]", v.name)
		}
		*into = []string{}
		return each(v.items, func(item *value) error {
			if item.kind == scalarValue {
				return item.errorf("%s must be a list of words, and %s is not a word; put it in quotes", v.name, item)
			}
			word, err := item.asLine()
			if err == nil && strings.TrimSpace(word) == "" {
				err = item.errorf("%s must be a list of words, and %q is empty; remove it", v.name, word)
			}
			*into = append(*into, word)
			return err
		})
	}}
}

// checkedWords is the setting of a list of texts each of which is fit for its use:
// invalid returns why one is not, or nothing.
func checkedWords(into *[]string, what string, invalid func(string) string) setting {
	s := words(into)
	return s.then(func(v *value) error {
		return each(v.items, func(item *value) error {
			if reason := invalid(item.text); reason != "" {
				return item.errorf("invalid %s %q for %s: %s", what, item.text, v.name, reason)
			}
			return nil
		})
	})
}

// names is the setting of a list of names of contexts that hold a comma.
func names(into *[]string) setting { return checkedWords(into, "name", contexts.InvalidName) }

// patterns is the setting of a list of patterns of paths.
func patterns(into *[]string) setting {
	return checkedWords(into, "pattern", pattern.Invalid)
}

// labels is the setting of the words of a language.
func labels(into *page.Labels) setting {
	defaults := page.DefaultLabels()
	label := func(name, about string) key {
		return key{name: name, about: about, standard: *defaults.Lists()[name], setting: words(into.Lists()[name])}
	}
	return mapping(
		label("source", "Heading of the sources."),
		label("changes", "Heading of the versions of the headline."),
		label("related", "Heading of the related entries."),
		label("context", "Word before the contexts of an event or an entry: `_Context: A, B_`."),
		label("previous", "Text of a day page's link to the previous day."),
		label("current", "Marker of the current version."),
		label("first", "Marker of the first version."),
		label("update", "Marker of the versions in between."),
		label("formats", "Word before the links to other formats of the page."),
	).then(func(v *value) error {
		all := into.WithDefaults()
		var errs []error
		for _, field := range v.fields {
			if len(field.value.items) == 0 && field.value.kind == listValue {
				errs = append(errs, field.value.errorf("%s is an empty list; name a label, or remove the key", field.value.name))
			}
			errs = append(errs, each(field.value.items, func(item *value) error {
				if reason := all.Invalid(field.key, item.text); reason != "" {
					return item.errorf("invalid label %q for %s: %s", item.text, field.value.name, reason)
				}
				return nil
			}))
		}
		return errors.Join(errs...)
	})
}

const maxCount = 1_000_000

// count is the setting of a number of at least 1.
func count(into *int) setting {
	return setting{values: "number", schema: schema{"type": "integer", "minimum": 1, "maximum": maxCount}, read: func(v *value) error {
		if v.kind == scalarValue && isDecimal(v.text) {
			if n, err := strconv.Atoi(v.text); err == nil && n <= maxCount {
				*into = n
				return nil
			}
		}
		return v.errorf("%s must be a number from 1 to %d, not %s", v.name, maxCount, v)
	}}
}

// oneOf is the setting of the name of one of some values.
func oneOf[T fmt.Stringer](into *T, known ...T) setting {
	var names []string
	for _, k := range known {
		names = append(names, k.String())
	}
	return setting{values: orList(names), schema: schema{"enum": anyOf(names)}, read: func(v *value) error {
		if i := slices.Index(names, v.text); i >= 0 && v.kind == textValue {
			*into = known[i]
			return nil
		}
		return v.errorf("%s must be %s, not %s", v.name, orList(names), v)
	}}
}

// outlets is the setting of the names of outlets by host.
func outlets(into *source.Outlets) setting {
	named := schema{"type": "object", "additionalProperties": schema{"type": "string", "pattern": `\S`}}
	return setting{values: "host: name", schema: named, read: func(v *value) error {
		if v.kind != mappingValue {
			return v.errorf("outlets must be a list of host: name, not %s", v)
		}
		*into = source.Outlets{}
		lines := map[string]int{}
		return v.eachField(func(f field) error {
			host := source.OutletHost(f.key)
			name, err := f.value.asLine()
			switch {
			case host == "":
				return errorAt(f.line, "%s must be a host with a name, as in bbc.co.uk: BBC", shorten(f.key, maxQuoted))
			case err != nil:
				return err
			case strings.TrimSpace(name) == "":
				return f.value.errorf("%s must be a host with a name, as in bbc.co.uk: BBC", f.key)
			case lines[host] > 0:
				return errorAt(f.line, "the host %s is in line %d already, as case and www. do not matter; keep one", f.key, lines[host])
			}
			lines[host] = f.line
			(*into)[host] = name
			return nil
		})
	}}
}

// webAddress is the setting of the address of a service.
func webAddress(into *string) setting {
	return setting{values: "address", schema: schema{"type": "string", "format": "uri", "pattern": "^https?://"}, read: func(v *value) error {
		address, err := v.asLine()
		if err != nil {
			return err
		}
		if _, err := source.Request(address); err != nil {
			return v.errorf("%s must be an absolute http or https address, not %s", v.name, v)
		}
		*into = address
		return nil
	}}
}
