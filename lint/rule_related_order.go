package lint

import (
	"cmp"
	"strings"

	"newsctl/archive"
)

var relatedOrder = Rule{
	Name:     "related-order",
	Severity: Info,
	Title:    "related entries are not in order",
	Why: `Entries that share more contexts with the event come first, and among equals the
newer ones. Readers seldom look past the first few.`,
	Wrong: `
-- news/2024/03/5/ferry-sails-again.md --
### [2024-03-5](/news/2024/03/5/index.md)

# Ferry sails again

### Related:

1. [Ferry gets a new engine](/news/2023/11/30/ferry-gets-a-new-engine.md) _Context: Ferry_
2. [Storm stops the ferry](/news/2024/03/4/storm-stops-the-ferry.md) _Context: Ferry_
`,
	Right: `
-- news/2024/03/5/ferry-sails-again.md --
### [2024-03-5](/news/2024/03/5/index.md)

# Ferry sails again

### Related:

1. [Storm stops the ferry](/news/2024/03/4/storm-stops-the-ferry.md) _Context: Ferry_
2. [Ferry gets a new engine](/news/2023/11/30/ferry-gets-a-new-engine.md) _Context: Ferry_
`,
	Kinds: events,
	Check: func(p *Pass) {
		if p.Archive.Config().RelatedRank != archive.RankShared {
			return // the order of a rare context takes the whole archive to judge
		}
		entries := p.Related()
		topics := topicsOf(p.Page, entries)
		var above *ranked
		for _, e := range entries {
			if e.Curated() || e.Shared == nil {
				continue
			}
			_, date := archive.Classify(e.Target.Path)
			names := archive.SplitContexts(p.Page.Text(e.Shared.Names), topics)
			this := &ranked{len(names), date}
			if above != nil && above.compare(this) > 0 {
				p.Reportf(e.Mark(), "the entry belongs above the one before it: %s", above.reason(this))
				return
			}
			above = this
		}
	},
}

// ranked is what decides the place of a related entry.
type ranked struct {
	shared int
	date   archive.Date
}

func (r *ranked) compare(other *ranked) int {
	return cmp.Or(cmp.Compare(other.shared, r.shared), other.date.Compare(r.date))
}

func (r *ranked) reason(better *ranked) string {
	if better.shared > r.shared {
		return "it shares more contexts"
	}
	return "it is newer"
}

// topicsOf returns which names with a comma are one: those that are the topic
// of the page or of a page it names, and those that end in a year, as topics do
// (Harbour Bridge referendum, 2018). Not to know one costs a wrong finding.
func topicsOf(p *archive.Page, entries []archive.RelatedEntry) func(string) bool {
	topics := map[string]bool{topicOf(p): true}
	for _, e := range entries {
		if e.Page != nil {
			topics[topicOf(e.Page)] = true
		}
	}
	return func(name string) bool {
		last := name[strings.LastIndex(name, " ")+1:]
		return topics[name] || last[0] >= '0' && last[0] <= '9' && strings.Count(name, ", ") == 1
	}
}

func topicOf(p *archive.Page) string {
	if p.Event == nil || p.Event.Topic == nil {
		return ""
	}
	return strings.TrimSpace(p.Text(p.Event.Topic.Text))
}
