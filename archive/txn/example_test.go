package txn_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"newsctl/archive/txn"
)

// A page is read, and written again, under one lock: whoever changes it at the
// same time does so before or after.
func Example() {
	root, err := os.MkdirTemp("", "archive")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(root)

	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	lock, err := txn.Acquire(ctx, txn.Tree{Root: root}, "newsctl new")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer lock.Release()

	page := []byte("# A headline\n")
	fmt.Println(lock.Commit([]txn.Op{{Path: "news/2017/07/9/a-headline.md", Data: page}}))
	fmt.Println(lock.Commit([]txn.Op{{Path: "news/2017/07/9/a-headline.md", Data: page}}))

	written, err := os.ReadFile(filepath.Join(root, "news/2017/07/9/a-headline.md"))
	fmt.Printf("%s%v\n", written, err)
	// Output:
	// <nil>
	// nothing was written: news/2017/07/9/a-headline.md exists already
	// # A headline
	// <nil>
}
