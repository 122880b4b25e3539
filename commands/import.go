package commands

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/urfave/cli/v2"

	"newsctl/archive/eventline"
	"newsctl/archive/importer"
)

type importOptions struct{ format string }

func importCommand(e *env) *cli.Command {
	var o importOptions
	return &cli.Command{
		Name:      "import",
		Usage:     "convert posts and feeds to lines for newsctl new",
		ArgsUsage: "FILE...",
		Description: `Reads posts and feeds, and prints one event per line for newsctl new --from. FILE is
a post, a feed, - for stdin, or a directory, whose posts are read.
   front-matter   posts of Jekyll, Hugo, Zola (YAML, TOML or JSON) and Pelican
   rss, atom      feeds of RSS 1, RSS 2 and Atom
   json-feed      a JSON Feed
   jsonl          lines of newsctl export

A post provides its title and date (from the front matter or the file name), its
description or first paragraph, its tags and categories as contexts (those of Jekyll
also from the directories above _posts), and the links in its front matter as
sources. The text, the links in it, and contexts with a comma are omitted. Posts
that cannot be used, such as drafts and pages without a title or a date, are
reported.

Examples:
   newsctl import _posts > events.jsonl
   newsctl import content/news feed.xml | newsctl new --from -
   curl -s https://site.example/feed.xml | newsctl import -`,
		Flags: []cli.Flag{
			choice(&o.format, "format", "", "`FORMAT` of every FILE (default: recognized from each file)", importer.Formats),
		},
		Action: func(c *cli.Context) error { return e.importEvents(c.Args().Slice(), &o) },
	}
}

// maxPost is how large a file of events may be, in bytes.
const maxPost = 64 << 20

func (e *env) importEvents(names []string, o *importOptions) error {
	if len(names) == 0 {
		return errors.New("FILE is missing; name posts, feeds or directories")
	}
	var r importer.Reader
	for _, name := range names {
		if err := e.readPosts(&r, name, o.format); err != nil {
			return err
		}
	}
	if err := eventline.Write(e.stdout.raw, r.Lines); err != nil {
		return err
	}
	for _, note := range r.Notes {
		e.stderr.printf("%s\n", note)
	}
	summary := plural(len(r.Lines), "event")
	if n := len(r.Notes); n > 0 {
		summary += "; " + plural(n, "note") + " on what could not be used"
	}
	e.stderr.printf("%s\n", summary)
	return nil
}

// readPosts reads a file, or all posts below a directory. Symbolic links below it are
// not followed.
func (e *env) readPosts(r *importer.Reader, name, format string) error {
	if name == "-" {
		src, err := readBounded(e.stdin, maxPost)
		if err != nil {
			return fmt.Errorf("stdin %w", err)
		}
		r.Read("stdin", src, format)
		return nil
	}
	info, err := os.Stat(name)
	if err != nil {
		return fmt.Errorf("%s %w", name, reason(err))
	}
	if !info.IsDir() {
		src, err := readRegular(name, maxPost)
		if err != nil {
			return fmt.Errorf("%s %w", name, err)
		}
		r.Read(filepath.ToSlash(name), src, format)
		return nil
	}
	if format != "" && format != importer.Formats[0] {
		return fmt.Errorf("%s is a directory; --format %s reads files", name, format)
	}
	name = filepath.Clean(name)
	r.Root = filepath.ToSlash(name)
	defer func() { r.Root = "" }()
	return filepath.WalkDir(name, func(p string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && p != name && strings.HasPrefix(d.Name(), "."):
			return filepath.SkipDir
		case !d.Type().IsRegular() || !importer.IsPost(filepath.ToSlash(p)):
			return nil
		}
		src, err := readRegular(p, maxPost)
		if err != nil {
			return fmt.Errorf("%s %w", p, err)
		}
		r.Read(filepath.ToSlash(p), src, importer.Formats[0])
		return nil
	})
}
