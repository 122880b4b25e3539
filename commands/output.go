package commands

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"
)

// destination is a format in which a command writes its result, and where to.
type destination struct {
	format string // empty where the command line does not say
	file   string // empty for standard output
}

// destinationOptions say in which formats a command writes its result, and where to.
type destinationOptions struct {
	formats cli.StringSlice
	output  string
}

func (o *destinationOptions) formatFlags(formats []string, rules ...rule) []cli.Flag {
	return []cli.Flag{
		choices(&o.formats, "format", "output `FORMAT`; FORMAT:FILE also writes it to a file (repeatable; default: text)", formats, rules...),
		ruled(&cli.StringFlag{Name: "output", Destination: &o.output, Usage: "write to `FILE` instead of standard output; with several formats, the last one"}, rules...),
	}
}

// given returns the formats that are given, each with its file.
func (o *destinationOptions) given() []destination {
	var out []destination
	for _, word := range splitCommas(o.formats.Value()) {
		name, file, _ := strings.Cut(word, ":")
		out = append(out, destination{name, file})
	}
	return out
}

// hasFormat reports whether a format is given.
func (o *destinationOptions) hasFormat(name string) bool {
	return slices.ContainsFunc(o.given(), func(d destination) bool { return d.format == name })
}

// destinations returns where options ask for a result, at least one.
func (e *env) destinations(o *destinationOptions) ([]destination, error) {
	out := o.given()
	if len(out) == 0 {
		out = []destination{{}}
	}
	if o.output != "" {
		last := &out[len(out)-1]
		if last.file != "" {
			return nil, fmt.Errorf("--output cannot be combined with --format %s:%s, which names a file itself", last.format, last.file)
		}
		last.file = o.output
	}
	return out, e.checkDestinations(out)
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

// writeAll writes a result to all places where it is asked for: to out, or to files, all
// of one or nothing. Root is that of the archive, none of whose pages is overwritten.
// Files are written last, when no page is read anymore: in the archive, they change it.
func (e *env) writeAll(out *printer, to []destination, root string, write func(*printer, destination) error) error {
	made := make([]bytes.Buffer, len(to))
	for i, d := range to {
		if d.file == "" {
			continue
		}
		p := &printer{raw: &made[i]}
		if err := errors.Join(write(p, d), p.flush()); err != nil {
			return err
		}
	}
	for _, d := range to {
		if d.file != "" {
			continue
		}
		if err := write(out, d); err != nil {
			return err
		}
	}
	for i, d := range to {
		if d.file == "" {
			continue
		}
		if err := e.reading.settle(); err != nil {
			return err
		}
		if err := e.writeReport(d.file, root, made[i].Bytes()); err != nil {
			return fmt.Errorf("the report %s %w", d.file, err)
		}
	}
	return nil
}

// writeReport writes a report to a file.
func (e *env) writeReport(file, root string, report []byte) error {
	target, err := e.reportTarget(file, root)
	if err != nil {
		return err
	}
	return writeWhole(target, report)
}
