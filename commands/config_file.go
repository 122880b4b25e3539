package commands

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// maxConfigSize is far more than any configuration needs, in bytes.
const maxConfigSize = 64 << 10

// readConfigFile returns what the configuration in a root says, which is an empty
// value if there is none, and what of it could not be read. Its errors begin with the line, if they are about one,
// and lack the file's name.
func readConfigFile(root fs.FS) (*value, error) {
	src, err := configBytes(root)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return &value{}, nil
	case err != nil:
		return nil, fmt.Errorf(" %w", err)
	}
	return parseConfig(src)
}

// parseConfig reads the source of a configuration.
func parseConfig(src []byte) (*value, error) {
	src = bytes.TrimPrefix(src, []byte("\xef\xbb\xbf"))
	if err := checkText(src); err != nil {
		return nil, err
	}
	if err := checkDepth(src); err != nil {
		return nil, err
	}
	file, err := parser.ParseBytes(src, 0, parser.AllowDuplicateMapKey())
	var at yaml.Error
	switch {
	case errors.As(err, &at):
		return nil, errorAt(at.GetToken().Position.Line, "%s", at.GetMessage())
	case err != nil:
		return nil, fmt.Errorf(": %w", err)
	}
	var body ast.Node
	for _, doc := range file.Docs {
		if _, directive := doc.Body.(*ast.DirectiveNode); directive || doc.Body == nil {
			continue
		}
		if body != nil {
			return nil, errors.New(": it holds more than one document; join them")
		}
		body = doc.Body
	}
	r := &valueReader{anchors: map[string]ast.Node{}}
	return r.read(body, ""), errors.Join(r.faults...)
}

// checkText returns an error if a file is not UTF-8 text.
func checkText(src []byte) error {
	if bytes.HasPrefix(src, []byte("\xff\xfe")) || bytes.HasPrefix(src, []byte("\xfe\xff")) || bytes.IndexByte(src, 0) >= 0 {
		return errors.New(": the text is UTF-16 or binary; save it as UTF-8")
	}
	for i, line := range bytes.Split(src, []byte("\n")) {
		if !utf8.Valid(line) {
			return errorAt(i+1, "the line is not UTF-8 text; save the file as UTF-8")
		}
	}
	return nil
}

// configBytes returns the configuration in a root as it is written.
func configBytes(root fs.FS) ([]byte, error) {
	info, err := fs.Stat(root, configName)
	if err == nil {
		err = regular(info)
	}
	if err != nil {
		return nil, reason(err)
	}
	f, err := root.Open(configName)
	if err != nil {
		return nil, reason(err)
	}
	defer f.Close()
	return readBounded(f, maxConfigSize)
}

const (
	// maxConfigBrackets bounds the time that reading takes: it grows with the
	// square of the depth.
	maxConfigBrackets = 1000

	// maxConfigIndicators is how many indicators of a list or a key a line may
	// have: each in "- - - -" opens a list in the list before it.
	maxConfigIndicators = 100
)

// checkDepth returns an error if a configuration may be nested too deeply.
func checkDepth(src []byte) error {
	if deep := bytes.Count(src, []byte("[")) + bytes.Count(src, []byte("{")); deep > maxConfigBrackets {
		return fmt.Errorf(": it holds %d opening brackets, more than any configuration needs", deep)
	}
	src = bytes.ReplaceAll(src, []byte("\r\n"), []byte("\n"))
	src = bytes.ReplaceAll(src, []byte("\r"), []byte("\n"))
	for i, line := range bytes.Split(src, []byte("\n")) {
		indicators := 0
		for _, word := range bytes.Fields(line) {
			if len(word) == 1 && bytes.ContainsAny(word, "-?:") {
				indicators++
			}
		}
		if indicators > maxConfigIndicators {
			return fmt.Errorf(":%d: more than %d nested lists; no configuration needs them", i+1, maxConfigIndicators)
		}
	}
	return nil
}

// A message quotes enough of a value to find it, and too little to print a file
// that is not a configuration. Both are numbers of characters.
const (
	maxQuoted  = 60
	maxMessage = 300
)

// shorten returns the start of the first line of a text.
func shorten(text string, most int) string {
	line, _, more := strings.Cut(text, "\n")
	if r := []rune(line); len(r) > most {
		line, more = string(r[:most]), true
	}
	if more {
		line += "…"
	}
	return line
}
