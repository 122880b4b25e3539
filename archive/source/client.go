package source

import (
	"context"
	"crypto/tls"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Options are how a [Client] asks. What is zero has a default.
type Options struct {
	Jobs         int           // requests at once
	Pace         time.Duration // from the end of a request to the next of its host
	Timeout      time.Duration // of a request
	AllowPrivate bool          // private networks may be asked

	Clock    Clock
	Resolver *net.Resolver
	Proxy    func(*http.Request) (*url.URL, error) // of the environment
	TLS      *tls.Config

	// Dial, if not nil, makes connections in place of a dialer that refuses private
	// networks. It is for tests.
	Dial func(ctx context.Context, network, address string) (net.Conn, error)
}

// Defaults of [Options].
const (
	DefaultJobs    = 32
	defaultTimeout = 15 * time.Second
)

// Clock reports the time, and waits. Sleep returns early with the error of ctx.
type Clock interface {
	Now() time.Time
	Sleep(ctx context.Context, d time.Duration) error
}

type wallClock struct{}

func (wallClock) Now() time.Time { return time.Now() }

func (wallClock) Sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Client makes requests. It may be used from several goroutines.
type Client struct {
	options         Options
	direct, proxied *http.Transport
	jobs            chan struct{}

	mu     sync.Mutex
	lanes  map[string]*lane
	robots map[string]*robots
}

// NewClient returns a client.
func NewClient(o Options) *Client {
	o.setDefaults()
	c := &Client{options: o, jobs: make(chan struct{}, o.Jobs), lanes: map[string]*lane{}, robots: map[string]*robots{}}
	guarded := &net.Dialer{Timeout: o.Timeout, Resolver: o.Resolver}
	if !o.AllowPrivate {
		guarded.Control = dialControl
	}
	c.direct = o.transport(guarded)
	c.proxied = o.transport(&net.Dialer{Timeout: o.Timeout, Resolver: o.Resolver})
	c.proxied.Proxy = func(r *http.Request) (*url.URL, error) { return r.Context().Value(proxyKey{}).(*url.URL), nil }
	return c
}

func (o *Options) setDefaults() {
	if o.Jobs == 0 {
		o.Jobs = DefaultJobs
	}
	if o.Timeout == 0 {
		o.Timeout = defaultTimeout
	}
	if o.Clock == nil {
		o.Clock = wallClock{}
	}
	if o.Resolver == nil {
		o.Resolver = net.DefaultResolver
	}
	if o.Proxy == nil {
		o.Proxy = http.ProxyFromEnvironment
	}
}

// proxyKey is the key of a request's proxy in its context.
type proxyKey struct{}

const (
	// maxHeader is the largest header that is read, in bytes.
	maxHeader = 128 << 10

	// maxBody is how much of a body is read, in bytes: enough for what marks a page
	// that is not what was asked for.
	maxBody = 64 << 10
)

// transport returns a transport. Connections are not kept: a request on one that a
// host has closed is made again at once, faster than the pace of the host.
func (o *Options) transport(d *net.Dialer) *http.Transport {
	t := &http.Transport{
		DialContext:            d.DialContext,
		ForceAttemptHTTP2:      true,
		DisableKeepAlives:      true,
		TLSHandshakeTimeout:    o.Timeout,
		ResponseHeaderTimeout:  o.Timeout,
		MaxResponseHeaderBytes: maxHeader,
		TLSClientConfig:        o.TLS.Clone(),
	}
	if o.Dial != nil {
		t.DialContext = o.Dial
	}
	return t
}

// reply is what a host answered.
type reply struct {
	status int
	header http.Header
	body   []byte // the first of it
}

// location returns where a reply redirects to, or nil.
func (r reply) location(from *url.URL) *url.URL {
	to := r.header.Get("Location")
	if r.status < 300 || r.status > 399 || r.status == http.StatusNotModified || to == "" {
		return nil
	}
	u, err := from.Parse(to)
	if err != nil {
		return nil
	}
	u, err = Request(u.String())
	if err != nil {
		return nil
	}
	return u
}

// userAgent says who asks.
const userAgent = "newsctl/1 (link check of a news archive)"

// fetch makes one request, in the lane of its host, and follows no redirect. Every
// request of this package is made here.
func (c *Client) fetch(ctx context.Context, method string, u *url.URL, header map[string]string) (reply, error) {
	if err := checkHost(u); err != nil && !c.options.AllowPrivate {
		return reply{}, err
	}
	l, err := c.enter(ctx, siteOf(u))
	if err != nil {
		return reply{}, err
	}
	defer c.leave(l)
	if before, ok := ctx.Value(beforeKey{}).(func() bool); ok && !before() {
		return reply{}, ctx.Err()
	}
	ctx, cancel := context.WithTimeout(ctx, c.options.Timeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, method, u.String(), nil)
	if err != nil {
		return reply{}, err
	}
	req.Header.Set("User-Agent", userAgent)
	req.Header.Set("Accept", "text/html,application/xhtml+xml,*/*;q=0.8")
	for name, value := range header {
		req.Header.Set(name, value)
	}
	res, err := c.roundTrip(req)
	if err != nil {
		return reply{}, err
	}
	defer res.Body.Close()
	r := reply{status: res.StatusCode, header: res.Header}
	if method != http.MethodHead {
		r.body, _ = io.ReadAll(io.LimitReader(res.Body, bodyLimit(ctx))) // what was read is enough
	}
	l.answered(r, c.options.Clock.Now())
	return r, nil
}

// beforeKey is the key of what is called before a request, in a context. The request
// is not made if it returns false.
type beforeKey struct{}

// bodyKey is the key of how much of a body is read, in a context.
type bodyKey struct{}

func withBody(ctx context.Context, limit int64) context.Context {
	return context.WithValue(ctx, bodyKey{}, limit)
}

func bodyLimit(ctx context.Context) int64 {
	if limit, ok := ctx.Value(bodyKey{}).(int64); ok {
		return limit
	}
	return maxBody
}

// roundTrip sends a request, itself or through the proxy of the environment.
func (c *Client) roundTrip(req *http.Request) (*http.Response, error) {
	proxy, err := c.options.Proxy(req)
	if err != nil {
		return nil, err
	}
	if proxy == nil {
		return c.direct.RoundTrip(req)
	}
	if !c.options.AllowPrivate {
		if err := checkResolved(req.Context(), c.options.Resolver, req.URL); err != nil {
			return nil, err
		}
	}
	return c.proxied.RoundTrip(req.WithContext(context.WithValue(req.Context(), proxyKey{}, proxy)))
}

// lane is a host to which one request is made at a time.
type lane struct {
	slot    chan struct{} // holds a token while nobody is in the lane
	pace    time.Duration
	next    time.Time // when it may be asked again
	limited int       // answers in a row that it is asked too much
	once    bool      // it is asked once more
	closed  bool      // it is not asked again in this run
	until   time.Time // when it asks to be asked again
}

// closedError is the error of a host that asks to wait longer than a run waits.
type closedError struct{ until time.Time }

func (closedError) Error() string { return "the host asks to come back later" }

const (
	// maxWait is how long a run waits for a host that asks for it.
	maxWait = 2 * time.Minute

	// limitedWait is how long to wait for a host that is asked too much and does not
	// say how long.
	limitedWait = 30 * time.Second

	// maxLimited is how often in a row a host may say so.
	maxLimited = 3
)

func (c *Client) lane(host string) *lane {
	c.mu.Lock()
	defer c.mu.Unlock()
	l := c.lanes[host]
	if l == nil {
		l = &lane{slot: make(chan struct{}, 1), pace: c.options.Pace}
		l.slot <- struct{}{}
		c.lanes[host] = l
	}
	return l
}

// enter waits until a host may be asked.
func (c *Client) enter(ctx context.Context, host string) (*lane, error) {
	l := c.lane(host)
	select {
	case <-l.slot:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	err := ctx.Err()
	if err == nil && l.closed {
		err = closedError{l.until}
	}
	if wait := l.next.Sub(c.options.Clock.Now()); err == nil && wait > 0 {
		err = c.options.Clock.Sleep(ctx, wait)
	}
	if err == nil {
		select {
		case c.jobs <- struct{}{}:
			if l.once {
				l.closed, l.until = true, c.options.Clock.Now().Add(min(l.pace, maxRetryAfter))
			}
			return l, nil
		case <-ctx.Done():
			err = ctx.Err()
		}
	}
	l.slot <- struct{}{}
	return nil, err
}

// leave lets the next request to a host wait for its pace, counted from the end of
// this one: so it arrives no sooner, however long this one was on its way.
func (c *Client) leave(l *lane) {
	<-c.jobs
	if next := c.options.Clock.Now().Add(l.pace); next.After(l.next) {
		l.next = next
	}
	l.slot <- struct{}{}
}

// answered notes whether a host asks to be left alone for a while.
func (l *lane) answered(r reply, now time.Time) {
	wait := retryAfter(r.header.Get("Retry-After"), now)
	switch {
	case r.status != http.StatusTooManyRequests && (r.status != http.StatusServiceUnavailable || wait == 0):
		l.limited = 0
		return
	case wait == 0:
		wait = limitedWait
	}
	l.limited++
	l.next, l.until = now.Add(min(wait, maxWait)), now.Add(wait)
	l.closed = wait > maxWait || l.limited >= maxLimited
}

// maxRetryAfter is how long a host is left alone at most, whatever it asks for.
const maxRetryAfter = 24 * time.Hour

// retryAfter returns how long a host asks to wait, in seconds or until a date.
func retryAfter(value string, now time.Time) time.Duration {
	value = strings.TrimSpace(value)
	if n, err := strconv.ParseFloat(value, 64); err == nil && n >= 0 {
		return time.Duration(min(n, maxRetryAfter.Seconds()) * float64(time.Second))
	}
	if at, err := http.ParseTime(value); err == nil {
		return min(max(at.Sub(now), 0), maxRetryAfter)
	}
	return 0
}

// slow makes a host be asked more slowly, as its robots.txt asks. One that asks for
// more patience than a run has is asked once more.
func (c *Client) slow(host string, pace time.Duration) {
	l := c.lane(host)
	<-l.slot
	if pace > l.pace {
		l.pace, l.next = pace, c.options.Clock.Now().Add(pace)
		if pace > maxWait {
			l.next, l.once = c.options.Clock.Now().Add(c.options.Pace), true
		}
	}
	l.slot <- struct{}{}
}
