package lsp

import (
	"context"
	"sync"
)

// pending are the requests that were not answered yet, by their ids.
type pending struct {
	mu     sync.Mutex
	cancel map[string]context.CancelFunc
}

// begin adds a request, or returns false if one of its id is there.
func (p *pending) begin(id string, cancel context.CancelFunc) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.cancel == nil {
		p.cancel = map[string]context.CancelFunc{}
	}
	if p.cancel[id] != nil {
		return false
	}
	p.cancel[id] = cancel
	return true
}

// end removes a request, and returns false if it was not there: it was canceled.
func (p *pending) end(id string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	cancel := p.cancel[id]
	delete(p.cancel, id)
	if cancel != nil {
		cancel()
	}
	return cancel != nil
}

// end all requests.
func (p *pending) endAll() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for id, cancel := range p.cancel {
		cancel()
		delete(p.cancel, id)
	}
}
