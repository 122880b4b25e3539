package lsp

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"newsctl/archive"
	"newsctl/archive/page"
	"newsctl/archive/plan"
	"newsctl/archive/related"
	"newsctl/lint"
)

func init() {
	handlers["textDocument/codeAction"] = onPage((*pageCall).codeActions)
	handlers["codeAction/resolve"] = typed((*call).resolveAction)
}

// Kinds of code actions.
const (
	quickFix = "quickfix"
	fixAll   = "source.fixAll.newsctl"
	relink   = "source.relink.newsctl"
)

type codeAction struct {
	Title       string         `json:"title"`
	Kind        string         `json:"kind"`
	Diagnostics []diagnostic   `json:"diagnostics,omitempty"`
	IsPreferred bool           `json:"isPreferred,omitempty"`
	Edit        *workspaceEdit `json:"edit,omitempty"`
	Data        *actionData    `json:"data,omitempty"`
}

// actionData says what an action does, to work out its edit when it is chosen.
type actionData struct {
	URI     string `json:"uri"`
	Version int    `json:"version"`
	Rule    string `json:"rule,omitempty"` // of the finding to fix
	Start   int    `json:"start,omitempty"`
	Message string `json:"message,omitempty"`
	Remove  bool   `json:"remove,omitempty"` // the entry whose link target begins at Start
}

type codeActionParams struct {
	documentParams
	Range   textRange `json:"range"`
	Context struct {
		Only []string `json:"only"`
	} `json:"context"`
}

// codeActions answers with what can be done at a range: the fixes of its findings, all
// fixes of the page, and relinking it.
func (c *pageCall) codeActions(p codeActionParams) (any, error) {
	out := []codeAction{}
	if c.client.TextDocument.CodeAction.LiteralSupport == nil {
		return out, nil // it knows commands only
	}
	wanted := func(kind string) bool {
		return len(p.Context.Only) == 0 || slices.ContainsFunc(p.Context.Only, func(only string) bool {
			return kind == only || strings.HasPrefix(kind, only+".")
		})
	}
	found, _ := lint.CheckPage(c.live, c.page.Path, c.f.archive.Lint)
	found = c.f.visible(found)
	from, to := c.offset(p.Range.Start), c.offset(p.Range.End)
	fixable := 0
	var preferred []page.Span
	for _, x := range found {
		if x.Fix != nil {
			fixable++
		}
		if !wanted(quickFix) || to < x.Span.Start || x.Span.End < from {
			continue
		}
		for _, a := range c.quickFixes(x) {
			if a.IsPreferred { // one in a place, which clients may apply without asking
				a.IsPreferred = !slices.ContainsFunc(preferred, func(s page.Span) bool { return s.Start <= x.Span.End && x.Span.Start <= s.End })
				preferred = append(preferred, x.Span)
			}
			out = append(out, a)
		}
	}
	if fixable > 0 && wanted(fixAll) {
		out = append(out, codeAction{Title: "Fix this page: all that is safe to fix", Kind: fixAll, Data: c.data(lint.Finding{})})
	}
	if c.page.Event != nil && wanted(relink) {
		out = append(out, codeAction{Title: "Relink this page", Kind: relink, Data: c.data(lint.Finding{})})
	}
	return c.resolved(out), nil
}

func (c *pageCall) data(x lint.Finding) *actionData {
	return &actionData{c.doc.uri, c.doc.version, x.Rule, x.Span.Start, x.Message, false}
}

// quickFixes returns what fixes a finding: its fix, or the text that is suggested for a
// person to decide; and what removes a broken entry.
func (c *pageCall) quickFixes(x lint.Finding) []codeAction {
	a := codeAction{Title: titleOf(x), Kind: quickFix, Diagnostics: c.diagnostics(c.f, c.doc, []lint.Finding{x})}
	out := c.removals(x, a)
	switch {
	case x.Fix != nil:
		a.IsPreferred = true
		a.Data = c.data(x)
	case x.Suggestion != "" && utf8.ValidString(x.Suggestion):
		a.Title = "Replace with " + x.Suggestion + " [" + x.Rule + "]"
		edit := textEdit{c.span(x.Span), x.Suggestion}
		var err error
		a.Edit, err = c.forClient(&workspaceEdit{DocumentChanges: []any{textDocumentEdit{versionedID{c.doc.uri, &c.doc.version}, []textEdit{edit}}}})
		if err != nil {
			return out
		}
	default:
		return out
	}
	return append([]codeAction{a}, out...)
}

// removals returns the action that removes the entry that a finding is about, if the
// page that it links to does not exist. Where it is known that the contexts of events
// could not be kept, there is none.
func (c *pageCall) removals(x lint.Finding, a codeAction) []codeAction {
	if !strings.HasSuffix(x.Rule, "-broken") || lint.RemoveEntry(c.page, x.Span.Start) == nil {
		return nil
	}
	a.Title = "Remove the entry [" + x.Rule + "]"
	a.Data = c.data(x)
	a.Data.Remove = true
	if c.f.known() != nil {
		if _, err := c.plan(a); err != nil {
			return nil
		}
	}
	return []codeAction{a}
}

// titleOf returns what the fix of a finding is called: the hint of its message, if it
// has one.
func titleOf(x lint.Finding) string {
	title := "fix: " + x.Message
	if i := strings.LastIndex(x.Message, "; "); i >= 0 {
		title = x.Message[i+2:]
	}
	r, size := utf8.DecodeRuneInString(title)
	return strings.ToValidUTF8(string(unicode.ToUpper(r))+title[size:]+" ["+x.Rule+"]", "\ufffd")
}

// resolved returns actions with their edits, for a client that does not ask for these
// when one is chosen. Those that cannot be worked out are omitted.
func (c *pageCall) resolved(actions []codeAction) []codeAction {
	can := c.client.TextDocument.CodeAction
	if can.DataSupport && slices.Contains(can.ResolveSupport.Properties, "edit") {
		return actions
	}
	out := []codeAction{}
	for _, a := range actions {
		if a.Edit == nil {
			edit, err := c.work(a)
			if err != nil || edit == nil {
				continue
			}
			a.Edit, a.Data = edit, nil
		}
		out = append(out, a)
	}
	return out
}

// resolveAction answers with an action and its edit.
func (c *call) resolveAction(a codeAction) (any, error) {
	if a.Data == nil {
		return a, nil
	}
	return c.onPage(a.Data.URI, func(pc *pageCall) (any, error) {
		if pc.doc.version != a.Data.Version {
			return nil, errModified
		}
		edit, err := pc.work(a)
		if err != nil {
			return nil, err
		}
		a.Edit = edit
		return a, nil
	})
}

// work works out the edit of an action.
func (c *pageCall) work(a codeAction) (*workspaceEdit, error) {
	c.sweep()
	p, err := c.plan(a)
	if err != nil {
		return nil, err
	}
	return c.edit(p.Changes().All)
}

func (c *pageCall) plan(a codeAction) (*plan.Plan, error) {
	live, known := c.contexts()
	switch {
	case a.Kind == fixAll:
		fixed, err := lint.PlanFixes(live, []string{c.page.Path}, c.f.archive.Lint)
		if err != nil {
			return nil, err
		}
		return fixed.Plan, nil
	case a.Kind == relink:
		relinked, err := related.NewRelinker(known, func() archive.Habits { return live.Habits(known.Events()) }, []string{c.page.Path}).Relink([]string{c.page.Path})
		if err != nil {
			return nil, err
		}
		return plan.Guard(relinked.Changes, known)
	case a.Data.Remove:
		return lint.PlanFix(live, lint.Finding{Rule: a.Data.Rule, Fix: lint.RemoveEntry(live.Page(c.page.Path), a.Data.Start)}, known)
	}
	found, _ := lint.CheckPage(live, c.page.Path, c.f.archive.Lint)
	for _, x := range found {
		if x.Rule == a.Data.Rule && x.Span.Start == a.Data.Start && x.Message == a.Data.Message {
			return lint.PlanFix(live, x, known)
		}
	}
	return nil, failf("%s: the history of the archive says otherwise; run \"newsctl lint --fix\"", a.Data.Rule)
}

// eventAt returns the event that a position is about: that of the link there, or the
// page's own.
func (c *pageCall) eventAt(offset int) *archive.Page {
	if _, to, ok := c.targetAt(offset); ok {
		return c.live.EventAt(to)
	}
	if linkAt(c.page, offset) == nil && c.page.Event != nil {
		return c.page
	}
	return nil
}
