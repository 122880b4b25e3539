package archive

import "slices"

// areVersions reports whether one of two events names the other among its Changes.
func areVersions(p, q *Page) bool {
	return p.HasVersion(q.Path) || q.HasVersion(p.Path)
}

// isOlderVersion reports whether another event of the same day names an event
// among the versions of its headline.
func (a *Archive) isOlderVersion(e *Page) bool {
	for _, other := range a.Events(e.Date) {
		if other.Path != e.Path && other.HasVersion(e.Path) && !e.HasVersion(other.Path) {
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
