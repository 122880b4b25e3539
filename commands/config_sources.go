package commands

import (
	"time"

	"newsctl/archive/source"
)

// sourcesSection reads how sources are checked.
func sourcesSection(into *source.Config) reader {
	return func(v *value) error {
		days, form := 0, replaceSource
		err := fields{
			"ledger":   text(&into.Ledger),
			"failures": count(&into.Failures),
			"days":     count(&days),
			"archive":  oneOf(&form, replaceSource, appendCapture),
			"timegate": webAddress(&into.TimeGate),
			"cdx":      webAddress(&into.CDX),
			"save":     webAddress(&into.Save),
		}.read(v)
		into.Over = time.Duration(days) * 24 * time.Hour
		into.Append = form == appendCapture
		return err
	}
}

// captureForm is how a source is pointed to its capture.
type captureForm string

const (
	replaceSource captureForm = "replace"
	appendCapture captureForm = "append"
)

func (f captureForm) String() string { return string(f) }

// webAddress reads the address of a service.
func webAddress(into *string) reader {
	return func(v *value) error {
		address, err := v.asLine()
		if err != nil {
			return err
		}
		if _, err := source.Request(address); err != nil {
			return v.errorf("%s must be an absolute http or https address, not %s", v.name, v)
		}
		*into = address
		return nil
	}
}
