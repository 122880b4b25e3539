package commands

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// startWeb starts a server that stands for the internet, as an HTTP proxy, and
// makes the programs of the script use it. It writes a line per request to a file:
//
//	web requests.log
//
// What a host answers, the first part of its name says.
func startWeb(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: web log")
	}
	log, err := os.Create(ts.MkAbs(args[0]))
	ts.Check(err)
	var mu sync.Mutex
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/robots.txt" {
			mu.Lock()
			fmt.Fprintf(log, "%s %s\n", r.Method, r.URL)
			mu.Unlock()
		}
		answerWeb(w, r)
	}))
	ts.Defer(server.Close)
	ts.Defer(func() { log.Close() })
	ts.Setenv("HTTP_PROXY", server.URL)
	ts.Setenv("NO_PROXY", "")
}

// stampLately writes the time an hour ago for LATELY in a file:
//
//	lately ledger.jsonl
func stampLately(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: lately file")
	}
	text := strings.ReplaceAll(ts.ReadFile(args[0]), "LATELY", time.Now().Add(-time.Hour).UTC().Format(time.RFC3339))
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(text), 0o644))
}

// await waits until a file holds a text, as a log of requests:
//
//	await requests.log 'HEAD http://slow.example/a'
func await(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: await file text")
	}
	for start := time.Now(); !strings.Contains(ts.ReadFile(args[0]), args[1]); time.Sleep(10 * time.Millisecond) {
		if time.Since(start) > time.Minute {
			ts.Fatalf("%s does not get to hold %q", args[0], args[1])
		}
	}
}

// fetch writes the status, the type and the body of what a server answers, whose address
// is in a file:
//
//	fetch address /index.md
func fetch(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: fetch file path")
	}
	fmt.Fprint(ts.Stdout(), answerAt(ts, args[0], args[1]))
}

// until waits until a server answers with a text:
//
//	until address /index.md text
func until(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: until file path text")
	}
	for start := time.Now(); !strings.Contains(answerAt(ts, args[0], args[1]), args[2]); time.Sleep(50 * time.Millisecond) {
		if time.Since(start) > time.Minute {
			ts.Fatalf("%s is not answered with %q", args[1], args[2])
		}
	}
}

// answerAt returns what the server whose address is in a file answers.
func answerAt(ts *testscript.TestScript, file, path string) string {
	answer, err := http.Get(strings.TrimSuffix(strings.TrimSpace(ts.ReadFile(file)), "/") + path)
	ts.Check(err)
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	ts.Check(err)
	return fmt.Sprintf("%d %s\n%s", answer.StatusCode, answer.Header.Get("Content-Type"), body)
}

func answerWeb(w http.ResponseWriter, r *http.Request) {
	kind, _, _ := strings.Cut(strings.TrimPrefix(r.URL.Host, "www."), ".")
	switch {
	case kind == "captures":
		answerCapture(w, r)
	case r.URL.Path == "/robots.txt" && kind == "robots":
		io.WriteString(w, "User-agent: *\nDisallow: /\n")
	case r.URL.Path == "/robots.txt", kind == "missing":
		w.WriteHeader(http.StatusNotFound)
	case kind == "slow":
		time.Sleep(400 * time.Millisecond) // long enough for a signal to arrive meanwhile
	case kind == "gone":
		w.WriteHeader(http.StatusGone)
	case kind == "down":
		w.WriteHeader(http.StatusBadGateway)
	case kind == "wall":
		w.WriteHeader(http.StatusForbidden)
	case kind == "later":
		w.Header().Set("Retry-After", "86400")
		w.WriteHeader(http.StatusTooManyRequests)
	case kind == "moved":
		http.Redirect(w, r, "http://new.example"+r.URL.Path, http.StatusMovedPermanently)
	case kind == "home" && r.URL.Path != "/":
		http.Redirect(w, r, "/", http.StatusFound)
	}
}

// answerCapture is a TimeGate that has a capture of every page at noon of every day,
// but of none of a host that begins with "lost". It saves what it is asked to.
func answerCapture(w http.ResponseWriter, r *http.Request) {
	rest, isGate := strings.CutPrefix(r.URL.RequestURI(), "/web/")
	wanted, _ := http.ParseTime(r.Header.Get("Accept-Datetime"))
	stamp, _, _ := strings.Cut(rest, "/")
	at, err := time.Parse("20060102150405", stamp)
	switch {
	case strings.HasPrefix(r.URL.Path, "/save/http://slow."):
		time.Sleep(400 * time.Millisecond)
	case strings.HasPrefix(r.URL.Path, "/save/"):
	case !isGate, strings.HasPrefix(rest, "http://lost."):
		w.WriteHeader(http.StatusNotFound)
	case err != nil:
		w.Header().Set("Location", "/web/"+wanted.Format("20060102")+"120000/"+rest)
		w.WriteHeader(http.StatusFound)
	default:
		w.Header().Set("Memento-Datetime", at.Format(http.TimeFormat))
		w.Header().Set("Content-Type", "text/html")
	}
}
