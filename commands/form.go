package commands

import (
	"errors"
	"fmt"
	"strings"

	"newsctl/archive/strictjson"
)

// form holds the fields of an event as they are typed.
type form struct {
	Headline    string   `json:"headline"`
	Date        string   `json:"date"`
	Topic       string   `json:"topic"`
	Description string   `json:"description"`
	Sources     []string `json:"sources"`
	Contexts    []string `json:"contexts"`

	AllowDuplicate bool   `json:"allowDuplicate"` // this and what follows: in a file only
	Slug           string `json:"slug"`
	Exact          bool   `json:"exact"`
}

// fields are the labels of a form in an editor, in order.
const (
	headlineLabel    = "Headline"
	dateLabel        = "Date"
	topicLabel       = "Topic"
	descriptionLabel = "Description"
	sourceLabel      = "Source"
	contextLabel     = "Context"
)

const formHelp = `# One field a line. Source and Context may be repeated; a source is
# OUTLET=URL, or URL alone. Without a headline nothing is added.
# Lines that begin with # are ignored.
`

// text returns a form as it is in an editor.
func (f form) text() string {
	var b strings.Builder
	b.WriteString(formHelp)
	write := func(label string, values ...string) {
		for _, v := range values {
			b.WriteString(label + ": " + v + "\n")
		}
	}
	write(headlineLabel, f.Headline)
	write(dateLabel, f.Date)
	write(topicLabel, f.Topic)
	write(descriptionLabel, f.Description)
	write(sourceLabel, append(f.Sources, "")...)
	write(contextLabel, append(f.Contexts, "")...)
	return b.String()
}

// readForm reads a form from an editor. Its error names every line that is wrong.
func readForm(text string) (form, error) {
	var f form
	var wrong []error
	single := map[string]*string{
		headlineLabel: &f.Headline, dateLabel: &f.Date, topicLabel: &f.Topic, descriptionLabel: &f.Description,
	}
	many := map[string]*[]string{sourceLabel: &f.Sources, contextLabel: &f.Contexts}
	given := map[string]int{} // the line of each field
	for n, line := range strings.Split(strings.TrimPrefix(text, "\ufeff"), "\n") {
		line = strings.TrimSuffix(line, "\r")
		if strings.HasPrefix(line, "#") || strings.TrimSpace(line) == "" {
			continue
		}
		label, value, ok := strings.Cut(line, ":")
		value = strings.TrimPrefix(value, " ")
		switch {
		case !ok:
			wrong = append(wrong, fmt.Errorf("line %d is not a field: %s", n+1, line))
		case single[label] != nil && given[label] > 0:
			wrong = append(wrong, fmt.Errorf("line %d: the field %s is in line %d already; keep one", n+1, label, given[label]))
		case single[label] != nil:
			*single[label], given[label] = value, n+1
		case many[label] == nil:
			labels := []string{headlineLabel, dateLabel, topicLabel, descriptionLabel, sourceLabel, contextLabel}
			wrong = append(wrong, fmt.Errorf("line %d: there is no field %q%s", n+1, label, didYouMean(label, labels)))
		case strings.TrimSpace(value) != "":
			*many[label] = append(*many[label], value)
		}
	}
	return f, refusal([][]error{wrong})
}

// readFormFile reads a form from a file.
func (e *env) readFormFile(file string) (form, error) {
	text, err := readRegular(file, maxLine)
	if err != nil {
		return form{}, fmt.Errorf("--from-form: %s %w", file, err)
	}
	f, err := readForm(string(text))
	if err != nil {
		return f, fmt.Errorf("--from-form: %s: %w", file, err)
	}
	return f, nil
}

// decode reads a form from a line of JSON.
func (f *form) decode(line string) error {
	err := strictjson.Unmarshal([]byte(line), f)
	var wrong *strictjson.Error
	if errors.As(err, &wrong) && wrong.Field != "" {
		return fmt.Errorf("%w%s", err, didYouMean(wrong.Field, wrong.Known))
	}
	return err
}
