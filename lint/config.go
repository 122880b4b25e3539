package lint

import (
	"maps"
	"slices"

	"newsctl/archive/pattern"
)

// Config says which rules are applied, and how severe each is.
type Config struct {
	// Only, if not empty, names the rules that are applied.
	Only []string

	// Disabled names rules that are not applied, whatever else is said of them.
	Disabled []string

	// Severity overrides that of rules by name; Off switches a rule off.
	Severity map[string]Severity

	// Overrides hold for the pages that match them. Later ones outweigh earlier
	// ones, and Severity.
	Overrides []Override

	// Whole says that all pages of the archive are checked, so that rules which
	// compare pages are applied.
	Whole bool

	// Least is the severity below which people are not shown findings, or Off where
	// that is left to the format. The caller hides them.
	Least Severity

	// Baseline is the file of known findings, relative to the root;
	// empty if there is none. The caller reads it, and applies it to the result.
	Baseline string
}

// Override is the severities of rules by name on the pages that match a pattern. Off
// switches a rule off also if Only names it.
type Override struct {
	Pattern  string
	Severity map[string]Severity
}

// ReadsLedger reports whether a rule that reads the ledger of sources is applied.
func (c Config) ReadsLedger() bool { return slices.Contains(c.applied(), &sourceDead) }

// severity returns how severe a rule is under the configuration.
func (c Config) severity(r *Rule) Severity {
	if slices.Contains(c.Disabled, r.Name) || len(c.Only) > 0 && !slices.Contains(c.Only, r.Name) {
		return Off
	}
	if r.Join != nil && !c.Whole {
		return Off
	}
	if s, ok := c.Severity[r.Name]; ok && (s != Off || !slices.Contains(c.Only, r.Name)) {
		return s
	}
	return r.Severity
}

// at returns the configuration that holds for the page at a path, and whether it
// differs from that of other pages.
func (c Config) at(p string) (Config, bool) {
	if len(c.Overrides) == 0 {
		return c, false
	}
	severity := map[string]Severity{}
	for _, o := range c.Overrides {
		if pattern.MatchAny([]string{o.Pattern}, p) {
			maps.Copy(severity, o.Severity)
		}
	}
	if len(severity) == 0 {
		return c, false
	}
	c.Severity, c.Disabled = maps.Clone(c.Severity), slices.Clone(c.Disabled)
	if c.Severity == nil {
		c.Severity = map[string]Severity{}
	}
	for name, s := range severity {
		if s == Off {
			c.Disabled = append(c.Disabled, name)
		}
		c.Severity[name] = s
	}
	return c, true
}

// applied returns the rules that are applied to some page, in their order.
func (c Config) applied() []*Rule {
	return slices.DeleteFunc(Rules(), func(r *Rule) bool {
		return c.severity(r) == Off && !slices.ContainsFunc(c.Overrides, func(o Override) bool {
			own := c
			own.Severity = o.Severity
			_, named := o.Severity[r.Name]
			return named && own.severity(r) != Off
		})
	})
}
