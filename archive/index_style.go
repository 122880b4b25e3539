package archive

import (
	"fmt"
	"strings"

	"newsctl/archive/page"
)

// listingStyle is how a listing is written where more than one way is possible.
type listingStyle struct {
	prefix       string // what links carry before the path: "/" or "/zh/"
	label        string // the word before contexts
	previous     string // the text of the link to the day before
	gap          string // an empty line behind each entry, or nothing
	topics       bool   // topics head the entries
	descriptions bool   // entries show the event's description
	contexts     bool   // entries of events without one show the contexts
}

// listingVotes counts what listings show.
type listingVotes struct{ prefix, label, previous, gap, topics, descriptions, contexts ballot }

func newListingVotes() *listingVotes {
	return &listingVotes{ballot{}, ballot{}, ballot{}, ballot{}, ballot{}, ballot{}, ballot{}}
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
func (v *listingVotes) count(a *Archive, p *Page) {
	for _, part := range p.Listing.Parts {
		if part.Previous {
			v.previous[p.Text(part.Link.Text)]++
		}
		for i := range part.Items {
			v.countItem(a, p, &part.Items[i])
		}
	}
}

func (v *listingVotes) countItem(a *Archive, p *Page, it *page.Item) {
	if it.Link == nil {
		return
	}
	t := p.Target(it.Link)
	e := a.eventAt(t.Path)
	if t.Kind != Internal || e == nil {
		return
	}
	if prefix, ok := strings.CutSuffix(p.Text(it.Link.Target), t.Path); ok {
		v.prefix[prefix]++
	}
	if it.Declared != nil {
		v.label[it.Declared.Word]++
	}
	if it.Bullet {
		return // nothing stands below it
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

func (v *listingVotes) elect(fallback listingStyle) listingStyle {
	gap := ""
	if v.gap.most(yesNo(fallback.gap != "")) == yes {
		gap = "\n"
	}
	return listingStyle{
		prefix:       v.prefix.most(fallback.prefix),
		label:        v.label.most(fallback.label),
		previous:     v.previous.most(fallback.previous),
		gap:          gap,
		topics:       v.topics.most(yesNo(fallback.topics)) == yes,
		descriptions: v.descriptions.most(yesNo(fallback.descriptions)) == yes,
		contexts:     v.contexts.most(yesNo(fallback.contexts)) == yes,
	}
}

// newest is how many of the last days show how an archive is written today.
const newest = 3

// listingStyle returns how the listings of the last days are written.
func (a *Archive) listingStyle() listingStyle {
	v := newListingVotes()
	for _, d := range a.LastDays(newest) {
		if day := a.dayPage(d); day != nil && day.Damage() == nil {
			v.count(a, day)
		}
	}
	labels := a.config.Labels
	return v.elect(listingStyle{"/", labels.Context[0], labels.Previous[0], "\n", true, true, true})
}

// style returns how a listing is written; where it does not show it, how the
// last days are.
func (x *indexer) style(p *Page) listingStyle {
	v := newListingVotes()
	v.count(x.archive, p)
	return v.elect(x.today)
}

// The places in a page that other pages of its kind fill with something else.
const (
	stemPlace = "\x00stem"
	dirPlace  = "\x00dir"
	dayPlace  = "\x00day" // the folder without news/
	datePlace = "\x00date"
)

// blank returns text with what belongs to one page replaced by places.
func blank(text, stem string, d Date) string {
	return strings.NewReplacer(stem, stemPlace, d.Dir(), dirPlace, strings.TrimPrefix(d.Dir(), "news/"), dayPlace, d.String(), datePlace).Replace(text)
}

// fill returns text with its places filled in for one page.
func fill(text, stem string, d Date) string {
	return strings.NewReplacer(stemPlace, stem, dirPlace, d.Dir(), dayPlace, strings.TrimPrefix(d.Dir(), "news/"), datePlace, d.String()).Replace(text)
}

// dayHead returns the head of a new day page, as most of the last days have it.
func (a *Archive) dayHead(d Date) string {
	data, heads := ballot{}, ballot{}
	for _, day := range a.LastDays(newest) {
		if p := a.dayPage(day); p != nil && p.Damage() == nil {
			if part := dayPart(p); part != nil {
				own := p.FrontMatter()
				data[blank(p.Text(own), day.Page(), day)]++
				heads[blank(string(p.Source[own.End:part.Title.End]), day.Page(), day)]++
			}
		}
	}
	plain := fmt.Sprintf("## [%s](/%s)\n", datePlace, dirPlace+"/"+indexName)
	return fill(data.majority()+heads.most(plain), d.Page(), d) + "\n"
}

// copiesDays reports whether the last day page has a copy.
func (a *Archive) copiesDays() bool {
	last := a.LastDays(1)
	return len(last) == 0 || a.Exists(CopyOf(last[0].Page()))
}
