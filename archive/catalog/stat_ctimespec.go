//go:build darwin || freebsd || netbsd

package catalog

import "syscall"

func changed(sys *syscall.Stat_t) int64 { return sys.Ctimespec.Nano() }
