package archive_test

import (
	"testing"

	"newsctl/archive"
	"newsctl/archive/archivetest"
)

// TestBrief compares the briefs of pages with their facts, and both with those read
// from the pages.
func TestBrief(t *testing.T) {
	t.Parallel()
	archivetest.EachRandomArchive(t, func(t *testing.T, g *archivetest.RandomArchive, config archive.Config) {
		a, paths := g.Files.Archive(config)
		for _, p := range paths {
			brief, facts := a.Brief(p), a.Facts(p)
			if brief == nil || facts == nil || brief.Head != facts.Head || !brief.Same(&facts.Brief) || brief.Path != p {
				t.Errorf("%s: brief %+v is not that of %+v", p, brief, facts)
				continue
			}
			pg := a.Page(p)
			if read := archive.New(a.FS(), config).Page(p).Facts(); read.Head != brief.Head || !pg.Facts().Same(facts) || brief.Kind != pg.Kind || brief.Date != pg.Date {
				t.Errorf("%s: brief %+v is not that of the page, %+v", p, brief, read)
			}
		}
	})
}
