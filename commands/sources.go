package commands

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/urfave/cli/v2"

	"newsctl/archive/citation"
	"newsctl/archive/source"
)

type listSourcesOptions struct {
	sourceOptions
	due         bool
	far, format string
}

func sourcesCommand(e *env) *cli.Command {
	var o listSourcesOptions
	return &cli.Command{
		Name:      "sources",
		Usage:     "list and check outside sources, and link dead ones to captures",
		ArgsUsage: "[RANGE|PATH...]",
		Description: `Without a subcommand, lists the hosts of the sources cited by the events at PATH (a
page, a directory, a day, or a range of days), with the number of sources in each
state. With --host, --state, --due or --far, lists the sources themselves.

newsctl sources check keeps its results in the ledger, .newsctl-sources.jsonl in the
archive's root, one line per source. Commit it. The states of a source are:
   ok          it answered the last check
   failing     it did not answer, but may come back
   dead        it failed at least 3 times in a row, over at least 7 days
   uncertain   a bot wall, robots.txt, or a bad certificate
   unasked     it has not been checked yet
   capture     it is a page of a web archive, which is not checked

Examples:
   newsctl sources                            list hosts with the number of sources
   newsctl sources 2018-03 --state dead       list the dead sources of a month
   newsctl sources --due --format csv         list the sources that are due, for a spreadsheet
   newsctl sources --far 30d                  list captures far from the day of the event
   newsctl sources check                      check the sources that are due
   newsctl sources check --fail-on dead       the same, for CI
   newsctl sources archive --dry-run          link dead sources to captures`,
		Flags: append(o.sourceFlags(),
			&cli.BoolFlag{Name: "due", Destination: &o.due, Usage: "list only sources that newsctl sources check would check"},
			ageValue(&o.far, "far", "", "list only captures made more than `AGE` before or after the event that cites them"),
			o.maxAgeFlag(),
			choice(&o.format, "format", "text", "output format", sourceFormats)),
		Action: e.reads(func(args []string) error { return e.listSources(args, &o) }),
		Subcommands: []*cli.Command{
			sourcesCheckCommand(e),
			sourcesArchiveCommand(e),
			sourcesSaveCommand(e),
			sourcesRenameCommand(e),
		},
	}
}

var sourceFormats = []string{"text", "json", "csv"}

// sourceOptions select sources. Not all commands have flags for all of them.
type sourceOptions struct {
	hosts         cli.StringSlice
	state, maxAge string
}

// sourceFlags returns the flags that select sources.
func (o *sourceOptions) sourceFlags() []cli.Flag {
	states := []string{stateCapture}
	for _, s := range source.States {
		states = append(states, string(s))
	}
	return []cli.Flag{
		o.hostFlag(),
		choice(&o.state, "state", "", "only sources in `STATE`", states),
	}
}

func (o *sourceOptions) hostFlag() cli.Flag {
	return repeatable(&o.hosts, "host", "only sources on `HOST` or a subdomain (repeatable)")
}

func (o *sourceOptions) maxAgeFlag() cli.Flag {
	return ageValue(&o.maxAge, "max-age", "30d", "`AGE` at which a source that answered is due again: 12h, 30d, or 0 for always")
}

// stateCapture is the state of a source that is a capture.
const stateCapture = "capture"

// cited is a source with all that cites it.
type cited struct {
	url   string // the key of the ledger
	host  string
	state string
	entry source.Entry
	by    []citation.Citation
	due   bool
}

// sourceSet is the sources that a command line selects.
type sourceSet struct {
	archive *opened
	ledger  *source.Ledger
	policy  source.Policy
	waiting map[string]source.Time // hosts that ask to be left alone
	all     []*cited               // by address
	whole   bool                   // all sources of the archive are in it
	invalid int                    // citations that are not web addresses
}

// sources reads the sources that arguments and options select. It is called within
// [env.answer] or [env.locked].
func (e *env) sources(args []string, o *sourceOptions) (*sourceSet, error) {
	a, err := e.open()
	if err != nil {
		return nil, err
	}
	set := &sourceSet{archive: a, policy: a.Config().Sources.Policy()}
	if o.maxAge != "" {
		set.policy.MaxAge = ageOf(o.maxAge)
	}
	set.ledger, err = a.Ledger()
	switch {
	case errors.As(err, new(source.LineError)):
		return nil, fmt.Errorf("%w\nrestore the file with git, or remove the lines; nothing was asked or written", err)
	case err != nil:
		return nil, err
	}
	paths, err := e.sourcePaths(a, args)
	if err != nil {
		return nil, err
	}
	set.whole = len(args) == 0
	set.collect(citation.Of(a.Archive, paths), time.Now())
	if err := a.sound(); err != nil {
		return nil, err
	}
	return set, set.filter(o)
}

// sourcePaths returns the pages that arguments name, or all.
func (e *env) sourcePaths(a *opened, args []string) ([]string, error) {
	if len(args) == 0 {
		return e.load(a)
	}
	return e.paths(a, args)
}

// collect groups what events cite by address.
func (s *sourceSet) collect(citations []citation.Citation, now time.Time) {
	s.waiting = s.ledger.Waiting(now)
	at := map[string]*cited{}
	for _, c := range citations {
		key := source.Key(c.URL)
		if key == "" {
			s.invalid++
			continue
		}
		one := at[key]
		if one == nil {
			one = s.cited(key, now)
			at[key] = one
			s.all = append(s.all, one)
		}
		one.by = append(one.by, c)
	}
	slices.SortFunc(s.all, func(a, b *cited) int { return cmp.Compare(a.url, b.url) })
}

func (s *sourceSet) cited(key string, now time.Time) *cited {
	entry, known := s.ledger.Get(key)
	if !known {
		entry = source.Entry{URL: key}
	}
	one := &cited{url: key, host: source.HostOf(key), entry: entry, state: string(s.policy.State(entry)), due: s.policy.IsDue(entry, now)}
	if _, waits := s.waiting[one.host]; waits {
		one.due = false
	}
	if _, ok := source.ParseCapture(key); ok {
		one.state, one.due = stateCapture, false
	}
	return one
}

// filter keeps the sources that options select. A host of none of the archive is an
// error.
func (s *sourceSet) filter(o *sourceOptions) error {
	hosts, state := o.hosts.Value(), o.state
	if err := s.knownHosts(hosts); err != nil {
		return fmt.Errorf("--host: %w", err)
	}
	s.whole = s.whole && len(hosts) == 0 && state == ""
	s.all = slices.DeleteFunc(s.all, func(one *cited) bool {
		return len(hosts) > 0 && !slices.ContainsFunc(hosts, func(h string) bool { return isBelow(one.host, h) }) ||
			state != "" && one.state != state
	})
	return nil
}

// knownHosts returns an error if all sources of the archive are known, and none is on
// a host that is wanted.
func (s *sourceSet) knownHosts(wanted []string) error {
	if !s.whole {
		return nil
	}
	var hosts []string
	for _, one := range s.all {
		hosts = append(hosts, one.host)
	}
	for _, want := range wanted {
		if err := knownHost(hosts, want); err != nil {
			return err
		}
	}
	return nil
}

// listSources lists sources, or their hosts.
func (e *env) listSources(args []string, o *listSourcesOptions) error {
	set, err := e.sources(args, &o.sourceOptions)
	if err != nil {
		return err
	}
	if o.due {
		set.all = slices.DeleteFunc(set.all, func(one *cited) bool { return !one.due })
	}
	if o.far != "" {
		set.keepFar(ageOf(o.far))
	}
	text := e.listHosts
	if o.due || o.far != "" || len(o.hosts.Value()) > 0 || o.state != "" {
		text = e.listEach
	}
	if err := e.writeCited(o.format, set, text); err != nil {
		return err
	}
	e.stderr.printf("%s\n", set.summary())
	return nil
}

// listEach writes a line per citation, in the order of pages.
func (e *env) listEach(all []*cited) error {
	type line struct {
		citation.Citation
		of *cited
	}
	var lines []line
	for _, one := range all {
		for _, by := range one.by {
			lines = append(lines, line{by, one})
		}
	}
	slices.SortFunc(lines, func(a, b line) int {
		return cmp.Or(cmp.Compare(a.Event.Path, b.Event.Path), cmp.Compare(a.Line, b.Line))
	})
	for _, l := range lines {
		if err := e.say("%s:%d: %s: %s%s", l.Event.Path, l.Line, l.of.state, l.of.url, l.of.why()+l.of.whenCaptured(l.Citation)); err != nil {
			return err
		}
	}
	return nil
}

// why returns what is known of a source that is not well, in parentheses.
func (one *cited) why() string {
	e, out := one.entry, ""
	if one.state == stateCapture || e.LastAsked == 0 || e.Kind == source.OK {
		return ""
	}
	if out = string(e.Kind); e.Status != 0 {
		out += fmt.Sprintf(", status %d", e.Status)
	}
	if e.Note != "" {
		out += ", " + e.Note
	}
	if e.Failures > 0 {
		out += fmt.Sprintf(", %s since %s", plural(e.Failures, "failure"), e.FailingSince.Day())
	}
	if e.To != "" {
		out += ", redirects to " + e.To
	}
	if out == "" {
		return ""
	}
	return " (" + out + ")"
}

// listHosts writes a line per host: most sources first.
func (e *env) listHosts(all []*cited) error {
	byHost := map[string]map[string]int{}
	for _, one := range all {
		if byHost[one.host] == nil {
			byHost[one.host] = map[string]int{}
		}
		byHost[one.host][""]++
		byHost[one.host][one.state]++
	}
	hosts := sortedKeys(byHost)
	slices.SortStableFunc(hosts, func(a, b string) int { return byHost[b][""] - byHost[a][""] })
	w := tabwriter.NewWriter(e.stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprint(w, "sources\tok\tfailing\tdead\tuncertain\tunasked\tcapture\t  host\n")
	for _, h := range hosts {
		n := byHost[h]
		fmt.Fprintf(w, "%d\t%d\t%d\t%d\t%d\t%d\t%d\t  %s\n", n[""], n["ok"], n["failing"], n["dead"], n["uncertain"], n["unasked"], n[stateCapture], h)
	}
	return w.Flush()
}

// summary counts the sources in each state.
func (s *sourceSet) summary() string {
	counts, hosts := s.counts()
	out := fmt.Sprintf("%s on %s", plural(len(s.all), "source"), plural(hosts, "host"))
	if list := countStates(counts); list != "" {
		out += ": " + list
	}
	switch s.invalid {
	case 0:
	case 1:
		out += "; 1 source is not a web address; see newsctl lint --rule source-url"
	default:
		out += fmt.Sprintf("; %d sources are not web addresses; see newsctl lint --rule source-url", s.invalid)
	}
	return out
}

// countStates lists the states that occur: 12 ok, 1 dead.
func countStates(counts map[string]int) string {
	var parts []string
	for _, state := range append(slices.Clone(source.States), stateCapture) {
		if n := counts[string(state)]; n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, state))
		}
	}
	return strings.Join(parts, ", ")
}

func (s *sourceSet) counts() (states map[string]int, hosts int) {
	states = map[string]int{}
	seen := map[string]bool{}
	for _, one := range s.all {
		states[one.state]++
		seen[one.host] = true
	}
	return states, len(seen)
}

func sortedKeys[V any](m map[string]V) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}
