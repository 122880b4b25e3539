package edit

import (
	"slices"
	"testing"
	"testing/fstest"

	"newsctl/archive"
)

// TestPlacesOf expects places in the order of the page, whatever the order of names.
func TestPlacesOf(t *testing.T) {
	a := archive.New(fstest.MapFS{"about.md": {Data: []byte("ferry\n\nfog, ferry\n\nfog\n")}}, archive.Config{})
	want := []int{1, 3, 3, 5}
	for _, names := range [][][]byte{{[]byte("fog"), []byte("ferry")}, {[]byte("ferry"), []byte("fog")}} {
		var got []int
		for _, place := range placesOf(a.Page("about.md"), names) {
			got = append(got, place.Line)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s are in lines %d, want %d", names, got, want)
		}
	}
}
