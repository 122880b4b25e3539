// Package pattern matches paths with the patterns of the configuration, as drafts/**
// or *.pdf.
package pattern

import (
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
)

// MatchAny reports whether a path, or a directory that contains it, is one of the
// patterns or matches one.
func MatchAny(patterns []string, p string) bool {
	if len(patterns) == 0 {
		return false
	}
	parts := strings.Split(p, "/")
	for _, pattern := range patterns {
		pattern = strings.Trim(pattern, "/")
		if p == pattern || strings.HasPrefix(p, pattern+"/") {
			return true
		}
		if strings.Contains(pattern, anyDirs) {
			if matchParts(strings.Split(pattern, "/"), parts) {
				return true
			}
			continue
		}
		if ok, _ := path.Match(pattern, p); ok {
			return true
		}
		if ok, _ := path.Match(pattern, path.Base(p)); ok && !strings.Contains(pattern, "/") {
			return true
		}
	}
	return false
}

// anyDirs stands for any number of directories in a pattern.
const anyDirs = "**"

// matchParts reports whether the parts of a path match those of a pattern.
func matchParts(pattern, parts []string) bool {
	for i, part := range pattern {
		switch {
		case part == anyDirs && i == len(pattern)-1:
			return i < len(parts)
		case part == anyDirs:
			for skip := i; skip < len(parts); skip++ {
				if matchParts(pattern[i+1:], parts[skip:]) {
					return true
				}
			}
			return false
		case i >= len(parts):
			return false
		}
		if ok, _ := path.Match(part, parts[i]); !ok {
			return false
		}
	}
	return len(pattern) == len(parts)
}

// Invalid returns why no path in an archive can match a pattern, or
// nothing. What only looks as if it could, since other programs read it so, is
// invalid as well.
func Invalid(pattern string) string {
	if strings.HasPrefix(pattern, "!") {
		return `a pattern cannot take back another; write \! for a name that begins with it`
	}
	if alternatives.MatchString(pattern) {
		return "{a,b} does not mean one of several; write a pattern for each"
	}
	if strings.TrimSpace(pattern) != pattern {
		return "it begins or ends with a space"
	}
	for _, part := range strings.Split(strings.Trim(pattern, "/"), "/") {
		name, why := sampleName(part)
		switch {
		case why != "":
			return why
		case name == "..":
			return "it is outside the archive; paths are relative to its root"
		case !fs.ValidPath(name) || name == ".":
			return "no path has a part like that; write it as path/to/files or *.pdf"
		}
	}
	return ""
}

// alternatives match what shells and other programs read as one of several texts.
var alternatives = regexp.MustCompile(`\{[^{}]*,[^{}]*\}`)

// sampleName returns a name that matches a part of a pattern, or why there is none.
func sampleName(part string) (name, why string) {
	if part == anyDirs {
		return "any", ""
	}
	if strings.Contains(part, anyDirs) {
		return "", "** is a part of a path by itself, as in drafts/**/old"
	}
	rest := part
	for rest != "" {
		c := rest[0]
		size := 1
		switch c {
		case '*', '?':
			name += "x"
		case '[':
			end := classEnd(rest)
			if end < 0 {
				return "", "unbalanced bracket"
			}
			member, ok := memberOf(rest[:end])
			if !ok {
				return "", "nothing matches " + rest[:end]
			}
			name, size = name+member, end
		case '\\':
			r := []rune(rest[1:])
			if len(r) == 0 || !strings.ContainsRune(`*?[]\!`, r[0]) {
				return "", `a backslash is before *, ?, [, ], \\ or !; between directories write /`
			}
			name, size = name+string(r[0]), 2
		default:
			name += rest[:1]
		}
		rest = rest[size:]
	}
	if ok, err := path.Match(part, name); err != nil || !ok {
		return "", "it is not a pattern"
	}
	return name, ""
}

// classEnd returns where a class of characters ends, [a-z] or [^a-z], or -1.
func classEnd(s string) int {
	for i := 1; i < len(s); i++ {
		switch {
		case s[i] == '\\':
			i++
		case s[i] == ']' && i > 1 && s[:i] != "[^":
			return i + 1
		}
	}
	return -1
}

// memberOf returns a character that a class holds, if there is one.
func memberOf(class string) (string, bool) {
	candidates := append([]rune(class), 'a', 'A', '0', '_', 'é', '新')
	slices.Sort(candidates)
	for _, r := range candidates {
		if ok, err := path.Match(class, string(r)); err == nil && ok && r != '/' {
			return string(r), true
		}
	}
	return "", false
}
