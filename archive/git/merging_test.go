package git

import (
	"os/exec"
	"slices"
	"testing"
)

// A merge, with and without conflicts, was made from the commit that both sides share.
func TestMergedSince(t *testing.T) {
	w := newWork(t)
	w.commit(map[string]string{"a.md": "A\n", "b.md": "B\n", "c/d.md": "D\n", "e.md": "E\n"})
	r := w.open(".")
	if base, _, err := r.MergedSince(); base != "" || err != nil {
		t.Errorf("without a merge: %q, %v", base, err)
	}
	want, err := r.resolve("HEAD", "commit")
	if err != nil {
		t.Fatal(err)
	}
	w.git("checkout", "-q", "-b", "topic")
	w.commit(map[string]string{"a.md": "theirs\n", "b.md": "", "c/d.md": ""})
	w.git("checkout", "-q", "main")
	w.commit(map[string]string{"a.md": "ours\n", "b.md": "ours\n", "e.md": ""})
	cmd := exec.Command("git", "merge", "-q", "topic")
	cmd.Dir = w.dir
	if cmd.Run() == nil {
		t.Fatal("no conflict")
	}
	check := func(wantChanges []Change, wantRemoved []string) {
		t.Helper()
		base, changes, err := r.MergedSince()
		if base != want || err != nil || !slices.Equal(changes, wantChanges) {
			t.Errorf("MergedSince: %q, %v, %v", base, changes, err)
		}
		if removed, err := r.RemovedInConflict(); err != nil || !slices.Equal(removed, wantRemoved) {
			t.Errorf("RemovedInConflict: %q, %v", removed, err)
		}
	}
	if _, changes, _ := r.MergedSince(); !slices.Contains(changes, Change{From: "c/d.md"}) || !slices.Contains(changes, Change{From: "e.md"}) {
		t.Errorf("with conflicts: %v", changes)
	}
	if removed, err := r.RemovedInConflict(); err != nil || !slices.Equal(removed, []string{"b.md"}) {
		t.Errorf("RemovedInConflict: %q, %v", removed, err)
	}
	if below, err := w.open("c").RemovedInConflict(); err != nil || below != nil {
		t.Errorf("RemovedInConflict below: %q, %v", below, err)
	}
	w.commit(map[string]string{"a.md": "both\n"})
	check([]Change{{"a.md", "a.md"}, {"b.md", "b.md"}, {From: "c/d.md"}, {From: "e.md"}}, nil)
}
