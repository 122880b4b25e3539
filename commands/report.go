package commands

import (
	"cmp"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"newsctl/archive"
	"newsctl/lint"
)

// reportOptions say how lint reports findings.
type reportOptions struct {
	destinationOptions
	severity   string
	statistics bool
}

func (o *reportOptions) reportFlags() []cli.Flag {
	var formats, counting []string
	for _, f := range lintFormats() {
		formats = append(formats, f.Name)
		if !f.Counts {
			counting = append(counting, "format="+f.Name)
		}
	}
	return group("Report",
		choices(&o.formats, "format", "output `FORMAT`; FORMAT:FILE also writes it to a file (repeatable; default: grouped on a terminal, text elsewhere)", formats),
		&cli.StringFlag{Name: "output", Destination: &o.output, Usage: "write the report to `FILE` instead of standard output; with several formats, the last one"},
		choice(&o.severity, "severity", "", "show only findings of `SEVERITY` or higher; by default, grouped hides infos", severities()),
		ruled(&cli.BoolFlag{Name: "statistics", Destination: &o.statistics, Usage: "count the findings of each rule"}, excludes(counting...)),
	)
}

// severities returns the names of the severities that a finding may have.
func severities() []string {
	return []string{lint.Info.String(), lint.Warning.String(), lint.Error.String()}
}

// reporter writes the reports that options ask for.
type reporter struct {
	*env
	*reportOptions
	reports []destination
	failOn  lint.Severity // findings that fail the command are never hidden by default
}

// reporter returns the reporter that options ask for.
func (e *env) reporter(o *lintOptions) (*reporter, error) {
	r := &reporter{env: e, reportOptions: &o.reportOptions}
	var err error
	if r.failOn, err = lint.ParseSeverity(o.failOn); err != nil {
		return nil, err
	}
	r.reports, err = e.destinations(&o.destinationOptions)
	return r, err
}

// showsFixes reports whether a report shows the edits of fixes.
func (r *reporter) showsFixes() bool {
	return slices.ContainsFunc(r.reports, func(d destination) bool { return lookupFormat(cmp.Or(d.format, "text")).Fixes })
}

// write writes the reports on an archive, those without a file to out. It returns
// the severity below which the first of them shows no findings.
func (r *reporter) write(out *printer, a *opened, at *archive.Archive, result lint.Result) (least lint.Severity, err error) {
	err = r.writeAll(out, r.reports, a.root, func(p *printer, one destination) error {
		format := r.formatOf(one, out)
		full := lint.Report{Result: result.AtLeast(r.least(format, a)), Archive: at, Dir: dirInRepository(a.root), Version: version(), Command: r.commandLine(), Statistics: r.statistics}
		if one.file == "" {
			full.Style = lint.TextStyle{Color: r.color(p), Width: p.width()}
		}
		return format.Write(p.forFormat(format.Exact), full)
	})
	return r.least(r.formatOf(r.reports[0], out), a), err
}

// formatOf returns the format of a report, which goes to out if it names no file.
func (r *reporter) formatOf(one destination, out *printer) *lint.Format {
	if one == (destination{}) && out.width() > 0 {
		return lookupFormat("grouped")
	}
	return lookupFormat(cmp.Or(one.format, "text"))
}

// least returns the severity below which a format shows no findings: what the
// command line says, or for people the configuration, or what the format does.
func (r *reporter) least(format *lint.Format, a *opened) lint.Severity {
	if s, err := lint.ParseSeverity(r.severity); err == nil && r.severity != "" {
		return s
	}
	if s := a.lint.Least; s != lint.Off && !format.Exact {
		return s
	}
	return min(format.Least, r.failOn)
}

// lintFormats returns all formats in which lint reports findings.
func lintFormats() []*lint.Format { return append(lint.Formats(), &reviewFormat) }

// lookupFormat returns the format of a name, or nil.
func lookupFormat(name string) *lint.Format {
	for _, f := range lintFormats() {
		if f.Name == name {
			return f
		}
	}
	return nil
}

// reportTarget returns the file that a report is written to, symbolic links
// followed. In the archive, it is neither a page nor a file that git or newsctl keeps
// there.
func (e *env) reportTarget(file, root string) (string, error) {
	abs, err := filepath.Abs(file)
	if err != nil {
		return "", err
	}
	target, err := resolve(abs)
	if err != nil {
		return "", reason(err)
	}
	rel, err := filepath.Rel(root, target)
	switch {
	case err != nil || !filepath.IsLocal(rel):
		return target, nil
	case strings.EqualFold(filepath.Ext(rel), ".md"):
		return "", errors.New("would be a page of the archive; name another file")
	case rel == configName:
		return "", errors.New("is the configuration of the archive; name another file")
	case e.opened != nil && filepath.ToSlash(rel) == e.opened.Config().Sources.Ledger:
		return "", errors.New("is the ledger of sources; name another file")
	case e.opened != nil && filepath.ToSlash(rel) == e.opened.lint.Baseline:
		return "", errors.New("is the baseline; name another file")
	case rel != "." && archive.IsHidden(filepath.Base(rel)):
		return "", errors.New("is a hidden file in the archive; name another file")
	}
	return target, notPrivate(rel)
}

// writeWhole writes a file, all of it or nothing. What is not a regular file, such
// as a device or a pipe, is written to as it is.
func writeWhole(file string, data []byte) error {
	info, err := os.Stat(file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return replaceFile(file, data, 0o644)
	case err != nil:
		return reason(err)
	case info.IsDir():
		return regular(info)
	case info.Mode().IsRegular():
		return replaceFile(file, data, info.Mode().Perm())
	}
	f, err := os.OpenFile(file, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return errors.Join(err, f.Close())
}

// dirInRepository returns a directory's path from the top of the repository
// that holds it, with slashes; "." if it is the top, or in no repository.
func dirInRepository(dir string) string {
	for top := dir; ; top = filepath.Dir(top) {
		if _, err := os.Lstat(filepath.Join(top, ".git")); err == nil {
			if rel, err := filepath.Rel(top, dir); err == nil {
				return filepath.ToSlash(rel)
			}
			return "."
		}
		if top == filepath.Dir(top) {
			return "."
		}
	}
}
