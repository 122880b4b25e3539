package slug

import (
	"cmp"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/gosimple/unidecode"
	"golang.org/x/text/unicode/norm"
)

// IsPublished reports whether an English edition may have published an event with a
// headline under a name, cut to a length, 0 for its own. Its makers read the UTF-8 of
// the original as Latin-1 before they transliterated it (Óscar Pérez: ascar-pa-c-rez),
// whereas the page has the plain letters or none at all (Hissne Habr: hissene-habre);
// and they cut the original, which could be longer, for markup and double spaces.
//
// Of 326 pairs of a real edition 297 agree as they are, and all of the others
// so.
func IsPublished(name, headline string, length int) bool {
	headline, length = strings.TrimSpace(headline), cmp.Or(length, asciiLength)
	if len(name) > length {
		return false
	}
	m := &nameMatch{name: name, headline: []rune(norm.NFC.String(first(headline, 4*length))), enough: length - cutSlack, seen: map[matchState]bool{}}
	return m.from(matchState{})
}

// cutSlack is how many characters of an original the page does not show at most:
// the names of that edition are cut up to two characters early.
const cutSlack = 6

// nameMatch looks for a way in which a headline makes a name.
type nameMatch struct {
	name     string
	headline []rune
	enough   int // how many characters of the original a name that is cut has
	seen     map[matchState]bool
}

// maxStates bounds the time that a headline can take. Real ones need some hundred.
const maxStates = 20_000

// matchState is how far a headline and a name agree.
type matchState struct {
	at, named int  // characters of the headline, and of the name
	dash      bool // a dash is due before the next letter of the name
	extra     int  // characters that the original had more than the page
	lost      int  // letters that only the name has
}

// from reports whether the rest of the headline makes the rest of the name.
func (m *nameMatch) from(s matchState) bool {
	if m.seen[s] || len(m.seen) > maxStates {
		return false
	}
	m.seen[s] = true
	switch ended := s.at == len(m.headline); {
	case s.named == len(m.name) && (ended || m.isCut(s)):
		return s.lost != 1
	case ended:
		return m.lost(s)
	}
	return m.plain(s) || m.misread(s) || m.markup(s) || m.lost(s)
}

// isCut reports whether a name may end here because the original was cut.
func (m *nameMatch) isCut(s matchState) bool {
	return s.at+s.extra >= m.enough && len(m.name) >= m.enough-shortened
}

// shortened is how many characters fewer than the original a name that is cut has
// at most, since a run of signs is one dash. Of real names none has more than nine.
const shortened = 12

// then reports whether a text in the place of the next characters of the
// headline points to the name.
func (m *nameMatch) then(s matchState, characters int, text string) bool {
	s.at += characters
	for i := range len(text) {
		if text[i] == '-' {
			s.dash = s.named > 0
			continue
		}
		if s.dash {
			if !strings.HasPrefix(m.name[s.named:], "-") {
				return false
			}
			s.named++
			s.dash = false
		}
		if s.named == len(m.name) || m.name[s.named] != text[i] {
			return s.named == len(m.name) && m.isCut(s) && s.lost != 1
		}
		s.named++
	}
	return m.from(s)
}

// plain reads the next character as it is.
func (m *nameMatch) plain(s matchState) bool {
	switch r := unicode.ToLower(m.headline[s.at]); {
	case 'a' <= r && r <= 'z' || '0' <= r && r <= '9':
		return m.then(s, 1, string(r))
	case r < utf8.RuneSelf || !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r):
		return m.then(s, 1, "-")
	default:
		return m.then(s, 1, makeASCII(string(r)))
	}
}

// misread reads the next characters as what is left of one that was read as
// Latin-1, be it still there or only its plain form. What is left of it and vague
// counts only in a name.
func (m *nameMatch) misread(s matchState) bool {
	if r := m.headline[s.at]; r >= utf8.RuneSelf {
		s.extra += utf8.RuneLen(r) - 1
		return slices.ContainsFunc(asLatin1(r), func(text string) bool { return m.then(s, 1, text) })
	}
	s.extra++
	for n := 1; n <= 3 && s.at+n <= len(m.headline); n++ {
		plain := strings.ToLower(string(m.headline[s.at : s.at+n]))
		for _, text := range misreadings()[plain] {
			if (!isVague(text) || !unicode.IsLetter(m.headline[s.at]) || m.inName(s.at)) && m.then(s, n, text) {
				return true
			}
		}
	}
	return false
}

// isVague reports whether what is left of a letter may as well be a typo: one or two letters, and nothing that is odd in a word.
func isVague(text string) bool {
	text = strings.TrimRight(text, "-")
	return len(text) <= 2 && strings.Trim(text, "abcdefghijklmnopqrstuvwxyz") == ""
}

// lost reads a letter that the name has and the page has lost with its accent.
// Names of persons and places have accents, so the word begins with a capital. A
// single letter that is lost is more likely a typo, except where the
// page has what is left of it.
func (m *nameMatch) lost(s matchState) bool {
	if s.dash || s.named == 0 || s.named == len(m.name) || s.at == 0 || !unicode.IsLetter(m.headline[s.at-1]) || !m.inName(s.at-1) {
		return false
	}
	c := m.name[s.named : s.named+1]
	if !strings.Contains("aeiouyncsz", c) || m.name[s.named-1:s.named] == c || strings.HasPrefix(m.name[s.named+1:], c) {
		return false
	}
	if s.at < len(m.headline) && string(unicode.ToLower(m.headline[s.at])) == c {
		return false // this one has it
	}
	s.extra++
	if c == "a" && slices.ContainsFunc(transliterations('£'), func(sign string) bool { return strings.HasPrefix(m.name[s.named+1:], sign) }) {
		return m.then(s, 0, c)
	}
	s.lost++
	return s.lost <= maxLost && m.then(s, 0, c)
}

// maxLost is how many letters the page has lost at most.
const maxLost = 4

// inName reports whether a letter of the headline is in a word that begins with a
// capital.
func (m *nameMatch) inName(at int) bool {
	for at > 0 && unicode.IsLetter(m.headline[at-1]) {
		at--
	}
	return unicode.IsUpper(m.headline[at])
}

// markup passes over markup of the page that the name does not show, or reads a
// tag of the original that the name shows and the page does not.
func (m *nameMatch) markup(s matchState) bool {
	rest := string(m.headline[s.at:])
	for _, mark := range [][2]string{{"{{", "}}"}, {"[http", "]"}, {"<", ">"}, {"&", ";"}} {
		if !strings.HasPrefix(rest, mark[0]) {
			continue
		}
		if end := strings.Index(rest, mark[1]); end > 0 {
			return m.then(s, utf8.RuneCountInString(rest[:end+len(mark[1])]), "-")
		}
	}
	after := string(m.headline[:s.at])
	if !s.dash || !strings.HasSuffix(after, "''") && !strings.HasSuffix(after, "  ") {
		return false
	}
	return slices.ContainsFunc([]string{"p", "br", "i", "b", "em"}, func(tag string) bool { return m.then(s, 0, tag) })
}

// misreadings returns what characters that are not ASCII become when they are
// read as Latin-1, by their plain form: what is in the place of e, of ss.
var misreadings = sync.OnceValue(func() map[string][]string {
	out := map[string][]string{}
	add := func(plain string, r rune) {
		for _, text := range asLatin1(r) {
			if !slices.Contains(out[plain], text) {
				out[plain] = append(out[plain], text)
			}
		}
	}
	for _, letters := range [][2]rune{{0xc0, 0x17f}, {0x218, 0x21b}, {0x1ea0, 0x1ef9}} { // of Europe and Vietnam
		for r := letters[0]; r <= letters[1]; r++ {
			if plain := strings.ToLower(unidecode.Unidecode(string(r))); unicode.IsLetter(r) {
				add(plain, r)
			}
		}
	}
	for plain, signs := range map[string]string{
		"'": "‘’´`′ʼ", `"`: "“”„«»″", "-": "–—‐‑−", "...": "…",
	} {
		for _, r := range signs {
			add(plain, r)
		}
	}
	return out
})

// asLatin1 returns what the makers of names may make of a character whose UTF-8
// is read as Latin-1, or as the code page of Windows that is much like it, with a
// dash for what is neither a letter nor a digit.
func asLatin1(r rune) []string {
	if r < utf8.RuneSelf {
		return nil
	}
	latin1, windows := []string{""}, []string{""}
	for _, b := range []byte(string(r)) {
		latin1 = product(latin1, transliterations(rune(b)))
		windows = product(windows, transliterations(windows1252(b)))
	}
	out := append(latin1, windows...)
	if !unicode.IsLetter(r) {
		for _, text := range out {
			out = append(out, text+"-")
		}
	}
	return out
}

func product(starts, ends []string) []string {
	var out []string
	for _, start := range starts {
		for _, end := range ends {
			out = append(out, start+end)
		}
	}
	return out
}

// transliterations returns the plain forms of a character. Transliterators
// differ in a few.
func transliterations(r rune) []string {
	switch r {
	case '£':
		return []string{"gbp", "ps"}
	case '€':
		return []string{"eur", "eu"}
	case '™':
		return []string{"tm", ""}
	}
	plain := func(r rune) rune {
		if r < utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
			return unicode.ToLower(r)
		}
		return '-'
	}
	return []string{strings.Map(plain, unidecode.Unidecode(string(r)))}
}

// windows1252 returns the character of a byte in the code page of Windows.
func windows1252(b byte) rune {
	if 0x80 <= b && b < 0xa0 {
		if r := []rune("€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ")[b-0x80]; r >= 0xa0 {
			return r
		}
	}
	return rune(b)
}
