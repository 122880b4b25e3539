package commands

import "testing"

// TestFoundSummary holds a review page of findings to count the pages that it lists.
func TestFoundSummary(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		findings, pages, checked int
		want                     string
	}{
		{0, 0, 29, "No findings in 29 pages"},
		{0, 0, 1, "No findings in 1 page"},
		{1, 1, 1, "1 finding in 1 page"},
		{1, 1, 2, "1 finding in 1 of 2 pages"},
		{52, 23, 29, "52 findings in 23 of 29 pages"},
		{1000, 29, 29, "1,000 findings in 29 pages"},
	} {
		if got := foundSummary(tt.findings, tt.pages, tt.checked); got != tt.want {
			t.Errorf("got %q, want %q", got, tt.want)
		}
	}
}
