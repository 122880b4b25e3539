package commands

import (
	"cmp"
	"errors"
	"slices"
	"time"

	"newsctl/archive"
	"newsctl/archive/layout"
	"newsctl/archive/slug"
	"newsctl/archive/source"
	"newsctl/lint"
)

// configKeys returns the keys of a configuration, which are read into a and l. All
// that newsctl knows of a key is here: reading, the schema, the reference and the
// manual page follow.
func configKeys(a *archive.Config, l *lint.Config) []key {
	return []key{
		{name: "labels", about: "Words for the parts of pages in another language. newsctl writes the first word of a list, and recognizes all of them and the built-in labels.",
			example: "related: [Verwandt]", setting: labels(&a.Labels)},
		{name: "links", setting: mapping(
			key{name: "prefixes", about: "Prefixes that links have before the path of a page. By default, a language code that is not a directory of the archive.",
				example: "[/de]", setting: checkedWords(&a.Prefixes, "prefix", archive.InvalidPrefix)},
			key{name: "allow", about: "Link targets that may be missing, because they are generated or git ignores them. Patterns as in `ignore`.",
				example: "[feeds/]", setting: patterns(&a.AllowedLinks)},
			key{name: "permalinks", about: "Links of the published site and the pages they point to, as patterns with the parts `{yyyy}`, `{mm}` or `{m}`, `{dd}` or `{d}`, `{lang}`, and parts of your own such as `{slug}`. The first pattern that matches applies.",
				example: `{"/{lang}/news/{yyyy}/{mm}/{dd}/{slug}/": "news/{yyyy}/{mm}/{d}/{slug}.md"}`, setting: permalinks(&a.Permalinks)},
		)},
		{name: "layout", setting: mapping(
			key{name: "root", about: "Directory that holds the years, below the archive's root.",
				example: "events", standard: layout.DefaultRoot, setting: checked(text(&a.Layout.Root), layout.Invalid)},
			key{name: "days", about: "Form of the directories of days: `padded` is events/2018/03/09, `unpadded` is events/2018/03/9.",
				example: "padded", standard: unpaddedDays, setting: days(&a.Layout.Padded)},
			key{name: "pages", about: "Name of day pages and of the front page, and of their copies if there are any.",
				example: "[README.md]", standard: []string{layout.DefaultIndex, layout.DefaultCopy}, setting: dayPagesSetting(&a.Layout.Pages)},
		)},
		{name: "slug", setting: mapping(
			key{name: "style", about: "Letters in file names. By default, the style of the existing file names.",
				example: "ascii", setting: oneOf(&a.SlugStyle, slug.ASCII, slug.Unicode)},
			key{name: "length", about: "Number of characters of the headline to use. By default 140, or 60 in the style unicode.",
				example: "140", setting: count(&a.SlugLength)},
		)},
		{name: "related", setting: mapping(
			key{name: "limit", about: "Maximum number of entries in a related list.", example: "5", standard: archive.DefaultRelatedLimit, setting: count(&a.RelatedLimit)},
			key{name: "rank", about: "Order of related entries: by the number of shared contexts (`shared`), or with more weight on rare contexts (`rare`). See `newsctl relink --help`.",
				example: "rare", standard: archive.RankShared, setting: oneOf(&a.RelatedRank, archive.RankShared, archive.RankRare)},
		)},
		{name: "contexts", setting: mapping(
			key{name: "names", about: "Contexts whose names contain a comma, which would otherwise separate two contexts.",
				example: `["Orlando, Florida"]`, setting: names(&a.Names)},
			key{name: "aliases", about: "Other names of contexts. newsctl reads an alias as the name it stands for, and writes the name.",
				example: "{NYC: New York City}", setting: aliases(&a.Aliases)},
		)},
		{name: "outlets", about: "Names of outlets by host, for sources that are given as an address alone. A name also applies to subdomains.",
			example: "bbc.co.uk: BBC", setting: outlets(&a.Outlets)},
		{name: "sources", setting: sources(&a.Sources)},
		{name: "rules", about: "Severities of rules. `newsctl rules` lists the rules and their own severities. A family such as related sets all rules whose names begin with it, except those that have a key of their own.",
			example: "text-entity: off", setting: rules(&l.Severity)},
		{name: "severity", about: "Lowest severity of the findings that `newsctl lint` shows in the formats text and grouped. By default, grouped hides infos. `--severity` overrides this key.",
			example: "info", setting: oneOf(&l.Least, lint.Info, lint.Warning, lint.Error)},
		{name: "overrides", about: "Severities of rules on the pages that match a pattern as in `ignore`. A later pattern overrides an earlier one.",
			example: "drafts/: {source-missing: off}", setting: overrides(&l.Overrides)},
		{name: "ignore", about: "Paths that are not pages of the archive, though links may point to them: a path, a directory, or a pattern in which `*` is any part of a name and `**` any number of directories.",
			example: "[drafts/, \"*.draft.md\"]", setting: patterns(&a.Ignore)},
		{name: "baseline", about: "File of known findings, which `newsctl lint` does not report. See `newsctl lint --help`.",
			example: ".newsctl-baseline.jsonl", setting: text(&l.Baseline)},
	}
}

// sources is the setting of how sources are checked.
func sources(into *source.Config) setting {
	days, form := 0, replaceSource
	s := mapping(
		key{name: "ledger", about: "File with the results of checking sources.",
			example: ".newsctl-sources.jsonl", standard: source.DefaultLedger, setting: text(&into.Ledger)},
		key{name: "failures", about: "Number of consecutive failures after which a source is dead.",
			example: "3", standard: source.DefaultFailures, setting: count(&into.Failures)},
		key{name: "days", about: "Number of days that the failures must span.",
			example: "7", standard: int(source.DefaultOver.Hours() / 24), setting: count(&days)},
		key{name: "archive", about: "What `newsctl sources archive` does with a dead source: replace its address with that of a capture, or append a link to the capture.",
			example: "append", standard: replaceSource, setting: oneOf(&form, replaceSource, appendCapture)},
		key{name: "timegate", about: "Memento TimeGate to ask for captures.",
			example: source.DefaultTimeGate, standard: source.DefaultTimeGate, setting: webAddress(&into.TimeGate)},
		key{name: "cdx", about: "CDX index of captures, asked before the TimeGate.",
			example: source.DefaultCDX, standard: source.DefaultCDX, setting: webAddress(&into.CDX)},
		key{name: "save", about: "Service to ask for new captures.",
			example: source.DefaultSave, standard: source.DefaultSave, setting: webAddress(&into.Save)},
	)
	return s.then(func(*value) error {
		into.Over = time.Duration(days) * 24 * time.Hour
		into.Append = form == appendCapture
		return nil
	})
}

// captureForm is how a source is pointed to its capture.
type captureForm string

const (
	replaceSource captureForm = "replace"
	appendCapture captureForm = "append"
)

func (f captureForm) String() string { return string(f) }

// key is a key of the configuration.
type key struct {
	name     string
	about    string // what it sets, in Markdown
	example  string // a value, as YAML
	standard any    // the value where the key is missing, if that is one value
	setting
}

// setting is what may be the value of a key.
type setting struct {
	read   reader
	values string // the kind of value, for people
	schema schema // the kind of value, for programs
	keys   []key  // of a section
}

// then returns a setting of which a value that is read is checked further.
func (s setting) then(check reader) setting {
	read := s.read
	s.read = func(v *value) error {
		if err := read(v); err != nil {
			return err
		}
		return check(v)
	}
	return s
}

// reader reads a value into the place that it was made for. Its errors are joined,
// begin with the line, and lack the file's name.
type reader func(*value) error

// each reads every value that could be parsed, and joins the errors.
func each(values []*value, read func(*value) error) error {
	var errs []error
	for _, v := range values {
		if v.kind != faultyValue {
			errs = append(errs, read(v))
		}
	}
	return errors.Join(errs...)
}

// mapping is the setting of a mapping with known keys.
func mapping(keys ...key) setting {
	var names []string
	for _, k := range keys {
		names = append(names, k.name)
	}
	return setting{keys: keys, read: func(v *value) error {
		if v.kind == emptyValue {
			return nil
		}
		if v.kind != mappingValue {
			return v.errorf("%s must be lines of key: value, not %s", cmp.Or(v.name, "the configuration"), v)
		}
		var errs []error
		for _, field := range v.fields {
			i := slices.Index(names, field.key)
			switch {
			case i < 0:
				in := ""
				if v.name != "" {
					in = " in " + v.name
				}
				errs = append(errs, errorAt(field.line, "unknown key %q%s%s", shorten(field.key, maxQuoted), in, didYouMean(field.key, names)))
			case field.value.kind != emptyValue && field.value.kind != faultyValue: // a key alone leaves the default
				errs = append(errs, keys[i].read(field.value))
			}
		}
		return errors.Join(errs...)
	}}
}
