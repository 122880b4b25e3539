package archive

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Date is a day of the calendar. Its zero value is no day.
type Date struct{ Year, Month, Day int }

// ParseDate reads a date as archives write it, 2017-07-9, or with the day
// padded, 2017-07-09. The error says what is wrong with it.
func ParseDate(s string) (Date, error) {
	parts := strings.Split(s, "-")
	if len(parts) != 3 || len(parts[0]) != 4 || len(parts[1]) != 2 || len(parts[2]) < 1 || len(parts[2]) > 2 {
		return Date{}, fmt.Errorf("%q is no date; write it as 2017-07-9", s)
	}
	var n [3]int
	for i, part := range parts {
		v, ok := number(part)
		if !ok {
			return Date{}, fmt.Errorf("%q is no date; write it as 2017-07-9", s)
		}
		n[i] = v
	}
	d := Date{n[0], n[1], n[2]}
	if !d.exists() {
		return Date{}, fmt.Errorf("there is no day %s in the calendar", d)
	}
	return d, nil
}

// number reads a string of decimal digits and nothing else.
func number(s string) (int, bool) {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
	}
	n, err := strconv.Atoi(s)
	return n, err == nil
}

func (d Date) exists() bool {
	return d.Year > 0 && fromTime(d.time()) == d
}

func (d Date) time() time.Time {
	return time.Date(d.Year, time.Month(d.Month), d.Day, 0, 0, 0, 0, time.UTC)
}

func fromTime(t time.Time) Date { return Date{t.Year(), int(t.Month()), t.Day()} }

// DateOf returns the day of a time, in the time's own zone.
func DateOf(t time.Time) Date { return fromTime(t) }

// AddDays returns the day n days later.
func (d Date) AddDays(n int) Date { return fromTime(d.time().AddDate(0, 0, n)) }

// Compare orders dates by time.
func (d Date) Compare(e Date) int {
	return cmp.Or(cmp.Compare(d.Year, e.Year), cmp.Compare(d.Month, e.Month), cmp.Compare(d.Day, e.Day))
}

// String returns the date as archives write it: the month padded, the day not.
func (d Date) String() string { return fmt.Sprintf("%04d-%02d-%d", d.Year, d.Month, d.Day) }

// Dir returns the folder of the day's pages: news/2017/07/9.
func (d Date) Dir() string {
	b := append(make([]byte, 0, len("news/2017/07/31")), "news/"...)
	b = append(appendPadded(b, d.Year, 1000), '/')
	b = append(appendPadded(b, d.Month, 10), '/')
	return string(strconv.AppendInt(b, int64(d.Day), 10))
}

// appendPadded appends n with as many digits as its highest place asks for.
func appendPadded(b []byte, n, highest int) []byte {
	for ; highest > max(n, 1); highest /= 10 {
		b = append(b, '0')
	}
	return strconv.AppendInt(b, int64(n), 10)
}

// Page returns the path of the day page: news/2017/07/9/index.md.
func (d Date) Page() string { return d.Dir() + "/index.md" }
