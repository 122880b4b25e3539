package preview

import (
	"net/http"
	"net/url"
	"strconv"
)

// paging is a part of a long list.
type paging struct {
	start, end     int
	next, previous string // addresses, or empty
}

// pageOf returns the part of a list of n that a request asks for, size at once.
func pageOf(r *http.Request, n, size int) paging {
	at, err := strconv.Atoi(r.FormValue("page"))
	if err != nil {
		at = 1
	}
	at = min(max(at, 1), max((n-1)/size, 0)+1)
	p := paging{start: (at - 1) * size, end: min(at*size, n)}
	if p.end < n {
		p.next = withPage(r.URL, at+1)
	}
	if at > 1 {
		p.previous = withPage(r.URL, at-1)
	}
	return p
}

// withPage returns the address of another part of a list.
func withPage(u *url.URL, page int) string {
	q := u.Query()
	q.Set("page", strconv.Itoa(page))
	return u.Path + "?" + q.Encode()
}
