package lint

import (
	"net/url"
	"path"
	"slices"
	"strings"
	"unicode"

	"newsctl/archive"
	"newsctl/archive/page"
)

// lostTo returns where links find something else than before, and the rules that
// judge pages with such links.
func lostTo(effects []effect) (targets, []*Rule) {
	lost, rules := targets{}, linked
	for _, e := range effects {
		if e.lost || e.anchors {
			lost[e.file.From] = e.lost
		}
		if e.lost && e.lists {
			rules = slices.Concat(linked, lists)
		}
	}
	return lost, rules
}

// targets are files that links lead to: whether all of them matter, or only those
// with a fragment.
type targets map[string]bool

// has reports whether a link to a path leads to one of the targets, to what is
// published from it, or to the folder that it is the page of.
func (t targets) has(p string) bool {
	_, ok := t.of(p)
	return ok
}

func (t targets) of(p string) (all, ok bool) {
	for _, file := range []string{p, archive.SourceOf(p), path.Join(p, frontPage)} {
		one, has := t[file]
		all, ok = all || one, ok || has
	}
	return all, ok && p != ""
}

// leads reports whether a link of a page leads to one of the targets.
func (t targets) leads(p *archive.Page, l *page.Link) bool {
	all, ok := t.of(p.Target(l).Path)
	return ok && (all || strings.Contains(p.Destination(l), "#"))
}

// linking returns the pages that link to one of the targets.
func (c *Change) linking(to targets) ([]string, error) {
	paths, err := c.mayLink(to)
	if err != nil {
		return nil, err
	}
	links := make([]bool, len(paths))
	c.After.Each(paths, func(i int, p *archive.Page) {
		links[i] = p != nil && c.After.Holds(p.Path) &&
			slices.ContainsFunc(p.Links, func(l *page.Link) bool { return to.leads(p, l) })
	})
	var out []string
	for i, p := range paths {
		if links[i] {
			out = append(out, p)
		}
	}
	return out, nil
}

// tooManyWords is for how many words a search would take longer than reading
// the archive.
const tooManyWords = 200

// mayLink returns the files that may link to one of the targets.
func (c *Change) mayLink(to targets) ([]string, error) {
	var words []string
	for p := range to {
		words = append(words, linkWords(p)...)
	}
	slices.Sort(words)
	words = slices.Compact(words)
	switch {
	case len(words) == 0:
		return nil, nil
	case len(words) > tooManyWords:
		return c.After.Paths("."), nil
	}
	return c.Mentions(words)
}

// linkWords returns words of which a page that links to a path holds one,
// however the link is written: from the root or from the page, with a prefix,
// percent-encoded in part or as a whole.
func linkWords(p string) []string {
	dir, name := path.Split(p)
	switch name {
	case "index.md", "README.md": // a link may name the folder
		if _, date := archive.Classify(p); date != (archive.Date{}) {
			month, day := path.Split(path.Clean(dir))
			return []string{strings.TrimPrefix(month+day, "news/"), "../" + day, "../" + path.Base(month) + "/" + day}
		}
		if name = path.Base(dir); name == "." {
			return []string{"(/)", "(/index.md", "(/README.md", "../index.md", "../README.md"}
		}
	}
	word := longestPlain(strings.TrimSuffix(name, path.Ext(name)))
	encoded := url.PathEscape(word)
	out := []string{word, encoded, lowerEscapes(encoded)}
	if strings.Contains(word, "-") {
		out = append(out, "%2D", "%2d")
	}
	return out
}

// longestPlain returns the longest part of a name that stands in a link as it
// is, or else as a whole percent-encoded. Of a name without one it is the name.
func longestPlain(name string) string {
	longest := ""
	for _, part := range strings.FieldsFunc(name, func(r rune) bool {
		return r != '-' && !unicode.IsLetter(r) && !unicode.IsDigit(r)
	}) {
		if len(part) > len(longest) {
			longest = part
		}
	}
	if longest == "" {
		return name
	}
	return longest
}

// lowerEscapes writes %E6 as %e6.
func lowerEscapes(s string) string {
	b := []byte(s)
	for i := 0; i+2 < len(b); i++ {
		if b[i] == '%' {
			copy(b[i+1:], strings.ToLower(string(b[i+1:i+3])))
		}
	}
	return string(b)
}
