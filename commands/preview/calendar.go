package preview

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"time"

	"newsctl/archive"
	"newsctl/lint"
)

// calendarData is the calendar of a year.
type calendarData struct {
	Year, Before, After int // 0: there is none
	Years               []bar
	Months              []month
	Events, Days        int
	Findings            int
	Done                bool // all directories were checked
	Shade               string
	Known               bool
}

// bar is a part of a chart: a year, or another span of time.
type bar struct {
	Label, Link string
	Count       int
	Height      int // of a hundred
	X           int // where it begins, by [barWidth]
	Selected    bool
}

// month is a month of the calendar.
type month struct {
	Name  string
	ID    string
	Weeks [][]cell
}

// cell is a day of the calendar, or the space before the first.
type cell struct {
	Day    int // 0: space
	Link   string
	Title  string
	Level  int    // of events, or of findings where these are shown: 0 to 4
	Worst  string // the severity of the worst finding, or nothing
	Events int
}

// barWidth is the room that a bar of a chart has.
const barWidth = 10

// calendar shows which days of a year have events, and findings.
func (v *visit) calendar() reply {
	d := calendarData{Shade: "events"}
	if v.FormValue("shade") == "findings" {
		d.Shade = "findings"
	}
	x := v.index
	if x == nil {
		return reply{template: "calendar.html", title: "Calendar", section: "calendar", data: d}
	}
	if n := len(x.years); n > 0 {
		d.Year = x.years[n-1]
	}
	if asked := v.FormValue("year"); asked != "" && d.Year != 0 {
		year, err := strconv.Atoi(asked)
		switch {
		case err != nil:
			return v.invalid("calendar", fmt.Sprintf("Invalid year %q", asked), fmt.Sprintf("Use a year such as %d.", d.Year), "/calendar", "Calendar")
		case year < x.years[0] || year > d.Year:
			return v.invalid("calendar", fmt.Sprintf("The archive has no days in %d", year), fmt.Sprintf("Its days are of %d to %d.", x.years[0], d.Year), "/calendar", "Calendar")
		}
		d.Year = year
	}
	d.Before, d.After = x.yearsAround(d.Year)
	d.Years = x.byYear()
	for i := range d.Years {
		d.Years[i].Selected = d.Years[i].Label == strconv.Itoa(d.Year)
		if d.Shade == "findings" {
			d.Years[i].Link += "&shade=findings"
		}
	}
	found := v.Server.findings.byDay()
	_, d.Done = v.Server.findings.total(len(x.dirs))
	title := "Calendar"
	if d.Year != 0 {
		title = fmt.Sprintf("Calendar of %d", d.Year)
		v.fill(&d, found)
	}
	d.Known = true
	return reply{template: "calendar.html", title: title, section: "calendar", data: d}
}

// yearsAround returns the nearest years that have days, or 0.
func (x *index) yearsAround(year int) (before, after int) {
	at, ok := slices.BinarySearch(x.years, year)
	if at > 0 {
		before = x.years[at-1]
	}
	if ok {
		at++
	}
	if at < len(x.years) {
		after = x.years[at]
	}
	return before, after
}

// monthID returns the anchor of a month in the calendar.
func monthID(year, month int) string { return fmt.Sprintf("%04d-%02d", year, month) }

// fill adds the months of the year.
func (v *visit) fill(d *calendarData, found map[int32]*dirFindings) {
	most := 1
	at := func(day archive.Date) (events, findings int) {
		n := int32(day.Number())
		if c := v.index.days[n]; c != nil {
			events = c.events
		}
		if f := found[n]; f != nil {
			for _, count := range f.counts {
				findings += count
			}
		}
		return events, findings
	}
	for _, pass := range []bool{false, true} { // the first finds the busiest day
		for m := time.January; m <= time.December; m++ {
			month := month{Name: m.String(), ID: monthID(d.Year, int(m))}
			week := make([]cell, (int(archive.Date{Year: d.Year, Month: int(m), Day: 1}.Time().Weekday())+6)%7)
			for day := (archive.Date{Year: d.Year, Month: int(m), Day: 1}); day.Month == int(m); day = day.AddDays(1) {
				events, findings := at(day)
				shaded := events
				if d.Shade == "findings" {
					shaded = findings
				}
				if most = max(most, shaded); !pass {
					continue
				}
				d.Events, d.Findings = d.Events+events, d.Findings+findings
				if events > 0 {
					d.Days++
				}
				week = append(week, v.cell(day, events, findings, level(shaded, most), found[int32(day.Number())]))
				if len(week) == 7 {
					month.Weeks, week = append(month.Weeks, week), nil
				}
			}
			if len(week) > 0 {
				month.Weeks = append(month.Weeks, append(week, make([]cell, 7-len(week))...))
			}
			if pass {
				d.Months = append(d.Months, month)
			}
		}
	}
}

// levels is how many shades a day can have.
const levels = 4

// level returns the shade of a number: by its root, since few days have most.
func level(n, most int) int {
	return int(math.Ceil(levels * math.Sqrt(float64(n)/float64(most))))
}

func (v *visit) cell(day archive.Date, events, findings, level int, found *dirFindings) cell {
	c := cell{Day: day.Day, Events: events, Level: level, Title: day.String() + ": " + plural(events, "event")}
	if n := v.index.days[int32(day.Number())]; n != nil && n.page {
		c.Link = pageLink(day.Page())
	} else if n != nil {
		c.Title += ", no day page"
	}
	if findings > 0 {
		c.Title += ", " + plural(findings, "finding")
		for s := lint.Info; s <= lint.Error; s++ {
			if found.counts[s] > 0 {
				c.Worst = s.String()
			}
		}
	}
	return c
}

// byDay returns what was found on the pages of each day.
func (f *findings) byDay() map[int32]*dirFindings {
	f.mu.Lock()
	defer f.mu.Unlock()
	out := map[int32]*dirFindings{}
	for dir, found := range f.dirs {
		if kind, day := archive.Classify(dir + "/" + archive.IndexName()); kind == archive.DayPage && day.Exists() {
			out[int32(day.Number())] = found
		}
	}
	return out
}

// byYear returns the events of each year as bars, with the years between that have none.
func (x *index) byYear() []bar {
	if len(x.years) == 0 {
		return nil
	}
	counts := map[int]int{}
	for day, c := range x.days {
		counts[archive.DayNumbered(int(day)).Year] += c.events
	}
	first, last := x.years[0], x.years[len(x.years)-1]
	if last-first > maxYears {
		first = last - maxYears
	}
	var out []bar
	for year := first; year <= last; year++ {
		out = append(out, bar{Label: strconv.Itoa(year), Link: "/calendar?year=" + strconv.Itoa(year), Count: counts[year]})
	}
	scale(out)
	return out
}

// maxYears is how many years a chart shows, so that a page of the year 1 does not make
// one of two thousand.
const maxYears = 100

// scale sets the heights of bars, and their places.
func scale(bars []bar) {
	most := 1
	for _, b := range bars {
		most = max(most, b.Count)
	}
	for i := range bars {
		bars[i].X = i * barWidth
		if bars[i].Count > 0 {
			bars[i].Height = max(100*bars[i].Count/most, 2)
		}
	}
}
