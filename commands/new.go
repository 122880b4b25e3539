package commands

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"newsctl/archive"
	"newsctl/archive/edit"
	"newsctl/archive/encode"
	"newsctl/archive/slug"
)

type newOptions struct {
	planOptions
	date, topic, description, from, fromForm string
	sources, contexts                        cli.StringSlice
	edit, noInput, noSuggest, allowDuplicate bool
	noRelated, backlinks                     bool
	newContexts                              string
}

func newCommand(e *env) *cli.Command {
	var o newOptions
	o.maxChanged = unlimited // it has no flag here
	return &cli.Command{
		Name:      "new",
		Usage:     "add an event and update every page that refers to it",
		ArgsUsage: "[HEADLINE]",
		Description: `Adds an event: its page, named after its headline; its entries on the day page and
the front page; and its related list. A new day gets a page, and the next day's link is
updated. New pages are written in the style of the most recent days. The related
lists of other events do not change unless --backlinks is given. Prints the path of
each new page.

Contexts are the people, places, organizations and issues that an event is about.
Known contexts found in the headline or description are added and shown. A new
context or topic that resembles a known one may be a typo: newsctl asks about it on
a terminal, and prints a warning elsewhere.

On a terminal, without a headline, asks for each field: Tab completes, Up or Esc
goes back, and the event is shown before it is added. With --from, each line of a
file is an event, and all are added or none:
   {"headline": "Ferry sails again.", "date": "2024-03-5", "topic": "Ferry",
    "description": "...", "sources": ["BBC=https://..."], "contexts": ["Sea"]}

An event that the archive already seems to have is refused; the message says what
the two have in common. With --allow-duplicate, or "allowDuplicate": true on its line, it is
added, with a comment that keeps lint from reporting the pair.

Examples:
   newsctl new "Ferry sails again." --topic Ferry --source https://a.example/1
   newsctl new --edit
   newsctl new --from events.jsonl --dry-run`,
		Flags: append([]cli.Flag{
			dayFlag(&o.date, "`DAY` of the event (default: today)"),
			&cli.StringFlag{Name: "topic", Destination: &o.topic, Usage: "`TOPIC` of the event"},
			&cli.StringFlag{Name: "description", Destination: &o.description, Usage: "`TEXT` below the headline, a sentence or two"},
			repeatable(&o.sources, "source", "an outside source: `OUTLET=URL`, [OUTLET](URL) or URL (repeatable)"),
			repeatable(&o.contexts, "context", "`NAME` of a context of the event (repeatable)"),
			ruled(&cli.BoolFlag{Name: "edit", Destination: &o.edit, Aliases: []string{"e"}, Usage: "write the fields in the editor that git uses"}, excludes("no-input")),
			ruled(&cli.StringFlag{Name: "from", Destination: &o.from, Usage: "add the events in `FILE`, one JSON object per line; - is stdin"},
				excludes("edit", "from-form", "date", "topic", "description", "source", "context", "HEADLINE")),
			ruled(&cli.StringFlag{Name: "from-form", Destination: &o.fromForm, Usage: "add the event in the form `FILE`, as new --edit shows it"},
				excludes("edit", "date", "topic", "description", "source", "context", "HEADLINE")),
			&cli.BoolFlag{Name: "no-input", Destination: &o.noInput, Usage: "ask nothing, even on a terminal"},
			&cli.BoolFlag{Name: "no-suggest", Destination: &o.noSuggest, Usage: "do not add contexts found in the text"},
			newContextsFlag(&o.newContexts),
			&cli.BoolFlag{Name: "no-related", Destination: &o.noRelated, Usage: "do not write a related list; newsctl relink can add it later"},
			ruled(&cli.BoolFlag{Name: "backlinks", Destination: &o.backlinks, Usage: "also rebuild the related lists that the event belongs in"}, excludes("no-related")),
			&cli.BoolFlag{Name: "allow-duplicate", Destination: &o.allowDuplicate, Usage: "add an event even if the archive seems to have it"},
			&cli.BoolFlag{Name: "dry-run", Destination: &o.dryRun, Aliases: []string{"n"}, Usage: "show what would change as a diff, and change nothing; exit with 0"},
			o.statFlag(),
		}, o.formatFlags([]string{"text", "json", htmlFormat})...),
		Action: func(c *cli.Context) error { return e.new(c.Args().First(), &o) },
	}
}

func (e *env) new(headline string, o *newOptions) error {
	if o.edit {
		return e.newEdited(headline, o)
	}
	drafts, err := e.drafts(headline, o)
	if err != nil {
		return err
	}
	return e.addDrafts(o, drafts)
}

// newEdited adds an event that is written in an editor.
func (e *env) newEdited(headline string, o *newOptions) error {
	root, err := e.root()
	if err != nil {
		return err
	}
	return e.editForm(root, o.form(headline).text(), func(f form) error {
		return e.addDrafts(o, []draft{{form: f, wrong: func(field string) string { return field }}})
	})
}

// addDrafts adds events, or shows what that would change. One without a headline
// means none.
func (e *env) addDrafts(o *newOptions, drafts []draft) error {
	if len(drafts) == 0 || drafts[0].at == "" && strings.TrimSpace(drafts[0].Headline) == "" {
		e.stderr.printf("nothing to add\n")
		return nil
	}
	if err := e.askMeant(o, drafts); err != nil {
		return err
	}
	err := e.addOrShow(o, drafts)
	if typed := drafts[0].typed; typed != "" && err != nil {
		return keep(typed, err)
	}
	return err
}

// addOrShow adds events, or shows what that would change.
func (e *env) addOrShow(o *newOptions, drafts []draft) error {
	add := func(a *opened) (*plannedChange, error) { return e.add(a, o, drafts) }
	if !o.dryRun {
		to, err := e.destinations(&o.destinationOptions)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(to, func(d destination) bool { return d.file != "" || d.format == htmlFormat }) {
			return errors.New("a report in a file or in html requires --dry-run")
		}
		return e.write(&o.planOptions, add)
	}
	err := e.preview(&o.planOptions, add)
	if errors.Is(err, errFindings) {
		return nil // a new event is not a finding
	}
	return err
}

// add plans to add events.
func (e *env) add(a *opened, o *newOptions, drafts []draft) (*plannedChange, error) {
	options := edit.AddOptions{
		Today:          today(),
		AllowDuplicate: o.allowDuplicate,
		Suggest:        !o.noSuggest && !drafts[0].settled,
		Related:        !o.noRelated,
		Backlinks:      o.backlinks,
	}
	wrong := make([][]error, len(drafts)) // by draft
	var events []edit.Draft
	var of []int // the draft of each event
	for i, d := range drafts {
		event, err := d.event(a, options.Today)
		if err != nil {
			wrong[i] = append(wrong[i], err)
			continue
		}
		events, of = append(events, event), append(of, i)
	}
	if len(events) == 0 {
		return nil, refusal(wrong)
	}
	var paths []string
	guarded := o.newContexts != allowNew && slices.ContainsFunc(drafts, func(d draft) bool { return d.names() })
	if options.Suggest || options.Related || guarded {
		paths = e.loadFacts(a)
		if err := a.sound(); err != nil {
			return nil, err
		}
	}
	added, err := edit.Add(a.Archive, paths, events, options)
	for _, err := range joined(err) {
		var blamed *edit.DraftError
		if !errors.As(err, &blamed) {
			return nil, err
		}
		i := of[blamed.Draft]
		other := ""
		if blamed.Other >= 0 {
			other = drafts[of[blamed.Other]].at
		}
		wrong[i] = append(wrong[i], blame(blamed, drafts[i].wrong(blamed.Field), other))
	}
	if added != nil && guarded {
		keepNames(a.root, added.Known)
		v := newVocabulary(a.config, added.Known, o.newContexts)
		for i := range drafts {
			wrong[i] = append(wrong[i], v.checkDraft(e, &drafts[i])...)
		}
	}
	if err := refusal(wrong); err != nil {
		return nil, err
	}
	if style, decides := a.SlugStyleFor(events[0].Headline); decides && style == slug.Unicode {
		e.note("file names keep the letters of headlines (slug.style: unicode), as the first headline is not in Latin letters")
	}
	suggested := false
	for _, event := range added.Events {
		if len(event.Suggested) > 0 {
			e.note(event.Path + ": contexts found in the text: " + strings.Join(event.Suggested, ", "))
			suggested = true
		}
	}
	if suggested {
		e.note("--no-suggest omits them")
	}
	return plannedNew(added, o.hasFormat("json")), nil
}

// today returns the day it is here.
func today() archive.Date { return archive.DateOf(time.Now()) }

// parseDay reads a date, or the word for one. Without a word it is today.
func parseDay(s string, today archive.Date) (archive.Date, error) {
	s = strings.ToLower(strings.TrimSpace(s))
	switch s {
	case "", "today":
		return today, nil
	case "yesterday":
		return today.AddDays(-1), nil
	}
	return archive.ParseTypedDate(s)
}

// blame says what is wrong with a field of a draft, and what to do. Other is the
// line of the draft that is in its way, if one is.
func blame(err *edit.DraftError, field, other string) error {
	reason := err.In(field)
	if other != "" {
		reason += " (added by " + other + ")"
	}
	if err.Duplicate {
		reason += "; if it is another event, use --allow-duplicate"
		if strings.Contains(field, ": ") {
			reason += `, or add "allowDuplicate": true to its line`
		}
	}
	return errors.New(reason)
}

// refusedError is what is wrong with events that are to be added.
type refusedError struct{ error }

// Unwrap returns the reasons.
func (e *refusedError) Unwrap() []error { return joined(e.error) }

const nothingWritten = "; nothing was written"

// refusal returns what is wrong with drafts as one error, or nil.
func refusal(wrong [][]error) error {
	all := slices.Concat(wrong...)
	switch len(all) {
	case 0:
		return nil
	case 1:
		return &refusedError{fmt.Errorf("%w%s", all[0], nothingWritten)}
	}
	return &refusedError{errors.Join(append(all, fmt.Errorf("%s%s", plural(len(all), "error"), nothingWritten))...)}
}

// plannedNew returns the planned addition of events.
func plannedNew(added *edit.Added, asJSON bool) *plannedChange {
	p := planOnly(added.Plan)
	p.document = struct {
		Version int               `json:"version"`
		Events  []edit.AddedEvent `json:"events"`
		Pages   []string          `json:"pages"`
	}{1, added.Events, added.Plan.Paths()}
	p.summary = plural(len(added.Events), "event") + " added: " + p.summary
	if asJSON {
		p.result = func(out *printer) error { return encode.JSON(out.raw, p.document) }
		return p
	}
	for _, event := range added.Events {
		p.paths = append(p.paths, event.Path)
	}
	p.result = func(out *printer) error {
		for _, path := range p.paths {
			if err := out.printf("%s\n", path); err != nil {
				return err
			}
		}
		return nil
	}
	return p
}
