package catalog

import (
	"crypto/sha1"
	"encoding/hex"
	"fmt"
	"strconv"
)

// ID is the id that git gives a file's bytes: the SHA-1 of a blob object. In a
// repository with SHA-256 objects it is computed from the bytes all the same.
type ID [sha1.Size]byte

// IDOf returns the id of bytes.
func IDOf(data []byte) ID {
	h := sha1.New()
	h.Write(append(strconv.AppendInt([]byte("blob "), int64(len(data)), 10), 0))
	h.Write(data)
	return ID(h.Sum(nil))
}

// ParseID returns the id that git writes as 40 hexadecimal digits.
func ParseID(s string) (ID, error) {
	var id ID
	if len(s) == hex.EncodedLen(len(id)) {
		if _, err := hex.Decode(id[:], []byte(s)); err == nil {
			return id, nil
		}
	}
	return ID{}, fmt.Errorf("%q is not the id of an object", s)
}

// String returns the id as git writes it.
func (id ID) String() string { return hex.EncodeToString(id[:]) }
