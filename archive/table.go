package archive

import (
	"maps"
	"sync"
)

// table is a map with paths as keys that several goroutines may use. Its parts
// have locks of their own, so that these seldom wait for each other.
type table[V any] struct {
	parts [32]tablePart[V]
	below *table[V] // values for the keys that this table does not have, or nil
}

type tablePart[V any] struct {
	mu     sync.RWMutex
	values map[string]V
	gone   map[string]bool // keys that the table below has, and this one does not
}

func (t *table[V]) part(key string) *tablePart[V] {
	hash := uint(len(key))
	for i := max(0, len(key)-16); i < len(key); i++ {
		hash = hash*31 + uint(key[i])
	}
	return &t.parts[hash%uint(len(t.parts))]
}

func (t *table[V]) load(key string) (V, bool) {
	for {
		p := t.part(key)
		p.mu.RLock()
		value, ok := p.values[key]
		gone := p.gone[key]
		p.mu.RUnlock()
		if ok || gone || t.below == nil {
			return value, ok
		}
		t = t.below
	}
}

// keep stores a value unless there is one, and returns the one that is there then.
func (t *table[V]) keep(key string, value V) V {
	if kept, ok := t.load(key); ok {
		return kept
	}
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
	defer p.mu.Unlock()
	delete(p.values, key)
	if t.below != nil {
		if p.gone == nil {
			p.gone = map[string]bool{}
		}
		p.gone[key] = true
	}
}

// each calls do for each value, in no order.
func (t *table[V]) each(do func(key string, value V)) {
	for i := range t.parts {
		values, gone := t.parts[i].clone()
		for key, value := range values {
			do(key, value)
		}
		for below := t.below; below != nil; below = below.below {
			more, goneToo := below.parts[i].clone()
			for key, value := range more {
				if _, ok := values[key]; !ok && !gone[key] {
					do(key, value)
				}
			}
			if below.below != nil {
				values, gone = merged(values, more), merged(gone, goneToo)
			}
		}
	}
}

// over makes an empty table hold what another does. Neither sees what is stored in
// the other from then on, but for what is kept below.
func (t *table[V]) over(below *table[V]) { t.below = below }

func (p *tablePart[V]) clone() (values map[string]V, gone map[string]bool) {
	p.mu.RLock()
	defer p.mu.RUnlock()
	return maps.Clone(p.values), maps.Clone(p.gone)
}

// merged returns what two maps hold, the first one outweighing the other.
func merged[V any](over, below map[string]V) map[string]V {
	out := make(map[string]V, len(over)+len(below))
	maps.Copy(out, below)
	maps.Copy(out, over)
	return out
}
