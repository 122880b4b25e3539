package archive

import (
	"slices"

	"newsctl/archive/page"
)

// Versions returns the paths of the versions of an event's headline, this page
// among them, as its Changes section names them.
func (p *Page) Versions() []string {
	if p.Event == nil {
		return nil
	}
	var out []string
	for _, e := range p.Event.Entries(page.ChangesSection) {
		if e.Link != nil {
			out = append(out, p.Target(e.Link).Path)
		}
	}
	return out
}

// areVersions reports whether one of two events names the other among its Changes.
func areVersions(p, q *Page) bool {
	return slices.Contains(p.Versions(), q.Path) || slices.Contains(q.Versions(), p.Path)
}

// isOlderVersion reports whether another event of the same day names an event
// among the versions of its headline.
func (a *Archive) isOlderVersion(e *Page) bool {
	for _, other := range a.Events(e.Date) {
		if other.Path != e.Path && slices.Contains(other.Versions(), e.Path) && !slices.Contains(e.Versions(), other.Path) {
			return true
		}
	}
	return false
}

// versionBefore returns the path of the version of its headline that an event
// names before itself, and that the archive has; empty if there is none.
func (a *Archive) versionBefore(p *Page) string {
	versions := p.Versions()
	if i := slices.Index(versions, p.Path); i >= 0 {
		versions = versions[:i]
	}
	for i := len(versions) - 1; i >= 0; i-- {
		if a.Exists(versions[i]) {
			return versions[i]
		}
	}
	return ""
}
