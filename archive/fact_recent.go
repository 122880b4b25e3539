package archive

import "sync"

// recentFacts holds the facts that were decoded last, by the numbers of their pages,
// so that an archive of any size takes no more memory than some thousand of them.
type recentFacts struct {
	parts [32]struct {
		mu         sync.Mutex
		young, old map[int]*Facts
	}
}

// maxRecent is how many facts are held twice over: more than the events of a month and
// all that they link to, some kilobytes each.
const maxRecent = 8192

// get returns the facts of the page of a number, made by decode if they are not held.
func (r *recentFacts) get(i int, decode func() *Facts) *Facts {
	p := &r.parts[i%len(r.parts)]
	p.mu.Lock()
	defer p.mu.Unlock()
	if f := p.young[i]; f != nil {
		return f
	}
	f := p.old[i]
	if f == nil {
		if f = decode(); f == nil {
			return nil
		}
	}
	if p.young == nil || len(p.young) == maxRecent/len(r.parts) {
		p.young, p.old = map[int]*Facts{}, p.young
	}
	p.young[i] = f
	return f
}
