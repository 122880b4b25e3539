package listing

import (
	"strings"

	"newsctl/archive"
	"newsctl/archive/page"
)

// RefillFront plans the front page after days were added or removed: its parts
// keep their places and show the last days, and those that no day is left for go.
func (x *Indexer) RefillFront() (*archive.Changes, error) {
	changes, err := x.Front()
	if err != nil {
		return nil, err
	}
	after := *x
	after.Move(x.Archive.After(changes))
	surplus, err := after.frontSurplus()
	if err != nil {
		return nil, err
	}
	changes.Then(surplus)
	return changes, nil
}

// frontSurplus plans to remove the parts of the front page that show a day that is
// gone, or one that is shown above.
func (x *Indexer) frontSurplus() (*archive.Changes, error) {
	changes := x.Archive.NewChanges()
	front := x.Archive.Page(archive.IndexName())
	if front == nil || front.Listing == nil || front.Damage() != nil {
		return changes, nil
	}
	var edits []page.Edit
	shown := map[archive.Date]bool{}
	for i := range front.Listing.Parts {
		part := &front.Listing.Parts[i]
		d, ok := partDay(front, part)
		switch {
		case !ok:
		case part.Previous && !x.Archive.HasDay(d):
			edits = append(edits, x.oldestEdits(front, part)...)
		case part.Previous:
		case shown[d] || !x.Archive.HasDay(d):
			edits = append(edits, x.removePart(front, part)...)
		}
		shown[d] = true
	}
	_, err := changes.Edit(front, edits)
	return changes, err
}

// partDay returns the day that the heading of a part links to.
func partDay(p *archive.Page, part *page.Part) (archive.Date, bool) {
	if part.Link == nil {
		return archive.Date{}, false
	}
	t := p.Target(part.Link)
	_, d := archive.Classify(t.Path)
	return d, t.Kind == archive.Internal && archive.IsDay(t.Path)
}

// oldestEdits makes the link to the day before the last ones point to the oldest
// of these, since no earlier day is left.
func (x *Indexer) oldestEdits(front *archive.Page, part *page.Part) []page.Edit {
	last := x.Archive.LastDays(FrontDays + 1)
	if len(last) == 0 {
		return []page.Edit{{Span: part.Title.Span}}
	}
	return x.leadEdits(front, part.Link, last[len(last)-1], x.style(front))
}

// removePart removes the heading of a part, the events below it, and the rule
// after them. What was put there by hand stays.
func (x *Indexer) removePart(p *archive.Page, part *page.Part) []page.Edit {
	head := page.Span{Start: part.Title.Start, End: skipEmpty(p.Source, part.Title.End)}
	keep := func(it *page.Item) (Entry, bool) { return Entry{}, placedByHand(p, it) }
	edits := x.PartEdits(p, part, x.style(p), keep, nil)
	if anyStays(part, keep) {
		return append(edits, page.Edit{Span: head})
	}
	end := head.End
	if n := len(part.Items); n > 0 {
		end = part.Items[n-1].End
	}
	return append(edits, page.Edit{Span: head}, page.Edit{Span: page.Span{Start: end, End: skipRule(p.Source, end)}})
}

// placedByHand reports whether an entry links to something other than an event.
func placedByHand(p *archive.Page, it *page.Item) bool {
	if it.Link == nil {
		return true
	}
	kind, _ := archive.Classify(p.Target(it.Link).Path)
	return kind != archive.EventPage
}

// skipRule returns where the rule at an offset, and the empty lines after it, end.
func skipRule(src []byte, at int) int {
	line, _, _ := strings.Cut(string(src[at:]), "\n")
	if strings.TrimSpace(line) != "---" {
		return at
	}
	return skipEmpty(src, min(at+len(line)+1, len(src)))
}

// skipEmpty returns where the empty lines at an offset end.
func skipEmpty(src []byte, at int) int {
	for at < len(src) {
		line, _, _ := strings.Cut(string(src[at:]), "\n")
		if strings.TrimSpace(line) != "" {
			break
		}
		at = min(at+len(line)+1, len(src))
	}
	return at
}
