package archivetest

import (
	"os"
	"syscall"
)

const (
	memory      = "/dev/shm"
	enough      = 1 << 30 // bytes; what tests of a package write at once is much less
	mountNoExec = 0x8     // ST_NOEXEC of statvfs(3)
)

// UseMemory puts the temporary directories of a package's tests into memory: they
// make thousands of small files and sync them. It returns what removes them again.
// With all seeds, or with TMPDIR set, they stay on the disk, and so they do where
// memory is short or programs cannot run from it.
func UseMemory() (remove func()) {
	var s syscall.Statfs_t
	if Seeds(0, 1) == 1 || os.Getenv("TMPDIR") != "" || syscall.Statfs(memory, &s) != nil ||
		s.Flags&mountNoExec != 0 || s.Bavail < enough/uint64(s.Bsize) {
		return func() {}
	}
	dir, err := os.MkdirTemp(memory, "newsctl-tests-")
	if err != nil {
		return func() {}
	}
	os.Setenv("TMPDIR", dir)
	return func() { os.RemoveAll(dir) }
}
