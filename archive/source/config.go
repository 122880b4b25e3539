package source

import "time"

// Config is what an archive's maintainers may set about sources. What is zero has a
// default.
type Config struct {
	Ledger string // the path of the ledger, relative to the root

	// A source is dead after so many failures over so much time.
	Failures int
	Over     time.Duration

	// Append makes captures follow their sources; else they replace them.
	Append bool

	// TimeGate and CDX are the addresses of the services that find captures, as
	// prefixes of the address that is looked for; Save that of the service that
	// makes one.
	TimeGate, CDX, Save string
}

// DefaultLedger is the path of the ledger.
const DefaultLedger = ".newsctl-sources.jsonl"

// WithDefaults returns the configuration with its empty parts filled in.
func (c Config) WithDefaults() Config {
	if c.Ledger == "" {
		c.Ledger = DefaultLedger
	}
	if c.Failures == 0 {
		c.Failures = DefaultFailures
	}
	if c.Over == 0 {
		c.Over = DefaultOver
	}
	return c
}

// Policy returns how patient the archive is.
func (c Config) Policy() Policy {
	return Policy{Failures: c.Failures, Over: c.Over, MaxAge: defaultMaxAge}
}
