package lint

import (
	"maps"
	"path"
	"slices"
	"strings"

	"newsctl/archive"
)

// effect is what the change of a file means for other pages.
type effect struct {
	file    ChangedFile
	lost    bool // links to where it was find something else
	anchors bool // links to a place on it may not find that place
	lists   bool // lists that name it may be read in another way
	around  bool // the rules that see what is beside a page may
}

// effects returns what the changes mean for other pages.
func (c *Change) effects() []effect {
	now := make([]string, len(c.Files))
	for i, f := range c.Files {
		now[i] = f.To
	}
	out := make([]effect, len(c.Files))
	c.After.Each(now, func(i int, _ *archive.Page) { out[i] = c.effect(c.Files[i]) })
	return out
}

func (c *Change) effect(f ChangedFile) effect {
	out := effect{file: f, around: true}
	if f.From == "" {
		return out
	}
	kind, _ := archive.Classify(f.From)
	out.lost = c.Before.Exists(f.From) && !c.After.Exists(f.From)
	out.lists = out.lost && kind != archive.EventPage
	out.anchors = c.losesAnchors(f.From)
	if kind != archive.EventPage {
		return out
	}
	before, after := c.Before.Page(f.From), c.After.Page(f.From)
	out.lists = hasComma(before) || hasComma(after) || after != nil && after.Event == nil
	if before == nil || after == nil || before.Event == nil || after.Event == nil {
		return out
	}
	old, _ := before.Event.Headline()
	now, _ := after.Event.Headline()
	reworded := strings.TrimSpace(old) != strings.TrimSpace(now)
	out.lists = out.lists && before.Topic() != after.Topic()
	out.lost = out.lost || reworded || out.lists
	out.around = f.From != f.To || reworded || !slices.Equal(before.Versions(), after.Versions())
	return out
}

// losesAnchors reports whether a page had a place for fragments that it has no
// longer.
func (c *Change) losesAnchors(p string) bool {
	before, after := c.Before.Page(p), c.After.Page(p)
	return before != nil && after != nil && before.Anchors().Lost(after.Anchors())
}

// hasComma reports whether an event's topic says how a list of contexts is to
// be read.
func hasComma(p *archive.Page) bool { return p != nil && strings.Contains(p.Topic(), ", ") }

// beside returns the pages beside those that changed which the change may have
// broken.
func (c *Change) beside(effects []effect) map[string]bool {
	out := map[string]bool{}
	for _, e := range effects {
		if !e.around {
			continue
		}
		for _, p := range append(c.besides(e.file.From), c.besides(e.file.To)...) {
			if _, known := out[p]; !known {
				out[p] = c.After.holds(p)
			}
		}
	}
	maps.DeleteFunc(out, func(_ string, held bool) bool { return !held })
	return out
}

// besides returns the paths of what is beside a page that changed.
func (c *Change) besides(p string) []string {
	if p == "" {
		return nil
	}
	kind, date := archive.Classify(p)
	out := []string{archive.CopyOf(p)}
	if date == (archive.Date{}) {
		return append(out, c.After.Lookalikes(p)...)
	}
	for _, name := range c.After.Siblings(p) {
		out = append(out, path.Dir(p)+"/"+name)
	}
	for _, d := range []archive.Date{date.AddDays(-1), date.AddDays(1)} {
		for _, e := range c.After.DayEvents(d).Events {
			out = append(out, e.Path)
		}
	}
	if kind == archive.DayPage && c.Before.HasDay(date) != c.After.HasDay(date) {
		out = append(out, frontPage())
		if next, ok := c.After.DayAfter(date); ok {
			out = append(out, next.Page())
		}
	}
	return out
}

func frontPage() string { return archive.IndexName() }
