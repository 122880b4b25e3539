package source

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"
)

// fakeClock is a clock that is still but while somebody sleeps.
type fakeClock struct {
	mu  sync.Mutex
	now time.Time
}

func newClock() *fakeClock { return &fakeClock{now: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)} }

func (c *fakeClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *fakeClock) Sleep(ctx context.Context, d time.Duration) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
	return ctx.Err()
}

// world is a server for all hosts, which counts what arrives.
type world struct {
	clock   *fakeClock
	options Options

	mu      sync.Mutex
	last    map[string]time.Time
	busy    map[string]bool
	asked   map[string]int // requests, by method and address
	wrong   []string
	gapless time.Duration // what no two requests to a host are nearer than
}

// newWorld starts a server that answers for all hosts, at port 443 with TLS.
func newWorld(t *testing.T, answer http.HandlerFunc) *world {
	t.Helper()
	w := &world{clock: newClock(), last: map[string]time.Time{}, busy: map[string]bool{}, asked: map[string]int{}, gapless: time.Second}
	handler := http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		host := strings.TrimPrefix(r.Host, "www.")
		w.arrive(host, r)
		answer(rw, r)
		w.mu.Lock()
		defer w.mu.Unlock()
		w.busy[host] = false
	})
	plain := httptest.NewServer(handler)
	secure := httptest.NewUnstartedServer(handler)
	secure.EnableHTTP2 = true
	secure.Config.ErrorLog = discard
	plain.Config.ErrorLog = discard
	secure.StartTLS()
	t.Cleanup(plain.Close)
	t.Cleanup(secure.Close)
	roots := x509.NewCertPool()
	roots.AddCert(secure.Certificate())
	w.options = Options{
		Pace: time.Second, Clock: w.clock, Timeout: 5 * time.Second,
		Proxy: noProxy,
		TLS:   &tls.Config{RootCAs: roots, ServerName: "example.com"},
		Dial: func(ctx context.Context, network, address string) (net.Conn, error) {
			_, port, _ := net.SplitHostPort(address)
			to := plain.Listener.Addr().String()
			if port == "443" {
				to = secure.Listener.Addr().String()
			}
			return new(net.Dialer).DialContext(ctx, network, to)
		},
	}
	return w
}

// endsLate are the hosts whose answer, or the end of it, reaches the client before
// the server is done.
var endsLate = map[string]bool{"slow": true, "cut": true, "garbage": true, "head-cut": true, "bomb": true, "endless": true}

func (w *world) arrive(host string, r *http.Request) {
	w.mu.Lock()
	defer w.mu.Unlock()
	now := w.clock.Now()
	if w.busy[host] && !endsLate[strings.TrimSuffix(host, ".example")] {
		w.wrong = append(w.wrong, fmt.Sprintf("%s is asked twice at once", host))
	}
	if gap := now.Sub(w.last[host]); gap < w.gapless {
		w.wrong = append(w.wrong, fmt.Sprintf("%s is asked after %v", host, gap))
	}
	for _, name := range []string{"Cookie", "Authorization", "Referer", "Proxy-Authorization"} {
		if r.Header.Get(name) != "" {
			w.wrong = append(w.wrong, fmt.Sprintf("%s is sent %s", host, name))
		}
	}
	w.busy[host], w.last[host] = true, now
	w.asked[r.Method+" "+r.Host+r.URL.RequestURI()]++
}

// check fails if hosts were asked as they should not be.
func (w *world) check(t *testing.T) {
	t.Helper()
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, line := range w.wrong {
		t.Error(line)
	}
}
