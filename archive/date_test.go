package archive

import (
	"strings"
	"testing"
)

func TestParseDate(t *testing.T) {
	for _, tt := range []struct {
		text string
		want Date
	}{
		{"2017-07-9", Date{2017, 7, 9}},
		{"2017-07-09", Date{2017, 7, 9}},
		{"2017-12-31", Date{2017, 12, 31}},
		{"2016-02-29", Date{2016, 2, 29}},
		{"0001-01-1", Date{1, 1, 1}},
		{"9999-12-31", Date{9999, 12, 31}},
	} {
		if got, err := ParseDate(tt.text); err != nil || got != tt.want {
			t.Errorf("ParseDate(%q) = %v, %v", tt.text, got, err)
		}
	}
}

func TestParseDateRefuses(t *testing.T) {
	for _, tt := range []struct{ text, why string }{
		{"", "use YYYY-MM-DD"},
		{"2017-07", "use YYYY-MM-DD"},
		{"2017-7-9", "use YYYY-MM-DD"},
		{"17-07-9", "use YYYY-MM-DD"},
		{"2017-07-", "use YYYY-MM-DD"},
		{"2017-07-009", "use YYYY-MM-DD"},
		{"2017-07-9-1", "use YYYY-MM-DD"},
		{"2017/07/9", "use YYYY-MM-DD"},
		{" 2017-07-9", "use YYYY-MM-DD"},
		{"2017-07-9 ", "use YYYY-MM-DD"},
		{"2017-07-+9", "use YYYY-MM-DD"},
		{"2017-07-x", "use YYYY-MM-DD"},
		{"２０１７-07-9", "use YYYY-MM-DD"},
		{"2017-02-29", "no day 2017-02-29 in the calendar"},
		{"2017-13-1", "no day 2017-13-1 in the calendar"},
		{"2017-00-1", "no day 2017-00-1 in the calendar"},
		{"2017-07-0", "no day 2017-07-0 in the calendar"},
		{"2017-07-32", "no day 2017-07-32 in the calendar"},
		{"0000-01-1", "no day 0000-01-1 in the calendar"},
	} {
		if got, err := ParseDate(tt.text); err == nil || !strings.Contains(err.Error(), tt.why) {
			t.Errorf("ParseDate(%q) = %v, %v, want an error with %q", tt.text, got, err, tt.why)
		}
	}
}

func TestParseTypedDate(t *testing.T) {
	for _, s := range []string{"2018-03-6", "2018-03-06", "2018-3-6", "2018-3-06", "2018/03/6", "2018/3/6", "2018/03/06"} {
		if got, err := ParseTypedDate(s); err != nil || got != (Date{2018, 3, 6}) {
			t.Errorf("ParseTypedDate(%q) = %v, %v", s, got, err)
		}
	}
	for _, s := range []string{
		"", "2018", "2018-3", "18-3-6", "2018-003-6", "2018-3-006", "2018/3-6", "2018-3/6", "2018--6", "2018-3-", "-3-6", "2018-3-6-1",
		"6/3/2018", "3/6/2018", "2018.3.6", "２０１８-3-6", "2018-+3-6", "2018-2-30", "2018-13-1", "2018-0-1", "0000-1-1", "20180306",
	} {
		if got, err := ParseTypedDate(s); err == nil {
			t.Errorf("ParseTypedDate(%q) = %v", s, got)
		}
	}
}

func TestDate(t *testing.T) {
	for _, tt := range []struct {
		date       Date
		text, page string
	}{
		{Date{2017, 7, 9}, "2017-07-9", "news/2017/07/9/index.md"},
		{Date{2017, 12, 31}, "2017-12-31", "news/2017/12/31/index.md"},
		{Date{1, 1, 1}, "0001-01-1", "news/0001/01/1/index.md"},
		{Date{987, 10, 20}, "0987-10-20", "news/0987/10/20/index.md"},
		{Date{}, "0000-00-0", "news/0000/00/0/index.md"},
	} {
		if got := tt.date.String(); got != tt.text {
			t.Errorf("%#v is written %q, want %q", tt.date, got, tt.text)
		}
		if got := tt.date.Page(); got != tt.page {
			t.Errorf("page of %v: %q, want %q", tt.date, got, tt.page)
		}
		if got := tt.date.Dir() + "/index.md"; got != tt.page {
			t.Errorf("folder of %v: %q", tt.date, tt.date.Dir())
		}
	}
}

func TestAddDays(t *testing.T) {
	for _, tt := range []struct {
		from string
		days int
		want string
	}{
		{"2017-07-9", 0, "2017-07-9"},
		{"2017-07-9", 1, "2017-07-10"},
		{"2017-07-9", -1, "2017-07-8"},
		{"2017-12-31", 1, "2018-01-1"},
		{"2018-01-1", -1, "2017-12-31"},
		{"2016-02-28", 1, "2016-02-29"},
		{"2017-02-28", 1, "2017-03-1"},
		{"2017-03-1", 365, "2018-03-1"},
	} {
		from, err := ParseDate(tt.from)
		if err != nil {
			t.Fatal(err)
		}
		if got := from.AddDays(tt.days).String(); got != tt.want {
			t.Errorf("%s and %d days: %s, want %s", tt.from, tt.days, got, tt.want)
		}
	}
}

// All days of four centuries are read as they are written, and follow each
// other.
func TestCalendar(t *testing.T) {
	day := Date{1700, 1, 1}
	for day.Year < 2101 {
		if got, err := ParseDate(day.String()); err != nil || got != day {
			t.Fatalf("ParseDate(%q) = %v, %v", day, got, err)
		}
		if kind, got := Classify(day.Page()); kind != DayPage || got != day || !SoundDay(day.Page(), got) {
			t.Fatalf("%s is a %v of %v", day.Page(), kind, got)
		}
		next := day.AddDays(1)
		if day.Compare(next) >= 0 || next.Compare(day) <= 0 || day.Compare(day) != 0 || next.AddDays(-1) != day {
			t.Fatalf("%v and the next day, %v, are out of order", day, next)
		}
		day = next
	}
}

func TestInterval(t *testing.T) {
	for days, want := range map[int]string{
		0: "0 days", 1: "1 day", 59: "59 days", 60: "1 month", 61: "2 months", 729: "23 months", 730: "2 years", 2931: "8 years", 3180: "8 years",
	} {
		if got := Interval(days); got != want {
			t.Errorf("Interval(%d) = %q, want %q", days, got, want)
		}
	}
}
