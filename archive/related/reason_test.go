package related

import (
	"slices"
	"testing"
	"testing/fstest"

	"newsctl/archive"
)

func TestVerdict(t *testing.T) {
	t.Parallel()
	files := fstest.MapFS{}
	for path, text := range map[string]string{
		"news/2024/03/5/index.md":  "## [2024-03-5](/news/2024/03/5/index.md)\n\n### [A](/news/2024/03/5/a.md)\n\n### [B](/news/2024/03/5/b.md)\n\n### [C](/news/2024/03/5/c.md)\n\n### [D](/news/2024/03/5/d.md)\n",
		"news/2024/03/5/a.md":      "# A\n\n_Context: Ferry, Harbour_\n\n### Changes:\n\n1. [Old](/news/2024/03/5/old.md) _(First version)_\n",
		"news/2024/03/5/b.md":      "# B\n\n_Context: Ferry_\n",
		"news/2024/03/5/c.md":      "# C\n\n_Context: Fog_\n",
		"news/2024/03/5/d.md":      "No headline.\n",
		"news/2024/03/5/old.md":    "# Old\n\n_Context: Ferry_\n",
		"news/2024/03/5/hidden.md": "# Hidden\n\n_Context: Ferry_\n",
		"faq/index.md":             "# FAQ\n",
	} {
		files[path] = &fstest.MapFile{Data: []byte("### [2024-03-5](/news/2024/03/5/index.md)\n\n" + text)}
	}
	a := archive.New(files, archive.Config{})
	relinked, err := Relink(a, a.Paths("."), nil)
	if err != nil {
		t.Fatal(err)
	}
	r := relinked.Reasons
	const day = "news/2024/03/5/"
	for target, want := range map[string]Verdict{
		day + "a.md": Itself, day + "b.md": Outranked, day + "c.md": Unrelated, day + "d.md": Damaged, day + "old.md": Version,
		day + "hidden.md": Unlisted, day + "gone.md": Missing, "faq/index.md": NotEvent, day + "listed.md": Repeated,
	} {
		if got := r.Verdict(day+"a.md", target, []string{day + "listed.md"}); got != want {
			t.Errorf("%s: %d, want %d", target, got, want)
		}
	}
	c, ok := r.Candidate(day+"a.md", day+"b.md")
	if !ok || !slices.Equal(c.Shared, []string{"Ferry"}) || c.Days != 0 || r.Holds("Ferry") != 4 || r.Holds("Bell") != 0 {
		t.Error(c, ok, r.Holds("Ferry"))
	}
	if got := r.Contexts(day + "a.md"); !slices.Equal(got, []string{"Ferry", "Harbour"}) {
		t.Error(got)
	}
}
