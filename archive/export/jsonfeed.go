package export

import (
	"cmp"
	"io"

	"newsctl/archive/encode"
)

// jsonFeed is a feed of version 1.1: https://www.jsonfeed.org/version/1.1/.
type jsonFeed struct {
	Version     string         `json:"version"`
	Title       string         `json:"title"`
	HomePageURL string         `json:"home_page_url,omitempty"`
	Items       []jsonFeedItem `json:"items"`
}

type jsonFeedItem struct {
	ID          string   `json:"id"`
	URL         string   `json:"url,omitempty"`
	ExternalURL string   `json:"external_url,omitempty"` // of the first source
	Title       string   `json:"title"`
	Content     string   `json:"content_html"`
	Summary     string   `json:"summary,omitempty"`
	Published   string   `json:"date_published"`
	Tags        []string `json:"tags,omitempty"`
}

func writeJSONFeed(w io.Writer, site Site, events []Event) error {
	feed := jsonFeed{Version: "https://jsonfeed.org/version/1.1", Title: site.Title, HomePageURL: site.home(), Items: []jsonFeedItem{}}
	for i := range events {
		e := &events[i]
		item := jsonFeedItem{
			ID: cmp.Or(site.link(e), e.Path), URL: site.link(e), Title: e.title(), Content: site.content(e),
			Summary: e.Description, Published: isoTime(e.Date), Tags: e.Contexts,
		}
		if len(e.Sources) > 0 {
			item.ExternalURL = e.Sources[0].URL
		}
		feed.Items = append(feed.Items, item)
	}
	return encode.JSON(w, feed)
}

// home returns the address of the front page, or nothing.
func (s Site) home() string {
	if s.BaseURL == "" {
		return ""
	}
	return s.BaseURL + "/"
}
