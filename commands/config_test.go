package commands

import (
	"strings"
	"testing"
	"testing/fstest"

	"newsctl/archive"
	"newsctl/lint"
)

// settings returns what a configuration says.
func settings(src string) (archive.Config, lint.Config, error) {
	return readConfig(fstest.MapFS{configName: {Data: []byte(src)}})
}

// TestConfigRefused checks that what a configuration cannot mean is refused, with the
// line of it.
func TestConfigRefused(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ src, want string }{
		{"slug:\n  length: 0x60\n", ":2: slug.length must be a number from 1 to 1000000, not 0x60"},
		{"slug:\n  length: 0b11\n", ":2: slug.length"},
		{"slug:\n  length: 0o17\n", ":2: slug.length"},
		{"slug:\n  length: 1_000\n", ":2: slug.length"},
		{"slug:\n  length: +5\n", ":2: slug.length"},
		{"slug:\n  length: \"5\"\n", ":2: slug.length"},
		{"slug:\n  length: !!int 0x5\n", ":2: the tag !!int does not fit 0x5"},
		{"slug: {length: 99999999999999999999}\n", ":1: slug.length"},
		{"slug: {style: [ascii]}\n", ":1: slug.style must be ascii or unicode, not a list"},
		{"slug: [ascii]\n", ":1: slug must be lines of key: value, not a list"},
		{"1: x\n", ":1: the key 1 is not a text; put it in quotes"},
		{"true: x\n", ":1: the key true is not a text"},
		{"? [a]\n: x\n", ":2: found an invalid key for this map"},
		{"\"slug\": {length: 3}\n'slug': {length: 4}\n", ":2: \"slug\" is in line 1 already"},
		{"slug:\n  ? length\n  : 3\n  length: 4\n", ":4: \"length\" is in line 2 already"},
		{"ignore: ['']\n", ":1: ignore must be a list of words, and \"\" is empty; remove it"},
		{"ignore: [~]\n", ":1: ignore must be text, not empty"},
		{"ignore: [[a]]\n", ":1: ignore must be text, not a list"},
		{"ignore: [true]\n", ":1: ignore must be a list of words, and true is not a word; put it in quotes"},
		{"ignore: *faq\n", ":1: there is no anchor &faq above *faq"},
		{"ignore: &a [*a]\n", ":1: there is no anchor &a above *a"},
		{"ignore: !faq [faq]\n", ":1: the tag !faq is not known here; remove it"},
		{"ignore: [\"a\\u0000b\"]\n", ":1: ignore: \"a\\x00b\" holds the control character U+0000"},
		{"baseline: [a]\n", ":1: baseline must be text, not a list"},
		{"baseline: {a: b}\n", ":1: baseline must be text, not a mapping"},
		{"baseline: 5\n", ":1: baseline must be text, not 5"},
		{"baseline: ''\n", ":1: baseline is empty"},
		{"<<: 5\n", ":1: << takes a mapping, not 5"},
		{"rules:\n  text-entity:\n", ":2: rules.text-entity must be off, info, warning or error, not empty"},
		{"rules: {text-entity: off, \"text-entity\": info}\n", ":1: \"text-entity\" is in line 1 already"},
		{"outlets:\n  bbc.co.uk:\n", ":2: outlets.bbc.co.uk must be text, not empty"},
		{"outlets:\n  bbc.co.uk: ''\n", ":2: bbc.co.uk must be a host with a name"},
		{"outlets:\n  https://bbc.co.uk: BBC\n", ":2: https://bbc.co.uk must be a host with a name"},
		{"outlets:\n  \"b b\": BBC\n", ":2: b b must be a host with a name"},
		{"outlets:\n  bbc.co.uk: A\n  www.bbc.co.uk: B\n", ":3: the host www.bbc.co.uk is in line 2 already"},
		{"outlets: [bbc.co.uk]\n", ":1: outlets must be a list of host: name, not a list"},
		{"labels:\n  source: [\"Quelle\\nQ\"]\n", ":2: labels.source: \"Quelle\\nQ\" holds the control character U+000A"},
		{"labels: {related: [Changes]}\n", ":1: invalid label \"Changes\" for labels.related: it is a label of changes as well"},
		{"labels: {related: [X], source: [X]}\n", "invalid label \"X\" for labels."},
		{"labels: {current: [Erste], first: [Erste]}\n", ":1: invalid label \"Erste\""},
		{"labels: {current: [Fassung], first: [Erste Fassung]}\n", ":1: invalid label \"Fassung\" for labels.current: \"Erste Fassung\", the mark of a previous version, holds it"},
		{"labels: {previous: ['a](/b) [c']}\n", ":1: invalid label \"a](/b) [c\" for labels.previous: a page would not read it"},
		{"labels: {formats: ['<!-- a']}\n", ":1: invalid label \"<!-- a\" for labels.formats: a page would not read it"},
		{"links: {prefixes: [/]}\n", ":1: invalid prefix \"/\" for links.prefixes: write it as the path"},
		{"links: {prefixes: ['https://x']}\n", ":1: invalid prefix"},
		{"links: {prefixes: ['/a b']}\n", ":1: invalid prefix"},
		{"links: {prefixes: [/news]}\n", ":1: invalid prefix"},
		{"links: {prefixes: [../de]}\n", ":1: invalid prefix"},
		{"contexts: {names: [Ferry]}\n", ":1: invalid name \"Ferry\" for contexts.names: only names with a comma"},
		{"\xff\xfes\x00l\x00", ": the text is UTF-16 or binary"},
		{"\xfe\xff\x00s", ": the text is UTF-16 or binary"},
		{"ignore: [a]\n\n#\xe9\n", ":3: the line is not UTF-8 text"},
		{"ignore: a\xc0\xafb\n", ":1: the line is not UTF-8 text"},
		{"ig\tnore: [a]\n", ":1: the text \"ig\\tnore\" holds a tab"},
		{"slug: {length: 0x1\t2}\n", ":1: the text \"0x1\\t2\" holds a tab"},
		{"baseline: a\n  b # c\n", ":1: the text that begins with \"a"},
		{"baseline: a\n  - b\n", "the text that begins with \"a"},
		{"ignore: [a]\nbaseline: !!str\n", ":2: baseline is empty"},
		{"ignore: [a\tb]\n", ":1: the text \"a\\tb\" holds a tab"},
		{"a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: [*e,*e,*e,*e]\n", "aliases make more than"},
	} {
		_, _, err := settings(tt.src)
		if err == nil || !strings.HasPrefix(err.Error(), configName+":") || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%q: %v, want %s", tt.src, err, tt.want)
		}
	}
}

// TestConfigAccepted checks that other ways to write a configuration mean the same.
func TestConfigAccepted(t *testing.T) {
	t.Parallel()
	for _, src := range []string{
		"\ufeffslug:\r\n  length: 3\r\n",
		"slug: {length: 3}\n",
		"{\"slug\": {\"length\": 3}}",
		"%YAML 1.2\n---\nslug: {length: 3}\n...\n",
		"? slug\n: ? length\n  : 3\n",
		"links: {prefixes: [de, /fr/, /a/b]}\nslug: {length: 3}\n",
		"!!str slug: !!map {length: !!int \"3\"}\n",
		"slug: &s\n  length: 3\nrelated:\nlabels: ~\n",
		"related: &r {limit: 3}\nslug: {length: 3}\ncontexts: {names: [\"A, b\"]}\n",
		"slug: {<<: [{length: 3}, {length: 4}]}\n",
		"# a comment\nslug: # and\n  # more\n  length: 3 # of them\n",
	} {
		c, _, err := settings(src)
		if err != nil || c.SlugLength != 3 {
			t.Errorf("%q: length %d, %v", src, c.SlugLength, err)
		}
	}
	c, l, err := settings("labels: &l\n  source: [Quelle, \"Qu\\u0065llen\"]\nrules: {text-entity: 'off'}\nignore: &i [a, b]\nlinks: {allow: *i}\nbaseline: >-\n  known\n  ones\n")
	if err != nil || strings.Join(c.Labels.Source, "|") != "Quelle|Quellen" || l.Severity["text-entity"] != lint.Off || len(c.AllowedLinks) != 2 || l.Baseline != "known ones" {
		t.Errorf("%v %v %v", c, l, err)
	}
}

// FuzzConfig checks that no configuration is a panic, and that every error names
// the file.
func FuzzConfig(f *testing.F) {
	f.Add("labels: &a {source: [b]}\nslug: *a\n")
	f.Add("? !!str a\n: |-\n  b\n<<: [c]\n")
	f.Fuzz(func(t *testing.T, src string) {
		if _, _, err := settings(src); err != nil && !strings.HasPrefix(err.Error(), configName) {
			t.Errorf("%q: %v", src, err)
		}
	})
}
