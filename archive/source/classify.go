package source

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"html"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"syscall"
)

// classify returns the outcome of the last answer of a visit.
func (v *visit) classify(r reply) Outcome {
	o := Outcome{Status: r.status}
	if v.at != v.first {
		o.To = v.at.String()
	}
	note := challenge(r)
	switch {
	case note != "":
		o.Kind, o.Note = Blocked, note
	case r.status/100 == 2 || r.status == http.StatusNotModified:
		o.Kind, o.Note = v.classifyPage(r)
	case r.status == http.StatusNotFound:
		o.Kind = NotFound
	case r.status == http.StatusGone:
		o.Kind = Gone
	case slices.Contains(refusals, r.status):
		o.Kind = Blocked
	case r.status == http.StatusRequestTimeout:
		o.Kind = Timeout
	case r.status/100 == 3:
		o.Kind, o.Note = Malformed, "a redirect to nowhere"
	case r.status/100 == 4:
		o.Kind = ClientError
	case r.status/100 == 5:
		o.Kind = ServerError
	default:
		o.Kind, o.Note = Malformed, "an unknown status"
	}
	return o
}

// refusals are statuses that say that the asker is not welcome, and nothing about
// the page.
var refusals = []int{400, 401, 402, 403, 406, 407, 417, 418, 421, 423, 425, 426, 428, 429, 430, 440, 444, 451, 460, 463, 494, 495, 496, 497, 498, 499, 999}

// classifyPage returns the kind of a page that is there, or seems to be.
func (v *visit) classifyPage(r reply) (Kind, string) {
	switch moved := v.at != v.first; {
	case moved && login.MatchString(v.at.Path):
		return Blocked, "redirects to a login or consent page"
	case moved && isHome(v.at) && !isHome(v.first):
		return SoftNotFound, "redirects to a home page"
	case moved && missing.MatchString(v.at.Path):
		return SoftNotFound, "redirects to a page for what is missing"
	case saysMissing(r.body):
		return SoftNotFound, "the page says that it is missing"
	case moved && v.temporary:
		return Redirected, ""
	case moved:
		return Moved, ""
	}
	return OK, ""
}

var (
	login   = regexp.MustCompile(`(?i)/(?:login|log-in|signin|sign-in|sso|auth|consent|collectconsent|captcha|challenge|verify|subscribe|subscription|paywall|register)(?:[./_-]|$)`)
	missing = regexp.MustCompile(`(?i)(?:^|[/_.-])(?:404|4xx|not-?_?found|page-?not-?found|error-?404|expired|gone)(?:[/_.-]|$)`)
	homes   = regexp.MustCompile(`(?i)^/?(?:[a-z]{2}(?:[-_][a-z]{2,4})?/?)?(?:(?:index|default|home|main)(?:\.[a-z]{2,5})?/?)?$`)

	title       = regexp.MustCompile(`(?is)<title[^>]*>(.*?)</title`)
	missingPage = regexp.MustCompile(`(?i)^(?:error )?(?:http )?(?:404\b|410 gone)|^(?:page|article|file|seite|página|page web)?\s*(?:cannot be found|can't be found|could not be found|(?:was )?not found|nicht gefunden|no encontrada|introuvable|不存在|未找到|找不到|无法找到)\s*(?:$|[-–—|:!.,])|^(?:页面|頁面|您访问的页面)(?:不存在|未找到|找不到)`)
)

// isHome reports whether an address is the home page of a site.
func isHome(u *url.URL) bool {
	rest, _ := Untracked("?"+u.RawQuery, "&")
	return homes.MatchString(u.Path) && strings.Trim(rest, "?") == ""
}

// saysMissing reports whether the title of a page begins as those of pages for what
// is missing. What only holds such words may be news.
func saysMissing(body []byte) bool {
	m := title.FindSubmatch(body)
	return m != nil && missingPage.MatchString(strings.TrimSpace(html.UnescapeString(string(m[1]))))
}

// challengeHeaders are headers of answers by which a bot wall asks for more, and
// the values that say so.
var challengeHeaders = map[string]string{
	"Cf-Mitigated": "challenge", "X-Amzn-Waf-Action": "", "X-Datadome": "", "X-Sucuri-Block": "", "X-Px-Blocked": "",
}

// challengeWords are what is in the pages of bot walls, in lower case.
var challengeWords = [][]byte{
	[]byte("just a moment..."), []byte("cf-chl-"), []byte("cf_chl_"), []byte("attention required! | cloudflare"),
	[]byte("_incapsula_resource"), []byte("px-captcha"), []byte("captcha-delivery.com"), []byte("ddos protection by"),
	[]byte("unusual traffic from your computer"), []byte("verify you are human"), []byte("verifying you are human"),
	[]byte("are you a robot"), []byte("enable javascript and cookies to continue"), []byte("checking your browser before"),
	[]byte("awswafintegration"), []byte("pardon our interruption"),
}

// maxChallenge is how large the page of a bot wall is at most, in bytes. News that
// quotes one is larger.
const maxChallenge = 32 << 10

// challenge returns what in an answer is of a bot wall, or nothing.
func challenge(r reply) string {
	for name, value := range challengeHeaders {
		if got := r.header.Get(name); got != "" && strings.Contains(strings.ToLower(got), value) {
			return "a bot wall"
		}
	}
	if len(r.body) > maxChallenge || r.status == http.StatusNotFound || r.status == http.StatusGone {
		return ""
	}
	body := bytes.ToLower(r.body)
	for _, words := range challengeWords {
		if bytes.Contains(body, words) {
			return "a bot wall"
		}
	}
	return ""
}

// isFinal reports whether another try would meet the same error.
func isFinal(err error) bool {
	var dns *net.DNSError
	return errors.As(err, &dns) || errors.Is(err, errPrivate) || isTLS(err) || errors.Is(err, syscall.ECONNREFUSED) || errors.As(err, new(closedError)) || errors.As(err, new(errUnresolved))
}

func isTLS(err error) bool {
	var alert tls.AlertError
	var record tls.RecordHeaderError
	var verification *tls.CertificateVerificationError
	return errors.As(err, &alert) || errors.As(err, &record) || errors.As(err, &verification) ||
		strings.Contains(err.Error(), "tls: ") || strings.Contains(err.Error(), "HTTP response to HTTPS")
}

// ofError returns the outcome of an error of the network.
func ofError(err error) Outcome {
	var dns *net.DNSError
	var timeout net.Error
	switch {
	case errors.Is(err, errPrivate):
		return Outcome{Kind: Private}
	case errors.As(err, new(errUnresolved)):
		return Outcome{Kind: Private, Note: "its address cannot be checked, and is not asked through a proxy"}
	case errors.As(err, &dns):
		if dns.IsNotFound {
			return Outcome{Kind: NoHost}
		}
		return Outcome{Kind: NoHost, Note: "DNS does not answer"}
	case isTLS(err):
		return Outcome{Kind: BadTLS, Note: tlsNote(err)}
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &timeout) && timeout.Timeout():
		return Outcome{Kind: Timeout}
	case strings.Contains(err.Error(), "malformed") || strings.Contains(err.Error(), "headers exceeded"):
		return Outcome{Kind: Malformed}
	case errors.Is(err, syscall.ECONNREFUSED):
		return Outcome{Kind: Unreachable, Note: "connection refused"}
	case errors.Is(err, syscall.ECONNRESET), strings.Contains(err.Error(), "EOF"):
		return Outcome{Kind: Unreachable, Note: "connection closed"}
	case isProtocol(err):
		return Outcome{Kind: Malformed}
	}
	return Outcome{Kind: Unreachable}
}

// isProtocol reports whether an error is one of an answer that is not HTTP. net/http
// has no types for these.
func isProtocol(err error) bool {
	return slices.ContainsFunc([]string{"transport connection broken", "1xx", "http2: ", "stream error"}, func(text string) bool {
		return strings.Contains(err.Error(), text)
	})
}

// tlsNote returns why a certificate or protocol is refused.
func tlsNote(err error) string {
	var invalid x509.CertificateInvalidError
	switch {
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return "the certificate is expired or not valid yet"
	case errors.As(err, new(x509.HostnameError)):
		return "the certificate is of another host"
	case errors.As(err, new(x509.UnknownAuthorityError)):
		return "the certificate is of an unknown authority"
	case errors.As(err, &invalid):
		return "the certificate is not valid"
	}
	return "no secure connection"
}
