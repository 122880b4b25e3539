package archive

import (
	"slices"
	"testing"

	"newsctl/archive/page"
)

// Labels that are set are written, and the built-in ones are read all the same.
func TestWithDefaults(t *testing.T) {
	d := page.DefaultLabels()
	c := Config{
		Labels:       page.Labels{Source: []string{"Quelle"}, Current: []string{"Aktuell"}},
		RelatedLimit: 5,
	}.withDefaults()
	if got, want := c.Labels.Source, append([]string{"Quelle"}, d.Source...); !slices.Equal(got, want) {
		t.Errorf("labels of sources: %q, want %q", got, want)
	}
	if got, want := c.Labels.Current, append([]string{"Aktuell"}, d.Current...); !slices.Equal(got, want) {
		t.Errorf("labels of the current version: %q, want %q", got, want)
	}
	for name, pair := range map[string][2][]string{
		"changes":  {c.Labels.Changes, d.Changes},
		"related":  {c.Labels.Related, d.Related},
		"context":  {c.Labels.Context, d.Context},
		"previous": {c.Labels.Previous, d.Previous},
		"formats":  {c.Labels.Formats, d.Formats},
	} {
		if !slices.Equal(pair[0], pair[1]) {
			t.Errorf("labels of %s: %q, want %q", name, pair[0], pair[1])
		}
	}
	if c.RelatedLimit != 5 {
		t.Errorf("the limit that is set became %d", c.RelatedLimit)
	}
	if got := (Config{}).withDefaults().RelatedLimit; got != 10 {
		t.Errorf("the limit is %d if none is set", got)
	}
	if got := New(nil, Config{RelatedLimit: 5}).Config().RelatedLimit; got != 5 {
		t.Errorf("the archive's limit is %d", got)
	}
}

// TestDefaultsLeaveConfig checks that two archives of one configuration do not
// write into the label lists that they share.
func TestDefaultsLeaveConfig(t *testing.T) {
	shared := append(make([]string, 0, 10), "Own", "Other")
	c := Config{Labels: page.Labels{Source: shared[:1]}}
	c.withDefaults()
	if shared[1] != "Other" {
		t.Errorf("the list after the label now holds %q", shared)
	}
}
