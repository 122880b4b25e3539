package lsp

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"newsctl/archive"
	"newsctl/archive/archivetest"
	"newsctl/archive/edit"
	"newsctl/archive/plan"
	"newsctl/archive/related"
	"newsctl/lint"
)

// TestPlans compares the edits that a client is sent with the plans of the commands, on
// archives whose pages are edited at random.
func TestPlans(t *testing.T) {
	t.Parallel()
	for seed := range uint64(archivetest.Seeds(2, 30)) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			e := newRandomEditor(t, seed)
			e.s.o.Now = func() time.Time { return archivetest.RenameTime }
			if err := json.Unmarshal(fmt.Appendf(nil, testCapabilities, ""), &e.s.client); err != nil {
				t.Fatal(err)
			}
			for n := range 4 {
				e.step()
				if p := e.one(); archive.IsPage(p) {
					e.comparePlans(p, fmt.Sprintf("Renamed %d times.", n))
				}
			}
		})
	}
}

func (e *randomEditor) comparePlans(p, headline string) {
	e.t.Helper()
	files := archivetest.Files(maps.Clone(e.disk))
	maps.Copy(files, e.open)
	a, paths := files.Archive(archive.Config{})
	if a.EventAt(p) == nil {
		return
	}
	for name, c := range map[string]struct {
		command func() (*plan.Plan, error)
		server  func(*pageCall) (any, error)
	}{
		"rename": {
			func() (*plan.Plan, error) {
				r, err := edit.Rename(a, paths, p, edit.RenameOptions{Headline: headline, Now: archivetest.RenameTime})
				if err != nil {
					return nil, err
				}
				return r.Plan, nil
			},
			func(pc *pageCall) (any, error) {
				if len(pc.page.Event.Headlines) == 0 {
					return nil, nil // a rename is asked for at the headline
				}
				at := pc.page.Event.Headlines[0].Text
				if linkAt(pc.page, at.Start) != nil {
					return nil, nil // the link is renamed, not the page
				}
				return pc.rename(renameParams{place{documentID{e.uri(p)}, pc.span(at).Start}, headline})
			},
		},
		"relink": {
			func() (*plan.Plan, error) {
				r, err := related.Relink(a, paths, []string{p})
				if err != nil {
					return nil, err
				}
				return r.Plan, nil
			},
			func(pc *pageCall) (any, error) { return pc.work(codeAction{Kind: relink}) },
		},
		"lint --fix": {
			func() (*plan.Plan, error) {
				r, err := lint.PlanFixes(a, []string{p}, lint.Config{})
				if err != nil {
					return nil, err
				}
				return r.Plan, nil
			},
			func(pc *pageCall) (any, error) { return pc.work(codeAction{Kind: fixAll}) },
		},
	} {
		cl0 := &call{server: e.s, ctx: context.Background(), docs: *e.s.docs.Load()}
		want, wantErr := c.command()
		got, err := e.s.try(cl0, message{Method: name}, func(cl *call, _ json.RawMessage) (any, error) {
			return cl.onPage(e.uri(p), func(pc *pageCall) (any, error) {
				return c.server(pc)
			})
		})
		switch {
		case err != nil && strings.Contains(err.Error(), "not UTF-8"), name == "rename" && got == nil && err == nil:
		case (err != nil) != (wantErr != nil):
			e.t.Errorf("%s %s: %v, want %v", name, p, err, wantErr)
		case err == nil:
			e.sameFiles(name+" "+p, e.applied(files, got.(*workspaceEdit)), files.After(e.t, want))
		}
	}
}

// applied returns files with an edit made.
func (e *randomEditor) applied(files archivetest.Files, w *workspaceEdit) archivetest.Files {
	e.t.Helper()
	out := archivetest.Files(maps.Clone(files))
	at := func(uri string) string {
		file, _ := fileOf(uri)
		rel, err := filepath.Rel(e.root, file)
		if err != nil {
			e.t.Error(err)
		}
		return filepath.ToSlash(rel)
	}
	for _, change := range w.DocumentChanges {
		switch c := change.(type) {
		case textDocumentEdit:
			p := at(c.TextDocument.URI)
			out[p] = applyEdits(out[p], c.Edits, e.s.encoding)
		case resourceOperation:
			switch c.Kind {
			case "create":
				out[at(c.URI)] = ""
			case "delete":
				delete(out, at(c.URI))
			case "rename":
				out[at(c.NewURI)] = out[at(c.OldURI)]
				delete(out, at(c.OldURI))
			}
		}
	}
	return out
}

func (e *randomEditor) sameFiles(what string, got, want archivetest.Files) {
	e.t.Helper()
	for p := range want {
		if got[p] != want[p] {
			e.t.Errorf("%s: %s is\n%q, want\n%q", what, p, got[p], want[p])
		}
	}
	for p := range got {
		if _, wanted := want[p]; !wanted {
			e.t.Errorf("%s: %s is there", what, p)
		}
	}
}
