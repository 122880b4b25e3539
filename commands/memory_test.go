package commands

import (
	"runtime"
	"runtime/debug"
	"testing"
	"time"
)

func TestGarbageFor(t *testing.T) {
	const mib = 1 << 20
	for _, test := range []struct {
		size, live int64
		want       int
	}{
		{384 * mib, 0, mostGarbage},
		{384 * mib, 4 * mib, mostGarbage},
		{384 * mib, 192 * mib, 100},
		{384 * mib, 384 * mib, leastGarbage},
		{384 * mib, 4000 * mib, leastGarbage},
	} {
		if got := garbageFor(test.size, test.live); got != test.want {
			t.Errorf("garbageFor(%d, %d) = %d, want %d", test.size, test.live, got, test.want)
		}
	}
}

// TestCollectAt sees the percentage follow what is in use.
func TestCollectAt(t *testing.T) {
	before := heapSize.Load()
	t.Cleanup(func() { heapSize.Store(before) })
	t.Setenv("GOGC", "")
	t.Setenv("GOMEMLIMIT", "")
	percent := func() int {
		now := debug.SetGCPercent(100)
		debug.SetGCPercent(now)
		return now
	}
	collectAt(384 << 20)
	held := make([]byte, 256<<20)
	for range 100 {
		runtime.GC()
		if percent() < 100 {
			break
		}
		time.Sleep(10 * time.Millisecond) // until the finalizer ran
	}
	if got := percent(); got < leastGarbage || got >= 100 {
		t.Errorf("%d%% of garbage beside 256 MiB in use", got)
	}
	runtime.KeepAlive(held)
}
