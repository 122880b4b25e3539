package git

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"os/exec"
	"strconv"
)

// ReadEach calls do for each regular file at one of paths, in their order, with its
// place among them. The data is only good until do returns.
func (f *files) ReadEach(paths []string, do func(i int, data []byte)) error {
	var places []int
	var ids bytes.Buffer
	for i, p := range paths {
		if e, err := f.entry(p); err == nil && e.Type().IsRegular() {
			places = append(places, i)
			ids.WriteString(e.id + "\n")
		}
	}
	if len(places) == 0 {
		return nil
	}
	return f.repo.stream(&ids, func(i int, data []byte) { do(places[i], data) })
}

// stream reads objects by their ids, one a line, and calls do for each.
func (r *Repo) stream(ids io.Reader, do func(i int, data []byte)) error {
	cmd := r.command("cat-file", "--batch", "--buffer")
	cmd.Stdin = ids
	return read(cmd, func(out *bufio.Reader) error { return readObjects(out, do) })
}

// read runs a command, whose output do reads.
func read(cmd *exec.Cmd, do func(out *bufio.Reader) error) error {
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	readErr := do(bufio.NewReaderSize(out, 256<<10))
	if readErr != nil {
		cmd.Process.Kill() // it may be waiting to be read
	}
	err = cmd.Wait()
	if stderr.Len() > 0 && err != nil {
		return failed(stderr.String(), err)
	}
	return errors.Join(readErr, err)
}

// readObjects reads what git cat-file answers, as [objects.next] does.
func readObjects(in *bufio.Reader, do func(i int, data []byte)) error {
	var data []byte
	for i := 0; ; i++ {
		header, err := in.ReadSlice('\n')
		if err == io.EOF && len(header) == 0 {
			return nil
		}
		if err != nil {
			return err
		}
		parts := bytes.Fields(header)
		if len(parts) != 3 {
			return errMissing
		}
		size, err := strconv.Atoi(string(parts[2]))
		if err != nil {
			return err
		}
		if cap(data) < size+1 {
			data = make([]byte, 2*size+1)
		}
		data = data[:size+1]
		if _, err := io.ReadFull(in, data); err != nil {
			return err
		}
		do(i, data[:size])
	}
}
