package archive

// Explanation is why the related list of an event is what it is.
type Explanation struct {
	Contexts []string       // of the event, in byte order
	Kept     []string       // paths of the entries that stay as they are; "" is no page
	Found    []Candidate    // those of the list, and after them the next best
	Limit    int            // how many of Found are in the list
	Events   map[string]int // how many events have each context of the archive
}

// nextBest is how many candidates after the list an explanation shows.
const nextBest = 5

// ExplainRelated explains why the related list of the event at p is what relinking
// makes it. Paths are those of all pages of the archive, loaded.
func (a *Archive) ExplainRelated(paths []string, p string) (*Explanation, error) {
	e, err := a.Event(p)
	if err != nil {
		return nil, err
	}
	c := a.Contexts(paths)
	r := newRanking(c, a.config.RelatedRank)
	l := &relinker{ranking: r}
	i := r.number[e]
	kept, limit, named := l.kept(e)
	x := &Explanation{Contexts: c.namesOf(e), Events: map[string]int{}}
	for _, k := range kept {
		x.Kept = append(x.Kept, k.Target.Path)
	}
	x.Found = r.related(newTally(r), i, limit+nextBest, func(p *Page) bool { return named[p] })
	x.Limit = min(limit, len(x.Found))
	for n, name := range r.names {
		x.Events[name] = len(r.holders[n])
	}
	return x, nil
}
