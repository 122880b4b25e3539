package match

import (
	"slices"
	"strings"
	"unicode"
)

// numbers are the numbers that a headline names.
type numbers struct {
	// labels distinguish things of one kind: years, dates, versions,
	// scores, identifiers, ordinals.
	labels []string

	// amounts are all others, whole or not: tolls, sums, magnitudes.
	amounts []string

	rest string // the headline without its numbers
}

// ordinals are the words that number things, with the number.
var ordinals = map[string]string{
	"first": "1", "second": "2", "third": "3", "fourth": "4", "fifth": "5", "sixth": "6", "seventh": "7",
	"eighth": "8", "ninth": "9", "tenth": "10", "eleventh": "11", "twelfth": "12",
}

// cardinals are the words that count things, with the number. "One" is not among
// them: it stands for too much else.
var cardinals = map[string]string{
	"two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9", "ten": "10",
	"eleven": "11", "twelve": "12", "thirteen": "13", "fourteen": "14", "fifteen": "15", "sixteen": "16",
	"seventeen": "17", "eighteen": "18", "nineteen": "19", "twenty": "20",
}

// numerals are the digits of Chinese and Japanese. They are in many words, so that
// they are a number only where they number something.
const numerals = "一二三四五六七八九十百千"

// months are the words beside which a number is a date.
var months = []string{
	"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
	"jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
}

// numbersOf returns the numbers in the words of a headline.
func numbersOf(fields []string) numbers {
	var n numbers
	rest := make([]string, len(fields))
	for i, field := range fields {
		besideNumber := isNumber(at(fields, i-1)) || isNumber(at(fields, i+1))
		besideMonth := slices.Contains(months, at(fields, i-1)) || slices.Contains(months, at(fields, i+1))
		rest[i] = n.add(field, besideNumber || besideMonth)
	}
	n.rest = strings.Join(rest, " ")
	return n
}

// at returns the field at a place, or nothing where there is none.
func at(fields []string, i int) string {
	if i < 0 || i >= len(fields) {
		return ""
	}
	return fields[i]
}

// isNumber reports whether a field begins with a digit.
func isNumber(field string) bool { return field != "" && '0' <= field[0] && field[0] <= '9' }

// add adds the numbers of a field, and returns the field with a sign in the place
// of each. Beside another number, or the name of a month, a number is a label.
func (n *numbers) add(field string, label bool) string {
	if number, ok := ordinals[field]; ok {
		n.labels = append(n.labels, number)
		return "#"
	}
	if number, ok := cardinals[field]; ok {
		n.amounts = append(n.amounts, number)
		return "#"
	}
	if !strings.ContainsFunc(field, isCounting) {
		return field
	}
	var rest strings.Builder
	runes := []rune(field)
	for i := 0; i < len(runes); {
		start := i
		for i < len(runes) && (isCounting(runes[i]) || runes[i] == '.' && i > start) {
			i++
		}
		if i == start {
			rest.WriteRune(runes[i])
			i++
			continue
		}
		rest.WriteByte('#')
		number := string(runes[start:i])
		switch {
		case label || isLabel(runes, start, i):
			n.labels = append(n.labels, number)
		case unicode.IsDigit(runes[start]):
			n.amounts = append(n.amounts, number)
		}
	}
	return rest.String()
}

// isCounting reports whether a character is a digit or a numeral.
func isCounting(r rune) bool { return unicode.IsDigit(r) || strings.ContainsRune(numerals, r) }

// isLabel reports whether the number in a field is a label by itself: a year, a
// version of several parts, the number in a name, a part of a date.
func isLabel(field []rune, start, end int) bool {
	number := string(field[start:end])
	switch {
	case strings.Count(number, ".") > 1:
		return true
	case len(number) == 4 && ("19" <= number[:2] && number[:2] <= "20"):
		return true
	case start > 0 && (field[start-1] == '#' || field[start-1] == '第' || isSpaced(field[start-1])):
		return true
	}
	return unicode.IsDigit(field[start]) && end < len(field) && (strings.ContainsRune("年月日號号屆届", field[end]) || isSpaced(field[end]))
}

// isSpaced reports whether a letter is of a script with spaces between words.
func isSpaced(r rune) bool { return unicode.IsLetter(r) && !isUnspaced(r) }

// conflict reports whether each of two lists has a number that the other lacks. A
// headline may omit what another names.
func conflict(a, b []string) bool {
	return len(a) > 0 && len(b) > 0 && !slices.Equal(a, b) && lacks(a, b) && lacks(b, a)
}

// lacks reports whether a list has not all of another, as often as it has it.
func lacks(list, of []string) bool {
	left := slices.Clone(list)
	for _, number := range of {
		i := slices.Index(left, number)
		if i < 0 {
			return true
		}
		left = slices.Delete(left, i, i+1)
	}
	return false
}

// decimals returns those of numbers that are not whole.
func decimals(numbers []string) []string {
	return slices.DeleteFunc(slices.Clone(numbers), func(n string) bool { return !strings.Contains(n, ".") })
}
