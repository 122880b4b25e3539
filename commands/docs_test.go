package commands

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
)

// documents are the texts for people who use or change newsctl.
var documents = []string{"README.md", "lint/RULES.md", "commands/CONFIGURATION.md", ".github/CONTRIBUTING.md", ".github/CHANGELOG.md"}

var docLink = regexp.MustCompile(`\]\(([^)#\s]*)(#[^)\s]*)?\)`)

// TestDocLinks checks that each link of a document to a file of the project, or to a
// heading of a document, points to one. Code is skipped, and so is "..." in its place.
func TestDocLinks(t *testing.T) {
	t.Parallel()
	for _, name := range documents {
		for _, m := range docLink.FindAllStringSubmatch(prose(t, name), -1) {
			target, heading := m[1], strings.TrimPrefix(m[2], "#")
			if strings.Contains(target, "://") || target == "..." {
				continue
			}
			file := name
			if target != "" {
				file = filepath.Join(filepath.Dir(name), target)
			}
			if _, err := os.Stat(filepath.Join("..", file)); err != nil {
				t.Errorf("%s links to %s: %v", name, target, err)
			} else if heading != "" && !hasHeading(prose(t, file), heading) {
				t.Errorf("%s links to %s#%s, which is not a heading", name, target, heading)
			}
		}
	}
}

var fenced = regexp.MustCompile("(?ms)^```.*?^```$|`[^`\n]*`")

// prose returns a document without code.
func prose(t *testing.T, name string) string {
	t.Helper()
	src, err := os.ReadFile(filepath.Join("..", name))
	if err != nil {
		t.Fatal(err)
	}
	return fenced.ReplaceAllString(string(src), "")
}

var notInAnchor = regexp.MustCompile(`[^\p{L}\p{N} _-]`)

// hasHeading reports whether a document has a heading that GitHub gives an anchor.
func hasHeading(text, anchor string) bool {
	for _, line := range strings.Split(text, "\n") {
		if heading := strings.TrimLeft(line, "#"); heading != line {
			heading = notInAnchor.ReplaceAllString(strings.ToLower(strings.TrimSpace(heading)), "")
			if strings.ReplaceAll(heading, " ", "-") == anchor {
				return true
			}
		}
	}
	return false
}

// TestYAML checks that the files that GitHub and goreleaser read are YAML.
func TestYAML(t *testing.T) {
	t.Parallel()
	files := []string{"../.goreleaser.yaml"}
	for _, pattern := range []string{"../.github/workflows/*.yml", "../.github/ISSUE_TEMPLATE/*.yml"} {
		more, err := filepath.Glob(pattern)
		if err != nil || len(more) == 0 {
			t.Fatalf("%s: %v %v", pattern, more, err)
		}
		files = append(files, more...)
	}
	for _, file := range files {
		src, err := os.ReadFile(file)
		var out map[string]any
		if err == nil {
			err = yaml.Unmarshal(src, &out)
		}
		if err != nil {
			t.Errorf("%s: %v", file, err)
		}
	}
}
