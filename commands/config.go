package commands

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"reflect"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"

	"newsctl/archive"
	"newsctl/archive/page"
	"newsctl/lint"
)

// configName is the configuration's file in an archive's root.
const configName = ".newsctl.yaml"

// configFile is the configuration as it is written. Every part may be missing.
type configFile struct {
	Labels   labelsConfig   `yaml:"labels"`
	Links    linksConfig    `yaml:"links"`
	Slug     slugConfig     `yaml:"slug"`
	Related  relatedConfig  `yaml:"related"`
	Contexts contextsConfig `yaml:"contexts"`
	Rules    ruleConfig     `yaml:"rules"`
	Outlets  outletConfig   `yaml:"outlets"`
	Ignore   patterns       `yaml:"ignore"`

	Baseline string `yaml:"baseline"`
}

type labelsConfig struct {
	Source   labels `yaml:"source"`
	Changes  labels `yaml:"changes"`
	Related  labels `yaml:"related"`
	Context  labels `yaml:"context"`
	Previous labels `yaml:"previous"`
	Current  labels `yaml:"current"`
	First    labels `yaml:"first"`
	Update   labels `yaml:"update"`
	Formats  labels `yaml:"formats"`
}

type linksConfig struct {
	Prefixes words    `yaml:"prefixes"`
	Allow    patterns `yaml:"allow"`
}

type slugConfig struct {
	Style  slugStyle `yaml:"style"`
	Length count     `yaml:"length"`
}

type relatedConfig struct {
	Limit count `yaml:"limit"`
	Rank  rank  `yaml:"rank"`
}

type contextsConfig struct {
	Names contextNames `yaml:"names"`
}

// readConfig reads the configuration in an archive's root. One that is missing
// or empty leaves everything at its default.
func readConfig(root fs.FS) (archive.Config, lint.Config, error) {
	c, err := decodeConfig(root)
	if err != nil {
		return archive.Config{}, lint.Config{}, fmt.Errorf("%s%w", configName, err)
	}
	return archive.Config{
		Labels: page.Labels{
			Source: c.Labels.Source, Changes: c.Labels.Changes, Related: c.Labels.Related, Context: c.Labels.Context,
			Previous: c.Labels.Previous, Current: c.Labels.Current, First: c.Labels.First, Update: c.Labels.Update,
			Formats: c.Labels.Formats,
		},
		Prefixes:     c.Links.Prefixes,
		AllowedLinks: c.Links.Allow,
		SlugStyle:    archive.SlugStyle(c.Slug.Style),
		SlugLength:   int(c.Slug.Length),
		RelatedLimit: int(c.Related.Limit),
		RelatedRank:  archive.Rank(c.Related.Rank),
		Names:        c.Contexts.Names,
		Outlets:      c.Outlets,
		Ignore:       c.Ignore,
	}, lint.Config{Severity: c.Rules, Baseline: c.Baseline}, nil
}

// decodeConfig reads the configuration file in a root. Its errors begin with the
// line, if they are about one, and lack the file's name.
func decodeConfig(root fs.FS) (configFile, error) {
	var c configFile
	src, err := readConfigFile(root)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return c, nil
	case err != nil:
		return c, fmt.Errorf(" %w", err)
	}
	src = bytes.TrimPrefix(src, []byte("\xef\xbb\xbf"))
	if err := checkDepth(src); err != nil {
		return c, err
	}
	dec := yaml.NewDecoder(bytes.NewReader(src), yaml.DisallowUnknownField())
	if err := dec.Decode(&c); err != nil && !errors.Is(err, io.EOF) {
		return c, configError(src, err)
	}
	if err := dec.Decode(&configFile{}); !errors.Is(err, io.EOF) {
		return c, errors.New(": it holds more than one document; join them")
	}
	return c, nil
}

// configError says where the configuration is wrong, and how.
func configError(src []byte, err error) error {
	var at yaml.Error
	if !errors.As(err, &at) {
		return fmt.Errorf(": %w", err)
	}
	t := at.GetToken()
	message := at.GetMessage()
	var unknown *yaml.UnknownFieldError
	var wrong *yaml.SyntaxError
	switch {
	case errors.As(err, &unknown):
		section, keys := sectionOf(src, t)
		message = fmt.Sprintf("there is no key %q%s%s", shorten(t.Value, maxQuoted), section, didYouMean(t.Value, keys))
	case !errors.As(err, &wrong):
		message = fmt.Sprintf("%q is not what belongs here: %s", shorten(t.Value, maxQuoted), message)
	}
	return fmt.Errorf(":%d: %s", t.Position.Line, shorten(message, maxMessage))
}

// sectionOf returns the section that a key is in, as a part of a sentence, and
// the keys that the section has.
func sectionOf(src []byte, key *token.Token) (string, []string) {
	file, err := parser.ParseBytes(src, 0)
	if err != nil || len(file.Docs) == 0 {
		return "", nil
	}
	all := reflect.TypeOf(configFile{})
	sections, ok := file.Docs[0].Body.(*ast.MappingNode)
	if !ok {
		return "", fieldNames(all, "yaml")
	}
	for _, s := range sections.Values {
		inside, ok := s.Value.(*ast.MappingNode)
		if !ok {
			continue
		}
		for _, v := range inside.Values {
			if v.Key.GetToken().Position.Offset == key.Position.Offset {
				return " in " + s.Key.String(), fieldNames(fieldType(all, s.Key.String()), "yaml")
			}
		}
	}
	return "", fieldNames(all, "yaml")
}

// fieldType returns the type of the field that holds a key.
func fieldType(t reflect.Type, key string) reflect.Type {
	for i := range t.NumField() {
		if t.Field(i).Tag.Get("yaml") == key {
			return t.Field(i).Type
		}
	}
	return reflect.TypeOf(struct{}{})
}

// fieldNames returns what the fields of a type are called in a format: yaml,
// json. A type that is no struct has none.
func fieldNames(t reflect.Type, format string) []string {
	if t.Kind() != reflect.Struct {
		return nil
	}
	var out []string
	for i := range t.NumField() {
		out = append(out, t.Field(i).Tag.Get(format))
	}
	return out
}

// valueError is a value of the configuration that cannot be used.
func valueError(n ast.Node, format string, args ...any) error {
	return &yaml.SyntaxError{Message: fmt.Sprintf(format, args...), Token: n.GetToken()}
}

// words is a list of words.
type words []string

func (v *words) UnmarshalYAML(n ast.Node) error {
	list, ok := n.(*ast.SequenceNode)
	if !ok {
		return valueError(n, "%s must be a list of words: [One, Two]", keyOf(n))
	}
	*v = words{}
	for _, item := range list.Values {
		word, ok := item.(*ast.StringNode)
		if !ok || strings.TrimSpace(word.Value) == "" {
			return valueError(item, "%s must be a list of words, and %s is none; put it in quotes", keyOf(n), item)
		}
		*v = append(*v, word.Value)
	}
	return nil
}

// contextNames is a list of names of contexts that hold a comma.
type contextNames words

func (v *contextNames) UnmarshalYAML(n ast.Node) error {
	if err := (*words)(v).UnmarshalYAML(n); err != nil {
		return err
	}
	for _, name := range *v {
		if reason := archive.InvalidName(name); reason != "" {
			return valueError(n, "invalid name %q for %s: %s", name, keyOf(n), reason)
		}
	}
	return nil
}

// labels is a list of labels, as they stand before the colon.
type labels words

func (v *labels) UnmarshalYAML(n ast.Node) error {
	if err := (*words)(v).UnmarshalYAML(n); err != nil {
		return err
	}
	for _, label := range *v {
		if strings.ContainsAny(label, ":：") {
			return valueError(n, "%s: %q holds a colon; leave it out", keyOf(n), label)
		}
	}
	return nil
}

// patterns is a list of patterns of paths.
type patterns words

func (v *patterns) UnmarshalYAML(n ast.Node) error {
	if err := (*words)(v).UnmarshalYAML(n); err != nil {
		return err
	}
	for _, p := range *v {
		if reason := unmatchable(p); reason != "" {
			return valueError(n, "invalid pattern %q for %s: %s", p, keyOf(n), reason)
		}
	}
	return nil
}

// unmatchable returns why no path in an archive can match a pattern, or nothing.
func unmatchable(pattern string) string {
	trimmed := strings.Trim(pattern, "/")
	if _, err := path.Match(pattern, ""); err != nil {
		return "a bracket has no partner"
	}
	for _, name := range strings.Split(trimmed, "/") {
		switch {
		case name == "..":
			return "it is outside the archive; paths are relative to its root"
		case name == "." || name == "":
			return "no path has a part like that; write it as path/to/files or *.pdf"
		}
	}
	return ""
}

// count is a number of at least 1.
type count int

const maxCount = 1_000_000

func (v *count) UnmarshalYAML(n ast.Node) error {
	i, ok := n.(*ast.IntegerNode)
	if ok {
		if u, isUint := i.Value.(uint64); isUint && u > 0 && u <= maxCount {
			*v = count(u)
			return nil
		}
	}
	return valueError(n, "%s must be a number from 1 to %d, not %s", keyOf(n), maxCount, n)
}

type slugStyle archive.SlugStyle

func (v *slugStyle) UnmarshalYAML(n ast.Node) error {
	for _, s := range []archive.SlugStyle{archive.ASCIISlug, archive.UnicodeSlug} {
		if scalar(n) == s.String() {
			*v = slugStyle(s)
			return nil
		}
	}
	return valueError(n, "%s must be ascii or unicode, not %s", keyOf(n), n)
}

type rank archive.Rank

func (v *rank) UnmarshalYAML(n ast.Node) error {
	r, err := archive.ParseRank(scalar(n))
	if err != nil {
		return valueError(n, "%s must be shared or rare, not %s", keyOf(n), n)
	}
	*v = rank(r)
	return nil
}

// outletConfig is the name of outlets by host.
type outletConfig map[string]string

func (v *outletConfig) UnmarshalYAML(n ast.Node) error {
	m, ok := n.(*ast.MappingNode)
	if !ok {
		return valueError(n, "outlets must be a list of host: name")
	}
	*v = outletConfig{}
	for _, item := range m.Values {
		host, name := item.Key.String(), strings.Trim(item.Value.String(), `"'`)
		if strings.ContainsAny(host, "/: ") || name == "" {
			return valueError(item.Key, "%s must be a host with a name, as in bbc.co.uk: BBC", host)
		}
		(*v)[strings.ToLower(host)] = name
	}
	return nil
}

// ruleConfig is the severity of rules by name.
type ruleConfig map[string]lint.Severity

func (v *ruleConfig) UnmarshalYAML(n ast.Node) error {
	m, ok := n.(*ast.MappingNode)
	if !ok {
		return valueError(n, "rules must name rules and their severities: text-entity: off")
	}
	*v = ruleConfig{}
	for _, item := range m.Values {
		name := scalar(item.Key)
		if _, err := findRule(name); err != nil {
			return valueError(item.Key, "%v", err)
		}
		s, err := lint.ParseSeverity(scalar(item.Value))
		if err != nil {
			return valueError(item.Value, "%s: %v", name, err)
		}
		(*v)[name] = s
	}
	return nil
}

// scalar returns the value of a node that is a word, quoted or not.
func scalar(n ast.Node) string {
	if s, ok := n.(*ast.StringNode); ok {
		return s.Value
	}
	return n.String()
}

// keyOf returns the key that a node is the value of, with its section's.
func keyOf(n ast.Node) string { return strings.TrimPrefix(n.GetPath(), "$.") }
