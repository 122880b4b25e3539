package lsp

import (
	"io/fs"
	"slices"
	"strings"
	"unicode/utf8"

	"newsctl/archive"
)

// edit returns changes of pages as an edit for the client to make. Each is made from
// the text that the client has, or from what is on disk.
func (c *pageCall) edit(changes []archive.Change) (*workspaceEdit, error) {
	open := c.docs.in(c.f)
	out := &workspaceEdit{}
	var after []any // renames and removals, when all texts are edited
	for _, change := range changes {
		id := versionedID{URI: c.uriAt(change.Path)}
		if d := open[change.Path]; d != nil {
			if !change.From.IsNone() && d.text != string(change.From.Bytes()) {
				return nil, errModified
			}
			id.Version = &d.version
		} else if err := c.verify(change); err != nil {
			return nil, err
		}
		if change.From.IsNone() && open[change.Path] == nil {
			out.DocumentChanges = append(out.DocumentChanges, resourceOperation{Kind: "create", URI: id.URI})
		}
		edits, err := textEdits(change, c.encoding)
		if err != nil {
			return nil, err
		}
		if len(edits) > 0 {
			out.DocumentChanges = append(out.DocumentChanges, textDocumentEdit{id, edits})
		}
		if change.Gone {
			after = append(after, resourceOperation{Kind: "delete", URI: id.URI})
		}
		if change.To != "" && change.To != change.Path {
			after = append(after, resourceOperation{Kind: "rename", OldURI: id.URI, NewURI: uriOf(c.f.file(change.To))})
		}
	}
	out.DocumentChanges = append(out.DocumentChanges, after...)
	return c.forClient(out)
}

var errModified = &rpcError{contentModified, "the text changed meanwhile"}

// verify returns an error if a page that is not open is not what a change was made
// from: then it is read again.
func (c *pageCall) verify(change archive.Change) error {
	src, err := fs.ReadFile(c.live.FS(), change.Path)
	if change.From.IsNone() && err != nil || err == nil && string(src) == string(change.From.Bytes()) {
		return nil
	}
	c.f.touch([]string{change.Path})
	return archive.ErrChanged
}

// forClient returns an edit in the form that the client knows.
func (c *pageCall) forClient(e *workspaceEdit) (*workspaceEdit, error) {
	can := c.client.Workspace.WorkspaceEdit
	ordered := can.DocumentChanges || len(can.ResourceOperations) > 0 // which some clients take for both
	changes := map[string][]textEdit{}
	for _, change := range e.DocumentChanges {
		switch change := change.(type) {
		case resourceOperation:
			if !slices.Contains(can.ResourceOperations, change.Kind) {
				return nil, failf("this editor does not %s files for a server; run the command of newsctl in a terminal", change.Kind)
			}
		case textDocumentEdit:
			changes[change.TextDocument.URI] = change.Edits
		}
	}
	if ordered {
		return e, nil
	}
	return &workspaceEdit{Changes: changes}, nil
}

// textEdits returns the edits of a text that make it what a change says, line by line.
func textEdits(change archive.Change, enc encoding) ([]textEdit, error) {
	if change.Gone {
		return nil, nil
	}
	from := string(change.From.Bytes())
	old := newLines(from)
	var out []textEdit
	for _, h := range hunks(splitLines(from), splitLines(string(change.After.Bytes()))) {
		text := strings.Join(h.lines, "")
		if !utf8.ValidString(text) {
			return nil, failf("%s: holds bytes that are not UTF-8, which an editor cannot write; run newsctl in a terminal", change.Path)
		}
		out = append(out, textEdit{textRange{old.position(h.start, enc), old.position(h.end, enc)}, text})
	}
	return out, nil
}

// splitLines returns the lines of a text with their ends.
func splitLines(text string) []string {
	lines := strings.SplitAfter(text, "\n")
	if lines[len(lines)-1] == "" {
		lines = lines[:len(lines)-1]
	}
	return lines
}

// hunk replaces the bytes of some lines by other lines.
type hunk struct {
	start, end int
	lines      []string
}

// maxCompared is how many lines are compared one by one: of larger changes all lines
// are replaced.
const maxCompared = 1000

// hunks returns what makes lines others. Lines that both have, in the longest order
// that there is, stay.
func hunks(old, new []string) []hunk {
	offset, head := 0, 0
	for head < min(len(old), len(new)) && old[head] == new[head] {
		offset += len(old[head])
		head++
	}
	tail := 0
	for tail < min(len(old), len(new))-head && old[len(old)-1-tail] == new[len(new)-1-tail] {
		tail++
	}
	a, b := old[head:len(old)-tail], new[head:len(new)-tail]
	if len(a)+len(b) == 0 {
		return nil
	}
	if len(a) > maxCompared || len(b) > maxCompared {
		return []hunk{{offset, offset + len(strings.Join(a, "")), b}}
	}
	common := commonLines(a, b)
	var out []hunk
	for i, j := 0, 0; i < len(a) || j < len(b); {
		h := hunk{start: offset}
		for i < len(a) && j < len(b) && a[i] == b[j] {
			offset += len(a[i])
			i, j = i+1, j+1
			h.start = offset
		}
		for i < len(a) || j < len(b) {
			if i < len(a) && j < len(b) && a[i] == b[j] {
				break
			}
			if j == len(b) || i < len(a) && common[i+1][j] >= common[i][j+1] {
				offset += len(a[i])
				i++
			} else {
				h.lines = append(h.lines, b[j])
				j++
			}
		}
		if h.end = offset; h.end > h.start || len(h.lines) > 0 {
			out = append(out, h)
		}
	}
	return out
}

// commonLines returns how many lines the rest of a and the rest of b have in common in
// one order, from each pair of lines on.
func commonLines(a, b []string) [][]int32 {
	out := make([][]int32, len(a)+1)
	for i := range out {
		out[i] = make([]int32, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				out[i][j] = out[i+1][j+1] + 1
			} else {
				out[i][j] = max(out[i+1][j], out[i][j+1])
			}
		}
	}
	return out
}
