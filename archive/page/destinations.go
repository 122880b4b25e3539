package page

import (
	"bytes"
	"regexp"

	"github.com/yuin/goldmark/util"
)

// MayLead reports whether a link of a page may have a destination, escapes and
// entities resolved, that is wanted. It costs a fraction of parsing the page, and
// reads as links also what Markdown reads as code, comments or plain text.
//
// It misses none: the destination of a link follows "](", and that of a link
// reference definition "]:", but for space, line ends, and the marks of quotes
// on the next lines. A page with links in HTML, or one made to be slow, may have
// any destination.
func MayLead(src []byte, wanted func(destination string) bool) bool {
	if htmlTag.Match(src) && linkAttribute.Match(src) {
		return true
	}
	s := scanner{src: src, wanted: wanted, budget: scanBudget * (len(src) + 1)}
	for at := 0; s.budget > 0; {
		i := bytes.IndexByte(src[at:], ']')
		if i < 0 || at+i+1 == len(src) {
			return false
		}
		at += i + 1
		switch src[at] {
		case '(':
			if s.leads(at+1) || s.recovered(at+1) {
				return true
			}
		case ':':
			if s.leads(at + 1) {
				return true
			}
		}
	}
	return true
}

// htmlTag matches the beginning of a tag, and linkAttribute the name of an
// attribute that may hold a link.
var (
	htmlTag       = regexp.MustCompile(`<[A-Za-z]`)
	linkAttribute = regexp.MustCompile(`(?i)href|src|cite|longdesc|poster|data|background`)
)

// scanBudget is how often a scan may read each byte of a page. Destinations that
// hold others are read again for each.
const scanBudget = 16

// scanner looks for destinations in a page.
type scanner struct {
	src     []byte
	wanted  func(destination string) bool
	budget  int  // bytes that may still be read
	noClose bool // no closing parenthesis follows
}

// leads reports whether a destination that begins after an offset is wanted.
func (s *scanner) leads(at int) bool {
	for start := s.skipSpace(at); ; {
		if s.want(s.destination(start)) {
			return true
		}
		if start == len(s.src) || s.src[start] != '>' || bytes.IndexByte(s.src[at:start], '\n') < 0 {
			return false
		}
		start = s.skipSpace(start + 1)
	}
}

// recovered reports whether the destination of a link that Markdown does not read
// is wanted: all up to the closing parenthesis, or to the title of the link. Of most
// links it is the one that Markdown reads.
func (s *scanner) recovered(at int) bool {
	if s.noClose {
		return false
	}
	end := bytes.IndexByte(s.src[at:], ')')
	s.noClose = end < 0
	s.budget -= max(end, 0)
	if s.noClose || !bytes.ContainsAny(s.src[at:at+end], " \t\n\v\f\r(<\\") {
		return false
	}
	text := bytes.TrimSpace(s.src[at : at+end])
	return bytes.ContainsAny(text, `"'`) && !bytes.HasPrefix(text, []byte("http")) || s.want(text)
}

// markdownLink is a link whose destination is written as Markdown reads it.
var markdownLink Link

func (s *scanner) want(destination []byte) bool {
	return len(destination) > 0 && s.wanted(markdownLink.unescape(string(destination)))
}

func (s *scanner) skipSpace(at int) int {
	start := at
	at = skipSpace(s.src, at)
	s.budget -= at - start
	return at
}

func skipSpace(src []byte, at int) int {
	for at < len(src) && util.IsSpace(src[at]) {
		at++
	}
	return at
}

// destination returns the destination that begins at an offset, as Markdown reads
// it, without angle brackets.
func (s *scanner) destination(start int) []byte {
	if start == len(s.src) {
		return nil
	}
	angle := s.src[start] == '<'
	if angle {
		start++
	}
	end := destinationEnd(s.src, start, angle)
	s.budget -= end - start
	if angle && (end == len(s.src) || s.src[end] != '>') {
		return nil
	}
	return s.src[start:end]
}

// destinationEnd returns the offset after a destination.
func destinationEnd(src []byte, start int, angle bool) int {
	open := 0
	for i := start; i < len(src); i++ {
		switch c := src[i]; {
		case c == '\\' && i+1 < len(src) && util.IsPunct(src[i+1]):
			i++
		case angle:
			if c == '>' || c == '\n' {
				return i
			}
		case c == '(':
			open++
		case c == ')' && open == 0, util.IsSpace(c):
			return i
		case c == ')':
			open--
		}
	}
	return len(src)
}
