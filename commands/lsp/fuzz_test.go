package lsp

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzServer sends a server messages that are torn, mixed up and wrong. It never fails,
// its own messages are whole, and what it keeps as the text of a page is what the edits
// make of it.
//
// The input is lines, each a message: a method and its params, or what is sent as it is
// after an exclamation mark.
func FuzzServer(f *testing.F) {
	for _, seed := range []string{
		`textDocument/didChange {"textDocument":{"uri":"P","version":2},"contentChanges":[{"range":{"start":{"line":1,"character":2},"end":{"line":1,"character":4}},"text":"x"}]}`,
		`textDocument/didChange {"textDocument":{"uri":"P","version":5},"contentChanges":[{"range":{"start":{"line":9,"character":9},"end":{"line":0,"character":0}},"text":"é\r\n"}]}` + "\n" +
			`textDocument/didChange {"textDocument":{"uri":"P","version":4},"contentChanges":[{"text":"# A\n"}]}`,
		`textDocument/didClose {"textDocument":{"uri":"P"}}` + "\n" + `?textDocument/hover {"textDocument":{"uri":"P"},"position":{"line":0,"character":1}}`,
		`textDocument/didOpen {"textDocument":{"uri":"Q","version":1,"text":"# [x](/a.md)\n"}}` + "\n" + `?textDocument/documentLink {"textDocument":{"uri":"Q"}}`,
		`!Content-Length: 5` + "\n" + `!` + "\n" + `!{"id"`,
		`!Content-Length: 999999999999` + "\n" + `!`,
		`!Content-Length: -1` + "\n" + `!Content-Length: {}`,
		`?textDocument/completion {"textDocument":{"uri":"P"},"position":{"line":-4,"character":99999999}}`,
		`?textDocument/rename {"textDocument":{"uri":"P"},"position":{"line":2,"character":3},"newName":"A\u0000b [c](d)"}`,
		`?textDocument/prepareRename {"textDocument":{"uri":"P"},"position":{"line":2,"character":3}}` + "\n" + `?textDocument/references {"textDocument":{"uri":"P"},"position":{"line":2,"character":3},"context":{"includeDeclaration":true}}`,
		`?textDocument/codeAction {"textDocument":{"uri":"P"},"range":{"start":{"line":0,"character":0},"end":{"line":99,"character":0}},"context":{"only":["source"]}}`,
		`?codeAction/resolve {"title":"x","kind":"source.relink.newsctl","data":{"uri":"P","version":1}}` + "\n" + `?codeAction/resolve {"title":"x","kind":"source.fixAll.newsctl","data":{"uri":"P","version":1}}`,
		`?workspace/symbol {"query":"a b"}` + "\n" + `?workspace/willRenameFiles {"files":[{"oldUri":"P","newUri":"Q"}]}`,
		`workspace/didChangeWatchedFiles {"changes":[{"uri":"P","type":3},{"uri":"file:///x","type":1}]}` + "\n" + `$/cancelRequest {"id":1}`,
		`?shutdown null` + "\n" + `exit null`,
		`?initialize {"capabilities":7}` + "\n" + `initialized null` + "\n" + `textDocument/didSave {"textDocument":{"uri":"P"}}`,
		`?textDocument/documentSymbol {"textDocument":{"uri":"P"}}` + "\n" + `?textDocument/foldingRange {"textDocument":{"uri":"P"}}` + "\n" + `?textDocument/definition {"textDocument":{"uri":"P"},"position":{"line":0,"character":9}}`,
	} {
		f.Add(seed)
	}
	root := f.TempDir()
	for p, text := range harbour() {
		writeFile(f, filepath.Join(root, p), text)
	}
	p, q := uriOf(filepath.Join(root, bridge)), uriOf(filepath.Join(root, "news/2024/03/6/new.md"))
	f.Fuzz(func(t *testing.T, script string) {
		var in bytes.Buffer
		send := func(body string) { fmt.Fprintf(&in, "Content-Length: %d\r\n\r\n%s", len(body), body) }
		send(`{"id":0,"method":"initialize","params":{"capabilities":` + fmt.Sprintf(testCapabilities, `"utf-8"`) + `}}`)
		send(fmt.Sprintf(`{"method":"textDocument/didOpen","params":{"textDocument":{"uri":%q,"version":1,"text":%q}}}`, p, "### [2024-03-6](/news/2024/03/6/index.md)\n# Bridge opens. \n"))
		for i, line := range strings.Split(script, "\n") {
			line = strings.NewReplacer(`"P"`, `"`+p+`"`, `"Q"`, `"`+q+`"`).Replace(line)
			method, params, _ := strings.Cut(line, " ")
			switch {
			case strings.HasPrefix(line, "!"):
				in.WriteString(line[1:] + "\r\n")
			case strings.HasPrefix(line, "?"):
				send(fmt.Sprintf(`{"id":%d,"method":%q,"params":%s}`, i+1, method[1:], params))
			default:
				send(fmt.Sprintf(`{"method":%q,"params":%s}`, method, params))
			}
		}
		out := &wholeMessages{}
		o := testOptions(t)
		o.Log = func(format string, args ...any) {
			if text := fmt.Sprintf(format, args...); strings.Contains(text, "goroutine ") {
				t.Error(text)
			}
		}
		s := newServer(&in, out, o)
		go s.checkLoop()
		s.run()
		for range maxRunning { // all that runs
			s.running <- struct{}{}
		}
		close(s.done)
		<-s.checked
		s.background.Wait()
		for _, d := range *s.docs.Load() {
			if !d.lost && !utf8.ValidString(d.text) {
				t.Errorf("the text of %s is not UTF-8: %q", d.uri, d.text)
			}
			if !d.lost && d.isPage() && d.tree.near != nil {
				if have := d.tree.near.laid[d.path]; d.tree.near.live != nil && have != d.text && s.isPublished(d) {
					t.Errorf("%s is checked as %q, but is %q", d.path, have, d.text)
				}
			}
		}
		if out.err != nil {
			t.Error(out.err)
		}
		if text, err := os.ReadFile(filepath.Join(root, bridge)); err != nil || string(text) != harbour()[bridge] {
			t.Errorf("the server wrote to the archive: %v", err)
		}
	})
}

// wholeMessages checks that what is written is messages of JSON.
type wholeMessages struct{ err error }

func (w *wholeMessages) Write(b []byte) (int, error) {
	c := newConn(bytes.NewReader(b), io.Discard)
	body, err := c.read()
	if err == nil && !json.Valid(body) {
		err = fmt.Errorf("not JSON: %q", body)
	}
	if err != nil && w.err == nil {
		w.err = err
	}
	return len(b), nil
}
