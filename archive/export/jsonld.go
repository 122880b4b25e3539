package export

import (
	"io"

	"newsctl/archive/encode"
)

// graph is a JSON-LD document in the words of schema.org.
type graph struct {
	Context any       `json:"@context"`
	Graph   []article `json:"@graph"`
}

type article struct {
	Context     any        `json:"@context,omitempty"` // of an article by itself
	Type        string     `json:"@type"`
	ID          string     `json:"@id"`
	URL         string     `json:"url,omitempty"`
	Headline    string     `json:"headline"`
	Published   string     `json:"datePublished"`
	Description string     `json:"description,omitempty"`
	Section     string     `json:"articleSection,omitempty"` // the topic
	About       []thing    `json:"about,omitempty"`          // the contexts
	Citation    []citation `json:"citation,omitempty"`       // the sources
}

type thing struct {
	Type string `json:"@type"`
	Name string `json:"name"`
}

type citation struct {
	Type string `json:"@type"`
	Name string `json:"name"`
	URL  string `json:"url"`
}

// vocabulary says that all words are those of schema.org. A document that has it in
// itself can be read without the network.
var vocabulary = map[string]any{
	"@vocab": "https://schema.org/", "url": map[string]string{"@type": "@id"},
	"datePublished": map[string]string{"@type": "https://schema.org/Date"},
}

func writeJSONLD(w io.Writer, site Site, events []Event) error {
	g := graph{Context: vocabulary, Graph: []article{}}
	for i := range events {
		g.Graph = append(g.Graph, site.article(&events[i]))
	}
	return encode.JSON(w, g)
}

// article returns an event as an article.
func (s Site) article(e *Event) article {
	out := article{
		Type: "NewsArticle", ID: s.link(e), URL: s.link(e), Headline: e.title(), Published: isoDate(e.Date),
		Description: e.Description, Section: e.Topic,
	}
	if out.ID == "" {
		out.ID = urn(e.Path)
	}
	for _, name := range e.Contexts {
		out.About = append(out.About, thing{"Thing", name})
	}
	for _, source := range e.Sources {
		out.Citation = append(out.Citation, citation{"CreativeWork", name(source.Outlet, source.URL), source.URL})
	}
	return out
}
