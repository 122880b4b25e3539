package archive

import "testing"

// What has most votes does not depend on the order of a map, nor on votes for nothing.
func TestBallot(t *testing.T) {
	for _, test := range []struct {
		votes          Ballot
		most, majority string
	}{
		{Ballot{}, "none", ""},
		{Ballot{"": 3}, "none", ""},
		{Ballot{"": 3, "a": 1}, "a", ""},
		{Ballot{"": 1, "a": 3, "b": 1}, "a", "a"},
		{Ballot{"b": 2, "a": 2, "": 2}, "a", ""},
	} {
		for range 20 {
			if got := test.votes.Most("none"); got != test.most {
				t.Errorf("%v: most is %q, want %q", test.votes, got, test.most)
			}
			if got := test.votes.Majority(); got != test.majority {
				t.Errorf("%v: majority is %q, want %q", test.votes, got, test.majority)
			}
		}
	}
}
