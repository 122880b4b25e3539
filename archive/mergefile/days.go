package mergefile

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"newsctl/archive/page"
)

// versions are the documents of a page: base, ours, theirs.
type versions [3]*document

// alignDays makes the versions of a listing show the same days, those that the
// result is to show. The headings of a front page are the same every day; the days
// below them move on. It returns false if a version shows a day twice.
func (v versions) alignDays(front bool) bool {
	var cut []int
	before := 0
	if front {
		days, more, ok := v.days()
		if !ok {
			return false
		}
		v.show(days)
		cut = more
		if len(days) > 0 {
			before = days[len(days)-1]
		}
	}
	v.alignPrevious(cut, before)
	return true
}

// slots returns the parts of a document that show days.
func (d *document) slots() []*unit {
	var out []*unit
	for i := range d.units {
		if s := d.units[i].section; s != nil && s.day != nil && !s.day.previous {
			out = append(out, &d.units[i])
		}
	}
	return out
}

// daysShown returns the days that a document shows.
func (d *document) daysShown() []int {
	var out []int
	for _, u := range d.slots() {
		out = append(out, u.section.day.day)
	}
	return out
}

// days returns the days that the result is to show, newest first, and those that no
// longer have a place. A day that one side lacks is gone only if it would have a
// place there.
func (v versions) days() (shown, cut []int, ok bool) {
	old := v[0].daysShown()
	places := 0
	for i, d := range v {
		has := d.daysShown()
		sorted := slices.Clone(has)
		slices.Sort(sorted)
		if len(slices.Compact(sorted)) != len(has) {
			return nil, nil, false
		}
		if i > 0 {
			places = max(places, len(has))
			shown = append(shown, has...)
		}
	}
	slices.Sort(shown)
	shown = slices.DeleteFunc(slices.Compact(shown), func(day int) bool {
		return slices.Contains(old, day) && (v[1].dropped(day) || v[2].dropped(day))
	})
	slices.Reverse(shown)
	n := min(places, len(shown))
	return shown[:n], shown[n:], true
}

// dropped reports whether a document lacks a day, though it shows older ones.
func (d *document) dropped(day int) bool {
	has := d.daysShown()
	return len(has) > 0 && !slices.Contains(has, day) && day > slices.Min(has)
}

// show makes each version show the days.
func (v versions) show(days []int) {
	var lists [3][][]unit
	for i := range v {
		for _, day := range days {
			lists[i] = append(lists[i], v.listOf(i, day))
		}
	}
	for i, d := range v {
		slots := d.slots()
		for k, day := range days {
			if k < len(slots) {
				slots[k].section = slots[k].section.of(day, lists[i][k])
			}
		}
		if len(slots) > len(days) {
			d.units = slices.DeleteFunc(d.units, func(u unit) bool {
				return slices.ContainsFunc(slots[len(days):], func(s *unit) bool { return s.key == u.key })
			})
		}
	}
	for k := range days {
		v.fillSlot(fmt.Sprint("day ", k+1), lists, k)
	}
	for _, d := range v {
		complete(d.units)
	}
}

// listOf returns what a version lists below a day. Where it does not show the day, it
// has changed nothing of it.
func (v versions) listOf(i, day int) []unit {
	order := [3][]int{{0}, {1, 0, 2}, {2, 0, 1}}[i]
	for _, k := range order {
		for _, u := range v[k].slots() {
			if u.section.day.day == day {
				return u.section.units
			}
		}
	}
	return nil
}

// of returns a section that shows another day in its place.
func (s *section) of(day int, units []unit) *section {
	out := *s
	out.units = units
	out.setDay(day)
	switch {
	case len(units) == 0:
		out.gap = ""
	case out.gap == "":
		out.gap = "\n\n"
	}
	return &out
}

var dateText = regexp.MustCompile(`^\s*(\d{4})-(\d{2})-(\d{1,2})\s*$`)

// setDay makes the heading of a section link to another day, and name it if it named
// the one before.
func (s *section) setDay(day int) {
	if s.day.day == day {
		return
	}
	edits := []page.Edit{{Span: s.day.target, New: dayPath.ReplaceAllString(s.head[s.day.target.Start:s.day.target.End],
		fmt.Sprintf("%04d/%02d/%d/${4}.md", day/10000, day/100%100, day%100))}}
	if text := s.head[s.day.text.Start:s.day.text.End]; dateText.MatchString(text) {
		edits = append(edits, page.Edit{Span: s.day.text, New: fmt.Sprintf("%04d-%02d-%d", day/10000, day/100%100, day%100)})
	}
	if head, err := page.Apply([]byte(s.head), edits); err == nil {
		s.head = string(head)
	}
	link := *s.day
	link.day = day
	s.day = &link
}

// fillSlot gives the versions that lack a part for a day one as another has it.
func (v versions) fillSlot(key string, lists [3][][]unit, k int) {
	have := []*unit{find(v[0].units, key), find(v[1].units, key), find(v[2].units, key)}
	model := cmp.Or(have...)
	if o, t := have[1], have[2]; have[0] == nil && o != nil && t != nil && t.section.head < o.section.head {
		model = t
	}
	for i, d := range v {
		if have[i] != nil {
			continue
		}
		u := *model
		u.section = model.section.of(model.section.day.day, lists[i][k])
		if i == 0 {
			u.section.tail = ""
		}
		at := len(d.units)
		if p := slices.IndexFunc(d.units, func(u unit) bool { return u.key == "previous" }); p >= 0 {
			at = p
		}
		if s := d.slots(); len(s) > 0 {
			at = slices.IndexFunc(d.units, func(u unit) bool { return u.key == s[len(s)-1].key }) + 1
		}
		d.units = slices.Insert(d.units, at, u)
	}
}

// joinDays makes the parts of a document that show the same day one: git may have put
// the heading of a day into a conflict and left it below as well.
func (d *document) joinDays() {
	first := map[int]*section{}
	d.units = slices.DeleteFunc(d.units, func(u unit) bool {
		if u.section == nil || u.section.day == nil || u.section.day.previous {
			return false
		}
		to := first[u.section.day.day]
		if to == nil {
			first[u.section.day.day] = u.section
			return false
		}
		for i := range u.section.units {
			if one := &u.section.units[i]; find(to.units, one.key) == nil {
				to.units = append(to.units, *one)
			}
		}
		to.gap = cmp.Or(to.gap, u.section.gap)
		complete(to.units)
		return true
	})
	for i, u := range d.slots() {
		u.key = fmt.Sprint("day ", i+1)
	}
	complete(d.units)
}

// alignPrevious makes the links to the nearest earlier day point to the one that the
// result is to link to: the nearest of those that were added, or the next one where
// that is gone. On a front page it is one of the days that no longer have a place.
func (v versions) alignPrevious(cut []int, before int) {
	var links [3]*section
	var day [3]int
	for i, d := range v {
		if u := find(d.units, "previous"); u != nil {
			links[i], day[i] = u.section, u.section.day.day
		}
	}
	if links[1] == nil || links[2] == nil {
		return
	}
	to, ok := merge3(day[0], day[1], day[2])
	if !ok {
		to = min(day[1], day[2])
		if most := max(day[1], day[2]); most > day[0] {
			to = most
		}
	}
	for _, d := range cut {
		if d < before && d > to {
			to = d
		}
	}
	for _, s := range links {
		if s != nil {
			s.setDay(to)
		}
	}
}

// dayNumber returns the day of a path as a number, or 0.
func dayNumber(p string) int {
	var y, m, d int
	found := dayPath.FindStringSubmatch(p)
	if found == nil {
		return 0
	}
	fmt.Sscan(strings.Join(found[1:4], " "), &y, &m, &d)
	return y*10000 + m*100 + d
}
