package commands

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/urfave/cli/v2"

	"newsctl/archive"
	"newsctl/archive/edit"
	"newsctl/archive/plan"
)

type slugOptions struct {
	path, check bool
	date        string
}

func slugCommand(e *env) *cli.Command {
	var o slugOptions
	return &cli.Command{
		Name:      "slug",
		Usage:     "print the file name for a headline",
		ArgsUsage: "[HEADLINE...]",
		Description: `Prints the file name, without .md, for each HEADLINE or each line of stdin. A space
before a headline counts. The style is that of the archive (slug.style in the
configuration).

Examples:
   newsctl slug "Ferry sails again"
   newsctl slug --path --date 2024-03-5 "Ferry sails again"    print the path and whether it is taken
   newsctl slug --check < pairs.tsv                            compare pairs of headline, tab, slug`,
		Flags: []cli.Flag{
			ruled(&cli.BoolFlag{Name: "path", Destination: &o.path, Usage: "print the whole path and whether it is taken"}, requires("date")),
			dayFlag(&o.date, "`DAY` of the path", requires("path")),
			ruled(&cli.BoolFlag{Name: "check", Destination: &o.check, Usage: "read lines of a headline, a tab and a slug; print those that differ, and exit with 1 if any do"}, alone, exitsWith1("slugs differ")),
		},
		Action: e.reads(func(args []string) error { return e.slug(args, &o) }),
	}
}

func (e *env) slug(headlines []string, o *slugOptions) error {
	a, err := e.open()
	if err != nil {
		return err
	}
	a.Slug("") // reads what the style of the archive depends on
	if err := e.reading.settle(); err != nil {
		return err // before a line of stdin is taken
	}
	if o.check {
		return e.checkSlugs(a)
	}
	var day archive.Date
	if o.path {
		if day, err = parseDay(o.date, today()); err != nil {
			return fmt.Errorf("--date: %w", err)
		}
	}
	var wrong []error
	show := func(line inputLine) error {
		err := line.err
		if err == nil {
			var name slugName
			if name, err = a.nameOf(day, line.text); err == nil {
				return e.showSlug(name)
			}
			if line.at != "" {
				err = fmt.Errorf("%s: %w", line.at, err)
			}
		}
		wrong = append(wrong, err)
		return nil
	}
	if len(headlines) == 0 {
		err = lines("stdin", e.stdin, show)
	}
	for _, headline := range headlines {
		if err == nil {
			err = show(inputLine{text: headline})
		}
	}
	return errors.Join(append(wrong, err)...)
}

// slugName is the name that a headline makes: a slug, or a path and whether it is
// taken.
type slugName struct{ name, state string }

func (e *env) showSlug(n slugName) error {
	if n.state == "" {
		return e.say("%s", n.name)
	}
	return e.say("%s\t%s", n.name, n.state)
}

// nameOf returns the name that a headline makes: its slug, or its path on a day.
func (a *opened) nameOf(day archive.Date, headline string) (slugName, error) {
	if !utf8.ValidString(headline) {
		return slugName{}, fmt.Errorf("%q is not UTF-8 text", headline)
	}
	slug := a.Slug(headline)
	if slug == "" {
		return slugName{}, fmt.Errorf("%q has no letter or digit to name a page after", headline)
	}
	if day == (archive.Date{}) {
		return slugName{name: slug}, nil
	}
	path := day.Dir() + "/" + slug + ".md"
	if reason := plan.Unusable(path); reason != "" {
		return slugName{}, fmt.Errorf("%.40q: %s", headline, reason)
	}
	switch taken := edit.Taken(a.Archive, path); taken {
	case "":
		return slugName{path, "free"}, nil
	case path:
		return slugName{path, "taken"}, nil
	default:
		return slugName{path, "taken by " + taken}, nil
	}
}

// checkSlugs prints the pairs on stdin whose slug is not what the headline
// makes.
func (e *env) checkSlugs(a *opened) error {
	pairs, differ := 0, 0
	var wrong []error
	err := lines("stdin", e.stdin, func(line inputLine) error {
		headline, want, ok := strings.Cut(line.text, "\t")
		switch {
		case line.err != nil:
			wrong = append(wrong, line.err)
			return nil
		case !ok:
			wrong = append(wrong, fmt.Errorf("%s: no tab between a headline and a slug", line.at))
			return nil
		}
		pairs++
		if got := a.Slug(headline); got != want {
			differ++
			return e.say("%s: %s\n   given  %s\n   makes  %s", line.at, headline, want, got)
		}
		return nil
	})
	if err := errors.Join(append(wrong, err)...); err != nil {
		return err
	}
	e.stderr.printf("%d of %s differ\n", differ, plural(pairs, "pair"))
	if differ > 0 {
		return errFindings
	}
	return nil
}
