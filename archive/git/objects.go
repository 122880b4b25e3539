package git

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"strconv"
	"strings"
	"sync"
)

// objects reads objects through one process of git, one at a time.
type objects struct {
	mu  sync.Mutex
	cmd *exec.Cmd
	in  io.WriteCloser
	out *bufio.Reader
	err error // of starting it, or of reading: all further reads fail
}

// errMissing says that there is no object of a name.
var errMissing = errors.New("git: the object is missing; the repository may be damaged, see git fsck")

// object returns the id and the contents of an object by its id, or by another
// name that git knows.
func (r *Repo) object(name string) (id string, data []byte, err error) {
	r.mu.Lock()
	if r.objects == nil {
		r.objects = newObjects(r.command("cat-file", "--batch"))
	}
	objects := r.objects
	r.mu.Unlock()
	return objects.read(name)
}

// stopReading ends the process that reads objects; the next read starts another.
func (r *Repo) stopReading() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.objects == nil {
		return nil
	}
	err := r.objects.close()
	r.objects = nil
	return err
}

func newObjects(cmd *exec.Cmd) *objects {
	o := &objects{cmd: cmd}
	var out io.Reader
	if o.in, o.err = cmd.StdinPipe(); o.err != nil {
		return o
	}
	if out, o.err = cmd.StdoutPipe(); o.err != nil {
		return o
	}
	o.out = bufio.NewReaderSize(out, 64<<10)
	o.err = cmd.Start()
	return o
}

// read asks for one object. What goes wrong in that is the error of all reads
// behind it, since what git says next is unknown.
func (o *objects) read(name string) (id string, data []byte, err error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.err != nil {
		return "", nil, o.err
	}
	id, data, err = o.ask(name)
	if err != nil && !errors.Is(err, errMissing) {
		o.err = fmt.Errorf("git cat-file failed: %w", err)
		err = o.err
	}
	return id, data, err
}

// ask asks for one object and reads the answer:
//
//	<id> <kind> <size>
//	contents and a line end
func (o *objects) ask(name string) (id string, data []byte, err error) {
	if _, err := io.WriteString(o.in, name+"\n"); err != nil {
		return "", nil, err
	}
	header, err := o.out.ReadString('\n')
	if err != nil {
		return "", nil, err
	}
	parts := strings.Fields(header)
	if len(parts) != 3 {
		return "", nil, errMissing
	}
	size, err := strconv.Atoi(parts[2])
	if err != nil {
		return "", nil, err
	}
	data = make([]byte, size+1)
	if _, err := io.ReadFull(o.out, data); err != nil {
		return "", nil, err
	}
	return parts[0], data[:size], nil
}

func (o *objects) close() error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.cmd.Process == nil {
		return nil
	}
	o.in.Close()
	return o.cmd.Wait()
}
