package importer

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/BurntSushi/toml"
	"github.com/goccy/go-yaml"
)

// readHeader splits a post into its header and its text. The header is nil if there is
// none; line is where an error is.
func readHeader(src []byte) (h header, text []byte, line int, err error) {
	for _, fence := range []string{"---", "+++"} {
		rest, ok := bytes.CutPrefix(src, []byte(fence+"\n"))
		if !ok {
			continue
		}
		end := regexp.MustCompile(`(?m)^` + regexp.QuoteMeta(fence) + `[ \t]*$`).FindIndex(rest)
		if end == nil {
			return nil, nil, 1, fmt.Errorf("no line %s ends it", fence)
		}
		raw := map[string]any{}
		if fence == "+++" {
			_, err = toml.Decode(string(rest[:end[0]]), &raw)
		} else {
			err = yaml.Unmarshal(rest[:end[0]], &raw)
		}
		if err != nil {
			return nil, nil, 1 + errorLine(err), errors.New(firstLine(err))
		}
		return lowered(raw), rest[end[1]:], 0, nil
	}
	if bytes.HasPrefix(src, []byte("{")) {
		return readJSONHeader(src)
	}
	if m := rstTitle.FindSubmatchIndex(src); m != nil {
		return readRST(src[m[1]:], string(src[m[2]:m[3]]))
	}
	return readPelican(src)
}

// readJSONHeader reads front matter in JSON.
func readJSONHeader(src []byte) (h header, text []byte, line int, err error) {
	raw := map[string]any{}
	dec := json.NewDecoder(bytes.NewReader(src))
	if err := dec.Decode(&raw); err != nil {
		return nil, nil, lineOf(src, err), err
	}
	return lowered(raw), src[dec.InputOffset():], 0, nil
}

var (
	rstTitle = regexp.MustCompile(`\A\s*(?:[=#*~^"-]{3,}[ \t]*\n)?[ \t]*(\S.*?)[ \t]*\n[=#*~^"-]{3,}[ \t]*\n\s*`)
	rstField = regexp.MustCompile(`^:([A-Za-z][A-Za-z0-9_-]*):[ \t]*(.*)$`)
)

// readRST reads the fields below the title of a post in reStructuredText.
func readRST(src []byte, title string) (h header, text []byte, line int, err error) {
	if h, text = readFields(src, rstField); len(h) == 0 {
		return nil, nil, 0, nil
	}
	h["title"] = title
	return h, text, 0, nil
}

// errorLine returns the line of an error of YAML or TOML, from 1.
func errorLine(err error) int {
	var ofTOML toml.ParseError
	var ofYAML yaml.Error
	switch {
	case errors.As(err, &ofTOML):
		return ofTOML.Position.Line
	case errors.As(err, &ofYAML):
		return ofYAML.GetToken().Position.Line
	}
	return 1
}

// firstLine returns what an error says, without the excerpt below it.
func firstLine(err error) string {
	var ofYAML yaml.Error
	if errors.As(err, &ofYAML) {
		return ofYAML.GetMessage()
	}
	first, _, _ := strings.Cut(err.Error(), "\n")
	return first
}

// pelicanKey matches a line of the header of Pelican, Title: Ferry sails.
var pelicanKey = regexp.MustCompile(`^([A-Za-z][A-Za-z0-9_-]*):[ \t]*(.*)$`)

// readPelican reads a header of lines up to the first empty one, with a title.
func readPelican(src []byte) (h header, text []byte, line int, err error) {
	if h, text = readFields(src, pelicanKey); h["title"] == nil {
		return nil, nil, 0, nil
	}
	return h, text, 0, nil
}

// readFields reads the lines of a key and a value up to the first empty line, and
// returns what is below it. An indented line continues a value.
func readFields(src []byte, field *regexp.Regexp) (h header, text []byte) {
	h = header{}
	last := ""
	for rest := src; len(rest) > 0; {
		row, after, _ := bytes.Cut(rest, []byte("\n"))
		m := field.FindSubmatch(row)
		switch {
		case len(bytes.TrimSpace(row)) == 0:
			return h, after
		case m != nil:
			last = strings.ToLower(string(m[1]))
			h[last] = string(m[2])
		case last != "" && (row[0] == ' ' || row[0] == '\t'):
			h[last] = fmt.Sprint(h[last], ", ", strings.TrimSpace(string(row)))
		default:
			return header{}, src
		}
		rest = after
	}
	return h, nil
}
