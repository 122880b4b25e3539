package source

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"
)

// Ledger is what is known of sources, by [Key].
//
// It is written as JSON, a source a line and in byte order, so that git merges it
// and people read it. A source that has several lines, as after a merge of both
// sides, is read as [Entry.merge] makes it one.
type Ledger struct{ entries map[string]Entry }

// Entry is what is known of one source. A time that is zero has not been.
type Entry struct {
	URL       string `json:"url"`
	Kind      Kind   `json:"kind,omitempty"`
	Status    int    `json:"status,omitempty"` // of HTTP
	To        string `json:"to,omitempty"`     // where a redirect leads
	Note      string `json:"note,omitempty"`   // what the kind does not say
	FirstSeen Time   `json:"firstSeen,omitempty"`
	LastAsked Time   `json:"lastAsked,omitempty"`
	LastGood  Time   `json:"lastGood,omitempty"`

	// Failures counts the failures since the source was last good: the first was at
	// FailingSince, the last at LastFailed.
	Failures     int  `json:"failures,omitempty"`
	FailingSince Time `json:"failingSince,omitempty"`
	LastFailed   Time `json:"lastFailed,omitempty"`

	// NotBefore is until when the host asked, at this source, to be left alone.
	NotBefore Time `json:"notBefore,omitempty"`

	// Saved is when a web archive was asked for a capture.
	Saved Time `json:"saved,omitempty"`
}

// Time is a time in seconds since 1970. It is written as RFC 3339, in UTC.
type Time int64

// At returns a time as a [Time].
func At(t time.Time) Time { return Time(t.Unix()) }

// Time returns a [Time] as a time.
func (t Time) Time() time.Time { return time.Unix(int64(t), 0).UTC() }

// Sub returns the time between two times.
func (t Time) Sub(u Time) time.Duration { return time.Duration(t-u) * time.Second }

// Day returns the day of a time, YYYY-MM-DD, or nothing.
func (t Time) Day() string {
	if t == 0 {
		return ""
	}
	return t.Time().Format(time.DateOnly)
}

// MarshalText writes a time.
func (t Time) MarshalText() ([]byte, error) { return []byte(t.Time().Format(time.RFC3339)), nil }

// UnmarshalText reads a time.
func (t *Time) UnmarshalText(text []byte) error {
	at, err := time.Parse(time.RFC3339, string(text))
	if err != nil {
		return fmt.Errorf("%q is not a time such as 2018-03-14T09:26:53Z", text)
	}
	*t = At(at)
	return nil
}

// NewLedger returns a ledger that knows nothing.
func NewLedger() *Ledger { return &Ledger{map[string]Entry{}} }

// ledgerHeader is the first line of a ledger. Its form is versioned.
type ledgerHeader struct {
	Version int `json:"newsctlSources"`
}

const ledgerVersion = 1

// LineError is a line of a ledger that cannot be read.
type LineError struct {
	Line    int
	Message string
}

func (e LineError) Error() string { return fmt.Sprintf("%d: %s", e.Line, e.Message) }

// ReadLedger reads a ledger. An empty one knows nothing. The error joins a
// [LineError] for each line that cannot be read.
func ReadLedger(src []byte) (*Ledger, error) {
	l := NewLedger()
	err := eachLine(src, func(line []byte) error {
		e, err := readFast(line)
		if err == nil {
			l.Add(e)
		}
		return err
	})
	return l, err
}

// eachLine calls read for each line of a ledger but the header, and returns its
// errors as [LineError]s.
func eachLine(src []byte, read func(line []byte) error) error {
	var errs []error
	headers, entries := 0, 0
	for n := 1; len(src) > 0; n++ {
		var line []byte
		line, src, _ = bytes.Cut(src, []byte("\n"))
		if line = bytes.TrimSpace(line); len(line) == 0 {
			continue
		}
		check := read
		if bytes.HasPrefix(line, headerStart) {
			check = readHeader
			headers++
		}
		if err := check(line); err != nil {
			errs = append(errs, LineError{n, err.Error()})
		}
		entries++
	}
	if headers == 0 && entries > 0 {
		errs = slices.Insert(errs, 0, error(LineError{1, fmt.Sprintf(`a ledger of sources begins with {"newsctlSources":%d}`, ledgerVersion)}))
	}
	return errors.Join(errs...)
}

var headerStart = []byte(`{"newsctlSources"`)

func readHeader(line []byte) error {
	var h ledgerHeader
	if err := json.Unmarshal(line, &h); err != nil || h.Version != ledgerVersion {
		return fmt.Errorf(`is written by another version of newsctl; this one reads {"newsctlSources":%d}`, ledgerVersion)
	}
	return nil
}

// conflictMarks are what git puts into a file that it could not merge.
var conflictMarks = [][]byte{[]byte("<<<<<<<"), []byte("|||||||"), []byte("======="), []byte(">>>>>>>")}

func readEntry(line []byte) (Entry, error) {
	for _, mark := range conflictMarks {
		if bytes.HasPrefix(line, mark) {
			return Entry{}, errors.New("is a conflict marker of git; remove the markers and keep the lines of both sides")
		}
	}
	var e Entry
	dec := json.NewDecoder(bytes.NewReader(line))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&e); err != nil {
		return e, fmt.Errorf("is not an entry of a ledger: %w", err)
	}
	if _, err := dec.Token(); err != io.EOF {
		return e, errors.New("is not an entry of a ledger: there is more after it")
	}
	return e, e.check()
}

// check returns an error if an entry is invalid.
func (e Entry) check() error {
	switch failing := e.Failures > 0; {
	case e.URL == "" || Key(e.URL) != e.URL:
		return fmt.Errorf("the url %q is not one that a ledger holds", e.URL)
	case !e.Kind.known():
		return fmt.Errorf("the kind %q is unknown", e.Kind)
	case e.Failures < 0, failing != (e.FailingSince != 0), failing != (e.LastFailed != 0), e.LastFailed < e.FailingSince:
		return errors.New("failures need failingSince, and lastFailed not before it")
	}
	return nil
}

// Write writes the ledger so that [ReadLedger] reads it back.
func (l *Ledger) Write(w io.Writer) error {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(ledgerHeader{ledgerVersion}); err != nil {
		return err
	}
	for _, e := range l.Entries() {
		if err := enc.Encode(e); err != nil {
			return err
		}
	}
	_, err := b.WriteTo(w)
	return err
}

// Line returns an entry as its line in the ledger.
func (e Entry) Line() ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	err := enc.Encode(e)
	return b.Bytes(), err
}

// Entries returns all entries by their addresses.
func (l *Ledger) Entries() []Entry {
	out := make([]Entry, 0, len(l.entries))
	for _, e := range l.entries {
		out = append(out, e)
	}
	slices.SortFunc(out, func(a, b Entry) int { return cmp.Compare(a.URL, b.URL) })
	return out
}

// Len returns how many sources the ledger knows.
func (l *Ledger) Len() int { return len(l.entries) }

// Get returns what is known of a source, by its key.
func (l *Ledger) Get(key string) (Entry, bool) {
	e, ok := l.entries[key]
	return e, ok
}

// Waiting returns the hosts that ask to be left alone, and until when. What is
// further off than [maxRetryAfter] is of a clock that was wrong.
func (l *Ledger) Waiting(now time.Time) map[string]Time {
	out := map[string]Time{}
	for _, e := range l.entries {
		if e.NotBefore > At(now) && e.NotBefore <= At(now.Add(maxRetryAfter)) {
			host := HostOf(e.URL)
			out[host] = max(out[host], e.NotBefore)
		}
	}
	return out
}

// Put sets what is known of a source.
func (l *Ledger) Put(e Entry) { l.entries[e.URL] = e }

// Add adds what somebody else knows of a source.
func (l *Ledger) Add(e Entry) {
	if known, ok := l.entries[e.URL]; ok {
		e = known.merge(e)
	}
	l.entries[e.URL] = e
}

// Keep removes the sources that are not wanted.
func (l *Ledger) Keep(wanted func(key string) bool) {
	for key := range l.entries {
		if !wanted(key) {
			delete(l.entries, key)
		}
	}
}
