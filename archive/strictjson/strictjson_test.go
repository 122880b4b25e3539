package strictjson

import (
	"errors"
	"strings"
	"testing"
)

type sample struct {
	Name  string            `json:"name"`
	Lists []string          `json:"lists,omitempty"`
	Parts []part            `json:"parts"`
	Map   map[string]string `json:"map"`
}

type part struct {
	Path string `json:"path"`
}

func TestUnmarshal(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ src, want string }{
		{`{"name": "a", "lists": ["b"], "parts": [{"path": "c"}], "map": {"d": "e", "D": "f"}}`, ""},
		{` {} `, ""},
		{`{"name": "\ud83d\ude00 \ufffd �"}`, ""},
		{`{"name": "a", "name": "b"}`, `the field "name" is given twice`},
		{`{"name": "a", "NAME": "b"}`, `the field "NAME" is given twice`},
		{`{"n\u0061me": "a", "name": "b"}`, `the field "name" is given twice`},
		{`{"name": "a", "\u017fame": "b"}`, `there is no field "ſame"`},
		{`{"lists": [], "li\u017fts": []}`, `the field "liſts" is given twice`},
		{`{"parts": [{"path": "a"}, {"path": "b", "Path": "c"}]}`, `the field "Path" is given twice`},
		{`{"parts": [{"paths": "a"}]}`, `there is no field "paths"`},
		{`{"map": {"a": "b", "a": "c"}}`, `the key "a" is given twice`},
		{`{"title": "a"}`, `there is no field "title"`},
		{`{"name": 5}`, `name cannot be a JSON number`},
		{`["name"]`, `a line must be a JSON object, not an array`},
		{`{"name": "a"} {"name": "b"}`, `unexpected "{\"name\": `},
		{`{"name": "a"},`, `unexpected "," after the value`},
		{"{\"name\": \"a\xe9\"}", `the byte 0xe9 is not UTF-8 text`},
		{"\ufeff{}", `it begins with a byte order mark`},
		{" \ufeff{}", `it begins with a byte order mark`},
		{`{"name": "\ud83d"}`, `holds half of a surrogate pair`},
		{`{"map": {"\ude00": "a"}}`, `holds half of a surrogate pair`},
		{`{"name": `, `unexpected EOF`},
		{``, `EOF`},
		{`{"name": NaN}`, `invalid character 'N'`},
		{strings.Repeat("[", 100000), `exceeded max depth`},
	} {
		var into sample
		err := Unmarshal([]byte(tt.src), &into)
		if tt.want == "" {
			if err != nil {
				t.Errorf("%.60s: %v", tt.src, err)
			}
			continue
		}
		var wrong *Error
		if !errors.As(err, &wrong) {
			t.Errorf("%.60s: %v", tt.src, err)
			continue
		}
		if !strings.Contains(wrong.Message, tt.want) {
			t.Errorf("%.60s: %v, want %s", tt.src, err, tt.want)
		}
		if strings.HasPrefix(wrong.Message, "the byte") && wrong.Offset != 11 {
			t.Errorf("%.60s: at %d", tt.src, wrong.Offset)
		}
	}
}

// FuzzUnmarshal checks that an error of a text says where it is.
func FuzzUnmarshal(f *testing.F) {
	f.Add([]byte(`{"name": "a", "map": {"b": "c"}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var wrong *Error
		if err := Unmarshal(data, &sample{}); err != nil && (!errors.As(err, &wrong) || wrong.Offset < 0 || wrong.Offset > len(data)) {
			t.Errorf("%q: %v", data, err)
		}
	})
}
