package commands

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"newsctl/archive"
	"newsctl/archive/compare"
	"newsctl/archive/encode"
	"newsctl/archive/git"
)

type diffOptions struct {
	destinationOptions
	stat, staged bool
}

func diffCommand(e *env) *cli.Command {
	var o diffOptions
	return &cli.Command{
		Name:      "diff",
		Usage:     "show what changed between two versions, event by event",
		ArgsUsage: "[REV|REV..REV]",
		Description: `Shows events that were added, removed, renamed, reworded or moved to another day;
sources, contexts and related entries that were added or removed; and changes to day
pages. Only contexts recorded on the event's own page are compared. Links updated
after a rename are only counted.

Without an argument, compares HEAD with the working tree, including files not yet
added to git; with REV, compares that revision with the working tree. REV..REV and
REV...REV mean what they mean in git diff. The exit status is 0 even if there are
differences.

The document printed by --format json has "version": 1; "from" and "to", each a
revision, :worktree or :index; "summary"; and the lists "events", "following",
"listings" (day pages and the front page) and "pages". No field is ever missing; new
ones may be added.

Examples:
   newsctl diff                                   show uncommitted changes
   newsctl diff --staged                          show staged changes
   newsctl diff HEAD~1..HEAD --stat               count the changes of the last commit
   newsctl diff main...HEAD --format markdown     write a comment for a pull request
   newsctl diff main...HEAD --format html:review.html`,
		Flags: append(o.formatFlags([]string{"text", "json", "markdown", htmlFormat}),
			ruled(&cli.BoolFlag{Name: "stat", Destination: &o.stat, Usage: "print counts only, one line per kind of change"}, excludes("format=json", "format="+htmlFormat)),
			&cli.BoolFlag{Name: "staged", Destination: &o.staged, Aliases: []string{"cached"}, Usage: "compare HEAD, or REV, with the staged files"}),
		Action: func(c *cli.Context) error {
			return e.answerChange(&changeOptions{staged: o.staged}, func() error { return e.diff(c.Args().First(), &o) })
		},
	}
}

// difference is how two versions of an archive differ.
type difference struct {
	versions
	*compare.Comparison
	root          string
	before, after *archive.Archive
}

func (e *env) diff(arg string, o *diffOptions) error {
	v, err := parseVersions(arg, o.staged)
	if err != nil {
		return err
	}
	to, err := e.destinations(&o.destinationOptions)
	if err != nil {
		return err
	}
	root, err := e.rootInGit()
	if err != nil {
		return err
	}
	d, unread, err := e.compareVersions(root, v)
	if err != nil {
		return err
	}
	err = e.writeAll(e.stdout, to, root, func(out *printer, one destination) error { return e.diffWriter(one.format, o.stat)(out, d) })
	if err != nil {
		return err
	}
	e.stderr.printf("%s\n", d.headline())
	return errors.Join(unread...)
}

// diffWriter returns how a difference is written in a format, or counted.
func (e *env) diffWriter(format string, stat bool) func(*printer, *difference) error {
	switch {
	case format == htmlFormat:
		return func(p *printer, d *difference) error { return e.writeDiffReview(p.raw, d) }
	case format == "json":
		return writeDiffJSON
	case format == "markdown":
		return func(p *printer, d *difference) error { return writeDiffMarkdown(p, d, stat) }
	case stat:
		return writeDiffStat
	}
	return func(p *printer, d *difference) error { return writeDiffText(p, d, e.color(p)) }
}

// parseVersions reads the versions that an argument and --staged name.
func parseVersions(arg string, staged bool) (versions, error) {
	v, isRange := parseRange(arg)
	switch {
	case isRange && staged:
		return versions{}, errors.New("--staged cannot be combined with a range, which names both versions")
	case isRange:
		return versions{cmp.Or(v.from, "HEAD"), cmp.Or(v.to, "HEAD"), v.sinceFork}, nil
	case staged:
		return versions{cmp.Or(arg, "HEAD"), git.Index, false}, nil
	}
	return versions{cmp.Or(arg, "HEAD"), git.WorkTree, false}, nil
}

// compareVersions compares two versions of an archive, and returns also the
// errors met when reading their pages.
func (e *env) compareVersions(root string, v versions) (d *difference, unread []error, err error) {
	repo, err := git.Open(root)
	if err != nil {
		return nil, nil, err
	}
	e.closers = append(e.closers, repo)
	ch := &changed{repo: repo, from: v.from, to: v.to, reading: e.reading}
	if v.sinceFork {
		if ch.from, err = repo.MergeBase(v.from, v.to); err != nil {
			return nil, nil, err
		}
	}
	if err := ch.read(root, e); err != nil {
		return nil, nil, err
	}
	e.hintNoEvents(ch.after)
	before, after := ch.before.Archive, ch.after.Archive
	d = &difference{v, compare.Compare(before, after, ch.files), root, before, after}
	return d, append(before.Errors(), after.Errors()...), nil
}

// number counts a kind of change.
type number struct {
	n          int
	what, rest string // event, added
}

func (n number) String() string { return plural(n.n, n.what) + n.rest }

// numbers returns the counts that are not zero.
func (d *difference) numbers() []number {
	s := d.Summary()
	all := append(eventNumbers(s), []number{
		{s.Following, "event", " with links that follow"},
		{s.Sources.Gained, "source", " gained"},
		{s.Sources.Lost, "source", " lost"},
		{s.Contexts.Gained, "context", " gained"},
		{s.Contexts.Lost, "context", " lost"},
		{s.Related.Gained, "related link", " gained"},
		{s.Related.Lost, "related link", " lost"},
		{s.Days, "day page", ""},
		{s.Front, "front page", ""},
		{s.Pages, "other page", ""},
	}...)
	return slices.DeleteFunc(all, func(n number) bool { return n.n == 0 })
}

func eventNumbers(s compare.ComparisonSummary) []number {
	return []number{
		{s.Added, "event", " added"},
		{s.Removed, "event", " removed"},
		{s.Moved, "event", " moved"},
		{s.Renamed, "event", " renamed"},
		{s.Reworded, "event", " reworded"},
		{s.Edited, "event", " edited"},
	}
}

// headline says in one line how events differ.
func (d *difference) headline() string {
	if d.Empty() {
		return "no differences"
	}
	var parts []string
	for _, n := range eventNumbers(d.Summary()) {
		switch {
		case n.n == 0:
		case len(parts) == 0:
			parts = append(parts, n.String())
		default:
			parts = append(parts, fmt.Sprint(n.n)+n.rest)
		}
	}
	if len(parts) == 0 {
		return "no event differs, but other pages do"
	}
	return strings.Join(parts, ", ")
}

// writeDiffStat writes one line per kind of change.
func writeDiffStat(p *printer, d *difference) error {
	for _, n := range d.numbers() {
		count, what, _ := strings.Cut(n.String(), " ")
		if err := p.printf("%6s  %s\n", count, what); err != nil {
			return err
		}
	}
	return nil
}

// writeDiffJSON writes a difference as one JSON document. Its form is
// versioned: fields are added, never changed.
func writeDiffJSON(p *printer, d *difference) error {
	return encode.JSON(p.raw, struct {
		Version int                       `json:"version"`
		From    string                    `json:"from"`
		To      string                    `json:"to"`
		Summary compare.ComparisonSummary `json:"summary"`
		*compare.Comparison
	}{1, d.from, d.to, d.Summary(), d.Comparison})
}
