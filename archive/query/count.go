package query

import (
	"cmp"
	"fmt"
	"slices"

	"newsctl/archive/source"
)

// Count is how many events have one thing in common.
type Count struct {
	Name   string `json:"name"`
	Events int    `json:"events"`
}

// Groups are the things by which [CountBy] counts.
var Groups = []string{"context", "topic", "month", "year", "source"}

// Names returns the names by which [CountBy] counts the events of the archive.
func (x *Index) Names(group string) []string {
	var out []string
	for _, c := range CountBy(x.Select(Filter{}), group) {
		out = append(out, c.Name)
	}
	return out
}

// CountBy counts events by one of [Groups]: months and years in their order, all
// else the most frequent first. An event without any is not counted.
func CountBy(events []Event, group string) []Count {
	n := map[string]int{}
	for _, e := range events {
		for _, name := range names(e, group) {
			n[name]++
		}
	}
	out := make([]Count, 0, len(n))
	for name, events := range n {
		out = append(out, Count{name, events})
	}
	slices.SortFunc(out, func(a, b Count) int {
		if group == "month" || group == "year" {
			return cmp.Compare(a.Name, b.Name)
		}
		return cmp.Or(cmp.Compare(b.Events, a.Events), cmp.Compare(a.Name, b.Name))
	})
	return out
}

// names returns what an event counts for, each once.
func names(e Event, group string) []string {
	switch group {
	case "context":
		return e.Contexts()
	case "topic":
		if e.Topic == "" {
			return nil
		}
		return []string{e.Topic}
	case "month":
		return []string{fmt.Sprintf("%04d-%02d", e.Date.Year, e.Date.Month)}
	case "year":
		return []string{fmt.Sprintf("%04d", e.Date.Year)}
	}
	var hosts []string
	for _, s := range e.Sources {
		if host := source.HostOf(s); host != "" {
			hosts = append(hosts, host)
		}
	}
	slices.Sort(hosts)
	return slices.Compact(hosts)
}
