package commands

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"newsctl/archive"
	"newsctl/archive/page"
	"newsctl/lint"
)

const referenceHead = "<!-- Written from the table of keys: go test ./commands -run TestConfigReference -update -->\n\n# Configuration\n\n" +
	"The configuration of an archive is the file `.newsctl.yaml` in its root, in YAML. None is\n" +
	"needed for the English and Chinese editions. `newsctl init` writes one for a new archive,\n" +
	"`newsctl config check` reports every error, and `newsctl config schema` prints a JSON Schema,\n" +
	"which editors use to complete and explain the keys.\n\n"

// TestReadmeConfig checks that newsctl reads the configurations that the README shows.
func TestReadmeConfig(t *testing.T) {
	t.Parallel()
	readme, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, section, _ := strings.Cut(string(readme), "\n## Configuration\n")
	_, example, ok := strings.Cut(section, "```yaml\n")
	example, _, _ = strings.Cut(example, "```")
	if !ok {
		t.Fatal("the README shows no configuration")
	}
	if _, _, err := settings(example); err != nil {
		t.Error(err)
	}
}

// TestConfigReference holds CONFIGURATION.md to the table of keys.
func TestConfigReference(t *testing.T) {
	var b strings.Builder
	b.WriteString(referenceHead)
	keys := configKeys(&archive.Config{}, &lint.Config{})
	for _, k := range keys {
		fmt.Fprintf(&b, "- [%s](#%[1]s)\n", k.name)
	}
	for _, k := range keys {
		fmt.Fprintf(&b, "\n## %s\n", k.name)
		if k.about != "" {
			fmt.Fprintf(&b, "\n%s\n", k.about)
		}
		if k.keys != nil {
			b.WriteString("\n| key | value | default | meaning |\n| --- | --- | --- | --- |\n")
			for _, sub := range k.keys {
				fmt.Fprintf(&b, "| `%s` | %s | %s | %s |\n", sub.name, sub.values, codeOrNothing(sub.defaultText()), sub.about)
			}
		}
		fmt.Fprintf(&b, "\n```yaml\n%s```\n", k.exampleText())
	}
	got, err := os.ReadFile("CONFIGURATION.md")
	if err == nil && string(got) == b.String() {
		return
	}
	if !*update {
		t.Fatal("CONFIGURATION.md is not what the table of keys says; run go test ./commands -run TestConfigReference -update")
	}
	if err := os.WriteFile("CONFIGURATION.md", []byte(b.String()), 0o666); err != nil {
		t.Fatal(err)
	}
}

// codeOrNothing returns a value as code in Markdown.
func codeOrNothing(value string) string {
	if value == "" {
		return ""
	}
	return "`" + value + "`"
}

// exampleText returns an example of a key at the top, as YAML.
func (k key) exampleText() string {
	switch {
	case strings.Contains(k.example, ": "):
		return k.name + ":\n  " + k.example + "\n"
	case k.example != "":
		return k.name + ": " + k.example + "\n"
	}
	var b strings.Builder
	b.WriteString(k.name + ":\n")
	for _, sub := range k.keys {
		if sub.example != "" {
			b.WriteString("  " + sub.name + ": " + sub.example + "\n")
		}
	}
	return b.String()
}

// TestConfigKeys checks that each key has what the reference shows of it, and that
// its example and its default can be read.
func TestConfigKeys(t *testing.T) {
	t.Parallel()
	keys := configKeys(&archive.Config{}, &lint.Config{})
	labels := page.Labels{}
	for part := range labels.Lists() {
		if !slices.ContainsFunc(keys[0].keys, func(k key) bool { return k.name == part }) {
			t.Errorf("labels.%s is not in the table of keys", part)
		}
	}
	for _, k := range keys {
		if _, _, err := settings(k.exampleText()); err != nil {
			t.Errorf("the example of %s: %v", k.name, err)
		}
		for _, sub := range append([]key{k}, k.keys...) {
			if sub.keys == nil && (sub.about == "" || sub.values == "" || sub.schema == nil) {
				t.Errorf("%s lacks a description, the kind of its values or its schema", sub.name)
			}
			if standard := sub.defaultText(); standard != "" {
				if _, _, err := settings(k.name + ": {" + sub.name + ": " + standard + "}\n"); err != nil {
					t.Errorf("the default of %s: %v", sub.name, err)
				}
			}
		}
	}
}
