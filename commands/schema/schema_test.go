// Package schema tests the JSON Schema of the configuration. It is a package of its own
// since the library compiles the schemas of schemas in each process that links it, and
// the scripts of package commands start many.
package schema

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/santhosh-tekuri/jsonschema/v5"

	"newsctl/commands"
)

// newsctl runs a command line and returns its exit status and what it prints.
func newsctl(args ...string) (status int, stdout string) {
	var out, errs bytes.Buffer
	status = commands.Main(append([]string{"newsctl"}, args...), strings.NewReader(""), &out, &errs)
	return status, out.String()
}

// yamlBlock is an example of the reference.
var yamlBlock = regexp.MustCompile("(?s)```yaml\n(.*?)```")

// TestConfigSchema checks that the schema is a JSON Schema, and that it accepts what
// is read, and refuses what is refused for its structure.
func TestConfigSchema(t *testing.T) {
	status, src := newsctl("config", "schema")
	if status != 0 {
		t.Fatal(status)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("newsctl.json", strings.NewReader(src)); err != nil {
		t.Fatal(err)
	}
	s, err := compiler.Compile("newsctl.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, src := range accepted(t, s) {
		if err := s.Validate(asJSON(t, src)); err != nil {
			t.Errorf("%q: %v", src, err)
		}
	}
	root := t.TempDir()
	for _, src := range []string{
		"lables: {}\n", "labels: []\n", "labels: {source: Quelle}\n", "labels: {source: [1]}\n", "labels: {source: ['']}\n", "labels: {x: [a]}\n",
		"slug: {length: 0}\n", "slug: {length: ten}\n", "slug: {length: 1.5}\n", "slug: {style: latin}\n", "slug: ascii\n", "related: {rank: most}\n",
		"outlets: [BBC]\n", "outlets: {bbc.co.uk: 5}\n", "rules: {related-titel: off}\n", "rules: {related-title: fatal}\n", "rules: {related-title: }\n",
		"ignore: faq\n", "ignore: [[faq]]\n", "baseline: [a]\n", "baseline: ' '\n", "sources: {cdx: web.archive.org}\n", "sources: {archive: both}\n", "links: {allow: true}\n",
	} {
		if err := os.WriteFile(filepath.Join(root, ".newsctl.yaml"), []byte(src), 0o644); err != nil {
			t.Fatal(err)
		}
		if status, _ := newsctl("config", "check", "-C", root); status == 0 {
			t.Errorf("%q is read", src)
		}
		if s.Validate(asJSON(t, src)) == nil {
			t.Errorf("%q fits the schema", src)
		}
	}
}

// accepted returns what the schema is to accept: the examples of the reference, and
// each key without a value.
func accepted(t *testing.T, s *jsonschema.Schema) []string {
	t.Helper()
	reference, err := os.ReadFile("../CONFIGURATION.md")
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, m := range yamlBlock.FindAllStringSubmatch(string(reference), -1) {
		out = append(out, m[1])
	}
	if len(out) < 5 || len(s.Properties) != len(out) {
		t.Errorf("%d examples of %d keys", len(out), len(s.Properties))
	}
	for name, key := range s.Properties {
		out = append(out, name+":\n")
		for sub := range key.Properties {
			if name != "rules" && name != "outlets" {
				out = append(out, name+":\n  "+sub+":\n")
			}
		}
	}
	return out
}

// asJSON returns what a document of YAML is in JSON.
func asJSON(t *testing.T, src string) (out any) {
	t.Helper()
	text, err := yaml.YAMLToJSON([]byte(src))
	if err == nil {
		err = json.Unmarshal(text, &out)
	}
	if err != nil {
		t.Fatalf("%q: %v", src, err)
	}
	return out
}
