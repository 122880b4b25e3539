package lint

import (
	"slices"
	"strings"
	"unicode"

	"newsctl/archive/page"
)

// label returns the one of labels that fits the page: that of its other labels, or
// else the first in the script of its headline.
func (p *Pass) label(labels func(page.Labels) []string) string {
	all := p.Archive.Config().Labels
	choices := labels(all)
	latin := isLatin(p.shownHeadline())
	fits := func(label string) bool { return isLatin(label) == latin }
	if at := p.languageOf(all); at < len(choices) && fits(choices[at]) {
		return choices[at]
	}
	return choices[max(slices.IndexFunc(choices, fits), 0)]
}

// shownHeadline returns the headline of an event page, or the first on a listing.
func (p *Pass) shownHeadline() string {
	if p.Page.Event != nil {
		headline, _ := p.Page.Event.Headline()
		return headline
	}
	if p.Page.Listing != nil {
		for _, it := range p.Page.Listing.Items() {
			if it.Link != nil {
				return p.Page.Text(it.Link.Text)
			}
		}
	}
	return ""
}

// languageOf returns which labels the page has of the lists that it can be read from.
func (p *Pass) languageOf(labels page.Labels) int {
	if p.Page.Event == nil {
		return 0
	}
	if s := p.Page.Event.Section(page.RelatedSection); s != nil {
		if at := slices.Index(labels.Related, strings.TrimRight(strings.TrimSpace(p.Page.Text(s.Title.Text)), ":：")); at >= 0 {
			return at
		}
	}
	if c := p.Page.Event.Declared; c != nil {
		return max(slices.Index(labels.Context, c.Word), 0)
	}
	return 0
}

// isLatin reports whether the first letter of a text is Latin.
func isLatin(text string) bool {
	for _, r := range text {
		if unicode.IsLetter(r) {
			return unicode.Is(unicode.Latin, r)
		}
	}
	return true
}
