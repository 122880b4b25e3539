package catalog

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"os"
	"path/filepath"
	"unsafe"
)

// magic begins every file of a catalog. The number changes with the layout.
const magic = "newsctl catalog 3\n"

// errBroken is the error of a file that is torn, foreign or of another state. It
// never leaves the package: such a file counts as not there.
var errBroken = errors.New("broken catalog file")

// sumSize is the length of the checksum that ends a file.
const sumSize = 4

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// writeFile writes a body under a name, whole or not at all. A body that is lost
// with the power is found by its checksum, so the file is not synced.
func writeFile(name, state string, body func(*Writer)) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(name), tmpPrefix+"*")
	if err != nil {
		return err
	}
	w := Writer{file: f, bytes: header(state)}
	body(&w)
	w.spill()
	w.bytes = binary.LittleEndian.AppendUint32(w.bytes, w.sum)
	w.spill()
	if err = errors.Join(w.err, f.Close()); err == nil {
		err = os.Rename(f.Name(), name)
	}
	if err != nil {
		os.Remove(f.Name())
	}
	return err
}

// spill moves what was written to the file of the writer, if it has one.
func (w *Writer) spill() {
	if w.file != nil {
		w.put(w.bytes)
		w.bytes = w.bytes[:0]
	}
}

// put writes to the file.
func (w *Writer) put(data []byte) {
	w.sum = crc32.Update(w.sum, castagnoli, data)
	if w.err == nil {
		_, w.err = w.file.Write(data)
	}
}

// maxHeld is how many bytes are held at most before they are written to a file.
const maxHeld = 1 << 16

// raw writes a text as it is.
func (w *Writer) raw(s string) {
	if w.file != nil && len(w.bytes)+len(s) > maxHeld {
		w.spill()
		if len(s) > maxHeld {
			w.put(unsafe.Slice(unsafe.StringData(s), len(s)))
			return
		}
	}
	w.bytes = append(w.bytes, s...)
}

const tmpPrefix = ".tmp-"

// header returns how a file of a state begins.
func header(state string) []byte {
	w := Writer{bytes: []byte(magic)}
	w.String(state)
	return w.bytes
}

// readFile returns the body of a file that is whole and of the state.
func readFile(name, state string) (string, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return "", err
	}
	head := header(state)
	end := len(data) - sumSize
	if end < len(head) || !bytes.HasPrefix(data, head) {
		return "", errBroken
	}
	if crc32.Checksum(data[:end], castagnoli) != binary.LittleEndian.Uint32(data[end:]) {
		return "", errBroken
	}
	body := data[len(head):end]
	return unsafe.String(unsafe.SliceData(body), len(body)), nil // nobody else has the bytes
}
