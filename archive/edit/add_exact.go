package edit

import (
	"math"
	"slices"
	"strings"

	"newsctl/archive"
	"newsctl/archive/contexts"
	"newsctl/archive/page"
	"newsctl/archive/plan"
)

// commaSet is the names with a comma that exact drafts have and nothing makes known.
type commaSet map[string]bool

// exactNames returns the names with a comma that no topic of a draft and not the
// configuration make known.
func (ad *adder) exactNames(c archive.Config) commaSet {
	unknown := commaSet{}
	for _, d := range ad.drafts {
		for _, name := range d.Contexts {
			if d.Exact && strings.Contains(name, archive.ContextSeparator) {
				unknown[name] = true
			}
		}
	}
	for _, d := range ad.drafts {
		delete(unknown, strings.TrimSpace(d.Topic))
	}
	for _, name := range c.Names {
		delete(unknown, name)
	}
	return unknown
}

// take removes those of names that are in the set, and returns them.
func (s commaSet) take(names []string) []string {
	var out []string
	for _, name := range names {
		if s[name] {
			out = append(out, name)
			delete(s, name)
		}
	}
	return out
}

// comments returns the comments that make names with a comma known.
func (d *Draft) comments() string {
	var b strings.Builder
	for _, name := range d.names {
		b.WriteString("<!-- " + archive.NameMark + " " + name + " -->\n")
	}
	return b.String()
}

// declared returns the contexts that the page of an exact draft lists by itself: its
// topic is none of them, and would else be one.
func (d *Draft) declared() string {
	topic := strings.TrimSpace(d.Topic)
	if !d.Exact || topic == "" || len(d.Contexts) == 0 || slices.Contains(d.Contexts, topic) {
		return ""
	}
	list, err := contexts.NewCommaNames(append(slices.Clone(d.Contexts), topic)...).Join(d.Contexts)
	if err != nil {
		return ""
	}
	return list
}

// Refusals returns why [Archive.Add] refuses an exact draft whatever the archive has:
// all that is wrong with it, or the first part of its page that would read as
// something else.
func Refusals(a *archive.Archive, d Draft) []*DraftError {
	d.Exact, d.names = true, nil
	if all := d.check(archive.Date{Year: math.MaxInt}); len(all) > 0 {
		return all
	}
	for _, name := range d.Contexts {
		if strings.Contains(name, archive.ContextSeparator) && name != d.Topic {
			d.names = append(d.names, name)
		}
	}
	heading := a.Config().Labels.Source[0] + ":"
	style := eventStyle{headline: textPlace, oneSource: heading, sources: heading}
	p := d.Date.Dir() + "/" + d.Slug + archive.Extension
	if reason := plan.Unusable(p); d.Slug != "" && reason != "" {
		return []*DraftError{wrong(SlugField, "%s", reason)}
	}
	if err := readBack(a, &d, d.Headline, []byte(d.text(d.Headline, style, p, a.Config().Labels, d.comments()))); err != nil {
		return []*DraftError{err}
	}
	return nil
}

// Joined returns the contexts of an event as a page lists them. It is an error if
// they cannot be in one list.
func Joined(c *contexts.Contexts, e *archive.Page) (string, error) {
	return c.CommaNames.Join(c.Of(e.Path))
}

// Description returns the text below an event's headline on one line, as it is
// written, or nothing.
func Description(p *archive.Page) string {
	if p.Event == nil {
		return ""
	}
	parts := make([]string, len(p.Event.Description))
	for i, s := range p.Event.Description {
		parts[i] = strings.TrimSpace(page.OneLine(p.Text(s)))
	}
	return strings.Join(parts, " ")
}
