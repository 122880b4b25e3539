package git

import (
	"errors"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// Merge merges a commit into HEAD without touching anything, and returns the
// tree that results, a version for the other methods, and the paths of the
// files that conflict, in which case the tree is of little use. It is not to be
// called while another method runs, and [Repo.Close] is to be called after it. It
// merges as git does by itself, not as merge drivers of the configuration do; but for
// those in r.Drivers.
func (r *Repo) Merge(rev string) (tree string, conflicts []string, err error) {
	head, err := r.resolve("HEAD", "commit")
	if err != nil && r.unborn() {
		return "", nil, errors.New("there is no commit yet to merge with")
	}
	if err != nil {
		return "", nil, err
	}
	other, err := r.resolve(rev, "commit")
	if err != nil {
		return "", nil, err
	}
	if _, err := r.MergeBase("HEAD", rev); err != nil {
		return "", nil, err
	}
	settings, err := r.withoutDrivers("merge", "driver=git merge-file -q --marker-size=%L %A %O %B")
	if err != nil {
		return "", nil, err
	}
	for name, command := range r.Drivers {
		settings = append(settings, "-c", "merge."+name+".driver="+command)
	}
	if err := r.useTmpObjects(); err != nil {
		return "", nil, err
	}
	fields, err := r.fields(append(settings, "merge-tree", "--write-tree", "--name-only", "--no-messages", "-z", head, other)...)
	switch status(err) {
	case usageStatus:
		return "", nil, errors.New("this git cannot merge without the work tree; install git 2.38 or later")
	case 1:
		err = nil
	}
	if err != nil || len(fields) == 0 {
		return "", nil, err
	}
	for _, p := range fields[1:] {
		if below, ok := strings.CutPrefix(p, r.prefix); ok && below != "" {
			conflicts = append(conflicts, below)
		}
	}
	return fields[0], conflicts, nil
}

// useTmpObjects makes git write new objects to a directory that is removed when
// the repository is closed, or the program is asked to end.
func (r *Repo) useTmpObjects() error {
	if r.tmpObjects != "" {
		return nil
	}
	out, err := r.run("rev-parse", "--git-path", "objects")
	if err != nil {
		return err
	}
	if r.tmpObjects, err = os.MkdirTemp("", "newsctl-merge-"); err != nil {
		return fmt.Errorf("no directory for the merge: %w", err)
	}
	removeWhenEnded(r.tmpObjects)
	objects := absolute(r.top, filepath.FromSlash(strings.TrimSpace(string(out))))
	if strings.ContainsRune(objects, filepath.ListSeparator) {
		objects = strconv.Quote(objects)
	}
	r.env = append(r.env, "GIT_OBJECT_DIRECTORY="+r.tmpObjects, "GIT_ALTERNATE_OBJECT_DIRECTORIES="+objects)
	return r.stopReading()
}

func (r *Repo) removeTmpObjects() error {
	if r.tmpObjects == "" {
		return nil
	}
	return os.RemoveAll(r.tmpObjects)
}

// removeWhenEnded removes a directory when a signal asks the program to end,
// which then ends as it would have.
func removeWhenEnded(dir string) {
	asked := make(chan os.Signal, 1)
	signal.Notify(asked, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	go func() {
		s := <-asked
		os.RemoveAll(dir)
		signal.Reset(s)
		self, err := os.FindProcess(os.Getpid())
		if err != nil || self.Signal(s) != nil {
			os.Exit(fatalStatus)
		}
	}()
}
