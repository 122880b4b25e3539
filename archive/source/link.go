package source

import (
	"net/url"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Link is an outside source of an event.
type Link struct{ Outlet, URL string }

// IsWebAddress reports whether an address is absolute, http or https, and names
// a host. What follows the host is the outlet's own affair: browsers open many
// an address whose path is not a proper one.
func IsWebAddress(address string) bool { return outletHost(address) != "" }

// outletHost returns the host of a web address, in lower case, or nothing.
func outletHost(address string) string {
	scheme, rest, ok := strings.Cut(address, "://")
	if !ok || !strings.EqualFold(scheme, "http") && !strings.EqualFold(scheme, "https") {
		return ""
	}
	if i := strings.IndexAny(rest, "/?#"); i >= 0 {
		rest = rest[:i]
	}
	u, err := url.Parse("http://" + rest)
	if err != nil {
		return ""
	}
	return norm.NFC.String(strings.ToLower(u.Hostname()))
}

// ownSite is what the hosts of many outlets begin with, and does not count.
const ownSite = "www."

// OutletHost returns a host as the keys of [Outlets] are written, or nothing
// if the text is not a host.
func OutletHost(text string) string {
	if strings.ContainsAny(text, "/?#:@") {
		return ""
	}
	return strings.TrimPrefix(outletHost("http://"+text), ownSite)
}

// Outlets are the names of outlets by host. A name counts for the hosts below its own.
type Outlets map[string]string

// Of returns the name of the outlet at an address: the one of its host, or of the
// nearest host above that, or else the host itself.
func (o Outlets) Of(address string) string {
	own := strings.TrimPrefix(outletHost(address), ownSite)
	for host := own; host != ""; _, host, _ = strings.Cut(host, ".") {
		if name, ok := o[host]; ok {
			return name
		}
	}
	return own
}

// NotInAddress reports whether a character would end a link early, or is not a part
// of any address.
func NotInAddress(r rune) bool {
	return unicode.IsSpace(r) || unicode.IsControl(r) || strings.ContainsRune("<>\\", r)
}

// LinkTarget returns an address as it is in a link: parentheses that do not
// balance would end the link too early or too late.
func LinkTarget(address string) string {
	open, early := 0, false
	for _, r := range address {
		switch r {
		case '(':
			open++
		case ')':
			open--
		}
		early = early || open < 0
	}
	if open == 0 && !early {
		return address
	}
	return strings.NewReplacer("(", "%28", ")", "%29").Replace(address)
}
