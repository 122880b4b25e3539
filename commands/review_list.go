package commands

import (
	"fmt"
	"slices"
	"strings"

	"newsctl/archive"
	"newsctl/archive/compare"
	"newsctl/archive/related"
	"newsctl/commands/review"
)

// rows returns the list of a page before and after, and why each entry is in it.
func (r *reviewer) rows(i int) []review.Row {
	f := r.files[i]
	rows := r.comparison.Rows(f.From, f.To)
	if rows == nil {
		return nil
	}
	x := explainer{reviewer: r, page: r.after.Page(f.To)}
	x.survey(rows)
	out := make([]review.Row, len(rows))
	for i, row := range rows {
		out[i] = review.Row{Before: r.cell(row.Before, r.before), After: r.cell(row.After, r.after), Sign: signOf(row), Why: x.why(row)}
	}
	return out
}

// cell returns an entry as it is shown.
func (r *reviewer) cell(c *compare.Cell, at *archive.Archive) *review.Cell {
	if c == nil {
		return nil
	}
	out := &review.Cell{Number: c.Number, Text: c.Text, Target: c.Target, Contexts: c.Contexts}
	if f := at.Facts(c.Target); f != nil && f.Date != (archive.Date{}) {
		out.Day = f.Date.String()
	}
	return out
}

func signOf(row compare.Row) review.Sign {
	switch {
	case row.Moved > 0:
		return review.Moved
	case row.Before == nil:
		return review.Added
	case row.After == nil:
		return review.Removed
	case row.Before.Text != row.After.Text, row.Before.Target != row.After.Target, !slices.Equal(row.Before.Contexts, row.After.Contexts):
		return review.Changed
	}
	return review.Same
}

// explainer says why entries are in the related list of a page, and why others are no
// longer.
type explainer struct {
	*reviewer
	page      *archive.Page
	listed    []string // the targets of the list
	pinned    map[int]bool
	last      int      // how many contexts the last entry of a full list shares, or 0
	displaced []string // the numbers of the entries that others displace
}

// survey reads the list as a whole.
func (x *explainer) survey(rows []compare.Row) {
	if x.page == nil || x.page.Event == nil {
		return
	}
	x.pinned = map[int]bool{}
	for i, e := range x.after.Related(x.page) {
		x.listed = append(x.listed, e.Target.Path)
		x.pinned[i+1] = e.Pinned()
	}
	if x.reasons == nil {
		return
	}
	if n := len(x.listed); n > 0 && n >= x.after.Config().RelatedLimit {
		last, _ := x.reasons.Candidate(x.page.Path, x.listed[n-1])
		x.last = len(last.Shared)
	}
	for _, row := range rows {
		if row.After == nil && row.Moved == 0 && x.verdict(row) == related.Outranked {
			x.displaced = append(x.displaced, fmt.Sprint(row.Before.Number))
		}
	}
}

func (x *explainer) verdict(row compare.Row) related.Verdict {
	return x.reasons.Verdict(x.page.Path, row.Before.Target, x.listed)
}

// why returns the reason of a row of the list, or nothing.
func (x *explainer) why(row compare.Row) string {
	switch {
	case x.page == nil || x.page.Event == nil:
		return ""
	case row.After == nil && row.Moved > 0:
		return fmt.Sprintf("now %d", row.Moved)
	case row.After == nil:
		return x.whyGone(row)
	}
	var parts []string
	if row.Moved > 0 {
		parts = append(parts, fmt.Sprintf("was %d", row.Moved))
	}
	switch shared := x.whyThere(row); {
	case x.pinned[row.After.Number]:
		parts = append(parts, "pinned")
	case shared != "":
		parts = append(parts, shared)
	}
	if row.Before == nil && row.Moved == 0 && len(x.displaced) > 0 {
		parts = append(parts, "displaces "+strings.Join(x.displaced, ", "))
	}
	return strings.Join(parts, "; ")
}

// maxShared is how many shared contexts a reason names.
const maxShared = 4

// whyThere says what the event shares with one that its list names.
func (x *explainer) whyThere(row compare.Row) string {
	c, known := x.candidate(row.After)
	if !known || len(c.Shared) == 0 {
		return ""
	}
	apart := distance(c.Days)
	if row.Before != nil || x.reasons == nil {
		return plural(len(c.Shared), "shared context") + ", " + apart
	}
	var names []string
	for _, name := range c.Shared[:min(len(c.Shared), maxShared)] {
		names = append(names, fmt.Sprintf("%s (%s)", name, plural(x.reasons.Holds(name), "event")))
	}
	if more := len(c.Shared) - len(names); more > 0 {
		names = append(names, fmt.Sprintf("%d more", more))
	}
	return "shares " + strings.Join(names, ", ") + "; " + apart
}

// distance says how far apart the days of two events are.
func distance(days int) string {
	if days == 0 {
		return "the same day"
	}
	return archive.Interval(days) + " apart"
}

// candidate returns what the event shares with one that its list names: what the
// archive knows, or where that is not asked for what the entry says.
func (x *explainer) candidate(c *compare.Cell) (related.Candidate, bool) {
	if x.reasons != nil {
		return x.reasons.Candidate(x.page.Path, c.Target)
	}
	to := x.after.Facts(c.Target)
	if !to.IsEvent() {
		return related.Candidate{}, false
	}
	return related.Candidate{Event: &to.Brief, Shared: c.Contexts, Days: archive.DaysApart(x.page.Date, to.Date)}, true
}

// whyGone says why a list no longer names an event.
func (x *explainer) whyGone(row compare.Row) string {
	verdict, certain := related.Excluded(x.after, x.page.Path, row.Before.Target, x.listed)
	switch {
	case certain:
	case x.reasons == nil:
		return ""
	default:
		verdict = x.verdict(row)
	}
	switch verdict {
	case related.Itself:
		return "the event itself"
	case related.Repeated:
		return "repeated: the list names it once"
	case related.Missing:
		return "the page does not exist"
	case related.Version:
		return "a previous version of this event"
	case related.Unlisted:
		return "not on its day page"
	case related.Damaged:
		return "its page has no headline or is damaged"
	case related.NotEvent:
		return "not an event"
	case related.Unrelated:
		return "no shared contexts"
	}
	c, _ := x.reasons.Candidate(x.page.Path, row.Before.Target)
	out := fmt.Sprintf("displaced: %s, %s", plural(len(c.Shared), "shared context"), distance(c.Days))
	if x.last > 0 {
		out += fmt.Sprintf("; the last entry listed has %d", x.last)
	}
	return out
}
