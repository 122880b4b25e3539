package commands

import (
	"bytes"
	"io"
	"time"
	"unicode"
	"unicode/utf8"
)

const (
	// backKey is what [keys] reads for Up and Esc: a control character (Ctrl-]) that
	// means nothing to the line editor.
	backKey = '\x1d'

	// escapeWait is how long the rest of a key's sequence may take after its Esc, as
	// over a slow connection: shorter than a person needs for a second key.
	escapeWait = 50 * time.Millisecond
)

// What a terminal sends, or is sent, about pasted text.
const (
	pasteStart = "\x1b[200~"
	pasteEnd   = "\x1b[201~"
	pasteOn    = "\x1b[?2004h"
	pasteOff   = "\x1b[?2004l"
)

// keys reads what a terminal sends for the line editor. Up and Esc become [backKey],
// and text that is pasted one line: its line breaks become spaces, so that none of
// them answers a question.
type keys struct {
	in       io.Reader
	chunks   chan chunk
	inFlight bool   // a read of in is under way
	raw      []byte // not yet translated
	out      []byte // translated
	err      error
	pasting  bool
	space    bool // pasted text had space after its last word
	begun    bool // pasted text had a word
}

type chunk struct {
	data []byte
	err  error
}

func newKeys(in io.Reader) *keys { return &keys{in: in, chunks: make(chan chunk, 1)} }

// Read reads keys.
func (k *keys) Read(p []byte) (int, error) {
	for len(k.out) == 0 {
		if k.err != nil {
			return 0, k.err
		}
		if len(k.raw) == 0 || k.pasting {
			k.more(nil)
		} else if timer := time.NewTimer(escapeWait); !k.more(timer.C) {
			k.giveUp()
		}
		k.translate()
	}
	n := copy(p, k.out)
	k.out = k.out[n:]
	return n, nil
}

// more reads what comes, and reports whether anything did in time.
func (k *keys) more(timeout <-chan time.Time) bool {
	if !k.inFlight {
		k.inFlight = true
		go func() {
			data := make([]byte, 4096)
			n, err := k.in.Read(data)
			k.chunks <- chunk{data[:n], err}
		}()
	}
	select {
	case c := <-k.chunks:
		k.inFlight = false
		k.raw, k.err = append(k.raw, c.data...), c.err
		if c.err != nil {
			k.giveUp()
		}
		return true
	case <-timeout:
		return false
	}
}

// giveUp takes what is left for what it is: nothing comes that would end a sequence.
func (k *keys) giveUp() {
	if !k.pasting && bytes.Equal(k.raw, []byte{'\x1b'}) {
		k.out, k.raw = append(k.out, backKey), nil
		return
	}
	if at := bytes.LastIndexByte(k.raw, '\x1b'); at >= 0 && !k.pasting && isUnfinished(k.raw[at:]) {
		k.out, k.raw = append(k.out, k.raw...), nil
	}
}

// translate translates as much as is complete.
func (k *keys) translate() {
	for len(k.raw) > 0 {
		if k.pasting {
			if !k.paste() {
				return
			}
			continue
		}
		at := bytes.IndexByte(k.raw, '\x1b')
		if at < 0 {
			k.out, k.raw = append(k.out, k.raw...), nil
			return
		}
		k.out, k.raw = append(k.out, k.raw[:at]...), k.raw[at:]
		switch {
		case isUnfinished(k.raw):
			return
		case k.cut(pasteStart):
			k.pasting, k.space, k.begun = true, false, false
		case k.cut("\x1b[A"), k.cut("\x1bOA"):
			k.out = append(k.out, backKey)
		case len(k.raw) > 1 && k.raw[1] == '\x1b': // pressed twice
			k.out, k.raw = append(k.out, backKey), k.raw[1:]
		default:
			k.out, k.raw = append(k.out, '\x1b'), k.raw[1:]
		}
	}
}

// cut removes a sequence that comes next, and reports whether it did.
func (k *keys) cut(sequence string) bool {
	rest, ok := bytes.CutPrefix(k.raw, []byte(sequence))
	if ok {
		k.raw = rest
	}
	return ok
}

// isUnfinished reports whether what begins with Esc may be the begin of a sequence
// that is translated.
func isUnfinished(raw []byte) bool {
	for _, sequence := range []string{pasteStart, pasteEnd, "\x1b[A", "\x1bOA"} {
		if len(raw) < len(sequence) && bytes.HasPrefix([]byte(sequence), raw) {
			return true
		}
	}
	return false
}

// paste takes pasted text up to its end, and reports whether there is more to
// translate.
func (k *keys) paste() bool {
	for len(k.raw) > 0 {
		switch {
		case k.cut(pasteEnd):
			k.pasting = false
			return true
		case k.raw[0] == '\x1b' && isUnfinished(k.raw), !utf8.FullRune(k.raw):
			return false
		}
		r, size := utf8.DecodeRune(k.raw)
		switch {
		case unicode.IsSpace(r):
			k.space = true
		case !unicode.IsControl(r) && (r != utf8.RuneError || size > 1):
			if k.space && k.begun {
				k.out = append(k.out, ' ')
			}
			k.space, k.begun = false, true
			k.out = append(k.out, k.raw[:size]...)
		}
		k.raw = k.raw[size:]
	}
	return false
}
