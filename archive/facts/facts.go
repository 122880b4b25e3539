package facts

// Page is what other pages need to know of one page.
type Page struct {
	Head
	Body
}

// Head is what pages need to know of one that they point to.
type Head struct {
	Shape    Shape
	Damage   Damage // how it is uncertain what the page says
	Headline string // of an event, raw, on one line
	Topic    string // of an event, as Markdown reads it
}

// Body is what else is known of a page.
type Body struct {
	Contexts List // that an event declares

	Links   []Target // where the links of the page lead, each once
	Related []Entry  // of an event
	Items   []Entry  // of a listing
	Changes []int32  // the links of an event's Changes section, as places in Links
	Sources []string // the addresses of an event's sources

	Names    []string // names with a comma that the page shows
	Unsorted []string // related lists that are not in byte order
	Distinct []string // paths of events that a comment tells apart from this one

	Suppresses bool // a comment hides findings on the page

	Heading string  // of the related section, if it is written as headings are
	Days    []int32 // the days of the calendar whose directories the source names
}

// Shape is what a page is read as.
type Shape uint8

// The shapes of pages.
const (
	Plain Shape = iota // any other page, or one that is not read
	Event
	Listing
)

// Damage is any of what makes uncertain what a page says.
type Damage uint8

// The kinds of damage.
const (
	Conflict   Damage = 1 << iota // a merge conflict that is not resolved
	Repeated                      // a second headline
	Unclosed                      // code or HTML that nothing closes
	NoHeadline                    // an event without a headline
	Unread                        // text that looks like a part of the related list
)

// List is a list of contexts: whether there is one, and its names.
type List struct {
	There bool
	Names string
}

// Entry is an entry of a related list or of a listing. An archive has some million.
type Entry struct {
	Names  string // of its contexts
	Style  *Style // how it is written; nil if that does not matter
	Link   int32  // the place of its target in the links of the page, or NoLink
	Keep   bool   // marked as chosen by hand
	At     int32  // the number of the names among the strings of a [Set], from 1; 0 in none
	Rooted bool   // the link is the prefix of the style and the path that it points to
	There  bool   // it has contexts
}

// List returns the contexts of an entry.
func (e Entry) List() List { return List{e.There, e.Names} }

// Style is how entries are written.
type Style struct {
	Prefix string // what links carry before the path
	Word   string // the label of contexts
}

// NoLink is the link of an entry that has none.
const NoLink = -1

// Target is where a link leads.
type Target struct {
	Path string
	At   int32 // the number of the path among the strings of a [Set], from 1; 0 in none
	Kind uint8 // as the archive counts kinds of targets
	Tree Tree  // what else decides where it leads
}

// Tree says how the tree of files decides where a link leads.
type Tree uint8

// What a path may be.
const (
	File        Tree = iota // a file, whatever is there
	Directory               // a directory, which stands for a page in it
	MayBeEither             // a directory if one is there, or else a file
)
