package plan

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"testing"
)

// TestHash holds the hash of a plan to be that of the file in which it is saved, and to
// be the same once it is read back.
func TestHash(t *testing.T) {
	t.Parallel()
	h := newTestHistory(t)
	h.write(map[string]string{"faq/a.md": "a\n", "faq/b.md": "b\n"})
	a := h.archive()
	c := a.NewChanges()
	c.Replace(a.Page("faq/a.md"), []byte("other\n"))
	c.Delete(a.Page("faq/b.md"))
	c.Create("faq/empty.md", []byte{})
	c.Intent.Named = map[string]string{"Z": "Y", "B": "C"}
	p, err := Guard(c, nil)
	if err != nil {
		t.Fatal(err)
	}
	var file bytes.Buffer
	if err := p.Save(&file); err != nil {
		t.Fatal(err)
	}
	hash, err := p.Hash()
	if want := fmt.Sprintf("%x", sha256.Sum256(file.Bytes())); err != nil || hash != want {
		t.Errorf("the hash is %s (%v), want %s", hash, err, want)
	}
	saved, err := ReadPlan(&file)
	if err != nil {
		t.Fatal(err)
	}
	again, err := Resume(h.archive(), saved)
	if err != nil {
		t.Fatal(err)
	}
	if got, _ := again.Hash(); got != hash {
		t.Errorf("read back, the hash is %s, want %s", got, hash)
	}
}
