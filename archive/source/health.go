package source

import "time"

// Kind is how a source answered.
type Kind string

// The kinds of answers. Living ones reset the count of failures; failing ones add
// to it; the others say that nothing is certain and leave it as it is.
const (
	OK         Kind = "ok"
	Redirected Kind = "redirected" // for now
	Moved      Kind = "moved"      // for good

	NotFound     Kind = "not-found"
	Gone         Kind = "gone"
	ClientError  Kind = "client-error" // another status of 4xx
	ServerError  Kind = "server-error"
	SoftNotFound Kind = "soft-not-found" // the home page, or a page that says it is not there
	RedirectLoop Kind = "redirect-loop"
	NoHost       Kind = "no-host" // DNS does not know it
	Unreachable  Kind = "unreachable"
	Timeout      Kind = "timeout"
	Malformed    Kind = "malformed" // the answer is not HTTP

	Blocked Kind = "blocked" // a bot wall, a login, a rate limit
	Robots  Kind = "robots"  // robots.txt asks not to
	BadTLS  Kind = "tls"     // a certificate or protocol that is not accepted
	Private Kind = "private" // an address of a private network
	Unknown Kind = ""        // no answer yet
)

// kinds are all kinds, with what each says of the life of a source.
var kinds = map[Kind]State{
	OK: Living, Redirected: Living, Moved: Living,
	NotFound: Failing, Gone: Failing, ClientError: Failing, ServerError: Failing, SoftNotFound: Failing, RedirectLoop: Failing,
	NoHost: Failing, Unreachable: Failing, Timeout: Failing, Malformed: Failing,
	Blocked: Uncertain, Robots: Uncertain, BadTLS: Uncertain, Private: Uncertain,
	Unknown: Unasked,
}

func (k Kind) known() bool { _, ok := kinds[k]; return ok }

// State is what a source is to its archive.
type State string

// The states of sources.
const (
	Unasked   State = "unasked"
	Living    State = "ok"
	Uncertain State = "uncertain"
	Failing   State = "failing"
	Dead      State = "dead"
)

// States are all states, in the order of reports.
var States = []State{Living, Failing, Dead, Uncertain, Unasked}

// Policy says how patient the archive is.
type Policy struct {
	// A source is dead after so many failures over so much time, with no success in
	// between.
	Failures int
	Over     time.Duration

	// A source is due after so much time.
	MaxAge time.Duration
}

// Defaults of a [Policy]. Most sites that are down come back within a week.
const (
	DefaultFailures = 3
	DefaultOver     = 7 * 24 * time.Hour
	defaultMaxAge   = 30 * 24 * time.Hour

	// retryAge is when a source that failed is due again: less than half a day, so
	// that a check twice a day asks it twice.
	retryAge = 11 * time.Hour
)

// isDead reports whether a source is dead.
func (p Policy) isDead(e Entry) bool {
	return e.Failures > 0 && e.Failures >= p.Failures && e.LastFailed.Sub(e.FailingSince) >= p.Over
}

// State returns what a source is.
func (p Policy) State(e Entry) State {
	switch s := kinds[e.Kind]; {
	case p.isDead(e):
		return Dead
	case e.Failures > 0:
		return Failing
	default:
		return s
	}
}

// IsDue reports whether a source is to be asked: a living or dead one after
// MaxAge, a failing one or one that gave no answer after [retryAge], and one that
// was asked in the future, by a clock that was wrong, at once.
func (p Policy) IsDue(e Entry, now time.Time) bool {
	age := p.MaxAge
	switch s := p.State(e); {
	case s == Failing, s == Unasked, s == Living && e.LastGood != e.LastAsked:
		age = min(age, retryAge)
	}
	return e.LastAsked == 0 || e.LastAsked > At(now) || now.Sub(e.LastAsked.Time()) >= age
}

// wouldDie reports whether one more failure makes a source dead.
func (p Policy) wouldDie(e Entry, now time.Time) bool {
	return !p.isDead(e) && p.isDead(e.record(Outcome{Kind: NotFound}, now))
}

// Outcome is the answer of a source.
type Outcome struct {
	Kind   Kind
	Status int
	To     string
	Note   string
}

// record returns what is known of a source after an answer.
func (e Entry) record(o Outcome, now time.Time) Entry {
	e.Kind, e.Status, e.To, e.Note = o.Kind, o.Status, o.To, o.Note
	e.LastAsked, e.NotBefore = At(now), 0
	switch kinds[o.Kind] {
	case Living:
		e.LastGood = e.LastAsked
		e.Failures, e.FailingSince, e.LastFailed = 0, 0, 0
	case Failing:
		if e.Failures == 0 {
			e.FailingSince = e.LastAsked
		}
		e.Failures++
		e.LastFailed = e.LastAsked
	}
	return e
}
