package txn

import (
	"maps"
	"os"
	"syscall"
	"testing"
)

// caseSample makes a small tree, and ops that move a file to another case of its name.
// It skips the test where the disk has the two names apart.
func caseSample(t *testing.T) (root string, ops []Op) {
	t.Helper()
	root = t.TempDir()
	put(t, root, "a/Page.md", "page\n")
	put(t, root, "a/index.md", "day\n")
	if _, err := os.Lstat(onDisk(root, "a/pAGE.md")); err != nil {
		t.Skip("the disk does not ignore case; set TMPDIR to a directory of one that does")
	}
	moved := create("a/page.md", "new page\n")
	moved.From = "a/Page.md"
	return root, []Op{remove("a/Page.md", "page\n"), replace("a/index.md", "day\n", "new day\n"), moved}
}

// caseTrees returns the sample's tree before and after its ops.
func caseTrees(t *testing.T) (before, after tree) {
	t.Helper()
	root, _ := caseSample(t)
	before = readTree(t, root)
	if err := os.Rename(onDisk(root, "a/Page.md"), onDisk(root, "a/page.md")); err != nil {
		t.Fatal(err)
	}
	put(t, root, "a/page.md", "new page\n")
	put(t, root, "a/index.md", "new day\n")
	return before, readTree(t, root)
}

func TestOtherCase(t *testing.T) {
	_, after := caseTrees(t)
	root, ops := caseSample(t)
	if err := commit(root, ops...); err != nil {
		t.Fatal(err)
	}
	compare(t, root, after)
	if err := commit(root, ops...); err == nil {
		t.Error("the same ops were committed a second time")
	}
	compare(t, root, after)
}

// TestOtherCaseKilled kills the commit at each step, and its recovery at each.
func TestOtherCaseKilled(t *testing.T) {
	before, after := caseTrees(t)
	killTwice(t, caseSample, before, after)
}

// TestOtherCaseFails makes each step fail.
func TestOtherCaseFails(t *testing.T) {
	before, after := caseTrees(t)
	eachStep(t, caseSample, func(t *testing.T, n int) {
		root, ops := caseSample(t)
		taken := 0
		setStep(t, root, func(what, path string) error {
			if taken++; taken == n+1 {
				return syscall.ENOSPC
			}
			return nil
		})
		err := commit(root, ops...)
		live(root)
		_ = recoverTree(t, root)
		want := before
		if err == nil || maps.Equal(readTree(t, root), after) {
			want = after
		}
		compare(t, root, want)
	})
}

// TestNotOtherCase checks that a second link of a file is not taken for another case of
// its name.
func TestNotOtherCase(t *testing.T) {
	root := t.TempDir()
	put(t, root, "a/Page.md", "page\n")
	if err := os.Link(onDisk(root, "a/Page.md"), onDisk(root, "a/page.md")); err != nil {
		t.Skip(err)
	}
	before := readTree(t, root)
	moved := create("a/page.md", "new page\n")
	moved.From = "a/Page.md"
	if err := commit(root, remove("a/Page.md", "page\n"), moved); err == nil {
		t.Error("a file was overwritten")
	}
	compare(t, root, before)
}
