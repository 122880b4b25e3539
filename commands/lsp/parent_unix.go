//go:build unix

package lsp

import (
	"errors"
	"syscall"
)

// isRunning reports whether a process is there.
func isRunning(pid int) bool { return !errors.Is(syscall.Kill(pid, 0), syscall.ESRCH) }
