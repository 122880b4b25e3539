// Package filename knows which names of files some systems take for one another, or
// cannot hold.
package filename

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// Key returns what all names have in common that some file system takes for
// one: macOS ignores case, Unicode form and some invisible characters, Windows
// ignores case and what dots and spaces a name ends with. Case is ignored as
// Unicode defines it: ß is ss, the ligature ﬁ is fi, and the dotless ı is not i.
func Key(name string) string {
	if strings.ContainsFunc(name, hasForms) {
		name = norm.NFD.String(strings.Map(visible, name))
		name = norm.NFC.String(cases.Fold().String(name))
	}
	return strings.TrimRight(strings.ToLower(name), ". ")
}

// hasForms reports whether a character may have another form or case that is not
// ASCII. The ideographs of Chinese have none.
func hasForms(r rune) bool { return r >= utf8.RuneSelf && (r < 0x4e00 || r > 0x9fff) }

// visible drops the characters that macOS ignores in names when it compares
// them.
func visible(r rune) rune {
	switch {
	case 0x200c <= r && r <= 0x200f, 0x202a <= r && r <= 0x202e, 0x206a <= r && r <= 0x206f, r == 0xfeff:
		return -1
	}
	return r
}

// SameLetters reports whether two texts differ, but only in their Unicode form:
// they look the same.
func SameLetters(a, b string) bool {
	return a != b && norm.NFC.String(a) == norm.NFC.String(b)
}

// UnicodeForm returns the name of the Unicode form that a text is in: NFC, NFD,
// or "no single form".
func UnicodeForm(s string) string {
	switch {
	case norm.NFC.IsNormalString(s):
		return "NFC"
	case norm.NFD.IsNormalString(s):
		return "NFD"
	}
	return "no single form"
}

// Difference says in what a path differs from another that some file system takes
// for it.
func Difference(a, b string) string {
	fold := func(s string) string { return strings.ToLower(cases.Fold().String(norm.NFD.String(s))) }
	switch {
	case SameLetters(a, b):
		return "only in its Unicode form"
	case fold(a) == fold(b):
		return "only in case"
	}
	return "only in what some file systems ignore"
}

// Invalid returns why Windows cannot hold a file or a directory of a name, or
// nothing.
func Invalid(name string) string {
	stem, _, _ := strings.Cut(name, ".")
	stem = strings.ToUpper(strings.TrimRight(stem, " "))
	switch {
	case isDevice(stem):
		return "is reserved on Windows"
	case strings.TrimRight(name, ". ") != name:
		return "ends with a dot or a space, which Windows removes"
	case strings.ContainsFunc(name, func(r rune) bool { return r < ' ' || strings.ContainsRune(`<>:"\|?*`, r) }):
		return `holds one of the characters <>:"\|?* or a control character, which Windows does not allow`
	}
	return ""
}

// isDevice reports whether a name, in upper case, is that of a device of DOS.
func isDevice(name string) bool {
	switch name {
	case "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$":
		return true
	}
	port, ok := strings.CutPrefix(name, "COM")
	if !ok {
		port, ok = strings.CutPrefix(name, "LPT")
	}
	return ok && utf8.RuneCountInString(port) == 1 && strings.Contains("0123456789¹²³", port)
}
