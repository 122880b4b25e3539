package export_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"
	"testing"
	"testing/fstest"
	"unicode"
	"unicode/utf8"

	"newsctl/archive"
	"newsctl/archive/export"
	"newsctl/archive/query"
)

// hostile are texts that a format cannot hold as they are, or that a reader of it may
// take for something else.
var hostile = []string{
	"control \x01\x0b\x1b[31m\x7f\x00 end", "cdata ]]> <![CDATA[ end", "bytes \xff\xe9 end", "surrogate \xed\xa0\x80 end",
	"none \ufffe \uffff \ufdd0 \U0001fffe \ufeff end", "C1 \u0085\u0080 end", "lines \u2028 \u2029 end", "&#1; &#xFFFE; &#xd800; &lt;b&gt; &amp;lt;",
	"<script>alert(1)</script>", "\"quotes\", commas; and 'more'", "=1+1", "+1", "-1", "@SUM(A1)", "＝1+1", "&#61;1", "\u00a0=1", "\u200f\u202eעברית", "👩‍👩‍👧",
	strings.Repeat("long ", 5000), "",
}

// addresses are those of sources, most of which are not valid as they are.
var addresses = []string{
	"https://x.example/[a]<b>", "https://x.example/a b\\c^d`e{f}|g", "https://x.example/p#f#g", "https://x.example/%zz%", "https://x.example/\xff\x01", "https://例え.テスト/パス?ク=エ",
	"https://[::1]/x", "https://[::1/x", "https://x.example:port/", "https:///x", "https://@/", "https://a@b@c/", "https://x.example:80/?[q]#[f]", "https://x.example/\u202e",
}

// hostileArchive returns an archive of an event for each text, which is its headline,
// its description, its topic, a context, and the name of a source.
func hostileArchive() *archive.Archive {
	files := fstest.MapFS{}
	for i, text := range hostile {
		src := fmt.Sprintf("\n### [2018-03-5](/news/2018/03/5/index.md)\n\n##### %[1]s\n# %[1]s\n\nText [x](/news/2018/03/5/e1.md \"%[1]s\") %[1]s\n\n_Context: %[1]s, Port_\n\n### Source:\n\n1. [%[1]s](<%[2]s>)\n1. [B](%[2]s)\n", text, addresses[i%len(addresses)])
		files[fmt.Sprintf("news/2018/03/5/e%d.md", i)] = &fstest.MapFile{Data: []byte(src)}
	}
	return archive.New(files, archive.Config{})
}

// TestFormatsOfHostileText checks that the document of each format is valid whatever
// pages hold.
func TestFormatsOfHostileText(t *testing.T) {
	t.Parallel()
	a := hostileArchive()
	x := query.New(a, a.Load(nil))
	events, _ := export.Read(a, x, x.Select(query.Filter{}))
	if len(events) != len(hostile) {
		t.Fatalf("%d events, want %d", len(events), len(hostile))
	}
	checks := map[string]func(*testing.T, []byte){"csv": checkCSV, "json-feed": checkJSON, "json-ld": checkJSON, "atom": checkXML}
	for _, f := range export.Formats {
		check := checks[f.Name]
		if check == nil {
			continue
		}
		for _, base := range []string{"", "https://news.example/a%20b"} {
			var out bytes.Buffer
			if err := f.Write(&out, export.Site{Title: "News", BaseURL: base}, events); err != nil {
				t.Fatal(err)
			}
			t.Run(f.Name+" "+base, func(t *testing.T) { check(t, out.Bytes()) })
		}
	}
}

// checkText reports what a document must not hold.
func checkText(t *testing.T, text string) {
	t.Helper()
	if !utf8.ValidString(text) {
		t.Errorf("%.80q is not UTF-8", text)
	}
	for _, r := range text {
		if unicode.IsControl(r) && r != '\n' && r != '\t' || r&0xfffe == 0xfffe || r == '\ufdd0' || r == '\ufeff' {
			t.Errorf("%.80q holds %U", text, r)
		}
	}
}

func checkCSV(t *testing.T, src []byte) {
	checkText(t, string(src))
	rows, err := csv.NewReader(bytes.NewReader(src)).ReadAll()
	if err != nil || len(rows) != 1+len(hostile) {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	for _, row := range rows {
		for _, cell := range row {
			if cell != "" && strings.ContainsAny(cell[:1], "=+-@\t\r") || strings.HasPrefix(cell, "＝") || strings.Contains(cell, "\n") {
				t.Errorf("cell %.80q", cell)
			}
		}
	}
}

func checkJSON(t *testing.T, src []byte) {
	var document any
	if err := json.Unmarshal(src, &document); err != nil {
		t.Fatal(err)
	}
	var walk func(key string, v any)
	walk = func(key string, v any) {
		switch v := v.(type) {
		case string:
			checkText(t, v)
			if strings.HasSuffix(key, "url") {
				checkURI(t, v)
			}
			if v == "" {
				t.Errorf("%s is empty", key)
			}
		case []any:
			for _, one := range v {
				walk(key, one)
			}
		case map[string]any:
			for key, one := range v {
				walk(key, one)
			}
		}
	}
	walk("", document)
}

func checkXML(t *testing.T, src []byte) {
	checkText(t, string(src))
	dec := xml.NewDecoder(bytes.NewReader(src))
	for {
		token, err := dec.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		if start, ok := token.(xml.StartElement); ok {
			for _, attr := range start.Attr {
				if attr.Name.Local == "href" {
					checkURI(t, attr.Value)
				}
			}
		}
	}
}

// checkURI reports an address that is not one of RFC 3986.
func checkURI(t *testing.T, address string) {
	t.Helper()
	u, err := url.Parse(address)
	switch {
	case err != nil || u.Host == "":
		t.Errorf("%q: %v", address, err)
	case strings.ContainsAny(u.EscapedPath()+u.RawQuery, "[]") || strings.ContainsAny(address, "<>\"\\^`{|} ") || strings.Count(address, "#") > 1:
		t.Errorf("%q is not a URI", address)
	}
}
