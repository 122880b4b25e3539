package source

import (
	"context"
	"net/http"
	"net/url"
	"sync"

	"github.com/temoto/robotstxt"
)

// agent is what robots.txt calls newsctl.
const agent = "newsctl"

// robots is what the robots.txt of a site asks for, read at most once in a run.
type robots struct {
	once  sync.Once
	group *robotstxt.Group // nil: nothing is asked for
	reply reply
	err   error
}

// maxRobots is how much of a robots.txt is read, in bytes: RFC 9309 asks for this.
const maxRobots = 500 << 10

// allowed reports whether the robots.txt of its site allows an address. Where that
// cannot be read the error says so, or the reply: nothing else of the site may be
// asked then.
func (c *Client) allowed(ctx context.Context, u *url.URL) (bool, reply, error) {
	origin := u.Scheme + "://" + u.Host
	c.mu.Lock()
	r := c.robots[origin]
	if r == nil {
		r = &robots{}
		c.robots[origin] = r
	}
	c.mu.Unlock()
	r.once.Do(func() { c.readRobots(ctx, r, u) })
	if r.err != nil || r.reply.status >= 500 {
		return false, r.reply, r.err
	}
	return r.group == nil || r.group.Test(u.RequestURI()), reply{}, nil
}

// maxRobotsRedirects is how many redirects to a robots.txt are followed: RFC 9309.
const maxRobotsRedirects = 5

func (c *Client) readRobots(ctx context.Context, r *robots, of *url.URL) {
	at := &url.URL{Scheme: of.Scheme, Host: of.Host, Path: "/robots.txt"}
	ctx = context.WithValue(withBody(ctx, maxRobots), beforeKey{}, nil) // it is not a source
	for range maxRobotsRedirects {
		if r.reply, r.err = c.fetch(ctx, http.MethodGet, at, nil); r.err != nil {
			return
		}
		to := r.reply.location(at)
		if to == nil {
			break
		}
		at = to
	}
	if r.reply.status < 200 || r.reply.status > 299 {
		return
	}
	data, err := robotstxt.FromBytes(r.reply.body)
	r.reply.body = nil
	if err != nil {
		return // nothing in it can be read
	}
	if r.group = data.FindGroup(agent); r.group != nil && r.group.CrawlDelay > 0 {
		c.slow(siteOf(of), r.group.CrawlDelay)
	}
}
