package commands

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/urfave/cli/v2"

	"newsctl/archive"
	"newsctl/archive/diff"
	"newsctl/archive/mergefile"
	"newsctl/archive/page"
	"newsctl/archive/source"
)

// exitMergeFailure is what merge-file ends with after an error. Git takes any status
// up to 128 as a merge with conflicts, and would keep our side without marks.
const exitMergeFailure = 129

type mergeFileOptions struct {
	markerSize   int
	ours, theirs string // labels
}

func mergeFileCommand(e *env) *cli.Command {
	var o mergeFileOptions
	return &cli.Command{
		Name:      "merge-file",
		Usage:     "merge two versions of a page, as git's merge driver",
		ArgsUsage: "BASE OURS THEIRS PATH",
		Description: `Merges two versions of the page at PATH, and writes the result to OURS. BASE, OURS
and THEIRS are files that hold its versions, as git names them. Entries of day
pages, of the front page and of the sections of an event are merged as sets and keep
the archive's order; an entry becomes a conflict, in git's markers, only if both
sides changed it differently. Other text is merged as by git merge-file. The ledger
of sources is merged source by source: the later answer wins.

"newsctl hook install" makes git run this command for the pages of the archive in
merges, rebases, cherry-picks and stash pops. If newsctl fails or is missing, git
merges the page itself.

Examples:
   newsctl hook install                                make git run it
   newsctl merge-file base.md ours.md theirs.md news/2018/03/14/index.md

Exit status:
   1    conflicts remain
   129  error; the page is not merged`,
		Flags: []cli.Flag{
			&cli.IntFlag{Name: "marker-size", Destination: &o.markerSize, Value: 7, Usage: "write conflict markers of `N` characters"},
			&cli.StringFlag{Name: "label-ours", Destination: &o.ours, Value: "ours", Usage: "`LABEL` of our side in a conflict"},
			&cli.StringFlag{Name: "label-theirs", Destination: &o.theirs, Value: "theirs", Usage: "`LABEL` of their side in a conflict"},
		},
		Action: func(c *cli.Context) error { return e.mergeFile(c, &o) },
	}
}

// maxMerged is more than any page has that somebody edits, in bytes.
const maxMerged = 64 << 20

// isMergeFile reports whether a command line is one of merge-file.
func isMergeFile(app *cli.App, args []string) bool {
	c := readCommandLine(app, args[min(1, len(args)):]).command()
	return c != nil && c.Name == "merge-file"
}

func (e *env) mergeFile(c *cli.Context, o *mergeFileOptions) (err error) {
	defer func() {
		if p := recover(); p != nil { // git would take the status of a panic as a conflict
			err = fmt.Errorf("%s cannot be merged: %v", c.Args().Get(3), p)
		}
	}()
	files, at := c.Args().Slice()[:3], filepath.ToSlash(c.Args().Get(3))
	var src [3][]byte
	for i, name := range files {
		var err error
		if src[i], err = readRegular(name, maxMerged); err != nil {
			return fmt.Errorf("%s %w", name, err)
		}
	}
	merged, conflicts, err := e.mergeVersions(o, mergefile.Versions{Base: src[0], Ours: src[1], Theirs: src[2]}, at)
	if err != nil {
		return err
	}
	if string(merged) != string(src[1]) {
		info, err := os.Stat(files[1])
		if err == nil {
			err = replaceFile(files[1], merged, info.Mode().Perm())
		}
		if err != nil {
			return err
		}
	}
	if conflicts > 0 {
		e.stderr.printf("%s: %s\n", at, plural(conflicts, "conflict"))
		return errFindings
	}
	return nil
}

// mergeVersions merges the versions of a page, or of the ledger of sources.
func (e *env) mergeVersions(o *mergeFileOptions, v mergefile.Versions, at string) (merged []byte, conflicts int, err error) {
	if source.IsLedger(v.Ours) && source.IsLedger(v.Theirs) {
		if merged, err = source.MergeFiles(v.Base, v.Ours, v.Theirs); err != nil {
			err = fmt.Errorf("%s cannot be merged: line %w", at, err)
		}
		return merged, 0, err
	}
	options, done := e.mergeOptions(o, at)
	merged, conflicts = mergefile.Merge(v, at, options)
	return merged, conflicts, done()
}

// rootAbove returns the root of the archive that a page belongs to: where its
// configuration is, or else as its path shows.
func rootAbove(at string) string {
	for dir := path.Dir(at); ; dir = path.Dir(dir) {
		if _, err := os.Lstat(filepath.Join(filepath.FromSlash(dir), configName)); err == nil {
			return dir
		}
		if dir == "." {
			return mergefile.Root(at)
		}
	}
}

// mergeOptions returns how pages of the archive that holds a path are merged. A
// configuration that cannot be read, perhaps because it has conflicts as well,
// counts for nothing. Done is to be called after the merge.
func (e *env) mergeOptions(o *mergeFileOptions, at string) (options mergefile.Options, done func() error) {
	root := e.global.archive
	if root == "" && fs.ValidPath(at) {
		root = rootAbove(at)
	}
	var config archive.Config
	dir, err := filepath.Abs(filepath.FromSlash(root))
	if err == nil {
		config, _, err = readConfig(ownFiles(dir))
	}
	if err != nil {
		e.note("warning: " + err.Error() + "; the page is merged with default labels")
	}
	config = archive.New(nil, config).Config()
	sides := &mergeSides{root: dir, theirs: theirCommit(o.theirs)}
	return mergefile.Options{
		Labels:       config.Labels,
		RelatedLimit: config.RelatedLimit,
		Markers:      diff.Markers{Ours: label(o.ours, "ours"), Theirs: label(o.theirs, "theirs"), Size: o.markerSize},
		Removed:      sides.removed,
		Records: func(event string) []string {
			return sides.names(event, func(src []byte) []string {
				read := page.ParseEvent(src, config.Labels)
				return append(mergefile.Recorded(read), mergefile.RecordedInLists(read)...)
			})
		},
		OnDay: func(event string) []string {
			return sides.names(path.Dir(event)+"/"+archive.IndexName(), func(src []byte) []string {
				return mergefile.RecordedOnDay(page.ParseListing(src, config.Labels), event)
			})
		},
	}, sides.close
}

// label returns the label of a side. A git that does not know the label of a side
// passes %X or %Y on as it is.
func label(text, side string) string {
	if text == "" || strings.HasPrefix(text, "%") || strings.ContainsAny(text, "\r\n") {
		return side
	}
	return text
}
