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

func TestSectionOfHeading(t *testing.T) {
	for _, tt := range []struct {
		text  string
		want  SectionKind
		exact bool
	}{
		{"Source:", SourceSection, true}, {"Sources:", SourceSection, true}, {"信息来源:", SourceSection, true},
		{"Changes:", ChangesSection, true},
		{"Related:", RelatedSection, true}, {"有关:", RelatedSection, true}, {"有关：", RelatedSection, true}, {"Related", RelatedSection, true},
		{"RELATED:", RelatedSection, false}, {"related", RelatedSection, false}, {"Related :", RelatedSection, false},
		{"**Related:**", RelatedSection, false}, {"__有关__：", RelatedSection, false}, {"*Sources*", SourceSection, false},
		{"Related: {#related}", RelatedSection, false}, {"###Related:", RelatedSection, false}, {"<b>Changes</b>", ChangesSection, false},
		{"<summary>Related</summary>", RelatedSection, false},
		{"Notes:", OtherSection, false}, {"Context:", OtherSection, false}, {"", OtherSection, false}, {"Related events:", OtherSection, false},
	} {
		if got, meant := DefaultLabels().section(tt.text); got != tt.want || (meant == "") != (tt.exact || tt.want == OtherSection) {
			t.Errorf("section %q is of kind %d, meant %q", tt.text, got, meant)
		}
	}
}

func TestHeadingsLikeThoseOfSections(t *testing.T) {
	for text, want := range map[string]SectionKind{
		"Related events:": RelatedSection, "Related news stories": RelatedSection, "有关新闻:": RelatedSection,
		"Realted:": RelatedSection, "Relate:": RelatedSection, "Souces": SourceSection, "Changs": ChangesSection,
		"Notes": OtherSection, "Source code": OtherSection, "Relatedness": OtherSection, "Related to the long story of the harbour": OtherSection, "": OtherSection,
	} {
		if got, _ := DefaultLabels().like(text); got != want {
			t.Errorf("%q is like kind %d, want %d", text, got, want)
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
