package commands

import (
	"time"

	"github.com/urfave/cli/v2"

	"newsctl/archive/encode"
	"newsctl/archive/plan"
)

type logOptions struct {
	stat   bool
	format string
}

func logCommand(e *env) *cli.Command {
	var o logOptions
	return &cli.Command{
		Name:  "log",
		Usage: "list the recent changes that newsctl made here",
		Description: `Lists the changes that newsctl undo can undo, newest first: time, command, number of
pages, and a summary.

Examples:
   newsctl log
   newsctl log --stat`,
		Flags: []cli.Flag{
			ruled(&cli.BoolFlag{Name: "stat", Destination: &o.stat, Usage: "also list the pages of each change"}, excludes("format=json")),
			choice(&o.format, "format", "text", "output format", []string{"text", "json"}),
		},
		Action: func(*cli.Context) error { return e.log(&o) },
	}
}

// timeFormat is how the time of a change is shown.
const timeFormat = "2006-01-02 15:04:05"

func (e *env) log(o *logOptions) error {
	root, err := e.root()
	if err != nil {
		return err
	}
	h, err := plan.HistoryOf(root)
	if err != nil {
		return err
	}
	changes, err := h.Changes()
	if err != nil {
		return err
	}
	if o.format == "json" {
		return e.logJSON(changes)
	}
	if len(changes) == 0 {
		e.stderr.printf("no changes to undo\n")
	}
	for _, m := range changes {
		if err := e.say("%s  %s  %s  %s", m.Time.Format(timeFormat), m.Command, plural(len(m.Pages), "page"), m.Subject); err != nil {
			return err
		}
		if !o.stat {
			continue
		}
		for _, p := range m.Pages {
			if err := e.say("    %s", p); err != nil {
				return err
			}
		}
	}
	return nil
}

// logJSON writes changes for programs.
func (e *env) logJSON(changes []*plan.Made) error {
	type change struct {
		Time    time.Time `json:"time"`
		Command string    `json:"command"`
		Subject string    `json:"subject"`
		Pages   []string  `json:"pages"`
	}
	out := struct {
		Version int      `json:"version"`
		Changes []change `json:"changes"`
	}{1, []change{}}
	for _, m := range changes {
		out.Changes = append(out.Changes, change{m.Time, m.Command, m.Subject, m.Pages})
	}
	return encode.JSON(e.stdout.raw, out)
}
