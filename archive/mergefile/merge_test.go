package mergefile

import (
	"strings"
	"testing"

	"newsctl/archive/diff"
	"newsctl/archive/page"
)

var testOptions = Options{Labels: page.DefaultLabels(), RelatedLimit: 10, Markers: diff.Markers{Ours: "ours", Theirs: "theirs"}}

const (
	dayPage   = "news/2024/03/5/index.md"
	eventPage = "news/2024/03/5/ferry-sails.md"
	head      = "## [2024-03-5](/news/2024/03/5/index.md)\n\n"
	previous  = "## [Previous Day...](/news/2024/03/4/index.md)\n\n"
)

func entryOf(name, body string) string {
	return "### [" + name + ". ](/news/2024/03/5/" + strings.ToLower(name) + ".md)\n" + body + "\n\n"
}

func related(n, name, contexts string) string {
	return n + ". [" + name + ".](/news/2024/02/1/" + strings.ToLower(name) + ".md) _Context: " + contexts + "_\n"
}

const event = "### [2024-03-5](/news/2024/03/5/index.md)\n##### Ferry\n# Ferry sails. \nIt sails again.\n\n"

func TestMerge(t *testing.T) {
	a, b, c, d := entryOf("A", "One."), entryOf("B", "Two."), entryOf("C", "_Context: Port_"), entryOf("D", "Four.")
	source := event + "### Source:\n\n1. [BBC](https://bbc.example/1)\n"
	for _, tt := range []struct {
		name, path, base, ours, theirs, want string
		conflicts                            int
	}{
		{"entries added at one place", dayPage, head + a + previous, head + a + c + previous, head + a + b + previous, head + a + b + c + previous, 0},
		{"a new day", dayPage, "", head + b + d + previous, head + a + previous, head + a + b + d + previous, 0},
		{"one removed, one added", dayPage, head + a + b + previous, head + b + previous, head + a + b + c + previous, head + b + c + previous, 0},
		{"removed and changed", dayPage, head + a + b, head + b, head + strings.Replace(a, "One", "1", 1) + b,
			head + "<<<<<<< ours\n=======\n### [A. ](/news/2024/03/5/a.md)\n1.\n>>>>>>> theirs\n\n" + b, 1},
		{"changed differently", dayPage, head + a + b, head + strings.Replace(a, "One", "1", 1) + b, head + strings.Replace(a, "One", "I", 1) + b + c,
			head + "<<<<<<< ours\n### [A. ](/news/2024/03/5/a.md)\n1.\n=======\n### [A. ](/news/2024/03/5/a.md)\nI.\n>>>>>>> theirs\n\n" + b + c, 1},
		{"renamed and described", dayPage, head + a + b, head + strings.Replace(strings.Replace(a, "A", "Z", 1), "/a.md", "/z.md", 1) + b,
			head + strings.Replace(a, "One", "1", 1) + b, head + "### [Z. ](/news/2024/03/5/z.md)\n1.\n\n" + b, 0},
		{"two days added before", dayPage, head + a + previous, head + a + strings.Replace(previous, "03/4", "02/28", 1), head + a + strings.Replace(previous, "03/4", "02/29", 1),
			head + a + strings.Replace(previous, "03/4", "02/28", 1), 0},
		{"topics", dayPage, head + "##### X\n" + a, head + "##### X\n" + a + "##### Y\n" + c, head + "##### X\n" + a + "##### Y\n" + b, head + "##### X\n" + a + "##### Y\n" + b + c, 0},
		{"topic of one side", dayPage, "", head + "##### X\n" + a, head + b, head + b + "##### X\n" + a, 0},
		{"contexts", dayPage, head + c, head + strings.Replace(c, "Port", "Harbor", 1), head + strings.Replace(c, "Port", "Port, Rovers", 1), head + strings.Replace(c, "Port", "Harbor, Rovers", 1), 0},
		{"sources", eventPage, source, source + "2. [CNN](https://cnn.example/1)\n", source + "2. [AFP](https://afp.example/1)\n",
			source + "2. [AFP](https://afp.example/1)\n3. [CNN](https://cnn.example/1)\n", 0},
		{"new sections", eventPage, source, source + "\n### Related:\n\n" + related("1", "A", "Port"), source + "\n### Changes:\n\n1. [Ferry sails](/news/2024/03/5/ferry-sails.md)\n",
			source + "\n### Changes:\n\n1. [Ferry sails](/news/2024/03/5/ferry-sails.md)\n\n### Related:\n\n" + related("1", "A", "Port"), 0},
		{"headline and topic", eventPage, source, strings.Replace(source, "Ferry sails.", "Ferries sail.", 1), strings.Replace(source, "##### Ferry", "##### Ferries", 1),
			strings.Replace(strings.Replace(source, "Ferry sails.", "Ferries sail.", 1), "##### Ferry", "##### Ferries", 1), 0},
		{"headline twice", eventPage, source, strings.Replace(source, "Ferry sails.", "Ferries sail.", 1), strings.Replace(source, "Ferry sails.", "A ferry sails.", 1),
			"### [2024-03-5](/news/2024/03/5/index.md)\n##### Ferry\n<<<<<<< ours\n# Ferries sail. \n=======\n# A ferry sails. \n>>>>>>> theirs\nIt sails again.\n\n### Source:\n\n1. [BBC](https://bbc.example/1)\n", 1},
		{"related entries", eventPage, event + "### Related:\n\n" + related("1", "B", "Port"), event + "### Related:\n\n" + related("1", "A", "Ferry, Port") + related("2", "B", "Port"),
			event + "### Related:\n\n" + related("1", "B", "Port") + related("2", "C", "Port"), event + "### Related:\n\n" + related("1", "A", "Ferry, Port") + related("2", "B", "Port") + related("3", "C", "Port"), 0},
		{"other text", "faq/index.txt", "a\nb\nc\n", "A\nb\nc\n", "a\nb\nC\n", "A\nb\nC\n", 0},
	} {
		got, n := Merge(Versions{[]byte(tt.base), []byte(tt.ours), []byte(tt.theirs)}, tt.path, testOptions)
		if string(got) != tt.want || n != tt.conflicts {
			t.Errorf("%s: %d conflicts:\n%s\nwant %d:\n%s", tt.name, n, got, tt.conflicts, tt.want)
		}
	}
}

// An entry whose event one side removed is gone, if the other changed only its headline
// and its contexts.
func TestMergeRemoved(t *testing.T) {
	a, c := entryOf("A", "One."), entryOf("C", "_Context: Port_")
	renamed := strings.Replace(c, "Port", "Harbor", 1)
	o := testOptions
	o.Removed = func(event string) bool { return event == "news/2024/03/5/c.md" || event == "news/2024/02/1/c.md" }
	list := event + "### Related:\n\n" + related("1", "B", "Port")
	for _, tt := range []struct {
		name, path, base, ours, theirs, want string
		conflicts                            int
	}{
		{"contexts", dayPage, head + a + c, head + a, head + a + renamed, head + a, 0},
		{"topic", dayPage, head + a + c, head + a, head + a + "##### Harbor\n" + renamed, head + a, 0},
		{"related", eventPage, list + related("2", "C", "Port"), list, list + related("2", "C", "Harbor"), list, 0},
		{"text", dayPage, head + a + c, head + a, head + a + strings.Replace(c, "_Context", "Two.\n_Context", 1),
			head + a + "<<<<<<< ours\n=======\n### [C. ](/news/2024/03/5/c.md)\nTwo.\n_Context: Port_\n>>>>>>> theirs\n\n", 1},
		{"another event", dayPage, head + a + c, head + c, head + strings.Replace(a, "A. ", "A, again. ", 1) + c,
			head + "<<<<<<< ours\n=======\n### [A, again. ](/news/2024/03/5/a.md)\nOne.\n>>>>>>> theirs\n\n" + c, 1},
	} {
		got, n := Merge(Versions{[]byte(tt.base), []byte(tt.ours), []byte(tt.theirs)}, tt.path, o)
		if string(got) != tt.want || n != tt.conflicts {
			t.Errorf("%s: %d conflicts:\n%q\nwant %d:\n%q", tt.name, n, got, tt.conflicts, tt.want)
		}
		if other, n := Merge(Versions{[]byte(tt.base), []byte(tt.theirs), []byte(tt.ours)}, tt.path, o); n != tt.conflicts || n == 0 && string(other) != tt.want {
			t.Errorf("%s, the other way round: %d conflicts:\n%q", tt.name, n, other)
		}
	}
}
