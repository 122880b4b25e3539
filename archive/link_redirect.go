package archive

import (
	"net/url"
	"path"
	"strings"

	"newsctl/archive/page"
)

// Redirected returns the destination of a link as it is written, with the path
// that it points to exchanged. One that points to no path is written from the root.
func (p *Page) Redirected(l *page.Link, to string) string {
	if p.Target(l).Kind != Internal {
		return "/" + Destination(to)
	}
	return p.RedirectedAt(l, p.Path, to)
}

// RedirectedAt returns the destination of a link as it is written, with the path
// that it points to exchanged. At is the path where the page will be.
func (p *Page) RedirectedAt(l *page.Link, at, to string) string {
	written, suffix := p.Destination(l), ""
	if i := strings.IndexAny(written, "?#"); i >= 0 {
		written, suffix = written[:i], written[i:]
	}
	t, out := p.Target(l), ""
	if t.by != nil {
		out = t.by.to(to, written)
	}
	if out == "" {
		out = redirected(written, t.Path, p.Path, at, to)
	}
	return l.Escape(out) + p.RawSuffix(l, suffix)
}

// redirected makes a destination on a page, written as it is, that points to the
// path from, one that points to the path to. The page will be at a path of its own.
// It stays as it is written: from the root, with or without a prefix, or from the
// page's directory; letters that are not ASCII percent-encoded or not.
func redirected(written, from, on, at, to string) string {
	plain, err := url.PathUnescape(written)
	if err != nil {
		plain = written
	}
	out := relative(path.Dir(at), to)
	sameDirs := path.Dir(on) == path.Dir(at) && path.Dir(from) == path.Dir(to)
	switch prefix, ok := strings.CutSuffix(plain, from); {
	case sameDirs && strings.HasSuffix(plain, path.Base(from)):
		out = strings.TrimSuffix(plain, path.Base(from)) + path.Base(to)
	case ok && strings.HasPrefix(plain, "/"):
		out = prefix + to
	case strings.HasPrefix(plain, "/"):
		out = "/" + to
	case strings.HasPrefix(plain, "./"):
		out = "./" + out
	}
	if IsEncoded(written, plain) {
		return (&url.URL{Path: out}).EscapedPath()
	}
	return Destination(out)
}

// IsEncoded reports whether letters that are not ASCII are percent-encoded.
func IsEncoded(written, plain string) bool {
	return isASCII(written) && !isASCII(plain)
}

// relative returns the path from a directory to a file.
func relative(dir, to string) string {
	from, parts := strings.Split(dir, "/"), strings.Split(to, "/")
	for len(from) > 0 && len(parts) > 1 && from[0] == parts[0] {
		from, parts = from[1:], parts[1:]
	}
	return strings.Repeat("../", len(from)) + strings.Join(parts, "/")
}
