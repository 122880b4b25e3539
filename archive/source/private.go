package source

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"regexp"
	"strings"
	"syscall"

	"golang.org/x/text/unicode/norm"
)

// errPrivate is the error of a request that would reach a private network.
var errPrivate = errors.New("is an address of a private network; --allow-private asks it")

// dialControl refuses a connection to an address that is not public. It sees the
// address that is really connected to: after DNS, for every redirect and try.
func dialControl(_, address string, _ syscall.RawConn) error {
	at, err := netip.ParseAddrPort(address)
	if err != nil || !isPublic(at.Addr()) {
		return fmt.Errorf("%s %w", address, errPrivate)
	}
	return nil
}

// isPublic reports whether an address is one of the public internet.
func isPublic(a netip.Addr) bool {
	if a.Zone() != "" {
		return false
	}
	if a = a.Unmap(); a.Is4() {
		return !inAny(a, private4)
	}
	if nat64.Contains(a) {
		b := a.As16()
		return isPublic(netip.AddrFrom4([4]byte(b[12:])))
	}
	return global6.Contains(a) && !inAny(a, private6) && !isISATAP(a)
}

// isISATAP reports whether an address points to an IPv4 address in its last bytes.
func isISATAP(a netip.Addr) bool {
	b := a.As16()
	return b[8]&0xfc == 0 && b[9] == 0 && b[10] == 0x5e && b[11] == 0xfe
}

func inAny(a netip.Addr, list []netip.Prefix) bool {
	for _, p := range list {
		if p.Contains(a) {
			return true
		}
	}
	return false
}

var (
	// private4 are the blocks that IANA's registry of special IPv4 addresses does
	// not list as globally reachable, and multicast.
	private4 = prefixes("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
		"192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24",
		"203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4")

	// global6 is all that is given out of IPv6. Addresses of other blocks are local,
	// or point to an IPv4 address.
	global6 = netip.MustParsePrefix("2000::/3")

	// nat64 points to the IPv4 address in its last bytes.
	nat64 = netip.MustParsePrefix("64:ff9b::/96")

	// private6 are the blocks of global6 that are special: Teredo and 6to4, which
	// point to IPv4 addresses, and those that are not globally reachable.
	private6 = prefixes("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")
)

func prefixes(list ...string) []netip.Prefix {
	out := make([]netip.Prefix, len(list))
	for i, p := range list {
		out[i] = netip.MustParsePrefix(p)
	}
	return out
}

// numeric matches a host that some resolvers read as an IPv4 address: its last
// part is a number.
var numeric = regexp.MustCompile(`(?i)(?:^|\.)(?:0x[0-9a-f]*|[0-9]+)\.?$`)

// checkHost returns an error if the host of an address is a number in a form that
// programs read differently, as 2130706433 or 0177.0.0.1.
func checkHost(u *url.URL) error {
	host := norm.NFKC.String(strings.ToLower(u.Hostname()))
	if _, err := netip.ParseAddr(host); err != nil && numeric.MatchString(host) {
		return fmt.Errorf("%s %w", u.Hostname(), errPrivate)
	}
	return nil
}

// checkResolved returns an error if a host has an address that is not public. It
// is for requests that a proxy makes: what the proxy connects to cannot be seen,
// and it resolves the host by itself, perhaps to another address.
func checkResolved(ctx context.Context, r *net.Resolver, u *url.URL) error {
	host := norm.NFKC.String(u.Hostname())
	if a, err := netip.ParseAddr(host); err == nil {
		if !isPublic(a) {
			return fmt.Errorf("%s %w", host, errPrivate)
		}
		return nil
	}
	addresses, err := r.LookupNetIP(ctx, "ip", host)
	if err != nil {
		return errUnresolved{err}
	}
	for _, a := range addresses {
		if !isPublic(a) {
			return fmt.Errorf("%s %w", host, errPrivate)
		}
	}
	return nil
}

// errUnresolved is the error of a host that a proxy might know, and whose address
// cannot be checked.
type errUnresolved struct{ error }

func (e errUnresolved) Error() string {
	return "the host is not asked through the proxy, since its address cannot be checked: " + e.error.Error()
}
