package edit

import (
	"bytes"
	"cmp"
	"io/fs"
	"net/url"
	"path"
	"slices"
	"strings"

	"newsctl/archive"
	"newsctl/archive/link"
	"newsctl/archive/page"
)

// follow returns the edits of a page that make its links follow the events. At is
// the path where the page will be: links that count from there are made to lead
// where they led.
func (r *renamer) follow(p *archive.Page, at string) []page.Edit {
	var edits []page.Edit
	end := 0 // of the last text that is reworded, with all that is in it
	for _, l := range p.Links {
		t := p.Target(l)
		if t.Kind != archive.Internal || r.replaced(p, l) || l.Start < end {
			continue
		}
		ev := r.byFrom[archive.SourceOf(t.Path)]
		if ev == nil { // it points to where the page was moved by hand already
			ev = r.byPage[archive.SourceOf(t.Path)]
		}
		if isFragment(p.Destination(l)) {
			ev = r.byPage[p.Path]
		}
		if ev != nil && l.Role == page.Change && ev.kept {
			continue // the previous version that the entry is about
		}
		if now := r.target(p, l, ev, at); l.Reference == "" && now != p.Text(l.Target) {
			edits = append(edits, page.Edit{Span: l.Target, New: now})
			if ev != nil {
				r.count.Links++
			}
		}
		if ev != nil && l.Role != page.Change && !isFragment(p.Destination(l)) {
			texts := r.quote(p, l, ev)
			if edits = append(edits, texts...); texts != nil {
				end = l.Text.End
			}
		}
	}
	return append(edits, r.distinct(p)...)
}

// distinct makes the comments that say that an event is another one name it at its new
// path.
func (r *renamer) distinct(p *archive.Page) []page.Edit {
	var edits []page.Edit
	for _, c := range p.Comments {
		if ev := r.byFrom[archive.DistinctFrom(c.Text)]; ev != nil && !ev.kept && ev.from != ev.to {
			edits = append(edits, page.Edit{Span: c.Span, New: strings.Replace(p.Text(c.Span), ev.from, ev.to, 1)})
		}
	}
	return edits
}

// target returns the target that a link gets, as it is written: that of an event,
// or of no event that changes.
func (r *renamer) target(p *archive.Page, l *page.Link, ev *rewording, at string) string {
	t, now := p.Target(l), p.Text(l.Target)
	switch {
	case isFragment(p.Destination(l)):
	case ev == nil:
		if path.Dir(at) != path.Dir(p.Path) && isRelative(p, l) {
			now = p.RedirectedAt(l, at, t.Path)
		}
	case archive.SourceOf(t.Path) != ev.to && l.Reference == "":
		now = p.RedirectedAt(l, at, archive.Stem(ev.to)+path.Ext(t.Path))
	}
	if ev != nil {
		now = ev.refocus(now)
	}
	return now
}

// refocus makes the fragment of a target point to the new headline if it pointed to
// the old one.
func (ev *rewording) refocus(target string) string {
	before, fragment, ok := strings.Cut(target, "#")
	if !ok || fragment == "" || link.SameText(ev.was, ev.is) {
		return target
	}
	was, is := page.HeadingAnchor(ev.was), page.HeadingAnchor(ev.is)
	if was == "" || is == "" || !strings.EqualFold(link.Fragment("#"+fragment), was) {
		return target
	}
	if link.IsEncoded(fragment, was) {
		is = url.PathEscape(is)
	}
	return before + "#" + is
}

// isFragment reports whether a destination is a place on its own page.
func isFragment(destination string) bool {
	return strings.HasPrefix(destination, "#") || strings.HasPrefix(destination, "?")
}

// isRelative reports whether a link counts from the directory of its page. Those of
// the date line and of published siblings follow in their own ways.
func isRelative(p *archive.Page, l *page.Link) bool {
	return l.Role != page.DateLink && l.Role != page.Formats && l.Reference == "" && !strings.HasPrefix(p.Destination(l), "/")
}

// replaced reports whether a link is in a headline that is replaced.
func (r *renamer) replaced(p *archive.Page, l *page.Link) bool {
	ev := r.byPage[p.Path]
	if ev == nil || len(p.Event.Headlines) == 0 {
		return false
	}
	at := p.Event.Headlines[0].Text
	return ev.was != ev.is && at.Start <= l.Start && l.Start < at.End
}

// quote makes the text of a link to an event the new headline if it is the old one,
// with the spaces around it as the page has them; in a sentence, the spaces stay.
func (r *renamer) quote(p *archive.Page, l *page.Link, ev *rewording) []page.Edit {
	text := p.Text(l.Text)
	if l.Form != page.TextLink || link.SameText(ev.was, ev.is) || strings.TrimSpace(ev.was) == "" || !link.SameText(text, ev.was) {
		return nil
	}
	r.count.Texts++
	now := page.EscapeText(strings.TrimSpace(ev.is))
	if l.Role != page.Plain && l.Reference == "" {
		return []page.Edit{{Span: l.Text, New: page.EscapeText(ev.is)}}
	}
	if l.Reference != "" && shortcut(p, l) {
		return []page.Edit{{Span: l.Span, New: "[" + now + "](/" + link.Destination(ev.to) + ")"}}
	}
	at := l.Text
	at.Start += len(text) - len(strings.TrimLeft(text, " \t\n"))
	at.End -= len(text) - len(strings.TrimRight(text, " \t\n"))
	return []page.Edit{{Span: at, New: now}}
}

// shortcut reports whether a link's text is also the name of where it leads:
// [text] or [text][].
func shortcut(p *archive.Page, l *page.Link) bool {
	after := p.Text(page.Span{Start: l.Text.End, End: l.End})
	return after == "]" || after == "][]"
}

// mayName returns those of paths whose pages may name an event that changes, in a
// link or in text.
func (r *renamer) mayName(paths []string) []string {
	events := map[string]bool{}
	for _, changed := range []map[string]*rewording{r.byFrom, r.byPage} {
		for p := range changed {
			events[p] = true
		}
	}
	out := r.archive.MayName(paths, events)
	for p := range r.byPage {
		if at, found := slices.BinarySearch(out, p); !found && slices.Contains(paths, p) {
			out = slices.Insert(out, at, p)
		}
	}
	return out
}

// look notes where pages, as they will be, still name the old path of an event.
func (r *renamer) look(paths []string) {
	after := r.archive.After(r.plan)
	names := r.goneNames()
	for _, p := range paths {
		if ev := r.byPage[p]; ev != nil {
			p = ev.to
		}
		if pg := after.Page(p); pg != nil {
			at := placesOf(legibly(r.archive, pg), names)
			if pg.Fault != "" {
				at = at[:min(len(at), 1)] // lines are no matter where none can be edited
			}
			r.out.Left = append(r.out.Left, at...)
		}
	}
}

// maxSearched is how large a file is at most that is searched for names although
// it is not read as a page, in bytes.
const maxSearched = 64 << 20

// legibly returns a page with its bytes, also one that is too large to be read.
func legibly(a *archive.Archive, p *archive.Page) *archive.Page {
	if p.Fault == "" {
		return p
	}
	info, err := fs.Stat(a.FS(), p.Path)
	if err != nil || !info.Mode().IsRegular() || info.Size() > maxSearched {
		return p
	}
	src, err := fs.ReadFile(a.FS(), p.Path)
	if err != nil {
		return p
	}
	return &archive.Page{Path: p.Path, Page: &page.Page{Source: src}}
}

// goneNames returns what names the pages that go, less the extension.
func (r *renamer) goneNames() [][]byte {
	var names [][]byte
	for _, ev := range r.events {
		if ev.kept || ev.from == ev.to {
			continue
		}
		names = append(names, nameForms(ev.from)...)
	}
	return names
}

// nameForms returns how pages write the path of a page, less the extension.
func nameForms(p string) [][]byte {
	name := archive.Stem(p)
	forms := [][]byte{[]byte(name + ".")}
	if encoded := (&url.URL{Path: name}).EscapedPath(); encoded != name {
		forms = append(forms, []byte(encoded+"."))
	}
	return forms
}

// placesOf returns the lines of a page that hold one of names, in their order.
func placesOf(p *archive.Page, names [][]byte) []archive.Place {
	var out []archive.Place
	for _, name := range names {
		for at := bytes.Index(p.Source, name); at >= 0; {
			line, _ := p.Position(at)
			out = append(out, archive.Place{Path: p.Path, Line: line})
			end := p.Line(at).End
			if at = bytes.Index(p.Source[end:], name); at >= 0 {
				at += end
			}
		}
	}
	slices.SortFunc(out, func(a, b archive.Place) int { return cmp.Compare(a.Line, b.Line) })
	return out
}
