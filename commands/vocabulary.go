package commands

import (
	"fmt"
	"strings"

	"github.com/urfave/cli/v2"

	"newsctl/archive"
	"newsctl/archive/edit"
	"newsctl/archive/similar"
)

// What --new-contexts says of a context or topic that no event has yet.
const (
	refuseNew = "refuse"
	warnNew   = "warn"
	allowNew  = "allow"
)

func newContextsFlag(to *string) cli.Flag {
	return choice(to, "new-contexts", "", "`ACTION` for contexts and topics that no event has yet; by default, newsctl asks on a terminal about one that resembles a known one, and warns elsewhere",
		[]string{refuseNew, warnNew, allowNew})
}

// vocabulary is the contexts and topics of an archive, and what to do about new
// ones.
type vocabulary struct {
	config archive.Config
	known  *similar.Index
	policy string
}

func newVocabulary(config archive.Config, names []string, policy string) *vocabulary {
	return &vocabulary{config, similar.NewIndex(names), policy}
}

// nearest returns the known name that a new one is nearly, if there is one.
func (v *vocabulary) nearest(name string) (near similar.Match, isNew bool) {
	name = v.config.ContextName(strings.TrimSpace(name))
	if name == "" || v.known.Has(name) {
		return similar.Match{}, false
	}
	if all := v.known.Near(name); len(all) > 0 {
		near = all[0]
	}
	return near, true
}

// suggestNear returns what follows the name of a new context in a message: the
// name that may be meant.
func suggestNear(near similar.Match) string {
	switch near.Difference {
	case similar.None:
		return ""
	case similar.Form:
		return fmt.Sprintf("; did you mean %s, which differs in its Unicode form?", near.Name)
	}
	return fmt.Sprintf("; did you mean %s?", near.Name)
}

// refuse returns an error if a name is new, and new names are refused.
func (v *vocabulary) refuse(field, name string) error {
	if near, isNew := v.nearest(name); isNew && v.policy == refuseNew {
		return fmt.Errorf("no event has the %s %q%s; --new-contexts warn allows new ones", field, strings.TrimSpace(name), suggestNear(near))
	}
	return nil
}

// check warns of a new name that is nearly a known one, or returns an error if new
// names are refused. The name counts as known from then on.
func (v *vocabulary) check(e *env, field, name string) error {
	name = strings.TrimSpace(name)
	defer v.known.Add(name)
	if err := v.refuse(field, name); err != nil {
		return err
	}
	if near, _ := v.nearest(name); near.Difference != similar.None && v.policy != allowNew {
		e.note(fmt.Sprintf("warning: new %s: %s%s", field, name, suggestNear(near)))
	}
	return nil
}

// checkDraft checks the contexts and the topic of an event that is added.
func (v *vocabulary) checkDraft(e *env, d *draft) []error {
	var wrong []error
	add := func(field, name string) {
		if err := v.check(e, field, name); err != nil {
			wrong = append(wrong, fmt.Errorf("%s: %w", d.wrong(field), err))
		}
	}
	add(edit.TopicField, d.Topic)
	for _, name := range d.Contexts {
		if strings.TrimSpace(name) != strings.TrimSpace(d.Topic) {
			add(edit.ContextField, name)
		}
	}
	return wrong
}

// names reports whether an event that is added has contexts or a topic.
func (d *draft) names() bool { return strings.TrimSpace(d.Topic) != "" || len(d.Contexts) > 0 }
