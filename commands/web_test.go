package commands

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"

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

func answerWeb(w http.ResponseWriter, r *http.Request) {
	kind, _, _ := strings.Cut(strings.TrimPrefix(r.URL.Host, "www."), ".")
	switch {
	case r.URL.Path == "/robots.txt" && kind == "robots":
		io.WriteString(w, "User-agent: *\nDisallow: /\n")
	case r.URL.Path == "/robots.txt", kind == "missing":
		w.WriteHeader(http.StatusNotFound)
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
