package commands

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/urfave/cli/v2"

	"newsctl/archive"
	"newsctl/archive/compare"
	"newsctl/archive/git"
	"newsctl/lint"
)

// changeOptions name a change to check.
type changeOptions struct {
	staged, all  bool
	since, merge string
}

func (o *changeOptions) changeFlags() []cli.Flag {
	return group("Checking a change",
		ruled(&cli.BoolFlag{Name: "staged", Destination: &o.staged, Usage: "check the next commit, using the staged files"}, excludes("since", "merge")),
		ruled(&cli.StringFlag{Name: "since", Destination: &o.since, Usage: "check what changed since this branch forked from `REV` (REV..: since REV itself)"}, excludes("merge")),
		&cli.StringFlag{Name: "merge", Destination: &o.merge, Usage: "check the result of merging `REV` into HEAD"},
		ruled(&cli.BoolFlag{Name: "all", Destination: &o.all, Usage: "also report findings that existed before the change"}, requires("staged", "since", "merge")),
	)
}

// isChange reports whether options name a change.
func (o *changeOptions) isChange() bool { return o.staged || o.since != "" || o.merge != "" }

// changed is an archive before and after a change in git.
type changed struct {
	repo          *git.Repo
	from, to      string // versions
	files         []git.Change
	removed       []string // files that are not pages, and are gone
	before, after *opened
	reconfigured  bool
	reading       *reading // of the work tree
	forAll        bool     // the whole of after is asked for
}

// openChange opens the versions of the archive that options name.
func (e *env) openChange(o *changeOptions) (*changed, error) {
	root, err := e.rootInGit()
	if err != nil {
		return nil, err
	}
	ch := &changed{from: "HEAD", to: git.Index, reading: e.reading}
	if ch.repo, err = git.Open(root); err != nil {
		return nil, err
	}
	if err = ch.choose(o); err == nil {
		err = ch.read(root, e)
	}
	if err != nil {
		return nil, errors.Join(err, ch.repo.Close())
	}
	e.hintNoEvents(ch.after)
	return ch, nil
}

// choose sets the versions that options name.
func (ch *changed) choose(o *changeOptions) (err error) {
	v, inRange := frameworkRange()
	switch {
	case o.merge != "":
		ch.to, err = merged(ch.repo, o.merge)
		return err
	case o.since != "":
		v = parseSince(o.since)
	case !inRange:
		ch.forAll, err = asksForAll(ch.repo)
		return err
	}
	ch.from, err = v.start(ch.repo)
	ch.to = v.to
	return err
}

// openStaged opens the archive as it is staged.
func (e *env) openStaged() (*opened, error) {
	ch, err := e.openChange(&changeOptions{staged: true})
	if err != nil {
		return nil, err
	}
	e.closers = append(e.closers, ch.repo)
	if !hasConfig(ch.after.files) && !archive.HasYears(ch.after.files) {
		return nil, nothingToCheck("the archive is removed")
	}
	ch.after.staged = ch.files
	if ch.forAll {
		ch.after.staged = nil
		for _, p := range ch.after.Paths(".") {
			ch.after.staged = append(ch.after.staged, git.Change{From: p, To: p})
		}
	}
	history := compare.NewPageHistory(ch.after.root, ch.after.config)
	ch.after.History = func(p string) (string, bool) {
		if to, existed := ch.fate(p); existed {
			return to, true
		}
		return history.Of(ch.after.Archive, p)
	}
	return ch.after, nil
}

// stagedEvents returns the events whose pages are staged.
func (a *opened) stagedEvents() []string {
	out := []string{}
	for _, f := range a.staged {
		if kind, _ := archive.Classify(f.To); kind == archive.EventPage && a.Holds(f.To) {
			out = append(out, f.To)
		}
	}
	return out
}

// merged returns the version that merging a revision into HEAD would make, with the
// merge driver of this very program where git's attributes name it.
func merged(repo *git.Repo, rev string) (string, error) {
	if self, err := os.Executable(); err == nil {
		repo.Drivers = map[string]string{mergeDriver: strings.ReplaceAll(shellWord(filepath.ToSlash(self)), "%", "%%") + " merge-file --marker-size=%L -- %O %A %B %P"}
	}
	tree, conflicts, err := repo.Merge(rev)
	if len(conflicts) > 0 {
		err = fmt.Errorf("merging %s has conflicts in\n   %s\nmerge it and resolve them first", rev, strings.Join(conflicts, "\n   "))
	}
	return tree, err
}

// read asks git for the two versions and for what differs.
func (ch *changed) read(root string, e *env) error {
	var before, after fs.FS
	err := together(
		func() (err error) { ch.files, err = ch.repo.Changes(ch.from, ch.to); return },
		func() (err error) { before, err = ch.repo.Files(ch.from); return },
		func() (err error) { after, err = ch.repo.Files(ch.to); return },
	)
	if err != nil {
		return err
	}
	configured := after
	if ch.to == git.WorkTree {
		configured = configSource(root, after)
		after = ch.reading.files(after)
	}
	ch.reconfigured = slices.ContainsFunc(ch.files, func(f git.Change) bool { return f.From == configName || f.To == configName })
	if _, err := os.Stat(root); err == nil && !ch.reconfigured && !hasConfig(after) {
		configured = ownFiles(root) // git does not know of it
	}
	if ch.after, err = openVersion(root, after, configured); err != nil {
		return err
	}
	if ch.to == git.WorkTree {
		ch.after.CRLF = git.CRLF(root)
	}
	ch.before = &opened{Archive: archive.New(before, ch.after.config), root: root, config: ch.after.config, lint: ch.after.lint}
	if ch.reconfigured {
		if was, err := openVersion(root, before, before); err == nil { // or else the change fixes it
			ch.before = was
		}
	}
	if ch.to == git.WorkTree {
		e.keepFacts(ch.after)
		e.reuseFacts(ch.before)
	} else {
		e.reuseFacts(ch.before, ch.after)
	}
	for _, f := range ch.files {
		ch.reconfigured = ch.reconfigured || ch.changesPrefix(f)
		if f.From != f.To && f.From != "" && !strings.HasSuffix(f.From, ".md") {
			ch.removed = append(ch.removed, f.From)
		}
	}
	ch.files = compare.Pair(ch.before.Archive, ch.after.Archive, ch.files)
	ch.after.History = ch.fate
	return nil
}

// changesPrefix reports whether a change of a file makes a directory at the root,
// or removes one, that is else taken for the prefix of an edition: all links that
// begin with it then lead elsewhere.
func (ch *changed) changesPrefix(f git.Change) bool {
	for _, p := range []string{f.From, f.To} {
		first, _, below := strings.Cut(p, "/")
		if below && ch.before.IsPrefix(first) != ch.after.IsPrefix(first) {
			return true
		}
	}
	return false
}

// together calls functions at the same time and returns the first error in
// their order.
func together(calls ...func() error) error {
	errs := make([]error, len(calls))
	var wg sync.WaitGroup
	for i, call := range calls {
		wg.Add(1)
		go func() {
			defer wg.Done()
			errs[i] = call()
		}()
	}
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func hasConfig(root fs.FS) bool {
	_, err := fs.Stat(root, configName)
	return err == nil
}

// openVersion opens a version of an archive with the configuration in a root.
func openVersion(root string, files, configured fs.FS) (*opened, error) {
	config, lintConfig, err := readConfig(configured)
	if err != nil {
		return nil, err
	}
	return &opened{Archive: archive.New(files, config), files: files, root: root, config: config, lint: lintConfig}, nil
}

// fate reports whether the change removes a path, and returns where its event is
// now, or nothing. It does not ask what earlier commits did, which takes git long.
func (ch *changed) fate(p string) (to string, existed bool) {
	for _, f := range ch.files {
		if f.From == p && f.To != p {
			return f.To, true
		}
	}
	return "", false
}

// checkChange checks the change that options name.
func (e *env) checkChange(args []string, o *lintOptions) (*outcome, error) {
	ch, err := e.openChange(&o.changeOptions)
	if err != nil {
		return nil, err
	}
	out := &outcome{archive: ch.after, only: []string{}}
	if !o.all && !ch.forAll {
		out.fresh = "new "
	}
	out.empty = ch.to == git.Index && len(ch.files) == 0 && !ch.reconfigured && !ch.forAll
	if out.result, err = e.lintChange(ch, args, o); err == nil {
		_ = ch.after.SaveVersion(worthSaving) // or else the next run has more to do
	}
	return out, errors.Join(err, ch.repo.Close())
}

func (e *env) lintChange(ch *changed, args []string, o *lintOptions) (lint.Result, error) {
	for _, v := range []*opened{ch.before, ch.after} {
		if err := o.selectRules(&v.lint); err != nil {
			return lint.Result{}, err
		}
	}
	var asked []string
	if inFramework() && o.staged {
		asked, args = ch.asked(args), nil
	}
	wanted, err := ch.wanted(args)
	if err != nil {
		return lint.Result{}, err
	}
	selected, err := e.filtered(ch.after, &o.filterOptions, nil)
	if err != nil {
		return lint.Result{}, err
	}
	change := lint.Change{
		Before:       lint.Version{Archive: ch.before.Archive, Config: ch.before.lint},
		After:        lint.Version{Archive: ch.after.Archive, Config: ch.after.lint},
		Reconfigured: ch.reconfigured,
		Asked:        asked,
	}
	for _, p := range ch.removed {
		change.Files = append(change.Files, lint.ChangedFile{From: p})
	}
	for _, f := range ch.files {
		change.Files = append(change.Files, lint.ChangedFile(f))
	}
	result := change.Run(o.all)
	result.Findings = slices.DeleteFunc(result.Findings, func(f lint.Finding) bool {
		_, isSelected := slices.BinarySearch(selected, f.Path)
		return !wanted(f.Path) || selected != nil && !isSelected
	})
	return result, nil
}

// wanted returns whether findings on a page are wanted: arguments name pages
// and directories, and without any all are.
func (ch *changed) wanted(args []string) (func(p string) bool, error) {
	var named []string
	for _, arg := range args {
		p, _, err := ch.after.locate(arg)
		if err != nil {
			return nil, err
		}
		named = append(named, p)
	}
	return func(p string) bool {
		return len(args) == 0 || slices.ContainsFunc(named, func(n string) bool {
			return n == "." || p == n || strings.HasPrefix(p, n+"/")
		})
	}, nil
}
