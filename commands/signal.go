package commands

import (
	"os"
	"os/signal"
	"sync/atomic"
	"syscall"
	"time"
)

// onSignal calls cleanup when the process is asked to end, and then lets it end in
// the way that the signal asks for. A second signal ends it at once. Stop ends
// that, and does not return where the process is ending.
func onSignal(cleanup func()) (stop func()) {
	signals, done := make(chan os.Signal, 1), make(chan struct{})
	var ending atomic.Bool
	for _, s := range []os.Signal{os.Interrupt, syscall.SIGTERM, syscall.SIGHUP} {
		if !signal.Ignored(s) { // as nohup makes it
			signal.Notify(signals, s)
		}
	}
	go func() {
		select {
		case s := <-signals:
			ending.Store(true)
			signal.Reset(os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
			cleanup()
			endBy(s)
		case <-done:
		}
	}()
	return func() {
		if ending.Load() {
			select {}
		}
		signal.Stop(signals)
		close(done)
	}
}

// endBy ends the process as a signal does by default: shells distinguish that from an
// exit status.
func endBy(s os.Signal) {
	if p, err := os.FindProcess(os.Getpid()); err == nil && p.Signal(s) == nil {
		time.Sleep(time.Second) // it does not return from the signal
	}
	os.Exit(exitFailure)
}
