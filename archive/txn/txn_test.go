package txn

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// tree is all that is below a root: files with their mode and bytes, directories
// with their mode, and whatever else may be there.
type tree map[string]string

func readTree(t *testing.T, root string) tree {
	t.Helper()
	found := tree{}
	err := filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := e.Info()
		if err != nil {
			return err
		}
		var data []byte
		if info.Mode().IsRegular() {
			if data, err = os.ReadFile(path); err != nil {
				return err
			}
		}
		rel, err := filepath.Rel(root, path)
		found[filepath.ToSlash(rel)] = fmt.Sprintf("%v %q", info.Mode(), data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// compare fails the test if the tree below root is not the one that is wanted.
func compare(t *testing.T, root string, want tree) {
	t.Helper()
	got := readTree(t, root)
	if maps.Equal(got, want) {
		return
	}
	for path := range got {
		if want[path] == "" {
			t.Errorf("%s: is %q, want nothing", path, got[path])
		}
	}
	for path := range want {
		if got[path] != want[path] {
			t.Errorf("%s: is %q, want %q", path, got[path], want[path])
		}
	}
}

func put(t *testing.T, root, path, data string) {
	t.Helper()
	name := filepath.Join(root, filepath.FromSlash(path))
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(data), 0o666); err != nil {
		t.Fatal(err)
	}
}

func chmod(t *testing.T, root, path string, mode fs.FileMode) {
	t.Helper()
	if err := os.Chmod(filepath.Join(root, filepath.FromSlash(path)), mode); err != nil {
		t.Fatal(err)
	}
}

// longName is a name as long as file systems take.
var longName = strings.Repeat("x", 252) + ".md"

// sample makes a small tree, and ops that change it in every way there is.
func sample(t *testing.T) (root string, ops []Op) {
	t.Helper()
	root = t.TempDir()
	put(t, root, "README.md", "front\n")
	put(t, root, "news/2017/07/9/index.md", "day\n")
	put(t, root, "news/2017/07/9/"+longName, "event\n")
	put(t, root, "news/2017/07/9/moves.md", "moves\n")
	put(t, root, "news/2018/01/1/last.md", "last\n")
	put(t, root, "untouched/file.md", "untouched\n")
	chmod(t, root, "README.md", 0o600)
	chmod(t, root, "news/2017/07/9/index.md", 0o755)
	chmod(t, root, "news/2017/07/9/moves.md", movedMode)
	chmod(t, root, "news/2018/01", 0o750)
	moved := create("news/2017/07/9/moved.md", "moves\n")
	moved.From = "news/2017/07/9/moves.md"
	return root, []Op{
		remove("news/2017/07/9/moves.md", "moves\n"),
		remove("news/2018/01/1/last.md", "last\n"),
		replace("README.md", "front\n", "new front\n"),
		replace("news/2017/07/9/index.md", "day\n", "new day\n"),
		replace("news/2017/07/9/"+longName, "event\n", "new event\n"),
		moved,
		create("news/2019/02/3/first.md", "first\n"),
	}
}

// movedMode is the mode of the file that moves in the sample.
const movedMode = 0o750

func create(path, data string) Op { return Op{Path: path, Data: []byte(data)} }

func replace(path, before, data string) Op {
	return Op{Path: path, Before: HashOf([]byte(before)), Data: []byte(data)}
}

func remove(path, before string) Op {
	return Op{Path: path, Before: HashOf([]byte(before)), Remove: true}
}

// sampleTrees returns the sample's tree before and after its ops, the latter
// made without this package.
func sampleTrees(t *testing.T) (before, after tree) {
	t.Helper()
	root, ops := sample(t)
	before = readTree(t, root)
	for _, op := range ops {
		name := filepath.Join(root, filepath.FromSlash(op.Path))
		if op.Remove {
			if err := os.Remove(name); err != nil {
				t.Fatal(err)
			}
			continue
		}
		put(t, root, op.Path, string(op.Data)) // the mode stays
		if op.From != "" {
			chmod(t, root, op.Path, movedMode)
		}
	}
	if err := os.RemoveAll(filepath.Join(root, "news", "2018")); err != nil {
		t.Fatal(err)
	}
	return before, readTree(t, root)
}

func commit(root string, ops ...Op) error {
	l, err := Acquire(context.Background(), hooked(root), "newsctl test")
	if err != nil {
		return err
	}
	return errors.Join(l.Commit(ops), l.Release())
}

func TestCommit(t *testing.T) {
	_, after := sampleTrees(t)
	root, ops := sample(t)
	given := slices.Clone(ops)
	if err := commit(root, ops...); err != nil {
		t.Fatal(err)
	}
	compare(t, root, after)
	for i, op := range ops {
		if op.Path != given[i].Path {
			t.Errorf("the caller's op %d is now %s, was %s", i, op.Path, given[i].Path)
		}
	}
	if err := commit(root, ops...); err == nil {
		t.Error("the same ops were committed a second time")
	}
	compare(t, root, after)
}

func TestCommitOfNothing(t *testing.T) {
	before, _ := sampleTrees(t)
	root, _ := sample(t)
	if err := commit(root); err != nil {
		t.Fatal(err)
	}
	compare(t, root, before)
}

func TestRefusals(t *testing.T) {
	outside := t.TempDir()
	put(t, outside, "page.md", "outside\n")
	symlink := func(t *testing.T, root, to, path string) {
		t.Helper()
		if err := os.Symlink(to, filepath.Join(root, path)); err != nil {
			t.Skip("no symbolic links here:", err)
		}
	}
	nothing := func(*testing.T, string) {}
	tests := []struct {
		name    string
		prepare func(t *testing.T, root string)
		op      Op
		want    string
	}{
		{"changed", nothing, replace("README.md", "older\n", "x"), "README.md has changed since the change was planned"},
		{"changed, to be removed", nothing, remove("README.md", "older\n"), "README.md has changed since"},
		{"gone", nothing, replace("gone.md", "was\n", "x"), "gone.md is gone since"},
		{"gone, to be removed", nothing, remove("gone.md", "was\n"), "gone.md is gone since"},
		{"gone with its folder", nothing, remove("a/b/gone.md", "was\n"), "a/b/gone.md is gone since"},
		{"exists", nothing, create("README.md", "x"), "README.md exists already"},
		{"twice", nothing, create("first.md", "y"), "first.md is changed twice"},
		{"file and folder", nothing, create("first.md/x.md", "y"), "first.md is changed as a file, and as a directory with first.md/x.md in it"},
		{"removal of nothing", nothing, Op{Path: "x.md", Remove: true}, "x.md is to be removed, but there must be no such file"},
		{"empty path", nothing, create("", "x"), `"" is not a path`},
		{"root", nothing, create(".", "x"), `"." is not a path`},
		{"absolute", nothing, create("/x.md", "x"), `"/x.md" is not a path`},
		{"out of the root", nothing, create("../x.md", "x"), `"../x.md" is not a path`},
		{"out of the root by a detour", nothing, create("news/../../x.md", "x"), "is not a path"},
		{"not clean", nothing, create("news//x.md", "x"), "is not a path"},
		{"git", nothing, create(".git/hooks/pre-commit", "x"), "nothing is written to .git"},
		{"git of a submodule", nothing, create("news/.GIT/config", "x"), "nothing is written to .GIT"},
		{"work folder", nothing, create(".newsctl-work/x", "x"), "nothing is written to .newsctl-work"},
		{"folder", nothing, replace("news", "x", "y"), "news is a directory; only regular files are changed"},
		{"below a file", nothing, create("README.md/x.md", "y"), "README.md is a file, not a directory"},
		{"symbolic link", func(t *testing.T, root string) {
			symlink(t, root, filepath.Join(outside, "page.md"), "link.md")
		}, replace("link.md", "outside\n", "x"), "link.md is a symbolic link"},
		{"dangling symbolic link", func(t *testing.T, root string) {
			symlink(t, root, filepath.Join(outside, "none.md"), "link.md")
		}, create("link.md", "x"), "link.md is a symbolic link"},
		{"below a symbolic link", func(t *testing.T, root string) {
			symlink(t, root, outside, "linked")
		}, replace("linked/page.md", "outside\n", "x"), "linked is a symbolic link, not a directory"},
		{"new folder below a symbolic link", func(t *testing.T, root string) {
			symlink(t, root, outside, "linked")
		}, create("linked/a/b.md", "x"), "linked is a symbolic link, not a directory"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			root, _ := sample(t)
			test.prepare(t, root)
			before, beforeOutside := readTree(t, root), readTree(t, outside)
			err := commit(root, create("first.md", "x"), test.op)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error is %v, want %q", err, test.want)
			}
			compare(t, root, before)
			compare(t, outside, beforeOutside)
		})
	}
}

// A file that changes after the first check is found by the second, and what
// was written by then is undone.
func TestChangedDuringCommit(t *testing.T) {
	root, ops := sample(t)
	before := readTree(t, root)
	setStep(t, root, func(what, path string) error {
		if what == "rename" && path == "README.md" {
			put(t, root, "news/2017/07/9/index.md", "by hand\n")
		}
		return nil
	})
	err := commit(root, ops...)
	if err == nil || !strings.Contains(err.Error(), "nothing was written: news/2017/07/9/index.md has changed") {
		t.Errorf("error is %v", err)
	}
	before["news/2017/07/9/index.md"] = strings.Replace(before["news/2017/07/9/index.md"], "day", "by hand", 1)
	compare(t, root, before)
}

// Where the file system has no hard links, old files are copied.
func TestNoLinks(t *testing.T) {
	before, after := sampleTrees(t)
	noLinks := func(what, path string) error {
		if what == "link" {
			return fs.ErrPermission
		}
		return nil
	}
	t.Run("committed", func(t *testing.T) {
		root, ops := sample(t)
		setStep(t, root, noLinks)
		if err := commit(root, ops...); err != nil {
			t.Fatal(err)
		}
		compare(t, root, after)
	})
	t.Run("undone", func(t *testing.T) {
		root, ops := sample(t)
		setStep(t, root, func(what, path string) error {
			if what == "remove" && path == "news/2018/01/1/last.md" {
				return fs.ErrPermission
			}
			return noLinks(what, path)
		})
		if err := commit(root, ops...); err == nil {
			t.Error("committed, though a file could not be removed")
		}
		compare(t, root, before)
	})
}

func TestReadOnlyDir(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("root may write to every dir")
	}
	for _, dir := range []string{".", "news/2018/01/1", "news/2017/07/9", "news"} {
		t.Run(dir, func(t *testing.T) {
			root, ops := sample(t)
			chmod(t, root, dir, 0o555)
			t.Cleanup(func() { chmod(t, root, dir, 0o755) })
			before := readTree(t, root)
			if err := commit(root, ops...); err == nil {
				t.Error("committed to a read-only dir")
			}
			compare(t, root, before)
		})
	}
}

// Each step is on the disk before the next one needs it. The first steps are
// the lock's and those of every commit, the last ones likewise.
func TestOrderOfSteps(t *testing.T) {
	first := []string{
		"mkdir .newsctl-work",
		"remove .newsctl-work/.git",
		"create .newsctl-work/.git",
		"write .newsctl-work/.git",
		"rename .newsctl-work/.gitignore",
		"open .newsctl-work/lock",
		"remove .newsctl-work/holder",
		"create .newsctl-work/holder",
		"write .newsctl-work/holder",
	}
	journal := []string{
		"create .newsctl-work/journal.new",
		"write .newsctl-work/journal.new",
		"sync .newsctl-work/journal.new",
		"rename .newsctl-work/journal",
		"sync .newsctl-work",
		"sync .",
	}
	staged := []string{
		"create .newsctl-work/0.new",
		"write .newsctl-work/0.new",
		"sync .newsctl-work/0.new",
	}
	done := []string{
		"mkdir .newsctl-generation",
		"rmdir .newsctl-generation",
		"remove .newsctl-work/journal",
		"sync .newsctl-work",
	}
	last := []string{
		"remove .newsctl-work/holder",
		"remove .newsctl-work/lock",
		"remove .newsctl-work/.gitignore",
		"rmdir .newsctl-work",
	}
	link := []string{"link .newsctl-work/0.old", "sync .newsctl-work/0.old"}
	unlink := []string{"remove .newsctl-work/0.old"}
	tests := []struct {
		name string
		op   Op
		want [][]string
	}{
		{"create", create("b/new.md", "new\n"), [][]string{
			first, staged, journal,
			{"mkdir b", "rename b/new.md", "sync .", "sync b"},
			done, last,
		}},
		{"replace", replace("a/old.md", "old\n", "new\n"), [][]string{
			first, link, staged, journal,
			{"rename a/old.md", "sync .", "sync a"},
			done, unlink, last,
		}},
		{"remove", remove("a/old.md", "old\n"), [][]string{
			first, link, journal,
			{"remove a/old.md", "rmdir a", "sync .", "sync a"},
			done, unlink, last,
		}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			root := t.TempDir()
			put(t, root, "a/old.md", "old\n")
			var steps []string
			setStep(t, root, func(what, path string) error {
				steps = append(steps, what+" "+path)
				return nil
			})
			if err := commit(root, test.op); err != nil {
				t.Fatal(err)
			}
			got, want := strings.Join(steps, "\n"), strings.Join(slices.Concat(test.want...), "\n")
			if got != want {
				t.Errorf("the steps are\n%s\nwant\n%s", got, want)
			}
		})
	}
}

// Readers take no lock: whenever they look, each page is there, old or new.
func TestReadersMissNothing(t *testing.T) {
	root, ops := sample(t)
	looked := 0
	setStep(t, root, func(what, path string) error {
		looked++
		found := readTree(t, root)
		for _, page := range []struct{ path, before, after string }{
			{"README.md", `"front\n"`, `"new front\n"`},
			{"news/2017/07/9/index.md", `"day\n"`, `"new day\n"`},
			{"news/2017/07/9/" + longName, `"event\n"`, `"new event\n"`},
		} {
			if text := found[page.path]; !strings.HasSuffix(text, page.before) && !strings.HasSuffix(text, page.after) {
				t.Errorf("before %s of %s, %s is %q", what, path, page.path, text)
			}
		}
		if found["news/2017/07/9/moves.md"] == "" && found["news/2017/07/9/moved.md"] == "" {
			t.Errorf("before %s of %s, the page that moves is nowhere", what, path)
		}
		return nil
	})
	if err := commit(root, ops...); err != nil {
		t.Fatal(err)
	}
	if looked == 0 {
		t.Error("nobody looked")
	}
}

// A directory that somebody else makes at the same time is used, and is left when
// the change is undone.
func TestDirMadeMeanwhile(t *testing.T) {
	for _, fails := range []bool{false, true} {
		root, ops := sample(t)
		setStep(t, root, func(what, path string) error {
			if what == "mkdir" && path == "news/2019" {
				put(t, root, "news/2019/notes.txt", "notes\n")
			}
			if fails && what == "rename" && path == "news/2019/02/3/first.md" {
				return fs.ErrPermission
			}
			return nil
		})
		if err := commit(root, ops...); (err != nil) != fails {
			t.Errorf("fails %v: error is %v", fails, err)
		}
		got := readTree(t, root)
		if got["news/2019/notes.txt"] == "" || (got["news/2019/02"] == "") != fails {
			t.Errorf("fails %v: the tree is %v", fails, got)
		}
	}
}
