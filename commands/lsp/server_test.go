package lsp

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"newsctl/archive"
	"newsctl/archive/layout"
)

// TestLife refuses what comes before initialize and after shutdown, and answers what it
// does not know.
func TestLife(t *testing.T) {
	t.Parallel()
	c := serve(t, t.TempDir())
	code := func(method string, params any) int {
		t.Helper()
		var e rpcError
		c.ask(method, params, &e)
		return e.Code
	}
	if got := code("textDocument/hover", nil); got != notInitialized {
		t.Errorf("before initialize: %d", got)
	}
	c.request("initialize", json.RawMessage(`{"capabilities":{}}`))
	if got := code("initialize", json.RawMessage(`{"capabilities":{}}`)); got != invalidRequest {
		t.Errorf("a second initialize: %d", got)
	}
	if got := code("textDocument/flatten", nil); got != methodNotFound {
		t.Errorf("unknown method: %d", got)
	}
	if got := code("textDocument/hover", json.RawMessage(`{"textDocument":7}`)); got != invalidParams {
		t.Errorf("wrong params: %d", got)
	}
	if got := code("textDocument/hover", json.RawMessage(`[1]`)); got != invalidParams {
		t.Errorf("params that are a list: %d", got)
	}
	for _, body := range []string{`[]`, `7`, `{"id":{"a":1},"method":"x"}`, `{"id":7}`, `{"method":"$/unknown"}`, `{"method":"textDocument/didChange","params":{"contentChanges":3}}`, "\xff", ""} {
		fmt.Fprintf(c.in, "Content-Length: %d\r\n\r\n%s", len(body), body)
	}
	if got := c.request("shutdown", nil); string(got) != "null" {
		t.Errorf("shutdown: %s", got)
	}
	if got := code("textDocument/hover", nil); got != invalidRequest {
		t.Errorf("after shutdown: %d", got)
	}
	c.notify("exit", nil)
	if orderly := <-c.ended; !orderly {
		t.Error("exit after shutdown is not orderly")
	}

	c = serve(t, t.TempDir())
	c.request("initialize", json.RawMessage(`{"capabilities":{}}`))
	c.notify("exit", nil)
	if orderly := <-c.ended; orderly {
		t.Error("exit without shutdown is orderly")
	}
	c = serve(t, t.TempDir())
	c.in.Close()
	if orderly := <-c.ended; orderly {
		t.Error("the end of the stream is orderly")
	}
}

// TestNoArchive says nothing of what is not a page of an archive, and of a text that
// may not be the client's.
func TestNoArchive(t *testing.T) {
	t.Parallel()
	c := start(t, harbour())
	outside := t.TempDir()
	writeFile(t, filepath.Join(outside, "x.md"), "# X")
	for _, uri := range []string{uriOf(filepath.Join(outside, "x.md")), c.uri("notes.txt"), c.uri(".hidden/x.md"), "untitled:1", "file://%zz", ""} {
		c.notify("textDocument/didOpen", map[string]any{"textDocument": map[string]any{"uri": uri, "version": 1, "text": "[a](/b.md)"}})
		c.await(func() bool { p := c.published[uri]; return p.Version != nil && len(p.Diagnostics) == 0 })
		for _, method := range []string{"textDocument/hover", "textDocument/definition", "textDocument/references", "textDocument/completion", "textDocument/codeAction", "textDocument/documentSymbol",
			"textDocument/documentLink", "textDocument/foldingRange", "textDocument/prepareRename", "textDocument/rename"} {
			if got := c.request(method, map[string]any{"textDocument": documentID{uri}, "position": position{}, "range": textRange{}, "newName": "X"}); string(got) != "null" {
				t.Errorf("%s of %s: %s", method, uri, got)
			}
		}
	}
	if got := c.request("workspace/willRenameFiles", json.RawMessage(`{"files":[{"oldUri":"file:///a.md","newUri":"file:///b.md"},{"oldUri":"x","newUri":""}]}`)); string(got) != "null" {
		t.Errorf("willRenameFiles: %s", got)
	}
}

// TestLostText says nothing of a page once an edit of it came out of order, until all of
// its text comes.
func TestLostText(t *testing.T) {
	t.Parallel()
	c := start(t, harbour())
	c.open(bridge)
	c.replace(bridge, "1. [Ferry", "2. [Ferry")
	c.expect(bridge, "related-number")
	change := func(version int, change string) {
		c.versions[bridge] = version
		c.notify("textDocument/didChange", json.RawMessage(fmt.Sprintf(`{"textDocument":{"uri":%q,"version":%d},"contentChanges":[%s]}`, c.uri(bridge), version, change)))
	}
	change(2, `{"range":{"start":{"line":0,"character":0},"end":{"line":0,"character":0}},"text":"x"}`)
	c.expect(bridge)
	if got := c.request("textDocument/documentSymbol", documentParams{documentID{c.uri(bridge)}}); string(got) != "null" {
		t.Errorf("symbols of a lost text: %s", got)
	}
	change(9, `{"text":"# Bridge opens. \n"}`)
	if got := c.findings(bridge); len(got) == 0 {
		t.Error("no findings on the whole text")
	}
	// Positions outside of the text are its ends; a range may be the wrong way round.
	change(10, `{"range":{"start":{"line":90,"character":5},"end":{"line":90,"character":5}},"text":"end"},{"range":{"start":{"line":0,"character":2},"end":{"line":0,"character":0}},"text":""}`)
	c.findings(bridge)
	var symbols []documentSymbol
	c.ask("textDocument/documentSymbol", documentParams{documentID{c.uri(bridge)}}, &symbols)
	if symbols[0].Name != "(no headline)" || symbols[0].Range.End != (position{1, 3}) {
		t.Errorf("%+v", symbols)
	}
	// A page that is too large is reported as such.
	change(11, `{"text":"`+strings.Repeat("[a](b) ", 50_000)+`"}`)
	c.expect(bridge, "page-structure")
}

// TestCancel answers a canceled request at once, and the others.
func TestCancel(t *testing.T) {
	t.Parallel()
	c := start(t, harbour())
	release := make(chan bool)
	opened := 0
	open := c.options.Open
	c.options.Open = func(root string) (*Archive, error) {
		if opened++; opened == 1 {
			<-release
		}
		return open(root)
	}
	c.send(map[string]any{"jsonrpc": "2.0", "id": "slow", "method": "workspace/symbol", "params": map[string]any{"query": "ferry"}})
	c.notify("$/cancelRequest", map[string]any{"id": "slow"})
	c.await(func() bool { return strings.Contains(string(c.responses[`"slow"`]), "-32800") })
	c.notify("$/cancelRequest", map[string]any{"id": "unknown"})
	close(release)
	var found []symbolInformation
	c.ask("workspace/symbol", map[string]any{"query": "ferry"}, &found)
	if len(found) != 1 {
		t.Errorf("%+v", found)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if !strings.Contains(string(c.responses[`"slow"`]), "-32800") {
		t.Errorf("answered twice: %s", c.responses[`"slow"`])
	}
}

// TestArchives serves several archives, of different layouts, at the same time. Other
// tests are for one layout, so that it runs alone.
func TestArchives(t *testing.T) {
	t.Cleanup(func() { layout.Use(layout.Layout{}) })
	c := start(t, nil)
	for p, text := range harbour() {
		writeFile(t, filepath.Join(c.root, "en", p), text)
		if after, ok := strings.CutPrefix(p, "news/2024/03/"); ok {
			p = "events/2024/03/0" + after
		}
		writeFile(t, filepath.Join(c.root, "de", p), strings.NewReplacer("/news/2024/03/", "/events/2024/03/0").Replace(text))
	}
	open := c.options.Open
	c.options.IsRoot = func(dir string) bool { return filepath.Dir(dir) == c.root }
	c.options.Open = func(root string) (*Archive, error) {
		config := archive.Config{}
		if filepath.Base(root) == "de" {
			config.Layout = layout.Layout{Root: "events", Padded: true}
		}
		layout.Use(config.Layout)
		if filepath.Base(root) != "de" {
			return open(root)
		}
		return openTest(root, config), nil
	}
	en, de := "en/"+bridge, "de/events/2024/03/06/bridge-opens.md"
	c.open(en)
	c.open(de)
	for range 5 {
		c.replace(en, "ferry-sails.md) _", "ferry.md) _")
		c.replace(de, "# Bridge opens", "# Bridge shuts")
		c.expect(en, "related-broken")
		c.expect(de, "slug-mismatch")
		c.replace(en, "ferry.md) _", "ferry-sails.md) _")
		c.replace(de, "# Bridge shuts", "# Bridge opens")
		c.expect(en)
		c.expect(de)
	}
	var found []symbolInformation
	c.ask("workspace/symbol", map[string]any{"query": "ferry"}, &found)
	if len(found) != 2 {
		t.Errorf("%+v", found)
	}
	var at location
	c.ask("textDocument/definition", c.at(de, "1. [F^erry"), &at)
	if at.URI != c.uri("de/events/2024/03/05/ferry-sails.md") {
		t.Errorf("%+v", at)
	}
}

// TestOpenFails reports an archive that cannot be opened to the log, and serves it once
// its configuration is correct.
func TestOpenFails(t *testing.T) {
	t.Parallel()
	c := start(t, harbour())
	open := c.options.Open
	config := filepath.Join(c.root, ".newsctl.yaml")
	writeFile(t, config, "wrong")
	var opened atomic.Int32
	c.options.Open = func(root string) (*Archive, error) {
		opened.Add(1)
		if text, _ := os.ReadFile(config); string(text) == "wrong" {
			return nil, fmt.Errorf(".newsctl.yaml:1: wrong")
		}
		return open(root)
	}
	c.open(bridge)
	c.replace(bridge, "1. [Ferry", "2. [Ferry")
	var e rpcError
	if c.ask("textDocument/hover", c.at(bridge, "2. [F^erry"), &e); e.Code != requestFailed || !strings.Contains(e.Message, ".newsctl.yaml:1: wrong") {
		t.Errorf("%+v", e)
	}
	writeFile(t, config, "right, and longer")
	c.expect(bridge, "related-number")
	c.warm(bridge)
	before := opened.Load()
	writeFile(t, config, "right, but other")
	c.await(func() bool {
		time.AfterFunc(10*time.Millisecond, c.changed.Broadcast)
		return opened.Load() > before
	})
	c.warm(bridge) // it is read again
	writeFile(t, config, "wrong")
	c.expect(bridge)
}

// TestOldClient serves a client that can do little.
func TestOldClient(t *testing.T) {
	t.Parallel()
	c := start(t, harbour())
	plain := serve(t, c.root)
	plain.request("initialize", json.RawMessage(`{"processId":null,"rootUri":null,"capabilities":{"textDocument":{"codeAction":{"codeActionLiteralSupport":{}}}}}`))
	plain.enc = utf16Encoding
	plain.open(bridge)
	plain.replace(bridge, "1. [Ferry", "2. [\U0001f6a2 Ferry")
	plain.expect(bridge, "related-number", "related-title")
	if d := plain.findings(bridge)[1]; d.Range.End.Character-d.Range.Start.Character != len("xx Ferry sails. ") {
		t.Errorf("%+v", d)
	}
	actions := plain.actions(bridge, plain.at(bridge, "2^. [").Position)
	if len(actions) == 0 || actions[0].Edit == nil || actions[0].Edit.Changes[plain.uri(bridge)] == nil {
		t.Errorf("%+v", actions)
	}
	var symbols []symbolInformation
	plain.ask("textDocument/documentSymbol", documentParams{documentID{plain.uri(bridge)}}, &symbols)
	if len(symbols) != 5 || symbols[0].Location.URI != plain.uri(bridge) {
		t.Errorf("%+v", symbols)
	}
	var h hover
	if plain.ask("textDocument/hover", plain.at(bridge, "# Bri^dge"), &h); h.Contents.Kind != "plaintext" || !strings.HasPrefix(h.Contents.Value, "Bridge opens.\n") {
		t.Errorf("%+v", h)
	}
	var e rpcError
	if plain.ask("textDocument/rename", renameParams{plain.at(bridge, "# Bri^dge"), "Bridge shuts"}, &e); e.Code != requestFailed || !strings.Contains(e.Message, "does not rename files") {
		t.Errorf("%+v", e)
	}
}

// TestParent ends the server when the client's process is gone, though another process
// holds its stream open.
func TestParent(t *testing.T) {
	t.Parallel()
	gone := make(chan bool, 1)
	r, w := io.Pipe()
	defer w.Close()
	o := testOptions(t)
	o.Exit = func() { gone <- true }
	s := newServer(r, io.Discard, o)
	defer close(s.done)
	go s.watchParent(os.Getpid(), 10*time.Millisecond)
	go s.watchParent(1<<30, 50*time.Millisecond)
	select {
	case <-gone:
	case <-time.After(10 * time.Second):
		t.Error("the server still runs")
	}
}
