// Package eventline is the form of events as lines of JSON, which newsctl new reads,
// and export and import write.
package eventline

import (
	"encoding/json"
	"io"
	"strings"

	"newsctl/archive/source"
)

// Line is one event. All but the headline may be empty.
type Line struct {
	Headline       string   `json:"headline"`
	Date           string   `json:"date,omitempty"` // as archives write it; empty: today
	Topic          string   `json:"topic,omitempty"`
	Description    string   `json:"description,omitempty"` // Markdown, one paragraph
	Sources        []string `json:"sources,omitempty"`     // as [JoinSource] writes them
	Contexts       []string `json:"contexts,omitempty"`
	AllowDuplicate bool     `json:"allowDuplicate,omitempty"` // add it whatever the archive has
	Slug           string   `json:"slug,omitempty"`           // name of its page; empty: as the headline asks

	// Exact says that another archive has the event so: the headline is Markdown, and
	// it has no contexts but these.
	Exact bool `json:"exact,omitempty"`
}

// Write writes events, one per line.
func Write(w io.Writer, lines []Line) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	for i := range lines {
		if err := enc.Encode(&lines[i]); err != nil {
			return err
		}
	}
	return nil
}

// JoinSource returns a source as a line has it: OUTLET=URL, or [OUTLET](URL) where that
// would be read as something else, or the URL alone.
func JoinSource(s source.Link) string {
	if strings.TrimSpace(s.Outlet) == "" {
		return s.URL
	}
	for _, joined := range []string{s.Outlet + "=" + s.URL, "[" + s.Outlet + "](" + s.URL + ")"} {
		if outlet, address := SplitSource(joined); outlet == strings.TrimSpace(s.Outlet) && address == s.URL {
			return joined
		}
	}
	return s.URL
}

// SplitSource reads OUTLET=URL, [OUTLET](URL), or URL alone, then without an outlet.
// Outlet and URL may hold an equals sign: the URL begins after the first that a web
// address follows.
func SplitSource(s string) (outlet, address string) {
	s = strings.TrimSpace(s)
	if link, ok := strings.CutSuffix(s, ")"); ok && strings.HasPrefix(s, "[") {
		if i := strings.LastIndex(link, "]("); i > 0 && source.IsWebAddress(link[i+len("]("):]) {
			return strings.TrimSpace(link[1:i]), link[i+len("]("):]
		}
	}
	outlet, address, ok := strings.Cut(s, "=")
	if !ok || source.IsWebAddress(s) || strings.ContainsAny(outlet, "/?") && !strings.Contains(address, "://") {
		return "", s
	}
	for i := range s {
		if s[i] == '=' && source.IsWebAddress(strings.TrimSpace(s[i+1:])) {
			outlet, address = s[:i], s[i+1:]
			break
		}
	}
	return strings.TrimSpace(outlet), strings.TrimSpace(address)
}
