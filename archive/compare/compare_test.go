package compare

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"newsctl/archive"
	"newsctl/archive/archivetest"
	"newsctl/archive/git"
)

// reported writes a comparison as lines.
func shown(c *Comparison) string {
	var b strings.Builder
	for _, e := range c.Events {
		fmt.Fprint(&b, e.Kinds)
		for _, s := range []*EventState{e.Before, e.After} {
			if s == nil {
				b.WriteString(" -")
			} else {
				fmt.Fprintf(&b, " %s %q", short(s.Path), s.Headline)
			}
		}
		if e.Kept {
			b.WriteString(" kept")
		}
		b.WriteString("\n")
		writeEntries(&b, "source", e.Sources)
		write(&b, "context", e.Contexts.Gained, e.Contexts.Lost)
		writeEntries(&b, "related", e.Related.Delta)
		for _, r := range e.Related.Retitled {
			fmt.Fprintf(&b, "  retitled %s %q\n", short(r.Target), r.Text)
		}
		if e.Related.Reordered {
			b.WriteString("  reordered\n")
		}
		for _, part := range e.Edited {
			b.WriteString("  edited " + part + "\n")
		}
	}
	for _, p := range c.Following {
		b.WriteString("following " + short(p) + "\n")
	}
	for _, l := range c.Listings {
		fmt.Fprintf(&b, "listing %s %s: %d following\n", l.Kind, short(l.Path), l.Following)
		writeEntries(&b, "entry", l.Entries)
		write(&b, "day", l.Days.Gained, l.Days.Lost)
		for _, r := range l.Rewritten {
			fmt.Fprintf(&b, "  rewritten %s\n", short(r.Target))
		}
		for _, part := range l.Edited {
			b.WriteString("  edited " + part + "\n")
		}
	}
	for _, p := range c.Pages {
		fmt.Fprintf(&b, "page %s %s %s\n", p.Kind, p.Before, p.After)
	}
	return b.String()
}

func writeEntries(b *strings.Builder, what string, d Delta[Entry]) {
	lines := func(entries []Entry) []string {
		var out []string
		for _, e := range entries {
			out = append(out, e.Text+" "+short(e.Target))
		}
		return out
	}
	write(b, what, lines(d.Gained), lines(d.Lost))
}

func write(b *strings.Builder, what string, gained, lost []string) {
	for _, g := range gained {
		b.WriteString("  + " + what + " " + g + "\n")
	}
	for _, l := range lost {
		b.WriteString("  - " + what + " " + l + "\n")
	}
}

func short(p string) string {
	return strings.TrimSuffix(strings.TrimPrefix(p, "news/2024/03/"), ".md")
}

const compareEvents = `
-- news/2024/03/5/ferry.md --
### [2024-03-5](/news/2024/03/5/index.md)

##### Ferry
# Ferry sails again. 

It was held up, see [a note](/news/2024/03/4/fog.md).

### Source:

1. [Gazette](https://gazette.example/1)
2. [Wire](https://wire.example/2) [IMG](//wire.example/2.jpg)

### Related:

1. [Fog. ](/news/2024/03/4/fog.md) _Context: Ferry, fog_
2. [Bell. ](/news/2024/03/4/bell.md) _Context: Ferry_
-- news/2024/03/4/fog.md --
### [2024-03-4](/news/2024/03/4/index.md)
# Fog. 

### Source:

1. [Gazette](https://gazette.example/0)

### Related:

1. [Ferry sails again. ](/news/2024/03/5/ferry.md) _Context: Ferry, fog_
-- news/2024/03/4/bell.md --
### [2024-03-4](/news/2024/03/4/index.md)
# Bell. 

### Related:

1. [Ferry sails again. ](/zh/news/2024/03/5/ferry.md) _Context: Ferry_
2. [Out](https://wire.example/9)
-- news/2024/03/5/index.md --
## [2024-03-5](/news/2024/03/5/index.md)
##### Ferry
### [Ferry sails again. ](/news/2024/03/5/ferry.md)
It was held up.

## [Previous Day...](/news/2024/03/4/index.md)
-- news/2024/03/5/README.md --
the same
-- news/2024/03/4/index.md --
## [2024-03-4](/news/2024/03/4/index.md)
### [Fog. ](/news/2024/03/4/fog.md)
### [Bell. ](/news/2024/03/4/bell.md)
-- index.md --
## [2024-03-5](/news/2024/03/5/index.md)
### [Ferry sails again. ](/news/2024/03/5/ferry.md)
## [2024-03-4](/news/2024/03/4/index.md)
### [Fog. ](/news/2024/03/4/fog.md)
### [Bell. ](/news/2024/03/4/bell.md)
-- faq/index.md --
What is [this](/news/2024/03/5/ferry.md)?
`

// step changes a tree of files.
type step func(archivetest.Files)

func edit(p, old, new string) step {
	return func(f archivetest.Files) {
		if !strings.Contains(f[p], old) {
			panic(p + " does not hold " + old)
		}
		f[p] = strings.ReplaceAll(f[p], old, new)
	}
}

func everywhere(old, new string) step {
	return func(f archivetest.Files) {
		for p := range f {
			f[p] = strings.ReplaceAll(f[p], old, new)
		}
	}
}

func move(from, to string) step {
	return func(f archivetest.Files) { f[to] = f[from]; delete(f, from) }
}

func remove(p string) step { return func(f archivetest.Files) { delete(f, p) } }

func create(p, src string) step { return func(f archivetest.Files) { f[p] = src } }

func TestCompare(t *testing.T) {
	base := archivetest.Files{}
	for _, file := range txtar.Parse([]byte(compareEvents)).Files {
		base[file.Name] = string(file.Data)
	}
	base["news/2024/03/5/README.md"] = base["news/2024/03/5/index.md"]
	const (
		ferry = "news/2024/03/5/ferry.md"
		fog   = "news/2024/03/4/fog.md"
		bell  = "news/2024/03/4/bell.md"
		day   = "news/2024/03/5/index.md"
		buoy  = "news/2024/03/5/buoy.md"
	)
	newEvent := create(buoy, "### [2024-03-5](/news/2024/03/5/index.md)\n##### Harbour\n# Buoy. \n\n### Source:\n\n1. [Wire](https://wire.example/3)\n\n### Related:\n\n1. [Bell. ](/news/2024/03/4/bell.md) _Context: Harbour, bells_\n")
	list := func(p string) step {
		return edit(p, "## [Previous", "### [Buoy. ](/news/2024/03/5/buoy.md)\n\n## [Previous")
	}
	rename := []step{
		move(ferry, "news/2024/03/5/ship.md"),
		everywhere("/news/2024/03/5/ferry.md", "/news/2024/03/5/ship.md"),
		everywhere("[Ferry sails again. ]", "[Ship sails again. ]"),
		edit("news/2024/03/5/ship.md", "# Ferry sails", "# Ship sails"),
	}
	versions := edit("news/2024/03/5/ship.md", "### Related:", "### Changes:\n\n1. [Ferry sails again. ](/news/2024/03/5/ferry.md) _(First version)_\n2. [Ship sails again. ](/news/2024/03/5/ship.md) _(Current version)_\n\n### Related:")
	for _, tt := range []struct {
		name  string
		steps []step
		want  string
	}{
		{"nothing", nil, ""},
		{"an event added", []step{newEvent, list(day), list("news/2024/03/5/README.md"), edit("index.md", "## [2024-03-4]", "### [Buoy. ](/news/2024/03/5/buoy.md)\n## [2024-03-4]")}, `
[added] - 5/buoy "Buoy."
  + source Wire https://wire.example/3
  + context Harbour
  + context bells
  + related Bell. 4/bell
listing edited index: 1 following
listing edited 5/index: 1 following
`},
		{"an event removed, and still linked to", []step{remove(ferry), edit(day, "### [Ferry sails again. ](/news/2024/03/5/ferry.md)\n", "")}, `
[removed] 5/ferry "Ferry sails again." -
  - source Gazette https://gazette.example/1
  - source Wire https://wire.example/2
  - context Ferry
  - context fog
  - related Fog. 4/fog
  - related Bell. 4/bell
listing edited 5/index: 1 following
`},
		{"an event renamed and all links to it", rename, `
[renamed reworded] 5/ferry "Ferry sails again." 5/ship "Ship sails again."
following 4/bell
following 4/fog
listing edited index: 1 following
listing edited 5/index: 1 following
page edited faq/index.md faq/index.md
`},
		{"an event renamed with its versions", append(slices.Clone(rename), versions), `
[renamed reworded] 5/ferry "Ferry sails again." 5/ship "Ship sails again."
following 4/bell
following 4/fog
listing edited index: 1 following
listing edited 5/index: 1 following
page edited faq/index.md faq/index.md
`},
		{"an event renamed beside its older version", []step{
			create("news/2024/03/5/ship.md", base[ferry]),
			edit("news/2024/03/5/ship.md", "# Ferry sails", "# Ship sails"), versions,
			edit(ferry, "### Related:", "### Changes:\n\n1. [Ferry sails again. ](/news/2024/03/5/ferry.md) _(First version)_\n\n### Related:"),
			edit(fog, "5/ferry.md", "5/ship.md"),
			edit(day, "5/ferry.md", "5/ship.md"),
		}, `
[renamed reworded] 5/ferry "Ferry sails again." 5/ship "Ship sails again." kept
following 4/fog
listing edited 5/index: 1 following
`},
		{"a headline reworded in place", []step{edit(ferry, "# Ferry sails", "# Ferries sail"), edit(fog, "Ferry sails", "Ferries sail")}, `
[reworded] 5/ferry "Ferry sails again." 5/ferry "Ferries sail again."
following 4/fog
`},
		{"an event moved to another day", []step{
			move(ferry, "news/2024/03/4/ferry.md"), everywhere("/2024/03/5/ferry.md", "/2024/03/4/ferry.md"),
			edit("news/2024/03/4/ferry.md", "### [2024-03-5](/news/2024/03/5", "### [2024-03-4](/news/2024/03/4"),
			edit(day, "### [Ferry sails again. ](/news/2024/03/4/ferry.md)\n", ""),
			edit("news/2024/03/4/index.md", "### [Fog", "### [Ferry sails again. ](/news/2024/03/4/ferry.md)\n### [Fog"),
			edit("news/2024/03/5/README.md", "4/ferry.md", "5/ferry.md"), edit("index.md", "4/ferry.md", "5/ferry.md"), edit("faq/index.md", "4/ferry.md", "5/ferry.md"),
		}, `
[moved] 5/ferry "Ferry sails again." 4/ferry "Ferry sails again."
following 4/bell
following 4/fog
listing edited 4/index: 1 following
listing edited 5/index: 1 following
`},
		{"sources and contexts", []step{
			edit(ferry, "1. [Gazette](https://gazette.example/1)\n2.", "1."),
			edit(ferry, "### Related", "2. [Radio](https://radio.example/1)\n\n### Related"),
			edit(ferry, "_Context: Ferry, fog_", "_Context: Ferry, weather_"),
			edit(fog, "[Gazette]", "[The Gazette]"),
			edit(bell, "# Bell. ", "# Bell. \n\n_Context: Ferry, bells_"),
		}, `
[edited] 4/bell "Bell." 4/bell "Bell."
  + context bells
[edited] 4/fog "Fog." 4/fog "Fog."
  edited sources
[edited] 5/ferry "Ferry sails again." 5/ferry "Ferry sails again."
  + source Radio https://radio.example/1
  - source Gazette https://gazette.example/1
  + context weather
  - context fog
  edited related entries
`},
		{"an entry that is removed, whose contexts another page tells", []step{
			edit(ferry, "1. [Fog. ](/news/2024/03/4/fog.md) _Context: Ferry, fog_\n2.", "1."),
		}, `
[edited] 5/ferry "Ferry sails again." 5/ferry "Ferry sails again."
  - related Fog. 4/fog
`},
		{"an entry that is removed, whose contexts no page tells", []step{
			edit(ferry, "1. [Fog. ](/news/2024/03/4/fog.md) _Context: Ferry, fog_\n2.", "1."),
			edit(fog, "\n### Related:\n\n1. [Ferry sails again. ](/news/2024/03/5/ferry.md) _Context: Ferry, fog_\n", ""),
		}, `
[edited] 4/fog "Fog." 4/fog "Fog."
  - context Ferry
  - context fog
  - related Ferry sails again. 5/ferry
[edited] 5/ferry "Ferry sails again." 5/ferry "Ferry sails again."
  - context fog
  - related Fog. 4/fog
`},
		{"related entries", []step{
			edit(ferry, "1. [Fog. ](/news/2024/03/4/fog.md) _Context: Ferry, fog_\n2. [Bell. ](/news/2024/03/4/bell.md) _Context: Ferry_\n",
				"1. [Bell! ](/news/2024/03/4/bell.md) _Context: Ferry_\n2. [Fog. ](/news/2024/03/4/fog.md) _Context: Ferry, fog_\n3. [Out](https://wire.example/9)\n"),
			edit(bell, "2. [Out](https://wire.example/9)\n", ""),
		}, `
[edited] 4/bell "Bell." 4/bell "Bell."
  - related Out https://wire.example/9
[edited] 5/ferry "Ferry sails again." 5/ferry "Ferry sails again."
  + related Out https://wire.example/9
  retitled 4/bell "Bell!"
  reordered
`},
		{"entries that stand there twice", []step{
			edit(bell, "2. [Out]", "2. [Ferry sails again. ](/news/2024/03/5/ferry.md) _Context: Ferry_\n3. [Out]"),
			edit("news/2024/03/4/index.md", "### [Bell", "### [Fog. ](/news/2024/03/4/fog.md)\n### [Bell"),
		}, `
[edited] 4/bell "Bell." 4/bell "Bell."
  edited repeated entries
listing edited 4/index: 0 following
  edited repeated entries
`},
		{"other parts", []step{
			edit(ferry, "##### Ferry", "##### Ferries"), edit(ferry, "held up", "held"), edit(ferry, "[2024-03-5](", "[2024-03-05]("),
			edit(fog, "1. [Ferry", "3. [Ferry"),
			edit(bell, "# Bell. ", "# Bell. \n\n### Notes:\n\nRung."),
		}, `
[edited] 4/bell "Bell." 4/bell "Bell."
  edited other text
[edited] 4/fog "Fog." 4/fog "Fog."
  edited layout
[edited] 5/ferry "Ferry sails again." 5/ferry "Ferry sails again."
  + context Ferries
  edited date line
  edited topic
  edited description
`},
		{"the form of a link", []step{edit(bell, "/zh/news/2024/03/5/ferry.md", "/news/2024/03/5/ferry.md")}, `
[edited] 4/bell "Bell." 4/bell "Bell."
  edited form of links
`},
		{"what a listing does by itself", []step{
			edit("news/2024/03/4/index.md", "### [Bell. ](/news/2024/03/4/bell.md)\n", ""),
			edit(day, "Previous Day...](/news/2024/03/4", "Previous Day...](/news/2024/03/3"), edit(day, "It was held up.", "It was held up by fog."),
			edit(day, "## [Prev", "### [Fog. ](/news/2024/03/4/fog.md)\n## [Prev"),
			edit("index.md", "### [Fog. ](/news/2024/03/4/fog.md)\n### [Bell. ](/news/2024/03/4/bell.md)\n", "### [Bell. ](/news/2024/03/4/bell.md)\n### [Fog. ](/news/2024/03/4/fog.md)\n"),
		}, `
listing edited index: 0 following
  edited order
listing edited 4/index: 0 following
  - entry Bell. 4/bell
listing edited 5/index: 0 following
  + entry Fog. 4/fog
  rewritten 5/ferry
  edited previous day
`},
		{"days of the front page", []step{create("index.md", strings.Replace(base["index.md"], "## [2024-03-4](/news/2024/03/4/index.md)\n", "## [2024-03-3](/news/2024/03/3/index.md)\n", 1))}, `
listing edited index: 0 following
  + day 2024-03-3
  - day 2024-03-4
`},
		{"days added and removed", []step{
			remove("news/2024/03/4/index.md"),
			create("news/2024/03/6/index.md", "## [2024-03-6](/news/2024/03/6/index.md)\n### [Fog. ](/news/2024/03/4/fog.md)\n"),
			create("news/2024/03/6/README.md", "## [2024-03-6](/news/2024/03/6/index.md)\n### [Fog. ](/news/2024/03/4/fog.md)\n"),
		}, `
listing removed 4/index: 0 following
  - entry Fog. 4/fog
  - entry Bell. 4/bell
listing added 6/index: 0 following
  + entry Fog. 4/fog
`},
		{"other pages, and copies that differ", []step{
			edit("news/2024/03/5/README.md", "again", "today"),
			move("faq/index.md", "faq/about.md"), create("opinion/a.md", "A.\n"), create("opinion/a.txt", "A.\n"), create(".github/a.md", "A.\n"),
		}, `
page added  faq/about.md
page removed faq/index.md 
page edited news/2024/03/5/README.md news/2024/03/5/README.md
page added  opinion/a.md
`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			now := maps.Clone(base)
			for _, s := range tt.steps {
				s(now)
			}
			before, _ := base.Archive(archive.Config{})
			after, _ := now.Archive(archive.Config{})
			got := shown(Compare(before, after, archivetest.GoneAndBorn(base, now)))
			if want := strings.TrimPrefix(tt.want, "\n"); got != want {
				t.Errorf("got\n%swant\n%s", got, want)
			}
		})
	}
}

// A link to an old name, broken before, that now points to the event it meant is
// the same entry.
func TestCompareFixedLink(t *testing.T) {
	page := func(target string) string {
		return "# Fog. \n\n### Related:\n\n1. [Ferry. ](" + target + ") _Context: Ferry_\n"
	}
	base := archivetest.Files{
		"news/2024/03/4/fog.md":                   page("/news/2024/03/5/the-ferry-sails-agai.md"),
		"news/2024/03/5/the-ferry-sails-again.md": "# Ferry. \n",
	}
	now := maps.Clone(base)
	now["news/2024/03/4/fog.md"] = page("/news/2024/03/5/the-ferry-sails-again.md")
	before, _ := base.Archive(archive.Config{})
	after, _ := now.Archive(archive.Config{})
	if got, want := shown(Compare(before, after, archivetest.GoneAndBorn(base, now))), "following 4/fog\n"; got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

// Where no page differs nothing is reported, whatever the pages are like; and what one
// direction gains the other loses.
func TestCompareFixtures(t *testing.T) {
	for _, name := range []string{"clean", "broken", "chinese"} {
		f := archivetest.Fixture(t, name)
		var changes []git.Change
		for p := range f {
			changes = append(changes, git.Change{From: p, To: p})
		}
		a, _ := f.Archive(archive.Config{})
		b, _ := f.Archive(archive.Config{})
		if c := Compare(a, b, changes); !c.Empty() {
			t.Errorf("%s differs from itself:\n%s", name, shown(c))
		}
	}
	clean, broken := archivetest.Fixture(t, "clean"), archivetest.Fixture(t, "broken")
	a, _ := clean.Archive(archive.Config{})
	b, _ := broken.Archive(archive.Config{})
	there, back := Compare(a, b, archivetest.GoneAndBorn(clean, broken)).Summary(), Compare(b, a, archivetest.GoneAndBorn(broken, clean)).Summary()
	if there.Added == 0 || there.Added != back.Removed || there.Removed != back.Added || there.Reworded != back.Reworded ||
		there.Sources.Gained != back.Sources.Lost || there.Related.Lost != back.Related.Gained {
		t.Errorf("there %+v\nback %+v", there, back)
	}
}

func TestCompareReadsChangedPagesOnly(t *testing.T) {
	base, now := archivetest.Fixture(t, "clean"), archivetest.Fixture(t, "clean")
	var changed string
	for p := range now {
		if kind, _ := archive.Classify(p); kind == archive.EventPage && strings.Contains(now[p], "### Related:") {
			changed = max(changed, p)
		}
	}
	now[changed] = strings.Replace(now[changed], "### Related:", "### Sources:\n\n1. [Wire](https://wire.example)\n\n### Related:", 1)
	was, is := &archivetest.Opened{FS: archivetest.Tree(base), Pages: map[string]bool{}}, &archivetest.Opened{FS: archivetest.Tree(now), Pages: map[string]bool{}}
	c := Compare(archive.New(was, archive.Config{}), archive.New(is, archive.Config{}), archivetest.GoneAndBorn(base, now))
	if len(c.Events) != 1 || len(was.Pages) != 1 || len(is.Pages) != 1 || !was.Pages[changed] || !is.Pages[changed] {
		t.Errorf("%d events; read %v before and %v after", len(c.Events), was.Pages, is.Pages)
	}
}
