package archive

import (
	"cmp"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"newsctl/archive/layout"
)

// Date is a day of the calendar. Its zero value is not a day.
type Date struct{ Year, Month, Day int }

// ParseDate reads a date as archives write it, 2017-07-9, or with the day
// padded, 2017-07-09. The error says what is wrong with it.
func ParseDate(s string) (Date, error) {
	d, ok := splitDate(s, "-")
	return existing(d, ok)
}

// ParseTypedDate reads a date as people type it: as archives write it, with a month
// that is not padded, or as the path of its directory, 2017/07/9.
func ParseTypedDate(s string) (Date, error) {
	parts := strings.Split(strings.ReplaceAll(s, "/", "-"), "-")
	if strings.Contains(s, "/") && strings.Contains(s, "-") {
		parts = nil // two forms in one
	}
	if len(parts) == 3 && len(parts[1]) == 1 {
		parts[1] = "0" + parts[1]
	}
	d, ok := splitDate(strings.Join(parts, "-"), "-")
	return existing(d, ok)
}

// ErrDate is the error of a text that does not have the form of a date.
var ErrDate = errors.New("use YYYY-MM-DD")

// existing returns a date that was read, if it is in the calendar.
func existing(d Date, ok bool) (Date, error) {
	switch {
	case !ok:
		return Date{}, ErrDate
	case !d.Exists():
		return Date{}, fmt.Errorf("there is no day %s in the calendar", d)
	}
	return d, nil
}

// splitDate reads the digits of a year, a month and a day, padded or not, with a
// separator between them. The day need not be in the calendar.
func splitDate(s, separator string) (Date, bool) {
	year, rest, _ := strings.Cut(s, separator)
	month, day, _ := strings.Cut(rest, separator)
	if len(year) != 4 || len(month) != 2 {
		return Date{}, false
	}
	y, ok1 := ParseNumber(year)
	m, ok2 := ParseNumber(month)
	d, ok3 := shortNumber(day)
	return Date{y, m, d}, ok1 && ok2 && ok3
}

// shortNumber reads a number of one or two digits.
func shortNumber(s string) (int, bool) {
	if len(s) < 1 || len(s) > 2 {
		return 0, false
	}
	return ParseNumber(s)
}

// ParseNumber reads a string of decimal digits and nothing else.
func ParseNumber(s string) (int, bool) {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
	}
	n, err := strconv.Atoi(s)
	return n, err == nil
}

// Exists reports whether the calendar has the date.
func (d Date) Exists() bool {
	return d.Year > 0 && fromTime(d.Time()) == d
}

// Time returns the beginning of the day in UTC.
func (d Date) Time() time.Time {
	return time.Date(d.Year, time.Month(d.Month), d.Day, 0, 0, 0, 0, time.UTC)
}

// Start returns when the day begins, in UTC.
func (d Date) Start() time.Time { return d.Time() }

func fromTime(t time.Time) Date {
	year, month, day := t.Date()
	return Date{year, int(month), day}
}

// DateOf returns the day of a time, in the time's own zone.
func DateOf(t time.Time) Date { return fromTime(t) }

// AddDays returns the day n days later.
func (d Date) AddDays(n int) Date { return fromTime(d.Time().AddDate(0, 0, n)) }

// Number returns the day counted from another, so that two differ by the days between
// them; dayNumbered returns the day again.
func (d Date) Number() int { return int(d.Time().Unix() / secondsPerDay) }

// DayNumbered returns the date that is n days after January 1, 1970.
func DayNumbered(n int) Date { return fromTime(time.Unix(int64(n)*secondsPerDay, 0).UTC()) }

const secondsPerDay = 24 * 60 * 60

// Compare orders dates by time.
func (d Date) Compare(e Date) int {
	return cmp.Or(cmp.Compare(d.Year, e.Year), cmp.Compare(d.Month, e.Month), cmp.Compare(d.Day, e.Day))
}

// String returns the date as archives write it: the month padded, the day not.
func (d Date) String() string { return fmt.Sprintf("%04d-%02d-%d", d.Year, d.Month, d.Day) }

// Dir returns the directory of the day's pages: news/2017/07/9.
func (d Date) Dir() string { return layout.Current().Dir(d.Year, d.Month, d.Day) }

// Page returns the path of the day page: news/2017/07/9/index.md.
func (d Date) Page() string { return d.Dir() + "/" + IndexName() }

// Interval says for people how long so many days are: 5 days, 3 months or 8 years.
func Interval(days int) string {
	n, unit := days, "day"
	switch {
	case days >= 730:
		n, unit = days/365, "year"
	case days >= 60:
		n, unit = days*12/365, "month"
	}
	if n != 1 {
		unit += "s"
	}
	return fmt.Sprint(n, " ", unit)
}

// DaysApart returns how many days are between two days.
func DaysApart(a, b Date) int {
	d := int(a.Time().Sub(b.Time()).Hours() / 24)
	return max(d, -d)
}
