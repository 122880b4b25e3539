package lint

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write RULES.md and the README's table of rules anew")

const rulesHead = `<!-- Written from the rules: go test ./lint -update -->

# Rules

For each rule: what it finds, why it matters, an example and its fix. An example is a set of pages,
each after a line with its path. Every example archive also contains:
`

// TestRulesDocument holds RULES.md to the rules: it is written from them, and
// the output it shows is that of linting the example beside it.
func TestRulesDocument(t *testing.T) {
	var b bytes.Buffer
	b.WriteString(rulesHead)
	fmt.Fprintf(&b, "\n```text\n%s\n```\n", strings.Trim(exampleArchive, "\n"))
	b.WriteString("\nIts configuration says that Car ferry is an alias of Ferry:\n\n```yaml\ncontexts: {aliases: {Car ferry: Ferry}}\n```\n")
	b.WriteString("\n")
	for _, r := range Rules() {
		fmt.Fprintf(&b, "- [%s](#%[1]s): %s\n", r.Name, r.Title)
	}
	for _, r := range Rules() {
		fmt.Fprintf(&b, "\n## %s\n\n%s: %s.\n\n%s\n\nWrong:\n\n```text\n%s\n```\n\n", r.Name, title(r.Severity.String()), r.Title, reason(r), strings.Trim(r.Wrong, "\n"))
		b.WriteString("newsctl lint says:\n\n```text\n")
		a, _ := openExample(r.Wrong)
		if err := writeText(&b, a, Result{Findings: lintExample(r, r.Wrong)}, TextStyle{}); err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&b, "```\n\nRight:\n\n```text\n%s\n```\n", strings.Trim(r.Right, "\n"))
	}
	compareFile(t, "RULES.md", b.Bytes())
}

func title(word string) string { return strings.ToUpper(word[:1]) + word[1:] }

const tableStart, tableEnd = "<!-- rules -->\n", "<!-- end of rules -->\n"

// TestReadmeTable holds the README's table of rules to the rules.
func TestReadmeTable(t *testing.T) {
	readme, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	before, rest, ok1 := strings.Cut(string(readme), tableStart)
	_, after, ok2 := strings.Cut(rest, tableEnd)
	if !ok1 || !ok2 {
		t.Fatalf("README.md has no table between %q and %q", tableStart, tableEnd)
	}
	var b strings.Builder
	b.WriteString(before + tableStart + "| rule | severity | finds | `--fix` |\n| --- | --- | --- | --- |\n")
	for _, r := range Rules() {
		fixes := ""
		if r.Fixes {
			fixes = "fixes"
		}
		fmt.Fprintf(&b, "| [%s](lint/RULES.md#%s) | %s | %s | %s |\n", r.Name, r.Name, r.Severity, r.Title, fixes)
	}
	b.WriteString(tableEnd + after)
	compareFile(t, "../README.md", []byte(b.String()))
}

// compareFile holds a file to what it should be, or makes it so.
func compareFile(t *testing.T, name string, want []byte) {
	t.Helper()
	got, err := os.ReadFile(name)
	if err == nil && bytes.Equal(got, want) {
		return
	}
	if !*update {
		t.Fatalf("%s is not what the rules say; run go test ./lint -update", name)
	}
	if err := os.WriteFile(name, want, 0o666); err != nil {
		t.Fatal(err)
	}
}
