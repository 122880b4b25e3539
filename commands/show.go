package commands

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/urfave/cli/v2"

	"newsctl/archive"
	"newsctl/archive/contexts"
	"newsctl/archive/encode"
	"newsctl/archive/git"
	"newsctl/archive/query"
)

type showOptions struct{ format string }

func showCommand(e *env) *cli.Command {
	var o showOptions
	return &cli.Command{
		Name:      "show",
		Usage:     "show an event and everything that refers to it",
		ArgsUsage: "PAGE",
		Description: `Shows the event at PAGE: its headline, date, topic, contexts and where each is
recorded, sources, previous versions, related events with their shared contexts, and
the pages that link to it. PAGE is a path, a link as it is written on a page, a
published address, or words of the headline, alone or after a day
(2018-03-14/ferry). If words match several pages, newsctl asks which one is meant on
a terminal.

Examples:
   newsctl show news/2018/03/14/ferry-sails-again.md
   newsctl show 2018-03-14/ferry                name the page by day and words
   newsctl show 'ferry sails' --format json     print JSON`,
		Flags: []cli.Flag{
			choice(&o.format, "format", "text", "output format", []string{"text", "json"}),
		},
		Action: e.reads(func(args []string) error { return e.showEvent(args[0], &o) }),
	}
}

// shown is what show prints of an event.
type shown struct {
	Path       string            `json:"path"`
	Date       string            `json:"date"`
	Headline   string            `json:"headline"`
	Topic      string            `json:"topic"`
	Contexts   []contexts.Source `json:"contexts"` // one for each place where a context is recorded
	Sources    []string          `json:"sources"`
	Versions   []string          `json:"versions"`
	Related    []shownRelated    `json:"related"`
	LinkedFrom []string          `json:"linkedFrom"`
	Listed     bool              `json:"listed"`
	Changed    string            `json:"changed"` // the last commit that changed the page, or nothing
}

// shownRelated is an entry of the related list.
type shownRelated struct {
	Path     string   `json:"path"`
	Headline string   `json:"headline"`
	Contexts []string `json:"contexts"` // that both events have
	Pinned   bool     `json:"pinned"`
}

func (e *env) showEvent(arg string, o *showOptions) error {
	a, err := e.open()
	if err != nil {
		return err
	}
	p, _, err := a.locate(arg)
	if err != nil {
		return err
	}
	paths, err := e.loadSound(a)
	if err != nil {
		return err
	}
	event, err := a.Event(p)
	if err != nil {
		return err
	}
	s := describe(a, query.New(a.Archive, paths), event)
	s.Changed = git.LastChange(a.root, p)
	if o.format == "json" {
		return encode.JSON(e.stdout.raw, s)
	}
	return e.writeShown(s)
}

// describe gathers what there is to show of an event.
func describe(a *opened, x *query.Index, event *archive.Page) *shown {
	d := x.Event(event.Facts())
	s := &shown{
		Path: d.Path, Date: d.Date.String(), Headline: d.Headline, Topic: d.Topic, Listed: d.Listed,
		Contexts: x.Contexts().Sources(event), Sources: orEmpty(d.Sources), Versions: []string{},
		Related: []shownRelated{}, LinkedFrom: orEmpty(x.LinkedFrom(d.Path)),
	}
	for _, v := range event.Versions() {
		if v != d.Path {
			s.Versions = append(s.Versions, v)
		}
	}
	for _, r := range a.Related(event) {
		related := shownRelated{Path: r.Target.Path, Contexts: []string{}, Pinned: r.Pinned()}
		if r.Page.IsEvent() {
			related.Headline = x.Event(a.Facts(r.Page.Path)).Headline
			related.Contexts = common(d.Contexts(), x.Contexts().Of(r.Page.Path))
		}
		s.Related = append(s.Related, related)
	}
	return s
}

// orEmpty returns a list that is empty rather than nil, for JSON.
func orEmpty(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}

// common returns what two lists in byte order both have.
func common(a, b []string) []string {
	out := []string{}
	for len(a) > 0 && len(b) > 0 {
		switch n := cmp.Compare(a[0], b[0]); {
		case n < 0:
			a = a[1:]
		case n > 0:
			b = b[1:]
		default:
			out = append(out, a[0])
			a, b = a[1:], b[1:]
		}
	}
	return out
}

func (e *env) writeShown(s *shown) error {
	e.sayRow("", s.Headline)
	e.showRows("page", s.Path)
	e.showRows("date", s.Date)
	e.showRows("topic", s.Topic)
	if !s.Listed {
		e.showRows("unlisted", "not on its day page")
	}
	e.showRows("changed", s.Changed)
	e.showRows("contexts", recorded(s)...)
	e.showRows("sources", s.Sources...)
	e.showRows("versions", s.Versions...)
	for i, r := range s.Related {
		why := strings.Join(r.Contexts, ", ")
		if r.Pinned {
			why = "pinned"
		}
		why = cmp.Or(why, "no shared context")
		e.showRows(firstOnly(i, "related"), strings.TrimSpace(fmt.Sprintf("%s [%s]", r.Headline, why)), r.Path)
	}
	e.showRows("linked from", first(maxLinkedFrom, s.LinkedFrom)...)
	if n := len(s.LinkedFrom) - maxLinkedFrom; n > 0 {
		return e.sayRow(fmt.Sprintf("   %-11s ", ""), fmt.Sprintf("... and %d more; --format json lists all", n))
	}
	return nil
}

// showRows prints texts below each other, with a label beside the first. Those that
// are empty are omitted.
func (e *env) showRows(label string, texts ...string) {
	for _, text := range texts {
		if text != "" {
			e.sayRow(fmt.Sprintf("   %-11s ", label), text)
			label = ""
		}
	}
}

// maxLinkedFrom is how many pages are shown that link to an event: a much cited one
// has hundreds.
const maxLinkedFrom = 10

// recorded returns each context with where it is recorded: on the event's own page,
// and on how many others.
func recorded(s *shown) []string {
	var names []string
	own, others := map[string]int{}, map[string]int{}
	for _, c := range s.Contexts {
		if own[c.Name]+others[c.Name] == 0 {
			names = append(names, c.Name)
		}
		if c.Path == s.Path {
			own[c.Name]++
		} else {
			others[c.Name]++
		}
	}
	out := make([]string, len(names))
	for i, name := range names {
		var where []string
		if own[name] > 0 {
			where = append(where, "here")
		}
		if n := others[name]; n > 0 {
			where = append(where, "on "+plural(n, "other page"))
		}
		out[i] = fmt.Sprintf("%s (recorded %s)", name, strings.Join(where, " and "))
	}
	return out
}

// firstOnly returns a label for the first line of a list, and nothing for others.
func firstOnly(i int, label string) string {
	if i == 0 {
		return label
	}
	return ""
}
