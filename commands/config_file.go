package commands

import (
	"bytes"
	"fmt"
	"io/fs"
	"strings"
)

// maxConfigSize is far more than any configuration needs, in bytes.
const maxConfigSize = 64 << 10

// readConfigFile returns the configuration in a root as it is written.
func readConfigFile(root fs.FS) ([]byte, error) {
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
