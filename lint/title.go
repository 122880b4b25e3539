package lint

import (
	"strings"

	"newsctl/archive"
	"newsctl/archive/page"
)

// checkTitle reports a link to an event whose text is not the event's headline.
func (p *Pass) checkTitle(l *page.Link, replacef replacer) {
	if !p.checksTarget(l) {
		return
	}
	target := p.Archive.Page(p.Page.Target(l).Path)
	if target == nil || target.Event == nil || target.Damage() != nil {
		return
	}
	headline, ok := target.Event.Headline()
	text := p.Page.Text(l.Text)
	if !ok || archive.SameText(text, headline) {
		return
	}
	if l.Reference != "" || l.Text.Empty() || strings.TrimSpace(headline) == "" || strings.Contains(headline, "\n") {
		replacef = p.Suggestf
	}
	if archive.SameLetters(strings.TrimSpace(text), strings.TrimSpace(headline)) {
		replacef(l.Text, page.EscapeText(headline), "says the event's headline in another Unicode form (%s) than the event", archive.UnicodeForm(text))
		return
	}
	replacef(l.Text, page.EscapeText(headline), "says %q, but the event's headline is %q", strings.TrimSpace(text), strings.TrimSpace(headline))
}
