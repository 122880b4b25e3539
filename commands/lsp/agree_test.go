package lsp

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"unicode/utf8"

	"newsctl/archive"
	"newsctl/archive/archivetest"
	"newsctl/archive/page"
	"newsctl/archive/sorted"
	"newsctl/lint"
)

// TestAgrees edits open pages at random, and files on disk. What the editor is sent is
// what lint finds in an archive that has the buffers in the place of the files.
func TestAgrees(t *testing.T) {
	t.Parallel()
	const edits = 25 // of each archive: 1,000 with all seeds
	for seed := range uint64(archivetest.Seeds(2, 40)) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			g := newRandomEditor(t, seed)
			for n := range edits {
				did := g.step()
				g.s.pollDisk()
				g.s.check()
				g.compare(fmt.Sprintf("edit %d, %s", n, did))
				if t.Failed() {
					return
				}
			}
		})
	}
}

// randomEditor edits an archive at random.
type randomEditor struct {
	t *testing.T
	*rand.Rand
	s        *server
	root     string
	disk     archivetest.Files
	open     map[string]string
	versions map[string]int
}

func newRandomEditor(t *testing.T, seed uint64) *randomEditor {
	g := archivetest.NewRandomArchive(seed)
	e := &randomEditor{t: t, Rand: rand.New(rand.NewPCG(seed, 1)), root: t.TempDir(), disk: g.Files, open: map[string]string{}, versions: map[string]int{}}
	e.disk.WriteTo(t, e.root)
	o := testOptions(t)
	o.Log = func(format string, args ...any) { t.Errorf(format, args...) }
	e.s = newServer(nil, io.Discard, o)
	t.Cleanup(e.s.background.Wait)
	if seed%2 == 0 {
		e.s.encoding = utf8Encoding
	}
	for range 4 {
		e.openOne()
	}
	return e
}

func (e *randomEditor) uri(p string) string { return uriOf(filepath.Join(e.root, p)) }

func (e *randomEditor) do(notified func(json.RawMessage) error, params any) {
	e.t.Helper()
	raw, err := json.Marshal(params)
	if err == nil {
		err = notified(raw)
	}
	if err != nil {
		e.t.Error(err)
	}
}

// step does one thing at random, and says what.
func (e *randomEditor) step() string {
	switch n := e.IntN(20); {
	case n == 0:
		return "open " + e.openOne()
	case n == 1 && len(e.open) > 2:
		p := e.one()
		delete(e.open, p)
		e.do(e.s.didClose, documentParams{documentID{e.uri(p)}})
		return "close " + p
	case n == 2:
		p := e.one()
		e.disk[p] = e.open[p]
		writeFile(e.t, filepath.Join(e.root, p), e.open[p])
		e.do(e.s.didSave, documentParams{documentID{e.uri(p)}})
		return "save " + p
	case n <= 4:
		return "on disk: " + e.mess()
	}
	return e.edit()
}

func (e *randomEditor) one() string {
	names := sorted.Keys(e.open)
	return names[e.IntN(len(names))]
}

// openOne opens a page, or makes one that is not on disk.
func (e *randomEditor) openOne() string {
	names := sorted.Keys(e.disk)
	p := names[e.IntN(len(names))]
	if e.IntN(6) == 0 {
		p = filepath.ToSlash(filepath.Join(filepath.Dir(p), fmt.Sprintf("new-%d.md", e.IntN(3))))
	}
	text := e.disk[p]
	if _, open := e.open[p]; open || !archive.IsPage(p) || !utf8.ValidString(text) || len(text) > page.MaxSize {
		return "nothing"
	}
	e.open[p], e.versions[p] = text, 1
	e.do(e.s.didOpen, map[string]any{"textDocument": map[string]any{"uri": e.uri(p), "version": 1, "text": text}})
	return p
}

// mess changes the disk, and sometimes has the client report it.
func (e *randomEditor) mess() string {
	was := maps.Clone(e.disk)
	did := e.disk.Mess(e.Rand)
	var changes []map[string]any
	for p := range e.disk {
		if now := e.disk[p]; now != was[p] {
			writeFile(e.t, filepath.Join(e.root, p), now)
			changes = append(changes, map[string]any{"uri": e.uri(p)})
		}
	}
	for p := range was {
		if _, still := e.disk[p]; !still {
			if err := os.Remove(filepath.Join(e.root, p)); err != nil {
				e.t.Error(err)
			}
			changes = append(changes, map[string]any{"uri": e.uri(p)})
		}
	}
	if e.IntN(2) == 0 {
		e.do(e.s.didChangeFiles, map[string]any{"changes": changes})
	}
	return did
}

var snippets = []string{"x", " ", "\n", "\n\n", "_", "[", "]", "](", ")", "*", "#", "### ", "1. ", "é", "\U0001f6a2", "\r\n", "<!--", "-->", "```\n", "<<<<<<< a\n", "_Context: ", ", ",
	"<!-- newsctl-ignore related-title: so -->\n", "https://a.example/x", "&amp;", "### Related:\n\n", "# Headline. \n", "\\", "\u00a0"}

// edit types, deletes, or moves a line of an open page.
func (e *randomEditor) edit() string {
	p := e.one()
	text := e.open[p]
	l := newLines(text)
	var changes []contentChange
	for range 1 + e.IntN(2) {
		at := e.boundary(text)
		end, now := at, snippets[e.IntN(len(snippets))]
		switch e.IntN(5) {
		case 0:
			end, now = min(len(text), at+e.IntN(8)), ""
		case 1: // a line goes, or comes a second time
			line := e.IntN(len(l.starts))
			at = l.starts[line]
			_, end = l.line(line)
			if now = ""; e.IntN(2) == 0 {
				now = text[at:end] + "\n" + text[at:end]
			}
		case 2: // a line of another page
			other := e.disk[e.of(sorted.Keys(e.disk))]
			if ls := newLines(other); utf8.ValidString(other) {
				from, to := ls.line(e.IntN(len(ls.starts)))
				now = other[from:to] + "\n"
			}
		}
		for end < len(text) && !utf8.RuneStart(text[end]) {
			end++
		}
		l = newLines(text)
		r := l.span(page.Span{Start: at, End: end}, e.s.encoding)
		changes = append(changes, contentChange{&r, now})
		// Between the two characters of a line end there is not a position.
		text = text[:l.offset(r.Start, e.s.encoding)] + now + text[l.offset(r.End, e.s.encoding):]
		l = newLines(text)
	}
	e.open[p] = text
	e.versions[p]++
	e.do(e.s.didChange, map[string]any{"textDocument": map[string]any{"uri": e.uri(p), "version": e.versions[p]}, "contentChanges": changes})
	return "edit " + p
}

func (e *randomEditor) of(list []string) string { return list[e.IntN(len(list))] }

func (e *randomEditor) boundary(text string) int {
	at := e.IntN(len(text) + 1)
	for at < len(text) && !utf8.RuneStart(text[at]) {
		at++
	}
	return at
}

// compare compares what was sent with what lint finds.
func (e *randomEditor) compare(after string) {
	e.t.Helper()
	files := archivetest.Files(maps.Clone(e.disk))
	maps.Copy(files, e.open)
	a, _ := files.Archive(archive.Config{})
	for p, text := range e.open {
		if doc := (*e.s.docs.Load())[e.uri(p)]; doc.text != text {
			e.t.Errorf("%s: the text of %s is %q, want %q", after, p, doc.text, text)
		}
		var want []string
		for _, f := range lint.Run(a, []string{p}, lint.Config{}).Findings {
			r := newLines(text).span(f.Span, e.s.encoding)
			want = append(want, fmt.Sprintf("%v %d %s: %s", r, severityOf(f.Severity), f.Rule, f.Message))
		}
		var sent publishDiagnosticsParams
		if err := json.Unmarshal([]byte(e.s.published[e.uri(p)]), &sent); err != nil || *sent.Version != e.versions[p] {
			e.t.Errorf("%s: sent of version %d of %s: %s", after, e.versions[p], p, e.s.published[e.uri(p)])
			continue
		}
		var have []string
		for _, d := range sent.Diagnostics {
			have = append(have, fmt.Sprintf("%v %d %s: %s", d.Range, d.Severity, d.Code, d.Message))
		}
		if !slices.Equal(have, want) {
			e.t.Errorf("%s: %s\nhave %q\nwant %q", after, p, have, want)
		}
	}
}
