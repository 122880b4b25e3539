package lsp

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"newsctl/archive"
	"newsctl/archive/page"
)

const (
	ferry  = "news/2024/03/5/ferry-sails.md"
	bridge = "news/2024/03/6/bridge-opens.md"
	strike = "news/2024/03/6/strike-ends.md"
	day5   = "news/2024/03/5/index.md"
	day6   = "news/2024/03/6/index.md"
)

// harbour is a small archive without findings.
func harbour() map[string]string {
	files := map[string]string{
		ferry: "### [2024-03-5](/news/2024/03/5/index.md)\n##### Harbour\n# Ferry sails. \nIt sails at last.\n\n### Source:\n1. [Gazette](https://gazette.example/ferry)\n\n" +
			"### Related:\n\n1. [Bridge opens. ](/news/2024/03/6/bridge-opens.md) _Context: Harbour_\n",
		bridge: "### [2024-03-6](/news/2024/03/6/index.md)\n##### Harbour\n# Bridge opens. \nIt opens, see [Ferry sails.](/news/2024/03/5/ferry-sails.md).\n\n_Context: Ellery, Harbour_\n\n### Source:\n1. [Gazette](https://gazette.example/bridge)\n\n" +
			"### Related:\n\n1. [Ferry sails. ](/news/2024/03/5/ferry-sails.md) _Context: Harbour_\n",
		strike: "### [2024-03-6](/news/2024/03/6/index.md)\n##### Port strike\n# Strike ends. \nIt ends.\n\n_Context: Orlando, Florida, Port strike_\n\n<!-- newsctl-name: Orlando, Florida -->\n\n### Source:\n1. [Gazette](https://gazette.example/strike)\n",
		day5:   "## [2024-03-5](/news/2024/03/5/index.md)\n##### Harbour\n### [Ferry sails. ](/news/2024/03/5/ferry-sails.md)\nIt sails at last.\n",
		day6: "## [2024-03-6](/news/2024/03/6/index.md)\n##### Harbour\n### [Bridge opens. ](/news/2024/03/6/bridge-opens.md)\nIt opens.\n##### Port strike\n### [Strike ends. ](/news/2024/03/6/strike-ends.md)\nIt ends.\n" +
			"## [Previous Day...](/news/2024/03/5/index.md)\n",
	}
	files["index.md"] = files[day6][:strings.Index(files[day6], "## [Previous")] + files[day5]
	for _, p := range []string{"index.md", day5, day6} {
		files[strings.TrimSuffix(p, "index.md")+"README.md"] = files[p]
	}
	return files
}

// TestDiagnostics shows the findings of the buffer, not of the disk, and makes those on
// other open pages follow.
func TestDiagnostics(t *testing.T) {
	t.Parallel()
	c := start(t, harbour())
	c.open(ferry)
	c.open(bridge)
	c.open(day5)
	c.expect(ferry)
	c.expect(bridge)
	c.expect(day5)

	c.replace(ferry, "Ferry sails. ", "Ferry sinks. ")
	c.expect(ferry, "slug-mismatch")
	c.expect(bridge, "related-title")
	c.expect(day5, "day-title")
	c.replace(ferry, "Ferry sinks. ", "Ferry sails. ")
	c.expect(ferry)
	c.expect(bridge)
	c.expect(day5)

	c.replace(bridge, "ferry-sails.md) _", "ferry-sail.md) _")
	c.expect(bridge, "related-broken")
	d := c.findings(bridge)[0]
	if d.Severity != 1 || d.Source != "newsctl" || !strings.Contains(d.Message, "did you mean ferry-sails.md?") || d.Range.Start.Line != 12 {
		t.Errorf("%+v", d)
	}

	// A page that is made in the editor is there for other pages.
	c.open("news/2024/03/5/ferry-sail.md", "### [2024-03-5](/news/2024/03/5/index.md)\n# Ferry sail. \n\n_Context: Harbour_\n\n### Source:\n1. [Gazette](https://gazette.example/sail)\n")
	c.expect(bridge, "related-title")
	c.notify("textDocument/didClose", documentParams{documentID{c.uri("news/2024/03/5/ferry-sail.md")}})
	c.expect(bridge, "related-broken")
	c.notify("textDocument/didClose", documentParams{documentID{c.uri(bridge)}})
	c.await(func() bool { d := c.published[c.uri(bridge)]; return d.Version == nil && len(d.Diagnostics) == 0 })
}

// TestDisk makes findings follow what others change on disk, with and without a report
// of the client.
func TestDisk(t *testing.T) {
	t.Parallel()
	c := start(t, harbour())
	c.open(bridge)
	c.expect(bridge)
	name := filepath.Join(c.root, ferry)
	writeFile(t, name, strings.Replace(harbour()[ferry], "# Ferry sails", "# Ferry sinks", 1))
	c.notify("workspace/didChangeWatchedFiles", json.RawMessage(`{"changes":[{"uri":"`+c.uri(ferry)+`","type":2}]}`))
	c.expect(bridge, "related-title")
	if err := os.Remove(name); err != nil {
		t.Fatal(err)
	}
	c.expect(bridge, "link-broken", "related-broken")
	writeFile(t, name, harbour()[ferry])
	c.expect(bridge)
}

// TestCompletion completes contexts, pages, topics and sections.
func TestCompletion(t *testing.T) {
	t.Parallel()
	c := start(t, harbour())
	c.open(bridge)
	c.open(strike)
	c.warm(bridge)
	for _, tt := range []struct {
		page, old, typed string // the cursor is at ^
		want             []string
		made             string // by the first item
	}{
		{bridge, "_Context: Ellery, Harbour_", "_Context: H^_", []string{"Harbour"}, "_Context: Harbour_"},
		{bridge, "_Context: Ellery, Harbour_", "_Context: Ellery, por^", []string{"Port strike"}, "_Context: Ellery, Port strike"},
		{bridge, "_Context: Ellery, Harbour_", "_Context: Orlando, F^_", []string{"Orlando, Florida"}, "_Context: Orlando, Florida_"},
		{bridge, "_Context: Ellery, Harbour_", "_Context:^_", []string{"Harbour", "Ellery", "Orlando, Florida", "Port strike"}, "_Context:Harbour_"},
		{bridge, "It opens", "See [sTR^ for more", []string{"Strike ends."}, "See [Strike ends.](/news/2024/03/6/strike-ends.md) for more"},
		{bridge, "It opens", "See [ends st^] for more", []string{"Strike ends."}, "See [Strike ends.](/news/2024/03/6/strike-ends.md) for more"},
		{bridge, "### Related:\n\n", "### Related:\n\n1. [str^\n", []string{"Strike ends."}, "### Related:\n\n1. [Strike ends. ](/news/2024/03/6/strike-ends.md)\n"},
		{bridge, "##### Harbour", "##### P^", []string{"Port strike"}, "##### Port strike"},
		{bridge, "_Context: Ellery, Harbour_", "*消息：P^*", []string{"Port strike"}, "*消息：Port strike*"},
		{strike, "### Source:", "### Source:\n1. [A](https://a.example)\n\n### R^", []string{"Related:"}, "### Source:\n1. [A](https://a.example)\n\n### Related:"},
		{bridge, "It opens", "It _opens^", nil, ""},
		{bridge, "It opens", "It [opens](x)^", nil, ""},
	} {
		was := c.texts[tt.page]
		c.replace(tt.page, tt.old, strings.Replace(tt.typed, "^", "", 1))
		var list completionList
		c.ask("textDocument/completion", c.at(tt.page, tt.typed), &list)
		var labels []string
		for _, i := range list.Items {
			labels = append(labels, i.Label)
		}
		if !slices.Equal(labels, tt.want) {
			t.Errorf("%s: %q, want %q", tt.typed, labels, tt.want)
		} else if len(labels) > 0 {
			got := applyEdits(c.texts[tt.page], []textEdit{list.Items[0].TextEdit}, c.enc)
			if want := strings.Replace(was, tt.old, tt.made, 1); got != want {
				t.Errorf("%s: made %q, want %q", tt.typed, got, want)
			}
		}
		c.replace(tt.page, strings.Replace(tt.typed, "^", "", 1), tt.old)
	}
}

// TestCompletionSpaces writes the headline of a link without the stray spaces of its
// page, and with the one after it that the other entries have.
func TestCompletionSpaces(t *testing.T) {
	t.Parallel()
	files := harbour()
	files[strike] = strings.Replace(files[strike], "# Strike ends. ", "#   Strike ends.  ", 1)
	c := start(t, files)
	c.open(bridge)
	c.open(ferry)
	c.open(strike)
	c.warm(bridge)
	c.replace(ferry, "[Bridge opens. ]", "[Bridge opens.]")
	for _, tt := range []struct{ page, old, typed, want string }{
		{bridge, "### Related:\n\n", "### Related:\n\n1. [str^\n", "1. [Strike ends. ](/news"},
		{ferry, "### Related:\n\n", "### Related:\n\n1. [str^\n", "1. [Strike ends.](/news"},
		{bridge, "It opens", "See [str^", "See [Strike ends.](/news"},
		{strike, "### Source:", "### Related:\n1. [bri^\n\n### Source:", "1. [Bridge opens.](/news"},
	} {
		c.replace(tt.page, tt.old, strings.Replace(tt.typed, "^", "", 1))
		var list completionList
		c.ask("textDocument/completion", c.at(tt.page, tt.typed), &list)
		if len(list.Items) != 1 {
			t.Fatalf("%s: %+v", tt.typed, list)
		}
		if got := applyEdits(c.texts[tt.page], []textEdit{list.Items[0].TextEdit}, c.enc); !strings.Contains(got, tt.want) {
			t.Errorf("%s: %q has no %q", tt.typed, got, tt.want)
		}
		c.replace(tt.page, strings.Replace(tt.typed, "^", "", 1), tt.old)
	}
}

// TestLargePage reports a page that is too large to be read, as lint does, until it is
// not.
func TestLargePage(t *testing.T) {
	t.Parallel()
	files := harbour()
	files[ferry] += "\n" + strings.Repeat("x", page.MaxSize)
	c := start(t, files)
	c.open(ferry)
	c.open(strike)
	c.expect(strike)
	for _, p := range []string{ferry, strike} {
		if p == strike {
			c.replace(p, "It ends.", "It ends."+strings.Repeat("\u00e9", page.MaxSize/2))
		}
		c.expect(p, "page-structure")
		if d := c.findings(p)[0]; d.Message != p+" is larger than 256 KiB; pages of an archive are a few KiB" || d.Range != (textRange{}) || d.Severity != 1 {
			t.Errorf("%+v", d)
		}
		if got := string(c.request("textDocument/hover", c.at(p, "# ^"))); got != "null" {
			t.Errorf("hover on %s: %s", p, got)
		}
	}
	c.replace(strike, strings.Repeat("\u00e9", page.MaxSize/2), "")
	c.expect(strike)
	c.replace(ferry, strings.Repeat("x", page.MaxSize), "")
	c.expect(ferry)
}

// TestNavigation shows an event, where it is, and what lists it.
func TestNavigation(t *testing.T) {
	t.Parallel()
	c := start(t, harbour())
	c.open(bridge)
	c.open(day6)
	c.warm(bridge)
	var h hover
	c.ask("textDocument/hover", c.at(bridge, "1. [Fe^rry"), &h)
	if want := "**Ferry sails.**\n\n2024-03-5 · Harbour\n\nContexts: Harbour\n\nRelated: shares Harbour"; h.Contents.Value != want || h.Contents.Kind != "markdown" {
		t.Errorf("hover: %q", h.Contents)
	}
	c.ask("textDocument/hover", c.at(bridge, "# Bri^dge"), &h)
	if want := "**Bridge opens.**\n\n2024-03-6 · Harbour\n\nContexts: Ellery, Harbour"; h.Contents.Value != want {
		t.Errorf("hover: %q", h.Contents)
	}
	if got := c.request("textDocument/hover", c.at(bridge, "It op^ens")); string(got) != "null" {
		t.Errorf("hover on text: %s", got)
	}

	var at location
	c.ask("textDocument/definition", c.at(bridge, "1. [Fe^rry"), &at)
	if want := (location{c.uri(ferry), textRange{position{2, 2}, position{2, 15}}}); at != want {
		t.Errorf("definition: %+v", at)
	}
	c.ask("textDocument/definition", c.at(bridge, "[2024-^03-6]"), &at)
	if at.URI != c.uri(day6) {
		t.Errorf("definition of the day: %+v", at)
	}

	var places []location
	c.ask("textDocument/references", referenceParams{place: c.at(bridge, "# Bri^dge")}, &places)
	var files []string
	for _, p := range places {
		files = append(files, strings.TrimPrefix(p.URI, c.uri("")))
	}
	if want := []string{"/index.md", "/" + ferry, "/" + day6}; !slices.Equal(files, want) {
		t.Errorf("references: %q", files)
	}
	// The buffer counts, not the disk.
	c.replace(day6, "### [Bridge opens. ](/news/2024/03/6/bridge-opens.md)\nIt opens.\n", "")
	c.ask("textDocument/references", referenceParams{place: c.at(day6, "Strike^ ends")}, &places)
	if len(places) != 2 {
		t.Errorf("references of the buffer: %v", places)
	}

	var links []documentLink
	c.ask("textDocument/documentLink", documentParams{documentID{c.uri(bridge)}}, &links)
	if len(links) != 4 || links[0].Target != c.uri(day6) || links[2].Target != "https://gazette.example/bridge" {
		t.Errorf("links: %+v", links)
	}
	var symbols []documentSymbol
	c.ask("textDocument/documentSymbol", documentParams{documentID{c.uri(bridge)}}, &symbols)
	if len(symbols) != 1 || symbols[0].Name != "Bridge opens." || len(symbols[0].Children) != 2 || symbols[0].Children[1].Children[0].Name != "Ferry sails." {
		t.Errorf("symbols: %+v", symbols)
	}
	var folds []foldingRange
	c.ask("textDocument/foldingRange", documentParams{documentID{c.uri(bridge)}}, &folds)
	if !slices.Equal(folds, []foldingRange{{7, 8}, {10, 12}}) {
		t.Errorf("folds: %+v", folds)
	}
	var found []symbolInformation
	c.ask("workspace/symbol", map[string]string{"query": "ends strike"}, &found)
	if len(found) != 1 || found[0].Name != "Strike ends." || found[0].Location.URI != c.uri(strike) {
		t.Errorf("workspace symbols: %+v", found)
	}
	c.replace(bridge, "# Bridge opens. ", "# Bridge shuts. ")
	c.ask("workspace/symbol", map[string]string{"query": "shuts"}, &found)
	if len(found) != 1 || found[0].Name != "Bridge shuts." {
		t.Errorf("workspace symbols of the buffer: %+v", found)
	}
}

// TestRename renames an event with all that names it, as newsctl rename does.
func TestRename(t *testing.T) {
	t.Parallel()
	c := start(t, harbour())
	c.open(bridge)
	var prepared struct{ Placeholder string }
	c.ask("textDocument/prepareRename", c.at(bridge, "1. [Fe^rry"), &prepared)
	if prepared.Placeholder != "Ferry sails." {
		t.Errorf("prepared: %+v", prepared)
	}
	made := c.apply(c.request("textDocument/rename", renameParams{c.at(bridge, "1. [Fe^rry"), "Ferry sinks."}))
	const now = "news/2024/03/5/ferry-sinks.md"
	if _, still := made[ferry]; still || !strings.Contains(made[now], "# Ferry sinks. \n") {
		t.Errorf("the page: %q", made)
	}
	for _, p := range []string{bridge, day5, "news/2024/03/5/README.md", "index.md", "README.md"} {
		if text := made[p]; !strings.Contains(text, "[Ferry sinks. ](/"+now+")") || strings.Contains(text, "sails.") {
			t.Errorf("%s: %q", p, text)
		}
	}
	var e rpcError
	if c.ask("textDocument/rename", renameParams{c.at(bridge, "1. [Fe^rry"), "Strike\nends"}, &e); e.Code != requestFailed {
		t.Errorf("%+v", e)
	}

	for _, tt := range []struct{ at, name, want string }{
		{"1. [Fe^rry", "", "the headline is empty"},
		{"1. [Fe^rry", " \u3000\t", "the headline is empty"},
		{"# Bri^dge", "", "the headline is empty"},
		{"^### [2024-03-6]", "Bridge shuts.", "no headline or link to an event here"},
		{"[2024-^03-6]", "Bridge shuts.", "no headline or link to an event here"},
		{"^It opens", "Bridge shuts.", "no headline or link to an event here"},
		{"[Gaz^ette]", "Bridge shuts.", "no headline or link to an event here"},
	} {
		at := c.at(bridge, tt.at)
		if c.ask("textDocument/rename", renameParams{at, tt.name}, &e); e != (rpcError{requestFailed, tt.want}) {
			t.Errorf("%s: %q: %+v", tt.at, tt.name, e)
		}
		if got := string(c.request("textDocument/prepareRename", at)); (got == "null") == (tt.name != "Bridge shuts.") {
			t.Errorf("%s: prepared %s", tt.at, got)
		}
	}
	for _, at := range []string{"^# Bridge", "opens. ^\n", "see [Ferry sa^ils"} {
		if got := string(c.request("textDocument/prepareRename", c.at(bridge, at))); got == "null" {
			t.Errorf("%s: not prepared", at)
		}
		c.apply(c.request("textDocument/rename", renameParams{c.at(bridge, at), "Boat sinks."}))
	}

	made = c.apply(c.request("workspace/willRenameFiles", json.RawMessage(`{"files":[{"oldUri":"`+c.uri(ferry)+`","newUri":"`+c.uri("news/2024/03/5/boat.md")+`"}]}`)))
	if !strings.Contains(made[bridge], "[Ferry sails. ](/news/2024/03/5/boat.md)") || !strings.Contains(made["index.md"], "/5/boat.md") {
		t.Errorf("renamed file: %q", made)
	}
}

// TestNotLoaded answers from the pages at hand while the whole archive is being read.
func TestNotLoaded(t *testing.T) {
	t.Parallel()
	c := start(t, harbour())
	release := make(chan bool)
	open := c.options.Open
	c.options.Open = func(root string) (*Archive, error) {
		a, err := open(root)
		fresh, n := a.Fresh, 0
		a.Fresh = func() *archive.Archive {
			if n++; n == 2 {
				<-release
			}
			return fresh()
		}
		return a, err
	}
	c.open(bridge)
	c.expect(bridge)
	c.replace(bridge, "1. [Ferry", "2. [Ferry")
	c.expect(bridge, "related-number")
	var h hover
	c.ask("textDocument/hover", c.at(bridge, "2. [Fe^rry"), &h)
	if want := "**Ferry sails.**\n\n2024-03-5 · Harbour\n\nContexts: Harbour\n\nRelated: shares Harbour"; h.Contents.Value != want {
		t.Errorf("hover: %q", h.Contents)
	}
	c.replace(bridge, "It opens", "It [stri")
	var list completionList
	if c.ask("textDocument/completion", c.at(bridge, "[stri^"), &list); len(list.Items) != 1 || !list.IsIncomplete {
		t.Errorf("%+v", list)
	}
	c.replace(bridge, "Ellery, Harbour_", "por_")
	if c.ask("textDocument/completion", c.at(bridge, "por^_"), &list); len(list.Items) != 1 || list.Items[0].Label != "Port strike" {
		t.Errorf("%+v", list)
	}
	close(release)
	c.warm(bridge)
	if c.ask("textDocument/completion", c.at(bridge, "por^_"), &list); len(list.Items) != 1 || list.IsIncomplete {
		t.Errorf("%+v", list)
	}
}
