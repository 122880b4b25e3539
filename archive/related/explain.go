package related

import (
	"slices"

	"newsctl/archive/facts"

	"newsctl/archive"
	"newsctl/archive/contexts"
)

// Explanation is why the related list of an event is what it is.
type Explanation struct {
	Contexts []string       // of the event, in byte order
	Kept     []string       // paths of the entries that stay as they are; "" is not a page
	Found    []Candidate    // those of the list, and after them the next best
	Limit    int            // how many of Found are in the list
	Events   map[string]int // how many events have each context of the archive
}

// nextBest is how many candidates after the list an explanation shows.
const nextBest = 5

// ExplainRelated explains why the related list of the event at p is what relinking
// makes it. Paths are those of all pages of the archive, loaded.
func ExplainRelated(a *archive.Archive, paths []string, p string) (*Explanation, error) {
	e, err := a.Event(p)
	if err != nil {
		return nil, err
	}
	c := contexts.OfAll(a, paths)
	r := newRanking(c, a.Config().RelatedRank, nil)
	l := &Relinker{Ranking: r}
	i := r.Number[e.Facts().ID]
	kept, limit, named := l.kept(e.Facts())
	x := &Explanation{Contexts: c.Of(e.Path), Events: map[string]int{}}
	for _, k := range kept {
		to := ""
		if link := e.Facts().Related[k].Link; link != facts.NoLink {
			to = e.Facts().Target(link).Path
		}
		x.Kept = append(x.Kept, to)
	}
	x.Found = r.related(i, limit+nextBest, func(e *archive.Brief) bool { return slices.Contains(named, e.ID) })
	x.Limit = min(limit, len(x.Found))
	for n, name := range r.names {
		x.Events[name] = len(r.Holders[n])
	}
	return x, nil
}
