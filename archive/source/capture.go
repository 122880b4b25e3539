package source

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"
)

// Services of the Wayback Machine.
const (
	DefaultTimeGate = "https://web.archive.org/web/"
	DefaultCDX      = "https://web.archive.org/cdx/search/cdx"
	DefaultSave     = "https://web.archive.org/save/"
)

// Captures finds captures in a web archive.
type Captures struct {
	Client *Client

	// TimeGate is the address before that of a page, of a Memento TimeGate whose
	// captures are below it. CDX is the address of an index of captures; where it is
	// empty or does not answer, the TimeGate is asked.
	TimeGate, CDX string

	// Window is how far a capture may be from the day.
	Window time.Duration
}

// NewCaptures returns what finds captures in the services of a configuration: those
// of the Wayback Machine, unless it names others.
func NewCaptures(c *Client, config Config, window time.Duration) (*Captures, error) {
	out := &Captures{Client: c, TimeGate: config.TimeGate, CDX: config.CDX, Window: window}
	switch {
	case out.TimeGate == "" && out.CDX == "":
		out.TimeGate, out.CDX = DefaultTimeGate, DefaultCDX
	case out.TimeGate == "":
		return nil, errors.New("sources.cdx requires sources.timegate, the address before that of a capture")
	}
	return out, nil
}

// errNoAnswer is the error of a service that does not answer as one of its kind.
var errNoAnswer = errors.New("the service for captures does not answer")

// Find returns the capture of an address that is nearest to a day, the first day of
// UTC that begins at the time, or false if there is none within the window.
func (f *Captures) Find(ctx context.Context, address string, day time.Time) (Capture, bool, error) {
	if f.CDX != "" {
		c, ok, err := f.askCDX(ctx, address, day)
		if err == nil || ctx.Err() != nil {
			return c, ok, err
		}
	}
	return f.askTimeGate(ctx, address, day)
}

// distance returns how far a time is from a day: nothing within it.
func distance(at, day time.Time) time.Duration {
	end := day.Add(24 * time.Hour)
	switch {
	case at.Before(day):
		return day.Sub(at)
	case at.Before(end):
		return 0
	}
	return at.Sub(end) + 1
}

// nearer reports whether a capture is better than another: nearer to the day, and
// on the same side of it the earlier.
func nearer(a, b Capture, day time.Time) bool {
	x, y := distance(a.At, day), distance(b.At, day)
	return x < y || x == y && a.At.Before(b.At)
}

// inWindow reports whether a capture is near enough to the day.
func (f *Captures) inWindow(c Capture, day time.Time) bool {
	return !c.At.IsZero() && distance(c.At, day) <= f.Window
}

const (
	// maxCaptures is how many captures the index is asked for: those nearest to the
	// day, where it sorts by that.
	maxCaptures = 500

	// maxIndex is how much of the index's answer is read, in bytes.
	maxIndex = 1 << 20
)

// askCDX finds a capture in the index.
func (f *Captures) askCDX(ctx context.Context, address string, day time.Time) (best Capture, ok bool, err error) {
	u, err := Request(f.CDX)
	if err != nil {
		return best, false, err
	}
	q := u.Query()
	for name, value := range map[string]string{
		"url": address, "sort": "closest", "closest": day.Add(12 * time.Hour).Format(stampForm), "limit": fmt.Sprint(maxCaptures),
		"from": day.Add(-f.Window).Format("20060102"), "to": day.Add(24*time.Hour + f.Window).Format("20060102"),
		"fl": "timestamp,original,mimetype,statuscode",
	} {
		q.Set(name, value)
	}
	u.RawQuery = q.Encode()
	r, err := f.follow(withBody(ctx, maxIndex), u, nil, nil)
	if err != nil {
		return best, false, err
	}
	if r.status == http.StatusNotFound || r.status/100 == 2 && len(strings.TrimSpace(string(r.body))) == 0 {
		return best, false, nil
	}
	lines := strings.Split(string(r.body), "\n")
	if len(r.body) == maxIndex { // the last line may be cut
		lines = lines[:len(lines)-1]
	}
	isIndex := false
	for _, line := range lines {
		c, fits := f.readCDX(line, address)
		isIndex = isIndex || cdxLine.MatchString(line)
		if fits && f.inWindow(c, day) && (!ok || nearer(c, best, day)) {
			best, ok = c, true
		}
	}
	if r.status/100 != 2 || !isIndex {
		return best, false, fmt.Errorf("%w: the index %s answers with status %d", errNoAnswer, f.CDX, r.status)
	}
	return best, ok, nil
}

// cdxLine matches a line of the index.
var cdxLine = regexp.MustCompile(`^\s*[0-9]{4,14} \S+ \S+ \S+`)

// readCDX reads a line of the index, and reports whether its capture can be read in
// place of the source.
func (f *Captures) readCDX(line, address string) (Capture, bool) {
	fields := strings.Fields(line)
	if len(fields) < 4 || !cdxLine.MatchString(line) {
		return Capture{}, false
	}
	at, original, mime, status := parseStamp(fields[0]), fields[1], fields[2], fields[3]
	if at.IsZero() || len(fields[0]) != len(stampForm) {
		return Capture{}, false
	}
	revisit := status == "-" && mime == "warc/revisit" // the same as an earlier one
	if !revisit && (status != "200" || !fitsType(mime, address)) {
		return Capture{}, false
	}
	if Key(original) == "" || Canonical(original) != Canonical(address) {
		return Capture{}, false
	}
	return Capture{URL: strings.TrimSuffix(f.TimeGate, "/") + "/" + fields[0] + "/" + original, Of: original, At: at}, true
}

// documents are the types of what can be cited, or how they begin.
var documents = []string{"text/", "application/xhtml", "application/xml", "application/pdf", "application/json", "application/msword", "application/vnd."}

// fitsType reports whether a capture of a type can stand for an address. One with
// the extension of an image or the like is one.
func fitsType(mime, address string) bool {
	u, err := Request(address)
	media := err == nil && mediaFile.MatchString(u.Path)
	return media || mime == "unk" || slices.ContainsFunc(documents, func(d string) bool { return strings.HasPrefix(strings.ToLower(mime), d) })
}

var mediaFile = regexp.MustCompile(`(?i)\.(?:jpe?g|png|gif|webp|svg|mp3|mp4|ogg|pdf|docx?|xlsx?|zip)$`)

// maxTries is how many captures that cannot be read are passed over, and maxFollow
// how many redirects are followed.
const (
	maxTries  = 8
	maxFollow = 6
)

// follow asks for an address of the service and follows its redirects, of which it
// reports each. It sets the address to that of the answer; one that redirects without
// an end is its own answer.
func (f *Captures) follow(ctx context.Context, u *url.URL, header map[string]string, visit func(reply, url.URL)) (r reply, err error) {
	for range maxFollow {
		if r, err = f.ask(ctx, u, header); err != nil {
			return r, err
		}
		to := r.location(u)
		if visit != nil {
			visit(r, *u)
		}
		if to == nil {
			break
		}
		*u = *to
	}
	return r, nil
}

// ask asks for an address of the service, and once more after the wait that it asks
// for.
func (f *Captures) ask(ctx context.Context, u *url.URL, header map[string]string) (reply, error) {
	r, err := f.Client.fetch(ctx, http.MethodGet, u, header)
	if err == nil && r.status == http.StatusTooManyRequests {
		r, err = f.Client.fetch(ctx, http.MethodGet, u, header)
	}
	switch {
	case err != nil:
		return r, fmt.Errorf("%w: %s: %s", errNoAnswer, u.Host, describe(err))
	case r.status == http.StatusTooManyRequests:
		return r, fmt.Errorf("%w: %s asks to come back later", errNoAnswer, u.Host)
	}
	return r, nil
}

// describe returns an error of the network in a word.
func describe(err error) string {
	if errors.As(err, new(closedError)) {
		return "asks to come back later"
	}
	if errors.Is(err, errPrivate) {
		return "an address of a private network; --allow-private asks it"
	}
	o := ofError(err)
	if o.Note != "" {
		return o.Note
	}
	return string(o.Kind)
}

// askTimeGate finds a capture by Memento: the one that the gate points to, or the
// nearest of those beside it, if it cannot be read.
func (f *Captures) askTimeGate(ctx context.Context, address string, day time.Time) (Capture, bool, error) {
	u, err := url.Parse(f.TimeGate + address)
	if err != nil {
		return Capture{}, false, fmt.Errorf("%w: %s cannot be asked for", errNoAnswer, address)
	}
	header := map[string]string{"Accept-Datetime": day.Add(12 * time.Hour).UTC().Format(http.TimeFormat)}
	known := map[string]time.Time{} // captures that were named, by address
	tried := map[string]bool{}
	look := func(r reply, at url.URL) {
		tried[at.String()] = true
		for _, other := range mementos(r, &at) {
			known[other.URL] = other.At
		}
	}
	var best Capture
	found := false
	for range maxTries {
		r, err := f.follow(ctx, u, header, look)
		if err != nil {
			return Capture{}, false, err
		}
		c, readable := f.memento(r, u, known, address)
		if c.At.IsZero() && len(known) == 0 && r.status != http.StatusNotFound {
			return Capture{}, false, fmt.Errorf("%w: %s answers with status %d, and no capture", errNoAnswer, u.Host, r.status)
		}
		if readable && f.inWindow(c, day) && (!found || nearer(c, best, day)) {
			best, found = c, true
		}
		next := f.nextCapture(known, tried, day, best, found)
		if next == "" {
			break
		}
		if u, err = url.Parse(next); err != nil {
			break
		}
		tried[next], header = true, nil
	}
	return best, found, nil
}

// nextCapture returns the capture to try next: the nearest that is known and nearer
// than what was found.
func (f *Captures) nextCapture(known map[string]time.Time, tried map[string]bool, day time.Time, best Capture, found bool) string {
	var next Capture
	for address, at := range known {
		c := Capture{URL: address, At: at}
		if tried[address] || !f.inWindow(c, day) || found && !nearer(c, best, day) {
			continue
		}
		if next.URL == "" || nearer(c, next, day) || c.At.Equal(next.At) && c.URL < next.URL {
			next = c
		}
	}
	return next.URL
}

// memento returns the capture that a reply is, and whether it can be read. Its time
// is what the reply says, or a list of captures, or else its address.
func (f *Captures) memento(r reply, u *url.URL, known map[string]time.Time, address string) (Capture, bool) {
	c := Capture{URL: u.String(), Of: address}
	if at, err := http.ParseTime(r.header.Get("Memento-Datetime")); err == nil {
		c.At = at.UTC()
	} else if at, ok := known[c.URL]; ok {
		c.At = at
	} else if parsed, ok := ParseCapture(c.URL); ok {
		c.At = parsed.At
	}
	mime, _, _ := strings.Cut(r.header.Get("Content-Type"), ";")
	return c, r.status == http.StatusOK && fitsType(strings.TrimSpace(mime), address)
}

// linkItem matches an item of a Link header: an address, and its parameters.
var linkItem = regexp.MustCompile(`<([^>]*)>((?:\s*;\s*[a-zA-Z*]+\s*=\s*(?:"[^"]*"|[^",;\s]+))*)`)

// linkParam matches a parameter of an item.
var linkParam = regexp.MustCompile(`;\s*([a-zA-Z*]+)\s*=\s*(?:"([^"]*)"|([^",;\s]+))`)

// mementos returns the captures that a reply names in its Link header, with a time.
func mementos(r reply, from *url.URL) []Capture {
	var out []Capture
	for _, header := range r.header.Values("Link") {
		for _, m := range linkItem.FindAllStringSubmatch(header, -1) {
			params := map[string]string{}
			for _, p := range linkParam.FindAllStringSubmatch(m[2], -1) {
				params[strings.ToLower(p[1])] = p[2] + p[3]
			}
			at, err := http.ParseTime(params["datetime"])
			to, urlErr := from.Parse(m[1])
			if err == nil && urlErr == nil && slices.Contains(strings.Fields(params["rel"]), "memento") {
				out = append(out, Capture{URL: to.String(), At: at.UTC()})
			}
		}
	}
	return out
}

// Save asks a web archive to capture a source, and returns whether it will.
func (c *Client) Save(ctx context.Context, service, address string) error {
	u, err := url.Parse(service + address)
	if err != nil {
		return fmt.Errorf("%s cannot be asked for", address)
	}
	r, err := c.fetch(ctx, http.MethodGet, u, nil)
	switch {
	case err != nil:
		return fmt.Errorf("%s: %s", u.Host, describe(err))
	case r.status >= 400:
		return fmt.Errorf("%s answers with status %d", u.Host, r.status)
	}
	return nil
}
