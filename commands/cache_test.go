package commands

import (
	"bytes"
	"fmt"
	"io/fs"
	"math/rand"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"newsctl/archive"
	"newsctl/archive/archivetest"
)

// cacheTest returns the directory of an own cache, in which facts are kept however few
// pages had to be read.
func cacheTest(t *testing.T) string {
	was := worthSaving
	t.Cleanup(func() { worthSaving = was })
	worthSaving = 1
	cache := t.TempDir()
	t.Setenv("NEWSCTL_CACHE_DIR", cache)
	t.Setenv("XDG_STATE_HOME", t.TempDir())
	return cache
}

// TestFactsAgree changes an archive step by step, and expects of commands that what
// is kept from earlier runs makes no difference to what they print.
func TestFactsAgree(t *testing.T) {
	cache, steps := cacheTest(t), archivetest.Seeds(5, 700)
	for seed, name := range []string{"clean", "broken", "chinese"} {
		w := newCacheWalk(t, name, seed, cache)
		for i := range steps {
			what := w.step()
			for range 3 {
				w.compare(fmt.Sprintf("%s, step %d: %s", name, i, what), pickFrom(w.Rand, w.questions()))
			}
		}
	}
}

// TestVersionsAgree is [TestFactsAgree] for the versions of an archive that git has.
func TestVersionsAgree(t *testing.T) {
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("needs git")
	}
	cache, steps := cacheTest(t), archivetest.Seeds(3, 250)
	for seed, name := range []string{"clean", "broken", "chinese"} {
		w := newCacheWalk(t, name, seed, cache)
		w.git("init", "-q")
		w.git("add", "-A")
		w.git("commit", "-qm", "first")
		w.git("branch", "-q", "topic")
		for i := range steps {
			what := w.step() + ", " + w.stage()
			if w.Intn(2) == 0 {
				what += ", " + w.step() + ", not staged"
			}
			switch w.Intn(4) {
			case 0: // the facts of a version are kept, if those of pages are asked for
				if err := os.RemoveAll(cache); err != nil {
					t.Fatal(err)
				}
			case 1: // what was kept before stays
			default:
				w.run(true, pickFrom(w.Rand, [][]string{{"contexts"}, {"relink", "--dry-run"}, {"list"}})...) // keeps facts
			}
			for range 2 {
				w.compare(fmt.Sprintf("%s, step %d: %s", name, i, what), pickFrom(w.Rand, w.questionsOfVersions()))
			}
		}
	}
}

// stage changes what is staged, and returns what.
func (w *cacheWalk) stage() string {
	p := w.event()
	switch w.Intn(5) {
	case 0:
		w.git("add", "-A")
		w.git("commit", "-q", "--allow-empty", "-m", "more")
		return "commit it"
	case 1:
		w.git("add", "--", p)
		return "stage " + p
	case 2, 3:
		w.git("rm", "-q", "-f", "--cached", "--ignore-unmatch", "--", p)
		return "stage that " + p + " is removed"
	default:
		w.git("add", "-A")
		return "stage it"
	}
}

// questionsOfVersions are commands that read the versions that git has.
func (w *cacheWalk) questionsOfVersions() [][]string {
	return [][]string{
		{"lint", "--staged"}, {"lint", "--staged", "--all"}, {"lint", "--since", "HEAD"}, {"lint", "--since", "topic", "--all"}, {"lint", "--merge", "topic"},
		{"diff"}, {"diff", "--staged"}, {"diff", "topic..HEAD"}, {"relink", "--staged", "--dry-run"}, {"rename", "--from-git", "topic", "--dry-run"},
	}
}

// git runs git in the archive.
func (w *cacheWalk) git(args ...string) {
	w.Helper()
	out, err := exec.Command("git", append([]string{"-C", w.root, "-c", "user.name=Ada", "-c", "user.email=ada@example.org"}, args...)...).CombinedOutput()
	if err != nil {
		w.Fatalf("git %s: %v\n%s", strings.Join(args, " "), err, out)
	}
}

// cacheWalk is an archive on disk that changes.
type cacheWalk struct {
	*testing.T
	*rand.Rand
	root, cache string
	first       map[string]string // the bytes of files by path, as they were
}

// newCacheWalk returns a copy of a bundled archive.
func newCacheWalk(t *testing.T, name string, seed int, cache string) *cacheWalk {
	w := &cacheWalk{T: t, Rand: rand.New(rand.NewSource(int64(seed))), root: t.TempDir(), cache: cache, first: map[string]string{}}
	from := filepath.Join("..", "fixtures", name)
	w.must(fs.WalkDir(os.DirFS(from), ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(filepath.Join(from, p))
		w.first[p] = string(data)
		return err
	}))
	w.restore()
	return w
}

func (w *cacheWalk) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

func (w *cacheWalk) file(p string) string { return filepath.Join(w.root, filepath.FromSlash(p)) }

func (w *cacheWalk) read(p string) string {
	data, err := os.ReadFile(w.file(p))
	w.must(err)
	return string(data)
}

func (w *cacheWalk) write(p, data string) {
	w.must(os.MkdirAll(filepath.Dir(w.file(p)), 0o755))
	w.must(os.WriteFile(w.file(p), []byte(data), 0o644))
}

// restore makes the archive what it was.
func (w *cacheWalk) restore() {
	for _, p := range w.pages() {
		if _, ok := w.first[p]; !ok {
			w.must(os.Remove(w.file(p)))
		}
	}
	for p, data := range w.first {
		w.write(p, data)
	}
}

// pages returns the paths of all pages.
func (w *cacheWalk) pages() []string {
	var out []string
	w.must(fs.WalkDir(os.DirFS(w.root), ".", func(p string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && strings.HasSuffix(p, ".md") {
			out = append(out, p)
		}
		return err
	}))
	return out
}

// one returns one of a list.
func (w *cacheWalk) one(list []string) string { return pickFrom(w.Rand, list) }

func pickFrom[T any](r *rand.Rand, list []T) T { return list[r.Intn(len(list))] }

// event returns the path of an event, or of another page if there is none.
func (w *cacheWalk) event() string {
	all := w.pages()
	events := slices.DeleteFunc(slices.Clone(all), func(p string) bool {
		kind, _ := archive.Classify(p)
		return kind != archive.EventPage
	})
	if len(events) == 0 {
		return w.one(all)
	}
	return w.one(events)
}

// step changes something, and returns what.
func (w *cacheWalk) step() string {
	pages := w.pages()
	p, q := w.one(pages), w.one(pages)
	switch w.Intn(14) {
	case 0:
		w.restore()
		return "restore"
	case 1:
		w.tear()
		return "tear the cache"
	case 2:
		data, other := w.read(p), w.read(q)
		w.write(p, other)
		w.write(q, data)
		return "swap " + p + " and " + q
	case 3:
		if len(pages) > 10 {
			w.must(os.Remove(w.file(p)))
		}
		return "remove " + p
	case 4:
		to := strings.TrimSuffix(w.event(), ".md") + "-2.md"
		w.must(os.Rename(w.file(p), w.file(to)))
		return "rename " + p + " to " + to
	case 5:
		w.sameSize(p)
		return "change " + p + " within its size and times"
	case 6:
		w.write(".newsctl.yaml", w.one([]string{
			"related:\n  limit: 2\n", "labels:\n  context: [About]\n", "links:\n  prefixes: [/en]\n", "links:\n  prefixes: []\n", "",
			"contexts:\n  names: ['Ferry, Sea Fog, Bay']\n", "contexts:\n  names: ['Ferry, Sea', 'Fog, Bay']\n",
		}))
		return "configure"
	case 7:
		w.must(os.MkdirAll(w.file(w.one([]string{"en", "zh", "news/2018/03/14/x.html", strings.TrimSuffix(p, ".md")})), 0o755))
		return "make a directory"
	case 8:
		dir := w.one([]string{"en", "zh", "news/2018/03/14/x.html", strings.TrimSuffix(p, ".md")})
		os.Remove(w.file(dir)) // if it is there and empty
		return "remove a directory"
	case 9:
		w.run(false, "relink")
		return "relink"
	case 10:
		w.run(false, "rename", w.event(), "Ferry sails "+fmt.Sprint(w.Intn(100)))
		return "rename an event"
	default:
		w.write(p, w.edited(w.read(p), w.read(q)))
		return "edit " + p
	}
}

// edited returns a page with a line that goes, is twice, or comes from another.
func (w *cacheWalk) edited(page, other string) string {
	lines := strings.SplitAfter(page, "\n")
	at := w.Intn(len(lines))
	switch w.Intn(5) {
	case 0:
		return strings.Join(slices.Delete(lines, at, at+1), "")
	case 1:
		return strings.Join(slices.Insert(lines, at, lines[at]), "")
	case 2:
		more := []string{"<!-- newsctl-name: Ferry, Sea -->\n", "_Context: Sea, Ferry_\n", "_Context: Ferry, Sea Fog, Bay_\n", "##### Ferry, Sea\n", "<<<<<<< a\n", "```\n", "# Another\n", "[x](../5/)\n"}
		return strings.Join(slices.Insert(lines, at, w.one(more)), "")
	default:
		return strings.Join(slices.Insert(lines, at, w.one(strings.SplitAfter(other, "\n"))), "")
	}
}

// sameSize changes a letter of a page, and gives the page its old times back.
func (w *cacheWalk) sameSize(p string) {
	info, err := os.Stat(w.file(p))
	w.must(err)
	data := []byte(w.read(p))
	for i := range data {
		if at := (i + w.Intn(len(data))) % len(data); 'a' <= data[at] && data[at] < 'z' {
			data[at]++
			break
		}
	}
	w.write(p, string(data))
	w.must(os.Chtimes(w.file(p), time.Time{}, info.ModTime()))
}

// tear makes the files of the cache shorter, or changes a byte.
func (w *cacheWalk) tear() {
	files, err := filepath.Glob(filepath.Join(w.cache, "*", "*"))
	w.must(err)
	for _, name := range files {
		data, err := os.ReadFile(name)
		w.must(err)
		if len(data) == 0 {
			continue // torn before
		}
		at := w.Intn(len(data))
		if w.Intn(2) == 0 {
			data = data[:at]
		} else {
			data[at]++
		}
		w.must(os.WriteFile(name, data, 0o600))
	}
}

// clock matches the time of day, which moves on between two runs.
var clock = regexp.MustCompile(`\d\d:\d\d:\d\d`)

// run runs newsctl and returns all that it says, but for the time.
func (w *cacheWalk) run(cached bool, args ...string) string {
	args = append([]string{"newsctl", "-C", w.root}, args...)
	if !cached {
		args = append(args, "--no-cache")
	}
	var stdout, stderr bytes.Buffer
	status := Main(args, strings.NewReader(""), &stdout, &stderr)
	return clock.ReplaceAllString(fmt.Sprintf("%s%s[%d]", stdout.String(), stderr.String(), status), "TIME")
}

// questions are commands that read the archive on disk.
func (w *cacheWalk) questions() [][]string {
	e := w.event()
	return [][]string{
		{"contexts"}, {"contexts", "--of", e}, {"contexts", "declare", "--dry-run"}, {"contexts", "rename", "Ferry", "Sea", "--dry-run"},
		{"list", "--long"}, {"list", "--links-to", e}, {"list", "--count-by", "context"}, {"show", e, "--format", "json"}, {"show", "the"},
		{"relink", "--dry-run"}, {"relink", "--dry-run", "--format", "json"}, {"relink", e, "--dry-run"}, {"relink", "--explain", e},
		{"rename", e, "Fog delays a ferry", "--dry-run"}, {"rename", e, "--date", "2018-03-20", "--dry-run"}, {"index", "--dry-run"},
		{"new", "Ferry reaches the harbour", "--date", "2018-03-14", "--context", "Ferry", "--context", "Sea", "--dry-run"}, {"lint"},
		{"index", "2018-03-14", "--dry-run"}, {"remove", e, "--dry-run"}, {"merge", e, w.event(), "--dry-run"}, {"merge", "--suggest"},
	}
}

// compare runs a command with the cache and without.
func (w *cacheWalk) compare(when string, args []string) {
	w.Helper()
	if got, want := w.run(true, args...), w.run(false, args...); got != want {
		w.Fatalf("%s: newsctl %s prints\n%s\nand without a cache\n%s", when, strings.Join(args, " "), got, want)
	}
}
