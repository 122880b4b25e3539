package lsp

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
)

// TestActions fixes a finding, a page, and relinks a page.
func TestActions(t *testing.T) {
	t.Parallel()
	c := start(t, harbour())
	c.open(bridge)
	c.replace(bridge, "[Ferry sails. ]", "[Fery sails. ]")
	c.replace(bridge, "1. [Fery", "2. [Fery")
	c.expect(bridge, "related-number", "related-title")

	actions := c.actions(bridge, c.at(bridge, "2. [F^ery").Position)
	var titles []string
	for _, a := range actions {
		titles = append(titles, a.Kind+": "+a.Title)
	}
	if len(actions) != 3 || actions[0].Kind != quickFix || actions[1].Kind != fixAll || actions[2].Kind != relink || !actions[0].IsPreferred || actions[0].Diagnostics[0].Code != "related-title" {
		t.Fatalf("actions: %q", titles)
	}
	got := c.apply(c.resolve(actions[0]))
	if want := strings.Replace(c.texts[bridge], "[Fery", "[Ferry", 1); len(got) != 1 || got[bridge] != want {
		t.Errorf("fixed: %q", got)
	}
	if got := c.apply(c.resolve(actions[1])); len(got) != 1 || got[bridge] != harbour()[bridge] {
		t.Errorf("all fixed: %q", got)
	}

	// What is suggested is for a person to choose.
	c.replace(bridge, "[2024-03-6]", "[2024-03-7]")
	c.expect(bridge, "date-mismatch", "related-number", "related-title")
	actions = c.actions(bridge, c.at(bridge, "[2024-^03-7").Position)
	if len(actions) != 3 || actions[0].IsPreferred || actions[0].Edit == nil || actions[0].Title != "Replace with 2024-03-6 [date-mismatch]" {
		t.Fatalf("%+v", actions)
	}
	raw, _ := json.Marshal(actions[0].Edit)
	if got := c.apply(raw)[bridge]; !strings.Contains(got, "### [2024-03-6](") {
		t.Errorf("suggested: %q", got)
	}
	c.replace(bridge, "[2024-03-7]", "[2024-03-6]")

	// A list that is taken out comes back.
	c.replace(bridge, c.texts[bridge][strings.Index(c.texts[bridge], "\n### Related"):], "")
	actions = c.actions(bridge, position{})
	if len(actions) != 1 || actions[0].Kind != relink {
		t.Fatalf("%+v", actions)
	}
	if got := c.apply(c.resolve(actions[0]))[bridge]; got != harbour()[bridge] {
		t.Errorf("relinked: %q", got)
	}

	// What was offered for an earlier text is refused.
	c.replace(bridge, "It opens", "It opened")
	var e rpcError
	if c.ask("codeAction/resolve", actions[0], &e); e.Code != contentModified {
		t.Errorf("%+v", e)
	}
}

// TestPreferred prefers one fix of a place.
func TestPreferred(t *testing.T) {
	t.Parallel()
	files := harbour()
	files[bridge] = strings.Replace(files[bridge], "1. [Ferry sails. ]", "1. [Ferry sails. ](/news/2024/03/5/ferry-sails.md) _Context: Harbour_\n1. [Strike ends. ](/news/2024/03/6/strike-ends.md) _Context: Ellery, Harbour_\n5. [Ferry sails. ]", 1)
	c := start(t, files)
	c.open(bridge)
	var rules []string
	preferred := 0
	for _, a := range c.actions(bridge, c.at(bridge, "^1. [Strike").Position) {
		if a.Kind == quickFix {
			rules = append(rules, a.Diagnostics[0].Code)
			if a.IsPreferred {
				preferred++
			}
		}
	}
	if want := []string{"related-number", "related-order"}; !slices.Equal(rules, want) || preferred != 1 {
		t.Errorf("%d of %q are preferred", preferred, rules)
	}
}

// TestRemoveEntry removes entries whose page does not exist, and keeps what only they
// say of the event.
func TestRemoveEntry(t *testing.T) {
	t.Parallel()
	files := harbour()
	files[ferry] = strings.Replace(files[ferry], "1. [Bridge", "1. [Nothing here](/news/2024/03/6/nothing.md) _Context: Fog_\n2. [Bridge", 1)
	files[day6] = strings.Replace(files[day6], "##### Port", "### [Nothing here](/news/2024/03/6/nothing.md)\nNothing.\n##### Port", 1)
	c := start(t, files)
	c.open(ferry)
	c.open(day6)
	for _, warm := range []bool{false, true} {
		if warm {
			c.warm(ferry)
		}
		for p, want := range map[string]string{
			ferry: strings.Replace(harbour()[ferry], "at last.\n", "at last.\n\n_Context: Fog, Harbour_\n", 1),
			day6:  harbour()[day6],
		} {
			actions := c.actions(p, c.at(p, "6/noth^ing").Position)
			if len(actions) == 0 || actions[0].Title[:16] != "Remove the entry" || actions[0].IsPreferred {
				t.Fatalf("%+v", actions)
			}
			if got := c.apply(c.resolve(actions[0])); got[p] != want {
				t.Errorf("%s is\n%s, want\n%s", p, got[p], want)
			}
		}
	}
	c.replace(ferry, "[Nothing here](/news/2024/03/6/nothing.md)", "[Strike ends. ](/news/2024/03/6/strike-ends.md)")
	for _, a := range c.actions(ferry, c.at(ferry, "6/str^ike").Position) {
		if strings.HasPrefix(a.Title, "Remove") {
			t.Errorf("%+v", a)
		}
	}
}

func (c *client) actions(p string, at position) (out []codeAction) {
	c.t.Helper()
	c.ask("textDocument/codeAction", map[string]any{"textDocument": documentID{c.uri(p)}, "range": textRange{at, at}, "context": map[string]any{"diagnostics": []any{}}}, &out)
	return out
}

func (c *client) resolve(a codeAction) json.RawMessage {
	c.t.Helper()
	var out struct{ Edit json.RawMessage }
	c.ask("codeAction/resolve", a, &out)
	return out.Edit
}
