package commands

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/urfave/cli/v2"

	"newsctl/archive"
)

// lockWait is how long a command waits for others that are writing: each reads
// the archive under the lock, and several may be waiting.
const lockWait = time.Minute

// planFlags returns the flags of every command that changes pages.
func planFlags() []cli.Flag {
	return []cli.Flag{
		&cli.BoolFlag{Name: "dry-run", Aliases: []string{"n"}, Usage: "show what would change as a diff, and change nothing; exit with 1 if anything would"},
		ruled(&cli.BoolFlag{Name: "stat", Usage: "show one line per page instead of the diff"}, requires("dry-run"), excludes("format=json")),
		choice("format", "text", "output `FORMAT`", []string{"text", "json"}, requires("dry-run")),
		ruled(&cli.StringFlag{Name: "out", Usage: "save the plan to `FILE` for newsctl apply, and change nothing"}, excludes("dry-run")),
		&cli.IntFlag{Name: "max-changed", Usage: "refuse to change more than `N` pages"},
	}
}

// proposal is the plan of a command, and what to say of it.
type proposal struct {
	plan *archive.Plan

	// pages tells of each page in one line, for --stat.
	pages func(out *printer) error

	// document is what --format json writes.
	document any

	// summary tells in one line what changes, in the past tense.
	summary string

	// result, if not nil, tells on stdout of a change that was made.
	result func(out *printer) error
}

// planner makes the change of a command from an archive.
type planner func(*opened) (*proposal, error)

// carryOut makes a plan and shows it, saves it or commits it, as the command line
// says. What is committed is read under the lock that it is written under.
func (e *env) carryOut(c *cli.Context, plan planner) error {
	if c.Bool("dry-run") || c.String("out") != "" {
		return e.preview(c, plan)
	}
	return e.write(c, plan)
}

// write makes a plan under the lock and commits it.
func (e *env) write(c *cli.Context, plan planner) error {
	a, err := e.open(c)
	if err != nil {
		return err
	}
	return e.locked(c, a, func(hold *archive.Hold) error { return e.commit(c, a, hold, plan) })
}

// locked waits for the right to change an archive and has it while do runs.
func (e *env) locked(c *cli.Context, a *opened, do func(*archive.Hold) error) error {
	ctx, cancel := context.WithTimeout(c.Context, lockWait)
	defer cancel()
	hold, recovered, err := archive.Acquire(ctx, a.root, c.Command.HelpName)
	if err != nil {
		return err
	}
	e.note(recovered)
	return errors.Join(do(hold), hold.Release())
}

func (e *env) commit(c *cli.Context, a *opened, hold *archive.Hold, plan planner) error {
	p, err := plan(a)
	if err == nil {
		err = checkSize(c, p.plan)
	}
	if err != nil {
		return err
	}
	if p.plan.Len() == 0 {
		e.stderr.printf("nothing to change\n")
		return nil
	}
	if err := hold.Commit(p.plan); err != nil {
		return err
	}
	e.stderr.printf("%s\n", p.summary)
	if p.result == nil {
		return nil
	}
	return p.result(e.stdout)
}

// preview shows what a command would do, or saves its plan.
func (e *env) preview(c *cli.Context, plan planner) error {
	a, err := e.open(c)
	if err != nil {
		return err
	}
	p, err := plan(a)
	if err == nil {
		err = checkSize(c, p.plan)
	}
	if err != nil {
		return err
	}
	switch file := c.String("out"); {
	case file != "":
		if err := savePlan(p.plan, file); err != nil {
			return err
		}
		e.note("the plan is in " + file + "; newsctl apply carries it out")
	case c.String("format") == "json":
		err = writeJSON(e.stdout.raw, p.document)
	case c.Bool("stat"):
		err = p.pages(e.stdout)
	default:
		colour := e.colour(c, e.stdout)
		err = p.plan.Diff(e.stdout.forDiff(), colour)
	}
	if err != nil {
		return err
	}
	if p.plan.Len() == 0 {
		return nil
	}
	e.stderr.printf("%s\n", p.summary)
	if c.String("out") != "" {
		return nil
	}
	return errFindings
}

func checkSize(c *cli.Context, p *archive.Plan) error {
	if most := c.Int("max-changed"); c.IsSet("max-changed") && p.Len() > most {
		return fmt.Errorf("the plan changes %s, more than --max-changed %d allows; nothing was written", plural(p.Len(), "page"), most)
	}
	return nil
}

// savePlan writes a plan to a file that must not exist yet.
func savePlan(p *archive.Plan, file string) error {
	f, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if errors.Is(err, os.ErrExist) {
		return fmt.Errorf("--out: %s exists already; name another file, or remove it", file)
	}
	if err != nil {
		return err
	}
	if err = errors.Join(p.Save(f), f.Close()); err != nil {
		return errors.Join(err, os.Remove(file))
	}
	return nil
}

// planOnly returns a proposal of which no more is to be said than its pages.
func planOnly(p *archive.Plan) *proposal {
	return &proposal{
		plan: p,
		pages: func(out *printer) error {
			for _, path := range p.Paths() {
				if err := out.printf("%s\n", path); err != nil {
					return err
				}
			}
			return nil
		},
		document: struct {
			Version int      `json:"version"`
			Pages   []string `json:"pages"`
		}{1, p.Paths()},
		summary: plural(p.Len(), "page") + " changed",
	}
}
