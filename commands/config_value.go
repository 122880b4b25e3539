package commands

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"
)

// value is a value of the configuration: what YAML means, not how it is written.
// Aliases are replaced by what they name, and tags and quotes are resolved.
type value struct {
	kind   valueKind
	name   string   // its keys, as in labels.source
	text   string   // of a text; of a number and the like, how it is written
	line   int      // where it begins, from 1
	items  []*value // of a list
	fields []field  // of a mapping, in order
}

// field is a key of a mapping with its value.
type field struct {
	key   string
	line  int // of the key
	value *value
}

type valueKind uint8

const (
	emptyValue  valueKind = iota // nothing after the colon, or null
	faultyValue                  // it could not be read, which is reported already
	textValue
	scalarValue // a number, a truth value
	listValue
	mappingValue
)

// String returns how a value is named in a message.
func (v *value) String() string {
	switch v.kind {
	case emptyValue:
		return "empty"
	case listValue:
		return "a list"
	case mappingValue:
		return "a mapping"
	}
	if strings.TrimSpace(v.text) != v.text || v.text == "" {
		return fmt.Sprintf("%q", v.text)
	}
	return shorten(v.text, maxQuoted)
}

// errorf returns an error about a value.
func (v *value) errorf(format string, args ...any) error { return errorAt(v.line, format, args...) }

// lineError is an error about a line of the configuration.
type lineError struct {
	line int
	text string
}

func (e *lineError) Error() string { return fmt.Sprintf(":%d: %s", e.line, e.text) }

// errorAt returns an error about a line of the configuration.
func errorAt(line int, format string, args ...any) error {
	return &lineError{line, shorten(fmt.Sprintf(format, args...), maxMessage)}
}

// maxValues is how many values a configuration may have, those that aliases repeat
// among them: more than fit into a file of the largest size.
const maxValues = 100_000

// valueReader reads the nodes of a document as values.
type valueReader struct {
	anchors map[string]ast.Node
	values  int
	faults  []error
}

// fault records an error, and marks the value that it is about.
func (r *valueReader) fault(v *value, err error) *value {
	if err != nil {
		r.faults = append(r.faults, err)
		v.kind = faultyValue
	}
	return v
}

// read returns the value of a node, whose keys are in name.
func (r *valueReader) read(n ast.Node, name string) *value {
	v := &value{name: name, line: lineOf(n)}
	switch r.values++; {
	case r.values == maxValues+1:
		return r.fault(v, v.errorf("aliases make more than %d values of this; no configuration needs them", maxValues))
	case r.values > maxValues:
		v.kind = faultyValue
		return v
	}
	switch n := n.(type) {
	case nil:
	case *ast.NullNode:
		v.text = n.Token.Value
	case *ast.StringNode:
		v.kind, v.text = textValue, n.Value
		return r.fault(v, checkPlain(n.Token))
	case *ast.LiteralNode:
		v.kind, v.text = textValue, n.Value.Value
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.InfinityNode, *ast.NanNode:
		v.kind, v.text = scalarValue, n.GetToken().Value
		return r.fault(v, checkPlain(n.GetToken()))
	case *ast.AnchorNode:
		v := r.read(n.Value, name)
		r.anchors[n.Name.GetToken().Value] = n.Value // only now: no value holds itself
		return v
	case *ast.AliasNode:
		return r.alias(n, name)
	case *ast.MappingKeyNode:
		return r.read(n.Value, name)
	case *ast.TagNode:
		v := r.read(n.Value, name)
		return r.fault(v, v.retag(n.Start.Value))
	case *ast.SequenceNode:
		v.kind = listValue
		for _, item := range n.Values {
			v.items = append(v.items, r.read(item, name))
		}
	case *ast.MappingNode:
		r.mapping(v, n)
	case *ast.MappingValueNode:
		r.mapping(v, &ast.MappingNode{Values: []*ast.MappingValueNode{n}})
	default:
		return r.fault(v, v.errorf("%s is not a text, a list or a mapping", name))
	}
	return v
}

// alias returns the value that an alias stands for.
func (r *valueReader) alias(n *ast.AliasNode, name string) *value {
	anchor := n.Value.GetToken().Value
	target, ok := r.anchors[anchor]
	if !ok {
		v := &value{name: name, line: lineOf(n)}
		return r.fault(v, v.errorf("there is no anchor &%s above *%s", anchor, anchor))
	}
	v := r.read(target, name)
	v.line = lineOf(n)
	return v
}

// mapping reads a mapping. Keys that << takes from others come last.
func (r *valueReader) mapping(v *value, n *ast.MappingNode) {
	v.kind = mappingValue
	var merged []*value
	for _, item := range n.Values {
		if item.Key.IsMergeKey() {
			merged = append(merged, r.read(item.Value, v.name))
			continue
		}
		key := r.read(item.Key, v.name)
		if key.kind == faultyValue {
			continue
		}
		if key.kind != textValue {
			r.fault(key, key.errorf("the key %s is not a text; put it in quotes", cmp.Or(key.text, key.String())))
			continue
		}
		if other := v.field(key.text); other != nil {
			r.fault(key, key.errorf("%q is in line %d already; keep one", shorten(key.text, maxQuoted), other.line))
			continue
		}
		read := r.read(item.Value, strings.TrimPrefix(v.name+"."+key.text, "."))
		v.fields = append(v.fields, field{key.text, key.line, read})
	}
	r.merge(v, merged)
}

// merge adds the fields of other mappings that a mapping lacks.
func (r *valueReader) merge(v *value, others []*value) {
	for _, from := range others {
		switch from.kind {
		case faultyValue:
		case listValue:
			r.merge(v, from.items)
		case mappingValue:
			for _, f := range from.fields {
				if v.field(f.key) == nil {
					v.fields = append(v.fields, f)
				}
			}
		default:
			r.fault(from, from.errorf("<< takes a mapping, not %s", from))
		}
	}
}

// field returns the field of a mapping with a key, or nil.
func (v *value) field(key string) *field {
	i := slices.IndexFunc(v.fields, func(f field) bool { return f.key == key })
	if i < 0 {
		return nil
	}
	return &v.fields[i]
}

// eachField reads every field whose value could be parsed, and joins the errors.
func (v *value) eachField(read func(field) error) error {
	var errs []error
	for _, f := range v.fields {
		if f.value.kind != faultyValue {
			errs = append(errs, read(f))
		}
	}
	return errors.Join(errs...)
}

// retag gives a value the kind that a tag says. Only tags that say what a
// configuration may hold are known.
func (v *value) retag(tag string) error {
	if v.kind == faultyValue {
		return nil
	}
	fits := false
	switch scalar := v.kind == scalarValue || v.kind == textValue; tag {
	case "!", "!!str":
		if v.kind == emptyValue && v.text == "null" {
			v.text = "" // nothing follows the tag
		}
		if fits = scalar || v.kind == emptyValue; fits {
			v.kind = textValue
		}
	case "!!int":
		if fits = scalar && isDecimal(v.text); fits {
			v.kind = scalarValue
		}
	case "!!seq":
		fits = v.kind == listValue
	case "!!map":
		fits = v.kind == mappingValue
	case "!!null":
		fits = v.kind == emptyValue
	default:
		return v.errorf("the tag %s is not known here; remove it", tag)
	}
	if !fits {
		return v.errorf("the tag %s does not fit %s", tag, v)
	}
	return nil
}

// isDecimal reports whether a text is a number as people write it: 0140 and 0x60
// are numbers to YAML, too, but other ones.
func isDecimal(s string) bool {
	return s != "" && s[0] != '0' && strings.Trim(s, "0123456789") == ""
}

// checkPlain returns an error if a text without quotes holds what the parser does
// not keep: a tab, or a comment or the like on a second line.
func checkPlain(t *token.Token) error {
	if t.Type == token.DoubleQuoteType || t.Type == token.SingleQuoteType {
		return nil
	}
	text := strings.TrimSpace(t.Origin)
	switch {
	case strings.ContainsAny(text, "\n\r"):
		return errorAt(t.Position.Line, "the text that begins with %q continues on the next line; put it in quotes", shorten(text, maxQuoted))
	case strings.Contains(text, "\t"):
		return errorAt(t.Position.Line, `the text %q holds a tab; put it in double quotes, with \t for the tab`, shorten(text, maxQuoted))
	}
	return nil
}

// lineOf returns the line of a node.
func lineOf(n ast.Node) int {
	if m, ok := n.(*ast.MappingNode); ok && len(m.Values) > 0 {
		n = m.Values[0].Key
	}
	if n == nil || n.GetToken() == nil {
		return 1
	}
	return n.GetToken().Position.Line
}

// hidden returns the first character of a text that nobody can see, or nothing.
func hidden(text string) (rune, bool) {
	for _, r := range text {
		if unicode.IsControl(r) || r == '\u2028' || r == '\u2029' {
			return r, true
		}
	}
	return 0, false
}
