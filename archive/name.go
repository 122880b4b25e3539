package archive

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"newsctl/archive/layout"
)

// NameKey returns what all names have in common that some file system takes for
// one: macOS ignores case, Unicode form and some invisible characters, Windows
// ignores case and what dots and spaces a name ends with. Case is ignored as
// Unicode defines it: ß is ss, the ligature ﬁ is fi, and the dotless ı is not i.
func NameKey(name string) string {
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

// Lookalikes returns the paths in the archive that some file system takes for p,
// p among them if it is there, in byte order.
func (a *Archive) Lookalikes(p string) []string {
	dirs, name := []string{"."}, p
	if i := strings.LastIndexByte(p, '/'); i >= 0 {
		dirs, name = a.Lookalikes(p[:i]), p[i+1:]
	}
	var found []string
	for _, dir := range dirs {
		for _, other := range a.directory(dir).alike(name) {
			found = append(found, inDirectory(dir, other))
		}
	}
	slices.Sort(found)
	return found
}

// spelledDay reads the path of a page of a day, the month and the day padded or not;
// the last one if one is in another. It returns the day, and the path in the
// directory of that day.
func spelledDay(p string) (d Date, rest string, ok bool) {
	years := layout.Current().Years()
	for end := len(p); ; {
		at := strings.LastIndex(p[:end], years+"/")
		if at < 0 {
			return Date{}, "", false
		}
		end = at
		parts := append([]string{""}, strings.SplitN(p[at+len(years)+1:], "/", 4)...)
		if at > 0 && p[at-1] != '/' || len(parts) < 5 || len(parts[1]) != 4 || parts[4] == "" {
			continue
		}
		year, ok1 := ParseNumber(parts[1])
		month, ok2 := shortNumber(parts[2])
		day, ok3 := shortNumber(parts[3])
		if ok1 && ok2 && ok3 {
			return Date{year, month, day}, parts[4], true
		}
	}
}

// respelled returns the page that a path with no page means, if its spelling is all
// that is wrong: a day or a month that is padded or not, a slash that is missing
// before news/ or is at the end, a missing extension, other case.
func (a *Archive) respelled(p string) (string, bool) {
	spellings := []string{p}
	if d, rest, ok := spelledDay(p); ok {
		if s := d.Dir() + "/" + rest; s != p {
			spellings = append(spellings, s)
		}
	}
	for _, s := range spellings {
		pages := []string{s}
		if !IsPage(s) {
			pages = append(pages, s+Extension)
		}
		if dir, ok := strings.CutSuffix(s, "/"+IndexName()); ok {
			pages = append(pages, dir+Extension)
		}
		for _, page := range pages {
			if found := a.Lookalikes(page); len(found) == 1 && found[0] != p && a.Exists(found[0]) && IsPage(found[0]) && !IsPadded(found[0]) {
				return found[0], true
			}
		}
	}
	return "", false
}

// alike returns the names in a directory that some file system takes for a name, in
// byte order.
func (f *directory) alike(name string) []string {
	keys := f.keys.get(f.findKeys)
	if _, there := f.typeOf(name); there && len(keys) == len(f.names) {
		return []string{name} // all are unlike
	}
	return keys[NameKey(name)]
}

func (f *directory) findKeys() map[string][]string {
	keys := make(map[string][]string, len(f.names))
	for i, name := range f.names {
		if k := NameKey(name); keys[k] == nil {
			keys[k] = f.names[i : i+1 : i+1]
		} else {
			keys[k] = append(keys[k], name)
		}
	}
	return keys
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

// CheckName returns why Windows cannot hold a file or a directory of a name, or
// nothing.
func CheckName(name string) string {
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

// NotOneLine says why text cannot be in a line of a page, or is empty.
func NotOneLine(text string) string {
	if !utf8.ValidString(text) {
		return fmt.Sprintf("%q is not UTF-8 text", text)
	}
	if i := strings.IndexFunc(text, func(r rune) bool { return unicode.IsControl(r) || r == '\u2028' || r == '\u2029' }); i >= 0 {
		r, _ := utf8.DecodeRuneInString(text[i:])
		return fmt.Sprintf("%q holds the control character %U; remove it", text, r)
	}
	return ""
}
