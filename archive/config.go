package archive

import (
	"io/fs"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"newsctl/archive/layout"
	"newsctl/archive/link"
	"newsctl/archive/page"
	"newsctl/archive/pattern"
	"newsctl/archive/slug"
	"newsctl/archive/source"
)

// Config is what an archive's maintainers may set. Its zero value fits the
// English and Chinese editions: what is empty is recognized from the archive.
type Config struct {
	Labels page.Labels

	// Prefixes are what links carry before a path that is not in the tree
	// (/zh). If nil, a language's code that is not a directory of the tree is one.
	Prefixes []string

	// AllowedLinks holds patterns of paths that links may point to though no file
	// is there: files that git ignores, or that are generated. They are written
	// as those of Ignore.
	AllowedLinks []string

	// Permalinks are the links of the published site that point to pages.
	Permalinks []link.Permalink

	SlugStyle  slug.Style
	SlugLength int // characters of the headline that count; 0: the style's own

	RelatedLimit int // entries of a related list; 0: 10
	RelatedRank  Rank

	// Outlets are for sources that are given as a bare address.
	Outlets source.Outlets

	// Sources says how outside sources are checked.
	Sources source.Config

	// Layout is where the pages of days are. [layout.Use] makes it count.
	Layout layout.Layout

	// Names are names of contexts that hold a comma, as "Orlando, Florida".
	Names []string

	// Aliases are what else contexts are called, with the name of each: NYC is New
	// York City. Pages are read as if they had the name.
	Aliases map[string]string

	// Ignore holds patterns of paths that are not pages of the archive, but
	// targets of links: a path, a directory, or a pattern as of path.Match.
	Ignore []string
}

// DefaultRelatedLimit is the length of the lists of 2017. Those of 2018 are
// shorter, which is never wrong.
const DefaultRelatedLimit = 10

// withDefaults returns the configuration with its empty parts filled in. A
// label that is set is before the built-in ones: it is what is written,
// and the built-in ones are still read.
func (c Config) withDefaults() Config {
	c.Labels = c.Labels.WithDefaults()
	c.Sources = c.Sources.WithDefaults()
	c.Aliases = normalAliases(c.Aliases)
	if c.RelatedLimit == 0 {
		c.RelatedLimit = DefaultRelatedLimit
	}
	return c
}

// ignores reports whether a path is ignored.
func (c Config) ignores(p string) bool { return pattern.MatchAny(c.Ignore, p) }

// Rank is a way to order the events that share contexts with one.
type Rank uint8

// String returns the rank's name in the configuration.
func (r Rank) String() string { return [...]string{"shared", "rare"}[r] }

const (
	// RankShared puts events first that share more contexts, and among equals
	// the newer ones. It is how the archive's own lists are made. On real pages
	// an event about a large country is related to that country's latest events.
	RankShared Rank = iota

	// RankRare lets a shared context count the more, the fewer events have it:
	// one person in common outweighs one country. Where that comes to nearly the
	// same, events nearer in time come first. On real pages lists become about
	// one affair rather than about one country.
	RankRare
)

// InvalidPrefix returns why no link in an archive can begin with a prefix, or
// nothing.
func InvalidPrefix(prefix string) string {
	if first, _, _ := strings.Cut(strings.Trim(prefix, "/"), "/"); first == layout.DefaultRoot {
		return "that is the directory of the events, not what is before it"
	}
	if !fs.ValidPath(strings.Trim(prefix, "/")) || strings.Trim(prefix, "/.") == "" || strings.ContainsAny(prefix, " ?#:\\") {
		return "write it as the path that links begin with, as /de"
	}
	return ""
}

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
