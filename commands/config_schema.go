package commands

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"newsctl/archive"
	"newsctl/lint"
)

// schema is a JSON Schema, or a part of one.
type schema map[string]any

// configSchema returns the JSON Schema of the configuration. It is of draft 7, which
// editors know best.
func configSchema() schema {
	s := sectionSchema(configKeys(&archive.Config{}, &lint.Config{}))
	s["$schema"] = "http://json-schema.org/draft-07/schema#"
	s["title"] = "Configuration of newsctl, " + configName
	return s
}

// sectionSchema returns the schema of a mapping.
func sectionSchema(keys []key) schema {
	properties := schema{}
	for _, k := range keys {
		properties[k.name] = k.valueSchema()
	}
	return schema{"type": "object", "properties": properties, "additionalProperties": false}
}

// valueSchema returns the schema of a key's value. A key without a value counts as
// missing.
func (k key) valueSchema() schema {
	out := maps.Clone(k.schema)
	if k.keys != nil {
		out = sectionSchema(k.keys)
	}
	if k.about != "" {
		out["description"] = k.about
	}
	if words, ok := out["enum"].([]any); ok {
		out["enum"] = append(slices.Clone(words), nil)
	} else {
		out["type"] = []any{out["type"], "null"}
	}
	switch standard := k.standard.(type) {
	case nil:
	case fmt.Stringer:
		out["default"] = standard.String()
	default:
		out["default"] = standard
	}
	return out
}

// anyOf returns words as the values of an enumeration.
func anyOf(words []string) []any {
	var out []any
	for _, w := range words {
		out = append(out, w)
	}
	return out
}

// documented returns the keys below some keys that have a description, named in
// full: related.limit.
func documented(keys []key, within string) []key {
	var out []key
	for _, k := range keys {
		k.name = within + k.name
		if k.about != "" {
			out = append(out, k)
		}
		out = append(out, documented(k.keys, k.name+".")...)
	}
	return out
}

// defaultText returns the default of a key as YAML, or nothing.
func (k key) defaultText() string {
	switch standard := k.standard.(type) {
	case nil:
		return ""
	case []string:
		return "[" + strings.Join(standard, ", ") + "]"
	default:
		return fmt.Sprint(standard)
	}
}
