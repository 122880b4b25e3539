package commands

import (
	"errors"
	"fmt"
	"strings"

	"newsctl/archive"
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
# Lines that begin with # are left out.
`

// text returns a form as it stands in an editor.
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

// readForm reads a form from an editor.
func readForm(text string) (form, error) {
	var f form
	for n, line := range strings.Split(text, "\n") {
		line = strings.TrimSuffix(line, "\r")
		label, value, ok := strings.Cut(line, ":")
		value = strings.TrimPrefix(value, " ")
		switch {
		case strings.HasPrefix(line, "#") || strings.TrimSpace(line) == "":
		case !ok:
			return f, fmt.Errorf("line %d is no field: %s; nothing was written", n+1, line)
		case label == headlineLabel:
			f.Headline = value
		case label == dateLabel:
			f.Date = value
		case label == topicLabel:
			f.Topic = value
		case label == descriptionLabel:
			f.Description = value
		case label == sourceLabel && strings.TrimSpace(value) != "":
			f.Sources = append(f.Sources, value)
		case label == contextLabel && strings.TrimSpace(value) != "":
			f.Contexts = append(f.Contexts, value)
		case label != sourceLabel && label != contextLabel:
			labels := []string{headlineLabel, dateLabel, topicLabel, descriptionLabel, sourceLabel, contextLabel}
			return f, fmt.Errorf("line %d: there is no field %q%s; nothing was written", n+1, label, didYouMean(label, labels))
		}
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

// splitSource splits OUTLET=URL. A URL may itself hold an equals sign.
func splitSource(s string) (outlet, address string) {
	outlet, address, ok := strings.Cut(s, "=")
	if !ok || archive.IsWebAddress(strings.TrimSpace(outlet)) {
		return "", strings.TrimSpace(s)
	}
	return strings.TrimSpace(outlet), strings.TrimSpace(address)
}
