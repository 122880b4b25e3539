package lint

import (
	"bytes"
	"strings"

	"github.com/agnivade/levenshtein"

	"newsctl/archive"
	"newsctl/archive/link"
	"newsctl/archive/page"
)

var linkAnchor = Rule{
	Name:     "link-anchor",
	Severity: Warning,
	Sees:     seesTargets,
	Title:    "a link's fragment does not exist on the page it points to",
	Why: `A fragment (#the-crossing) names a heading, by its text in lower case, or an HTML id. If
the heading changes, the link points to the top of the page instead. Headings are named
as GitHub and goldmark name them; a second heading with the same text gets the suffix
-1. Only fragments of Markdown pages are checked.`,
	Wrong: `
-- opinion/2024/03/5/ferries.md --
# Ferries

See [below](#the-crossings) and [the storm](/news/2024/03/4/storm-stops-the-ferry.md#source).

## The crossing
`,
	Right: `
-- opinion/2024/03/5/ferries.md --
# Ferries

See [below](#the-crossing) and [the storm](/news/2024/03/4/storm-stops-the-ferry.md).

## The crossing
`,
	Check: func(p *Pass) {
		if !p.Page.HasFragments {
			return
		}
		for _, l := range p.Page.Links {
			at := bytes.LastIndexByte(p.Page.Source[l.Target.Start:l.Target.End], '#')
			if at >= 0 && l.Reference == "" && hasAnchors(l) && p.isChecked(l) && p.checksTarget(l) {
				p.checkAnchor(l, page.Span{Start: l.Target.Start + at, End: l.Target.End})
			}
		}
	},
}

// hasAnchors reports whether a link is one that points to places in pages.
func hasAnchors(l *page.Link) bool {
	return l.Role != page.Formats && l.Role != page.Source && l.Role != page.Image && !isUnread(l)
}

// checkAnchor reports a link whose fragment, at a span, is not a place on the page
// that it points to.
func (p *Pass) checkAnchor(l *page.Link, s page.Span) {
	fragment, to := link.Fragment(p.Page.Destination(l)), p.targetPage(l)
	if fragment == "" || to == nil || to.Anchors().Has(fragment) {
		return
	}
	where := "this page"
	if to.Path != p.Page.Path {
		where = to.Path
	}
	if near := nearestWord(strings.ToLower(fragment), to.Anchors().Headings()); near != "" {
		p.suggestf(s, "#"+near, "%s has no heading %s; did you mean #%s?", where, p.Page.Text(s), near)
		return
	}
	p.reportf(s, "%s has no heading %s; correct or remove the fragment", where, p.Page.Text(s))
}

// targetPage returns the page that a link points to, if it can be read.
func (p *Pass) targetPage(l *page.Link) *archive.Page {
	t := p.Page.Target(l)
	if t.Kind != archive.Internal {
		return nil
	}
	if t.Path == p.Page.Path {
		return p.Page
	}
	to := p.Archive.Page(t.Path)
	if to == nil || to.Fault != "" || to.Err != nil {
		return nil
	}
	return to
}

// maxNames is for how many names, of that length at most, a near one is looked
// for: a page has a dozen headings.
const maxNames = 200

// nearestWord returns the one of known that differs least from a word, or nothing
// if none is near.
func nearestWord(word string, known []string) string {
	best, edits := "", 1+len(word)/3
	if len(known) > maxNames || len(word) > maxNames {
		return ""
	}
	for _, k := range known {
		if k == "" || len(k) > maxNames {
			continue
		}
		if d := levenshtein.ComputeDistance(word, k); d <= edits {
			best, edits = k, d-1
		}
	}
	return best
}
