package source

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"
)

// Canonical returns an address in the form that two ways to write it share:
// without scheme, "www.", "m.", and "amp.", the wrapper of a capture, tracking
// parameters, fragment, and a last slash, the host in lower case. It is for
// comparing, not for asking.
func Canonical(address string) string {
	address = strings.TrimSpace(address)
	for range maxWrappers {
		c, ok := ParseCapture(address)
		if !ok || c.Of == "" {
			break
		}
		address = c.Of
	}
	if _, rest, ok := strings.Cut(address, "://"); ok {
		address = rest
	}
	u, err := url.Parse("//" + address)
	if err != nil || u.Host == "" {
		return address
	}
	host := plainHost(strings.ToLower(u.Host))
	for _, prefix := range []string{"www.", "m.", "amp."} {
		host = strings.TrimPrefix(host, prefix)
	}
	out := host + strings.TrimSuffix(u.EscapedPath(), "/")
	parts := slices.DeleteFunc(strings.Split(u.RawQuery, "&"), func(part string) bool { return part == "" || isTracking(part) })
	if slices.Sort(parts); len(parts) > 0 {
		out += "?" + strings.Join(parts, "&")
	}
	return out
}

// maxWrappers is how many captures of captures are unwrapped.
const maxWrappers = 5

// plainHost returns a host and port without the port that needs not be written.
func plainHost(host string) string {
	return strings.TrimSuffix(strings.TrimSuffix(host, ":80"), ":443")
}

// Request returns what is asked for an address: without fragment and user, the
// host in lower case. It is the key of the [Ledger].
func Request(address string) (*url.URL, error) {
	u, err := url.Parse(encodePercent(strings.TrimSpace(address)))
	if err != nil {
		return nil, errors.New("is not a web address")
	}
	u.Scheme = strings.ToLower(u.Scheme)
	if u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || !utf8.ValidString(u.Host) {
		return nil, errors.New("is not an absolute http or https address")
	}
	u.User, u.Fragment, u.RawFragment = nil, "", ""
	u.Host = strings.TrimSuffix(strings.ToLower(u.Host), ":")
	u.RawQuery = encodeQuery(u.RawQuery)
	if u.Port() == map[string]string{"http": "80", "https": "443"}[u.Scheme] {
		u.Host = strings.TrimSuffix(u.Host, ":"+u.Port())
	}
	if u.Path == "" {
		u.Path = "/"
	}
	return u, nil
}

// encodeQuery encodes what may not be in a request, as browsers do.
func encodeQuery(query string) string {
	var b strings.Builder
	for i := range len(query) {
		if c := query[i]; c <= ' ' || c >= 0x7f || strings.IndexByte("\"<>`", c) >= 0 {
			fmt.Fprintf(&b, "%%%02X", c)
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}

// encodePercent encodes the percent signs that encode nothing, as the last one of
// an address that was cut.
func encodePercent(address string) string {
	if !strings.Contains(address, "%") {
		return address
	}
	var b strings.Builder
	for i := range len(address) {
		b.WriteByte(address[i])
		if address[i] == '%' && (i+2 >= len(address) || !isHex(address[i+1]) || !isHex(address[i+2])) {
			b.WriteString("25")
		}
	}
	return b.String()
}

func isHex(c byte) bool { return strings.IndexByte("0123456789abcdefABCDEF", c) >= 0 }

// Key returns the key of an address in the [Ledger], or nothing if the address
// cannot be asked.
func Key(address string) string {
	if isKey(address) {
		return address
	}
	u, err := Request(address)
	if err != nil {
		return ""
	}
	return u.String()
}

// isKey reports whether an address is its own key, as far as that is seen without
// parsing it.
func isKey(address string) bool {
	rest, ok := strings.CutPrefix(address, "https://")
	if !ok {
		rest, ok = strings.CutPrefix(address, "http://")
	}
	host, path, hasPath := strings.Cut(rest, "/")
	return ok && hasPath && host != "" && hostBytes.hold(host) && pathBytes.hold(path)
}

// hostBytes and pathBytes are the bytes that parsing and writing an address leaves
// as they are, in a host and after it.
var (
	hostBytes = newByteSet("abcdefghijklmnopqrstuvwxyz0123456789-.")
	pathBytes = newByteSet("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/?=&+,;:@!$")
)

type byteSet [256]bool

func newByteSet(bytes string) *byteSet {
	var set byteSet
	for i := range len(bytes) {
		set[bytes[i]] = true
	}
	return &set
}

// hold reports whether all bytes of a text are in the set.
func (set *byteSet) hold(text string) bool {
	for i := range len(text) {
		if !set[text[i]] {
			return false
		}
	}
	return true
}

// HostOf returns the host of an address that can be asked, without "www.", or
// nothing.
func HostOf(address string) string {
	u, err := Request(address)
	if err != nil {
		return ""
	}
	return siteOf(u)
}

// siteOf returns the host that requests are counted for: with or without "www.",
// and at whatever port, it is mostly one machine.
func siteOf(u *url.URL) string {
	return strings.TrimPrefix(strings.TrimSuffix(u.Hostname(), "."), "www.")
}

// tracking are parameters that say how a reader came, and never what the page is;
// trackingPrefixes begin others.
var (
	tracking = map[string]bool{
		"fbclid": true, "gclid": true, "gclsrc": true, "dclid": true, "gbraid": true, "wbraid": true, "msclkid": true, "yclid": true,
		"twclid": true, "ttclid": true, "mc_cid": true, "mc_eid": true, "igshid": true, "igsh": true, "ref_src": true, "ref_url": true,
		"cmpid": true, "ocid": true, "at_medium": true, "at_campaign": true, "_hsenc": true, "_hsmi": true, "__hstc": true, "__hssc": true,
		"mkt_tok": true, "vero_id": true, "oly_anon_id": true, "oly_enc_id": true, "ga_source": true, "ga_medium": true, "ga_campaign": true,
	}
	trackingPrefixes = []string{"utm_", "ns_", "at_custom"}
)

// isTracking reports whether a part of a query, name=value, is a tracking
// parameter.
func isTracking(part string) bool {
	name, _, _ := strings.Cut(part, "=")
	name = strings.ToLower(name)
	return tracking[name] || slices.ContainsFunc(trackingPrefixes, func(prefix string) bool { return strings.HasPrefix(name, prefix) })
}

// Untracked returns an address without its tracking parameters, and their names.
// All else stays as it is written, with separator between parameters: & or &amp;.
func Untracked(address, separator string) (string, []string) {
	before, fragment, hasFragment := cutFragment(address, separator)
	head, query, ok := strings.Cut(before, "?")
	if !ok {
		return address, nil
	}
	var names []string
	parts := slices.DeleteFunc(strings.Split(query, separator), func(part string) bool {
		if !isTracking(part) {
			return false
		}
		name, _, _ := strings.Cut(part, "=")
		names = append(names, name)
		return true
	})
	if len(names) == 0 {
		return address, nil
	}
	if rest := strings.Join(parts, separator); rest != "" {
		head += "?" + rest
	}
	if hasFragment {
		head += "#" + fragment
	}
	return head, names
}

// cutFragment cuts an address before its fragment. In &#38; no fragment begins.
func cutFragment(address, separator string) (before, fragment string, ok bool) {
	for i := range address {
		if address[i] == '#' && (separator == "&" || i == 0 || address[i-1] != '&') {
			return address[:i], address[i+1:], true
		}
	}
	return address, "", false
}
