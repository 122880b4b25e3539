package git

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strconv"
	"strings"
)

// Walk calls do for each regular file whose path is kept, in no order. The data is
// only good until do returns.
func (f *files) Walk(keep func(path string) bool, do func(path string, data []byte)) error {
	out, err := f.repo.run(f.listing...)
	if err != nil {
		return err
	}
	var paths []string
	var ids bytes.Buffer
	for len(out) > 0 {
		record, rest, _ := bytes.Cut(out, []byte{0})
		out = rest
		path, id, ok := f.repo.parseListed(string(record))
		if ok && keep(path) {
			paths = append(paths, path)
			ids.WriteString(id + "\n")
		}
	}
	return f.repo.stream(&ids, func(i int, data []byte) { do(paths[i], data) })
}

// parseListed reads a record of git ls-files -s, or of git ls-tree:
//
//	<mode> <id> <stage><tab><path>
//	<mode> blob <id><tab><path>
//
// It is not ok for what is not a regular file of the archive.
func (r *Repo) parseListed(record string) (path, id string, ok bool) {
	head, path, _ := strings.Cut(record, "\t")
	parts := strings.Fields(head)
	if len(parts) != 3 || !strings.HasPrefix(parts[0], "100") {
		return "", "", false
	}
	id = parts[1]
	if id == "blob" {
		id = parts[2]
	}
	path, ok = strings.CutPrefix(path, r.prefix)
	return path, id, ok
}

// stream reads objects by their ids, one a line, and calls do for each.
func (r *Repo) stream(ids io.Reader, do func(i int, data []byte)) error {
	cmd := r.command("cat-file", "--batch", "--buffer")
	var stderr bytes.Buffer
	cmd.Stdin, cmd.Stderr = ids, &stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	readErr := readObjects(bufio.NewReaderSize(out, 256<<10), do)
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
