package page

import "testing"

func TestIsLabel(t *testing.T) {
	labels := []string{"Source", "信息来源"}
	for _, tt := range []struct {
		text string
		want bool
	}{
		{"Source", true},
		{"Source:", true},
		{" Source: ", true},
		{"信息来源：", true},
		{"信息来源:", true},
		{"Sources", false},
		{"source", false},
		{"Source::", false},
		{":", false},
		{"", false},
	} {
		if got := isLabel(labels, tt.text); got != tt.want {
			t.Errorf("isLabel(%q) = %v", tt.text, got)
		}
	}
	if isLabel(nil, "") {
		t.Error("no label is one of none")
	}
}

func TestSectionKind(t *testing.T) {
	for text, want := range map[string]SectionKind{
		"Source:": SourceSection, "Sources:": SourceSection, "信息来源:": SourceSection,
		"Changes:": ChangesSection,
		"Related:": RelatedSection, "有关:": RelatedSection,
		"Notes:": OtherSection, "Context:": OtherSection, "": OtherSection,
	} {
		if got := DefaultLabels().sectionKind(text); got != want {
			t.Errorf("section %q is of kind %d, want %d", text, got, want)
		}
	}
}

// Each caller may change the labels it is given.
func TestDefaultLabelsAreNotShared(t *testing.T) {
	DefaultLabels().Source[0] = "Quelle"
	if got := DefaultLabels().Source[0]; got != "Source" {
		t.Errorf("the default label became %q", got)
	}
}
