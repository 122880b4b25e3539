package diff

import "testing"

func TestReworded(t *testing.T) {
	for _, tt := range []struct{ old, new, want string }{
		{"The ferry sails again.", "The ferry sails again.", "The ferry sails again."},
		{"The ferry sails again.", "The ferry never sails again.", "The ferry {+never +}sails again."},
		{"The ferry sails again.", "The ferry sails.", "The ferry sails[- again-]."},
		{"The ferry sails again.", "The bridge opens again.", "The [-ferry-]{+bridge+} [-sails-]{+opens+} again."},
		{"The ferry sails.", "Astronomers lose a comet", "[-The ferry sails.-]{+Astronomers lose a comet+}"},
		{"云栖天文台收回年糕", "云栖天文台收下年糕", "云栖天文台收[-回-]{+下+}年糕"},
		{"", "A bell.", "{+A bell.+}"},
		{"A bell.", "", "[-A bell.-]"},
		{"", "", ""},
	} {
		if got := Reworded(tt.old, tt.new, Plain); got != tt.want {
			t.Errorf("%q, want %q", got, tt.want)
		}
	}
	if got, want := Reworded("A bell.", "A buoy.", Terminal), "A \x1b[31mbell\x1b[m\x1b[32mbuoy\x1b[m."; got != want {
		t.Errorf("on a terminal %q, want %q", got, want)
	}
}

// Whatever the wordings, the runs hold both of them whole.
func FuzzWords(f *testing.F) {
	f.Add("The ferry sails again.", "The bridge opens again.")
	f.Add("a\xffb", "a\nb")
	f.Fuzz(func(t *testing.T, old, new string) {
		var before, after string
		for _, r := range Words(old, new) {
			before += r.Old
			after += r.New
		}
		if before != old || after != new {
			t.Errorf("%q and %q are made %q and %q", old, new, before, after)
		}
	})
}
