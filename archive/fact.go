package archive

import (
	"strings"

	"newsctl/archive/catalog"
	"newsctl/archive/facts"
)

// Facts is what other pages need to know of a page. Of each page of an archive there
// is one, whether the page is read for it or the catalog has it.
type Facts struct {
	Brief
	facts.Body

	settled map[int32]Target // where links lead that the tree decides
	memo    memo
}

// Facts returns what other pages need to know of the page at a path, or nil if
// nothing is there.
func (a *Archive) Facts(p string) *Facts {
	a.reads.add(catalog.Page, p)
	return a.peekFacts(p)
}

// matchFacts is [Archive.Facts] for what says which event a page is of, or which ones it
// lists: that of [Facts.Digests].
func (a *Archive) matchFacts(p string) *Facts {
	a.reads.add(catalog.Match, p)
	return a.peekFacts(p)
}

// peekFacts is [Archive.Facts] that is not recorded.
func (a *Archive) peekFacts(p string) *Facts {
	switch s := a.slot(p, false); {
	case s == nil:
		return nil
	case s.facts != nil:
		return s.facts
	case !s.src.IsHeld():
		if f := s.made.Load(); f != nil {
			return f
		}
		return a.load(p, s).Facts()
	default:
		return a.read(p, s).Facts()
	}
}

// KnownFacts returns the facts of the page at a path if they are known, so that the page
// need not be read for them, and else nil.
func (a *Archive) KnownFacts(p string) *Facts {
	a.reads.add(catalog.Page, p)
	if s := a.slot(p, false); s != nil {
		return s.facts
	}
	return nil
}

// FactsOnce is [Archive.Facts] for the caller alone: of a page that is read for it,
// they are not kept either.
func (a *Archive) FactsOnce(p string) *Facts {
	a.reads.add(catalog.Page, p)
	if s := a.slot(p, false); s != nil && !s.src.IsHeld() {
		return a.load(p, s).newFacts()
	}
	return a.peekFacts(p)
}

// IsRead reports whether the page at a path could be read: see [Page.Fault].
func (a *Archive) IsRead(p string) bool {
	if s := a.slot(p, false); s != nil && s.facts != nil {
		return true
	}
	pg := a.Page(p)
	return pg != nil && pg.Fault == "" && pg.Err == nil
}

// SameBytes reports whether there are pages at two paths, with the same bytes.
func (a *Archive) SameBytes(p, q string) bool {
	a.reads.add(catalog.Page, p)
	a.reads.add(catalog.Page, q)
	i, there := a.idAt(p)
	j, also := a.idAt(q)
	return there && also && i == j
}

// idAt returns the id of the bytes of the page at a path, or false if there is none.
func (a *Archive) idAt(p string) (catalog.ID, bool) {
	if s := a.slot(p, false); s != nil && s.facts != nil {
		return s.id, true
	}
	pg := a.Page(p)
	if pg == nil {
		return catalog.ID{}, false
	}
	return catalog.IDOf(pg.Source), true
}

// Facts returns what other pages need to know of the page.
func (p *Page) Facts() *Facts {
	return p.facts.get(func() *Facts {
		f := p.newFacts()
		if p.slot != nil && !p.slot.made.CompareAndSwap(nil, f) {
			f = p.slot.made.Load()
		}
		return f
	})
}

// LentFacts returns the facts of a page that no archive holds. They may hold parts of its
// source.
func (p *Page) LentFacts() *Facts { return p.lend(0) }

// FactsOf returns the facts of pages.
func FactsOf(pages []*Page) []*Facts {
	out := make([]*Facts, len(pages))
	for i, p := range pages {
		out[i] = p.Facts()
	}
	return out
}

// Target returns where a link of the page leads, by its place among the links of
// the facts.
func (f *Facts) Target(link int32) Target {
	if t, ok := f.settled[link]; ok {
		return t
	}
	t := f.Links[link]
	return Target{Kind: TargetKind(t.Kind), Path: t.Path}
}

// Entries returns the entries of the related list of an event, or of a listing.
func (f *Facts) Entries() []facts.Entry {
	if f.IsEvent() {
		return f.Related
	}
	return f.Items
}

// maxDayDigits bounds how many digits of a year, a month or a day are read.
const maxDayDigits = 4

// DayNamed returns a number for the day that a text begins with, as 2018/03/14/,
// padded or not.
func DayNamed(text string) (int32, bool) {
	var n int32
	for part := range 3 {
		digits := 0
		value := int32(0)
		for ; digits < len(text) && digits < maxDayDigits && '0' <= text[digits] && text[digits] <= '9'; digits++ {
			value = value*10 + int32(text[digits]-'0')
		}
		if digits == 0 || digits == len(text) || text[digits] != '/' {
			return 0, false
		}
		if part > 0 {
			n *= 100
			value %= 100
		}
		n += value
		text = text[digits+1:]
	}
	return n, true
}

// DistinctFrom returns the path of the event that the text of a comment names as one
// that is not the same, or nothing.
func DistinctFrom(comment string) string {
	reason, ok := strings.CutPrefix(comment, Distinct)
	first, _, _ := strings.Cut(strings.TrimSpace(reason), " ")
	if kind, _ := Classify(first); !ok || kind != EventPage {
		return ""
	}
	return first
}

// Ignore begins a comment that hides findings of a rule, whose name follows.
const Ignore = "newsctl-ignore"

// Distinct begins the comment of an event page that is not the same event as
// another; the path of the other follows.
const Distinct = Ignore + " event-duplicate: "

// NameMark begins a comment that holds a name with a comma.
const NameMark = "newsctl-name:"

const (
	ContextSeparator = ", "

	// MaxCommas is how many commas a name has at most: far more than any title
	// has, and few enough that reading a list takes time that grows with its size.
	MaxCommas = 24

	// MaxHiddenCommas is how many commas a name has at most that only the order
	// of a list shows. More neighbors out of order are a list in no order.
	MaxHiddenCommas = 3
)
