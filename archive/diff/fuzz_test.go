package diff

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
)

func FuzzWrite(f *testing.F) {
	for _, seed := range [][2]string{
		{"", "a"},
		{"a\n", ""},
		{"a\nb\nc\n", "a\nB\nc"},
		{"a\r\nb\r\n", "a\nb\r\n"},
		{"\n\n\n\x00\n", "\n\xff\n\n"},
		{"1. [A](/a.md) _Context: X_\n2. [B](/b.md)\n", "1. [B](/b.md)\n"},
		{numbered(1, 30), numbered(5, 9) + "x\n" + numbered(16, 20)},
		{"a\nb\nc\na\nb\nb\na\n", "c\nb\na\nb\na\nc\n"},
	} {
		f.Add([]byte(seed[0]), []byte(seed[1]))
	}
	f.Fuzz(func(t *testing.T, before, after []byte) {
		if bytes.Equal(before, after) {
			return
		}
		c := edited(string(before), string(after))
		plain := checkApplies(t, c)
		checkTerminal(t, plain, c)
		checkSmallest(t, c)
	})
}

// checkApplies checks that the diff of an edit gives After when applied to
// Before, and returns it.
func checkApplies(t *testing.T, c Change) string {
	t.Helper()
	plain := written(t, Plain, c)
	got, err := apply(string(c.Before), plain)
	if err != nil {
		t.Fatalf("%v, in:\n%q", err, plain)
	}
	if got != string(c.After) {
		t.Fatalf("applied:\n%q\nwant:\n%q\ndiff:\n%q", got, c.After, plain)
	}
	return plain
}

// apply applies the diff of one edited file as strictly as a patch can be
// read: every line that stays or goes has to be where the hunk says.
func apply(before, diff string) (string, error) {
	lines := strings.SplitAfter(diff, "\n")
	lines = lines[3 : len(lines)-1] // no header, nothing after the last newline
	old := strings.SplitAfter(before, "\n")
	var after strings.Builder
	at, newLine := 0, 0 // lines of before that are done, lines that are written
	for len(lines) > 0 {
		oldSpan, newSpan, err := parseHunkHeader(lines[0])
		if err != nil {
			return "", err
		}
		if oldSpan.start < at {
			return "", fmt.Errorf("hunk %q overlaps the one before", lines[0])
		}
		lines = lines[1:]
		for ; at < oldSpan.start; at++ {
			after.WriteString(old[at])
			newLine++
		}
		if newLine != newSpan.start {
			return "", fmt.Errorf("hunk starts at new line %d, not %d", newSpan.start, newLine)
		}
		for len(lines) > 0 && !strings.HasPrefix(lines[0], "@@") {
			sign, text := lines[0][0], lines[0][1:]
			lines = lines[1:]
			if len(lines) > 0 && strings.HasPrefix(lines[0], `\`) {
				text = strings.TrimSuffix(text, "\n")
				lines = lines[1:]
			}
			if sign != '+' {
				if at >= len(old) || old[at] != text {
					return "", fmt.Errorf("old line %d is not %q", at, text)
				}
				at++
			}
			if sign != '-' {
				after.WriteString(text)
				newLine++
			}
		}
		if at != oldSpan.end || newLine != newSpan.end {
			return "", fmt.Errorf("hunk ends at %d, %d, not at %v, %v", at, newLine, oldSpan, newSpan)
		}
	}
	for ; at < len(old); at++ {
		after.WriteString(old[at])
	}
	return after.String(), nil
}

func parseHunkHeader(line string) (old, new span, err error) {
	var ranges [2]string
	if _, err := fmt.Sscanf(line, "@@ -%s +%s @@\n", &ranges[0], &ranges[1]); err != nil {
		return old, new, fmt.Errorf("no hunk header: %q", line)
	}
	for i, s := range []*span{&old, &new} {
		first, count := 0, 1
		if n, _ := fmt.Sscanf(ranges[i], "%d,%d", &first, &count); n == 0 {
			return old, new, fmt.Errorf("bad range in %q", line)
		}
		if count > 0 {
			first--
		}
		*s = span{first, first + count}
	}
	return old, new, nil
}

// checkSmallest checks the lines changed against the longest common subsequence, found the
// plain way, and that edits do not touch. Files too long for that are passed
// over.
func checkSmallest(t *testing.T, c Change) {
	t.Helper()
	old, new := splitLines(c.Before), splitLines(c.After)
	if len(old)*len(new) > 1<<16 {
		return
	}
	edits := compare(old, new)
	for i := 1; i < len(edits); i++ {
		if edits[i].old.start <= edits[i-1].old.end {
			t.Errorf("edits %v and %v touch", edits[i-1], edits[i])
		}
	}
	added, removed := c.stat()
	if common := commonLines(old, new); removed != len(old)-common || added != len(new)-common {
		t.Errorf("got +%d -%d of %d and %d lines, %d of them common", added, removed, len(new), len(old), common)
	}
}

// commonLines is the length of the longest common subsequence.
func commonLines(a, b []string) int {
	row := make([]int, len(b)+1)
	for i := range a {
		diagonal := 0
		for j := range b {
			above := row[j+1]
			if a[i] == b[j] {
				row[j+1] = diagonal + 1
			} else {
				row[j+1] = max(above, row[j])
			}
			diagonal = above
		}
	}
	return row[len(b)]
}
