package source

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// nameServer is a DNS server on this machine. It answers a name with the addresses
// that next returns.
type nameServer struct {
	conn net.PacketConn
	next func(name string) []netip.Addr
}

// resolver returns a resolver that asks nobody but the server.
func (s *nameServer) resolver() *net.Resolver {
	return &net.Resolver{PreferGo: true, StrictErrors: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, "udp", s.conn.LocalAddr().String())
	}}
}

func startDNS(t *testing.T, next func(name string) []netip.Addr) *nameServer {
	t.Helper()
	conn, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	s := &nameServer{conn, next}
	go func() {
		buf := make([]byte, 1500)
		for {
			n, from, err := conn.ReadFrom(buf)
			if err != nil {
				return
			}
			conn.WriteTo(s.answer(buf[:n]), from)
		}
	}()
	return s
}

// answer returns the answer to a query: its question, and records of the type that
// it asks for.
func (s *nameServer) answer(query []byte) []byte {
	end := 12
	var labels []string
	for query[end] != 0 {
		n := int(query[end])
		labels = append(labels, string(query[end+1:end+1+n]))
		end += 1 + n
	}
	kind := binary.BigEndian.Uint16(query[end+1:])
	end += 5
	out := append([]byte{}, query[:end]...)
	out[2], out[3] = 0x81, 0x80
	binary.BigEndian.PutUint16(out[10:], 0) // no additional records
	count := uint16(0)
	addresses := s.next(strings.ToLower(strings.Join(labels, ".")))
	if len(addresses) == 0 {
		out[3] |= 3 // there is no such name
	}
	for _, a := range addresses {
		want := uint16(28)
		if a.Is4() {
			want = 1
		}
		if kind != want {
			continue
		}
		data := a.AsSlice()
		out = append(out, 0xc0, 12, 0, byte(want), 0, 1, 0, 0, 0, 0, 0, byte(len(data)))
		out = append(out, data...)
		count++
	}
	binary.BigEndian.PutUint16(out[6:], count)
	return out
}

// TestPrivate tries ways to make the program reach a server on this machine. None
// does: what is refused is the address that is connected to.
func TestPrivate(t *testing.T) {
	t.Parallel()
	var reached atomic.Int64
	secret := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { reached.Add(1) }))
	t.Cleanup(secret.Close)
	port := secret.Listener.Addr().(*net.TCPAddr).Port

	// Names that DNS has: NAME.a-b-c-d is an address, and "rebind" is a public one
	// when it is asked for the first time.
	var mu sync.Mutex
	asked := map[string]int{}
	local := netip.MustParseAddr("127.0.0.1")
	dns := startDNS(t, func(name string) []netip.Addr {
		mu.Lock()
		defer mu.Unlock()
		asked[name]++
		switch kind, _, _ := strings.Cut(name, "."); kind {
		case "local":
			return []netip.Addr{local}
		case "local6":
			return []netip.Addr{netip.IPv6Loopback()}
		case "mapped":
			return []netip.Addr{netip.MustParseAddr("::ffff:127.0.0.1")}
		case "nat64":
			return []netip.Addr{netip.MustParseAddr("64:ff9b::7f00:1")}
		case "sixtofour":
			return []netip.Addr{netip.MustParseAddr("2002:7f00:1::")}
		case "metadata":
			return []netip.Addr{netip.MustParseAddr("169.254.169.254")}
		case "intranet":
			return []netip.Addr{netip.MustParseAddr("10.0.0.1")}
		case "rebind":
			if asked[name] <= 2 { // A and AAAA
				return []netip.Addr{netip.MustParseAddr("203.0.113.1")}
			}
			return []netip.Addr{local}
		}
		return nil
	})
	// An open redirect on a public host: it answers under any name but those above.
	open := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if to := r.URL.Query().Get("to"); to != "" {
			w.Header().Set("Location", to)
			w.WriteHeader(302)
		}
	}))
	t.Cleanup(open.Close)

	p := fmt.Sprint(port)
	hosts := []string{
		"127.0.0.1", "127.1", "127.0.1", "127.255.255.254", "0.0.0.0", "0", "2130706433", "0x7f000001", "0x7f.0.0.1", "0177.0.0.1",
		"017700000001", "127.0.0.1.", "localhost", "LOCALHOST", "localhost.", "[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]",
		"[::127.0.0.1]", "[64:ff9b::7f00:1]", "[64:ff9b:1::7f00:1]", "[2002:7f00:1::]", "[2001:0:7f00:1::]", "[fe80::1%25lo]", "[fd00::1]", "[fec0::1]",
		"[2606:4700::5efe:7f00:1]", "１２７.０.０.１", "127。0。0。1", "①27.0.0.1",
		"local.example", "local6.example", "mapped.example", "nat64.example", "sixtofour.example", "metadata.example", "intranet.example", "rebind.example",
		"user@127.0.0.1", "public.example@127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.0.1", "100.64.0.1", "169.254.169.254", "224.0.0.1", "255.255.255.255",
	}
	newClient := func() *Client {
		return NewClient(Options{Timeout: 200 * time.Millisecond, Clock: newClock(), Resolver: dns.resolver(), Proxy: noProxy})
	}
	check := func(t *testing.T, c *Client, address string) {
		before := reached.Load()
		o, err := c.check(context.Background(), address, false)
		if reached.Load() != before || err == nil && kinds[o.Kind] == Living {
			t.Errorf("%s reaches a private address: %+v %v", address, o, err)
		}
	}
	for _, h := range hosts {
		check(t, newClient(), "http://"+h+":"+p+"/")
		check(t, newClient(), "https://"+h+":"+p+"/")
	}
	t.Logf("%d hosts", len(hosts))

	// Redirects: the client reaches the open redirect, and all else as it is.
	viaRedirect := func(h string) *Client {
		c := newClient()
		guarded := c.direct.DialContext
		c.direct.DialContext = func(ctx context.Context, network, address string) (net.Conn, error) {
			if strings.HasPrefix(address, "public.example:") {
				return new(net.Dialer).DialContext(ctx, network, open.Listener.Addr().String())
			}
			return guarded(ctx, network, address)
		}
		return c
	}
	for _, h := range hosts {
		for _, to := range []string{"http://" + h + ":" + p + "/", "//" + h + ":" + p + "/"} {
			check(t, viaRedirect(h), "http://public.example/?to="+url.QueryEscape(to))
		}
	}

	// A proxy of the environment, which reaches anything: requests for a private
	// host are not handed to it.
	proxied := atomic.Int64{}
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { proxied.Add(1) }))
	t.Cleanup(proxy.Close)
	via, _ := url.Parse(proxy.URL)
	for _, h := range hosts {
		if h == "rebind.example" {
			continue // what the proxy resolves later cannot be seen
		}
		c := NewClient(Options{Timeout: 200 * time.Millisecond, Clock: newClock(), Resolver: dns.resolver(), Proxy: http.ProxyURL(via)})
		check(t, c, "http://"+h+":"+p+"/")
		check(t, c, "https://"+h+":"+p+"/")
	}
	if n := proxied.Load(); n != 0 {
		t.Errorf("%d requests for private hosts were handed to the proxy", n)
	}

	// What is asked for is reached.
	c := NewClient(Options{AllowPrivate: true, Timeout: time.Second, Clock: newClock(), Proxy: noProxy})
	if o, err := c.check(context.Background(), secret.URL, false); err != nil || o.Kind != OK {
		t.Errorf("with AllowPrivate: %+v %v", o, err)
	}
}

func TestIsPublic(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]bool{
		"8.8.8.8": true, "93.184.216.34": true, "172.15.0.1": true, "172.32.0.1": true, "192.0.3.1": true, "2606:4700::1111": true,
		"64:ff9b::808:808": true, "::ffff:8.8.8.8": true,
		"127.0.0.1": false, "10.1.2.3": false, "172.31.255.255": false, "100.127.255.255": false, "198.19.0.1": false, "::ffff:10.0.0.1": false,
		"::1": false, "::": false, "fe80::1": false, "fc00::1": false, "ff02::1": false, "2001:db8::1": false, "2002:808:808::": false,
		"64:ff9b::a00:1": false, "::8.8.8.8": false, "4000::1": false, "100::1": false,
	} {
		if got := isPublic(netip.MustParseAddr(address)); got != want {
			t.Errorf("%s: %v", address, got)
		}
	}
	if err := dialControl("tcp", "127.0.0.1:80", nil); !errors.Is(err, errPrivate) {
		t.Errorf("dialControl: %v", err)
	}
}
