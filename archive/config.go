package archive

import (
	"path"
	"slices"
	"strings"

	"newsctl/archive/page"
)

// Config is what an archive's maintainers may set. Its zero value fits the
// English and Chinese editions: what is empty is recognised from the archive.
type Config struct {
	Labels page.Labels

	// Prefixes are what links carry before a path that is not in the tree
	// (/zh). If nil, a language's code that is no folder of the tree is one.
	Prefixes []string

	// AllowedLinks holds patterns of paths that links may lead to though no file
	// is there: files that git ignores, or that are generated. They are written
	// as those of Ignore.
	AllowedLinks []string

	SlugStyle  SlugStyle
	SlugLength int // characters of the headline that count; 0: the style's own

	RelatedLimit int // entries of a related list; 0: 10
	RelatedRank  Rank

	// Outlets are the names of outlets by host, for sources that are given as a
	// bare address. A name counts for the hosts below its own.
	Outlets map[string]string

	// Names are names of contexts that hold a comma, as "Orlando, Florida".
	Names []string

	// Ignore holds patterns of paths that are no pages of the archive, but
	// targets of links: a path, a folder, or a pattern as of path.Match.
	Ignore []string
}

// defaultRelatedLimit is the length of the lists of 2017. Those of 2018 are
// shorter, which is never wrong.
const defaultRelatedLimit = 10

// withDefaults returns the configuration with its empty parts filled in. A
// label that is set stands before the built-in ones: it is what is written,
// and the built-in ones are still read.
func (c Config) withDefaults() Config {
	d := page.DefaultLabels()
	c.Labels = page.Labels{
		Source:   slices.Concat(c.Labels.Source, d.Source),
		Changes:  slices.Concat(c.Labels.Changes, d.Changes),
		Related:  slices.Concat(c.Labels.Related, d.Related),
		Context:  slices.Concat(c.Labels.Context, d.Context),
		Previous: slices.Concat(c.Labels.Previous, d.Previous),
		Current:  slices.Concat(c.Labels.Current, d.Current),
		First:    slices.Concat(c.Labels.First, d.First),
		Update:   slices.Concat(c.Labels.Update, d.Update),
		Formats:  slices.Concat(c.Labels.Formats, d.Formats),
	}
	if c.RelatedLimit == 0 {
		c.RelatedLimit = defaultRelatedLimit
	}
	return c
}

// ignores reports whether a path is set aside.
func (c Config) ignores(p string) bool { return matchesAny(c.Ignore, p) }

// matchesAny reports whether a path, or a folder that holds it, is one of the
// patterns or matches one.
func matchesAny(patterns []string, p string) bool {
	for _, pattern := range patterns {
		pattern = strings.Trim(pattern, "/")
		if p == pattern || strings.HasPrefix(p, pattern+"/") {
			return true
		}
		if ok, _ := path.Match(pattern, p); ok {
			return true
		}
		if ok, _ := path.Match(pattern, path.Base(p)); ok && !strings.Contains(pattern, "/") {
			return true
		}
	}
	return false
}
