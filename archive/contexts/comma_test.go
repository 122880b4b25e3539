package contexts

import (
	"slices"
	"testing"
)

func TestSplit(t *testing.T) {
	known := NewCommaNames("Special election, 2018", "Tea, Cake", "Tea, Cake, and Diplomacy", "Cake, and Diplomacy, Again", "Bridge")
	for _, tt := range []struct {
		list string
		want []string
	}{
		{"", nil},
		{" ", nil},
		{"Bridge", []string{"Bridge"}},
		{"Bridge, Norvane", []string{"Bridge", "Norvane"}},
		{"Angola, Zimbabwe, civil war", []string{"Angola", "Zimbabwe", "civil war"}},
		{"A,B, C", []string{"A,B", "C"}},
		{", A, , B, ", []string{"A", "B"}},
		{" A,  B ", []string{"A", "B"}},
		{"Special election, 2018", []string{"Special election, 2018"}},
		{"A, Special election, 2018, B", []string{"A", "Special election, 2018", "B"}},
		{"Special election, 2017", []string{"Special election", "2017"}},
		{"2018, Special election", []string{"2018", "Special election"}},
		{"Tea, Cake, A", []string{"Tea, Cake", "A"}},
		{"Tea, Cake, and Diplomacy", []string{"Tea, Cake, and Diplomacy"}}, // the longest run
		{"Tea, Cake, and Diplomacy, Again", []string{"Tea, Cake, and Diplomacy", "Again"}},
		{"A,\n  B", []string{"A", "B"}},
		{"Tea, Cake, Tea, Cake", []string{"Tea, Cake", "Tea, Cake"}},
	} {
		got := known.Split(tt.list)
		if !slices.Equal(got, tt.want) {
			t.Errorf("contexts of %q: %q, want %q", tt.list, got, tt.want)
		}
	}
}

// A name with a comma is known from the order of a list where no other reading is in
// order.
func TestHiddenNames(t *testing.T) {
	topics := []string{"A, B", "D, C", "Harbour Bridge referendum, 2018"}
	for _, tt := range []struct {
		list string
		want []string
	}{
		{"", nil},
		{"Orlando", nil},
		{"Florida, Orlando, U.S.", nil},
		{"Orlando, Florida", []string{"Orlando, Florida"}},
		{"Orlando, Florida, U.S.", []string{"Orlando, Florida"}},
		{"2016 Orlando mass shooting, Orlando, Florida, U.S.", []string{"Orlando, Florida"}},
		{"Orlando, Florida, Raton, New Mexico", []string{"Orlando, Florida", "Raton, New Mexico"}},
		{"Orlando, Orlando, Florida", []string{"Orlando, Florida"}},
		{"Florida, Orlando, Florida", []string{"Orlando, Florida"}},
		{"Raton, New Mexico, Colfax County", []string{"Raton, New Mexico, Colfax County"}},
		{"Harbour Bridge referendum, 2018, Norvane", nil}, // a topic
		{"Harbour Bridge referendum, 2019, Norvane", []string{"Harbour Bridge referendum, 2019"}},
		{"Raton, New Mexico, Paris", nil},              // in no order
		{"Zebra, Yak, Wolf, Viper, Uguisu, Tern", nil}, // too long
		{"B, A", nil},    // apart, since A, B is a topic
		{"B, A, C", nil}, // likewise
		{"B, A, Orlando, Florida", []string{"Orlando, Florida"}},
		{"Z, Harbour Bridge referendum, 2018", nil},
		{"Orlando, Florida, Z, Y", []string{"Orlando, Florida", "Z, Y"}},
	} {
		if got := NewCommaNames(topics...).hidden(tt.list); !slices.Equal(got, tt.want) {
			t.Errorf("names in %q: %q, want %q", tt.list, got, tt.want)
		}
	}
}

func TestStraddles(t *testing.T) {
	names := NewNameList([]string{"Ferry", "Harbour, Ferry", "Orlando, Florida", "U.S."})
	for _, tt := range []struct {
		name string
		want bool
	}{
		{"Ferry, Harbour", true},
		{"Ferry, Harbour, Ferry", true},
		{"Ferry, U.S.", true},
		{"Florida, U.S.", true},
		{"Ferry, Ferry", true},
		{"Orlando, Florida", false},
		{"Ferry, Iran", false},
		{"Iran, Ferry", false},
		{"Ferry", false},
		{"", false},
	} {
		if got := names.Straddles(tt.name); got != tt.want {
			t.Errorf("%q: %v", tt.name, got)
		}
	}
}
