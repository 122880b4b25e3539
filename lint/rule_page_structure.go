package lint

import (
	"bytes"
	"path"
	"strings"

	"newsctl/archive"
	"newsctl/archive/page"
)

var pageStructure = Rule{
	Name:     "page-structure",
	Severity: Error,
	Unread:   true,
	Title:    "a page lacks the structure its type requires",
	Why: `An event page has a date line (### [2024-03-5](...)), one headline (# ...), and each
section at most once; its directory is news/YYYY/MM/D, without a leading zero in the
day. Tools and the site misread a page with another structure.`,
	Wrong: `
-- news/2024/03/5/ferry-sails-again.md --
### [2024-03-5](/news/2024/03/5/index.md)

# Ferry sails again

# Ferry sails again after the storm
`,
	Right: `
-- news/2024/03/5/ferry-sails-again-after-the-storm.md --
### [2024-03-5](/news/2024/03/5/index.md)

# Ferry sails again after the storm
`,
	Kinds: []archive.Kind{archive.EventPage, archive.DayPage, archive.FrontPage, archive.OtherPage},
	Check: func(p *Pass) {
		if archive.InOtherLayout(p.Page.Path) {
			p.reportf(p.top(), "the page follows another layout; the archive's days have pages like %s", archive.Date{Year: 2018, Month: 3, Day: 9}.Page())
			return
		}
		if p.Page.Kind == archive.OtherPage && p.Page.Fault == "" {
			return
		}
		if !p.Page.Open.Empty() {
			p.reportf(p.Page.Open, "nothing closes %q, so that the rest of the page belongs to it; close it", p.Page.Text(p.Page.Open))
		}
		switch {
		case p.Page.Fault != "":
			p.unread()
		case p.Page.Kind == archive.FrontPage:
		case !archive.SoundDay(p.Page.Path, p.Page.Date):
			p.unsoundDay()
		case p.Page.Event != nil:
			p.rules()
			p.eventStructure(p.Page.Event)
		case p.Page.Listing != nil:
			p.dayStructure(p.Page.Listing)
		}
	},
}

// unread reports why the page could not be read, and where that is.
func (p *Pass) unread() {
	at := page.Span{}
	if x := p.Page.Excess; x != nil {
		at = page.Span{Start: x.Offset, End: x.Offset + 1}
	}
	p.reportf(at, "%s %s", p.Page.Path, p.Page.Fault)
}

func (p *Pass) unsoundDay() {
	d, dir := p.Page.Date, path.Dir(p.Page.Path)
	switch {
	case !archive.SoundDay(d.Page(), d):
		p.reportf(p.top(), "directory %s is not a day of the calendar; move the page to the day of the event", dir)
	case len(p.Archive.Siblings(d.Page())) > 0:
		p.reportf(p.top(), "directory name %s, so links do not reach this page; move it to %s", archive.OtherPadding(), d.Dir())
	default:
		p.reportf(p.top(), "directory name %s, so links do not reach this page; run \"git mv %s %s\"", archive.OtherPadding(), dir, d.Dir())
	}
}

func (p *Pass) eventStructure(e *page.Event) {
	if len(bytes.TrimSpace(e.Source)) == 0 {
		p.reportf(p.top(), "the page is empty; write the event, or remove the page")
		return
	}
	if len(e.Headlines) == 0 {
		p.reportf(p.top(), "the page has no headline; add a line that begins with \"# \"")
	}
	for _, h := range e.Headlines[min(1, len(e.Headlines)):] {
		p.reportf(h.Text, "the page has a second headline; keep one")
	}
	if e.Date == nil {
		d := p.Page.Date
		p.reportf(p.top(), "the page has no date line; begin it with ### [%s](/%s)", d, d.Page())
	}
	for _, u := range e.Unread {
		if u.Kind == page.UnreadSection {
			p.suggestf(u.Span, "### "+u.Label+":", "%q is not read as the heading of a section; write ### %s:", p.Page.Text(u.Span), u.Label)
		}
	}
	seen := map[page.SectionKind]bool{}
	for _, s := range e.Sections {
		if s.Meant != "" {
			p.heading(s)
		}
		if seen[s.Kind] && s.Kind != page.OtherSection {
			p.reportf(s.Title.Text, "duplicate section; merge the two")
		}
		seen[s.Kind] = true
	}
}

// heading reports the heading of a section that is not written as such.
func (p *Pass) heading(s page.Section) {
	const message = "%q is read as the heading of a section; write it as ### %s:"
	if text := p.Page.Text(s.Title.Text); s.Title.Level == 0 && strings.HasPrefix(text, "<") {
		p.reportf(s.Title.Text, message, text, s.Meant)
		return
	}
	line := strings.TrimRight(p.Page.Text(s.Title.Span), "\r\n")
	span := page.Span{Start: s.Title.Start, End: s.Title.Start + len(line)}
	p.suggestf(span, "### "+s.Meant+":", message, strings.TrimSpace(line), s.Meant)
}

// rules reports lines that Markdown takes for the marks of a heading.
func (p *Pass) rules() {
	for _, u := range p.Page.Unread {
		if u.Kind == page.RuledText {
			p.reportf(u.Span, "dashes directly below text make it a heading; add an empty line between them")
		}
	}
}

// dayStructure reports what splits the entries of a day page.
func (p *Pass) dayStructure(l *page.Listing) {
	p.rules()
	for _, it := range l.Items() {
		if it.Bullet {
			p.reportf(it.Title.Text, "entry is in a list; write it as a heading, ### [Headline](/news/...)")
			return
		}
	}
}
