package source

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"
)

// fakeCapture is a capture that a server of the test has.
type fakeCapture struct {
	at           time.Time
	status       int
	mime         string
	undated      bool // the answer does not say when it was made
	redirectedTo int  // the place of another capture, or -1
}

func (c fakeCapture) readable() bool {
	return c.status == 200 && c.redirectedTo < 0 && strings.HasPrefix(c.mime, "text/html")
}

const captureHost = "http://captures.example"

func (c fakeCapture) url(address string) string {
	return captureHost + "/web/" + c.at.Format(stampForm) + "/" + address
}

// captureServer is a TimeGate and an index of captures.
type captureServer struct {
	captures map[string][]fakeCapture // by address, in order of time
	noIndex  bool
}

func (s *captureServer) answer(w http.ResponseWriter, r *http.Request) {
	rest, isGate := strings.CutPrefix(r.URL.RequestURI(), "/web/")
	switch {
	case r.URL.Path == "/cdx" && s.noIndex:
		w.WriteHeader(503)
	case r.URL.Path == "/cdx":
		s.index(w, r)
	case !isGate:
		w.WriteHeader(404)
	default:
		if stamp, address, ok := strings.Cut(rest, "/"); ok && len(stamp) == len(stampForm) && stamp[0] != 'h' {
			s.capture(w, stamp, address)
			return
		}
		s.gate(w, r, rest)
	}
}

func (s *captureServer) index(w http.ResponseWriter, r *http.Request) {
	address := r.URL.Query().Get("url")
	for _, c := range s.captures[address] {
		status := fmt.Sprint(c.status)
		if c.redirectedTo >= 0 {
			status = "302"
		}
		fmt.Fprintf(w, "%s %s %s %s\n", c.at.Format(stampForm), address, c.mime, status)
	}
}

func (s *captureServer) gate(w http.ResponseWriter, r *http.Request, address string) {
	wanted, err := http.ParseTime(r.Header.Get("Accept-Datetime"))
	list := s.captures[address]
	if err != nil || len(list) == 0 {
		w.WriteHeader(404)
		return
	}
	best := list[0]
	for _, c := range list {
		if c.at.Sub(wanted).Abs() < best.at.Sub(wanted).Abs() {
			best = c
		}
	}
	http.Redirect(w, r, best.url(address), http.StatusFound)
}

func (s *captureServer) capture(w http.ResponseWriter, stamp, address string) {
	list := s.captures[address]
	i := slices.IndexFunc(list, func(c fakeCapture) bool { return c.at.Format(stampForm) == stamp })
	if i < 0 {
		w.WriteHeader(404)
		return
	}
	c := list[i]
	links := []string{fmt.Sprintf(`<%s>; rel="original"`, address)}
	for n, rel := range map[int]string{0: "first memento", i - 1: "prev memento", i + 1: "next memento", len(list) - 1: "last memento"} {
		if n >= 0 && n < len(list) {
			links = append(links, fmt.Sprintf(`<%s>; rel="%s"; datetime="%s"`, list[n].url(address), rel, list[n].at.Format(http.TimeFormat)))
		}
	}
	w.Header().Set("Link", strings.Join(links, ", "))
	if !c.undated {
		w.Header().Set("Memento-Datetime", c.at.Format(http.TimeFormat))
	}
	if c.redirectedTo >= 0 {
		w.Header().Set("Location", list[c.redirectedTo].url(address))
		w.WriteHeader(302)
		return
	}
	w.Header().Set("Content-Type", c.mime+"; charset=utf-8")
	w.WriteHeader(c.status)
	io.WriteString(w, "captured")
}

// someCaptures returns captures of one address around a day, most of which can be
// read.
func someCaptures(r *rand.Rand, day time.Time) []fakeCapture {
	seen := map[time.Time]bool{}
	var out []fakeCapture
	for range r.IntN(12) {
		hours := r.IntN(100*24) - 50*24
		if r.IntN(2) == 0 {
			hours = r.IntN(6*24) - 3*24
		}
		c := fakeCapture{at: day.Add(time.Duration(hours)*time.Hour + time.Duration(r.IntN(3600))*time.Second), status: 200, mime: "text/html", redirectedTo: -1, undated: r.IntN(4) == 0}
		switch r.IntN(8) {
		case 0:
			c.status = 404
		case 1:
			c.mime = "image/png"
		case 2:
			c.redirectedTo = 0
		}
		if !seen[c.at] {
			seen[c.at] = true
			out = append(out, c)
		}
	}
	slices.SortFunc(out, func(a, b fakeCapture) int { return a.at.Compare(b.at) })
	for i := range out {
		if out[i].redirectedTo >= 0 {
			out[i].redirectedTo = -1
			if j := r.IntN(len(out)); out[j].readable() {
				out[i].redirectedTo = j
			}
		}
	}
	return out
}

// TestFindCapture holds that the capture nearest to the day is found, by the index
// and by the TimeGate alone.
func TestFindCapture(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(5, 5))
	window := 30 * 24 * time.Hour
	for round, name := range []string{"index", "TimeGate", "broken index"} {
		s := &captureServer{captures: map[string][]fakeCapture{}, noIndex: round == 2}
		w := newWorld(t, s.answer)
		config := Config{TimeGate: captureHost + "/web/", CDX: captureHost + "/cdx"}
		if round == 1 {
			config.CDX = ""
		}
		f, err := NewCaptures(NewClient(w.options), config, window)
		if err != nil {
			t.Fatal(err)
		}
		none := 0
		for i := range 70 {
			address := fmt.Sprintf("http://news.example/story?id=%d&a=b", i)
			day := time.Date(2000+i%20, time.Month(1+i%12), 1+i%28, 0, 0, 0, 0, time.UTC)
			s.captures[address] = someCaptures(r, day)
			want := ""
			var best fakeCapture
			for _, c := range s.captures[address] {
				d, least := distance(c.at, day), distance(best.at, day)
				if c.readable() && d <= window && (want == "" || d < least) {
					best, want = c, c.url(address)
				}
			}
			if want == "" {
				none++
			}
			got, ok, err := f.Find(context.Background(), address, day)
			if err != nil || got.URL != want || ok != (want != "") {
				t.Errorf("%s: %s on %s: %q %v, want %q of\n%+v", name, address, day.Format(time.DateOnly), got.URL, err, want, s.captures[address])
			}
			if c, isCapture := ParseCapture(got.URL); ok && (!isCapture || !c.At.Equal(got.At)) {
				t.Errorf("%s is not read as the capture that it is: %+v", got.URL, c)
			}
		}
		if none == 0 || none > 30 {
			t.Errorf("%d of 70 sources have no capture; the test is about the others, and about these", none)
		}
		w.check(t)
	}
}

// TestCaptureErrors holds that a service that does not answer as one is an error,
// and not a source without captures.
func TestCaptureErrors(t *testing.T) {
	t.Parallel()
	for name, answer := range map[string]http.HandlerFunc{
		"page":  func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, page("Welcome")) },
		"error": func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(500) },
		"later": func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Retry-After", "7")
			w.WriteHeader(429)
		},
		"loop": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, r.URL.RequestURI(), http.StatusFound)
		},
	} {
		w := newWorld(t, answer)
		f := &Captures{Client: NewClient(w.options), TimeGate: captureHost + "/web/", CDX: captureHost + "/cdx", Window: DefaultOver}
		c, ok, err := f.Find(context.Background(), "http://news.example/a", time.Date(2018, 3, 14, 0, 0, 0, 0, time.UTC))
		if err == nil || ok {
			t.Errorf("%s: %+v %v %v", name, c, ok, err)
		}
		w.check(t)
	}
}
