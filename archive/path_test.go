package archive

import (
	"testing"
	"testing/fstest"
)

func TestClassify(t *testing.T) {
	day := Date{2017, 7, 9}
	for _, tt := range []struct {
		path string
		kind Kind
		date Date
	}{
		{"index.md", FrontPage, Date{}},
		{"README.md", CopyPage, Date{}},
		{"about.md", OtherPage, Date{}},
		{"news/2017/07/9/index.md", DayPage, day},
		{"news/2017/07/9/README.md", CopyPage, day},
		{"news/2017/07/9/the-bridge.md", EventPage, day},
		{"news/2017/07/9/readme.md", EventPage, day},
		{"news/2018/12/31/青岚大桥.md", EventPage, Date{2018, 12, 31}},
		{"news/2017/07/09/the-bridge.md", EventPage, day},
		{"news/2017/02/30/the-bridge.md", EventPage, Date{2017, 2, 30}},
		{"news/2017/13/1/index.md", DayPage, Date{2017, 13, 1}},
		{"news/0000/00/0/index.md", DayPage, Date{}},
		{"news/2017/7/9/index.md", OtherPage, Date{}},
		{"news/17/07/9/index.md", OtherPage, Date{}},
		{"news/2017/07/009/index.md", OtherPage, Date{}},
		{"news/2017/07/x/index.md", OtherPage, Date{}},
		{"news/2017/07/-9/index.md", OtherPage, Date{}},
		{"news/2017/07/index.md", OtherPage, Date{}},
		{"news/2017/07//index.md", OtherPage, Date{}},
		{"news/2017/07/9/pictures/index.md", OtherPage, Date{}},
		{"zh/news/2017/07/9/index.md", OtherPage, Date{}},
		{"opinion/2017/07/9/index.md", OtherPage, Date{}},
		{"faq/index.md", OtherPage, Date{}},
		{"faq/README.md", OtherPage, Date{}},
		{"", OtherPage, Date{}},
	} {
		if kind, date := Classify(tt.path); kind != tt.kind || date != tt.date {
			t.Errorf("Classify(%q) = %v, %v, want %v, %v", tt.path, kind, date, tt.kind, tt.date)
		}
	}
}

func TestSoundDay(t *testing.T) {
	for path, want := range map[string]bool{
		"news/2017/07/9/index.md":   true,
		"news/2017/07/9/a.md":       true,
		"news/2016/02/29/a.md":      true,
		"news/2017/07/09/index.md":  false,
		"news/2017/07/09/a.md":      false,
		"news/2017/02/29/a.md":      false,
		"news/2017/13/1/a.md":       false,
		"news/2017/00/1/a.md":       false,
		"news/2017/07/0/a.md":       false,
		"news/0000/01/1/a.md":       false,
		"news/2017/07/10/README.md": true,
	} {
		_, date := Classify(path)
		if got := SoundDay(path, date); got != want {
			t.Errorf("SoundDay(%q, %v) = %v", path, date, got)
		}
	}
}

func TestCopyOf(t *testing.T) {
	for _, pair := range [][2]string{
		{"README.md", "index.md"},
		{"news/2017/07/9/README.md", "news/2017/07/9/index.md"},
	} {
		if got := CopyOf(pair[0]); got != pair[1] {
			t.Errorf("CopyOf(%q) = %q", pair[0], got)
		}
		if got := CopyOf(pair[1]); got != pair[0] {
			t.Errorf("CopyOf(%q) = %q", pair[1], got)
		}
	}
}

func TestKindString(t *testing.T) {
	for kind, want := range map[Kind]string{
		OtherPage: "page", EventPage: "event page", DayPage: "day page", FrontPage: "front page", CopyPage: "copy",
	} {
		if got := kind.String(); got != want {
			t.Errorf("kind %d is a %q, want %q", kind, got, want)
		}
	}
}

func TestHasYears(t *testing.T) {
	for name, want := range map[string]bool{
		"news/2017/07/9/index.md":    true,
		"news/index.md":              false,
		"news/17/index.md":           false,
		"news/20170/index.md":        false,
		"zh/news/2017/07/9/index.md": false,
		"index.md":                   false,
	} {
		if got := HasYears(fstest.MapFS{name: {}}); got != want {
			t.Errorf("HasYears of a tree with %s is %t", name, got)
		}
	}
}
