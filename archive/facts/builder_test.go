package facts

import (
	"reflect"
	"sync"
	"testing"
)

// TestBuilder adds pages in no order, from several goroutines.
func TestBuilder(t *testing.T) {
	var pages []*Page
	for range 100 {
		pages = append(pages, sample()...)
	}
	b := NewBuilder(len(pages))
	var wg sync.WaitGroup
	for worker := range 4 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i := len(pages) - 1 - worker; i >= 0; i -= 4 {
				if pages[i] != nil {
					b.Add(i, pages[i])
				}
			}
		}()
	}
	wg.Wait()
	s := b.Set()
	var room Room
	for i, want := range pages {
		var got Page
		if there := s.Page(i, &got, &room); there != (want != nil) {
			t.Fatalf("page %d is there: %v", i, there)
		}
		if want == nil {
			continue
		}
		if head, ok := s.Head(i); !ok || head != want.Head {
			t.Errorf("page %d begins with %+v, want %+v", i, head, want.Head)
		}
		if !reflect.DeepEqual(unnumbered(&got), want) {
			t.Errorf("page %d is read as\n%+v\nwant\n%+v", i, got, *want)
		}
	}
}
