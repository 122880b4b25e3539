package lsp

import (
	"fmt"
	"sync"

	"newsctl/archive/layout"
)

// gate lets those in at the same time who work on archives of one layout: the program
// knows one at a time.
type gate struct {
	mu     sync.Mutex
	left   *sync.Cond
	inside int
	layout string
}

// doors is the gate of the program.
var doors = newGate()

func newGate() *gate {
	g := &gate{}
	g.left = sync.NewCond(&g.mu)
	return g
}

// enter waits until work on archives of a layout may begin, and returns what ends it.
func (g *gate) enter(l layout.Layout) (leave func()) {
	key := fmt.Sprintf("%#v", l)
	g.mu.Lock()
	defer g.mu.Unlock()
	for g.inside > 0 && g.layout != key {
		g.left.Wait()
	}
	if g.inside == 0 && g.layout != key {
		layout.Use(l)
		g.layout = key
	}
	g.inside++
	return g.leave
}

// alone runs do while nobody else works on an archive. It opens one, and returns its
// layout.
func (g *gate) alone(do func() layout.Layout) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for g.inside > 0 {
		g.left.Wait()
	}
	g.layout = fmt.Sprintf("%#v", do())
}

func (g *gate) leave() {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.inside--; g.inside == 0 {
		g.left.Broadcast()
	}
}
