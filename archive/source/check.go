package source

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
)

// maxHops is how many redirects are followed.
const maxHops = 10

// visit is the way from an address to its last answer.
type visit struct {
	*Client
	insist    bool // the page is asked although robots.txt cannot be read
	first, at *url.URL
	seen      map[string]bool
	temporary bool // one of the redirects is
	cookies   bool // one of the answers sets a cookie
}

// check asks for an address, follows its redirects, and returns what came of it.
// With insist, it asks although the server cannot answer for robots.txt. The error
// is that of ctx, or a closedError: then nothing came of it.
func (c *Client) check(ctx context.Context, address string, insist bool) (Outcome, error) {
	u, err := Request(address)
	if err != nil {
		return Outcome{}, err
	}
	v := &visit{Client: c, insist: insist, first: u, at: u, seen: map[string]bool{}}
	for range maxHops + 1 {
		if v.seen[v.at.String()] {
			return v.loop("redirects in a circle"), nil
		}
		v.seen[v.at.String()] = true
		r, o, err := v.ask(ctx)
		switch {
		case ctx.Err() != nil:
			return Outcome{}, ctx.Err()
		case errors.As(err, new(closedError)):
			return Outcome{}, err
		case err != nil:
			return ofError(err), nil
		case o.Kind != Unknown:
			return o, nil
		}
		v.cookies = v.cookies || r.header.Get("Set-Cookie") != ""
		to := r.location(v.at)
		if to == nil {
			return v.classify(r), nil
		}
		v.temporary = v.temporary || r.status != http.StatusMovedPermanently && r.status != http.StatusPermanentRedirect
		v.at = to
	}
	return v.loop("too many redirects"), nil
}

// loop returns the outcome of redirects without an end. A site that sets cookies
// may redirect those who do not send them back.
func (v *visit) loop(note string) Outcome {
	if v.cookies {
		return Outcome{Kind: Blocked, Note: "wants cookies"}
	}
	return Outcome{Kind: RedirectLoop, Note: note}
}

// ask asks for the address that the visit is at. The outcome is set where that
// ends the visit.
func (v *visit) ask(ctx context.Context) (reply, Outcome, error) {
	ok, r, err := v.allowed(ctx, v.at)
	switch {
	case err != nil:
		return r, Outcome{}, err
	case r.status >= 500 && !v.insist:
		return r, Outcome{Kind: ServerError, Status: r.status, Note: "robots.txt cannot be read"}, nil
	case r.status < 500 && !ok:
		return r, Outcome{Kind: Robots}, nil
	}
	r, err = v.fetch(ctx, http.MethodHead, v.at, nil)
	good := err == nil && r.status/100 == 2 && challenge(r) == ""
	if good && !v.isElsewhere() || err == nil && r.location(v.at) != nil || err != nil && isFinal(err) {
		return r, Outcome{}, err
	}
	got, err := v.fetch(ctx, http.MethodGet, v.at, nil) // many servers answer HEAD wrongly
	if good && err != nil && ctx.Err() == nil {
		return r, Outcome{}, nil
	}
	return got, Outcome{}, err
}

// isElsewhere reports whether redirects pointed to another path, where a site may show
// that it has lost the page: that is seen in the page alone.
func (v *visit) isElsewhere() bool {
	path := func(u *url.URL) string { return strings.TrimSuffix(u.Path, "/") }
	return path(v.at) != path(v.first)
}
