package similar

import (
	"slices"
	"strings"
)

// Index holds names among which near ones are looked for. What near names have in common
// is worked out when one is first looked for: most names are known.
type Index struct {
	texts []string
	known map[string]bool
	names []*name            // of the first texts
	keys  map[string][]int32 // the places of these by what near ones have in common
}

// NewIndex returns an index of names.
func NewIndex(names []string) *Index {
	x := &Index{known: make(map[string]bool, len(names)), keys: map[string][]int32{}}
	for _, n := range names {
		x.Add(n)
	}
	return x
}

// Add adds a name.
func (x *Index) Add(text string) {
	if !x.known[text] {
		x.known[text] = true
		x.texts = append(x.texts, text)
	}
}

// complete makes what near names have in common known of all names.
func (x *Index) complete() {
	for _, text := range x.texts[len(x.names):] {
		n := newName(text)
		for _, key := range n.keys() {
			x.keys[key] = append(x.keys[key], int32(len(x.names)))
		}
		x.names = append(x.names, n)
	}
}

// Has reports whether a name is in the index.
func (x *Index) Has(text string) bool { return x.known[text] }

// Match is a name that is nearly another.
type Match struct {
	Name       string
	Difference Difference
}

// Near returns the names that are nearly a name, the nearest first. One goroutine may use
// an index at a time.
func (x *Index) Near(text string) []Match {
	x.complete()
	n := newName(text)
	seen := map[int32]bool{}
	var out []Match
	for _, key := range n.keys() {
		for _, i := range x.keys[key] {
			if seen[i] || x.names[i].text == text {
				continue
			}
			seen[i] = true
			if d := compare(n, x.names[i]); d != None {
				out = append(out, Match{x.names[i].text, d})
			}
		}
	}
	slices.SortFunc(out, func(a, b Match) int {
		if a.Difference != b.Difference {
			return int(a.Difference) - int(b.Difference)
		}
		return strings.Compare(a.Name, b.Name)
	})
	return out
}

// keys returns what a name has in common with every name near to it: any two share
// the letters, the singular, or the words with a letter of one omitted.
func (n *name) keys() []string {
	out := []string{n.form, n.folded, "p" + n.marked, n.letters, "s" + n.singular}
	for i, w := range n.words {
		letters := []rune(w)
		if len(letters) < shortestTypo-1 {
			continue
		}
		before, after := strings.Join(n.words[:i], "\x00")+"\x00", "\x00"+strings.Join(n.words[i+1:], "\x00")
		out = append(out, "t"+before+w+after)
		for at := 1; at < len(letters); at++ { // the first letter is right
			out = append(out, "t"+before+string(letters[:at])+string(letters[at+1:])+after)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
