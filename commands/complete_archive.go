package commands

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"newsctl/archive"
	"newsctl/archive/catalog"
	"newsctl/archive/contexts"
	"newsctl/archive/git"
	"newsctl/archive/layout"
)

// What completion knows of an archive: the names of contexts that the last command
// which read all of it has kept, those of the newest events, the headlines of one
// directory, the days, and the revisions of git. None takes longer on a larger
// archive.

const (
	// namesFile is where the contexts and topics of an archive are kept.
	namesFile = "names"

	// namesAge is how old kept names may be before a command that has others at hand
	// keeps those.
	namesAge = time.Hour

	// newestRead is how many of the newest days completion reads for their contexts.
	newestRead = 10

	// maxHeadlines is how many pages of a directory completion reads for their
	// headlines, and headSize how much of each.
	maxHeadlines = 300
	headSize     = 4 << 10
)

func namesCatalog(root string) *catalog.Catalog {
	dir := catalog.UserDir()
	if dir == "" {
		return nil
	}
	return catalog.Open(dir, root, namesFile)
}

// keepNames keeps the contexts and topics of an archive for completion.
func keepNames(root string, names []string) {
	_ = namesCatalog(root).SaveText(namesFile, strings.Join(names, "\n")) // it costs a later command nothing
}

// refreshNames keeps the contexts of an archive if what is kept is old.
func refreshNames(root string, all func() *contexts.Contexts) {
	if _, age, ok := namesCatalog(root).LoadText(namesFile); !ok || age > namesAge {
		keepNames(root, all().Names())
	}
}

// root returns the root of the archive that a command line means, or nothing.
func (l *commandLine) root() string {
	root, err := findRoot(cmp.Or(l.archive(), os.Getenv(archiveVar)))
	if err != nil {
		return ""
	}
	return root
}

// contextNames returns the contexts and topics that a word may become.
func (l *commandLine) contextNames() []suggestion {
	root := l.root()
	if root == "" {
		return nil
	}
	text, _, _ := namesCatalog(root).LoadText(namesFile)
	names := append(strings.Split(text, "\n"), newestNames(root)...)
	slices.Sort(names)
	var out []suggestion
	for _, name := range slices.Compact(names) {
		if name != "" {
			out = append(out, suggestion{name, nameKind})
		}
	}
	return out
}

// newestNames returns the contexts and topics of the newest events.
func newestNames(root string) []string {
	config, _, err := readConfig(ownFiles(root))
	if err != nil {
		return nil
	}
	a := archive.New(os.DirFS(root), config)
	var paths []string
	for _, d := range a.LastDays(newestRead) {
		for _, e := range a.Events(d) {
			paths = append(paths, e.Path)
		}
	}
	return contexts.OfAll(a, paths).Names()
}

// days returns the days, months or years that a word which begins one may become,
// and with a slash after a day, the events of the day.
func (l *commandLine) days(word string) []suggestion {
	root := l.root()
	if root == "" || word == "" || word[0] < '0' || word[0] > '9' {
		return nil
	}
	if day, _, ok := strings.Cut(word, "/"); ok {
		return dayPages(root, day)
	}
	parts := strings.Split(word, "-")
	if _, _, err := readConfig(ownFiles(root)); err != nil {
		return nil
	}
	dir := filepath.Join(append([]string{root, layout.Current().Years()}, parts[:len(parts)-1]...)...)
	entries, _ := os.ReadDir(dir)
	var out []suggestion
	for _, entry := range entries {
		if name := entry.Name(); entry.IsDir() && strings.Trim(name, "0123456789") == "" && len(parts) <= 3 {
			out = append(out, suggestion{strings.Join(append(slices.Clone(parts[:len(parts)-1]), name), "-"), [...]string{"year", "month", "day"}[len(parts)-1]})
		}
	}
	return out
}

// dayPages returns the events of a day, as DAY/words.
func dayPages(root, day string) []suggestion {
	d, err := archive.ParseTypedDate(day)
	if err != nil {
		return nil
	}
	var out []suggestion
	dir := filepath.Join(root, filepath.FromSlash(d.Dir()))
	entries, _ := os.ReadDir(dir)
	for _, entry := range entries {
		name, isPage := strings.CutSuffix(entry.Name(), ".md")
		if kind, _ := archive.Classify(path.Join(d.Dir(), entry.Name())); isPage && kind == archive.EventPage {
			out = append(out, suggestion{day + "/" + name, headlineIn(filepath.Join(dir, entry.Name()))})
		}
	}
	return out
}

// withHeadlines adds the headlines of pages to what they are, of the pages that a word
// may become.
func withHeadlines(root string, pages []suggestion, word string) []suggestion {
	read := 0
	for i := range pages {
		p := &pages[i]
		if p.text != file || !strings.HasPrefix(p.word, word) || read >= maxHeadlines {
			continue
		}
		read++
		at := filepath.FromSlash(p.word)
		if _, err := os.Lstat(at); err != nil {
			at = filepath.Join(root, at)
		}
		if headline := headlineIn(at); headline != "" {
			p.text = file + "\t" + headline
		}
	}
	return pages
}

// headlineIn returns the headline of the event in a file, from its first bytes.
func headlineIn(name string) string {
	f, err := openGiven(name, 1<<20)
	if err != nil {
		return ""
	}
	defer f.Close()
	head := make([]byte, headSize)
	n, _ := io.ReadFull(f, head)
	for _, line := range bytes.Split(head[:n], []byte("\n")) {
		if text, ok := bytes.CutPrefix(line, []byte("# ")); ok {
			return strings.TrimSpace(string(text))
		}
	}
	return ""
}

// revisions returns the revisions that a word may become: branches, tags and HEAD,
// after two dots also the second of two.
func (l *commandLine) revisions(word string) []suggestion {
	root := l.root()
	if root == "" {
		return nil
	}
	repo, err := git.Open(root)
	if err != nil {
		return nil
	}
	defer repo.Close()
	refs, _ := repo.Refs()
	before := ""
	if i := strings.LastIndex(word, ".."); i >= 0 {
		before = word[:i+2]
		if strings.HasPrefix(word[i+2:], ".") {
			before += "."
		}
	}
	var out []suggestion
	for _, ref := range append([]string{"HEAD"}, refs...) {
		out = append(out, suggestion{before + ref, "revision"})
	}
	return out
}

// wordsForDays are the words that stand for days.
func wordsForDays() []suggestion {
	now := today()
	return []suggestion{{"today", fmt.Sprint(now)}, {"yesterday", fmt.Sprint(now.AddDays(-1))}}
}
