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

// renamable returns the event that a rename at an offset is about, and what shows its
// headline there: a link, or the heading of its page. The event is nil elsewhere.
func (c *pageCall) renamable(offset int) (*archive.Page, page.Span) {
	e := c.eventAt(offset)
	if e == nil || len(e.Event.Headlines) == 0 {
		return nil, page.Span{}
	}
	if l := linkAt(c.page, offset); l != nil {
		if l.Text.Empty() {
			return e, l.Span
		}
		return e, l.Text
	}
	title := e.Event.Headlines[0]
	lines := strings.TrimRight(c.page.Text(title.Lines()), "\r\n")
	if offset < title.Start || title.Start+len(lines) < offset {
		return nil, page.Span{}
	}
	return e, title.Text
}

// prepareRename answers with the headline that can be changed at a position.
func (c *pageCall) prepareRename(p place) (any, error) {
	e, at := c.renamable(c.offset(p.Position))
	if e == nil {
		return nil, nil
	}
	headline, _ := e.Event.Headline()
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
	e, _ := c.renamable(c.offset(p.Position))
	if e == nil {
		return nil, failf("no headline or link to an event here")
	}
	headline := strings.TrimSpace(p.NewName)
	if headline == "" {
		return nil, failf("the headline is empty")
	}
	c.sweep()
	live, known := c.contexts()
	r, err := edit.Rename(live, live.Paths("."), e.Path, edit.RenameOptions{Headline: headline, Now: c.now(), Contexts: known})
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
		moved.All = append(moved.All, archive.Change{Path: m.From, To: m.To, From: archive.Held(e.Source), After: archive.Held(e.Source)})
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
