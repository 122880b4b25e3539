package archive

import (
	"slices"

	"golang.org/x/text/unicode/norm"
)

// ContextName returns what the archive calls a context: the name that an alias in
// the configuration stands for, or else the name itself. The Unicode form of an
// alias does not matter.
func (c Config) ContextName(name string) string {
	if len(c.Aliases) == 0 {
		return name
	}
	if to, ok := c.Aliases[norm.NFC.String(name)]; ok {
		return to
	}
	return name
}

// ContextNames returns names with aliases replaced, in their order, each once.
func (c Config) ContextNames(names []string) []string {
	if len(c.Aliases) == 0 {
		return names
	}
	var out []string
	for _, name := range names {
		if name = c.ContextName(name); !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	return out
}

// Listed returns the names that the configuration itself has: those with a comma
// are one name in every list.
func (c Config) Listed() []string {
	out := slices.Clone(c.Names)
	for alias, name := range c.Aliases {
		out = append(out, alias, name)
	}
	return out
}

// normalAliases returns aliases by their NFC.
func normalAliases(aliases map[string]string) map[string]string {
	out := make(map[string]string, len(aliases))
	for alias, name := range aliases {
		out[norm.NFC.String(alias)] = name
	}
	return out
}
