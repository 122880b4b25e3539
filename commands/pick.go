package commands

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"newsctl/archive"
	"newsctl/archive/term"
)

// severalPages is the error of an argument that may name more than one page. It is
// met before anything is written.
type severalPages struct {
	arg, words string
	pages      []string // in byte order
	headline   func(page string) string
}

// Error lists the pages.
func (e *severalPages) Error() string {
	pages, more := e.pages, ""
	if n := len(pages) - maxCandidates; n > 0 {
		pages, more = pages[:maxCandidates], fmt.Sprintf("\n... and %d more", n)
	}
	return fmt.Sprintf("%q names more than one page; add words or name one of\n%s%s", e.words, strings.Join(pages, "\n"), more)
}

// pick lets somebody at the terminal choose the page that an argument names, if an
// error is about that, and reports whether it is chosen: then the command can run
// again.
func (e *env) pick(err error) bool {
	var several *severalPages
	if !errors.As(err, &several) || several.arg == "" || !isTerminal(e.stdin) {
		return false
	}
	if _, chosen := e.picked[several.arg]; chosen {
		return false
	}
	d, err := e.newDialogue()
	if err != nil {
		return false
	}
	defer d.close()
	pages := slices.Clone(several.pages)
	slices.SortFunc(pages, newestFirst)
	d.say("%s names more than one page:", strconv.Quote(several.words))
	for i, p := range pages[:min(len(pages), maxCandidates)] {
		_, day := archive.Classify(p)
		line := term.Escape(fmt.Sprintf("%4d  %-10s  %s", i+1, day, several.headline(p)))
		if width := e.stderr.width(); width > 0 {
			line = term.Head(line, width-1)
		}
		fmt.Fprintln(d.line, line)
	}
	if n := len(pages) - maxCandidates; n > 0 {
		d.say("      ... and %d more; add words to find them", n)
		pages = pages[:maxCandidates]
	}
	chosen := 0
	d.ask(question{text: fmt.Sprintf("Which one, 1 to %d", len(pages)), check: func(answer string) (err error) {
		if chosen, err = strconv.Atoi(strings.TrimSpace(answer)); err != nil || chosen < 1 || chosen > len(pages) {
			return fmt.Errorf("answer a number from 1 to %d; Ctrl-C cancels", len(pages))
		}
		return nil
	}, short: true}, "")
	if d.err != nil || d.back {
		return false
	}
	if e.picked == nil {
		e.picked = map[string]string{}
	}
	e.picked[several.arg] = pages[chosen-1]
	return true
}

// newestFirst orders the paths of events by their days, newest first.
func newestFirst(a, b string) int {
	_, x := archive.Classify(a)
	_, y := archive.Classify(b)
	if n := y.Compare(x); n != 0 {
		return n
	}
	return strings.Compare(a, b)
}
