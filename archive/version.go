package archive

import "slices"

// AreVersions reports whether one of two events names the other among its Changes.
func AreVersions(p, q *Facts) bool {
	return p.HasVersion(q.Path) || q.HasVersion(p.Path)
}

// IsPreviousVersion reports whether another event of the same day names an event
// among the versions of its headline.
func (a *Archive) IsPreviousVersion(e *Page) bool {
	return slices.ContainsFunc(a.DayEvents(e.Date).naming(e.Path), func(other *Facts) bool {
		return other.Path != e.Path && !e.HasVersion(other.Path)
	})
}

// IsVersion reports whether another event names an event among its Changes: one of the
// same day, or one that the event names too.
func (a *Archive) IsVersion(e *Page) bool {
	return other(a.DayEvents(e.Date).naming(e.Path), e.Path) || slices.ContainsFunc(e.Versions(), func(p string) bool {
		return p != e.Path && a.NamesVersion(p, e.Path)
	})
}

// NamesVersion reports whether the event at a path names another path among its Changes.
func (a *Archive) NamesVersion(p, version string) bool {
	f := a.matchFacts(p)
	return f != nil && f.HasVersion(version)
}

// HasVersions reports whether one of the events of the day and another event name
// each other, or one the other, among their Changes.
func (d *DayEvents) HasVersions(e *Facts) bool {
	named := func(path string) bool { return path != e.Path && d.has(path) }
	return other(d.naming(e.Path), e.Path) || slices.ContainsFunc(e.Versions(), named)
}

// VersionBefore returns the path of the version of its headline that an event
// names before itself, and that the archive has; empty if there is none.
func (a *Archive) VersionBefore(p *Page) string {
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
