package lsp

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"runtime/debug"

	"newsctl/archive"
)

// message is a request, a notification or a response of JSON-RPC 2.0.
type message struct {
	ID     json.RawMessage `json:"id"`
	Method string          `json:"method"`
	Params json.RawMessage `json:"params"`
}

type notification struct {
	Version string `json:"jsonrpc"`
	Method  string `json:"method"`
	Params  any    `json:"params"`
}

type request struct {
	Version string `json:"jsonrpc"`
	ID      string `json:"id"`
	Method  string `json:"method"`
	Params  any    `json:"params"`
}

type response struct {
	Version string          `json:"jsonrpc"`
	ID      json.RawMessage `json:"id"`
	Result  any             `json:"result"`
}

type failure struct {
	Version string          `json:"jsonrpc"`
	ID      json.RawMessage `json:"id"`
	Error   *rpcError       `json:"error"`
}

// rpcError is why a request has no result.
type rpcError struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
}

func (e *rpcError) Error() string { return e.Message }

// Codes of errors.
const (
	parseError       = -32700
	invalidRequest   = -32600
	methodNotFound   = -32601
	invalidParams    = -32602
	internalError    = -32603
	notInitialized   = -32002
	requestFailed    = -32803
	contentModified  = -32801
	requestCancelled = -32800
)

func failf(format string, args ...any) error {
	return &rpcError{requestFailed, fmt.Sprintf(format, args...)}
}

// call is a request with the documents as they were when it came.
type call struct {
	*server
	ctx  context.Context
	docs documents
}

// handler answers a request. A nil result is null.
type handler func(c *call, params json.RawMessage) (any, error)

// typed returns the handler that answers with do, for params of its type.
func typed[P any](do func(*call, P) (any, error)) handler {
	return func(c *call, params json.RawMessage) (any, error) {
		var p P
		if err := unmarshal(params, &p); err != nil {
			return nil, err
		}
		return do(c, p)
	}
}

func unmarshal(params json.RawMessage, into any) error {
	if len(params) == 0 {
		params = json.RawMessage("{}")
	}
	if err := json.Unmarshal(params, into); err != nil {
		return &rpcError{invalidParams, err.Error()}
	}
	return nil
}

// answer runs a request and writes its response, unless it was canceled: then that
// is the response already.
func (s *server) answer(c *call, m message, h handler) {
	result, err := s.try(c, m, h)
	if s.pending.end(string(m.ID)) {
		s.respond(m.ID, result, err)
	}
}

// attempts is how often a request is tried while files change that it reads.
const attempts = 3

// try runs a request. A fault of the program fails the request and nothing else.
func (s *server) try(c *call, m message, h handler) (result any, err error) {
	defer func() {
		if r := recover(); r != nil {
			s.o.Log("%s: %v\n%s", m.Method, r, debug.Stack())
			err = &rpcError{internalError, fmt.Sprintf("%s: %v", m.Method, r)}
		}
	}()
	for range attempts {
		err = archive.Steadily(func() (err error) {
			result, err = h(c, m.Params)
			return err
		})
		if !errors.Is(err, archive.ErrChanged) {
			break
		}
		s.reread()
	}
	return result, err
}

func (s *server) respond(id json.RawMessage, result any, err error) {
	if err == nil {
		s.conn.write(response{"2.0", id, result})
		return
	}
	var coded *rpcError
	switch {
	case errors.As(err, &coded):
	case errors.Is(err, archive.ErrChanged):
		coded = &rpcError{contentModified, err.Error()}
	default:
		coded = &rpcError{requestFailed, err.Error()}
	}
	s.conn.write(failure{"2.0", id, coded})
}

func (s *server) notify(method string, params any) {
	s.conn.write(notification{"2.0", method, params})
}

// notNil returns a list that JSON does not write as null.
func notNil[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}
