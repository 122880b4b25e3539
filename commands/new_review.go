package commands

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"newsctl/archive/contexts"
	"newsctl/archive/edit"
	"newsctl/archive/eventline"
	"newsctl/archive/similar"
	"newsctl/archive/source"
)

// review shows the event with what adding it changes, and asks whether to. It
// returns whether that is settled, and if not, the step to go on with.
func (s *asker) review(e *env) (done bool, next int) {
	one := draft{form: s.complete(), settled: true}
	refused := ""
	one.wrong = func(field string) string {
		refused = field
		return field
	}
	var p *plannedChange
	s.err = e.answer(func() (err error) {
		p, err = e.propose(&s.o.planOptions, func(a *opened) (*plannedChange, error) { return e.add(a, s.o, []draft{one}) })
		return err
	})
	if s.err != nil && refused != "" {
		for _, err := range joined(s.err) {
			s.say("%s", err)
		}
		s.err = nil
		return false, s.stepOf(refused)
	}
	if s.err != nil {
		return true, 0
	}
	s.show(one.form, p)
	answer, back := s.ask(question{text: "Add this event? y: yes, e: edit as text, n: no [Y/e/n]", check: func(answer string) error {
		if len(answer) > 1 || !strings.Contains("yenYEN", answer) {
			return errors.New("answer y, e or n; Up or Esc goes back")
		}
		return nil
	}, short: true}, "")
	switch {
	case s.err != nil:
	case back:
		return false, len(s.steps()) - 1
	case strings.EqualFold(answer, "n"):
		s.err = errCancelled
	case strings.EqualFold(answer, "e"):
		s.edit(e)
		return s.err != nil, len(s.steps())
	}
	return true, 0
}

// stepOf returns the first step that asks for a field.
func (s *asker) stepOf(field string) int {
	for i, step := range s.steps() {
		if step.field == field {
			return i
		}
	}
	return 0
}

// show shows an event before it is added.
func (s *asker) show(f form, p *plannedChange) {
	row := func(label string, values ...string) {
		for i, v := range values {
			if v != "" {
				s.row(fmt.Sprintf("   %-12s ", firstOnly(i, label)), v)
			}
		}
	}
	isNew := func(names []string) []string {
		var out []string
		for _, name := range names {
			if name != "" && !s.vocab.known.Has(name) {
				name += " (new)"
			}
			out = append(out, name)
		}
		return out
	}
	row("headline", f.Headline)
	day, _ := parseDay(f.Date, today())
	row("date", day.String())
	row("topic", isNew([]string{f.Topic})...)
	row("description", f.Description)
	row("sources", f.Sources...)
	row("contexts", strings.Join(isNew(f.Contexts), ", "))
	row("page", p.paths...)
	row("changes", p.summary)
}

// edit lets somebody change the fields as text.
func (s *asker) edit(e *env) {
	var root string
	if root, s.err = e.root(); s.err != nil {
		return
	}
	allowed := s.form.AllowDuplicate
	s.err = e.editForm(root, s.complete().text(), func(f form) error {
		s.form, s.reject = f, true // the text has all contexts
		s.form.AllowDuplicate = allowed
		return nil
	})
}

// askMeant asks which sources, contexts and topics are meant by what is not quite one,
// where somebody is at the terminal.
func (e *env) askMeant(o *newOptions, drafts []draft) error {
	if o.noInput || !isTerminal(e.stdin) {
		return nil
	}
	if err := e.askSources(drafts); err != nil {
		return err
	}
	return e.askNear(o, drafts)
}

// askSources offers, for each source that is not a web address, the one that it means.
func (e *env) askSources(drafts []draft) error {
	for i := range drafts {
		sources := slices.Clone(drafts[i].Sources)
		for j, given := range sources {
			meant := meantSource(given)
			if meant == given {
				continue
			}
			d, err := e.newDialogue()
			if err != nil {
				return err
			}
			if d.confirm(fmt.Sprintf("%s is not a web address. Use %s?", given, meant), true) {
				sources[j] = meant
			}
			if d.close(); d.err != nil {
				return d.err
			}
		}
		drafts[i].Sources = sources
	}
	return nil
}

// meantSource returns the source that is meant by one without the scheme of its address,
// OUTLET=URL or URL alone, or the same.
func meantSource(given string) string {
	outlet, address := eventline.SplitSource(given)
	if source.IsWebAddress(address) {
		return given
	}
	if meant := source.MeantAsSource(strings.TrimSpace(given)); meant != "" {
		return meant
	}
	if meant := source.MeantAsSource(address); meant != "" {
		return eventline.JoinSource(source.Link{Outlet: outlet, URL: meant})
	}
	return given
}

// askNear asks, of contexts and topics that are new and nearly known ones, which are
// meant, where --new-contexts does not settle it.
func (e *env) askNear(o *newOptions, drafts []draft) error {
	named := slices.ContainsFunc(drafts, func(d draft) bool { return d.names() })
	if !named || o.newContexts != "" {
		return nil
	}
	v, err := e.readVocabulary(o.newContexts)
	if err != nil {
		return err
	}
	s := &asker{vocab: v}
	defer func() {
		if s.dialogue != nil {
			s.close()
		}
	}()
	settle := func(field, name string) (string, error) {
		if near, _ := v.nearest(name); near.Difference == similar.None {
			return name, nil
		}
		if s.dialogue == nil {
			if s.dialogue, err = e.newDialogue(); err != nil {
				return name, err
			}
		}
		return s.settle(field, name), s.err
	}
	for i := range drafts {
		d := &drafts[i]
		if d.Topic, err = settle(edit.TopicField, d.Topic); err != nil {
			return err
		}
		d.Contexts = slices.Clone(d.Contexts)
		for j := range d.Contexts {
			if d.Contexts[j], err = settle(edit.ContextField, d.Contexts[j]); err != nil {
				return err
			}
		}
	}
	o.newContexts = allowNew
	return nil
}

// readVocabulary reads the contexts and topics of the archive.
func (e *env) readVocabulary(policy string) (v *vocabulary, err error) {
	err = e.answer(func() error {
		a, err := e.open()
		if err != nil {
			return err
		}
		v = newVocabulary(a.config, contexts.OfAll(a.Archive, e.loadFacts(a)).Names(), policy)
		return a.sound()
	})
	return v, err
}
