package commands

import (
	"cmp"
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"sync/atomic"
)

// usualMemory is the size of the heap, in bytes, that a command may take before garbage
// is collected more often: what is known of an archive of 100,000 pages takes half of it.
const usualMemory = 256 << 20

const (
	// mostGarbage is how much garbage there may be beside what is in use, in percent.
	// More saves no time that could be measured.
	mostGarbage = 400

	// leastGarbage is how much garbage there may be where more memory is in use than
	// there should be. With less, collecting takes more time than the work.
	leastGarbage = 50
)

// heapSize is the size that the heap is to have, in bytes.
var heapSize atomic.Int64

// collectAt makes the garbage collector run when the heap has a size, or grew by as
// little as is sensible, unless the environment says when it is to run.
func collectAt(size int64) {
	if cmp.Or(os.Getenv("GOGC"), os.Getenv("GOMEMLIMIT")) != "" {
		return
	}
	if heapSize.Swap(size) == 0 {
		afterCollection()
	}
	debug.SetGCPercent(garbageFor(size, liveHeap()))
}

// afterCollection sets when the collector runs next, after each time it ran.
func afterCollection() {
	type sentinel struct{ _ [16]byte }
	runtime.SetFinalizer(&sentinel{}, func(*sentinel) {
		debug.SetGCPercent(garbageFor(heapSize.Load(), liveHeap()))
		afterCollection()
	})
}

// garbageFor returns how much garbage there may be beside what is in use, in percent,
// so that the heap has a size.
func garbageFor(size, live int64) int {
	return int(max(leastGarbage, min(mostGarbage, 100*(size-live)/max(live, 1))))
}

// liveHeap returns how many bytes were in use when garbage was collected last.
func liveHeap() int64 {
	sample := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(sample)
	return int64(sample[0].Value.Uint64())
}
