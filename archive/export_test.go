package archive

// SlugStyle lets tests see the style that an archive's slugs show.
func (a *Archive) SlugStyle() SlugStyle { return a.slugStyle() }

// Slug lets tests see the slugs of a style.
func (s SlugStyle) Slug(headline string, length int) string { return s.slug(headline, length) }

var (
	AsciiSlug   = asciiSlug
	IsASCIISlug = isASCIISlug
)
