package archive

import "testing"

func TestOlderWordingOf(t *testing.T) {
	event := func(headline string) string {
		return "### [2017-07-9](/news/2017/07/9/index.md)\n# " + headline + " \n"
	}
	listing := func(names ...string) string {
		out := "## [2017-07-9](/news/2017/07/9/index.md)\n"
		for _, name := range names {
			out += "### [" + name + "](" + name + ".md)\n"
		}
		return out
	}
	const (
		piano  = "Coast guard divers find a grand piano on the sea bed off Cape Lorn."
		pianos = "Coast guard divers find two grand pianos in the mud off Cape Lorn."
		slip   = "Coast guard divers find a grand piano on the sea bed off Cape Lorm."
		bell   = "A ship's bell is raised from the harbour."
	)
	for _, tt := range []struct {
		name  string
		files map[string]string
		want  map[string]string // event -> the event it repeats
	}{
		{"left behind", map[string]string{
			"news/2017/07/9/index.md": listing("b"),
			"news/2017/07/9/a.md":     event(piano),
			"news/2017/07/9/b.md":     event(pianos),
			"news/2017/07/9/c.md":     event(bell),
		}, map[string]string{"a": "news/2017/07/9/b.md", "b": "", "c": ""}},
		{"left behind on the day before", map[string]string{
			"news/2017/07/9/index.md": listing(),
			"news/2017/07/9/a.md":     event(piano),
			"news/2017/07/8/b.md":     event(pianos),
		}, map[string]string{"a": "news/2017/07/8/b.md"}},
		{"left behind on the day after", map[string]string{
			"news/2017/07/9/a.md":  event(piano),
			"news/2017/07/10/b.md": event(pianos),
		}, map[string]string{"a": "news/2017/07/10/b.md"}},
		{"two days apart", map[string]string{
			"news/2017/07/9/a.md":  event(piano),
			"news/2017/07/11/b.md": event(piano),
		}, map[string]string{"a": ""}},
		{"the nearest of several", map[string]string{
			"news/2017/07/9/index.md": listing("b", "c"),
			"news/2017/07/9/a.md":     event(piano),
			"news/2017/07/9/b.md":     event(pianos),
			"news/2017/07/9/c.md":     event(slip),
		}, map[string]string{"a": "news/2017/07/9/c.md"}},
		{"the nearest of several in the other order", map[string]string{
			"news/2017/07/9/index.md": listing("b", "c"),
			"news/2017/07/9/a.md":     event(piano),
			"news/2017/07/9/b.md":     event(slip),
			"news/2017/07/9/c.md":     event(pianos),
		}, map[string]string{"a": "news/2017/07/9/b.md"}},
		{"both listed, a word apart", map[string]string{
			"news/2017/07/9/index.md": listing("a", "b"),
			"news/2017/07/9/a.md":     event(piano),
			"news/2017/07/9/b.md":     event(pianos),
		}, map[string]string{"a": "", "b": ""}},
		{"both listed, a letter apart: the later path", map[string]string{
			"news/2017/07/9/index.md": listing("a", "b"),
			"news/2017/07/9/a.md":     event(piano),
			"news/2017/07/9/b.md":     event(slip),
		}, map[string]string{"a": "", "b": "news/2017/07/9/a.md"}},
		{"listed, the other is not", map[string]string{
			"news/2017/07/9/index.md": listing("b"),
			"news/2017/07/9/a.md":     event(piano),
			"news/2017/07/9/b.md":     event(piano),
		}, map[string]string{"a": "news/2017/07/9/b.md", "b": ""}},
		{"a version among the changes", map[string]string{
			"news/2017/07/9/index.md": listing("b"),
			"news/2017/07/9/a.md":     event(piano),
			"news/2017/07/9/b.md":     event(pianos) + "### Changes:\n1. [A](/news/2017/07/9/a.md) _(First version)_\n",
		}, map[string]string{"a": ""}},
		{"a version among the page's own changes", map[string]string{
			"news/2017/07/9/index.md": listing("b"),
			"news/2017/07/9/a.md":     event(piano) + "### Changes:\n1. [B](/news/2017/07/9/b.md) _(Current version)_\n",
			"news/2017/07/9/b.md":     event(pianos),
		}, map[string]string{"a": ""}},
		{"no headline", map[string]string{
			"news/2017/07/9/a.md": "",
			"news/2017/07/9/b.md": "# \n",
			"news/2017/07/9/c.md": "",
		}, map[string]string{"a": "", "b": "", "c": ""}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a := New(tree(tt.files), Config{})
			for event, want := range tt.want {
				got := ""
				if other := a.OlderWordingOf(a.Page("news/2017/07/9/" + event + ".md")); other != nil {
					got = other.Path
				}
				if got != want {
					t.Errorf("%s is an older wording of %q, want %q", event, got, want)
				}
			}
		})
	}
	a := New(tree(map[string]string{"index.md": "# A\n"}), Config{})
	if got := a.OlderWordingOf(a.Page("index.md")); got != nil {
		t.Errorf("the front page is an older wording of %s", got.Path)
	}
}

func TestSuperseded(t *testing.T) {
	a := New(tree(map[string]string{
		"news/2017/07/9/index.md": "### [A](a.md)\n",
		"news/2017/07/9/a.md":     "# A\n",
		"news/2017/07/9/b.md":     "# B\n",
		"news/2017/07/8/c.md":     "# C\n",
	}), Config{})
	for p, want := range map[string]bool{
		"news/2017/07/9/a.md": false,
		"news/2017/07/9/b.md": true,
		"news/2017/07/8/c.md": false, // a day without a page lists nothing
	} {
		if got := a.superseded(a.Page(p)); got != want {
			t.Errorf("%s is left behind: %v", p, got)
		}
	}
}
