package lsp

import (
	"cmp"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"

	"newsctl/archive"
	"newsctl/lint"
)

// pollTime is how long a change on disk may stay unseen, unless the client reports it.
const pollTime = 2 * time.Second

// checkLoop checks the open pages each time that something changed, until the server
// ends.
func (s *server) checkLoop() {
	defer close(s.checked)
	tick := time.NewTicker(cmp.Or(s.o.Poll, pollTime))
	defer tick.Stop()
	for {
		select {
		case <-s.done:
			return
		case <-s.wake:
		case <-tick.C:
			s.pollDisk()
		}
		s.check()
	}
}

// pollDisk looks whether files changed that open pages depend on.
func (s *server) pollDisk() {
	for _, f := range s.openTrees(*s.docs.Load()) {
		s.guarded("reading the disk", f.poll)
	}
}

// check checks the open pages that need it. It ends early if a document changes
// meanwhile: then it is called again.
func (s *server) check() {
	docs := s.docs.Load()
	for _, f := range s.openTrees(*docs) {
		s.guarded("checking", func() {
			err := archive.Steadily(func() error { return f.use(func() error { return s.checkTree(f, docs) }) })
			switch {
			case errors.Is(err, archive.ErrChanged):
				f.renew()
				s.awake()
			case err != nil:
				s.unsay(f, *docs)
			default:
				s.warm(f)
			}
		})
	}
	for _, d := range sortedDocuments(*docs) {
		if d.tree == nil || d.lost {
			s.publish(d, nil)
		}
	}
}

// unsay takes the diagnostics of an archive back that cannot be opened.
func (s *server) unsay(f *fileTree, docs documents) {
	for _, d := range docs.in(f) {
		s.publish(d, nil)
	}
}

// checkTree checks the open pages of one archive that need it, those that were
// edited first.
func (s *server) checkTree(f *fileTree, docs *documents) error {
	live := f.live(*docs)
	texts := f.texts(live, *docs)
	onDisk := f.nearest().onDisk()
	f.checks.begin(texts, live.Basis(), func(p string) bool { return !onDisk.Exists(p) })
	pages := sortedDocuments(docs.in(f))
	slices.SortStableFunc(pages, func(a, b *document) int {
		return compareBool(s.isPublished(a), s.isPublished(b))
	})
	for _, d := range pages {
		if s.docs.Load() != docs {
			return nil
		}
		if _, isPage := texts[d.path]; !isPage {
			var found []lint.Finding
			if d.isTooLarge() && isPageOf(live, d.path) {
				found = lint.CheckTooLarge(live, d.path, f.archive.Lint)
			}
			s.publish(d, s.diagnostics(f, d, found))
			continue
		}
		r := f.checks.fresh(d.path)
		if r == nil {
			r = &result{}
			r.findings, r.reads = lint.CheckPage(live, d.path, f.archive.Lint)
			f.note(live, r.reads.Keys())
			f.checks.keep(d.path, r)
		} else if s.isPublished(d) {
			continue
		}
		s.publish(d, s.diagnostics(f, d, r.findings))
	}
	return nil
}

// shown returns the findings that people are to see: of the severity that the
// configuration asks for, and not in the baseline.
func (f *fileTree) visible(findings []lint.Finding) []lint.Finding {
	rest, _ := f.archive.Baseline.Apply(lint.Result{Findings: findings}, func(lint.Key) bool { return false })
	return slices.DeleteFunc(rest.Findings, func(x lint.Finding) bool { return x.Severity < f.archive.Lint.Least })
}

func (s *server) diagnostics(f *fileTree, d *document, findings []lint.Finding) []diagnostic {
	var out []diagnostic
	for _, x := range f.visible(findings) {
		out = append(out, diagnostic{
			Range:    d.lines().span(x.Span, s.encoding),
			Severity: severityOf(x.Severity),
			Code:     x.Rule,
			Source:   "newsctl",
			Message:  strings.ToValidUTF8(x.Message, "\ufffd"),
		})
	}
	return out
}

func severityOf(s lint.Severity) int {
	switch s {
	case lint.Error:
		return 1
	case lint.Warning:
		return 2
	}
	return 3
}

// publish sends the diagnostics of a document, unless the client has them.
func (s *server) publish(d *document, list []diagnostic) {
	version := d.version
	params := publishDiagnosticsParams{d.uri, &version, notNil(list)}
	text, err := json.Marshal(params)
	if err != nil {
		panic(err)
	}
	s.publishing.Lock()
	defer s.publishing.Unlock()
	if now := (*s.docs.Load())[d.uri]; now == nil {
		return // it was closed meanwhile
	}
	if s.published[d.uri] == string(text) {
		return
	}
	s.published[d.uri] = string(text)
	s.notify("textDocument/publishDiagnostics", params)
}

// isPublished reports whether the client has the diagnostics of this version.
func (s *server) isPublished(d *document) bool {
	s.publishing.Lock()
	defer s.publishing.Unlock()
	var p publishDiagnosticsParams
	return json.Unmarshal([]byte(s.published[d.uri]), &p) == nil && p.Version != nil && *p.Version == d.version
}

// unpublish takes the diagnostics of a closed document back.
func (s *server) unpublish(uri string) {
	s.publishing.Lock()
	defer s.publishing.Unlock()
	if _, has := s.published[uri]; has {
		delete(s.published, uri)
		s.notify("textDocument/publishDiagnostics", publishDiagnosticsParams{URI: uri, Diagnostics: []diagnostic{}})
	}
}
