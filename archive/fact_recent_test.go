package archive

import "testing"

func TestRecentFacts(t *testing.T) {
	var r recentFacts
	decoded := map[int]int{}
	get := func(i int) *Facts {
		return r.get(i, func() *Facts {
			decoded[i]++
			return &Facts{Brief: Brief{ID: int32(i)}}
		})
	}
	first := get(0)
	for i := range maxRecent {
		get(i)
	}
	if get(0) != first {
		t.Error("facts asked for a short time ago were decoded again")
	}
	for i := range 3 * maxRecent {
		get(maxRecent + i)
	}
	if get(0) == first {
		t.Error("facts not asked for since are still held")
	}
	for i, n := range decoded {
		if want := map[bool]int{true: 2, false: 1}[i == 0]; n != want {
			t.Errorf("facts %d were decoded %d times, want %d", i, n, want)
		}
	}
}
