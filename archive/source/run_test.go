package source

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"fmt"
	"math/big"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	crand "crypto/rand"
)

// certificate returns a certificate for example.com, signed by itself.
func certificate(t *testing.T, until time.Time) tls.Certificate {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), crand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	c := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "example.com"}, DNSNames: []string{"example.com"},
		NotBefore: until.Add(-1000 * time.Hour), NotAfter: until, IsCA: true, BasicConstraintsValid: true,
	}
	der, err := x509.CreateCertificate(crand.Reader, c, c, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
}

func TestTLS(t *testing.T) {
	t.Parallel()
	good, old := certificate(t, time.Now().Add(time.Hour)), certificate(t, time.Now().Add(-time.Hour))
	trust := func(c tls.Certificate) *x509.CertPool {
		pool := x509.NewCertPool()
		parsed, err := x509.ParseCertificate(c.Certificate[0])
		if err != nil {
			t.Fatal(err)
		}
		pool.AddCert(parsed)
		return pool
	}
	for name, c := range map[string]struct {
		server *tls.Config // nil: plain HTTP
		roots  *x509.CertPool
		host   string
		want   string
	}{
		"good":      {&tls.Config{Certificates: []tls.Certificate{good}}, trust(good), "example.com", "ok"},
		"expired":   {&tls.Config{Certificates: []tls.Certificate{old}}, trust(old), "example.com", "the certificate is expired or not valid yet"},
		"host":      {&tls.Config{Certificates: []tls.Certificate{good}}, trust(good), "other.example", "the certificate is of another host"},
		"authority": {&tls.Config{Certificates: []tls.Certificate{good}}, x509.NewCertPool(), "example.com", "the certificate is of an unknown authority"},
		"old":       {&tls.Config{Certificates: []tls.Certificate{good}, MaxVersion: tls.VersionTLS10, MinVersion: tls.VersionTLS10}, trust(good), "example.com", "no secure connection"},
		"client":    {&tls.Config{Certificates: []tls.Certificate{good}, ClientAuth: tls.RequireAnyClientCert, MaxVersion: tls.VersionTLS12}, trust(good), "example.com", "no secure connection"},
		"plain":     {nil, trust(good), "example.com", "no secure connection"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
			s.Config.ErrorLog = discard
			if c.server != nil {
				s.TLS = c.server
				s.StartTLS()
			} else {
				s.Start()
			}
			t.Cleanup(s.Close)
			client := NewClient(Options{Timeout: time.Second, Clock: newClock(), Proxy: noProxy, TLS: &tls.Config{RootCAs: c.roots}, Dial: func(ctx context.Context, network, _ string) (net.Conn, error) {
				return new(net.Dialer).DialContext(ctx, network, s.Listener.Addr().String())
			}})
			o, err := client.check(context.Background(), "https://"+c.host+"/", false)
			if err != nil || c.want == "ok" && o.Kind != OK || c.want != "ok" && (o.Kind != BadTLS || o.Note != c.want) {
				t.Errorf("%+v %v, want %s", o, err, c.want)
			}
		})
	}
}

// weather says what hosts do at a time.
type weather struct {
	*world
	mu      sync.Mutex
	outages map[string][][2]time.Time
	offline bool
}

// down reports how a host is down at a time: 0 not at all.
func (w *weather) down(host string) int {
	w.mu.Lock()
	defer w.mu.Unlock()
	now := w.clock.Now()
	for i, o := range w.outages[host] {
		if !now.Before(o[0]) && now.Before(o[1]) {
			return 1 + (i+len(host)+int(host[len(host)-9]))%4
		}
	}
	return 0
}

func newWeather(t *testing.T) *weather {
	w := &weather{outages: map[string][][2]time.Time{}}
	w.world = newWorld(t, func(rw http.ResponseWriter, r *http.Request) {
		switch w.down(r.Host) {
		case 1:
			rw.WriteHeader(503)
		case 2:
			rw.WriteHeader(404)
		}
	})
	dial := w.options.Dial
	w.options.Dial = func(ctx context.Context, network, address string) (net.Conn, error) {
		host, _, _ := net.SplitHostPort(address)
		kind := w.down(host)
		if w.offline {
			kind = 4
		}
		switch kind {
		case 3:
			return nil, &net.DNSError{IsNotFound: true, Name: host}
		case 4:
			return nil, context.DeadlineExceeded
		}
		return dial(ctx, network, address)
	}
	return w
}

// TestMonth simulates a check a day over 6 weeks. Most hosts are down for hours now
// and then, some go for good. No living source is ever called dead, and dead ones
// are found within 8 days of the first check that met them.
func TestMonth(t *testing.T) {
	t.Parallel()
	const days, living, dying = 35, 24, 8
	r := rand.New(rand.NewPCG(7, 7))
	w := newWeather(t)
	start := w.clock.Now()
	ledger := NewLedger()
	policy := Policy{DefaultFailures, DefaultOver, 20 * time.Hour}
	never := start.AddDate(10, 0, 0)
	for i := range living + dying {
		host := fmt.Sprintf("h%02d.example", i)
		ledger.Put(Entry{URL: "http://" + host + "/a", FirstSeen: At(start)})
		for range r.IntN(8) {
			from := start.Add(time.Duration(r.IntN(days*24)) * time.Hour)
			w.outages[host] = append(w.outages[host], [2]time.Time{from, from.Add(time.Duration(1+r.IntN(72)) * time.Hour)})
		}
		if i >= living {
			w.outages[host] = [][2]time.Time{{start.Add(time.Duration(r.IntN(24*24)) * time.Hour), never}}
		}
	}
	failures, found := 0, map[string]bool{}
	for day := range days {
		w.clock.now = start.AddDate(0, 0, day).Add(time.Duration(r.IntN(40)) * time.Minute)
		var due []Entry
		for _, e := range ledger.Entries() {
			if policy.IsDue(e, w.clock.Now()) {
				due = append(due, e)
			}
		}
		run := &Run{Client: NewClient(w.options), Policy: policy, Alive: []string{"http://alive.example/"}, Answered: func(e Entry) error { ledger.Put(e); return nil }}
		if _, err := run.Do(context.Background(), due); err != nil {
			t.Fatal(err)
		}
		for _, e := range ledger.Entries() {
			host := HostOf(e.URL)
			isDying := host >= fmt.Sprintf("h%02d", living)
			since := w.clock.Now().Sub(e.FailingSince.Time())
			failures += min(e.Failures, 1)
			switch dead := policy.isDead(e); {
			case dead && !isDying:
				t.Errorf("day %d: %s is called dead, but lives: %+v", day, host, e)
			case isDying && e.Failures > 0 && !dead && since > 8*24*time.Hour:
				t.Errorf("day %d: %s fails since %v and is not called dead: %+v", day, host, since, e)
			case dead:
				found[host] = true
			}
		}
	}
	if len(found) != dying || failures < 50 {
		t.Errorf("%d of %d dead sources found, with %d failures seen", len(found), dying, failures)
	}
	w.check(t)
}

// TestOffline holds that failures are not recorded while no host answers.
func TestOffline(t *testing.T) {
	t.Parallel()
	w := newWeather(t)
	var sources []Entry
	for i := range 50 {
		sources = append(sources, Entry{URL: fmt.Sprintf("http://h%02d.example/", i)})
	}
	recorded := 0
	check := func(alive ...string) error {
		recorded = 0
		run := &Run{Client: NewClient(w.options), Policy: Policy{3, DefaultOver, 0}, Alive: alive, Answered: func(Entry) error { recorded++; return nil }}
		_, err := run.Do(context.Background(), sources)
		return err
	}
	w.offline = true
	if err := check("http://alive.example/"); !errors.Is(err, ErrOffline) || recorded != 0 {
		t.Errorf("offline: %v, %d answers recorded", err, recorded)
	}
	if err := check(); err != nil || recorded != 50 {
		t.Errorf("where no source was ever good: %v, %d answers recorded", err, recorded)
	}
	w.offline = false
	if err := check("http://alive.example/"); err != nil || recorded != 50 {
		t.Errorf("online: %v, %d answers recorded", err, recorded)
	}
}

// TestResume ends a check at each of its steps, as a kill does: what was written so
// far is all that is left. No source is asked twice, and no answer is lost.
func TestResume(t *testing.T) {
	t.Parallel()
	w := newWorld(t, answer)
	names := []string{"ok", "notfound", "tohome", "found", "forbidden", "cut"}
	var sources []Entry
	for i := range 30 {
		sources = append(sources, Entry{URL: fmt.Sprintf("http://%s.h%d.example/a", names[i%len(names)], i%7)})
	}
	sources = slices.CompactFunc(sources, func(a, b Entry) bool { return a.URL == b.URL })
	var journal bytes.Buffer // what a check appends to, torn where it was killed
	policy := Policy{3, DefaultOver, time.Hour}
	killed := errors.New("killed")
	r := rand.New(rand.NewPCG(3, 3))
	kills := 0
	for done := false; !done; kills++ {
		text := journal.String()
		text = text[:strings.LastIndexByte(text, '\n')+1]
		known, err := ReadLedger([]byte("{\"newsctlSources\":1}\n" + text))
		if err != nil {
			t.Fatal(err)
		}
		journal.Reset()
		journal.WriteString(text)
		var due []Entry
		for _, e := range sources {
			if k, ok := known.Get(e.URL); ok {
				e = k
			}
			if e.LastAsked == 0 {
				due = append(due, e)
			}
		}
		left := 1 + r.IntN(4)
		write := func(e Entry) error {
			line, err := e.Line()
			if left--; left < 0 {
				return killed
			}
			if left == 0 {
				line = line[:r.IntN(len(line)+1)]
			}
			journal.Write(line)
			if left == 0 {
				return killed
			}
			return err
		}
		run := &Run{Client: NewClient(w.options), Policy: policy, Asking: write, Answered: write}
		switch _, err := run.Do(context.Background(), due); {
		case err == nil:
			done = true
		case !errors.Is(err, killed):
			t.Fatal(err)
		}
		w.clock.Sleep(context.Background(), time.Second)
	}
	for request, n := range w.asked {
		shared := strings.Contains(request, "robots.txt") || strings.Contains(request, " ok.example/") // where several sources lead
		if n > 1 && !shared {
			t.Errorf("%s: %d times", request, n)
		}
	}
	t.Logf("killed %d times", kills)
}

// TestDrain holds that a run that is stopped asks for nothing more, and keeps the
// answer to what it has asked.
func TestDrain(t *testing.T) {
	t.Parallel()
	ctx, stop := context.WithCancel(context.Background())
	w := newWorld(t, func(rw http.ResponseWriter, r *http.Request) {
		switch {
		case r.URL.Path == "/robots.txt":
			rw.WriteHeader(404)
		case r.Method == "HEAD":
			stop()
			rw.WriteHeader(405)
		}
	})
	asked, answered := map[string]bool{}, map[string]Entry{}
	run := &Run{
		Client:   NewClient(w.options),
		Asking:   func(e Entry) error { asked[e.URL] = true; return nil },
		Answered: func(e Entry) error { answered[e.URL] = e; return nil },
	}
	var sources []Entry
	for i := range 40 {
		sources = append(sources, Entry{URL: fmt.Sprintf("http://h%d.example/%d", i%10, i)})
	}
	if _, err := run.Do(ctx, sources); err != nil {
		t.Fatal(err)
	}
	if len(answered) == 0 || len(answered) > 10 || len(answered) != len(asked) {
		t.Errorf("%d of %d sources that were asked are answered", len(answered), len(asked))
	}
	for address, e := range answered {
		if e.Kind != OK {
			t.Errorf("%s: %+v", address, e)
		}
	}
	w.check(t)
}

// TestNotBefore holds that a host that asks for a long wait is left alone until
// then in later runs, too.
func TestNotBefore(t *testing.T) {
	t.Parallel()
	for _, robots := range []bool{false, true} {
		w := newWorld(t, func(rw http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/robots.txt" && !robots {
				rw.WriteHeader(404)
				return
			}
			rw.Header().Set("Retry-After", "7200")
			rw.WriteHeader(429)
		})
		ledger := NewLedger()
		put := func(e Entry) error { ledger.Add(e); return nil }
		start := w.clock.Now()
		run := &Run{Client: NewClient(w.options), Asking: put, Answered: put}
		if n, err := run.Do(context.Background(), []Entry{{URL: "http://www.a.example/1"}, {URL: "http://a.example/2"}}); n != 1 || err != nil {
			t.Fatal(n, err)
		}
		read, err := ReadLedger([]byte(written(t, ledger)))
		if err != nil {
			t.Fatal(err)
		}
		for after, want := range map[time.Duration]bool{time.Hour: true, 119 * time.Minute: true, 3 * time.Hour: false, -48 * time.Hour: false} {
			if _, got := read.Waiting(start.Add(after))["a.example"]; got != want {
				t.Errorf("robots %v, after %v: waiting is %v, want %v", robots, after, got, want)
			}
		}
	}
}
