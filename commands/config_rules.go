package commands

import (
	"newsctl/archive/pattern"
	"newsctl/lint"
)

// rules is the setting of the severities of rules by name. A family sets all its
// rules but those that are named themselves.
func rules(into *map[string]lint.Severity) setting {
	var names []string
	for s := lint.Off; s <= lint.Error; s++ {
		names = append(names, s.String())
	}
	return setting{values: "rule: " + orList(names), schema: rulesSchema(names), read: func(v *value) error {
		if v.kind != mappingValue {
			return v.errorf("rules must name rules and their severities: text-entity: off")
		}
		*into = map[string]lint.Severity{}
		named := map[string]bool{}
		return v.eachField(func(f field) error {
			found, err := findRules(f.key)
			if err != nil {
				return errorAt(f.line, "%v", err)
			}
			if f.value.kind != textValue {
				return f.value.errorf("%s must be %s, not %s", f.value.name, orList(names), f.value)
			}
			s, err := lint.ParseSeverity(f.value.text)
			if err != nil {
				return f.value.errorf("%s: %v", f.key, err)
			}
			for _, r := range found {
				if r.Name == f.key || !named[r.Name] {
					(*into)[r.Name] = s
				}
				named[r.Name] = named[r.Name] || r.Name == f.key
			}
			return nil
		})
	}}
}

// rulesSchema returns the schema of severities of rules and families.
func rulesSchema(severities []string) schema {
	properties := schema{}
	for _, r := range lint.Rules() {
		properties[r.Name] = schema{"enum": anyOf(severities), "description": r.Title, "default": r.Severity.String()}
	}
	for _, family := range lint.Families() {
		properties[family] = schema{"enum": anyOf(severities), "description": "All rules named " + family + "-*, unless they are named themselves"}
	}
	return schema{"type": "object", "properties": properties, "additionalProperties": false}
}

// overrides is the setting of severities on the pages that match patterns.
func overrides(into *[]lint.Override) setting {
	var severity map[string]lint.Severity
	own := rules(&severity)
	perPattern := schema{"type": "object", "additionalProperties": own.schema}
	return setting{values: "pattern: rules", schema: perPattern, read: func(v *value) error {
		if v.kind != mappingValue {
			return v.errorf("%s must name patterns of paths and their rules: drafts/: {source-missing: off}", v.name)
		}
		*into = nil
		return v.eachField(func(f field) error {
			if reason := pattern.Invalid(f.key); reason != "" {
				return errorAt(f.line, "invalid pattern %q for %s: %s", shorten(f.key, maxQuoted), v.name, reason)
			}
			if f.value.kind == emptyValue || f.value.kind == faultyValue {
				return nil
			}
			severity = nil
			err := own.read(f.value)
			*into = append(*into, lint.Override{Pattern: f.key, Severity: severity})
			return err
		})
	}}
}
