package commands

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/urfave/cli/v2"

	"newsctl/lint"
)

// baselineOptions say which findings are known.
type baselineOptions struct {
	baseline string
	write    bool
}

func (o *baselineOptions) baselineFlags() []cli.Flag {
	return group("Baseline",
		&cli.StringFlag{Name: "baseline", Destination: &o.baseline, Usage: "hide the findings in the baseline `FILE` (default: baseline in the configuration)"},
		ruled(&cli.BoolFlag{Name: "write-baseline", Destination: &o.write, Usage: "write all findings to the baseline, which hides them from now on"}, excludes("staged", "since", "merge")),
	)
}

// baseline is the known findings of an archive.
type baseline struct {
	known     lint.Baseline
	name      string // as it was given; empty: there is none
	file      string
	inArchive bool // the configuration names it
}

// maxBaseline is more than the findings of the largest archive take, in bytes.
const maxBaseline = 64 << 20

// baseline reads the baseline that options or the configuration name.
func (a *opened) baseline(o *baselineOptions) (*baseline, error) {
	b := &baseline{known: lint.Baseline{}}
	if err := b.find(a, o.baseline); err != nil {
		return nil, err
	}
	switch {
	case b.name == "" && o.write:
		return nil, fmt.Errorf("--write-baseline needs a file; name it with --baseline FILE, or as baseline in %s", configName)
	case b.name == "":
		return b, nil
	}
	src, err := b.read(o.write)
	switch {
	case errors.Is(err, fs.ErrNotExist) && o.write:
		return b, nil
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("there is no baseline %s; make it with --write-baseline", b.name)
	case err != nil:
		return nil, fmt.Errorf("the baseline %s %w", b.name, err)
	}
	if b.known, err = lint.ReadBaseline(src); err != nil {
		return nil, fmt.Errorf("%s:%w; fix it, or remove the file and make it again with --write-baseline", b.name, err)
	}
	return b, nil
}

// find finds the file: one that is given may be anywhere, that of the configuration is
// in the archive.
func (b *baseline) find(a *opened, given string) error {
	if given != "" {
		b.file, b.name = given, given
		return nil
	}
	return b.findConfigured(a)
}

// findConfigured finds the file that the configuration names.
func (b *baseline) findConfigured(a *opened) (err error) {
	if b.name = a.lint.Baseline; b.name == "" {
		return nil
	}
	b.inArchive = true
	b.file, err = ownFiles(a.root).locate(b.name)
	if err == nil && strings.HasSuffix(b.file, ".md") {
		err = errors.New("is the name of a page; choose another")
	}
	if err != nil {
		return fmt.Errorf("%s: baseline: %s %w", configName, b.name, err)
	}
	return nil
}

// read reads the file. What is to be written again must be a regular file.
func (b *baseline) read(write bool) ([]byte, error) {
	if b.inArchive || write {
		return readRegular(b.file, maxBaseline)
	}
	f, err := openGiven(b.file, maxBaseline)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(f)
}

// applyBaseline removes the known findings from a result, and reports which of them no
// longer occur on the pages at only, of which the result reports all; nil are all
// pages. If the baseline is to be written, all that was found is known.
func (e *env) applyBaseline(o *baselineOptions, a *opened, r lint.Result, only []string) (lint.Result, error) {
	if !o.write && len(r.Findings) == 0 && only != nil && len(only) == 0 {
		return r, nil // a clean change: no need to read what is known
	}
	if err := e.reading.settle(); err != nil {
		return r, err
	}
	reported := wasChecked(r, only)
	b, err := a.baseline(o)
	switch {
	case err != nil:
		return r, err
	case o.write && len(r.Errors) > 0:
		e.note("the baseline is not written: not all could be read")
	case o.write:
		b.known = b.known.Renew(r, reported)
		if err := b.save(); err != nil {
			return r, err
		}
	}
	rest, stale := b.known.Apply(r, reported)
	e.noteStale(b.name, stale)
	return rest, nil
}

// wasChecked returns of which keys a run would have reported findings: those of the
// rules it applied, on the pages of which it reports all. Where reading failed,
// nothing is sure.
func wasChecked(r lint.Result, only []string) func(lint.Key) bool {
	rules, pages := map[string]bool{}, map[string]bool{}
	for _, rule := range r.Rules {
		rules[rule.Name] = true
	}
	for _, p := range only {
		pages[p] = true
	}
	return func(k lint.Key) bool {
		applied := rules[k.Rule] || lint.Lookup(k.Rule) == nil
		return applied && (only == nil || pages[k.Path]) && len(r.Errors) == 0
	}
}

// maxStale is how many entries that no longer occur are named.
const maxStale = 10

// noteStale reports which entries of a baseline no longer occur.
func (e *env) noteStale(file string, stale lint.Baseline) {
	keys := stale.Keys()
	for _, k := range keys[:min(len(keys), maxStale)] {
		times := ""
		if n := stale[k]; n > 1 {
			times = fmt.Sprintf(" %d times", n)
		}
		e.note(fmt.Sprintf("baselined, but no longer found%s: %s: %s [%s]", times, k.Path, k.Text, k.Rule))
	}
	switch len(keys) {
	case 0:
	case 1:
		e.note(fmt.Sprintf("1 baselined finding in %s is no longer found; --write-baseline removes it", file))
	default:
		e.note(fmt.Sprintf("%d baselined findings in %s are no longer found; --write-baseline removes them", len(keys), file))
	}
}

// save writes the baseline to its file: all of it, or nothing.
func (b *baseline) save() error {
	file, mode := b.file, fs.FileMode(0o644)
	if target, err := filepath.EvalSymlinks(file); err == nil {
		file = target
	}
	if info, err := os.Stat(file); err == nil {
		mode = info.Mode().Perm()
	}
	var out bytes.Buffer
	if err := b.known.Write(&out); err != nil {
		return err
	}
	if err := replaceFile(file, out.Bytes(), mode); err != nil {
		return fmt.Errorf("the baseline is not written: %w", err)
	}
	return nil
}
