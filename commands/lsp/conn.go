package lsp

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"sync"
)

const (
	// maxBody is the size of the largest message that is read, in bytes. The largest
	// page, with each character as an escape, takes a fortieth of it.
	maxBody = 64 << 20

	// maxHeader is the length of the longest line of a header that is read, in bytes.
	maxHeader = 4 << 10
)

// conn is a stream of messages, each a header with its length and a body.
type conn struct {
	in     *bufio.Reader
	isUsed bool // something was read
	mu     sync.Mutex
	out    io.Writer
}

func newConn(in io.Reader, out io.Writer) *conn {
	return &conn{in: bufio.NewReaderSize(in, 64<<10), out: out}
}

// frameError says what is wrong with a message that was skipped. The stream continues
// after it.
type frameError string

func (e frameError) Error() string { return string(e) }

// read returns the body of the next message, or the error that ends the stream. A
// message that cannot be read is a frameError.
func (c *conn) read() ([]byte, error) {
	length, err := c.header()
	if err != nil {
		return nil, err
	}
	if length > maxBody {
		if _, err := io.CopyN(io.Discard, c.in, length); err != nil {
			return nil, err
		}
		return nil, frameError(fmt.Sprintf("skipped a message of %d bytes; at most %d are read", length, maxBody))
	}
	body, err := io.ReadAll(io.LimitReader(c.in, length))
	if err == nil && int64(len(body)) < length {
		err = io.ErrUnexpectedEOF
	}
	return body, err
}

// header reads the lines up to an empty one and returns the length of the body. Lines
// that are not a part of a header are skipped, so that a broken message costs only
// itself.
func (c *conn) header() (length int64, err error) {
	length = -1
	skipped := 0
	for {
		line, err := c.line()
		if err != nil {
			return 0, err
		}
		name, value, isField := strings.Cut(line, ":")
		switch {
		case line == "" && length >= 0:
			return length, nil
		case line == "" && skipped > 0:
			return 0, frameError(fmt.Sprintf("skipped %d lines without a Content-Length", skipped))
		case isField && strings.EqualFold(strings.TrimSpace(name), "Content-Length"):
			length, err = strconv.ParseInt(strings.TrimSpace(value), 10, 64)
			if err != nil || length < 0 {
				return 0, frameError(fmt.Sprintf("invalid Content-Length %.40q", value))
			}
		default:
			skipped++
		}
	}
}

// line reads a line without its end. Of one that is too long, it returns how it
// begins.
func (c *conn) line() (string, error) {
	var out []byte
	for {
		part, err := c.in.ReadSlice('\n')
		c.isUsed = c.isUsed || len(part) > 0
		if room := maxHeader - len(out); room > 0 {
			out = append(out, part[:min(len(part), room)]...)
		}
		if err == nil {
			return strings.TrimRight(string(out), "\r\n"), nil
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return "", err
		}
	}
}

// write writes a message. An error means that nobody reads any more, which the reader
// of the stream finds as well.
func (c *conn) write(m any) {
	body, err := json.Marshal(m)
	if err != nil {
		panic(err) // all messages are of types that JSON has
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	_, _ = fmt.Fprintf(c.out, "Content-Length: %d\r\n\r\n%s", len(body), body)
}
