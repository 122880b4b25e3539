package preview

import (
	"net"
	"net/http"
	"strings"
)

// policy lets a page load the server's own style, script and images, and nothing
// else.
const policy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// protect sets what keeps a browser from running or leaking what a page says.
func protect(h http.Header) {
	h.Set("Content-Security-Policy", policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Cache-Control", "no-store")
}

// refused returns the status and the reason of a request that is not answered, or 0.
//
// A page of another site may make the browser ask: by a name of its own that it lets
// resolve to this machine, which Host shows, or by a script, which Origin and
// Sec-Fetch-Site show. A link there may be followed.
func (s *Server) refused(r *http.Request) (status int, why string) {
	if !s.isOwn(r.Host) {
		return http.StatusForbidden, "newsctl: the request is for another host; open http://" + s.host + "/"
	}
	for _, origin := range r.Header.Values("Origin") {
		if host, ok := strings.CutPrefix(origin, "http://"); !ok || !s.isOwn(host) {
			return http.StatusForbidden, "newsctl: the request is from another site; open http://" + s.host + "/"
		}
	}
	site, isLink := r.Header.Get("Sec-Fetch-Site"), r.Header.Get("Sec-Fetch-Mode") == "navigate" && r.Header.Get("Sec-Fetch-Dest") == "document"
	if (site == "cross-site" || site == "same-site") && !isLink {
		return http.StatusForbidden, "newsctl: the request is from another site; open http://" + s.host + "/"
	}
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		return http.StatusMethodNotAllowed, "newsctl: the preview is read-only; use GET or HEAD"
	}
	return 0, ""
}

// isOwn reports whether a host is the server's: its address, or localhost with its
// port.
func (s *Server) isOwn(host string) bool {
	_, port, err := net.SplitHostPort(s.host)
	return err == nil && (host == s.host || strings.EqualFold(host, net.JoinHostPort("localhost", port)))
}
