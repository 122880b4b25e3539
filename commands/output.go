package commands

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"github.com/urfave/cli/v2"
)

// destination is a format in which a command writes its result, and where to.
type destination struct {
	format string // empty where the command line does not say
	file   string // empty for standard output
}

// formatFlags returns the flags that say in which formats a command writes its result,
// and where to.
func formatFlags(formats []string, rules ...rule) []cli.Flag {
	return []cli.Flag{
		choices("format", "output `FORMAT`; FORMAT:FILE also writes it to a file (repeatable; default: text)", formats, rules...),
		ruled(&cli.StringFlag{Name: "output", Usage: "write to `FILE` instead of standard output; with several formats, the last one"}, rules...),
	}
}

// destinations returns where a command line asks for its result, at least one.
func (e *env) destinations(c *cli.Context) ([]destination, error) {
	var out []destination
	for _, given := range givenFormats(c) {
		for _, word := range strings.Split(given, ",") {
			name, file, _ := strings.Cut(word, ":")
			out = append(out, destination{name, file})
		}
	}
	if len(out) == 0 {
		out = []destination{{}}
	}
	if given(c, "output") {
		file := c.String("output")
		last := &out[len(out)-1]
		if last.file != "" {
			return nil, fmt.Errorf("--output cannot be combined with --format %s:%s, which names a file itself", last.format, last.file)
		}
		last.file = file
	}
	return out, e.checkDestinations(out)
}

// givenFormats returns the values of --format. Some commands take only one.
func givenFormats(c *cli.Context) []string {
	if !given(c, "format") {
		return nil
	}
	if one, isOne := c.Value("format").(string); isOne {
		return []string{one}
	}
	return c.StringSlice("format")
}

// checkDestinations returns an error if two results go to one place, or a page for a
// browser to a terminal.
func (e *env) checkDestinations(all []destination) error {
	to := map[string]string{}
	for _, one := range all {
		other, taken := to[one.file]
		switch {
		case taken && one.file == "":
			return fmt.Errorf("--format %s and %s cannot both go to standard output; name a file as in %[2]s:FILE", other, one.format)
		case taken:
			return fmt.Errorf("two reports cannot go to the one file %s", one.file)
		case one.format == htmlFormat && one.file == "" && isTerminal(e.stdout):
			return errors.New("--format html writes a page for a browser; name a file as in --format html:review.html")
		}
		to[one.file] = one.format
	}
	return nil
}

// htmlFormat is the name of the format of a review page.
const htmlFormat = "html"

// writeTo writes a result to where it is asked for: to a file, all of it or nothing.
// Root is that of the archive, none of whose pages is overwritten.
func (e *env) writeTo(d destination, root string, write func(*printer) error) error {
	if d.file == "" {
		return write(e.stdout)
	}
	var b bytes.Buffer
	out := &printer{raw: &b}
	err := write(out)
	if err = errors.Join(err, out.flush(), e.reading.settle()); err != nil {
		return err
	}
	target, err := e.reportTarget(d.file, root)
	if err == nil {
		err = writeWhole(target, b.Bytes())
	}
	if err != nil {
		return fmt.Errorf("the report %s %w", d.file, err)
	}
	return nil
}
