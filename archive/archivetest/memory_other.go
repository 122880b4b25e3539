//go:build !linux

package archivetest

// UseMemory does nothing: only Linux has a directory in memory that is always there.
func UseMemory() (remove func()) { return func() {} }
