//go:build linux || darwin || freebsd || netbsd || openbsd

package catalog

import (
	"errors"

	"golang.org/x/sys/unix"
)

// statAt returns the stat data of what has a name in an open directory, or zero if
// nothing has, and whether it is a regular file.
func statAt(dir int, name string) (s Stat, regular bool) {
	var st unix.Stat_t
	if uninterrupted(func() error { return unix.Fstatat(dir, name, &st, unix.AT_SYMLINK_NOFOLLOW) }) != nil {
		return Stat{}, false
	}
	s = Stat{Size: st.Size, ModTime: st.Mtim.Nano(), Changed: st.Ctim.Nano(), Inode: uint64(st.Ino), Mode: uint32(st.Mode)}
	return s, st.Mode&unix.S_IFMT == unix.S_IFREG
}

// statOf returns the stat data of what has a name, or zero if nothing has, and whether
// it is a regular file.
func statOf(name string) (s Stat, regular bool) { return statAt(unix.AT_FDCWD, name) }

// worthOpening is how many names a directory has at least, if opening it takes less time
// than that the system looks it up for each of them.
const worthOpening = 8

// statNames returns the stat data of the regular files of names in a directory, and
// zero for other names. The system looks up a directory of many names once.
func statNames(dir string, names []string) []Stat {
	out := make([]Stat, len(names))
	if len(names) < worthOpening {
		for i, name := range names {
			if s, regular := statOf(dir + "/" + name); regular {
				out[i] = s
			}
		}
		return out
	}
	var fd int
	if uninterrupted(func() (err error) {
		fd, err = unix.Open(dir, unix.O_RDONLY|unix.O_DIRECTORY|unix.O_CLOEXEC, 0)
		return err
	}) != nil {
		return out
	}
	defer unix.Close(fd)
	for i, name := range names {
		if s, regular := statAt(fd, name); regular {
			out[i] = s
		}
	}
	return out
}

// uninterrupted calls do until no signal interrupts it.
func uninterrupted(do func() error) error {
	for {
		if err := do(); !errors.Is(err, unix.EINTR) {
			return err
		}
	}
}
