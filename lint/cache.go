package lint

import (
	"hash/maphash"
	"slices"
	"strings"

	"newsctl/archive"
	"newsctl/archive/catalog"
	"newsctl/archive/sorted"
)

// Cache keeps the findings of a whole archive from one run to the next: a page is
// checked again only if something changed that was read to check it. A result is
// always that of [Run].
type Cache struct {
	Catalog *catalog.Catalog // nil: nothing is kept
	Disk    catalog.Disk     // the files that the archive is read from

	// Load makes known the facts of all pages, where no earlier run helps. It calls visit
	// with each page that it reads for that ([archive.Archive.Gather]).
	Load func(visit func(*archive.Page))

	// Fixes says that the edits of fixes are needed. They are not kept: where one is
	// wanted, its page is checked again. Otherwise a fix may have none.
	Fixes bool

	fresh *catalog.Memo // what is to be kept, or nil
}

// memoName names the findings in a catalog.
const memoName = "lint"

// Run is [Run] for the pages at paths, which are all pages of the archive. None of
// them has been read yet.
func (c *Cache) Run(a *archive.Archive, paths []string, config Config) Result {
	l := newLinter(a, config, Rules())
	k, load := c.last(a, paths, config.joins()), c.Load
	if k != nil {
		if load = nil; len(k.stale) > len(paths)/worthRecalling {
			a.RecallAny()
		}
	} else {
		k = c.first(a, paths, config.joins())
	}
	checked := (&checking{linter: l, paths: k.stale, record: k.now != nil, fixes: c.Fixes, joins: k.joins}).run(load)
	result := newResult(a, paths, k.own, checked)
	if !k.isSame() {
		result.Findings = append(result.Findings, k.reported(checked)...)
	}
	sortFindings(result.Findings)
	result.finish(l)
	if k.isSame() {
		result.Findings = append(result.Findings, k.joined...)
		sortFindings(result.Findings)
	}
	if k.isNew && max(len(k.stale), k.unsure) >= len(paths)/worthKeeping {
		c.keep(a, k, checked, result)
	}
	return result
}

// worthRecalling is how many pages' facts are recalled in the time that the check of one
// page takes without: it reads some twenty others.
const worthRecalling = 1000

// worthKeeping is of how many pages what was found is written in the time that one page is
// checked again. Where fewer changed, the next run checks them once more.
const worthKeeping = 1000

// sortFindings sorts findings that are mostly in order.
func sortFindings(found []Finding) {
	if !slices.IsSortedFunc(found, compare) {
		slices.SortFunc(found, compare)
	}
}

// newResult returns the findings of a check of the pages at paths, those that are known
// and those of the pages that were checked.
func newResult(a *archive.Archive, paths []string, known []Finding, checked []checked) Result {
	result := Result{Pages: len(paths), Events: countEvents(paths), Errors: a.Errors(), Findings: known}
	n := 0
	for _, one := range checked {
		n += len(one.found)
	}
	result.Findings = slices.Grow(result.Findings, n)
	for _, one := range checked {
		result.Findings = append(result.Findings, one.found...)
	}
	return result
}

// joins returns the rules that make findings of what is reported on all pages.
func (c Config) joins() []*Rule {
	return slices.DeleteFunc(c.applied(), func(r *Rule) bool { return r.Join == nil })
}

// isOf reports whether a finding is of one of several rules.
func isOf(rules []*Rule, f Finding) bool {
	return slices.ContainsFunc(rules, func(r *Rule) bool { return r.Name == f.Rule })
}

// countEvents returns how many of the paths are those of event pages.
func countEvents(paths []string) int {
	n := 0
	for _, p := range paths {
		if kind, _ := archive.Classify(p); kind == archive.EventPage {
			n++
		}
	}
	return n
}

// kept is what the last run found that holds still.
type kept struct {
	now    *catalog.Snapshot // nil: nothing is kept
	joins  []*Rule           // which make findings of what is reported on all pages
	own    []Finding         // of other rules
	joined []Finding         // of these rules, if nothing changed
	stale  []string          // the pages to check
	isNew  bool              // there is more to keep than the last run kept
	unsure int               // how many pages were read since their stat data did not say whether they changed
}

// isSame reports whether nothing changed that rules join.
func (k *kept) isSame() bool { return !k.isNew && len(k.stale) == 0 }

// first returns what there is before the first run.
func (c *Cache) first(a *archive.Archive, paths []string, joins []*Rule) *kept {
	k := &kept{joins: joins, stale: paths}
	if c.Catalog != nil {
		k.now, k.isNew = a.Snapshot(c.Disk, nil), true
	}
	return k
}

// last returns what the last run found that holds still, or nil if there is nothing.
func (c *Cache) last(a *archive.Archive, paths []string, joins []*Rule) *kept {
	if c.Catalog == nil {
		return nil
	}
	memo := c.Catalog.Load(memoName)
	if memo == nil {
		return nil
	}
	joined, ok := decodeFindings(memo.Answers)
	if !ok {
		return nil
	}
	k := &kept{now: a.Snapshot(c.Disk, memo.Snapshot), joins: joins, joined: joined}
	changes, unsure := k.now.Since(memo.Snapshot, c.Disk.ID, func(p string) catalog.Digests { return digestsAt(a, p) })
	k.isNew, k.unsure = len(changes) > 0 || unsure > 0, unsure
	stale := k.now.Stale(changes, archive.IsPage)
	k.now.EachAnswer(func(dir, name, answer string) bool {
		own, _ := splitAnswer(answer)
		before := len(k.own)
		if k.own, ok = decodeOwn(k.own, dir, name, own); c.Fixes && slices.ContainsFunc(k.own[before:], isFixable) {
			stale[k.own[before].Path] = true
			k.own = k.own[:before]
		}
		return ok
	})
	if !ok {
		return nil
	}
	for p := range stale {
		k.now.Forget(p)
	}
	k.stale = slices.DeleteFunc(sorted.Keys(stale), func(p string) bool {
		_, there := slices.BinarySearch(paths, p)
		return !there
	})
	return k
}

func isFixable(f Finding) bool { return f.Fix != nil }

// reported returns what was reported for the rules that join, on pages that are not
// stale and on those that were checked, as far as it may be joined: with something else
// of it.
func (k *kept) reported(checked []checked) []Finding {
	groups := newGrouping()
	k.eachReported(checked, func(_, _, suggestion, _ string) { groups.add(suggestion) })
	var out []Finding
	k.eachReported(checked, func(dir, name, suggestion, rest string) {
		if groups.isShared(suggestion) {
			out = append(out, decodeReported(dir, name, suggestion, rest))
		}
	})
	return out
}

// eachReported calls do for what was reported for the rules that join, with a directory
// and the path of the page from there.
func (k *kept) eachReported(checked []checked, do func(dir, name, suggestion, rest string)) {
	each := func(dir, name, reported string) {
		eachReported(reported, func(suggestion, rest string) { do(dir, name, suggestion, rest) })
	}
	if k.now != nil {
		k.now.EachAnswer(func(dir, name, answer string) bool {
			_, reported := splitAnswer(answer)
			each(dir, name, reported)
			return true
		})
	}
	for i, one := range checked {
		each(".", k.stale[i], one.reported)
	}
}

// grouping says which of many texts begin with the line of another. It may say so of
// some that do not.
type grouping struct {
	seed         maphash.Seed
	seen, shared [1 << 16]uint64 // a bit for each text, by a hash
}

func newGrouping() *grouping { return &grouping{seed: maphash.MakeSeed()} }

// place returns where the bit of a text is.
func (g *grouping) place(text string) (word int, bit uint64) {
	line, _, _ := strings.Cut(text, "\n")
	h := maphash.String(g.seed, line)
	return int(h >> 6 & (1<<16 - 1)), 1 << (h & 63)
}

func (g *grouping) add(text string) {
	word, bit := g.place(text)
	g.shared[word] |= g.seen[word] & bit
	g.seen[word] |= bit
}

func (g *grouping) isShared(text string) bool {
	word, bit := g.place(text)
	return g.shared[word]&bit != 0
}

// keep makes what was found what is to be saved, if all could be read.
func (c *Cache) keep(a *archive.Archive, k *kept, checked []checked, result Result) {
	for i, p := range k.stale {
		answer := ""
		if checked[i].reads != nil {
			answer = encodeAnswer(checked[i].found, checked[i].reported)
		}
		k.now.SetAnswer(p, checked[i].says, checked[i].reads, answer)
	}
	if a.Identify(k.now) {
		joined := slices.DeleteFunc(slices.Clone(result.Findings), func(f Finding) bool { return !isOf(k.joins, f) })
		c.fresh = &catalog.Memo{Snapshot: k.now, Answers: encodeFindings(joined)}
	}
}

// Save keeps what the last run found. An error means that the next run has more
// to do.
func (c *Cache) Save() error {
	if c.fresh == nil {
		return nil
	}
	return c.Catalog.Save(memoName, c.fresh)
}
