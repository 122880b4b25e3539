package commands

import (
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"

	"newsctl/archive/encode"
	"newsctl/archive/source"
)

// reportedSource is a source in a report for programs.
type reportedSource struct {
	URL          string          `json:"url"`
	Host         string          `json:"host"`
	State        string          `json:"state"`
	Kind         source.Kind     `json:"kind,omitempty"`
	Status       int             `json:"status,omitempty"`
	To           string          `json:"to,omitempty"`
	Note         string          `json:"note,omitempty"`
	FirstSeen    source.Time     `json:"firstSeen,omitempty"`
	LastAsked    source.Time     `json:"lastAsked,omitempty"`
	LastGood     source.Time     `json:"lastGood,omitempty"`
	Failures     int             `json:"failures"`
	FailingSince source.Time     `json:"failingSince,omitempty"`
	Due          bool            `json:"due"`
	CitedBy      []reportedPlace `json:"citedBy"`
}

type reportedPlace struct {
	Path string `json:"path"`
	Line int    `json:"line"`

	// CapturedDays is how many days after the event a capture was made.
	CapturedDays *int `json:"capturedDays,omitempty"`
}

func reportSource(one *cited) reportedSource {
	e := one.entry
	out := reportedSource{
		URL: one.url, Host: one.host, State: one.state, Kind: e.Kind, Status: e.Status, To: e.To, Note: e.Note,
		FirstSeen: e.FirstSeen, LastAsked: e.LastAsked, LastGood: e.LastGood, Failures: e.Failures, FailingSince: e.FailingSince,
		Due: one.due,
	}
	for _, c := range one.by {
		place := reportedPlace{Path: c.Event.Path, Line: c.Line}
		if days, ok := captureDays(c); ok {
			place.CapturedDays = &days
		}
		out.CitedBy = append(out.CitedBy, place)
	}
	return out
}

// writeCited writes sources in a format, of which text is a function.
func (e *env) writeCited(format string, set *sourceSet, text func([]*cited) error) error {
	switch format {
	case "text":
		return text(set.all)
	case "csv":
		return e.writeSourceCSV(set.all)
	}
	states, hosts := set.counts()
	document := struct {
		Version int              `json:"version"`
		Sources []reportedSource `json:"sources"`
		Hosts   int              `json:"hosts"`
		States  map[string]int   `json:"states"`
	}{1, []reportedSource{}, hosts, states}
	for _, one := range set.all {
		document.Sources = append(document.Sources, reportSource(one))
	}
	return encode.JSON(e.stdout.raw, document)
}

var sourceColumns = []string{
	"url", "host", "state", "kind", "status", "to", "note", "first_seen", "last_asked", "last_good", "failures", "failing_since", "due", "cited_by",
}

func (e *env) writeSourceCSV(all []*cited) error {
	w := csv.NewWriter(e.stdout.raw)
	_ = w.Write(sourceColumns) // w.Error has it
	for _, one := range all {
		r := reportSource(one)
		var places []string
		for _, p := range r.CitedBy {
			places = append(places, fmt.Sprintf("%s:%d", p.Path, p.Line))
		}
		status := ""
		if r.Status != 0 {
			status = strconv.Itoa(r.Status)
		}
		_ = w.Write([]string{
			r.URL, r.Host, r.State, string(r.Kind), status, r.To, r.Note, stamp(r.FirstSeen), stamp(r.LastAsked), stamp(r.LastGood),
			strconv.Itoa(r.Failures), stamp(r.FailingSince), strconv.FormatBool(r.Due), strings.Join(places, " "),
		})
	}
	w.Flush()
	return w.Error()
}

// stamp returns a time as reports write it, or nothing.
func stamp(t source.Time) string {
	if t == 0 {
		return ""
	}
	text, _ := t.MarshalText() // never fails
	return string(text)
}
