package source

import "bytes"

// ReadDead returns the dead sources of a ledger, by their keys. Lines of other
// sources are read only as far as that takes: a check of pages asks for no more.
// Errors are those of [ReadLedger], but for errors in such lines.
func ReadDead(src []byte, p Policy) (map[string]Entry, error) {
	failed := NewLedger()
	sorted := true // and no source has two lines
	var last []byte
	err := eachLine(src, func(line []byte) error {
		url, ok := urlOf(line)
		sorted = sorted && ok && bytes.Compare(last, url) < 0
		last = url
		if ok && !mayBeDead(line, p) {
			return nil
		}
		e, err := readFast(line)
		if err == nil && e.Failures > 0 {
			failed.Add(e)
		}
		return err
	})
	if !sorted {
		return readUnsorted(src, p)
	}
	failed.Keep(func(key string) bool { return p.isDead(failed.entries[key]) })
	return failed.entries, err
}

// readUnsorted is [ReadDead] for a ledger whose sources may have several lines.
func readUnsorted(src []byte, p Policy) (map[string]Entry, error) {
	l, err := ReadLedger(src)
	l.Keep(func(key string) bool { return p.isDead(l.entries[key]) })
	return l.entries, err
}

var (
	entryStart  = []byte(`{"url":"`)
	failuresKey = []byte(`"failures":`)
)

// mayBeDead reports whether a line may say that its source is dead.
func mayBeDead(line []byte, p Policy) bool {
	_, after, ok := bytes.Cut(line, failuresKey)
	n, _, isNumber := cutNumber(after)
	return ok && (!isNumber || n >= p.Failures)
}

// urlOf returns the address of a line as the ledger writes it, if it is one.
func urlOf(line []byte) ([]byte, bool) {
	rest, ok := bytes.CutPrefix(line, entryStart)
	end := bytes.IndexByte(rest, '"')
	if !ok || end < 0 || line[len(line)-1] != '}' || bytes.IndexByte(rest[:end], '\\') >= 0 {
		return nil, false
	}
	return rest[:end], true
}

// readFast is [readEntry], and faster where a line is as the ledger writes it.
func readFast(line []byte) (Entry, error) {
	if e, ok := readWritten(line); ok {
		return e, e.check()
	}
	return readEntry(line)
}

// readWritten reads a line in the form that the ledger writes, of ASCII and with no
// escapes, and reports whether it is in that form.
func readWritten(line []byte) (e Entry, ok bool) {
	rest := line
	for separator := byte('{'); len(rest) > 1 && rest[0] == separator; separator = ',' {
		var name, text []byte
		var n int
		if name, rest, ok = cutQuoted(rest[1:]); !ok || len(rest) < 2 || rest[0] != ':' {
			return e, false
		}
		if rest = rest[1:]; rest[0] == '"' {
			text, rest, ok = cutQuoted(rest)
			ok = ok && e.setText(string(name), text)
		} else {
			n, rest, ok = cutNumber(rest)
			ok = ok && e.setNumber(string(name), n)
		}
		if !ok {
			return e, false
		}
	}
	return e, ok && string(rest) == "}"
}

// setText sets a field of an entry that is a text, and reports whether there is one.
func (e *Entry) setText(name string, text []byte) bool {
	var at *Time
	switch name {
	case "url":
		e.URL = string(text)
	case "kind":
		e.Kind = Kind(text)
	case "to":
		e.To = string(text)
	case "note":
		e.Note = string(text)
	case "firstSeen":
		at = &e.FirstSeen
	case "lastAsked":
		at = &e.LastAsked
	case "lastGood":
		at = &e.LastGood
	case "failingSince":
		at = &e.FailingSince
	case "lastFailed":
		at = &e.LastFailed
	case "notBefore":
		at = &e.NotBefore
	case "saved":
		at = &e.Saved
	default:
		return false
	}
	return at == nil || at.UnmarshalText(text) == nil
}

// setNumber sets a field of an entry that is a number, and reports whether there is
// one.
func (e *Entry) setNumber(name string, n int) bool {
	switch name {
	case "status":
		e.Status = n
	case "failures":
		e.Failures = n
	default:
		return false
	}
	return true
}

// cutQuoted cuts a text in quotes off the beginning of src.
func cutQuoted(src []byte) (text, rest []byte, ok bool) {
	for i := 1; i < len(src) && src[0] == '"'; i++ {
		switch c := src[i]; {
		case c == '"':
			return src[1:i], src[i+1:], true
		case c < ' ' || c > '~' || c == '\\':
			return nil, src, false
		}
	}
	return nil, src, false
}

// maxDigits is how many digits a number of a ledger has at most.
const maxDigits = 9

// cutNumber cuts a number off the beginning of src.
func cutNumber(src []byte) (n int, rest []byte, ok bool) {
	i := 0
	for ; i < len(src) && '0' <= src[i] && src[i] <= '9'; i++ {
		n = n*10 + int(src[i]-'0')
		if i == maxDigits || i > 0 && src[0] == '0' {
			return 0, src, false
		}
	}
	return n, src[i:], i > 0
}
