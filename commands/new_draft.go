package commands

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"newsctl/archive"
	"newsctl/archive/edit"
	"newsctl/archive/eventline"
	"newsctl/archive/source"
)

// draft is an event to add.
type draft struct {
	form
	at  string // the line of a file that it is written in, or empty
	bad error  // why the line says no event

	// wrong names a field where it was written, in an error about it.
	wrong func(field string) string

	// typed is what was written in an editor or answered at the terminal, as a
	// form: it is kept if the event is refused.
	typed string

	// settled is set where the contexts that were found in the text have been
	// shown and accepted, or not.
	settled bool
}

// drafts returns the events that a command line means.
func (e *env) drafts(headline string, o *newOptions) ([]draft, error) {
	one := draft{form: o.form(headline), wrong: flagOf}
	var err error
	switch {
	case o.from != "":
		return e.draftsFrom(o.from)
	case o.fromForm != "":
		one.wrong = func(field string) string { return o.fromForm + ": " + field }
		one.form, err = e.readFormFile(o.fromForm)
	case headline != "":
	case o.noInput || !isTerminal(e.stdin):
		return nil, errors.New("HEADLINE is missing; give it as an argument, or use --edit or --from")
	default:
		one.settled = true
		one.form, err = e.ask(o, one.form)
		one.typed = one.form.text()
	}
	return []draft{one}, err
}

// form returns the fields of an event that options give, with its headline.
func (o *newOptions) form(headline string) form {
	return form{
		Headline: headline, Date: o.date, Topic: o.topic, Description: o.description,
		Sources: o.sources.Value(), Contexts: o.contexts.Value(),
	}
}

// flagOf names the part of a command line that gives a field.
func flagOf(field string) string {
	if field == edit.HeadlineField {
		return "HEADLINE"
	}
	return "--" + field
}

// maxEvents is how large a file of events may be, in bytes: some 50,000 events.
const maxEvents = 16 << 20

// draftsFrom reads the events of a file, one a line; empty lines count for
// nothing.
func (e *env) draftsFrom(file string) ([]draft, error) {
	in := io.Reader(&boundedReader{e.stdin, maxEvents, maxEvents})
	if file == "-" {
		file = "stdin"
	} else {
		f, err := openGiven(file, maxEvents)
		if err != nil {
			return nil, fmt.Errorf("--from: %s %w", file, err)
		}
		defer f.Close()
		in = f
	}
	var out []draft
	err := lines(file, in, func(line inputLine) error {
		if strings.TrimSpace(line.text) == "" {
			return nil
		}
		one := draft{at: line.at, bad: line.err, wrong: func(field string) string { return line.at + ": " + field }}
		if one.bad == nil {
			if err := one.form.decode(line.text); err != nil {
				one.bad = fmt.Errorf("%s: %w; see newsctl new --help for the form of a line", line.at, err)
			}
		}
		out = append(out, one)
		return nil
	})
	return out, err
}

// event reads the fields of a draft.
func (d *draft) event(a *opened, today archive.Date) (edit.Draft, error) {
	if d.bad != nil {
		return edit.Draft{}, d.bad
	}
	day, err := parseDay(d.Date, today)
	if err != nil {
		return edit.Draft{}, fmt.Errorf("%s: invalid date %q: %w", d.wrong(edit.DateField), d.Date, err)
	}
	out := edit.Draft{Headline: d.Headline, Date: day, Topic: d.Topic, Description: d.Description, Contexts: d.Contexts, Slug: d.Slug, AllowDuplicate: d.AllowDuplicate, Exact: d.Exact}
	for _, s := range d.Sources {
		out.Sources = append(out.Sources, sourceLink(a, s))
	}
	return out, nil
}

// sourceLink reads OUTLET=URL, or URL alone.
func sourceLink(a *opened, s string) source.Link {
	outlet, address := eventline.SplitSource(s)
	if address == strings.TrimSpace(s) {
		outlet = a.config.Outlets.Of(address)
	}
	return source.Link{Outlet: outlet, URL: address}
}
