package sorted

import (
	"slices"
	"testing"
)

func TestKeys(t *testing.T) {
	if got := Keys(map[string]int{"b": 1, "": 2, "a": 3}); !slices.Equal(got, []string{"", "a", "b"}) {
		t.Errorf("keys %q", got)
	}
}

func TestCommon(t *testing.T) {
	for _, tt := range []struct{ a, b, want []int }{
		{nil, []int{1}, nil},
		{[]int{1, 3, 5}, []int{2, 4}, nil},
		{[]int{1, 2, 3}, []int{2, 3, 4}, []int{2, 3}},
		{[]int{2}, []int{1, 2}, []int{2}},
	} {
		if got := Common(tt.a, tt.b); !slices.Equal(got, tt.want) {
			t.Errorf("%v and %v have %v in common, want %v", tt.a, tt.b, got, tt.want)
		}
	}
}
