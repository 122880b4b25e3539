package page

import (
	"bytes"
	"math/rand"
	"slices"
	"strings"
	"testing"
)

func TestApply(t *testing.T) {
	const src = "0123456789"
	for _, tt := range []struct {
		name  string
		edits []Edit
		want  string
	}{
		{"none", nil, src},
		{"replace", []Edit{{Span{2, 4}, "ab"}}, "01ab456789"},
		{"shorter", []Edit{{Span{2, 4}, ""}}, "01456789"},
		{"longer", []Edit{{Span{2, 4}, "青岚"}}, "01青岚456789"},
		{"all", []Edit{{Span{0, 10}, "x"}}, "x"},
		{"nothing left", []Edit{{Span{0, 10}, ""}}, ""},
		{"insert at the start", []Edit{{Span{0, 0}, "x"}}, "x0123456789"},
		{"insert at the end", []Edit{{Span{10, 10}, "x"}}, "0123456789x"},
		{"insert in between", []Edit{Insert(4, "x")}, "0123x456789"},
		{"in any order", []Edit{{Span{8, 9}, "b"}, {Span{1, 2}, "a"}}, "0a234567b9"},
		{"side by side", []Edit{{Span{4, 6}, "b"}, {Span{2, 4}, "a"}}, "01ab6789"},
		{"insertions at one place keep their order", []Edit{{Span{3, 3}, "a"}, {Span{3, 3}, "b"}, {Span{3, 3}, "c"}}, "012abc3456789"},
		{"insert before and behind a replacement", []Edit{{Span{4, 4}, "c"}, {Span{2, 4}, "b"}, {Span{2, 2}, "a"}}, "01abc456789"},
		{"the same text", []Edit{{Span{2, 4}, "23"}}, src},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := Apply([]byte(src), tt.edits)
			if err != nil || got == nil || string(got) != tt.want {
				t.Errorf("%#v, %v, want %q", got, err, tt.want)
			}
		})
	}
}

func TestApplyRefuses(t *testing.T) {
	for _, tt := range []struct {
		name  string
		edits []Edit
	}{
		{"overlap", []Edit{{Span{2, 5}, "a"}, {Span{4, 6}, "b"}}},
		{"overlap in the other order", []Edit{{Span{4, 6}, "b"}, {Span{2, 5}, "a"}}},
		{"the same span twice", []Edit{{Span{2, 5}, "a"}, {Span{2, 5}, "a"}}},
		{"one within another", []Edit{{Span{2, 8}, "a"}, {Span{4, 5}, "b"}}},
		{"insertion within another", []Edit{{Span{2, 8}, "a"}, {Span{4, 4}, "b"}}},
		{"before the start", []Edit{{Span{-1, 2}, "a"}}},
		{"behind the end", []Edit{{Span{9, 11}, "a"}}},
		{"insertion behind the end", []Edit{{Span{11, 11}, "a"}}},
		{"end before start", []Edit{{Span{4, 2}, "a"}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got, err := Apply([]byte("0123456789"), tt.edits); err == nil {
				t.Errorf("no error, but %q", got)
			}
		})
	}
}

// However many there are.
func TestInsertionsKeepTheirOrder(t *testing.T) {
	const text = "abcdefghijklmnopqrstuvwxyz0123456789"
	var edits []Edit
	for _, c := range text {
		edits = append(edits, Edit{Span{2, 2}, string(c)}, Edit{Span{1, 1}, string(c)})
	}
	if got, err := Apply([]byte("<|>"), edits); err != nil || string(got) != "<"+text+"|"+text+">" {
		t.Errorf("%q, %v", got, err)
	}
}

// Neither the source nor the list of edits is written to.
func TestApplyKeepsItsArguments(t *testing.T) {
	src := []byte("0123456789")
	edits := []Edit{{Span{8, 9}, "b"}, {Span{1, 2}, "a"}}
	if _, err := Apply(src, edits); err != nil {
		t.Fatal(err)
	}
	if string(src) != "0123456789" || edits[0].New != "b" {
		t.Errorf("after the edit the source is %q and the edits are %v", src, edits)
	}
}

// Edits in any order, of pieces that lie apart, replace those pieces and keep
// all between them.
func FuzzApply(f *testing.F) {
	for _, src := range fixturePages(f) {
		f.Add(src, "new", int64(len(src)))
	}
	f.Fuzz(func(t *testing.T, src []byte, text string, seed int64) {
		rng := rand.New(rand.NewSource(seed))
		cuts := make([]int, 2*rng.Intn(9))
		for i := range cuts {
			cuts[i] = rng.Intn(len(src) + 1)
		}
		slices.Sort(cuts)
		var edits []Edit
		var want bytes.Buffer
		at := 0
		for i := 0; i < len(cuts); i += 2 {
			edits = append(edits, Edit{Span{cuts[i], cuts[i+1]}, text})
			want.Write(src[at:cuts[i]])
			want.WriteString(text)
			at = cuts[i+1]
		}
		want.Write(src[at:])
		rng.Shuffle(len(edits), func(i, j int) { edits[i], edits[j] = edits[j], edits[i] })
		before := bytes.Clone(src)
		got, err := Apply(src, edits)
		if err != nil || !bytes.Equal(got, want.Bytes()) {
			t.Fatalf("edits %v of\n%q\ngive %v\n%q\nwant\n%q", edits, src, err, got, want.Bytes())
		}
		if !bytes.Equal(src, before) {
			t.Fatalf("edits %v changed the source from\n%q\nto\n%q", edits, before, src)
		}
	})
}

func TestApplyErrorNamesTheBytes(t *testing.T) {
	_, err := Apply([]byte("0123456789"), []Edit{{Span{2, 5}, "a"}, {Span{4, 6}, "b"}})
	if err == nil || !strings.Contains(err.Error(), "bytes 4 to 6") {
		t.Errorf("error: %v", err)
	}
}
