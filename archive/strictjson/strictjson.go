// Package strictjson reads JSON that people or other programs wrote. What
// encoding/json passes over without a word is an error: a key that is given twice,
// in the same case or in another, a key that nothing reads, bytes that are not
// UTF-8, half of a surrogate pair, and text after the value.
package strictjson

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"unicode/utf8"
)

// Error is an error in a text, with its place.
type Error struct {
	Offset  int // in bytes
	Message string

	// Field is the key that is unknown, if that is the error, and Known are
	// those that could be meant.
	Field string
	Known []string
}

// Error returns the message.
func (e *Error) Error() string { return e.Message }

// Unmarshal reads the one value in data. An error is an [*Error].
func Unmarshal(data []byte, into any) error {
	if i := bytes.Index(data, byteOrderMark); i >= 0 && len(bytes.TrimSpace(data[:i])) == 0 {
		return &Error{Offset: i, Message: "it begins with a byte order mark; remove it"}
	}
	if i := invalidUTF8(data); i >= 0 {
		return &Error{Offset: i, Message: fmt.Sprintf("the byte %#02x is not UTF-8 text", data[i])}
	}
	dec := json.NewDecoder(bytes.NewReader(data))
	if err := dec.Decode(into); err != nil {
		return asError(err, len(data))
	}
	end := int(dec.InputOffset())
	if rest := bytes.TrimSpace(data[end:]); len(rest) > 0 {
		return &Error{Offset: end, Message: fmt.Sprintf("unexpected %.20q after the value", rest)}
	}
	w := walker{json.NewDecoder(bytes.NewReader(data)), data}
	return w.value(reflect.TypeOf(into))
}

var byteOrderMark = []byte("\ufeff")

// invalidUTF8 returns where the first byte is that is not UTF-8, or -1.
func invalidUTF8(data []byte) int {
	if utf8.Valid(data) {
		return -1
	}
	for i := 0; ; {
		r, size := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && size <= 1 {
			return i
		}
		i += size
	}
}

// article returns the name of a type of JSON after its article.
func article(name string) string {
	if name == "array" || name == "object" {
		return "an " + name
	}
	return "a " + name
}

// asError returns an error of encoding/json as one of this package.
func asError(err error, size int) error {
	var syntax *json.SyntaxError
	var wrong *json.UnmarshalTypeError
	switch {
	case errors.As(err, &wrong) && wrong.Field == "":
		return &Error{Offset: int(wrong.Offset), Message: "a line must be a JSON object, not " + article(wrong.Value)}
	case errors.As(err, &wrong):
		return &Error{Offset: int(wrong.Offset), Message: wrong.Field + " cannot be a JSON " + wrong.Value}
	case errors.As(err, &syntax):
		return &Error{Offset: int(syntax.Offset), Message: syntax.Error()}
	}
	return &Error{Offset: size, Message: err.Error()}
}

// walker goes through a text that is sound JSON.
type walker struct {
	dec  *json.Decoder
	data []byte
}

// value checks a value, which is read as one of a type; nil is any.
func (w walker) value(t reflect.Type) error {
	token, err := w.next()
	if err != nil {
		return err
	}
	for t != nil && t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch token {
	case json.Delim('{'):
		return w.object(t)
	case json.Delim('['):
		for w.dec.More() {
			if err := w.value(elem(t)); err != nil {
				return err
			}
		}
		_, err = w.next()
	}
	return err
}

// object checks an object. Keys of a struct are the same in any case, those of a
// map are not.
func (w walker) object(t reflect.Type) error {
	var known []string
	isStruct := t != nil && t.Kind() == reflect.Struct
	seen := map[string]bool{}
	for w.dec.More() {
		token, err := w.next()
		if err != nil {
			return err
		}
		at := int(w.dec.InputOffset())
		key := token.(string)
		inside := elem(t)
		if isStruct {
			var field string
			if inside, field, known = fieldOf(t, key); inside == nil {
				return &Error{Offset: at, Message: fmt.Sprintf("there is no field %q", key), Field: key, Known: known}
			}
			if seen[field] {
				return &Error{Offset: at, Message: fmt.Sprintf("the field %q is given twice; keep one", key)}
			}
			seen[field] = true
		} else {
			if seen[key] {
				return &Error{Offset: at, Message: fmt.Sprintf("the key %q is given twice; keep one", key)}
			}
			seen[key] = true
		}
		if err := w.value(inside); err != nil {
			return err
		}
	}
	_, err := w.next()
	return err
}

// next returns the next token.
func (w walker) next() (json.Token, error) {
	start := int(w.dec.InputOffset())
	token, err := w.dec.Token()
	if err != nil {
		return nil, asError(err, len(w.data))
	}
	text, ok := token.(string)
	if n := strings.Count(text, replacement); ok && n > 0 {
		raw := string(w.data[start:w.dec.InputOffset()])
		if n > strings.Count(raw, replacement)+strings.Count(strings.ToLower(raw), `\ufffd`) {
			return nil, &Error{Offset: start, Message: fmt.Sprintf("%.60q holds half of a surrogate pair, which is not a character", text)}
		}
	}
	return token, nil
}

// replacement is what encoding/json writes for what is not a character.
const replacement = "\ufffd"

// elem returns the type of the values of a list or a map, or nil.
func elem(t reflect.Type) reflect.Type {
	if t != nil && (t.Kind() == reflect.Slice || t.Kind() == reflect.Array || t.Kind() == reflect.Map) {
		return t.Elem()
	}
	return nil
}

// fieldOf returns the type and the name of the field of a struct that a key is read
// into, and the names of all.
func fieldOf(t reflect.Type, key string) (of reflect.Type, name string, all []string) {
	for i := range t.NumField() {
		f, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
		if all = append(all, f); strings.EqualFold(f, key) {
			of, name = t.Field(i).Type, f
		}
	}
	return of, name, all
}
