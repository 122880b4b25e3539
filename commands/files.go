package commands

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// replaceFile writes a file anew, be it there or not: all of it, or nothing.
func replaceFile(file string, data []byte, mode fs.FileMode) error {
	tmp, err := os.CreateTemp(filepath.Dir(file), ".newsctl-*")
	if err != nil {
		return err
	}
	_, err = tmp.Write(data)
	err = errors.Join(err, tmp.Chmod(mode), tmp.Sync(), tmp.Close())
	if err == nil {
		err = os.Rename(tmp.Name(), file)
	}
	if err != nil {
		return errors.Join(err, os.Remove(tmp.Name()))
	}
	return nil
}

// maxLine is the longest line that is read, in bytes.
const maxLine = 1 << 20

// lines calls do for each line of r, numbered from 1.
func lines(r io.Reader, do func(n int, line string) error) error {
	in := bufio.NewScanner(r)
	in.Buffer(nil, maxLine)
	n := 1
	for ; in.Scan(); n++ {
		if err := do(n, in.Text()); err != nil {
			return err
		}
	}
	if errors.Is(in.Err(), bufio.ErrTooLong) {
		return fmt.Errorf("line %d is longer than 1 MiB; headlines are not", n)
	}
	return in.Err()
}
