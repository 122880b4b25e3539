package contexts

import (
	"strings"
	"sync"
	"sync/atomic"

	"newsctl/archive"
	"newsctl/archive/facts"
)

// readEntry returns the names of the list of an entry.
func (c *Contexts) readEntry(e facts.Entry) *readList {
	if e.At == 0 {
		return c.readList(e.Names)
	}
	known := &c.lists.numbered[e.At-1]
	l := known.Load()
	if l == nil {
		l = c.readList(e.Names)
		known.Store(l)
	}
	return l
}

// readList returns the names of a list.
func (c *Contexts) readList(list string) *readList {
	return c.lists.get(listKey{text: list}, func(list string) []string {
		return c.Archive.Config().ContextNames(c.CommaNames.Split(list))
	})
}

// readTopic returns the context that a topic is. A topic is never split.
func (c *Contexts) readTopic(topic string) *readList {
	return c.lists.get(listKey{topic, true}, func(topic string) []string { return []string{c.Archive.Config().ContextName(topic)} })
}

// listMemo holds what lists of contexts read as, and topics.
type listMemo struct {
	mu       sync.RWMutex
	read     map[listKey]*readList
	numbered []atomic.Pointer[readList] // some of these, by the numbers of their texts
}

type listKey struct {
	text    string
	isTopic bool
}

func newListMemo(a *archive.Archive) *listMemo {
	return &listMemo{read: map[listKey]*readList{}, numbered: make([]atomic.Pointer[readList], a.Numbered())}
}

func (m *listMemo) get(key listKey, read func(text string) []string) *readList {
	m.mu.RLock()
	l := m.read[key]
	m.mu.RUnlock()
	if l != nil {
		return l
	}
	key.text = strings.Clone(key.text)
	l = &readList{names: read(key.text)}
	m.mu.Lock()
	defer m.mu.Unlock()
	if kept := m.read[key]; kept != nil {
		return kept
	}
	m.read[key] = l
	return l
}
