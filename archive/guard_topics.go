package archive

import (
	"fmt"
	"slices"
)

// keepTopics returns an error if an event would lose its topic: that on its own
// page, or if there is none, one that the page of its day lists it below. Now is
// the archive after the changes.
func (c *Changes) keepTopics(now *Archive) error {
	days := map[Date]map[string][]string{} // after the changes
	for _, change := range c.sorted() {
		p := c.archive.Page(change.path)
		of := c.archive.topicsIn(p)
		for _, event := range sortedPaths(of) {
			topics := of[event]
			is := now.eventAt(c.intent.end(event))
			if is == nil {
				continue
			}
			have := []string{c.archive.config.ContextName(is.Topic())}
			if have[0] == "" {
				if _, known := days[is.Date]; !known {
					days[is.Date] = now.topicsIn(now.dayPage(is.Date))
				}
				have = days[is.Date][is.Path]
			}
			merged := is.Path != event && c.archive.eventAt(is.Path) != nil
			if merged && slices.ContainsFunc(have, func(t string) bool { return t != "" }) {
				continue // the event that remains keeps its own, and gets this one as a context
			}
			if !slices.ContainsFunc(topics, func(t string) bool { return slices.Contains(have, c.intent.name(t)) }) {
				return fmt.Errorf("%s: the topic %q of %s would be lost; write it above the headline there, as ##### %s", p.Path, topics[0], event, topics[0])
			}
		}
	}
	return nil
}

func sortedPaths[V any](m map[string]V) []string {
	out := make([]string, 0, len(m))
	for p := range m {
		out = append(out, p)
	}
	slices.Sort(out)
	return out
}

// topicsIn returns the topics of events that a page holds, by the paths of the
// events: an event's own, or on a day page those that it lists an event below that
// has none of its own.
func (a *Archive) topicsIn(p *Page) map[string][]string {
	out := map[string][]string{}
	switch {
	case p == nil:
	case p.Event != nil && p.Topic() != "":
		out[p.Path] = []string{a.config.ContextName(p.Topic())}
	case p.Kind == DayPage:
		for _, it := range p.Listing.Items() {
			if t := topicOf(p, it); t == "" {
				continue
			} else if e := a.entryEvent(p, it.Link); e != nil && e.Topic() == "" {
				out[e.Path] = append(out[e.Path], a.config.ContextName(t))
			}
		}
	}
	return out
}
