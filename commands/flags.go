package commands

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/urfave/cli/v2"
)

// The library asks for the text of each flag of each command at each start. Help alone
// needs the line of a flag, and makes it with [flagLine].
func init() { cli.FlagStringer = func(f cli.Flag) string { return f.Names()[0] } }

// libraryFlag is a flag of the library: of one value or of none.
type libraryFlag interface {
	cli.DocGenerationFlag
	cli.CategorizableFlag
}

// ruledFlag is a flag with its rules, which help shows and [checkUsage] checks.
type ruledFlag struct {
	libraryFlag
	words    []string // values that completion offers
	about    string   // the help of a choice, without its words
	check    func(value string) error
	requires []string // one of these flags must be given too
	excludes []string // none of these may be given
	alone    bool     // no other flag or argument of the command may be given

	exitsWith1 string // when the flag makes the command end with exit status 1, for its help
}

// rule adds to what a flag must hold to.
type rule func(*ruledFlag)

// ruled returns a flag with rules.
func ruled(f libraryFlag, rules ...rule) cli.Flag {
	r := &ruledFlag{libraryFlag: f}
	for _, add := range rules {
		add(r)
	}
	return r
}

// requires makes a flag need one of some others.
func requires(flags ...string) rule { return func(r *ruledFlag) { r.requires = flags } }

// excludes makes a flag refuse others. "format=json" is a flag with that value,
// and HEADLINE an argument.
func excludes(flags ...string) rule { return func(r *ruledFlag) { r.excludes = flags } }

// alone makes a flag refuse all flags and arguments but the flags of every
// command.
func alone(r *ruledFlag) { r.alone = true }

// choice returns a flag whose value is one of some words.
func choice(to *string, name, value, usage string, words []string, rules ...rule) cli.Flag {
	f := &cli.StringFlag{Name: name, Destination: to, Value: value, Usage: withWords(usage, words)}
	return ruled(f, append(rules, func(r *ruledFlag) {
		r.words, r.about = words, usage
		r.check = func(value string) error {
			if !slices.Contains(words, value) {
				return fmt.Errorf("invalid value %q for --%s: use %s", value, name, orList(words))
			}
			return nil
		}
	})...)
}

// unlimited is the default of a flag that sets a limit.
const unlimited = math.MaxInt

// positive makes a flag of a number refuse 0, in whatever unit.
func positive(r *ruledFlag) {
	check := r.check
	r.check = func(value string) error {
		switch {
		case !strings.ContainsAny(value, "123456789"):
			return fmt.Errorf("invalid value %q for --%s: use more than 0", value, r.Names()[0])
		case check != nil:
			return check(value)
		}
		return nil
	}
}

// repeatable returns a flag that may be given several times.
func repeatable(to *cli.StringSlice, name, usage string) *cli.StringSliceFlag {
	return &cli.StringSliceFlag{Name: name, Destination: to, Value: cli.NewStringSlice(), Usage: usage}
}

// choices returns a flag of one or several words, by commas or by repeating it. After
// a colon, a word may name a file.
func choices(to *cli.StringSlice, name, usage string, words []string, rules ...rule) cli.Flag {
	return ruled(repeatable(to, name, withWords(usage, words)), append(rules, func(r *ruledFlag) {
		r.words = words
		r.check = func(value string) error {
			for _, word := range strings.Split(value, ",") {
				word, file, hasFile := strings.Cut(word, ":")
				if !slices.Contains(words, word) {
					return fmt.Errorf("invalid value %q for --%s: use %s", word, name, orList(words))
				}
				if hasFile && strings.TrimSpace(file) == "" {
					return fmt.Errorf("--%s %s: names no file; write it as %s:FILE", name, word, word)
				}
			}
			return nil
		}
	})...)
}

// withWords adds the words of a choice to the first clause of its help.
func withWords(usage string, words []string) string {
	at := strings.IndexAny(usage, ";(")
	if at < 0 {
		at = len(usage)
	}
	clause := strings.TrimSpace(usage[:at])
	rest := usage[len(clause):]
	return clause + ": " + orList(words) + rest
}

// dayFlag returns the flag --date.
func dayFlag(to *string, usage string, rules ...rule) cli.Flag {
	f := &cli.StringFlag{Name: "date", Destination: to, Usage: withWords(usage, []string{"YYYY-MM-DD", "today", "yesterday"})}
	return ruled(f, append(rules, func(r *ruledFlag) {
		r.words = []string{"today", "yesterday"}
		r.check = func(value string) error { return checkDay("--date", value) }
	})...)
}

// checkDay returns what is wrong with the day that a flag or a field names.
func checkDay(name, value string) error {
	_, err := parseDay(value, today())
	if err == nil {
		return nil
	}
	return fmt.Errorf("invalid date %q for %s: %w", value, name, err)
}

// GetUsage returns the help of the flag, with its rules.
func (r *ruledFlag) GetUsage() string { return r.withRules(r.libraryFlag.GetUsage()) }

// withRules adds the rules of the flag to what a help says of it.
func (r *ruledFlag) withRules(usage string) string {
	if len(r.requires) > 0 {
		usage = "with " + orList(dashedShort(r.requires)) + ": " + usage
	}
	switch {
	case r.alone:
		usage += "; with no other flag"
	case len(r.excludes) > 0:
		usage += "; not with " + orList(dashedShort(r.excludes))
	}
	return usage
}

// String returns the name of the flag.
func (r *ruledFlag) String() string { return cli.FlagStringer(r) }

// flagLine returns the entry of a flag in the help of a command: its names, a
// tab, and its help in lines that end before column 80.
func flagLine(f cli.Flag) string {
	var names []string
	for _, name := range f.Names() {
		value, _ := shownValue(f)
		names = append(names, strings.TrimSpace(dashed(name)+" "+value))
	}
	_, help := shownValue(f)
	return fmt.Sprintf("%-*s\t", namesWidth, strings.Join(names, ", ")) + strings.Join(wrap(help+flagDefault(f), helpWidth), "\n   \t")
}

const (
	// namesWidth is what the longest names of a flag take: --archive DIR, -C DIR.
	namesWidth = 21

	// helpWidth is what they leave of 80 columns.
	helpWidth = 80 - namesWidth - len("      ")
)

// shownValue returns what a help shows as the value of a flag, and what it says of it.
// The words of a choice are its value where they fit.
func shownValue(f cli.Flag) (value, help string) {
	if r, ok := f.(*ruledFlag); ok && r.about != "" {
		words := strings.Join(r.words, "|")
		if len(dashed(r.Names()[0])+" "+words) <= namesWidth+1 {
			return words, plain(r.withRules(r.about))
		}
	}
	return flagValue(f), plain(flagHelp(f))
}

// wrap cuts a text into lines of at most width characters, where words allow.
func wrap(text string, width int) []string {
	var out []string
	for _, word := range strings.Fields(text) {
		if last := len(out) - 1; last >= 0 && len(out[last])+1+len(word) <= width {
			out[last] += " " + word
		} else {
			out = append(out, word)
		}
	}
	return out
}

func findFlag(flags []cli.Flag, name string) cli.Flag {
	for _, f := range flags {
		if slices.Contains(f.Names(), name) {
			return f
		}
	}
	return nil
}

func takesValue(f cli.Flag) bool {
	d, ok := f.(cli.DocGenerationFlag)
	return ok && d.TakesValue()
}

// dashed returns a flag's name as it is typed; the name of an argument stays.
func dashed(name string) string {
	switch {
	case isArgument(name):
		return name
	case len(name) == 1:
		return "-" + name
	}
	return "--" + strings.Replace(name, "=", " ", 1)
}

func dashedAll(names []string) []string {
	out := make([]string, len(names))
	for i, name := range names {
		out[i] = dashed(name)
	}
	return out
}

// dashedShort is [dashedAll], with a flag named once before several of its values.
func dashedShort(names []string) []string {
	out := dashedAll(names)
	for i := 1; i < len(names); i++ {
		before, _, _ := strings.Cut(names[i-1], "=")
		if name, value, hasValue := strings.Cut(names[i], "="); hasValue && name == before {
			out[i] = value
		}
	}
	return out
}

// isArgument reports whether a name in a rule is that of an argument.
func isArgument(name string) bool { return len(name) > 1 && strings.ToUpper(name) == name }

// orList returns words as a sentence lists them: text, json or sarif.
func orList(words []string) string {
	last := len(words) - 1
	if last < 1 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:last], ", ") + " or " + words[last]
}

// flagHelp returns the help of a flag, with what its value is in backquotes.
func flagHelp(f cli.Flag) string {
	if d, ok := f.(cli.DocGenerationFlag); ok {
		return d.GetUsage()
	}
	return ""
}

var quoted = regexp.MustCompile("`(.*?)`")

// flagValue returns what the value of a flag is, PAGE or FORMAT, or nothing.
func flagValue(f cli.Flag) string {
	if m := quoted.FindStringSubmatch(flagHelp(f)); m != nil {
		return m[1]
	}
	return ""
}

// neededValue returns what a flag is to be given: PAGE, or one of some words.
func neededValue(f cli.Flag) string {
	if r, ok := f.(*ruledFlag); ok && r.about != "" {
		return orList(r.words)
	}
	return flagValue(f)
}

// flagDefault says in parentheses what a flag is that is not given.
func flagDefault(f cli.Flag) string {
	none := []string{"", "0", strconv.Itoa(unlimited)}
	if d, ok := f.(cli.DocGenerationFlag); ok && d.TakesValue() && !slices.Contains(none, d.GetValue()) {
		return " (default: " + d.GetValue() + ")"
	}
	return ""
}

// plain returns a help without backquotes.
func plain(help string) string { return strings.ReplaceAll(help, "`", "") }
