package review

import "encoding/json"

// Page is what there is to review.
type Page struct {
	Title   string // what it is about: relink
	Summary string // in one line
	Command string // as it is typed
	Version string // of newsctl

	// Hash is that of the plan under review, or empty. Then lists what to run to
	// make exactly this change.
	Hash string
	Then []string

	// Assurances are what holds of all changes, for the reader's trust.
	Assurances []Assurance

	Kinds []Kind
	Items []Item

	// Detail returns what is shown of an item when it is opened. It may be called
	// from several goroutines.
	Detail func(item int) Detail
}

// Assurance is a claim about all changes. It may not hold.
type Assurance struct {
	Holds bool
	Text  string
}

// Kind is a way in which items change, or a rule that they break.
type Kind struct {
	ID    string
	One   string // what one is called: entry added
	Many  string // what several are called: entries added
	Short string // what it is called beside a page, or empty where the sign says it
	Sign  Sign
}

// Sign says whether something was added, removed, moved or changed, or how severe it
// is. It chooses a color.
type Sign string

// The signs. The empty one is of what stays as it is.
const (
	Same    Sign = ""
	Added   Sign = "+"
	Removed Sign = "-"
	Moved   Sign = ">"
	Changed Sign = "~"
	Error   Sign = "error"
	Warning Sign = "warning"
	Info    Sign = "info"
)

// Item is a page of the archive that changes, or has findings.
type Item struct {
	Path string
	Was  string // the path before, if it is another

	Day      string // YYYY-MM-D, or empty
	Headline string // empty of a page that has none
	Old      string // the headline before, if it is another
	Contexts []string
	Counts   []Count
}

// Count is how often an item changes in the way of a kind.
type Count struct {
	Kind string // its ID
	N    int
}

// Detail is what is shown of an item when it is opened.
type Detail struct {
	Lists []List `json:"l,omitempty"`
	Notes []Note `json:"n,omitempty"`

	// Diff is the change as [newsctl/archive/diff.Terminal] writes it.
	Diff string `json:"d,omitempty"`
}

// List is a list of a page, before and after.
type List struct {
	Title string `json:"t"`
	Rows  []Row  `json:"r"`
}

// Row is one entry of a list in two versions. An entry that moves has two rows.
type Row struct {
	Sign   Sign   `json:"s,omitempty"`
	Before *Cell  `json:"b,omitempty"`
	After  *Cell  `json:"a,omitempty"`
	Why    string `json:"w,omitempty"` // it is there, or no longer
}

// MarshalJSON writes an entry that stays as it is once.
func (r Row) MarshalJSON() ([]byte, error) {
	type plain Row
	out := struct {
		plain
		Was int `json:"m,omitempty"`
	}{plain: plain(r)}
	if r.Sign == Same && r.Before != nil && r.After != nil {
		out.Was, out.Before = r.Before.Number, nil
	}
	return json.Marshal(out)
}

// Cell is an entry of a list.
type Cell struct {
	Number   int      `json:"n"`
	Text     string   `json:"t"`
	Day      string   `json:"d,omitempty"`
	Target   string   `json:"p,omitempty"`
	Contexts []string `json:"c,omitempty"`
}

// Note is one thing that changed of a page, or one finding.
type Note struct {
	Sign  Sign   `json:"s"`
	Place string `json:"l,omitempty"` // line:column
	What  string `json:"k"`
	Text  string `json:"t"`
	More  string `json:"m,omitempty"` // an address, or the line that a finding is in
	Fix   string `json:"f,omitempty"` // what would be in its place
}
