package lsp

import (
	"strings"
	"time"

	"newsctl/archive"
	"newsctl/archive/edit"
	"newsctl/archive/git"
	"newsctl/archive/page"
)

func init() {
	handlers["textDocument/prepareRename"] = onPage((*pageCall).prepareRename)
	handlers["textDocument/rename"] = onPage((*pageCall).rename)
	handlers["workspace/willRenameFiles"] = typed((*call).willRenameFiles)
}

// prepareRename answers with the headline that can be changed at a position.
func (c *pageCall) prepareRename(p place) (any, error) {
	offset := c.offset(p.Position)
	e := c.eventAt(offset)
	if e == nil {
		return nil, nil
	}
	headline, ok := e.Event.Headline()
	if !ok {
		return nil, nil
	}
	at := page.Span{Start: offset, End: offset}
	if l := linkAt(c.page, offset); l != nil {
		at = l.Span
		if !l.Text.Empty() {
			at = l.Text
		}
	} else if e == c.page {
		title := e.Event.Headlines[0]
		if offset < title.Start || title.End < offset {
			return nil, nil
		}
		at = title.Text
	}
	return struct {
		Range       textRange `json:"range"`
		Placeholder string    `json:"placeholder"`
	}{c.span(at), page.Unescape(strings.TrimSpace(headline))}, nil
}

type renameParams struct {
	place
	NewName string `json:"newName"`
}

// rename answers with what newsctl rename does: the event has another headline, and all
// that names it follows.
func (c *pageCall) rename(p renameParams) (any, error) {
	e := c.eventAt(c.offset(p.Position))
	if e == nil {
		return nil, failf("there is no event here to rename")
	}
	c.sweep()
	live, known := c.contexts()
	r, err := edit.Rename(live, live.Paths("."), e.Path, edit.RenameOptions{Headline: strings.TrimSpace(p.NewName), Now: c.now(), Contexts: known})
	if err != nil {
		return nil, failf("%v", err)
	}
	return c.edit(r.Plan.Changes().All)
}

type renameFilesParams struct {
	Files []struct {
		OldURI string `json:"oldUri"`
		NewURI string `json:"newUri"`
	} `json:"files"`
}

// willRenameFiles answers with what follows where the client is about to rename the
// pages of events: their links and those to them, and the lists of their days.
func (c *call) willRenameFiles(p renameFilesParams) (any, error) {
	byTree := map[*fileTree][]git.Change{}
	for _, file := range p.Files {
		f, from := c.treeOf(file.OldURI)
		g, to := c.treeOf(file.NewURI)
		if f == nil || f != g || !archive.IsPage(from) || !archive.IsPage(to) || from == to {
			continue
		}
		byTree[f] = append(byTree[f], git.Change{From: from, To: to})
	}
	out := &workspaceEdit{}
	for f, moves := range byTree {
		err := f.use(func() error {
			e, err := (&pageCall{call: c, f: f, live: f.live(c.docs)}).follow(moves)
			if err == nil && e != nil {
				out.DocumentChanges = append(out.DocumentChanges, e.DocumentChanges...)
				if out.Changes == nil {
					out.Changes = e.Changes
				}
			}
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	if len(out.DocumentChanges)+len(out.Changes) == 0 {
		return nil, nil
	}
	return out, nil
}

// follow returns the edits that make pages follow where others move.
func (c *pageCall) follow(moves []git.Change) (*workspaceEdit, error) {
	c.sweep()
	_, live := c.whole()
	moved := live.NewChanges()
	back := map[string]string{}
	var events []git.Change
	for _, m := range moves {
		e := live.EventAt(m.From)
		if kind, _ := archive.Classify(m.To); e == nil || kind != archive.EventPage || !isPageOf(live, m.To) || live.Exists(m.To) {
			continue
		}
		moved.All = append(moved.All, archive.Change{Path: m.From, To: m.To, From: e.Source, After: e.Source})
		back[m.To] = m.From
		events = append(events, m)
	}
	if len(events) == 0 {
		return nil, nil
	}
	after := live.After(moved)
	r, err := edit.FollowFiles(after, after.Paths("."), live, events, c.now())
	if err != nil {
		return nil, err
	}
	changes := r.Plan.Changes().All
	for i := range changes {
		// The client edits the page where it is now, and moves it itself.
		if from, ok := back[changes[i].Path]; ok {
			changes[i].Path, changes[i].To = from, ""
		}
	}
	return c.edit(changes)
}

func (s *server) now() time.Time {
	if s.o.Now != nil {
		return s.o.Now()
	}
	return time.Now()
}
