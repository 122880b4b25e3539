// Package txn is the only writer of an archive. It commits a set of changed
// files to a directory tree: all of them or none, whenever the process is killed.
//
// # How a commit goes
//
// All that a commit needs is in one hidden directory of the root, .newsctl-work,
// which is there only while a command has the [Lock]:
//
//	.gitignore   hides the directory from git
//	lock         what keeps two writers apart: a lock of the kernel, gone with its process
//	holder       who has the lock, for the message to those who wait
//	0.new 1.new  the new bytes of each file, until they are renamed into the tree
//	0.old 1.old  the files that are replaced or removed, as hard links
//	journal      the changes under way: what each file was and is to become
//
// The order of things is what makes a commit safe:
//
//  1. Check every file against what the change was made from.
//  2. Stage: write the new bytes, link the old files, and sync both to the disk.
//  3. Write the journal. From here on the change is under way.
//  4. Apply: check each file once more, then rename or remove it: new files first,
//     removals last. Sync the directories.
//  5. Give the tree a new [Generation], and remove the journal. From here on the
//     change is made.
//  6. Sweep the work directory.
//
// A journal is thus always a change that was not finished, and what completes it
// is to undo it; where a saved copy was lost meanwhile, to finish it. An error in
// steps 1 to 4 takes that way at once; a killed process leaves it to the next
// command, which calls [Recover] first. Undoing asks the content of each file, not
// how far the commit came, so that it can itself be killed and begun again.
//
// # Invariants
//
//   - The tree is the old one or the new one after a commit, and after a recovery.
//   - At every moment each replaced file is there, old or new, and of what is read
//     within one generation all is old or all is new: readers need no lock.
//   - A file that somebody else changed is never overwritten, not even by undoing.
//   - A saved copy is used only if it has the hash that it should have, and a
//     journal only if a command of this very tree left it.
//   - No symbolic link is followed below the root, and nothing of git is touched.
//
// Where the disk ignores case, a file that moves to another case of its own name is
// one file: it is changed in place and then renamed. Undoing gives the old name back.
package txn

import (
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
)

// Hash names the bytes of a file by their SHA-256 in hexadecimal digits.
type Hash string

// Absent is the hash of a file that is not there.
const Absent Hash = ""

// HashOf returns the hash of a file's bytes.
func HashOf(data []byte) Hash {
	sum := sha256.Sum256(data)
	return Hash(hex.EncodeToString(sum[:]))
}

// Tree is a tree of files that commands change one at a time.
type Tree struct {
	Root string

	// Distrust, if not nil, returns why a journal found in the tree is not to be
	// used, or nothing. It is asked only if there is one.
	Distrust func() (why string)

	hook  hook // of tests
	hurry bool // tests do not wait for clocks
}

// Op is one change of one file: its bytes are written, or it is removed. A file
// that moves is two changes, one at each path.
type Op struct {
	Path   string // slash-separated, relative to the root
	From   string // the path of the file that moves here and keeps its mode, or empty
	Before Hash   // of the file the change was made from; Absent: there must be none
	Data   []byte // the new bytes; of no meaning if Remove is set
	Remove bool

	// Mode is the mode of a file that comes back after it was removed; 0: that of a new
	// file.
	Mode fs.FileMode

	to string // the name that the disk takes for the same, if the file moves there
}

func (op Op) after() Hash {
	if op.Remove {
		return Absent
	}
	return HashOf(op.Data)
}
