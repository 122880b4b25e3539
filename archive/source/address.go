package source

import (
	"errors"
	"net/url"
	"path"
	"slices"
	"strings"
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
	if u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" {
		return nil, errors.New("is not an absolute http or https address")
	}
	u.User, u.Fragment, u.RawFragment = nil, "", ""
	u.Host = strings.ToLower(u.Host)
	if u.Port() == map[string]string{"http": "80", "https": "443"}[u.Scheme] {
		u.Host = strings.TrimSuffix(u.Host, ":"+u.Port())
	}
	if u.Path == "" {
		u.Path = "/"
	}
	return u, nil
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
	u, err := Request(address)
	if err != nil {
		return ""
	}
	return u.String()
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

// tracking are patterns of parameters that say how a reader came, and never what
// the page is.
var tracking = []string{
	"utm_*", "fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "twclid", "ttclid",
	"mc_cid", "mc_eid", "igshid", "igsh", "ref_src", "ref_url", "cmpid", "ocid", "ns_*", "at_medium", "at_campaign", "at_custom*",
	"_hsenc", "_hsmi", "__hstc", "__hssc", "mkt_tok", "vero_id", "oly_anon_id", "oly_enc_id", "ga_source", "ga_medium", "ga_campaign",
}

// isTracking reports whether a part of a query, name=value, is a tracking
// parameter.
func isTracking(part string) bool {
	name, _, _ := strings.Cut(strings.ToLower(part), "=")
	return slices.ContainsFunc(tracking, func(pattern string) bool {
		ok, _ := path.Match(pattern, name)
		return ok
	})
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
