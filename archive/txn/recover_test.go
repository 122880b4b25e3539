package txn

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// smallSample makes a tree and ops that change it in every way, as few as possible.
func smallSample(t *testing.T) (root string, ops []Op) {
	t.Helper()
	root = t.TempDir()
	put(t, root, "a/old.md", "old\n")
	put(t, root, "a/other.md", "other\n")
	put(t, root, "b/last.md", "last\n")
	chmod(t, root, "b", 0o750)
	return root, []Op{
		replace("a/old.md", "old\n", "new\n"),
		replace("a/other.md", "other\n", "another\n"),
		remove("b/last.md", "last\n"),
		create("c/first.md", "first\n"),
	}
}

func smallTrees(t *testing.T) (before, after tree) {
	t.Helper()
	root, ops := smallSample(t)
	before = readTree(t, root)
	if err := commit(root, ops...); err != nil {
		t.Fatal(err)
	}
	return before, readTree(t, root)
}

// damages are what may happen to a saved copy.
var damages = map[string]func(name string) error{
	"lost":    os.Remove,
	"empty":   func(name string) error { return replaceFile(name, "") },
	"wrong":   func(name string) error { return replaceFile(name, "wrong\n") },
	"a hole":  func(name string) error { return replaceFile(name, "\x00\x00\x00\x00") },
	"long":    func(name string) error { return replaceFile(name, strings.Repeat("old\n", 1000)) },
	"the new": func(name string) error { return replaceFile(name, "new\n") },
}

// replaceFile gives a name to a new file, so that others of the old one stay.
func replaceFile(name, data string) error {
	return errors.Join(os.Remove(name), os.WriteFile(name, []byte(data), 0o666))
}

// TestDamagedCopies kills a commit at every step and then damages what it had
// saved: each file alone, or all together in every way. The tree is the old one or the new
// one afterwards, or an error names the pages that are neither; in every case the
// next command works.
func TestDamagedCopies(t *testing.T) {
	before, after := smallTrees(t)
	results := map[string]int{}
	for n, died := 0, true; died; n++ {
		saved := []string{""}
		for at := 0; at < len(saved); at++ {
			for name, damage := range damages {
				if at > 0 && name != "wrong" {
					continue
				}
				root, ops := smallSample(t)
				dead := dieAt(t, root, n)
				_ = commit(root, ops...)
				died = dead()
				live(root)
				if !Pending(root) {
					continue // nothing is to be undone: TestKilledAtEveryStep
				}
				if at == 0 {
					saved = append([]string{""}, savedFiles(t, root)...)
				}
				for _, file := range savedFiles(t, root) {
					if at > 0 && file != saved[at] {
						continue
					}
					if err := damage(onDisk(root, file)); err != nil {
						t.Fatal(err)
					}
				}
				_, err := Recover(hooked(root))
				result := checkRecovered(t, root, before, after, err)
				results[result]++
				if again, err := Recover(hooked(root)); again != "" || err != nil {
					t.Errorf("a second recovery says %q, %v", again, err)
				}
				if err := commit(root, create("next.md", "next\n")); err != nil {
					t.Errorf("the next command fails: %v", err)
				}
				if t.Failed() {
					t.Fatalf("killed at step %d, %q %s: %s", n, saved[at], name, result)
				}
			}
		}
	}
	for _, result := range []string{"old", "new", "named"} {
		if results[result] == 0 {
			t.Errorf("no recovery ended as %s: the test does not test", result)
		}
	}
	t.Logf("%v", results)
}

func onDisk(root, path string) string { return filepath.Join(root, filepath.FromSlash(path)) }

// savedFiles returns the staged files of a killed commit.
func savedFiles(t *testing.T, root string) []string {
	t.Helper()
	var out []string
	for path := range readTree(t, root) {
		if strings.HasPrefix(path, workDir+"/") && (strings.HasSuffix(path, ".old") || strings.HasSuffix(path, ".new")) && path != journalNew {
			out = append(out, path)
		}
	}
	slices.Sort(out)
	return out
}

// checkRecovered returns which tree a recovery left, and fails the test if it is
// a third one that its error does not name.
func checkRecovered(t *testing.T, root string, before, after tree, err error) string {
	t.Helper()
	got := readTree(t, root)
	switch {
	case err == nil && maps.Equal(got, before):
		return "old"
	case err == nil && maps.Equal(got, after):
		return "new"
	case err == nil:
		t.Errorf("a third tree, and no error: %v", got)
		return "third"
	}
	if !errors.Is(err, errLost) || !strings.Contains(err.Error(), "restore them with git checkout") {
		t.Errorf("the error is %v", err)
	}
	for path := range before {
		if got[path] != before[path] && !strings.Contains(err.Error(), path) {
			t.Errorf("%s is not what it was, and is not named: %v", path, err)
		}
	}
	return "named"
}

// TestLinksInWorkDirectory checks that no saved copy, and no directory that is
// made again, is taken through a link.
func TestLinksInWorkDirectory(t *testing.T) {
	for _, name := range []string{spareDir, oldFile(0), newFile(0), journalNew, workDir + "/x"} {
		t.Run(name, func(t *testing.T) {
			root, victim := t.TempDir(), t.TempDir()
			chmod(t, victim, ".", 0o700)
			put(t, victim, "page.md", "victim\n")
			put(t, root, "page.md", "new\n")
			put(t, root, JournalFile, fmt.Sprintf(`{"Changes":[{"Path":"page.md","Before":%q,"After":%q}],"Directories":[{"Path":"news","Mode":511}]}`,
				HashOf([]byte("victim\n")), HashOf([]byte("new\n"))))
			to := victim
			if strings.HasSuffix(name, ".old") {
				to = filepath.Join(victim, "page.md")
			}
			if err := os.Symlink(to, onDisk(root, name)); err != nil {
				t.Skip("no symbolic links here:", err)
			}
			before := readTree(t, victim)
			if _, err := Recover(hooked(root)); !errors.Is(err, errForeign) {
				t.Errorf("error is %v", err)
			}
			compare(t, victim, before)
			if got := readTree(t, root); got["news"] != "" || !strings.Contains(got["page.md"], `"new\n"`) {
				t.Errorf("the tree is %v", got)
			}
		})
	}
}

// TestSpareDirectoryIsLeft checks that a recovery which was killed with the spare
// directory in place is begun again.
func TestSpareDirectoryIsLeft(t *testing.T) {
	before, _ := smallTrees(t)
	root, ops := smallSample(t)
	setStep(t, root, func(what, path string) error {
		if what == "remove" && path == JournalFile || what == "chmod" {
			return errDead
		}
		return nil
	})
	if err := commit(root, ops...); err == nil {
		t.Fatal("committed")
	}
	if readTree(t, root)[spareDir] == "" {
		t.Fatal("no spare directory: the test does not test")
	}
	live(root)
	_ = recoverTree(t, root)
	compare(t, root, before)
}

// TestLongNames checks that a name which no file system takes is refused before
// anything is made, and that a journal of an earlier version that names one
// locks nobody out.
func TestLongNames(t *testing.T) {
	root, long := t.TempDir(), strings.Repeat("x", MaxName-2)+".md"
	put(t, root, "page.md", "page\n")
	before := readTree(t, root)
	err := commit(root, create("news/2023/08/20/"+long, "x"), replace("page.md", "page\n", "new\n"))
	if err == nil || !strings.Contains(err.Error(), "its name has 256 bytes") {
		t.Errorf("error is %v", err)
	}
	compare(t, root, before)

	if err := os.MkdirAll(onDisk(root, "news/2023"), 0o777); err != nil {
		t.Fatal(err)
	}
	put(t, root, JournalFile, fmt.Sprintf(`{"Holder":"newsctl new","Changes":[{"Path":"news/2023/%s","After":%q}],"Directories":[{"Path":"news","Absent":true},{"Path":"news/2023","Absent":true}]}`,
		long, HashOf([]byte("x"))))
	if said := recoverTree(t, root); !strings.HasSuffix(said, "was undone") {
		t.Errorf("recovered %q", said)
	}
	compare(t, root, before)
}

// TestHiddenFromGit checks that at every step of a commit and of its recovery the
// work directory is hidden from git, once there is a file in it that git reads.
func TestHiddenFromGit(t *testing.T) {
	root, ops := smallSample(t)
	looked := 0
	look := func(what, path string) error {
		entries, _ := os.ReadDir(onDisk(root, workDir))
		others := slices.DeleteFunc(entries, func(e os.DirEntry) bool { return e.Name() == ".gitignore" || e.Name() == ".git" })
		data, _ := os.ReadFile(onDisk(root, ignoreFile))
		if _, err := os.Lstat(onDisk(root, ignoreFile)); (err == nil || len(others) > 0) && string(data) != "*\n" {
			t.Errorf("before %s of %s there is %v, and %s is %q", what, path, others, ignoreFile, data)
		}
		looked++
		if what == "remove" && path == "b/last.md" {
			return errDead
		}
		return nil
	}
	setStep(t, root, look)
	if err := commit(root, ops...); err == nil {
		t.Error("committed")
	}
	setStep(t, root, func(what, path string) error { _ = look(what, path); return nil })
	if err := commit(root, ops...); err != nil || looked == 0 {
		t.Errorf("error is %v, looked %d times", err, looked)
	}
}

// TestStrangersLeftAsTheyAre checks that a refused journal and what is beside it
// are not touched, whoever reads or writes.
func TestStrangersLeftAsTheyAre(t *testing.T) {
	root := t.TempDir()
	put(t, root, "page.md", "new\n")
	put(t, root, JournalFile, fmt.Sprintf(`{"Changes":[{"Path":"page.md","After":%q}]}`, HashOf([]byte("new\n"))))
	put(t, root, ignoreFile, "theirs\n")
	before := readTree(t, root)
	tree := Tree{Root: root, Distrust: func() string { return "git tracks it" }}
	if _, err := Recover(tree); !errors.Is(err, errForeign) || !strings.Contains(err.Error(), "git tracks it") {
		t.Errorf("error is %v", err)
	}
	if _, err := Acquire(context.Background(), tree, "newsctl test"); !errors.Is(err, errForeign) {
		t.Errorf("a writer's error is %v", err)
	}
	compare(t, root, before)
}
