package commands

import (
	"cmp"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"

	"newsctl/archive"
	"newsctl/archive/page"
	"newsctl/lint"
)

// configName is the configuration's file in an archive's root.
const configName = ".newsctl.yaml"

// readConfig reads the configuration in an archive's root. One that is missing
// or empty leaves everything at its default.
func readConfig(root fs.FS) (archive.Config, lint.Config, error) {
	var a archive.Config
	var l lint.Config
	v, err := readConfigFile(root)
	if err == nil {
		err = configReader(&a, &l)(v)
	}
	if err != nil {
		return archive.Config{}, lint.Config{}, fmt.Errorf("%s%w", configName, err)
	}
	return a, l, nil
}

// configReader returns what reads all that a configuration may set.
func configReader(a *archive.Config, l *lint.Config) reader {
	return fields{
		"labels": labels(&a.Labels),
		"links": fields{
			"prefixes": checkedWords(&a.Prefixes, "prefix", archive.InvalidPrefix),
			"allow":    patterns(&a.AllowedLinks),
		}.read,
		"slug": fields{
			"style":  oneOf(&a.SlugStyle, archive.ASCIISlug, archive.UnicodeSlug),
			"length": count(&a.SlugLength),
		}.read,
		"related": fields{
			"limit": count(&a.RelatedLimit),
			"rank":  oneOf(&a.RelatedRank, archive.RankShared, archive.RankRare),
		}.read,
		"contexts": fields{"names": names(&a.Names)}.read,
		"rules":    rules(&l.Severity),
		"outlets":  outlets(&a.Outlets),
		"sources":  sourcesSection(&a.Sources),
		"ignore":   patterns(&a.Ignore),
		"baseline": text(&l.Baseline),
	}.read
}

// reader reads a value into the place that it was made for. Its errors begin with
// the line, and lack the file's name.
type reader func(*value) error

// fields reads a mapping: what reads each key.
type fields map[string]reader

func (f fields) read(v *value) error {
	if v.kind == emptyValue {
		return nil
	}
	if v.kind != mappingValue {
		return v.errorf("%s must be lines of key: value, not %s", cmp.Or(v.name, "the configuration"), v)
	}
	for _, field := range v.fields {
		read, known := f[field.key]
		if !known {
			section := ""
			if v.name != "" {
				section = " in " + v.name
			}
			return errorAt(field.line, "there is no key %q%s%s", shorten(field.key, maxQuoted), section, didYouMean(field.key, f.keys()))
		}
		if field.value.kind == emptyValue {
			continue // a key alone leaves the default
		}
		if err := read(field.value); err != nil {
			return err
		}
	}
	return nil
}

func (f fields) keys() []string {
	var out []string
	for key := range f {
		out = append(out, key)
	}
	slices.Sort(out)
	return out
}

// asLine returns the text of a value, which must be a line of characters that can
// be seen.
func (v *value) asLine() (string, error) {
	if v.kind != textValue {
		return "", v.errorf("%s must be a text, not %s", v.name, v)
	}
	if r, ok := hidden(v.text); ok {
		return "", v.errorf("%s: %q holds the control character %U; remove it", v.name, v.text, r)
	}
	return v.text, nil
}

// text reads a text.
func text(into *string) reader {
	return func(v *value) (err error) {
		*into, err = v.asLine()
		if err == nil && strings.TrimSpace(*into) == "" {
			err = v.errorf("%s is empty; give it a value, or leave it out", v.name)
		}
		return err
	}
}

// words reads a list of texts.
func words(into *[]string) reader {
	return func(v *value) error {
		if v.kind != listValue {
			return v.errorf("%s must be a list of words: [One, Two]", v.name)
		}
		*into = []string{}
		for _, item := range v.items {
			if item.kind == scalarValue {
				return item.errorf("%s must be a list of words, and %s is not a word; put it in quotes", v.name, item)
			}
			word, err := item.asLine()
			if err != nil {
				return err
			}
			if strings.TrimSpace(word) == "" {
				return item.errorf("%s must be a list of words, and %q is empty; leave it out", v.name, word)
			}
			*into = append(*into, word)
		}
		return nil
	}
}

// checkedWords reads a list of texts each of which is fit for its use: invalid
// returns why one is not, or nothing.
func checkedWords(into *[]string, what string, invalid func(string) string) reader {
	return func(v *value) error {
		if err := words(into)(v); err != nil {
			return err
		}
		for i, word := range *into {
			if reason := invalid(word); reason != "" {
				return v.items[i].errorf("invalid %s %q for %s: %s", what, word, v.name, reason)
			}
		}
		return nil
	}
}

// names reads a list of names of contexts that hold a comma.
func names(into *[]string) reader { return checkedWords(into, "name", archive.InvalidName) }

// patterns reads a list of patterns of paths.
func patterns(into *[]string) reader {
	return checkedWords(into, "pattern", archive.InvalidPattern)
}

// labels reads the words of a language.
func labels(into *page.Labels) reader {
	return func(v *value) error {
		lists := into.Lists()
		section := fields{}
		for part, list := range lists {
			section[part] = words(list)
		}
		if err := section.read(v); err != nil {
			return err
		}
		all := into.WithDefaults()
		for _, field := range v.fields {
			for _, item := range field.value.items {
				if reason := all.Invalid(field.key, item.text); reason != "" {
					return item.errorf("invalid label %q for %s: %s", item.text, field.value.name, reason)
				}
			}
		}
		return nil
	}
}

const maxCount = 1_000_000

// count reads a number of at least 1.
func count(into *int) reader {
	return func(v *value) error {
		if v.kind == scalarValue && isDecimal(v.text) {
			if n, err := strconv.Atoi(v.text); err == nil && n <= maxCount {
				*into = n
				return nil
			}
		}
		return v.errorf("%s must be a number from 1 to %d, not %s", v.name, maxCount, v)
	}
}

// oneOf reads the name of one of some values.
func oneOf[T fmt.Stringer](into *T, known ...T) reader {
	return func(v *value) error {
		var names []string
		for _, k := range known {
			if v.kind == textValue && v.text == k.String() {
				*into = k
				return nil
			}
			names = append(names, k.String())
		}
		return v.errorf("%s must be %s, not %s", v.name, strings.Join(names, " or "), v)
	}
}

// outlets reads the names of outlets by host.
func outlets(into *map[string]string) reader {
	return func(v *value) error {
		if v.kind != mappingValue {
			return v.errorf("outlets must be a list of host: name, not %s", v)
		}
		*into = map[string]string{}
		lines := map[string]int{}
		for _, f := range v.fields {
			host := archive.OutletHost(f.key)
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
		}
		return nil
	}
}

// rules reads the severity of rules by name.
func rules(into *map[string]lint.Severity) reader {
	return func(v *value) error {
		if v.kind != mappingValue {
			return v.errorf("rules must name rules and their severities: text-entity: off")
		}
		*into = map[string]lint.Severity{}
		for _, f := range v.fields {
			if _, err := findRule(f.key); err != nil {
				return errorAt(f.line, "%v", err)
			}
			if f.value.kind != textValue {
				return f.value.errorf("%s must be off, info, warning or error, not %s", f.value.name, f.value)
			}
			s, err := lint.ParseSeverity(f.value.text)
			if err != nil {
				return f.value.errorf("%s: %v", f.key, err)
			}
			(*into)[f.key] = s
		}
		return nil
	}
}
