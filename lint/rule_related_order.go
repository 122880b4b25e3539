package lint

import (
	"slices"
	"strings"

	"newsctl/archive"
	"newsctl/archive/contexts"
	"newsctl/archive/page"
)

var relatedOrder = Rule{
	Name:     "related-order",
	Severity: Info,
	Sees:     seesLists,
	Title:    "related entries are not in order",
	Why: `Entries that share more contexts with the event come first, and newer events come first
among those that share as many. Readers seldom look past the first few. lint does not
check the order of related.rank: rare, which only newsctl relink knows.`,
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
	Fixes: true,
	Kinds: eventPages,
	Check: func(p *Pass) {
		if p.Archive.Config().RelatedRank != archive.RankShared {
			return // the order of a rare context depends on the whole archive
		}
		entries := p.relatedEntries()
		names := contexts.CommaNamesWith(p.Archive, p.Page, entries)
		all := make([]ranked, 0, len(entries))
		for _, e := range entries {
			if !e.Pinned() && e.Shared != nil {
				all = append(all, newRanked(e, p.Archive.Config().ContextNames(names.Split(p.Page.Names(e.Shared)))))
			}
		}
		for i := 1; i < len(all); i++ {
			if reason := all[i].better(all[i-1]); reason != "" {
				p.reportFixf(all[i].entry.Mark(), p.inOrder(all), "the entry belongs above the one before it: %s", reason)
				return
			}
		}
	},
}

// inOrder returns what exchanges neighbors until each is where it certainly
// belongs, unless a comment is between entries: it belongs to one of them.
func (p *Pass) inOrder(all []ranked) *Fix {
	from, to := make([]page.Entry, 0, len(all)), make([]page.Entry, 0, len(all))
	for _, r := range all {
		from = append(from, *r.entry)
		if p.annotated(*r.entry) {
			return nil
		}
	}
	all = slices.Clone(all)
	for sorted := 1; sorted < len(all); sorted++ {
		for i := sorted; i > 0 && all[i].better(all[i-1]) != ""; i-- {
			all[i], all[i-1] = all[i-1], all[i]
		}
	}
	for _, r := range all {
		to = append(to, *r.entry)
	}
	return p.fix(p.reorderEntries(from, to)...)
}

// ranked is what decides the place of a related entry: how many contexts it
// shares at the least and at the most, and its date. The two differ where a
// part of the list may be the end of the name before it, as in "Harbour Bridge
// referendum, 2018": without the whole archive one cannot say. Of a list that is
// not in byte order, any part may be.
type ranked struct {
	entry       *page.Entry
	least, most int
	date        archive.Date
}

func newRanked(e archive.RelatedEntry, names []string) ranked {
	_, date := archive.Classify(e.Target.Path)
	r := ranked{e.Entry, len(names), len(names), date}
	if !slices.IsSorted(names) {
		r.least = min(1, len(names))
		return r
	}
	for _, name := range names[min(1, len(names)):] {
		if last := name[strings.LastIndexByte(name, ' ')+1:]; '0' <= last[0] && last[0] <= '9' {
			r.least--
		}
	}
	return r
}

// better returns why an entry certainly belongs above another, or nothing.
func (r ranked) better(above ranked) string {
	switch {
	case r.least > above.most:
		return "it shares more contexts"
	case r.least == above.most && r.most == above.least && r.date.Compare(above.date) > 0:
		return "it is newer"
	}
	return ""
}
