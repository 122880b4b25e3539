package commands

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"newsctl/archive/contexts"
	"newsctl/archive/edit"
	"newsctl/archive/similar"
	"newsctl/archive/source"
	"newsctl/archive/term"
)

// asker asks for the fields of an event.
type asker struct {
	*dialogue
	o      *newOptions
	a      *opened
	names  []string // of contexts and topics
	vocab  *vocabulary
	form   form
	reject bool // the contexts found in the text are not added
}

// ask asks at the terminal for each field of an event, shows what adding it would
// change, and returns it. What the command line has of it is proposed.
func (e *env) ask(o *newOptions, f form) (form, error) {
	s := &asker{o: o, form: f}
	err := e.answer(func() (err error) {
		if s.a, err = e.open(); err != nil {
			return err
		}
		s.names = contexts.OfAll(s.a.Archive, e.loadFacts(s.a)).Names()
		return s.a.sound()
	})
	if err != nil {
		return f, err
	}
	keepNames(s.a.root, s.names)
	s.vocab = newVocabulary(s.a.config, s.names, o.newContexts)
	if s.vocab.policy == "" {
		o.newContexts = allowNew // the dialogue asks
	}
	s.names = slices.DeleteFunc(s.names, func(name string) bool {
		return term.Escape(name) != name // the dialogue would print it as it is
	})
	if s.dialogue, err = e.newDialogue(); err != nil {
		return f, err
	}
	defer s.close()
	e.stderr.printf("A new event. Tab completes, Enter accepts, Up or Esc goes back, Ctrl-C cancels.\n")
	for at := 0; ; {
		s.run(s.steps, at)
		if s.err != nil || strings.TrimSpace(s.form.Headline) == "" || o.dryRun {
			return s.complete(), s.err
		}
		done, next := s.review(e)
		if done {
			return s.complete(), s.err
		}
		at = next
	}
}

// complete returns the form with the contexts that were found.
func (s *asker) complete() form {
	f := s.form
	if !s.reject {
		for _, name := range s.found() {
			if !slices.Contains(f.Contexts, name) {
				f.Contexts = append(slices.Clip(f.Contexts), name)
			}
		}
	}
	return f
}

// found returns the contexts that the text names, the topic aside.
func (s *asker) found() []string {
	if s.o.noSuggest {
		return nil
	}
	all := contexts.FindNames(s.a.config, s.names, s.form.Headline, s.form.Description)
	return slices.DeleteFunc(all, func(name string) bool { return name == s.form.Topic })
}

// steps returns the questions for the fields of the form.
func (s *asker) steps() []step {
	f := &s.form
	steps := []step{
		{field: edit.HeadlineField, required: true, value: f.Headline, set: func(answer string) { f.Headline = answer },
			question: question{text: "Headline", check: s.checkHeadline}},
		{field: edit.DateField, value: f.Date, set: s.setDate,
			question: question{text: "Date (empty for today)", check: s.checkDate}},
		{field: edit.TopicField, value: f.Topic, set: func(answer string) { f.Topic = s.settle(edit.TopicField, answer) },
			question: question{text: "Topic (optional)", names: s.names, check: s.checkTopic}},
		{field: edit.DescriptionField, value: f.Description, set: func(answer string) { f.Description = answer },
			question: question{text: "Description (optional)", check: s.checkDescription}},
	}
	source := question{text: "Source, OUTLET=URL or URL (optional)", check: s.checkSource, meant: meantSource}
	another := question{text: "Another source (optional)", check: s.checkSource, meant: meantSource}
	steps = append(steps, listSteps(source, another, edit.SourceField, &f.Sources, s.settleSource)...)
	if found := s.found(); len(found) > 0 {
		steps = append(steps, s.foundStep(found))
	}
	context := question{text: "Context (optional)", names: s.names, check: s.checkContext}
	another = question{text: "Another context (optional)", names: s.names, check: s.checkContext}
	settle := func(name string) string { return s.settle(edit.ContextField, name) }
	return append(steps, listSteps(context, another, edit.ContextField, &f.Contexts, settle)...)
}

// foundStep asks whether the contexts that the text names are added.
func (s *asker) foundStep(found []string) step {
	value := ""
	if s.reject {
		value = "n"
	}
	return step{field: edit.ContextField, value: value, set: func(answer string) { s.reject = strings.EqualFold(answer, "n") },
		question: question{text: term.Escape(fmt.Sprintf("Contexts found in the text: %s. Add them? [Y/n]", strings.Join(found, ", "))), check: isYesOrNo, short: true}}
}

// check returns what is wrong with a field of the event as it is typed so far. What
// is like an event of the archive is not.
func (s *asker) check(field string, d edit.Draft) error {
	for _, err := range s.wrong(d) {
		if err.Field == field && err.Existing == "" {
			return errors.New(err.Reason)
		}
	}
	return nil
}

// wrong returns all that is wrong with an event.
func (s *asker) wrong(d edit.Draft) []*edit.DraftError {
	_, err := edit.Add(s.a.Archive, nil, []edit.Draft{d}, edit.AddOptions{Today: today(), AllowDuplicate: s.form.AllowDuplicate || s.o.allowDuplicate})
	var out []*edit.DraftError
	for _, err := range joined(err) {
		var wrong *edit.DraftError
		if errors.As(err, &wrong) {
			out = append(out, wrong)
		}
	}
	return out
}

// draft returns the event with its headline and its date alone.
func (s *asker) draft() edit.Draft {
	day, err := parseDay(s.form.Date, today())
	if err != nil {
		day = today()
	}
	return edit.Draft{Headline: s.form.Headline, Date: day}
}

func (s *asker) checkHeadline(answer string) error {
	if strings.TrimSpace(answer) == "" {
		return nil // nothing is added
	}
	return s.check(edit.HeadlineField, edit.Draft{Headline: answer, Date: today()})
}

func (s *asker) checkDate(answer string) error {
	day, err := parseDay(answer, today())
	if err != nil {
		return fmt.Errorf("invalid date %q: %w", answer, err)
	}
	d := s.draft()
	d.Date = day
	return s.check(edit.DateField, d)
}

func (s *asker) checkTopic(answer string) error {
	if err := s.vocab.refuse(edit.TopicField, answer); err != nil {
		return err
	}
	d := s.draft()
	d.Topic = strings.TrimSpace(answer)
	return s.check(edit.TopicField, d)
}

func (s *asker) checkDescription(answer string) error {
	d := s.draft()
	d.Description = answer
	return s.check(edit.DescriptionField, d)
}

func (s *asker) checkContext(answer string) error {
	if strings.TrimSpace(answer) == "" {
		return nil
	}
	if err := s.vocab.refuse(edit.ContextField, answer); err != nil {
		return err
	}
	d := s.draft()
	d.Contexts = []string{answer}
	return s.check(edit.ContextField, d)
}

func (s *asker) checkSource(answer string) error {
	if strings.TrimSpace(answer) == "" {
		return nil
	}
	d := s.draft()
	d.Sources = []source.Link{sourceLink(s.a, answer)}
	return s.check(edit.SourceField, d)
}

// setDate takes the date, now that it shows whether the archive has the event. If it
// is not another one, the headline is asked for again.
func (s *asker) setDate(answer string) {
	s.form.Date = answer
	if !s.isAnother(edit.HeadlineField, s.draft()) {
		s.jump = 0
	}
}

// settleSource takes a source, which may show that the archive has the event.
func (s *asker) settleSource(answer string) string {
	d := s.draft()
	d.Sources = []source.Link{sourceLink(s.a, answer)}
	if !s.isAnother(edit.SourceField, d) {
		s.jump = 0
	}
	return answer
}

// isAnother reports whether an event is one that the archive does not have, which
// somebody may have to say.
func (s *asker) isAnother(field string, d edit.Draft) bool {
	for _, err := range s.wrong(d) {
		switch {
		case err.Field != field || err.Existing == "":
		case err.Duplicate:
			s.say("%s", err.Reason)
			if !s.confirm("Is yours another event?", false) {
				return false
			}
			s.form.AllowDuplicate = true
			return true
		default:
			s.say("%s", err.Reason)
			return false
		}
	}
	return true
}

// settle returns the context or the topic that somebody means by a name: a known
// one, if it is nearly that.
func (s *asker) settle(field, name string) string {
	name = s.vocab.config.ContextName(strings.TrimSpace(name))
	near, _ := s.vocab.nearest(name)
	if near.Difference == similar.None || s.vocab.policy == allowNew || s.err != nil {
		return name
	}
	if s.confirm(fmt.Sprintf("New %s: %s%s", field, name, suggestNear(near)), true) {
		return near.Name
	}
	s.vocab.known.Add(name) // asked once
	return name
}
