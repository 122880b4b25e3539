package commands

import (
	"golang.org/x/text/unicode/norm"

	"newsctl/archive/contexts"
)

// aliases is the setting of the names of contexts by what else they are called.
func aliases(into *map[string]string) setting {
	named := schema{"type": "object", "additionalProperties": schema{"type": "string", "pattern": `\S`}}
	return setting{values: "alias: name", schema: named, read: func(v *value) error {
		if v.kind != mappingValue {
			return v.errorf("%s must be lines of alias: name, as in NYC: New York City, not %s", v.name, v)
		}
		*into = map[string]string{}
		lines := map[string]int{}
		err := v.eachField(func(f field) error {
			name, err := f.value.asLine()
			if err != nil {
				return err
			}
			alias := norm.NFC.String(f.key)
			if reason := contexts.InvalidAlias(alias, name); reason != "" {
				return errorAt(f.line, "invalid alias %q of %q in %s: %s", shorten(f.key, maxQuoted), name, v.name, reason)
			}
			if lines[alias] > 0 {
				return errorAt(f.line, "the alias %q is in line %d already, in another Unicode form; keep one", f.key, lines[alias])
			}
			lines[alias] = f.line
			(*into)[alias] = name
			return nil
		})
		if err != nil {
			return err
		}
		return v.eachField(func(f field) error {
			if to, chain := (*into)[norm.NFC.String(f.value.text)]; chain {
				return errorAt(f.line, "%q stands for %q, which is an alias itself; write %q", f.key, f.value.text, to)
			}
			return nil
		})
	}}
}
