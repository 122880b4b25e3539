package archive

import (
	"slices"
	"strings"

	"newsctl/archive/slug"
)

// slugStyle returns the style of the archive's event names: the one that is
// configured, or else the one that most names of its last days show, those of
// days without events omitted. It is Auto if there are no names yet.
func (a *Archive) slugStyle() slug.Style {
	if a.config.SlugStyle != slug.Auto {
		return a.config.SlugStyle
	}
	a.styleOnce.Do(func() {
		days, names, ascii := 0, 0, 0
		for d, ok := a.DayBefore(Date{Year: 10_000}); ok && days < RecentDays; d, ok = a.DayBefore(d) {
			before := names
			for _, name := range a.directory(d.Dir()).names {
				if isEventName(name) {
					names++
				}
				if isEventName(name) && slug.IsASCII(Stem(name)) {
					ascii++
				}
			}
			if names > before {
				days++
			}
		}
		a.style = slug.StyleOf(names, ascii)
	})
	return a.style
}

// SlugStyleFor returns the style of the name of an event with a headline, and
// whether the headline decides it, in an archive without names.
func (a *Archive) SlugStyleFor(headline string) (style slug.Style, decides bool) {
	if style = a.slugStyle(); style != slug.Auto {
		return style, false
	}
	return slug.StyleFor(headline), true
}

// Slug returns the file name, without extension, that the archive gives an
// event with a raw headline.
func (a *Archive) Slug(headline string) string {
	style, _ := a.SlugStyleFor(headline)
	return style.Make(headline, a.config.SlugLength)
}

// WithSlugStyle returns an archive of the same pages whose slugs are of a style.
func (a *Archive) WithSlugStyle(style slug.Style) *Archive {
	b := a.Clone()
	b.config.SlugStyle = style
	return b
}

// IsNameOf reports whether a file name, without extension, is one that an event
// with a raw headline may have: the one that the headline makes, with the space
// before it counted or not, or one of the ascii style that was published and
// stays, however it was made ([slug.IsPublished]).
func (a *Archive) IsNameOf(name, headline string) bool {
	for _, h := range slices.Compact([]string{headline, strings.TrimSpace(headline)}) {
		if name == a.Slug(h) {
			return true
		}
	}
	if style, _ := a.SlugStyleFor(headline); style != slug.ASCII || !slug.IsASCII(name) {
		return false
	}
	return slug.IsPublished(name, headline, a.config.SlugLength)
}
