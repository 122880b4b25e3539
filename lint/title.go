package lint

import (
	"strings"

	"newsctl/archive/filename"
	"newsctl/archive/page"
)

// checkTitle reports a link to an event whose text is not the event's headline.
func (p *Pass) checkTitle(l *page.Link, replacef replacer) {
	if !p.checksTarget(l) {
		return
	}
	if p.Archive.SaysHeadline(p.Page, l) {
		return
	}
	headline, text := p.Archive.EventBrief(p.Page.Target(l).Path).Headline, p.Page.Text(l.Text)
	if l.Reference != "" || l.Text.Empty() || strings.TrimSpace(headline) == "" || strings.Contains(headline, "\n") {
		replacef = p.suggestf
	}
	if filename.SameLetters(strings.TrimSpace(text), strings.TrimSpace(headline)) {
		replacef(l.Text, page.EscapeText(headline), "says the event's headline in another Unicode form (%s) than the event", filename.UnicodeForm(text))
		return
	}
	replacef(l.Text, page.EscapeText(headline), "says %q, but the event's headline is %q", strings.TrimSpace(text), strings.TrimSpace(headline))
}
