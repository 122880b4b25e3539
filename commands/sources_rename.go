package commands

import (
	"context"
	"fmt"
	"net/netip"
	"net/url"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"newsctl/archive/citation"
	"newsctl/archive/page"
	"newsctl/archive/source"
)

type renameSourcesOptions struct {
	planOptions
	requestOptions
	moved, verify bool
}

func sourcesRenameCommand(e *env) *cli.Command {
	var o renameSourcesOptions
	return &cli.Command{
		Name:      "rename",
		Usage:     "follow sources that moved to another host or address",
		ArgsUsage: "OLD-HOST NEW-HOST | --moved",
		Description: `Replaces OLD-HOST with NEW-HOST in the address of every source. With --moved,
replaces the address of every source that the last check found permanently
redirected. Captures are not changed.

Examples:
   newsctl sources rename www.gazette.example gazette.example --dry-run
   newsctl sources rename old.example new.example --verify    only if it answers
   newsctl sources rename --moved --dry-run`,
		Flags: slices.Concat(o.planFlags(), []cli.Flag{
			&cli.BoolFlag{Name: "moved", Destination: &o.moved, Usage: "follow the permanent redirects in the ledger"},
			&cli.BoolFlag{Name: "verify", Destination: &o.verify, Usage: "request the new addresses first, and use only those that answer"},
		}, o.requestFlags("1s")),
		Action: func(c *cli.Context) error { return e.renameSources(c, &o) },
	}
}

// renameSources plans new addresses of sources.
func (e *env) renameSources(c *cli.Context, o *renameSourcesOptions) (err error) {
	from, to := strings.ToLower(c.Args().Get(0)), strings.ToLower(c.Args().Get(1))
	for _, host := range c.Args().Slice() {
		if !isHost(host) {
			return fmt.Errorf("%q is not a host; write it as gazette.example", host)
		}
	}
	if from == to && !o.moved {
		return fmt.Errorf("OLD-HOST and NEW-HOST are both %q", from)
	}
	moves := func(a *opened) (func(citation.Citation) (page.Edit, string, bool), error) {
		if o.moved {
			return movedSources(a)
		}
		if hosts := a.sourceHosts(); !slices.Contains(hosts, from) {
			return nil, noHost(hosts, from)
		}
		return func(cite citation.Citation) (page.Edit, string, bool) {
			edit, ok := cite.ReplaceHost(from, to)
			return edit, edited(cite, edit), ok
		}, nil
	}
	answers := map[string]bool{}
	if o.verify {
		if answers, err = e.verifyMoves(moves, o.client()); err != nil {
			return err
		}
	}
	return e.runPlan(&o.planOptions, func(a *opened) (*plannedChange, error) {
		move, err := moves(a)
		if err != nil {
			return nil, err
		}
		return e.planCitations(a, nil, func(cite citation.Citation) (page.Edit, bool) {
			edit, address, ok := move(cite)
			return edit, ok && (!o.verify || answers[source.Key(address)])
		})
	})
}

// sourceHosts returns the hosts of the sources of the archive, some more than once.
func (a *opened) sourceHosts() []string {
	var out []string
	for _, cite := range citation.Of(a.Archive, a.Paths(".")) {
		u, err := url.Parse(cite.URL)
		if err == nil && u.Host != "" {
			out = append(out, strings.ToLower(u.Host))
		}
	}
	return out
}

// edited returns the address of a source after an edit of it.
func edited(cite citation.Citation, edit page.Edit) string {
	l := cite.Entry.Link.Target
	if edit.Start < l.Start || edit.End > l.End {
		return ""
	}
	return cite.Event.Text(page.Span{Start: l.Start, End: edit.Start}) + edit.New + cite.Event.Text(page.Span{Start: edit.End, End: l.End})
}

// movedSources returns what follows the permanent redirects in the ledger.
func movedSources(a *opened) (func(citation.Citation) (page.Edit, string, bool), error) {
	ledger, err := a.Ledger()
	if err != nil {
		return nil, err
	}
	return func(cite citation.Citation) (page.Edit, string, bool) {
		e, _ := ledger.Get(source.Key(cite.URL))
		if e.Kind != source.Moved || source.Key(e.To) == "" || cite.HasCapture() {
			return page.Edit{}, "", false
		}
		return cite.Replace(e.To), e.To, true
	}, nil
}

// verifyMoves asks for the new addresses, and returns the keys of those that answer.
func (e *env) verifyMoves(moves func(*opened) (func(citation.Citation) (page.Edit, string, bool), error), client *source.Client) (map[string]bool, error) {
	var asked []source.Entry
	err := e.answer(func() error {
		asked = nil
		a, err := e.open()
		if err != nil {
			return err
		}
		move, err := moves(a)
		if err != nil {
			return err
		}
		seen := map[string]bool{}
		for _, cite := range citation.Of(a.Archive, a.Paths(".")) {
			_, address, ok := move(cite)
			if key := source.Key(address); ok && key != "" && !seen[key] {
				seen[key] = true
				asked = append(asked, source.Entry{URL: key})
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return e.askAll(e.running.Context, asked, client)
}

// askAll asks for sources, and returns the keys of those that answer.
func (e *env) askAll(ctx context.Context, asked []source.Entry, client *source.Client) (map[string]bool, error) {
	out := map[string]bool{}
	bar := newProgress(e.stderr)
	defer bar.clear()
	n := 0
	run := source.Run{Client: client, Answered: func(entry source.Entry) error {
		n++
		bar.show(func() string { return fmt.Sprintf("asked %d of %s", n, plural(len(asked), "source")) })
		if out[entry.URL] = entry.LastGood != 0; !out[entry.URL] {
			one := &cited{entry: entry}
			e.note("left unchanged: " + entry.URL + one.why())
		}
		return nil
	}}
	_, err := run.Do(ctx, asked)
	return out, err
}

// isHost reports whether a text is a host, perhaps with a port.
func isHost(text string) bool {
	if _, err := netip.ParseAddrPort(text); err == nil {
		return true
	}
	return !strings.ContainsAny(text, "@/?#[]()<>\\\"' \t") && source.Key("http://"+text) == "http://"+strings.ToLower(text)+"/"
}
