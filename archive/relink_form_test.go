package archive

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// plainMark matches a list of contexts of names without marks of their own, where
// it ends an entry or a line.
var plainMark = regexp.MustCompile(`(?m) ?_(Context|消息|上下文): ([\pL\pN ,.'-]+)_( <!--.*-->)?$`)

// markForms are ways in which formatters and people write a list of contexts.
var markForms = []func(label, names string) string{
	func(label, names string) string { return " *" + label + ": " + names + "*" },
	func(label, names string) string { return " __" + label + ": " + names + "__." },
	func(label, names string) string { return "<br>_" + label + "：" + names + "_" },
	func(label, names string) string { return " (**" + strings.ToLower(label) + ": " + names + "**)" },
	func(label, names string) string { return " — <em>" + label + ": " + names + "</em>" },
	func(label, names string) string { return "{target=_blank} _" + label + " : " + names + "_" },
	func(label, names string) string {
		return " \\\n   *" + label + ": " + strings.ReplaceAll(names, ", ", ",\n   ") + "*"
	},
	func(label, names string) string {
		return " _" + label + ": " + strings.ReplaceAll(names, ", ", "，") + "_"
	},
	func(label, names string) string {
		return " _" + label + ": " + strings.ReplaceAll(names, ".", `\.`) + "_"
	},
}

// formatted returns the event pages with their contexts written in other forms.
func formatted(g *randomArchive) files {
	out := maps.Clone(g.files)
	for _, p := range sortedKeys(out) {
		if kind, _ := Classify(p); kind != EventPage || strings.Contains(out[p], "\r") {
			continue
		}
		related := false
		var lines []string
		for _, line := range strings.SplitAfter(out[p], "\n") {
			if strings.HasPrefix(line, "#") {
				related = relatedHeading.MatchString(strings.TrimRight(line, "\n"))
			}
			m := plainMark.FindStringSubmatchIndex(line)
			if related && m != nil && m[0] > 0 && line[m[0]-1] == ')' {
				form := one(g, markForms)(line[m[2]:m[3]], line[m[4]:m[5]])
				end := m[5] + 1
				line = line[:m[0]] + form + line[end:]
			}
			lines = append(lines, line)
		}
		out[p] = strings.Join(lines, "")
	}
	return out
}

// Contexts that are written in another form are the same, and relinking makes the
// same lists of them.
func TestRelinkFormatted(t *testing.T) {
	eachRandomArchive(t, func(t *testing.T, g *randomArchive, config Config) {
		f := formatted(g)
		if maps.Equal(f, g.files) {
			t.Error("no list is written in another form")
		}
		plain, paths := g.files.archive(config)
		now, _ := f.archive(config)
		before, after := contextsByPath(plain, paths), contextsByPath(now, paths)
		for _, p := range sortedKeys(before) {
			if !slices.Equal(before[p], after[p]) {
				t.Errorf("%s is about %q, and was about %q", p, after[p], before[p])
			}
		}
		_, want := relinkTwice(t, g.files, config)
		_, got := relinkTwice(t, f, config)
		a, paths := want.archive(config)
		b, _ := got.archive(config)
		was, is := a.Contexts(paths), b.Contexts(paths)
		for _, p := range sortedKeys(before) {
			if list := listSays(is, p); fmt.Sprint(list) != fmt.Sprint(listSays(was, p)) {
				t.Errorf("%s lists\n%q\nand listed\n%q\n%s", p, list, listSays(was, p), got[p])
			}
		}
	})
}

// listSays returns what the related list of an event names, and the contexts it says.
func listSays(c *Contexts, p string) [][]string {
	a := c.archive
	var out [][]string
	for _, e := range a.Related(a.Page(p)) {
		out = append(out, append([]string{e.Target.Path}, c.split(a.Page(p), e.Shared)...))
	}
	return out
}
