package lint

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"

	"newsctl/archive/strictjson"
)

// Baseline is the known findings: how many there are of each key.
//
// It is written as JSON, one entry per line and in order, so that git merges it and
// people read it. Lines of pages are not in it: they move.
type Baseline map[Key]int

// baselineHeader is the first line of a baseline. Its form is versioned.
type baselineHeader struct {
	Version int `json:"newsctlBaseline"`
}

const baselineVersion = 1

// baselineEntry is one line of a baseline.
type baselineEntry struct {
	Rule  string `json:"rule"`
	Path  string `json:"path"`
	Text  string `json:"text"`
	Count int    `json:"count"`
}

// ReadBaseline reads a baseline. Its errors begin with the number of the line.
func ReadBaseline(src []byte) (Baseline, error) {
	header, src, _ := bytes.Cut(src, []byte("\n"))
	var h baselineHeader
	if strictjson.Unmarshal(header, &h) != nil || h.Version != baselineVersion {
		return nil, fmt.Errorf(`1: a baseline begins with {"newsctlBaseline":%d}`, baselineVersion)
	}
	b := Baseline{}
	for i, line := range bytes.Split(src, []byte("\n")) {
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		var e baselineEntry
		if err := strictjson.Unmarshal(line, &e); err != nil {
			return nil, fmt.Errorf("%d: not an entry of a baseline: %w", i+2, err)
		}
		k := Key{e.Rule, e.Path, e.Text}
		switch {
		case e.Rule == "" || e.Path == "" || e.Count < 1:
			return nil, fmt.Errorf("%d: an entry needs a rule, a path, and a count of 1 or more", i+2)
		case b[k] > 0:
			return nil, fmt.Errorf("%d: duplicate of an entry above; keep one", i+2)
		}
		b[k] = e.Count
	}
	return b, nil
}

// Write writes the baseline so that [ReadBaseline] reads it back.
func (b Baseline) Write(w io.Writer) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(baselineHeader{baselineVersion}); err != nil {
		return err
	}
	for _, k := range b.Keys() {
		if err := enc.Encode(baselineEntry{k.Rule, k.Path, k.Text, b[k]}); err != nil {
			return err
		}
	}
	return nil
}

// Keys returns the keys of the baseline by path, rule and text.
func (b Baseline) Keys() []Key {
	keys := make([]Key, 0, len(b))
	for k := range b {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(x, y Key) int {
		return cmp.Or(cmp.Compare(x.Path, y.Path), cmp.Compare(x.Rule, y.Rule), cmp.Compare(x.Text, y.Text))
	})
	return keys
}

// Apply returns a result without the findings that the baseline knows, and what
// of the baseline no longer occurs. Of that, only what was checked is reported:
// checked reports whether a finding of a key would have been in the result.
func (b Baseline) Apply(r Result, checked func(Key) bool) (rest Result, stale Baseline) {
	stale = maps.Clone(b)
	rest = r
	rest.Findings = nil
	for _, k := range r.Preexisting { // these were found, too
		stale[k]--
	}
	for _, f := range r.Findings {
		if k := f.Key(); stale[k] > 0 {
			stale[k]--
			rest.Baselined++
		} else {
			rest.Findings = append(rest.Findings, f)
		}
	}
	maps.DeleteFunc(stale, func(k Key, n int) bool { return n <= 0 || !checked(k) })
	return rest, stale
}

// Renew returns the baseline that knows the findings of a result, and of what
// was not checked stays as it was.
func (b Baseline) Renew(r Result, checked func(Key) bool) Baseline {
	out := maps.Clone(b)
	maps.DeleteFunc(out, func(k Key, _ int) bool { return checked(k) })
	for _, f := range r.Findings {
		out[f.Key()]++
	}
	return out
}
