package source

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Meant is the address that a link without a proper scheme means.
type Meant struct {
	Address string
	Fault   string // what is wrong with the link, after "link target"
	Plain   bool   // the host is plain, so nothing else can be meant
}

var (
	// webScheme matches what may stand for https://, with the scheme that is meant.
	webScheme = regexp.MustCompile(`^(?i)(h{0,2}t{1,3}ps{0,2})(?:[:：;][/／\\]{0,4}|[/／]{2})`)

	// mailScheme matches mailto: with any colon.
	mailScheme = regexp.MustCompile(`^(?i)mailto[:：]`)

	webHost   = regexp.MustCompile(`^(?i)www\d?\.`)
	mailName  = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._%+-]*@`)
	asciiHost = regexp.MustCompile(`^(?i)([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$`)
	wideHost  = regexp.MustCompile(`^([\pL\pN]([\pL\pN\pM-]*[\pL\pN\pM])?\.)+[\pL\pN\pM-]{2,}$`)

	// commonEnd matches hosts that nobody takes for the name of a file.
	commonEnd = regexp.MustCompile(`^(?i).+\.(com|org|net|edu|gov|int|mil|info|biz)(\.[a-z]{2})?$|^.+\.(co|ac)\.[a-z]{2}$`)

	// fileEnd matches what ends like the name of a file.
	fileEnd = regexp.MustCompile(`(?i)\.(md|html?|json|xml|png|jpe?g|gif|svg|webp|pdf|css|js|txt|ico|mp[34]|zip|mov|csv|ya?ml)$`)
)

// MeantBy returns the address that the destination of a link means, if that is an
// address on the web or of mail without its scheme, or with one that is damaged: by
// a character that nobody can see, a full-width colon, a slip.
func MeantBy(destination string) (Meant, bool) {
	if isPath(destination) {
		return Meant{}, false
	}
	clean, hidden := unhide(destination)
	m, ok := meantBy(clean)
	switch {
	case ok && hidden != 0:
		m.Fault = fmt.Sprintf("holds a character that nobody can see, %U", hidden)
	case !ok && hidden != 0 && isProper(clean):
		host, _ := cutHost(clean[strings.Index(clean, "://")+3:])
		m = Meant{clean, fmt.Sprintf("holds a character that nobody can see, %U", hidden), asciiHost.MatchString(host)}
		ok = m.Plain || wideHost.MatchString(host)
	}
	return m, ok
}

// MeantAsSource returns the web address that text means which is given as one, where no
// file of the archive can be meant, or nothing.
func MeantAsSource(text string) string {
	if strings.ContainsAny(strings.TrimSpace(text), " \t\n") {
		return ""
	}
	m, ok := MeantBy(text)
	if !ok {
		rest := strings.TrimPrefix(text, "//")
		if host, _ := cutHost(rest); mailName.MatchString(host) || fileEnd.MatchString(host) {
			return ""
		}
		m, ok = web("https", rest, "")
	}
	if !ok || !strings.HasPrefix(m.Address, "http") {
		return ""
	}
	return m.Address
}

// meantBy is [MeantBy] without characters that nobody can see.
func meantBy(s string) (Meant, bool) {
	switch {
	case isPath(s), isProper(s):
		return Meant{}, false
	case mailName.MatchString(s):
		return mail(s, "has no scheme")
	}
	if m := mailScheme.FindString(s); m != "" && !strings.HasSuffix(m, ":") {
		return mail(s[len(m):], "has a full-width colon")
	}
	if m := webScheme.FindStringSubmatch(s); m != nil {
		return web(m[1], s[len(m[0]):], schemeFault(m[0]))
	}
	host, rest := cutHost(s)
	switch {
	case webHost.MatchString(host) && strings.Count(host, ".") > 1:
		return web("https", s, "has no scheme")
	case commonEnd.MatchString(host) && !fileEnd.MatchString(host):
		return web("https", host+rest, "has no scheme")
	}
	return Meant{}, false
}

// isPath reports whether a destination begins like a path, or a place on its own page.
func isPath(s string) bool { return s == "" || strings.IndexByte("/#.", s[0]) >= 0 }

// isProper reports whether an address has the scheme that it should have.
func isProper(s string) bool {
	for _, scheme := range []string{"http://", "https://"} {
		if len(s) > len(scheme) && strings.EqualFold(s[:len(scheme)], scheme) && !strings.ContainsAny(s[len(scheme):len(scheme)+1], `/:\`) {
			rest := s[len(scheme):]
			return strings.IndexByte("hHtT", rest[0]) < 0 || !webScheme.MatchString(rest)
		}
	}
	return false
}

// schemeFault says what is wrong with a scheme.
func schemeFault(s string) string {
	switch {
	case strings.ContainsAny(s, "：／"):
		return "has a full-width colon or slash"
	case !strings.Contains(s, ":"):
		return "has no colon after its scheme"
	}
	return "has a damaged scheme"
}

// web returns the address of what follows a scheme, as it was meant to be.
func web(scheme, rest, fault string) (Meant, bool) {
	if m := webScheme.FindStringSubmatch(rest); m != nil { // https://https://
		scheme, rest = m[1], rest[len(m[0]):]
	}
	meant := "http"
	if strings.HasSuffix(strings.ToLower(scheme), "s") {
		meant = "https"
	}
	host, path := cutHost(rest)
	host = strings.ReplaceAll(norm.NFKC.String(host), "。", ".")
	name, port, hasPort := strings.Cut(host, ":")
	plain := asciiHost.MatchString(name) && (!hasPort || strings.Trim(port, "0123456789") == "")
	if !plain && !wideHost.MatchString(name) {
		return Meant{}, false
	}
	if strings.HasPrefix(path, "／") {
		path, plain = strings.ReplaceAll(path, "／", "/"), false
	}
	return Meant{meant + "://" + host + path, fault, plain}, true
}

// mail returns the address of a mailbox.
func mail(s, fault string) (Meant, bool) {
	at := strings.IndexByte(s, '@')
	host, _, _ := strings.Cut(s[at+1:], "?")
	if at < 1 || !asciiHost.MatchString(host) || fileEnd.MatchString(host) || !mailName.MatchString(s) {
		return Meant{}, false
	}
	return Meant{"mailto:" + s, fault, true}, true
}

// cutHost cuts off the host, with its port, that a text begins with.
func cutHost(s string) (host, rest string) {
	if i := strings.IndexAny(s, "/?#／\\"); i >= 0 {
		return s[:i], s[i:]
	}
	return s, ""
}

// unhide returns a destination without what nobody can see before the end of its
// host, and the first such character, or 0.
func unhide(s string) (string, rune) {
	if isVisible(s) {
		return s, 0
	}
	var b strings.Builder
	var first rune
	slashes := 0
	for at := 0; at < len(s); {
		r, size := hiddenAt(s[at:])
		if r != 0 {
			if first == 0 {
				first = r
			}
			at += size
			continue
		}
		if s[at] == '/' {
			slashes++
		}
		if slashes > 2 || s[at] == '?' || s[at] == '#' {
			b.WriteString(s[at:])
			break
		}
		_, size = utf8.DecodeRuneInString(s[at:])
		b.WriteString(s[at : at+size])
		at += size
	}
	return b.String(), first
}

// isVisible reports whether a destination is ASCII that everybody can see.
func isVisible(s string) bool {
	for i := range len(s) {
		if s[i] <= ' ' || s[i] > '~' || s[i] == '%' {
			return false
		}
	}
	return true
}

// hiddenAt returns the character that a text begins with if nobody can see it, and
// how long it is, percent-encoded or not.
func hiddenAt(s string) (rune, int) {
	r, size := utf8.DecodeRuneInString(s)
	if r == '%' {
		var raw []byte
		for len(raw) < utf8.UTFMax && len(s) >= 3*len(raw)+3 && s[3*len(raw)] == '%' {
			hi, lo := unhex(s[3*len(raw)+1]), unhex(s[3*len(raw)+2])
			if hi < 0 || lo < 0 {
				break
			}
			raw = append(raw, byte(hi<<4|lo))
			if utf8.FullRune(raw) {
				break
			}
		}
		r, size = utf8.DecodeRune(raw)
		size *= 3
	}
	if r != utf8.RuneError && (unicode.In(r, unicode.Cf) || unicode.IsSpace(r)) {
		return r, size
	}
	return 0, 0
}

// unhex returns the value of a hexadecimal digit, or -1.
func unhex(c byte) int { return strings.IndexByte("0123456789abcdef", byte(unicode.ToLower(rune(c)))) }
