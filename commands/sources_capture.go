package commands

import (
	"fmt"
	"slices"
	"time"

	"newsctl/archive/citation"
	"newsctl/archive/source"
)

// captureDays returns how many days after the day of its event a cited capture was
// made, less than 0 if before, and false if the source is not a capture with a date.
func captureDays(cite citation.Citation) (int, bool) {
	capture, ok := source.ParseCapture(cite.URL)
	if !ok || capture.At.IsZero() {
		return 0, false
	}
	made := capture.At.Truncate(24 * time.Hour)
	return int(made.Sub(cite.Event.Date.Start()) / (24 * time.Hour)), true
}

// whenCaptured returns when a cited capture was made, in parentheses, or nothing
// for other sources.
func (one *cited) whenCaptured(cite citation.Citation) string {
	days, ok := captureDays(cite)
	switch {
	case one.state != stateCapture:
		return ""
	case !ok:
		return " (undated)"
	case days == 0:
		return " (on the day of the event)"
	case days < 0:
		return fmt.Sprintf(" (%s before the event)", plural(-days, "day"))
	}
	return fmt.Sprintf(" (%s after the event)", plural(days, "day"))
}

// keepFar keeps the captures that were made longer than that before or after the
// day of the event that cites them.
func (s *sourceSet) keepFar(distance time.Duration) {
	for _, one := range s.all {
		one.by = slices.DeleteFunc(one.by, func(cite citation.Citation) bool {
			days, ok := captureDays(cite)
			return !ok || time.Duration(max(days, -days))*24*time.Hour <= distance
		})
	}
	s.all = slices.DeleteFunc(s.all, func(one *cited) bool { return len(one.by) == 0 })
}
