package git

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"os/exec"
	"strconv"
)

// Walk calls do for each regular file that is kept, by its path and the id of its
// bytes, in no order. The data is only good until do returns.
func (f *files) Walk(keep func(path, id string) bool, do func(path string, data []byte)) error {
	var paths []string
	var ids bytes.Buffer
	err := f.repo.records(f.listing, func(record []byte) {
		path, id, ok := f.repo.parseListed(record)
		if ok && keep(path, id) {
			paths = append(paths, path)
			ids.WriteString(id + "\n")
		}
	})
	if err != nil || len(paths) == 0 {
		return err
	}
	return f.repo.stream(&ids, func(i int, data []byte) { do(paths[i], data) })
}

// parseListed reads a record of git ls-files -s, or of git ls-tree:
//
//	<mode> <id> <stage><tab><path>
//	<mode> blob <id><tab><path>
//
// It is not ok for what is not a regular file of the archive.
func (r *Repo) parseListed(record []byte) (path, id string, ok bool) {
	head, rest, _ := bytes.Cut(record, []byte{'\t'})
	mode, head, _ := bytes.Cut(head, []byte{' '})
	first, second, spaced := bytes.Cut(head, []byte{' '})
	rest, below := bytes.CutPrefix(rest, []byte(r.prefix))
	if !spaced || !below || !bytes.HasPrefix(mode, []byte("100")) {
		return "", "", false
	}
	if string(first) == "blob" {
		first = second
	}
	return string(rest), string(first), true
}

// records runs git and calls do for each record that it prints, which NUL ends. A
// record is only good until do returns.
func (r *Repo) records(args []string, do func(record []byte)) error {
	return read(r.command(args...), func(out *bufio.Reader) error {
		for {
			record, err := out.ReadSlice(0)
			switch {
			case err == io.EOF && len(record) == 0:
				return nil
			case err != nil:
				return err
			}
			do(record[:len(record)-1])
		}
	})
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
