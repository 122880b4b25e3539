package listing

import (
	"fmt"
	"strings"

	"newsctl/archive"
	"newsctl/archive/layout"
	"newsctl/archive/page"
)

// ListingStyle is how a listing is written where more than one way is possible.
type ListingStyle struct {
	prefix       string // what links carry before the path: "/" or "/zh/"
	label        string // the word before contexts
	previous     string // the text of the link to the day before
	gap          string // an empty line after each entry, or nothing
	topics       bool   // topics head the entries
	descriptions bool   // entries show the event's description
	contexts     bool   // entries of events without one show the contexts
}

// listingVotes counts what listings show.
type listingVotes struct{ prefix, label, previous, gap, topics, descriptions, contexts archive.Ballot }

func newListingVotes() *listingVotes {
	return &listingVotes{archive.Ballot{}, archive.Ballot{}, archive.Ballot{}, archive.Ballot{}, archive.Ballot{}, archive.Ballot{}, archive.Ballot{}}
}

// The choices of ballots on whether something is done.
const (
	yes = "yes"
	no  = "no"
)

func yesNo(b bool) string {
	if b {
		return yes
	}
	return no
}

// count adds what a listing shows.
func (v *listingVotes) count(a *archive.Archive, p *archive.Page) {
	for _, part := range p.Listing.Parts {
		if part.Previous {
			v.previous[p.Text(part.Link.Text)]++
		}
		for i := range part.Items {
			v.countItem(a, p, &part.Items[i])
		}
	}
}

func (v *listingVotes) countItem(a *archive.Archive, p *archive.Page, it *page.Item) {
	if it.Link == nil {
		return
	}
	t := p.Target(it.Link)
	e := a.EventAt(t.Path)
	if t.Kind != archive.Internal || e == nil {
		return
	}
	if prefix, ok := strings.CutSuffix(p.Text(it.Link.Target), t.Path); ok {
		v.prefix[prefix]++
	}
	if it.Declared != nil {
		v.label[it.Declared.Word]++
	}
	if it.Bullet {
		return // nothing is below it
	}
	v.gap[yesNo(strings.HasSuffix(strings.ReplaceAll(p.Text(it.Span), "\r", ""), "\n\n"))]++
	if e.Topic() != "" {
		v.topics[yesNo(it.Topic != nil)]++
	}
	if len(e.Event.Description) > 0 {
		v.descriptions[yesNo(len(it.Description) > 0)]++
	} else {
		v.contexts[yesNo(it.Declared != nil)]++
	}
}

func (v *listingVotes) elect(fallback ListingStyle) ListingStyle {
	gap := ""
	if v.gap.Most(yesNo(fallback.gap != "")) == yes {
		gap = "\n"
	}
	return ListingStyle{
		prefix:       v.prefix.Most(fallback.prefix),
		label:        v.label.Most(fallback.label),
		previous:     v.previous.Most(fallback.previous),
		gap:          gap,
		topics:       v.topics.Most(yesNo(fallback.topics)) == yes,
		descriptions: v.descriptions.Most(yesNo(fallback.descriptions)) == yes,
		contexts:     v.contexts.Most(yesNo(fallback.contexts)) == yes,
	}
}

// listingStyle returns how the listings of the last days are written.
func listingStyle(a *archive.Archive) ListingStyle {
	v := newListingVotes()
	for _, d := range a.LastDays(archive.RecentDays) {
		if day := a.DayPage(d); day != nil && day.Damage() == nil {
			v.count(a, day)
		}
	}
	labels := a.Config().Labels
	return v.elect(ListingStyle{"/", labels.Context[0], labels.Previous[0], "\n", true, true, true})
}

// style returns how a listing is written; where it does not show it, how the
// last days are.
func (x *Indexer) style(p *archive.Page) ListingStyle {
	v := newListingVotes()
	v.count(x.Archive, p)
	return v.elect(x.Today)
}

// The places in a page that other pages of its kind fill with something else.
const (
	stemPlace = "\x00stem"
	DirPlace  = "\x00dir"
	dayPlace  = "\x00day" // the directory without news/
	DatePlace = "\x00date"
)

// Blank returns text with what belongs to one page replaced by places.
func Blank(text, stem string, d archive.Date) string {
	return strings.NewReplacer(stem, stemPlace, d.Dir(), DirPlace, strings.TrimPrefix(d.Dir(), layout.Current().Years()+"/"), dayPlace, d.String(), DatePlace).Replace(text)
}

// Fill returns text with its places filled in for one page.
func Fill(text, stem string, d archive.Date) string {
	return strings.NewReplacer(stemPlace, stem, DirPlace, d.Dir(), dayPlace, strings.TrimPrefix(d.Dir(), layout.Current().Years()+"/"), DatePlace, d.String()).Replace(text)
}

// dayHead returns the head of a new day page, as most of the last days have it.
func dayHead(a *archive.Archive, d archive.Date) string {
	data, heads := archive.Ballot{}, archive.Ballot{}
	for _, day := range a.LastDays(archive.RecentDays) {
		if p := a.DayPage(day); p != nil && p.Damage() == nil {
			if part := dayPart(p); part != nil {
				own := p.FrontMatter()
				data[Blank(p.Text(own), day.Page(), day)]++
				heads[Blank(string(p.Source[own.End:part.Title.End]), day.Page(), day)]++
			}
		}
	}
	plain := fmt.Sprintf("## [%s](/%s)\n", DatePlace, DirPlace+"/"+archive.IndexName())
	return Fill(data.Majority()+heads.Most(plain), d.Page(), d) + "\n"
}

// copiesDays reports whether the last day page has a copy.
func copiesDays(a *archive.Archive) bool {
	if !layout.Current().HasCopy() {
		return false
	}
	last := a.LastDays(1)
	return len(last) == 0 || a.Exists(archive.CopyOf(last[0].Page()))
}
