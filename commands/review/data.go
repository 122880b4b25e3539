package review

import (
	"bytes"
	"compress/flate"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// index is what the script needs of all items: to list, filter and count them.
type index struct {
	Key      string      `json:"key"` // under which marks are kept
	Chunk    int         `json:"chunk"`
	Kinds    []indexKind `json:"kinds"`
	Contexts []string    `json:"contexts"`
	Items    []indexItem `json:"items"`
}

type indexKind struct {
	ID    string `json:"id"`
	One   string `json:"one"`
	Many  string `json:"many"`
	Short string `json:"short,omitempty"`
	Sign  Sign   `json:"sign"`
}

// indexItem is an item in the order of its fields: path, day, headline, kinds with their
// counts, contexts by number, path before, headline before.
type indexItem struct {
	item             Item
	counts, contexts []int
}

// MarshalJSON writes the item as an array, without the empty fields at its end.
func (i indexItem) MarshalJSON() ([]byte, error) {
	fields := []any{i.item.Path, i.item.Day, i.item.Headline, i.counts, i.contexts}
	if i.item.Was != "" || i.item.Old != "" {
		fields = append(fields, i.item.Was, i.item.Old)
	}
	return json.Marshal(fields)
}

// newIndex returns the index of items that are clean.
func (p *Page) newIndex(items []Item) *index {
	x := &index{Chunk: chunkSize, Kinds: []indexKind{}, Contexts: []string{}, Items: make([]indexItem, len(items))}
	kinds := map[string]int{}
	for i, k := range p.Kinds {
		kinds[k.ID] = i
		x.Kinds = append(x.Kinds, indexKind(k))
	}
	numbers := map[string]int{}
	for _, it := range items {
		for _, name := range it.Contexts {
			numbers[name] = 0
		}
	}
	for name := range numbers {
		x.Contexts = append(x.Contexts, name)
	}
	slices.Sort(x.Contexts)
	for i, name := range x.Contexts {
		numbers[name] = i
	}
	for i, it := range items {
		out := indexItem{item: it, counts: []int{}, contexts: []int{}}
		for _, c := range it.Counts {
			out.counts = append(out.counts, kinds[c.Kind], c.N)
		}
		for _, name := range it.Contexts {
			out.contexts = append(out.contexts, numbers[name])
		}
		x.Items[i] = out
	}
	return x
}

// chunkSize is how many details are compressed together: more make the page smaller,
// and the first of them slower to open.
const chunkSize = 16

// chunks returns the details of all items as JSON, compressed with deflate, in the
// base64 of URLs, which has no character that HTML escapes.
func (p *Page) chunks(parallel func(n int, do func(i int))) ([]string, error) {
	n := (len(p.Items) + chunkSize - 1) / chunkSize
	out, errs := make([]string, n), make([]error, n)
	parallel(n, func(i int) {
		var details []Detail
		for item := i * chunkSize; item < min((i+1)*chunkSize, len(p.Items)); item++ {
			details = append(details, p.Detail(item).clean())
		}
		out[i], errs[i] = pack(details)
	})
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

func pack(details []Detail) (string, error) {
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, flate.BestCompression)
	if err != nil {
		return "", err
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(details); err != nil {
		return "", err
	}
	if err := w.Close(); err != nil {
		return "", err
	}
	return base64.RawURLEncoding.EncodeToString(b.Bytes()), nil
}

// key returns what marks are kept under: a page that differs has other marks.
func (p *Page) key(chunks []string) string {
	h := sha256.New()
	fmt.Fprintln(h, p.Title, p.Hash, len(p.Items))
	for _, it := range p.Items {
		fmt.Fprintln(h, it.Path)
	}
	fmt.Fprint(h, strings.Join(chunks, "\n"))
	return fmt.Sprintf("%x", h.Sum(nil)[:12])
}
