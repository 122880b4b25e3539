package commands

import (
	"cmp"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"newsctl/archive/term"
	"newsctl/lint"
)

// completeCommand is what the scripts call at each press of Tab: with the words
// of the line up to the cursor, the last one perhaps empty or unfinished. It
// prints what that word may become, a word a line, a tab and what it is. It reads
// little of the archive: see complete_archive.go.
func completeCommand(e *env) *cli.Command {
	return &cli.Command{
		Name:      "__complete",
		Hidden:    true,
		ArgsUsage: "-- WORD...",
		Action: func(c *cli.Context) error {
			words := c.Args().Slice()
			if len(words) == 0 {
				return nil
			}
			last := len(words) - 1
			for _, s := range complete(readCommandLine(c.App, words[:last]), words[last]) {
				kind, headline, _ := strings.Cut(s.text, "\t")
				if headline != "" {
					headline = "\t" + term.Escape(headline)
				}
				if _, err := fmt.Fprintf(e.stdout.raw, "%s\t%s%s\n", s.word, term.Escape(kind), headline); err != nil {
					return err
				}
			}
			return nil
		},
	}
}

// suggestion is what a word may become. What the words of directories and pages are
// has the kind directory or file: shells quote those as names of files.
type suggestion struct{ word, text string }

const (
	directory = "directory"
	file      = "file" // for a page, with a tab and its headline
	nameKind  = "name" // of a context: shells quote it as the name of a file
)

// complete returns what a word after a command line may become.
func complete(l *commandLine, word string) []suggestion {
	flag, value, hasValue := strings.Cut(word, "=")
	var all []suggestion
	switch {
	case l.waiting != "":
		all = l.flagValues(l.flag(l.waiting), word)
	case !l.ended && strings.HasPrefix(word, "-") && hasValue:
		all = l.flagValues(l.flag(flag), value)
		for i := range all {
			all[i].word = flag + "=" + all[i].word
		}
	case !l.ended && strings.HasPrefix(word, "-"):
		all = flagNames(l.ownFlags())
	case len(l.args) == 0 && len(l.choices()) > 0:
		all = append(commandNames(l.choices()), l.arguments(word)...)
	default:
		all = l.arguments(word)
	}
	return slices.DeleteFunc(all, func(s suggestion) bool {
		return !strings.HasPrefix(s.word, word) || term.Escape(s.word) != s.word // a shell would print it
	})
}

func commandNames(commands []*cli.Command) []suggestion {
	var out []suggestion
	for _, c := range commands {
		if !c.Hidden {
			out = append(out, suggestion{c.Name, c.Usage})
		}
	}
	return out
}

func flagNames(flags []cli.Flag) []suggestion {
	var out []suggestion
	for _, f := range flags {
		out = append(out, suggestion{dashed(f.Names()[0]), plain(flagHelp(f))})
	}
	return out
}

// flagValues returns what the value of a flag may become: what its help calls
// it, as in `PAGE`, or one of its words.
func (l *commandLine) flagValues(f cli.Flag, word string) []suggestion {
	if !takesValue(f) {
		return nil
	}
	if values := l.values(flagValue(f), word); values != nil {
		return values
	}
	var out []suggestion
	if r, ok := f.(*ruledFlag); ok {
		for _, w := range r.words {
			out = append(out, suggestion{word: w})
		}
	}
	return out
}

// arguments returns what the next argument of a command may become, which its
// usage reports: "[PATH...]", "PAGE HEADLINE".
func (l *commandLine) arguments(word string) []suggestion {
	c := l.command()
	if c == nil {
		return nil
	}
	usage := strings.Fields(strings.NewReplacer("[", "", "]", "").Replace(c.ArgsUsage))
	n := len(l.args)
	if n >= len(usage) {
		n = len(usage) - 1
		if n < 0 || !strings.HasSuffix(usage[n], "...") {
			return nil
		}
	}
	var out []suggestion
	for _, what := range strings.Split(strings.TrimSuffix(usage[n], "..."), "|") {
		out = append(out, l.values(what, word)...)
	}
	return out
}

// values returns what a word may become that stands for something: a RULE, a
// PAGE, a NAME of a context.
func (l *commandLine) values(what, word string) []suggestion {
	switch what {
	case "RULE":
		var out []suggestion
		for _, r := range lint.Rules() {
			out = append(out, suggestion{r.Name, r.Title})
		}
		for _, family := range lint.Families() {
			out = append(out, suggestion{family, "all rules named " + family + "-*"})
		}
		return out
	case "OLD", "NEW", "INTO":
		if c := l.command(); c == nil || c.Name == "merge" {
			return l.values("PAGE", word)
		}
		return l.contextNames()
	case "PATH", "PAGE":
		return append(l.pages(word), l.days(word)...)
	case "DAY":
		return append(wordsForDays(), l.days(word)...)
	case "RANGE":
		return l.days(word)
	case "NAME", "TOPIC":
		return l.contextNames()
	case "REV", "REV..REV":
		return l.revisions(word)
	case "FILE":
		return files("", word, func(string) bool { return true })
	case "DIR":
		return files("", word, func(string) bool { return false })
	}
	return nil
}

// pages returns the pages and directories that a word may become, below the working
// directory and the archive's root.
func (l *commandLine) pages(word string) []suggestion {
	isPage := func(name string) bool { return strings.HasSuffix(name, ".md") }
	out := files("", word, isPage)
	root := l.root()
	if root != "" && !path.IsAbs(filepath.ToSlash(word)) {
		out = append(out, files(root, word, isPage)...)
	}
	slices.SortFunc(out, func(a, b suggestion) int { return strings.Compare(a.word, b.word) })
	return withHeadlines(root, slices.Compact(out), word)
}

// archive returns what --archive says, if it is there. The shell has not yet
// put a home directory in place of ~.
func (l *commandLine) archive() string {
	var dir string
	for i, word := range l.flags {
		name, value, ok := strings.Cut(strings.TrimLeft(word, "-"), "=")
		switch {
		case name != "C" && name != "archive":
		case ok:
			dir = value
		case i+1 < len(l.flags):
			dir = l.flags[i+1]
		}
	}
	if below, ok := strings.CutPrefix(dir, "~/"); ok {
		if home, err := os.UserHomeDir(); err == nil {
			dir = filepath.Join(home, below)
		}
	}
	return dir
}

// files returns the directories, and the files that fit, which a word may become in
// a directory, or in the working directory. Hidden ones must be asked for by their dot.
func files(dir, word string, fits func(name string) bool) []suggestion {
	below, start := path.Split(filepath.ToSlash(word))
	at := filepath.FromSlash(below)
	if dir != "" {
		at = filepath.Join(dir, at)
	}
	entries, _ := os.ReadDir(cmp.Or(at, "."))
	var out []suggestion
	for _, entry := range entries {
		name := entry.Name()
		isDir := entry.IsDir()
		if entry.Type()&os.ModeSymlink != 0 {
			info, err := os.Stat(filepath.Join(at, name))
			isDir = err == nil && info.IsDir()
		}
		switch {
		case !strings.HasPrefix(name, start) || name[0] == '.' && start == "":
		case isDir:
			out = append(out, suggestion{below + name + "/", directory})
		case fits(name):
			out = append(out, suggestion{below + name, file})
		}
	}
	return out
}
