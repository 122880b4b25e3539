package archive

import (
	"maps"
	"sync"
)

// table is a map with paths as keys that several goroutines may use. Its parts
// have locks of their own, so that these seldom wait for each other.
type table[V any] struct {
	parts [32]tablePart[V]
}

type tablePart[V any] struct {
	mu     sync.RWMutex
	values map[string]V
}

func (t *table[V]) part(key string) *tablePart[V] {
	hash := uint(len(key))
	for i := max(0, len(key)-16); i < len(key); i++ {
		hash = hash*31 + uint(key[i])
	}
	return &t.parts[hash%uint(len(t.parts))]
}

func (t *table[V]) load(key string) (V, bool) {
	p := t.part(key)
	p.mu.RLock()
	value, ok := p.values[key]
	p.mu.RUnlock()
	return value, ok
}

// keep stores a value unless there is one, and returns the one that is there then.
func (t *table[V]) keep(key string, value V) V {
	p := t.part(key)
	p.mu.Lock()
	defer p.mu.Unlock()
	if kept, ok := p.values[key]; ok {
		return kept
	}
	p.put(key, value)
	return value
}

func (t *table[V]) store(key string, value V) {
	p := t.part(key)
	p.mu.Lock()
	p.put(key, value)
	p.mu.Unlock()
}

func (p *tablePart[V]) put(key string, value V) {
	if p.values == nil {
		p.values = map[string]V{}
	}
	p.values[key] = value
}

func (t *table[V]) remove(key string) {
	p := t.part(key)
	p.mu.Lock()
	delete(p.values, key)
	p.mu.Unlock()
}

// each calls do for each value, in no order.
func (t *table[V]) each(do func(key string, value V)) {
	for i := range t.parts {
		for key, value := range t.parts[i].clone() {
			do(key, value)
		}
	}
}

// share makes an empty table hold what another does.
func (t *table[V]) share(from *table[V]) {
	for i := range t.parts {
		t.parts[i].values = from.parts[i].clone()
	}
}

func (p *tablePart[V]) clone() map[string]V {
	p.mu.RLock()
	defer p.mu.RUnlock()
	return maps.Clone(p.values)
}
