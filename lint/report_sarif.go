package lint

import (
	"crypto/sha256"
	"fmt"
	"io"
	"net/url"
	"path"
	"strings"
	"unicode/utf8"

	"github.com/owenrumney/go-sarif/v2/sarif"

	"newsctl/archive"
	"newsctl/archive/encode"
	"newsctl/archive/page"
)

var sarifFormat = Format{Name: "sarif", Exact: true, Fixes: true, Least: Info, Write: func(w io.Writer, r Report) error {
	return writeSARIF(w, r.Archive, r.Result, r.Dir, r.Version)
}}

// writeSARIF writes a result as a SARIF 2.1.0 log, with the help of every rule.
// Pages are named from the top of the repository, in which the archive is in
// directory. version is that of newsctl.
func writeSARIF(w io.Writer, a *archive.Archive, r Result, directory, version string) error {
	report, err := sarif.New(sarif.Version210)
	if err != nil {
		return err
	}
	run := sarif.NewRun(*sarif.NewSimpleTool("newsctl")).WithColumnKind("unicodeCodePoints")
	run.Tool.Driver.WithVersion(version)
	for _, rule := range Rules() {
		run.Tool.Driver.WithRules(append(run.Tool.Driver.Rules, sarifRule(rule)))
	}
	run.WithOriginalUriBaseIds(map[string]*sarif.ArtifactLocation{
		sourceRoot: sarif.NewArtifactLocation().WithDescriptionText("The top of the repository that holds the archive."),
	})
	run.AddInvocation(len(r.Errors) == 0)
	log := sarifLog{archive: a, directory: directory, seen: map[Key]int{}}
	for _, f := range r.Findings {
		run.AddResult(log.result(f))
	}
	report.AddRun(run)
	return encode.JSON(w, report)
}

// sourceRoot is the name that code scanners expect for what paths are relative
// to.
const sourceRoot = "%SRCROOT%"

func sarifRule(r *Rule) *sarif.ReportingDescriptor {
	var help strings.Builder
	WriteExplanations(&help, []*Rule{r})
	markdown := fmt.Sprintf("%s\n\nWrong:\n\n```text\n%s\n```\n\nRight:\n\n```text\n%s\n```\n",
		reason(r), strings.Trim(r.Wrong, "\n"), strings.Trim(r.Right, "\n"))
	return sarif.NewRule(r.Name).
		WithShortDescription(sarif.NewMultiformatMessageString(r.Title)).
		WithFullDescription(sarif.NewMultiformatMessageString(strings.ReplaceAll(r.Why, "\n", " "))).
		WithHelp(sarif.NewMultiformatMessageString(help.String()).WithMarkdown(markdown)).
		WithDefaultConfiguration(sarif.NewReportingConfiguration().WithLevel(sarifLevel(r.Severity)))
}

func sarifLevel(s Severity) string {
	if s == Info {
		return "note"
	}
	return s.String()
}

// sarifLog makes results of findings.
type sarifLog struct {
	archive   *archive.Archive
	directory string
	seen      map[Key]int // how many findings of a key have been written
}

func (l *sarifLog) result(f Finding) *sarif.Result {
	place := sarif.NewPhysicalLocation().WithArtifactLocation(l.artifact(f.Path)).WithRegion(sarifRegion(f.Start, f.End))
	result := sarif.NewRuleResult(f.Rule).
		WithLevel(sarifLevel(f.Severity)).
		WithMessage(sarif.NewTextMessage(f.Message)).
		WithLocations([]*sarif.Location{sarif.NewLocationWithPhysicalLocation(place)}).
		WithPartialFingerPrints(map[string]any{"newsctl/v1": l.fingerprint(f.Key())})
	if f.Fix != nil {
		l.addFix(result, f)
	}
	return result
}

// fingerprint returns what a finding is known by from run to run. Findings of
// one key are told apart by their order.
func (l *sarifLog) fingerprint(k Key) string {
	l.seen[k]++
	sum := sha256.Sum256([]byte(k.Rule + "\x00" + k.Path + "\x00" + k.Text))
	return fmt.Sprintf("%x:%d", sum[:16], l.seen[k])
}

// addFix adds what fixes a finding, unless that makes a page, or has no edits
// before the whole archive is read, or a replacement is not text that JSON can
// hold.
func (l *sarifLog) addFix(result *sarif.Result, f Finding) {
	p := l.archive.Page(f.Fix.Path)
	if p == nil || p.Err != nil || len(f.Fix.Edits) == 0 {
		return
	}
	change := sarif.NewArtifactChange(l.artifact(f.Fix.Path))
	for _, e := range f.Fix.Edits {
		if !utf8.ValidString(e.New) {
			return
		}
		region := sarifRegion(position(p.Page, e.Start), position(p.Page, e.End))
		text := sarif.NewArtifactContent().WithText(e.New)
		change.WithReplacement(sarif.NewReplacement(region).WithInsertedContent(text))
	}
	fix := sarif.NewFix().WithDescriptionText("fix " + f.Rule)
	fix.AddArtifactChanges(change)
	result.AddFix(fix)
}

func position(p *page.Page, offset int) Position {
	line, column := p.Position(offset)
	return Position{line, column}
}

func (l *sarifLog) artifact(p string) *sarif.ArtifactLocation {
	uri := url.URL{Path: path.Join(l.directory, p)}
	return sarif.NewSimpleArtifactLocation(uri.String()).WithUriBaseId(sourceRoot)
}

func sarifRegion(start, end Position) *sarif.Region {
	return sarif.NewRegion().
		WithStartLine(start.Line).WithStartColumn(start.Column).
		WithEndLine(end.Line).WithEndColumn(end.Column)
}
