package commands

import (
	"fmt"
	"strings"

	"newsctl/archive"
	"newsctl/archive/query"
)

// parseDays reads a range of days: a year, a month or a day, or two of them with
// two dots between them, of which one may be omitted.
func parseDays(arg string) (query.Days, error) {
	from, to, isRange := strings.Cut(arg, "..")
	switch {
	case !isRange:
		to = from
	case from == "" && to == "":
		return query.Days{}, errRange(arg)
	case from == "":
		from = "0001"
	case to == "":
		to = "9999"
	}
	first, err := firstDay(from)
	if err != nil {
		return query.Days{}, err
	}
	last, err := lastDay(to)
	switch {
	case err != nil:
		return query.Days{}, err
	case last.Compare(first) < 0:
		return query.Days{}, fmt.Errorf("invalid range %q: %s is after %s", arg, from, to)
	}
	return query.Days{First: first, Last: last}, nil
}

// firstDay returns the first day of a year, a month or a day.
func firstDay(s string) (archive.Date, error) {
	y, m, ok := yearMonth(s)
	switch {
	case !ok:
		return rangeDay(s)
	case m == 0:
		m = 1
	}
	return archive.Date{Year: y, Month: m, Day: 1}, nil
}

// lastDay returns the last day of a year, a month or a day.
func lastDay(s string) (archive.Date, error) {
	y, m, ok := yearMonth(s)
	switch {
	case !ok:
		return rangeDay(s)
	case m == 0 || m == 12:
		return archive.Date{Year: y, Month: 12, Day: 31}, nil
	}
	return archive.Date{Year: y, Month: m + 1, Day: 1}.AddDays(-1), nil
}

// yearMonth reads a year, 2018, or a month, 2018-03. The month of a year is 0.
func yearMonth(s string) (year, month int, ok bool) {
	if len(s) != len("2006") && len(s) != len("2006-01") {
		return 0, 0, false
	}
	full := s
	if len(s) == len("2006") {
		full += "-01"
	}
	d, err := archive.ParseDate(full + "-01")
	if err != nil {
		return 0, 0, false
	}
	if len(s) == len("2006") {
		return d.Year, 0, true
	}
	return d.Year, d.Month, true
}

func rangeDay(s string) (archive.Date, error) {
	d, err := parseDay(s, today())
	if err != nil || s == "" {
		return d, errRange(s)
	}
	return d, nil
}

func errRange(s string) error {
	return fmt.Errorf("invalid range %q: use a year (2018), a month (2018-03), a day (2018-03-14), or two of them with .. between them", s)
}
