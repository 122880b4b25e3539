package archive

import "newsctl/archive/slug"

// SlugStyle lets tests see the style that an archive's slugs show.
func (a *Archive) SlugStyle() slug.Style { return a.slugStyle() }
