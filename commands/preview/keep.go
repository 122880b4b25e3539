package preview

import (
	"hash/fnv"
	"path"
	"strconv"

	"newsctl/archive"
	"newsctl/archive/catalog"
)

// What the index is made of is kept from one run to the next, by directories: those in
// which no file changed are not read again. It is kept in parts, so that neither
// writing nor reading it takes much memory.

const (
	// keptParts is how many parts there are.
	keptParts = 32

	// worthKeeping is how many pages are read again in each run rather than that all is
	// written.
	worthKeeping = 256
)

// partOf returns the part that a directory is kept in.
func partOf(dir string) int {
	h := fnv.New32a()
	_, _ = h.Write([]byte(path.Dir(dir)))
	return int(h.Sum32() % keptParts)
}

func partName(part int) string { return "preview-" + strconv.Itoa(part) }

// recall adds the records of directories whose stamps are those that they were kept
// with, and returns the directories that are to be read.
func (w *reader) recall(dirs []string, now map[string]stamp) (rest []string) {
	known := map[string]bool{}
	for part := range keptParts {
		if memo := w.server.state.Keep.Load(partName(part)); memo != nil {
			w.recallPart(memo.Answers, now, known)
		}
	}
	for _, dir := range dirs {
		if !known[dir] {
			rest = append(rest, dir)
		}
	}
	w.sort()
	return rest
}

func (w *reader) recallPart(text string, now map[string]stamp, known map[string]bool) {
	r := catalog.NewReader(text)
	start := len(w.records)
	var dirs []string
	strings := make([]uint32, r.Count())
	for i := range strings {
		strings[i] = w.symbols.of(r.String())
	}
	symbol := func() uint32 {
		if n := r.Int(); n >= 0 && n < len(strings) {
			return strings[n]
		}
		r.Fail()
		return 0
	}
	for range r.Count() {
		dir, hash := r.String(), uint64(r.Int64())
		same := now[dir].hash == hash && hash != 0
		if same {
			dirs = append(dirs, dir)
		}
		for range r.Count() {
			if record := readRecord(r, symbol); same {
				w.records = append(w.records, record)
			}
		}
	}
	if !r.Whole() {
		w.records = w.records[:start]
		return
	}
	for _, dir := range dirs {
		known[dir] = true
	}
}

// keep keeps the records of all directories for the next run, but for those that may have
// changed while they were read.
func (w *reader) keep(now map[string]stamp, began int64) {
	byPart := make([]map[string][]*record, keptParts)
	for part := range byPart {
		byPart[part] = map[string][]*record{}
	}
	for dir, is := range now {
		if is.newest < began-int64(clockStep) {
			byPart[partOf(dir)][dir] = nil
		}
	}
	for i := range w.records {
		r := &w.records[i]
		dir := path.Dir(w.symbols.text[r.path])
		part := byPart[partOf(dir)]
		if r.depends {
			delete(part, dir)
		} else if records, ok := part[dir]; ok {
			part[dir] = append(records, r)
		}
	}
	for part, dirs := range byPart {
		if w.server.state.Keep.Save(partName(part), &catalog.Memo{Snapshot: &catalog.Snapshot{}, Answers: w.encode(dirs, now)}) != nil {
			return // the next run has more to do
		}
	}
}

// encode returns the records of directories as recallPart reads them.
func (w *reader) encode(dirs map[string][]*record, now map[string]stamp) string {
	var body, all catalog.Writer
	numbers := map[uint32]int{}
	var texts []uint32
	symbol := func(n uint32) {
		at, ok := numbers[n]
		if !ok {
			at = len(texts)
			numbers[n] = at
			texts = append(texts, n)
		}
		body.Int(at)
	}
	body.Int(len(dirs))
	for dir, records := range dirs {
		body.String(dir)
		body.Int64(int64(now[dir].hash))
		body.Int(len(records))
		for _, r := range records {
			r.write(&body, symbol)
		}
	}
	all.Int(len(texts))
	for _, n := range texts {
		all.String(w.symbols.text[n])
	}
	return string(all.Bytes()) + string(body.Bytes())
}

// write writes a record, with a function that writes its symbols.
func (r *record) write(w *catalog.Writer, symbol func(uint32)) {
	flags := 0
	for i, flag := range []bool{r.isEvent, r.damaged, r.declares, r.hints != nil} {
		if flag {
			flags |= 1 << i
		}
	}
	symbol(r.path)
	w.Int(int(r.kind))
	w.Int(flags)
	w.Int64(int64(r.day))
	w.String(r.headline)
	symbol(r.topic)
	symbol(r.declared)
	w.Int(len(r.links))
	for _, to := range r.links {
		symbol(to)
	}
	w.Int(len(r.says))
	for _, m := range r.says {
		symbol(m.list)
		symbol(m.to)
	}
	if r.hints != nil {
		writeList(w, r.hints.Names)
		writeList(w, r.hints.Lists)
	}
}

func writeList(w *catalog.Writer, list []string) {
	w.Int(len(list))
	for _, s := range list {
		w.String(s)
	}
}

// readRecord reads a record, with a function that reads its symbols.
func readRecord(r *catalog.Reader, symbol func() uint32) record {
	out := record{path: symbol(), kind: archive.Kind(r.Int())}
	flags := r.Int()
	out.isEvent, out.damaged, out.declares = flags&1 != 0, flags&2 != 0, flags&4 != 0
	out.day = int32(r.Int64())
	out.headline = cloned([]string{r.String()})[0]
	out.topic, out.declared = symbol(), symbol()
	out.links = make([]uint32, r.Count())
	for i := range out.links {
		out.links[i] = symbol()
	}
	out.says = make([]mention, r.Count())
	for i := range out.says {
		out.says[i] = mention{symbol(), symbol()}
	}
	if flags&8 != 0 {
		out.hints = &archive.NameHints{Names: readList(r), Lists: readList(r)}
	}
	return out
}

func readList(r *catalog.Reader) []string {
	out := make([]string, r.Count())
	for i := range out {
		out[i] = r.String()
	}
	return cloned(out)
}
