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
func ageValue(name, value, usage string, rules ...rule) cli.Flag {
	f := &cli.StringFlag{Name: name, Value: value, Usage: usage}
	return ruled(f, append(rules, func(r *ruledFlag) {
		r.check = func(value string) error {
			if _, err := parseAge(value); err != nil {
				return fmt.Errorf("invalid value %q for --%s: use a number with s, m, h, or d: 12h, 30d", value, name)
			}
			return nil
		}
	})...)
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

// ageOf returns the value of a flag that [ageValue] made.
func ageOf(c *cli.Context, name string) time.Duration {
	d, _ := parseAge(c.String(name)) // checked before the action
	return d
}

// isBelow reports whether a host is the other, or below it.
func isBelow(host, other string) bool {
	other = strings.TrimPrefix(strings.ToLower(other), "www.")
	return host == other || strings.HasSuffix(host, "."+other)
}

// requestFlags returns the flags of commands that ask the network.
func requestFlags(pace string) []cli.Flag {
	return group("Network",
		&cli.IntFlag{Name: "jobs", Value: source.DefaultJobs, Usage: "request from at most `N` hosts at once"},
		ageValue("pace", pace, "wait `TIME` between requests to one host"),
		ageValue("timeout", "15s", "wait `TIME` for an answer"),
		&cli.BoolFlag{Name: "allow-private", Usage: "also request addresses on private networks and on this machine"},
	)
}

// requestOptions returns how a command line wants the network to be asked.
func requestOptions(c *cli.Context) (source.Options, error) {
	o := source.Options{
		Jobs: c.Int("jobs"), Pace: ageOf(c, "pace"), Timeout: ageOf(c, "timeout"), AllowPrivate: c.Bool("allow-private"),
	}
	for _, flag := range []struct {
		name string
		zero bool
	}{{"jobs", o.Jobs == 0}, {"timeout", o.Timeout == 0}} {
		if flag.zero {
			return o, fmt.Errorf("invalid value 0 for --%s: use more than 0", flag.name)
		}
	}
	return o, nil
}
