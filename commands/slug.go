package commands

import (
	"fmt"
	"strings"

	"github.com/urfave/cli/v2"

	"newsctl/archive"
)

func slugCommand(e *env) *cli.Command {
	return &cli.Command{
		Name:      "slug",
		Usage:     "print the file name that a headline makes",
		ArgsUsage: "[HEADLINE...]",
		Description: `Prints the name, without .md, of an event with each HEADLINE, or with each line of
stdin, taken as it is: a space before a headline counts. The style is that of the
archive (see slug.style in the configuration).

Examples:
   newsctl slug "Ferry sails again"
   newsctl slug --path --date 2024-03-5 "Ferry sails again"    its path; is it taken?
   newsctl slug --check < pairs.tsv                            headline, tab, slug: which differ?`,
		Flags: []cli.Flag{
			ruled(&cli.BoolFlag{Name: "path", Usage: "print the whole path, and whether it is taken"}, requires("date")),
			dayFlag("", "`DAY` of the path", requires("path")),
			ruled(&cli.BoolFlag{Name: "check", Usage: "read lines of a headline, a tab and a slug, and print those that differ; exit with 1 if any does"}, alone),
		},
		Action: e.reads(e.slug),
	}
}

func (e *env) slug(c *cli.Context) error {
	a, err := e.open(c)
	if err != nil {
		return err
	}
	a.Slug("") // reads what the style of the archive depends on
	if err := e.reading.settle(); err != nil {
		return err // before a line of stdin is taken
	}
	if c.Bool("check") {
		return e.checkSlugs(a)
	}
	show := e.showSlug
	if c.Bool("path") {
		day, err := parseDay(c.String("date"), today())
		if err != nil {
			return fmt.Errorf("--date: %w", err)
		}
		show = func(a *opened, headline string) error { return e.showPath(a, day, headline) }
	}
	if c.Args().Present() {
		for _, headline := range c.Args().Slice() {
			if err := show(a, headline); err != nil {
				return err
			}
		}
		return nil
	}
	return lines("stdin", e.stdin, func(_ int, line string) error { return show(a, line) })
}

func (e *env) showSlug(a *opened, headline string) error {
	slug, err := a.slugOf(headline)
	if err != nil {
		return err
	}
	return e.say("%s", slug)
}

func (e *env) showPath(a *opened, day archive.Date, headline string) error {
	slug, err := a.slugOf(headline)
	if err != nil {
		return err
	}
	state := "free"
	path := day.Dir() + "/" + slug + ".md"
	if reason := archive.Unusable(path); reason != "" {
		return fmt.Errorf("%.40q: %s", headline, reason)
	}
	if taken := a.Taken(path); taken != "" {
		state = "taken"
		if taken != path {
			state = "taken by " + taken
		}
	}
	return e.say("%s\t%s", path, state)
}

// slugOf returns the slug of a headline that has one.
func (a *opened) slugOf(headline string) (string, error) {
	slug := a.Slug(headline)
	if slug == "" {
		return "", fmt.Errorf("%q has no letter or digit to name a page after", headline)
	}
	return slug, nil
}

// checkSlugs prints the pairs on stdin whose slug is not what the headline
// makes.
func (e *env) checkSlugs(a *opened) error {
	pairs, differ := 0, 0
	err := lines("stdin", e.stdin, func(n int, line string) error {
		headline, want, ok := strings.Cut(line, "\t")
		if !ok {
			return fmt.Errorf("line %d has no tab between a headline and a slug", n)
		}
		pairs++
		if got := a.Slug(headline); got != want {
			differ++
			return e.say("line %d: %s\n   given  %s\n   makes  %s", n, headline, want, got)
		}
		return nil
	})
	if err != nil {
		return err
	}
	e.stderr.printf("%d of %s differ\n", differ, plural(pairs, "pair"))
	if differ > 0 {
		return errFindings
	}
	return nil
}
