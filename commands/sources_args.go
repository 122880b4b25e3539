package commands

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"newsctl/archive/source"
)

// ageValue returns a flag whose value is a length of time.
func ageValue(to *string, name, value, usage string, rules ...rule) cli.Flag {
	f := &cli.StringFlag{Name: name, Destination: to, Value: value, Usage: usage}
	check := func(value string) error {
		if _, err := parseAge(value); err != nil {
			return fmt.Errorf("invalid value %q for --%s: use a number with s, m, h, or d: 12h, 30d", value, name)
		}
		return nil
	}
	return ruled(f, append([]rule{func(r *ruledFlag) { r.check = check }}, rules...)...)
}

// maxAgeDays bounds lengths of time: no archive is older.
const maxAgeDays = 36500

// parseAge reads a length of time: 90s, 12h, 30d, or 0.
func parseAge(value string) (time.Duration, error) {
	if days, ok := strings.CutSuffix(value, "d"); ok {
		n, err := strconv.ParseUint(days, 10, 32)
		if err != nil || n > maxAgeDays {
			return 0, fmt.Errorf("invalid length of time %q", value)
		}
		return time.Duration(n) * 24 * time.Hour, nil
	}
	d, err := time.ParseDuration(value)
	if err != nil || d < 0 {
		return 0, fmt.Errorf("invalid length of time %q", value)
	}
	return d, nil
}

// ageOf returns what the value of a flag that [ageValue] made says.
func ageOf(value string) time.Duration {
	d, _ := parseAge(value) // checked before the action
	return d
}

// isBelow reports whether a host is the other, or below it.
func isBelow(host, other string) bool {
	other = strings.TrimPrefix(strings.ToLower(other), "www.")
	return host == other || strings.HasSuffix(host, "."+other)
}

// requestOptions are those of commands that ask the network.
type requestOptions struct {
	jobs          int
	pace, timeout string
	allowPrivate  bool
}

func (o *requestOptions) requestFlags(pace string) []cli.Flag {
	return group("Network",
		ruled(&cli.IntFlag{Name: "jobs", Destination: &o.jobs, Value: source.DefaultJobs, Usage: "request from at most `N` hosts at once"}, positive),
		ageValue(&o.pace, "pace", pace, "wait `TIME` between requests to one host"),
		ageValue(&o.timeout, "timeout", "15s", "wait `TIME` for an answer", positive),
		&cli.BoolFlag{Name: "allow-private", Destination: &o.allowPrivate, Usage: "also request addresses on private networks and on this machine"},
	)
}

// client returns a client that asks as options say.
func (o *requestOptions) client() *source.Client {
	return source.NewClient(source.Options{Jobs: o.jobs, Pace: ageOf(o.pace), Timeout: ageOf(o.timeout), AllowPrivate: o.allowPrivate})
}
