package lsp

import (
	"net/url"
	"path/filepath"
	"runtime"
	"strings"
)

// fileOf returns the absolute path of a file's URI, or false if it is not the URI of
// a file of this machine.
func fileOf(uri string) (string, bool) { return fileOn(uri, runtime.GOOS == "windows") }

func fileOn(uri string, windows bool) (string, bool) {
	scheme, rest, ok := strings.Cut(uri, ":")
	if !ok || !strings.EqualFold(scheme, "file") {
		return "", false
	}
	if i := strings.IndexAny(rest, "?#"); i >= 0 {
		rest = rest[:i]
	}
	host := ""
	if after, has := strings.CutPrefix(rest, "//"); has {
		slash := strings.IndexByte(after, '/')
		if slash < 0 {
			return "", false
		}
		host, rest = after[:slash], after[slash:]
	}
	p, err := url.PathUnescape(rest)
	if err != nil || !strings.HasPrefix(p, "/") || strings.Contains(p, "\x00") {
		return "", false
	}
	if strings.EqualFold(host, "localhost") {
		host = ""
	}
	if !windows {
		return filepath.Clean(p), host == ""
	}
	if host != "" {
		return filepath.Clean(`\\` + host + strings.ReplaceAll(p, "/", `\`)), true
	}
	if len(p) < 3 || p[2] != ':' {
		return "", false
	}
	return strings.ToUpper(p[1:2]) + ":" + strings.ReplaceAll(p[3:], "/", `\`), true
}

// uriOf returns the URI of a file by its absolute path.
func uriOf(file string) string {
	p := filepath.ToSlash(file)
	if strings.HasPrefix(p, "//") {
		return "file:" + escapePath(p)
	}
	if !strings.HasPrefix(p, "/") {
		p = "/" + p
	}
	return "file://" + escapePath(p)
}

// escapePath percent-encodes all but what RFC 3986 allows in a segment of a path
// and every client leaves as it is.
func escapePath(p string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for i := range len(p) {
		c := p[i]
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', strings.IndexByte("/-._~", c) >= 0:
			b.WriteByte(c)
		default:
			b.Write([]byte{'%', hex[c>>4], hex[c&15]})
		}
	}
	return b.String()
}
