package importer

import (
	"bytes"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"newsctl/archive/source"
)

// header is what a post says of itself above its text, by keys in lower case.
type header map[string]any

// post reads a post: front matter in YAML or TOML, or the header of Pelican.
func (r *Reader) post(name string, src []byte) {
	h, text, line, err := readHeader(src)
	switch {
	case err != nil:
		r.notef(name, line, "the front matter cannot be read: %v", err)
		return
	case h == nil:
		r.notef(name, 1, "no front matter; the page is omitted")
		return
	case strings.Contains("/"+name, "/_drafts/") || isTrue(h["draft"]) || isFalse(h["published"]) || slices.Contains([]string{"draft", "hidden"}, strings.ToLower(h.text("status"))):
		r.notef(name, 1, "a draft; it is omitted")
		return
	}
	f := found{at: name, line: 1, title: h.text("title"), date: h.text("date", "published_at", "publishdate", "start_time", "pubdate", "published_date", "published", "created")}
	if f.title == "" {
		if m := topHeading.FindSubmatch(text); m != nil {
			f.title = string(m[1])
		}
	}
	if f.title == "" {
		f.title = titleIn(name)
	}
	if f.date == "" {
		f.date = dateIn(name)
	}
	f.description = firstOf(h.text("description"), h.text("summary"), h.text("excerpt"), h.text("lead"), firstParagraph(text))
	f.names = h.names("tags", "tag", "categories", "category", "keywords")
	f.names = append(f.names, r.directories(name)...)
	for _, section := range []string{"taxonomies", "extra"} {
		if sub, ok := h[section].(map[string]any); ok {
			f.names = append(f.names, lowered(sub).names("tags", "categories", "keywords")...)
			f.links = append(f.links, lowered(sub).links()...)
		}
	}
	f.links = append(h.links(), f.links...)
	r.add(f)
}

// directories returns the categories that the path of a post of Jekyll shows: the
// directories above _posts.
func (r *Reader) directories(name string) []string {
	above, _, ok := strings.Cut(strings.TrimPrefix(name, strings.TrimSuffix(r.Root, "/")+"/"), "/_posts/")
	if !ok || r.Root == "" {
		return nil
	}
	return strings.Split(above, "/")
}

// lowered returns a mapping with its keys in lower case.
func lowered(m map[string]any) header {
	out := header{}
	for k, v := range m {
		out[strings.ToLower(k)] = v
	}
	return out
}

// text returns the first value of some keys that is one, as text.
func (h header) text(keys ...string) string {
	for _, key := range keys {
		if text := scalar(h[key]); text != "" {
			return text
		}
	}
	return ""
}

// scalar returns a value as text, or nothing.
func scalar(v any) string {
	switch v := v.(type) {
	case string:
		return oneLine(v)
	case time.Time:
		return v.Format(time.RFC3339)
	case int, int64, uint64, float64:
		return fmt.Sprint(v)
	}
	return ""
}

// names returns the names of some keys: lists, or texts in which commas part them, or
// else spaces, as in the tags of Jekyll.
func (h header) names(keys ...string) (out []string) {
	for _, key := range keys {
		switch v := h[key].(type) {
		case []any:
			for _, one := range v {
				out = append(out, scalar(one))
			}
		case string:
			if strings.Contains(v, ";") { // as Pelican does
				out = append(out, strings.Split(v, ";")...)
			} else if strings.Contains(v, ",") || key == "category" || key == "tag" {
				out = append(out, strings.Split(v, ",")...)
			} else {
				out = append(out, strings.Fields(v)...)
			}
		}
	}
	return out
}

// links returns the addresses that a post names as what it is about.
func (h header) links() (out []source.Link) {
	for _, key := range []string{"link", "external_url", "source", "source_url", "url", "canonical_url", "sources", "links"} {
		switch v := list(h[key]).(type) {
		case string:
			if source.IsWebAddress(strings.TrimSpace(v)) {
				out = append(out, source.Link{URL: strings.TrimSpace(v)})
			}
		case []any:
			for _, one := range v {
				switch one := one.(type) {
				case string:
					out = append(out, source.Link{URL: strings.TrimSpace(one)})
				case map[string]any:
					sub := lowered(one)
					out = append(out, source.Link{Outlet: sub.text("name", "title", "outlet"), URL: sub.text("url", "link", "href")})
				}
			}
		}
	}
	return out
}

// list returns a list of tables of TOML as one of YAML is read, and other values as
// they are.
func list(v any) any {
	tables, ok := v.([]map[string]any)
	if !ok {
		return v
	}
	out := make([]any, len(tables))
	for i := range tables {
		out[i] = tables[i]
	}
	return out
}

func isTrue(v any) bool  { return v == true || strings.EqualFold(scalar(v), "true") }
func isFalse(v any) bool { return v == false || strings.EqualFold(scalar(v), "false") }

var (
	more       = regexp.MustCompile(`<!-- *more *-->`) // where the summary of a post ends
	linked     = regexp.MustCompile(`\[([^\[\]!]+)\]\([^()\s]*(?: "[^"]*")?\)`)
	topHeading = regexp.MustCompile(`(?m)^# +(.+?)[ \t#]*$`)
	dateInName = regexp.MustCompile(`(\d{4})[-/](\d{2})[-/](\d{1,2})(?:[-/_.]|$)`)
)

// dateIn returns the date in the path of a post, 2018-03-05-ferry.md, or nothing: that
// nearest to its name.
func dateIn(name string) string {
	all := dateInName.FindAllStringSubmatch(path.Clean(name), -1)
	if len(all) == 0 {
		return ""
	}
	m := all[len(all)-1]
	return fmt.Sprintf("%s-%s-%02s", m[1], m[2], m[3])
}

// datedName matches the name of a post of Jekyll: a date, and the words of the title.
var datedName = regexp.MustCompile(`^\d{4}-\d{1,2}-\d{1,2}-(.+)$`)

// titleIn returns the title that the name of a post shows, as Jekyll does.
func titleIn(name string) string {
	base := path.Base(name)
	m := datedName.FindStringSubmatch(strings.TrimSuffix(base, path.Ext(base)))
	if m == nil {
		return ""
	}
	title := strings.TrimSpace(strings.NewReplacer("-", " ", "_", " ").Replace(m[1]))
	first, size := utf8.DecodeRuneInString(title)
	return string(unicode.ToUpper(first)) + title[size:]
}

// firstParagraph returns the first paragraph of a text, its links as text, if it is no
// more than text: no heading, list, table, image, HTML or template.
func firstParagraph(text []byte) string {
	for _, part := range bytes.Split(more.ReplaceAll(text, []byte("\n\n")), []byte("\n\n")) {
		part = bytes.TrimSpace(part)
		if len(part) == 0 || topHeading.Match(part) && bytes.IndexByte(part, '\n') < 0 {
			continue
		}
		part = linked.ReplaceAll(part, []byte("$1"))
		if bytes.ContainsAny(part, "<{|`") || bytes.Contains(part, []byte("](")) || bytes.IndexByte([]byte("#>*-+!=[0123456789"), part[0]) >= 0 {
			return ""
		}
		return string(part)
	}
	return ""
}
