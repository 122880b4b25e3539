package commands

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"reflect"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"

	"newsctl/archive"
	"newsctl/archive/page"
	"newsctl/lint"
)

// configName is the configuration's file in an archive's root.
const configName = ".newsctl.yaml"

// configFile is the configuration as it is written. Every part may be missing.
type configFile struct {
	Labels  labelsConfig  `yaml:"labels"`
	Links   linksConfig   `yaml:"links"`
	Slug    slugConfig    `yaml:"slug"`
	Related relatedConfig `yaml:"related"`
	Rules   ruleConfig    `yaml:"rules"`
	Ignore  []string      `yaml:"ignore"`
}

type labelsConfig struct {
	Source   []string `yaml:"source"`
	Changes  []string `yaml:"changes"`
	Related  []string `yaml:"related"`
	Context  []string `yaml:"context"`
	Previous []string `yaml:"previous"`
	Current  []string `yaml:"current"`
	Formats  []string `yaml:"formats"`
}

type linksConfig struct {
	Prefixes []string `yaml:"prefixes"`
}

type slugConfig struct {
	Style  slugStyle `yaml:"style"`
	Length count     `yaml:"length"`
}

type relatedConfig struct {
	Limit count `yaml:"limit"`
	Rank  rank  `yaml:"rank"`
}

// readConfig reads the configuration of an archive. One that is missing or
// empty leaves everything at its default.
func readConfig(file string) (archive.Config, lint.Config, error) {
	src, err := os.ReadFile(file)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return archive.Config{}, lint.Config{}, err
	}
	var c configFile
	err = yaml.NewDecoder(bytes.NewReader(src), yaml.DisallowUnknownField()).Decode(&c)
	if err != nil && !errors.Is(err, io.EOF) {
		return archive.Config{}, lint.Config{}, configError(err)
	}
	return archive.Config{
		Labels:       page.Labels(c.Labels),
		Prefixes:     c.Links.Prefixes,
		SlugStyle:    archive.SlugStyle(c.Slug.Style),
		SlugLength:   int(c.Slug.Length),
		RelatedLimit: int(c.Related.Limit),
		RelatedRank:  archive.Rank(c.Related.Rank),
		Ignore:       c.Ignore,
	}, lint.Config{Severity: c.Rules}, nil
}

// configError says where the configuration is wrong, and how.
func configError(err error) error {
	var at yaml.Error
	if !errors.As(err, &at) {
		return fmt.Errorf("%s: %w", configName, err)
	}
	message := at.GetMessage()
	t := at.GetToken()
	var unknown *yaml.UnknownFieldError
	if errors.As(err, &unknown) {
		message = fmt.Sprintf("there is no key %q%s", t.Value, didYouMean(t.Value, configKeys(reflect.TypeOf(configFile{}))))
	}
	return fmt.Errorf("%s:%d: %s", configName, t.Position.Line, message)
}

// configKeys returns all keys of the configuration.
func configKeys(t reflect.Type) []string {
	var out []string
	for i := range t.NumField() {
		f := t.Field(i)
		out = append(out, f.Tag.Get("yaml"))
		if f.Type.Kind() == reflect.Struct {
			out = append(out, configKeys(f.Type)...)
		}
	}
	return out
}

// valueError is a value of the configuration that cannot be used.
func valueError(n ast.Node, format string, args ...any) error {
	return &yaml.SyntaxError{Message: fmt.Sprintf(format, args...), Token: n.GetToken()}
}

// count is a number of at least 1.
type count int

func (v *count) UnmarshalYAML(n ast.Node) error {
	i, ok := n.(*ast.IntegerNode)
	if ok {
		if u, isUint := i.Value.(uint64); isUint && u > 0 && u < 1_000_000 {
			*v = count(u)
			return nil
		}
	}
	return valueError(n, "%s must be a number of at least 1, not %s", keyOf(n), n)
}

type slugStyle archive.SlugStyle

func (v *slugStyle) UnmarshalYAML(n ast.Node) error {
	for _, s := range []archive.SlugStyle{archive.ASCIISlug, archive.UnicodeSlug} {
		if n.String() == s.String() {
			*v = slugStyle(s)
			return nil
		}
	}
	return valueError(n, "%s must be ascii or unicode, not %s", keyOf(n), n)
}

type rank archive.Rank

func (v *rank) UnmarshalYAML(n ast.Node) error {
	r, err := archive.ParseRank(n.String())
	if err != nil {
		return valueError(n, "%s must be shared or rare, not %s", keyOf(n), n)
	}
	*v = rank(r)
	return nil
}

// ruleConfig is the severity of rules by name.
type ruleConfig map[string]lint.Severity

func (v *ruleConfig) UnmarshalYAML(n ast.Node) error {
	m, ok := n.(*ast.MappingNode)
	if !ok {
		return valueError(n, "rules must be a list of rule: severity")
	}
	*v = ruleConfig{}
	for _, item := range m.Values {
		name := item.Key.String()
		if lint.Lookup(name) == nil {
			return valueError(item.Key, "there is no rule %q%s", name, didYouMean(name, ruleNames()))
		}
		s, err := lint.ParseSeverity(strings.Trim(item.Value.String(), `"'`))
		if err != nil {
			return valueError(item.Value, "%s: %v", name, err)
		}
		(*v)[name] = s
	}
	return nil
}

// keyOf returns the last part of the path of a node: the key it is the value of.
func keyOf(n ast.Node) string {
	p := n.GetPath()
	return p[strings.LastIndexByte(p, '.')+1:]
}

func ruleNames() []string {
	var out []string
	for _, r := range lint.Rules() {
		out = append(out, r.Name)
	}
	return out
}
