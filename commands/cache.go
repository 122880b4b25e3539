package commands

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/urfave/cli/v2"

	"newsctl/archive"
	"newsctl/archive/catalog"
	"newsctl/archive/contexts"
	"newsctl/archive/git"
	"newsctl/lint"
)

func cacheCommand(e *env) *cli.Command {
	return &cli.Command{
		Name:  "cache",
		Usage: "show or clear the cache of earlier results",
		Description: `Shows the directory and the size of the cache, which holds the results of earlier
runs. With it, lint checks only the pages that changed and those that depend on
them, and other commands read only the pages that changed and those that they edit
or quote. The cache is outside the archive, in the directory that NEWSCTL_CACHE_DIR
names or else in the user's cache directory, and can be removed at any time. A
command with --no-cache does not read or write it.

Examples:
   newsctl cache          show the directory and the size of the cache
   newsctl cache clear    remove the cache of all archives`,
		Action: e.cache,
		Subcommands: []*cli.Command{{
			Name:  "clear",
			Usage: "remove the cache of all archives",
			Description: `Examples:
   newsctl cache clear`,
			Action: func(*cli.Context) error { return catalog.Clear(catalog.UserDir()) },
		}},
	}
}

func (e *env) cache(*cli.Context) error {
	dir := catalog.UserDir()
	if dir == "" {
		return errors.New("there is no cache directory; set NEWSCTL_CACHE_DIR, or HOME")
	}
	archives, size, err := catalog.Size(dir)
	if err != nil {
		return err
	}
	e.stdout.printf("%s: %s, %.1f MB\n", dir, plural(archives, "archive"), float64(size)/1e6)
	return nil
}

// lintCache returns what keeps the findings of the whole archive between runs. It
// keeps nothing with --no-cache, for a choice of rules, or where some files are
// not checked out.
func (e *env) lintCache(a *opened, o *lintOptions) *lint.Cache {
	cache := &lint.Cache{Disk: catalog.Disk(a.root), Fixes: o.showsFixes, Load: func(visit func(*archive.Page)) {
		p := newProgress(e.stderr)
		defer p.clear()
		a.Gather(p.report, visit)
	}}
	if len(o.rules.Value())+len(o.disabled.Value()) == 0 {
		cache.Catalog = e.catalog(a, func() string { return stateOf(a) })
	}
	return cache
}

// catalog returns the catalog of an archive in a state, or nil with --no-cache, or
// where some files are not checked out.
func (e *env) catalog(a *opened, state func() string) *catalog.Catalog {
	dir := catalog.UserDir()
	if dir == "" || e.global.noCache || !git.AllCheckedOut(a.files) {
		return nil
	}
	sum := sha256.Sum256([]byte(program() + "\x00" + state()))
	return catalog.Open(dir, a.root, hex.EncodeToString(sum[:]))
}

// keepFacts makes the archive on disk take facts from the cache, and keep them there.
func (e *env) keepFacts(a *opened) {
	if c := e.catalog(a, a.FactState); c != nil {
		a.Keep(c, catalog.Disk(a.root), worthSaving)
	}
}

// reuseFacts makes versions that git has take from the cache the facts of all pages
// that are in them as they were on disk.
func (e *env) reuseFacts(versions ...*opened) {
	kept := map[string]*archive.Earlier{} // by what facts depend on
	for _, v := range versions {
		state := ""
		c := e.catalog(v, func() string { state = v.FactState(); return state })
		if c == nil {
			continue
		}
		if kept[state] == nil {
			kept[state] = archive.EarlierIn(c)
		}
		v.Reuse(kept[state])
	}
}

// worthSaving is how many pages are read again in each run rather than that the facts
// of all pages are written: reading one takes a tenth of a millisecond.
var worthSaving = 256

// saveFacts keeps the facts of the archive that was opened last for the next run.
func (e *env) saveFacts() {
	if e.opened != nil {
		if saved, err := e.opened.SaveFacts(); err == nil && saved != nil {
			_ = contexts.Keep(e.opened.Archive, saved) // or else the next run has more to do
		}
	}
	e.opened = nil
}

// stateOf names what findings depend on beside the pages: the program, the
// configuration, which sources are dead, and what the archive shows of itself at its
// root.
func stateOf(a *opened) string {
	var state strings.Builder
	state.WriteString(catalog.StateOf(a.Config(), a.lint, a.Basis()))
	if a.lint.ReadsLedger() {
		dead, _ := a.DeadSources() // the run reports the error
		for _, url := range sortedKeys(dead) {
			e := dead[url] // what source-dead reports
			state.WriteString("\x00" + url + " " + string(e.Kind) + " " + strconv.Itoa(e.Status) + " " + e.FailingSince.Day())
		}
	}
	return state.String()
}

// program names the executable that runs: another build may find something else.
func program() string {
	name, err := os.Executable()
	if err != nil {
		return version()
	}
	if real, err := filepath.EvalSymlinks(name); err == nil {
		name = real
	}
	return fmt.Sprintf("%s %+v", version(), catalog.StatOf(name))
}
