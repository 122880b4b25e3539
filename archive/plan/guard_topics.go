package plan

import (
	"fmt"
	"slices"

	"newsctl/archive"
	"newsctl/archive/contexts"
)

// keepTopics returns an error if an event would lose its topic: that on its own
// page, or if there is none, one that the page of its day lists it below. Now is
// the archive after the changes.
func keepTopics(c *archive.Changes, now *archive.Archive) error {
	days := map[archive.Date]map[string][]string{} // after the changes
	for _, change := range c.Sorted() {
		p := c.Archive.Page(change.Path)
		of := TopicsIn(c.Archive, p)
		for _, event := range contexts.SortedPaths(of) {
			topics := of[event]
			is := now.EventAt(c.Intent.End(event))
			if is == nil {
				continue
			}
			have := []string{c.Archive.Config().ContextName(is.Topic())}
			if have[0] == "" {
				if _, known := days[is.Date]; !known {
					days[is.Date] = TopicsIn(now, now.DayPage(is.Date))
				}
				have = days[is.Date][is.Path]
			}
			merged := is.Path != event && c.Archive.EventAt(is.Path) != nil
			if merged && slices.ContainsFunc(have, func(t string) bool { return t != "" }) {
				continue // the event that remains keeps its own, and gets this one as a context
			}
			if !slices.ContainsFunc(topics, func(t string) bool { return slices.Contains(have, c.Intent.Name(t)) }) {
				return fmt.Errorf("%s: the topic %q of %s would be lost; write it above the headline there, as ##### %s", p.Path, topics[0], event, topics[0])
			}
		}
	}
	return nil
}

// TopicsIn returns the topics of events that a page holds, by the paths of the
// events: an event's own, or on a day page those that it lists an event below that
// has none of its own.
func TopicsIn(a *archive.Archive, p *archive.Page) map[string][]string {
	out := map[string][]string{}
	switch {
	case p == nil:
	case p.Event != nil && p.Topic() != "":
		out[p.Path] = []string{a.Config().ContextName(p.Topic())}
	case p.Kind == archive.DayPage:
		for _, it := range p.Listing.Items() {
			if t := archive.TopicOf(p, it); t == "" {
				continue
			} else if e := a.EntryEvent(p, it.Link); e != nil && e.Topic() == "" {
				out[e.Path] = append(out[e.Path], a.Config().ContextName(t))
			}
		}
	}
	return out
}
