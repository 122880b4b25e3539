package source

import (
	"net/url"
	"regexp"
	"strings"
	"time"
)

// Capture is a page of a web archive: a copy of an address, as it was at a time.
type Capture struct {
	URL string
	Of  string    // the address that was captured, or empty where the capture does not say
	At  time.Time // zero where the capture does not say
}

// ParseCapture returns what an address of a web archive says by itself, and
// whether it is one.
func ParseCapture(address string) (Capture, bool) {
	_, rest, ok := strings.Cut(address, "://")
	if !ok || len(address)-len(rest) > len("https://") {
		return Capture{}, false
	}
	host, tail, ok := strings.Cut(rest, "/")
	if !ok {
		return Capture{}, false
	}
	host = strings.TrimPrefix(strings.ToLower(plainHost(host)), "www.")
	byID, known := webArchives[host]
	if !known && !strings.Contains(tail, "/http") {
		return Capture{}, false
	}
	if m := replay.FindStringSubmatch("/" + tail); m != nil && (known || len(m[1]) == len(stampForm)) {
		return Capture{address, withScheme(m[2]), parseStamp(m[1])}, true
	}
	if m := undated.FindStringSubmatch("/" + tail); m != nil && known {
		return Capture{address, m[1], time.Time{}}, true
	}
	if byID && shortID.MatchString(tail) {
		u, err := url.Parse(address)
		if err != nil {
			return Capture{}, false
		}
		return Capture{address, u.Query().Get("url"), time.Time{}}, true
	}
	return Capture{}, false
}

// webArchives are hosts that hold nothing but captures, and whether they name
// captures by an id.
var webArchives = map[string]bool{
	"web.archive.org": false, "wayback.archive.org": false, "web-beta.archive.org": false, "liveweb.archive.org": false,
	"archive.is": true, "archive.today": true, "archive.ph": true, "archive.li": true, "archive.fo": true, "archive.vn": true, "archive.md": true,
	"webcitation.org": true, "perma.cc": true, "arquivo.pt": false, "wayback.archive-it.org": false,
	"webarchive.loc.gov": false, "webarchive.nationalarchives.gov.uk": false, "webarchive.org.uk": false, "wayback.vefsafn.is": false,
}

var (
	// replay matches how Memento archives name a capture: /web/20180314000000id_/
	// before the address, some with another path or with fewer digits.
	replay = regexp.MustCompile(`^(?:/[^/?#]*){0,3}?/([0-9]{4,14})(?:[a-z]{2}_)?\*?/((?i:https?:/{1,2})?[^/]+\.[^/].*)$`)

	// undated matches a capture that names an address and no time.
	undated = regexp.MustCompile(`^(?:/[^/?#]*){0,2}?/(?:\*/)?((?i:https?)://.+)$`)

	// shortID matches the name of a capture that says nothing: archive.is/AbCdE.
	shortID = regexp.MustCompile(`^(?:[A-Za-z0-9]{2,}|[A-Za-z0-9]{4}-[A-Za-z0-9]{4})/?(?:\?url=.*)?$`)
)

// stampForm is how web archives write a time, in UTC; the end may be missing.
const stampForm = "20060102150405"

// parseStamp returns the time of 4 to 14 digits, or zero.
func parseStamp(digits string) time.Time {
	if len(digits)%2 != 0 {
		digits = digits[:len(digits)-1]
	}
	t, err := time.Parse(stampForm[:len(digits)], digits)
	if err != nil {
		return time.Time{}
	}
	return t
}

// withScheme returns an address in a capture as an absolute one.
func withScheme(address string) string {
	head := address[:min(len(address), len("https://"))]
	switch lower := strings.ToLower(head); {
	case !strings.HasPrefix(lower, "http:/") && !strings.HasPrefix(lower, "https:/"):
		return "http://" + address
	case !strings.Contains(head, "//"):
		return strings.Replace(address, ":/", "://", 1)
	}
	return address
}
