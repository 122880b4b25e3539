package plan

import (
	"fmt"
	"slices"

	"newsctl/archive"
	"newsctl/archive/contexts"
)

// topicKeeper keeps the topics of events through changes.
type topicKeeper struct {
	changes *archive.Changes
	after   *contextKeeper // of the same changes
	days    map[archive.Date]map[string][]string
}

// keepTopics returns an error if an event would lose its topic: that on its own
// page, or if there is none, one that the page of its day lists it below.
func keepTopics(c *archive.Changes, after *contextKeeper) error {
	k := &topicKeeper{c, after, map[archive.Date]map[string][]string{}}
	for _, change := range c.Sorted() {
		of := k.before(change.Path)
		for _, event := range contexts.SortedPaths(of) {
			if topics := of[event]; !k.keeps(event, topics) {
				return fmt.Errorf("%s: the topic %q of %s would be lost; write it above the headline there, as ##### %s", change.Path, topics[0], event, topics[0])
			}
		}
	}
	return nil
}

// before returns what [TopicsIn] does of the page at a path before the changes.
func (k *topicKeeper) before(p string) map[string][]string {
	a := k.changes.Archive
	if kind, _ := archive.Classify(p); kind != archive.EventPage {
		return TopicsIn(a, a.Page(p))
	}
	if e := a.EventFacts(p); e != nil && e.Topic != "" {
		return map[string][]string{p: {a.Config().ContextName(e.Topic)}}
	}
	return nil
}

// keeps reports whether an event has one of some topics after the changes, or is gone.
func (k *topicKeeper) keeps(event string, topics []string) bool {
	a, end := k.changes.Archive, k.changes.Intent.End(event)
	topic, there := k.topic(end)
	if !there {
		return true
	}
	have := []string{topic}
	if topic == "" {
		have = k.day(end)
	}
	if end != event && a.EventFacts(end) != nil && slices.ContainsFunc(have, func(t string) bool { return t != "" }) {
		return true // the event that remains keeps its own, and gets this one as a context
	}
	return slices.ContainsFunc(topics, func(t string) bool { return slices.Contains(have, k.changes.Intent.Name(t)) })
}

// topic returns the topic of the event at a path after the changes, or false if there
// is none.
func (k *topicKeeper) topic(p string) (topic string, there bool) {
	if known := k.after.now; known != nil && known.Has(p) {
		return known.Topic(p), true
	}
	e := k.after.archive.EventFacts(p)
	if e == nil {
		return "", false
	}
	return k.changes.Archive.Config().ContextName(e.Topic), true
}

// day returns the topics that the page of its day lists the event at a path below after
// the changes.
func (k *topicKeeper) day(event string) []string {
	_, date := archive.Classify(event)
	if _, known := k.days[date]; !known {
		k.days[date] = TopicsIn(k.after.archive, k.after.archive.DayPage(date))
	}
	return k.days[date][event]
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
