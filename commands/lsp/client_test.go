package lsp

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"newsctl/archive"
	"newsctl/archive/page"
)

// client is an editor in a test.
type client struct {
	t    *testing.T
	root string
	in   io.WriteCloser
	enc  encoding

	options *Options // before the archive is opened
	s       *server

	mu        sync.Mutex
	changed   *sync.Cond
	responses map[string]json.RawMessage
	published map[string]publishDiagnosticsParams
	id        int
	ended     chan bool

	texts    map[string]string // of open documents
	versions map[string]int
}

const testCapabilities = `{"general":{"positionEncodings":[%s]},
"workspace":{"workspaceEdit":{"documentChanges":true,"resourceOperations":["create","rename","delete"]}},
"textDocument":{"codeAction":{"codeActionLiteralSupport":{},"dataSupport":true,"resolveSupport":{"properties":["edit"]}},
"documentSymbol":{"hierarchicalDocumentSymbolSupport":true},"hover":{"contentFormat":["markdown"]}}}`

// testOptions serve archives without a configuration.
func testOptions(t testing.TB) Options {
	return Options{
		IsRoot: func(dir string) bool {
			info, err := os.Stat(filepath.Join(dir, "news"))
			return err == nil && info.IsDir()
		},
		Open: func(root string) (*Archive, error) {
			return openTest(root, archive.Config{}), nil
		},
		Log:  func(format string, args ...any) { t.Logf(format, args...) },
		Exit: func() {},
		Poll: 50 * time.Millisecond,
	}
}

func openTest(root string, config archive.Config) *Archive {
	return &Archive{Fresh: func() *archive.Archive { return archive.New(os.DirFS(root), config) }}
}

// start starts a server and initializes it, for the archive of files.
func start(t *testing.T, files map[string]string) *client {
	t.Helper()
	root := t.TempDir()
	for name, text := range files {
		writeFile(t, filepath.Join(root, name), text)
	}
	return startAt(t, root, `"utf-8"`)
}

func startAt(t *testing.T, root, encodings string) *client {
	t.Helper()
	c := serve(t, root)
	c.request("initialize", json.RawMessage(fmt.Sprintf(`{"processId":null,"rootUri":%q,"capabilities":`+testCapabilities+`}`, uriOf(root), encodings)))
	c.notify("initialized", struct{}{})
	if c.enc = utf16Encoding; strings.Contains(encodings, "utf-8") {
		c.enc = utf8Encoding
	}
	return c
}

// serve starts a server that is not initialized.
func serve(t *testing.T, root string) *client {
	inR, inW := io.Pipe()
	outR, outW := io.Pipe()
	c := &client{t: t, root: root, in: inW, responses: map[string]json.RawMessage{}, published: map[string]publishDiagnosticsParams{},
		ended: make(chan bool, 1), texts: map[string]string{}, versions: map[string]int{}}
	c.changed = sync.NewCond(&c.mu)
	c.options = &Options{}
	*c.options = testOptions(t)
	o := *c.options
	o.IsRoot = func(dir string) bool { return c.options.IsRoot(dir) }
	o.Open = func(root string) (*Archive, error) { return c.options.Open(root) }
	c.s = newServer(inR, outW, o)
	go func() {
		c.ended <- c.s.serve()
		outW.Close()
	}()
	read := make(chan struct{})
	go func() { c.read(outR); close(read) }()
	t.Cleanup(func() { inW.Close(); <-read; c.s.background.Wait() })
	return c
}

func (c *client) read(r io.Reader) {
	conn := &conn{in: bufio.NewReader(r)}
	for {
		body, err := conn.read()
		if err != nil {
			return
		}
		var m struct {
			message
			Result json.RawMessage
			Error  *rpcError
		}
		if err := json.Unmarshal(body, &m); err != nil {
			panic(err)
		}
		c.mu.Lock()
		switch {
		case m.Method == "textDocument/publishDiagnostics":
			var p publishDiagnosticsParams
			if err := json.Unmarshal(m.Params, &p); err != nil {
				panic(err)
			}
			c.published[p.URI] = p
		case m.Error != nil:
			c.responses[string(m.ID)], _ = json.Marshal(m.Error)
		case m.Method == "":
			c.responses[string(m.ID)] = m.Result
		}
		c.changed.Broadcast()
		c.mu.Unlock()
	}
}

func (c *client) send(m any) {
	c.t.Helper()
	body, err := json.Marshal(m)
	if err != nil {
		c.t.Fatal(err)
	}
	fmt.Fprintf(c.in, "Content-Length: %d\r\n\r\n%s", len(body), body)
}

func (c *client) notify(method string, params any) { c.send(notification{"2.0", method, params}) }

// request returns the result of a request, or its error.
func (c *client) request(method string, params any) json.RawMessage {
	c.t.Helper()
	c.id++
	c.send(map[string]any{"jsonrpc": "2.0", "id": c.id, "method": method, "params": params})
	id := fmt.Sprint(c.id)
	c.await(func() bool { return c.responses[id] != nil })
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.responses[id]
}

// ask puts the result of a request into a value.
func (c *client) ask(method string, params, into any) {
	c.t.Helper()
	result := c.request(method, params)
	if err := json.Unmarshal(result, into); err != nil {
		c.t.Fatalf("%s: %v: %s", method, err, result)
	}
}

// await waits until something is so.
func (c *client) await(is func() bool) {
	c.t.Helper()
	timeout := time.AfterFunc(30*time.Second, func() { c.changed.Broadcast() })
	defer timeout.Stop()
	begun := time.Now()
	c.mu.Lock()
	defer c.mu.Unlock()
	for !is() {
		if time.Since(begun) > 29*time.Second {
			c.t.Fatal("the server does not answer")
		}
		c.changed.Wait()
	}
}

func (c *client) uri(p string) string { return uriOf(filepath.Join(c.root, filepath.FromSlash(p))) }

// open opens a page with a text, or as it is on disk.
func (c *client) open(p string, text ...string) {
	c.t.Helper()
	if text == nil {
		src, err := os.ReadFile(filepath.Join(c.root, p))
		if err != nil {
			c.t.Fatal(err)
		}
		text = []string{string(src)}
	}
	c.texts[p], c.versions[p] = text[0], 1
	c.notify("textDocument/didOpen", map[string]any{"textDocument": map[string]any{"uri": c.uri(p), "languageId": "markdown", "version": 1, "text": text[0]}})
}

// warm waits until all of the archive of an open page is read.
func (c *client) warm(p string) {
	c.t.Helper()
	c.findings(p)
	c.await(func() bool {
		f := (*c.s.docs.Load())[c.uri(p)].tree
		time.AfterFunc(10*time.Millisecond, c.changed.Broadcast)
		return f.known() != nil
	})
}

// replace replaces some text of an open page.
func (c *client) replace(p, old, new string) {
	c.t.Helper()
	at := strings.Index(c.texts[p], old)
	if at < 0 {
		c.t.Fatalf("%s has no %q", p, old)
	}
	c.edit(p, page.Edit{Span: page.Span{Start: at, End: at + len(old)}, New: new})
}

func (c *client) edit(p string, e page.Edit) {
	c.t.Helper()
	r := newLines(c.texts[p]).span(e.Span, c.enc)
	c.versions[p]++
	c.texts[p] = c.texts[p][:e.Start] + e.New + c.texts[p][e.End:]
	c.notify("textDocument/didChange", map[string]any{
		"textDocument":   map[string]any{"uri": c.uri(p), "version": c.versions[p]},
		"contentChanges": []any{map[string]any{"range": r, "text": e.New}},
	})
}

// findings returns the diagnostics of the version of a page that is open.
func (c *client) findings(p string) []diagnostic {
	c.t.Helper()
	var out []diagnostic
	c.await(func() bool {
		d, ok := c.published[c.uri(p)]
		out = d.Diagnostics
		return ok && d.Version != nil && *d.Version == c.versions[p]
	})
	return out
}

// expect waits until a page has diagnostics of these rules, and no others.
func (c *client) expect(p string, rules ...string) {
	c.t.Helper()
	var have []string
	defer func() {
		if c.t.Failed() {
			c.t.Logf("%s: have %q, want %q", p, have, rules)
		}
	}()
	c.await(func() bool {
		have = nil
		d := c.published[c.uri(p)]
		for _, x := range d.Diagnostics {
			have = append(have, x.Code)
		}
		return d.Version != nil && *d.Version == c.versions[p] && slices.Equal(have, rules)
	})
}

// at returns the position in an open page that ^ marks in some text of it.
func (c *client) at(p, marked string) place {
	c.t.Helper()
	i := strings.Index(marked, "^")
	at := strings.Index(c.texts[p], strings.Replace(marked, "^", "", 1))
	if i < 0 || at < 0 {
		c.t.Fatalf("%s has no %q", p, marked)
	}
	return place{documentID{c.uri(p)}, newLines(c.texts[p]).position(at+i, c.enc)}
}

// text returns a page as the client has it: open, or on disk.
func (c *client) text(p string) (string, bool) {
	if text, open := c.texts[p]; open {
		return text, true
	}
	src, err := os.ReadFile(filepath.Join(c.root, p))
	return string(src), err == nil
}

// apply makes the edits of a workspace, and returns the pages that there are then, by
// their paths.
func (c *client) apply(raw json.RawMessage) map[string]string {
	c.t.Helper()
	var e struct {
		DocumentChanges []struct {
			resourceOperation
			TextDocument versionedID
			Edits        []textEdit
		}
	}
	if err := json.Unmarshal(raw, &e); err != nil || len(e.DocumentChanges) == 0 {
		c.t.Fatalf("not an edit: %v: %s", err, raw)
	}
	out := map[string]string{}
	at := func(uri string) string {
		file, ok := fileOf(uri)
		rel, err := filepath.Rel(c.root, file)
		if !ok || err != nil {
			c.t.Fatalf("%s is not in the archive", uri)
		}
		p := filepath.ToSlash(rel)
		if _, known := out[p]; !known {
			out[p], _ = c.text(p)
		}
		return p
	}
	for _, d := range e.DocumentChanges {
		switch d.Kind {
		case "create":
			out[at(d.URI)] = ""
		case "delete":
			delete(out, at(d.URI))
		case "rename":
			p := at(d.OldURI)
			text := out[p]
			delete(out, p)
			out[at(d.NewURI)] = text
		default:
			p := at(d.TextDocument.URI)
			out[p] = applyEdits(out[p], d.Edits, c.enc)
		}
	}
	return out
}

// applyEdits makes edits of a text.
func applyEdits(text string, edits []textEdit, enc encoding) string {
	l := newLines(text)
	var list []page.Edit
	for _, e := range edits {
		list = append(list, page.Edit{Span: page.Span{Start: l.offset(e.Range.Start, enc), End: l.offset(e.Range.End, enc)}, New: e.NewText})
	}
	out, err := page.Apply([]byte(text), list)
	if err != nil {
		panic(err)
	}
	return string(out)
}

func writeFile(t testing.TB, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
