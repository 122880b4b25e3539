package git

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

// work is a repository to play with.
type work struct {
	*testing.T
	dir string
}

// newWork returns an empty repository. Git sees no configuration but its own.
func newWork(t *testing.T, flags ...string) *work {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("needs git")
	}
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for name, value := range map[string]string{
		"GIT_CONFIG_GLOBAL": filepath.Join(t.TempDir(), "gitconfig"), "GIT_CONFIG_NOSYSTEM": "1",
		"GIT_AUTHOR_NAME": "Ada", "GIT_AUTHOR_EMAIL": "ada@example.org",
		"GIT_COMMITTER_NAME": "Ada", "GIT_COMMITTER_EMAIL": "ada@example.org",
	} {
		t.Setenv(name, value)
	}
	w := &work{t, dir}
	w.git(append([]string{"init", "-q", "-b", "main"}, flags...)...)
	return w
}

func (w *work) git(args ...string) string {
	w.Helper()
	cmd := exec.Command("git", args...)
	cmd.Dir = w.dir
	out, err := cmd.CombinedOutput()
	if err != nil {
		w.Fatalf("git %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return string(out)
}

// write writes files; one without text is removed.
func (w *work) write(files map[string]string) {
	w.Helper()
	for name, text := range files {
		file := filepath.Join(w.dir, filepath.FromSlash(name))
		if text == "" {
			if err := os.Remove(file); err != nil {
				w.Fatal(err)
			}
			continue
		}
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			w.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
			w.Fatal(err)
		}
	}
}

// commit writes files and commits everything.
func (w *work) commit(files map[string]string) {
	w.Helper()
	w.write(files)
	w.git("add", "-A")
	w.git("commit", "-q", "--allow-empty", "-m", "x")
}

func (w *work) open(below string) *Repo {
	w.Helper()
	r, err := Open(filepath.Join(w.dir, below))
	if err != nil {
		w.Fatal(err)
	}
	w.Cleanup(func() { r.Close() })
	return r
}

// files returns the files of a version with their contents, directories omitted.
func (w *work) files(r *Repo, version string) map[string]string {
	w.Helper()
	fsys, err := r.Files(version)
	if err != nil {
		w.Fatal(err)
	}
	out := map[string]string{}
	err = fs.WalkDir(fsys, ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		if !d.Type().IsRegular() {
			out[p] = d.Type().String()
			return nil
		}
		data, err := fs.ReadFile(fsys, p)
		out[p] = string(data)
		return err
	})
	if err != nil {
		w.Fatal(err)
	}
	return out
}

func (w *work) changes(r *Repo, from, to string) []Change {
	w.Helper()
	got, err := r.Changes(from, to)
	if err != nil {
		w.Fatal(err)
	}
	return got
}

func (w *work) want(what string, got, want any) {
	w.Helper()
	if !reflect.DeepEqual(got, want) {
		w.Errorf("%s:\n got %q\nwant %q", what, got, want)
	}
}

func TestFiles(t *testing.T) {
	for _, format := range []string{"sha1", "sha256"} {
		t.Run(format, func(t *testing.T) {
			w := newWork(t, "--object-format="+format)
			first := map[string]string{
				"news/2024/03/5/a.md":      "A\n",
				"news/2024/03/5/\n日 \".md": "odd\x00\n",
				"news/2024/03/5.txt":       "sorts among the folder's names\n",
				"news/2024/03/5-x":         "likewise\n",
				"index.md":                 "front\n",
			}
			w.commit(first)
			w.write(map[string]string{"index.md": "staged\n", "faq/a.md": "new\n"})
			w.git("add", ".")
			w.write(map[string]string{"index.md": "on disk\n"})
			staged := map[string]string{}
			for p, text := range first {
				staged[p] = text
			}
			staged["index.md"], staged["faq/a.md"] = "staged\n", "new\n"

			r := w.open(".")
			w.want("HEAD", w.files(r, "HEAD"), first)
			w.want("index", w.files(r, Index), staged)
			w.want("work tree", w.files(r, WorkTree)["index.md"], "on disk\n")

			below := w.open("news/2024")
			w.want("HEAD below", w.files(below, "HEAD")["03/5/a.md"], "A\n")
			w.want("index below", len(w.files(below, Index)), 4)

			for _, version := range []string{"HEAD", Index} {
				fsys, err := r.Files(version)
				if err != nil {
					t.Fatal(err)
				}
				if err := fstest.TestFS(fsys, "index.md", "news/2024/03/5/a.md"); err != nil {
					t.Error(err)
				}
			}
		})
	}
}

func TestFilesOfOddKinds(t *testing.T) {
	w := newWork(t)
	w.commit(map[string]string{"a.md": "A\n", "sub/x.md": "X\n"})
	id := strings.TrimSpace(w.git("rev-parse", "HEAD"))
	blob := strings.TrimSpace(w.git("rev-parse", "HEAD:a.md"))
	w.git("update-index", "--add", "--cacheinfo", "120000,"+blob+",link.md")
	w.git("update-index", "--add", "--cacheinfo", "160000,"+id+",module")
	w.git("update-index", "--chmod=+x", "a.md")
	w.git("commit", "-q", "-m", "odd")
	w.write(map[string]string{"intended.md": "not yet\n", "empty.md": "\n"})
	w.git("add", "-N", "intended.md")
	w.git("update-index", "--add", "--cacheinfo", "100644,"+strings.TrimSpace(w.git("hash-object", "-w", "--stdin"))+",empty.md")
	w.git("update-index", "--add", "--cacheinfo", "160000,"+id+",module2")
	r := w.open(".")
	want := map[string]string{"a.md": "A\n", "sub/x.md": "X\n", "link.md": fs.ModeSymlink.String()}
	w.want("HEAD", w.files(r, "HEAD"), want)
	want["empty.md"] = ""
	w.want("index", w.files(r, Index), want)
	w.want("changes", w.changes(r, "HEAD", Index), []Change{{To: "empty.md"}, {To: "module2"}})
	if fsys, _ := r.Files(Index); fsys != nil {
		if entries, err := fs.ReadDir(fsys, "module2"); err != nil || len(entries) > 0 {
			t.Errorf("module2, which is staged: %v, %v", entries, err)
		}
	}
	for _, version := range []string{"HEAD", Index} {
		fsys, _ := r.Files(version)
		if entries, err := fs.ReadDir(fsys, "module"); err != nil || len(entries) > 0 {
			t.Errorf("module in %s: %v, %v", version, entries, err)
		}
		if _, err := fs.ReadFile(fsys, "link.md"); err == nil {
			t.Errorf("the link in %s was followed", version)
		}
	}
}

func TestChanges(t *testing.T) {
	w := newWork(t)
	long := strings.Repeat("a line that stays\n", 20)
	w.commit(map[string]string{
		"in/old.md": long, "in/moved out.md": strings.Repeat("other\n", 30), "in/gone.md": "gone\n", "in/same.md": "same\n", "in/edited.md": "1\n", "out.md": "1\n",
	})
	w.write(map[string]string{"in/old.md": "", "in/neu 日.md": long + "and one more\n", "in/edited.md": "2\n", "in/gone.md": "", "out.md": "2\n", "in/moved out.md": "", "moved.md": strings.Repeat("other\n", 30)})
	w.git("add", "-A")
	w.write(map[string]string{"in/edited.md": "3\n", "in/same.md": "4\n", "in/untracked.md": "5\n", "in/ignored.md": "6\n", ".gitignore": "ignored.md\n"})
	r := w.open("in")
	staged := []Change{{"edited.md", "edited.md"}, {From: "gone.md"}, {From: "moved out.md"}, {"old.md", "neu 日.md"}}
	w.want("staged", w.changes(r, "HEAD", Index), staged)
	w.want("staged, by name", w.changes(r, "main", Index), staged)
	w.want("on disk", w.changes(r, "HEAD", WorkTree), append(slices.Clone(staged), Change{"same.md", "same.md"}, Change{To: "untracked.md"}))
	w.git("commit", "-q", "-m", "second")
	w.want("committed", w.changes(r, "HEAD~1", "HEAD"), staged)
	w.want("nothing", w.changes(r, "HEAD", "HEAD"), []Change(nil))
}

func TestUnborn(t *testing.T) {
	w := newWork(t)
	w.write(map[string]string{"a.md": "A\n"})
	w.git("add", ".")
	r := w.open(".")
	w.want("changes", w.changes(r, "HEAD", Index), []Change{{To: "a.md"}})
	w.want("changes on disk", w.changes(r, "HEAD", WorkTree), []Change{{To: "a.md"}})
	w.want("files", w.files(r, "HEAD"), map[string]string{})
	w.want("index", w.files(r, Index), map[string]string{"a.md": "A\n"})
	if _, _, err := r.Merge("main"); err == nil {
		t.Error("merged without a commit")
	}
}

func TestConflicts(t *testing.T) {
	w := branches(t)
	cmd := exec.Command("git", "merge", "-q", "topic")
	cmd.Dir = w.dir
	if cmd.Run() == nil {
		t.Fatal("no conflict")
	}
	r := w.open(".")
	for _, ask := range []func() error{
		func() error { _, err := r.Files(Index); return err },
		func() error { _, err := r.Changes("HEAD", Index); return err },
	} {
		if err := ask(); err == nil || !strings.Contains(err.Error(), "conflicts are not resolved yet, in\n   b.md\n") {
			t.Errorf("error %v", err)
		}
	}
}

// branches returns a repository with branches main and topic, which conflict in
// b.md.
func branches(t *testing.T) *work {
	w := newWork(t)
	w.commit(map[string]string{"a.md": "A\n", "b.md": "B\n"})
	w.git("checkout", "-q", "-b", "topic")
	w.commit(map[string]string{"topic.md": "T\n", "b.md": "theirs\n"})
	w.git("checkout", "-q", "main")
	w.commit(map[string]string{"a.md": "main\n", "b.md": "ours\n"})
	return w
}

func TestMerge(t *testing.T) {
	w := branches(t)
	r := w.open(".")
	w.files(r, "HEAD") // a process reads already
	if _, conflicts, err := r.Merge("topic"); err != nil || !slices.Equal(conflicts, []string{"b.md"}) {
		t.Errorf("conflicts %q, %v", conflicts, err)
	}
	w.git("checkout", "-q", "topic")
	w.commit(map[string]string{"b.md": "ours\n"})
	w.git("checkout", "-q", "main")
	before := w.git("count-objects") + w.git("status", "--porcelain")
	tree, conflicts, err := r.Merge("topic")
	if err != nil || len(conflicts) > 0 {
		t.Fatalf("conflicts %q, %v", conflicts, err)
	}
	w.want("merged", w.files(r, tree), map[string]string{"a.md": "main\n", "b.md": "ours\n", "topic.md": "T\n"})
	w.want("changes", w.changes(r, "HEAD", tree), []Change{{To: "topic.md"}})
	if err := r.Close(); err != nil {
		t.Error(err)
	}
	w.want("what is there", w.git("count-objects")+w.git("status", "--porcelain"), before)
	if _, err := os.Stat(r.tmpObjects); !os.IsNotExist(err) {
		t.Errorf("%s is left behind", r.tmpObjects)
	}
}

func TestUnknownRevision(t *testing.T) {
	w := newWork(t)
	w.commit(map[string]string{"a.md": "A\n"})
	r := w.open(".")
	for _, revision := range []string{"nonesuch", "--output=x", "", "HEAD~1", "HEAD:a.md"} {
		if _, err := r.Changes(revision, Index); err == nil || !strings.Contains(err.Error(), "unknown revision") {
			t.Errorf("changes since %q: %v", revision, err)
		}
		if _, err := r.Files(revision); err == nil {
			t.Errorf("files of %q", revision)
		}
		if _, _, err := r.Merge(revision); err == nil || !strings.Contains(err.Error(), "unknown revision") {
			t.Errorf("merge of %q: %v", revision, err)
		}
	}
}

// What is read in one go is what is read one by one, whatever is on disk.
func TestReadEach(t *testing.T) {
	w := newWork(t)
	w.commit(map[string]string{"in/a.md": "A\n", "in/sub/b.md": "B\n", "in/c.txt": "C\n", "in2/d.md": "D\n", "in/empty.md": "\n"})
	w.write(map[string]string{"in/a.md": "staged\n", "in/new \"日\n.md": "new\n"})
	w.git("add", ".")
	w.write(map[string]string{"in/a.md": "on disk\n", "in/intended.md": "intended\n"})
	w.git("update-index", "--skip-worktree", "in/sub/b.md")
	for _, below := range []string{".", "in"} {
		r := w.open(below)
		for _, version := range []string{"HEAD", Index, "main^{tree}"} {
			fsys, err := r.Files(version)
			if err != nil {
				t.Fatal(err)
			}
			want, got := w.files(r, version), map[string]string{}
			paths := []string{"none.md", "sub"} // of which nothing is read
			for p := range want {
				paths = append(paths, p)
			}
			err = fsys.(*files).ReadEach(paths, func(i int, data []byte) { got[paths[i]] = string(data) })
			if err != nil {
				t.Fatal(err)
			}
			w.want(version+" in "+below, got, want)
		}
	}
}

// A work tree of which not all is checked out has the rest from the index.
func TestSparse(t *testing.T) {
	w := newWork(t)
	first := map[string]string{"in/a.md": "A\n", "in/b/b.md": "B\n", "in/b/c.md": "C\n", "out/d.md": "D\n"}
	w.commit(first)
	w.git("update-index", "--skip-worktree", "in/a.md", "in/b/b.md", "in/b/c.md")
	w.write(map[string]string{"in/a.md": "", "in/b/b.md": "", "in/b/c.md": "on disk\n"})
	r := w.open("in")
	w.want("work tree", w.files(r, WorkTree), map[string]string{"a.md": "A\n", "b/b.md": "B\n", "b/c.md": "on disk\n"})
	w.want("index", w.files(r, Index), map[string]string{"a.md": "A\n", "b/b.md": "B\n", "b/c.md": "C\n"})
	fsys, err := r.Files(WorkTree)
	if err != nil {
		t.Fatal(err)
	}
	if err := fstest.TestFS(fsys, "a.md", "b/b.md", "b/c.md"); err != nil {
		t.Error(err)
	}
}

// Nothing that a configuration names is run, and no index is written.
func TestNothingRuns(t *testing.T) {
	w := newWork(t)
	w.commit(map[string]string{"a.md": "A\n", "b.md": "B\n", "c.md": "C\n", "e.md": "1\n2\n3\n4\n5\n"})
	w.git("checkout", "-q", "-b", "topic")
	w.commit(map[string]string{"e.md": "one\n2\n3\n4\n5\n"})
	w.git("checkout", "-q", "main")
	w.commit(map[string]string{"e.md": "1\n2\n3\n4\nfive\n"})
	w.git("mv", "c.md", "d.md")
	w.write(map[string]string{".gitattributes": "*.md filter=f diff=d merge=m\n"})
	w.git("add", "-A")
	ran := filepath.Join(t.TempDir(), "ran")
	programs := t.TempDir()
	sign, run := filepath.Join(programs, "sign"), filepath.Join(programs, "run")
	script := "#!/bin/sh\ncat >/dev/null\necho '[GNUPG:] SIG_CREATED ' >&2\nprintf -- '-----BEGIN PGP SIGNATURE-----\\n\\nx\\n-----END PGP SIGNATURE-----\\n'\n"
	for name, text := range map[string]string{
		sign: script,
		run:  "#!/bin/sh\necho >>" + ran + "\ncat\n",
		filepath.Join(programs, "post-index-change"): "#!/bin/sh\necho >>" + ran + "\n",
	} {
		if err := os.WriteFile(name, []byte(text), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	w.git("-c", "gpg.program="+sign, "commit", "-q", "-S", "-m", "x")
	for _, key := range []string{"core.fsmonitor", "filter.f.clean", "filter.f.smudge", "filter.f.process", "diff.d.command", "diff.d.textconv", "diff.external", "core.pager", "gpg.program", "merge.m.driver"} {
		w.git("config", key, run)
	}
	w.git("config", "filter.f.required", "true")
	w.git("config", "log.showSignature", "true")
	w.git("config", "core.hooksPath", programs)
	past := time.Now().Add(-time.Hour)
	for _, name := range []string{"a.md", "b.md"} {
		if err := os.Chtimes(filepath.Join(w.dir, name), past, past); err != nil {
			t.Fatal(err)
		}
	}
	w.write(map[string]string{"b.md": "changed\n"})
	index, err := os.ReadFile(filepath.Join(w.dir, ".git/index"))
	if err != nil {
		t.Fatal(err)
	}

	r := w.open(".")
	w.want("on disk", w.changes(r, "HEAD", WorkTree), []Change{{"b.md", "b.md"}})
	w.want("staged", w.changes(r, "HEAD", Index), []Change(nil))
	w.want("commits", w.changes(r, "HEAD~1", "HEAD"), []Change{{To: ".gitattributes"}, {"c.md", "d.md"}})
	if _, conflicts, err := r.Merge("topic"); err != nil || len(conflicts) > 0 {
		t.Errorf("conflicts %q, %v", conflicts, err)
	}
	if commit := r.Removals().Commit("c.md"); commit == "" {
		t.Error("no commit removed c.md")
	}
	if data, err := os.ReadFile(ran); err == nil {
		t.Errorf("%d programs ran", len(data))
	}
	after, err := os.ReadFile(filepath.Join(w.dir, ".git/index"))
	if err != nil || !bytes.Equal(index, after) {
		t.Errorf("the index was written (%v)", err)
	}
}

// Git's own reason is reported where it refuses to read a repository.
func TestUnreadable(t *testing.T) {
	w := newWork(t)
	w.commit(map[string]string{"a.md": "A\n"})
	if err := os.WriteFile(filepath.Join(w.dir, ".git/config"), []byte("[core"), 0o666); err != nil {
		t.Fatal(err)
	}
	r := w.open(".")
	for name, ask := range map[string]func() error{
		"staged": func() error { _, err := r.Changes("HEAD", Index); return err },
		"since":  func() error { _, err := r.Changes("main", WorkTree); return err },
		"merge":  func() error { _, _, err := r.Merge("main"); return err },
	} {
		if err := ask(); err == nil || !strings.Contains(err.Error(), "bad config line") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestOlder(t *testing.T) {
	for _, tt := range []struct {
		version string
		want    bool
	}{{"2.24.9", true}, {"1.99.1", true}, {"2.25.0", false}, {"2.39.5", false}, {"3.0", false}, {"2.54.0.windows.1", false}, {"x", false}} {
		if got := older(tt.version, minVersion); got != tt.want {
			t.Errorf("%s: %v", tt.version, got)
		}
	}
}

func TestOpenRefuses(t *testing.T) {
	w := newWork(t)
	for dir, want := range map[string]string{
		t.TempDir():                  "is not in a git repository",
		filepath.Join(w.dir, ".git"): "is not in the work tree",
	} {
		if _, err := Open(dir); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", dir, err, want)
		}
	}
	t.Setenv("PATH", t.TempDir())
	if _, err := Open(w.dir); err == nil || !strings.Contains(err.Error(), "no program git") {
		t.Errorf("without git: %v", err)
	}
}

// In a hook git names the repository and the index by its environment, often
// relative to the top of the work tree.
func TestHook(t *testing.T) {
	other := newWork(t)
	other.commit(map[string]string{"other.md": "O\n"})
	w := newWork(t)
	w.commit(map[string]string{"in/a.md": "1\n"})
	w.write(map[string]string{"in/a.md": "2\n"})
	data, err := os.ReadFile(filepath.Join(w.dir, ".git/index"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(w.dir, ".git/next"), data, 0o666); err != nil {
		t.Fatal(err)
	}
	t.Setenv("GIT_INDEX_FILE", filepath.Join(w.dir, ".git/next"))
	w.git("add", "-A")

	back, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.Chdir(back) })
	if err := os.Chdir(w.dir); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir("deep", 0o777); err != nil {
		t.Fatal(err)
	}
	for i, dir := range []string{"", ".git", filepath.Join(w.dir, ".git"), ".git"} {
		if i == 3 { // a hook may go to a directory below
			if err := os.Chdir("deep"); err != nil {
				t.Fatal(err)
			}
		}
		for _, index := range []string{".git/next", filepath.Join(w.dir, ".git/next")} {
			os.Unsetenv("GIT_DIR")
			if dir != "" {
				t.Setenv("GIT_DIR", dir)
			}
			t.Setenv("GIT_INDEX_FILE", index)
			t.Setenv("GIT_PREFIX", "")
			w.want("index", w.files(w.open("in"), Index), map[string]string{"a.md": "2\n"})
			w.want("HEAD", w.files(w.open("."), "HEAD"), map[string]string{"in/a.md": "1\n"})
			w.want("changes", w.changes(w.open("in"), "HEAD", Index), []Change{{"a.md", "a.md"}})
			w.want("another repository", w.files(other.open("."), Index), map[string]string{"other.md": "O\n"})
		}
	}
}

// A repository that only the environment names is used.
func TestEnvironment(t *testing.T) {
	w := newWork(t)
	w.commit(map[string]string{"a.md": "1\n"})
	apart := filepath.Join(t.TempDir(), "apart")
	if err := os.Rename(filepath.Join(w.dir, ".git"), apart); err != nil {
		t.Fatal(err)
	}
	t.Setenv("GIT_DIR", apart)
	t.Setenv("GIT_WORK_TREE", w.dir)
	w.want("index", w.files(w.open("."), Index), map[string]string{"a.md": "1\n"})
}

func TestLinkedWorkTree(t *testing.T) {
	w := newWork(t)
	w.commit(map[string]string{"a.md": "1\n"})
	linked := &work{t, filepath.Join(t.TempDir(), "linked")}
	w.git("worktree", "add", "-q", "--detach", linked.dir)
	linked.write(map[string]string{"a.md": "2\n"})
	linked.git("add", "-A")
	linked.want("index", linked.files(linked.open("."), Index), map[string]string{"a.md": "2\n"})
	w.want("index of the first", w.files(w.open("."), Index), map[string]string{"a.md": "1\n"})
}

func TestRemovals(t *testing.T) {
	w := newWork(t)
	w.commit(map[string]string{"in/a.md": "one page\n", "in/gone.md": "gone\n", "in/left.md": "left\n", "in/again.md": "again\n"})
	want := map[string]string{"never.md": "", "c\u00e9 d.md": ""}
	for _, move := range [][2]string{{"in/a.md", "in/b.md"}, {"in/b.md", "in/c\u00e9 d.md"}, {"in/left.md", "out.md"}, {"in/again.md", "in/e.md"}} {
		w.git("mv", move[0], move[1])
		w.commit(nil)
		want[strings.TrimPrefix(move[0], "in/")] = w.git("rev-parse", "HEAD")
	}
	w.git("rm", "-q", "in/gone.md")
	w.commit(nil)
	want["gone.md"] = w.git("rev-parse", "HEAD")
	w.commit(map[string]string{"in/again.md": "another\n"})
	w.git("rm", "-q", "in/again.md")
	w.commit(nil)
	want["again.md"] = w.git("rev-parse", "HEAD")
	r := w.open("in")
	for _, before := range []int{0, maxLookups} {
		removals := r.Removals()
		for i := range before {
			removals.Commit(fmt.Sprint("never-", i))
		}
		for p, commit := range want {
			if got := removals.Commit(p); got != strings.TrimSpace(commit) {
				t.Errorf("after %d others, %s was removed by %q, want %q", before, p, got, commit)
			}
		}
	}
}

func TestTracks(t *testing.T) {
	w := newWork(t)
	w.write(map[string]string{"work/journal": "x", "WORKED/a": "x", "work.md": "x", "sub/work/journal": "x"})
	w.git("add", "work/journal", "WORKED/a", "work.md", "sub")
	repo, err := Open(w.dir)
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]bool{
		"work/journal": true, "Work/Journal": true, "work/journal/x": true, "worked/a": true,
		"work": false, "work/other": false, "wor": false, "work.md/x": true, "journal": false,
	} {
		if got, err := repo.Tracks(path); got != want || err != nil {
			t.Errorf("%s: %v, %v", path, got, err)
		}
	}
}

func TestBelow(t *testing.T) {
	for _, tt := range []struct {
		dir, p, want string
		ok           bool
	}{{"/a", "/a", ".", true}, {"/a", "/a/b/c", "b/c", true}, {"/a", "/", "", false}, {"/a", "/ab", "", false}, {"/a/b", "/a/c", "", false}} {
		got, ok := below(filepath.FromSlash(tt.dir), filepath.FromSlash(tt.p))
		if ok != tt.ok || ok && got != tt.want {
			t.Errorf("%s below %s: %q, %v", tt.p, tt.dir, got, ok)
		}
	}
}
