package git

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"strconv"
	"strings"
	"sync"
)

// objects reads objects through one process of git. Several may be asked for at
// a time: git answers in order.
type objects struct {
	cmd    *exec.Cmd
	in     io.WriteCloser
	out    *bufio.Reader
	stderr bytes.Buffer

	mu    sync.Mutex
	asked chan chan<- answer // those who wait, in the order in which they asked
	err   error              // of starting it
	done  chan struct{}      // closed when the answers end
}

type answer struct {
	id   string
	data []byte
	err  error
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

// maxAsked is how many objects are asked for before the first is answered: enough
// to keep git at work.
const maxAsked = 64

func newObjects(cmd *exec.Cmd) *objects {
	o := &objects{cmd: cmd, asked: make(chan chan<- answer, maxAsked), done: make(chan struct{})}
	cmd.Stderr = &o.stderr
	var out io.Reader
	if o.in, o.err = cmd.StdinPipe(); o.err != nil {
		return o
	}
	if out, o.err = cmd.StdoutPipe(); o.err != nil {
		return o
	}
	o.out = bufio.NewReaderSize(out, 64<<10)
	if o.err = cmd.Start(); o.err == nil {
		go o.answer()
	}
	return o
}

// read asks for one object and waits for it.
func (o *objects) read(name string) (id string, data []byte, err error) {
	got := make(chan answer, 1)
	o.mu.Lock()
	if o.err != nil {
		o.mu.Unlock()
		return "", nil, o.err
	}
	o.asked <- got
	_, err = io.WriteString(o.in, name+"\n")
	o.mu.Unlock()
	a := <-got
	if a.err == nil && err != nil {
		a.err = err
	}
	return a.id, a.data, a.err
}

// answer reads what git answers. What goes wrong in that is the error of all reads
// after it, since what git says next is unknown.
func (o *objects) answer() {
	defer close(o.done)
	var broken error
	for got := range o.asked {
		if broken != nil {
			got <- answer{err: broken}
			continue
		}
		id, data, err := o.next()
		if err != nil && !errors.Is(err, errMissing) {
			broken = o.failure(err)
			err = broken
		}
		got <- answer{id, data, err}
	}
}

// failure returns what git says about an answer that failed.
func (o *objects) failure(err error) error {
	o.in.Close()
	o.cmd.Process.Kill() // it may be waiting to be read
	if exit := o.cmd.Wait(); exit != nil && o.stderr.Len() > 0 {
		return failed(o.stderr.String(), exit)
	}
	return fmt.Errorf("git cat-file failed: %w", err)
}

// next reads one answer:
//
//	<id> <kind> <size>
//	contents and a line end
func (o *objects) next() (id string, data []byte, err error) {
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
	if o.err != nil {
		return nil
	}
	o.err = errors.New("git cat-file was ended")
	o.in.Close()
	close(o.asked)
	<-o.done
	if o.cmd.ProcessState != nil {
		return nil // its failure was reported to those who read
	}
	return o.cmd.Wait()
}
