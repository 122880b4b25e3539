package commands

import "newsctl/archive/link"

// permalinks is the setting of the pages that links of a published site point to.
func permalinks(into *[]link.Permalink) setting {
	patterns := schema{"type": "object", "additionalProperties": schema{"type": "string", "pattern": `\.md$`}}
	return setting{values: "permalink: page", schema: patterns, read: func(v *value) error {
		if v.kind != mappingValue {
			return v.errorf("%s must be lines of permalink: page, as in /{yyyy}/{slug}/: posts/{yyyy}/{slug}.md, not %s", v.name, v)
		}
		return v.eachField(func(f field) error {
			file, err := f.value.asLine()
			if err != nil {
				return err
			}
			p := link.Permalink{Link: f.key, File: file}
			if reason := p.Invalid(); reason != "" {
				return errorAt(f.line, "invalid permalink in %s: %s", v.name, reason)
			}
			*into = append(*into, p)
			return nil
		})
	}}
}
