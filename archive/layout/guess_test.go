package layout

import (
	"reflect"
	"testing"
)

func TestGuess(t *testing.T) {
	for _, test := range []struct {
		name  string
		paths []string
		want  Layout
		days  int
	}{
		{"nothing", []string{"README.md", "docs/2018/x.md"}, Layout{}, 0},
		{"default", []string{"news/2018/03/9/index.md", "news/2018/03/9/README.md", "news/2018/03/9/a.md"}, Layout{}, 1},
		{"another root, padded, one page", []string{"events/2018/03/09/README.md", "events/2018/03/09/a.md", "events/2018/03/10/README.md"},
			Layout{Root: "events", Padded: true, Pages: []string{"README.md"}}, 2},
		{"most days", []string{"a/2018/03/9/index.md", "content/news/2018/03/9/index.md", "content/news/2018/03/10/x.md"},
			Layout{Root: "content/news", Pages: []string{"index.md"}}, 2},
		{"days of two digits alone", []string{"news/2018/03/10/x.md"}, Layout{}, 1},
		{"some padded", []string{"news/2018/03/09/x.md", "news/2018/03/8/x.md", "news/2018/03/7/x.md"}, Layout{}, 3},
		{"a root that cannot be one", []string{"my news/2018/03/9/index.md", "2018/03/9/index.md"}, Layout{}, 0},
	} {
		if got, days := Guess(test.paths); !reflect.DeepEqual(got, test.want) || days != test.days {
			t.Errorf("%s: %+v, %d days, want %+v, %d", test.name, got, days, test.want, test.days)
		}
	}
}
