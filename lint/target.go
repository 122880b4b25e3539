package lint

import (
	"path"
	"strings"

	"newsctl/archive"
	"newsctl/archive/filename"
	"newsctl/archive/page"
)

// isChecked reports whether a link is checked where it is. One that has its
// destination in a definition is checked there, where it can be corrected, but for
// an entry of a list: the rule of the list reports it.
func (p *Pass) isChecked(l *page.Link) bool {
	if l.Form == page.Definition {
		return !p.listedReferences()[p.Page.Destination(l)]
	}
	return l.Reference == "" || l.Role != page.Plain
}

// listedReferences returns the destinations of the entries of lists that have
// theirs in a definition.
func (p *Pass) listedReferences() map[string]bool {
	if p.references == nil {
		p.references = map[string]bool{}
		for _, l := range p.Page.Links {
			if l.Reference != "" && l.Role != page.Plain {
				p.references[p.Page.Destination(l)] = true
			}
		}
	}
	return p.references
}

// checkLink reports a link to a page or file that does not exist. The advice is
// what to do if no page is clearly meant.
func (p *Pass) checkLink(l *page.Link, advice string) {
	if isUnread(l) {
		if now := strings.ReplaceAll(p.Page.Text(l.Target), " ", "%20"); p.checksTarget(l) {
			p.suggestf(l.Target, now, "a space in the target: Markdown does not see a link here; write %s", now)
		}
		return
	}
	p.checkTarget(l, advice, p.suggestf)
}

// checkEntry is [Pass.checkLink] for an entry, whose target it fixes where it is
// certain which page is meant.
func (p *Pass) checkEntry(l *page.Link, advice string) {
	p.checkTarget(l, advice, p.replacef)
}

// isUnread reports whether a link, of no list, is one that a reader sees and
// Markdown does not.
func isUnread(l *page.Link) bool { return l.Malformed && l.Role == page.Plain }

// isBroken reports whether the target of a link that is checked does not exist.
func (p *Pass) isBroken(l *page.Link) bool {
	if !p.checksTarget(l) {
		return false
	}
	if _, ok := p.lacksScheme(l); ok {
		return false // link-scheme reports it
	}
	t := p.Page.Target(l)
	switch t.Kind {
	case archive.External:
		return false
	case archive.Outside, archive.Invalid:
		return true
	}
	return !p.Archive.Exists(t.Path) && !p.published(t.Path) && !p.Archive.MayBeMissing(t.Path)
}

// checkTarget reports a link whose target does not exist.
func (p *Pass) checkTarget(l *page.Link, advice string, replacef replacer) {
	if !p.isBroken(l) {
		return
	}
	t := p.Page.Target(l)
	switch t.Kind {
	case archive.Outside:
		p.reportf(l.Target, "link target is outside the archive; %s", advice)
		return
	case archive.Invalid:
		p.reportf(l.Target, "link target %q is not a path; %s", p.Page.Text(l.Target), advice)
		return
	}
	to, certain := p.meant(t.Path)
	if !certain {
		replacef = p.suggestf
	}
	name := path.Base(to)
	if path.Dir(to) != path.Dir(t.Path) {
		name = to
	}
	switch padded := p.Archive.Padded(t.Path); {
	case padded != "":
		p.reportf(l.Target, "no page %s, since it is %s; run \"%s\"", t.Path, padded, archive.MoveOf(padded))
	case to == "" && path.Ext(archive.SourceOf(t.Path)) != ".md":
		p.reportf(l.Target, "no file %s; %s", t.Path, advice)
	case to == "" && isEvent(t.Path):
		if l.Role == page.Related && p.Archive.History == nil {
			advice = "run \"newsctl lint --fix\" to look for it in git's history, or " + advice
		}
		p.reportf(l.Target, "no page %s; %s; if the event was deleted, run \"newsctl remove\" with its path", t.Path, advice)
	case to == "":
		p.reportf(l.Target, "no page %s; %s", t.Path, advice)
	case p.Page.Lists(to):
		p.reportf(l.Target, "no page %s, and %s is listed already; remove the entry", t.Path, name)
	case filename.SameLetters(t.Path, to) && l.Reference == "":
		replacef(l.Target, p.Page.Redirected(l, to), "no page is called so, but the page is there with the same letters, in another Unicode form (%s)", filename.UnicodeForm(to))
	case l.Reference != "":
		p.reportf(l.Target, "no page %s; did you mean %s?", t.Path, name)
	default:
		replacef(l.Target, p.Page.Redirected(l, to), "no page %s; did you mean %s?", t.Path, name)
	}
}

// isEvent reports whether a path is that of an event.
func isEvent(p string) bool {
	kind, _ := archive.Classify(p)
	return kind == archive.EventPage && path.Ext(p) == ".md"
}

// meant returns the page that a path with no page may mean, and whether that is
// certain. It is the page itself only if the two are the same letters, and one that
// the page names as a version only if it is certain.
func (p *Pass) meant(gone string) (to string, certain bool) {
	to, certain = p.Archive.Suggest(gone)
	if to == p.Page.Path && !filename.SameLetters(gone, to) || !certain && p.Page.HasVersion(to) {
		return "", false
	}
	return to, certain
}

// published reports whether a path is that of a page as it is published beside
// its source: git does not hold those.
func (p *Pass) published(target string) bool {
	return p.Archive.Exists(archive.SourceOf(target))
}
