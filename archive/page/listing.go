package page

// Listing is a page that lists events below headings: a day page, or the front
// page, which shows several days and may show other things beside them.
type Listing struct {
	Page
	Parts []Part
}

// Part is a heading of level 2 and what is listed below it. Of the part above
// the first heading, if anything is listed there, the title is empty.
type Part struct {
	Title Title
	Link  *Link // the heading's link, or nil
	Items []Item

	// Previous is set where the heading is the link to the nearest earlier day.
	Previous bool
}

// Item is one event, or another page, as a listing shows it.
type Item struct {
	Span           // from its heading's line to the next heading or the page's end
	Title    Title // the heading: ### [Headline. ](...)
	Link     *Link // nil where the heading shows no trace of a link
	Topic    *Title
	Declared *Contexts // the context line that stands for a description

	// Description holds the paragraphs below the heading.
	Description []Span

	// Bullet is set where the item is one of a list, not a heading: its title is
	// the line, and it has no description.
	Bullet bool
}

// Items returns all that the parts of a listing list, in order: nothing if the
// listing is nil.
func (l *Listing) Items() []*Item {
	if l == nil {
		return nil
	}
	var out []*Item
	for i := range l.Parts {
		for k := range l.Parts[i].Items {
			out = append(out, &l.Parts[i].Items[k])
		}
	}
	return out
}

// ParseListing reads a day page or a front page. It never fails: what is
// missing or out of shape is left empty. The source is kept, not copied.
func ParseListing(src []byte, labels Labels) *Listing {
	b := parseBlocks(src)
	l := &Listing{}
	var part *Part
	var item *Item
	var topic *Title
	ruled := false // the item ends with a rule
	for _, bl := range b.all {
		if item != nil {
			item.End = bl.Start
		}
		if ruled {
			item, ruled = nil, false
		}
		switch {
		case bl.kind == paragraph && item != nil:
			item.addParagraph(b, bl, labels)
		case bl.kind == paragraph:
			if b.formats(bl, labels); part != nil && part.Link != nil && !part.Previous {
				part.Items = append(part.Items, b.bullets(bl, topic, labels)...)
			}
		case bl.kind != heading:
			item = nil
		case bl.title.Level == 2 && bl.title.Underlined && item != nil && b.linkAt(trim(src, bl.title.Text).Start) == nil:
			item.addParagraph(b, block{Span: bl.title.Lines()}, labels) // a rule right below a description
			b.ruled(bl.title)
			ruled = true
		case bl.title.Level == 2:
			l.Parts = append(l.Parts, b.part(bl.title, labels))
			part, item, topic = &l.Parts[len(l.Parts)-1], nil, nil
		case bl.title.Level == 5:
			t := bl.title
			topic, item = &t, nil
		case bl.title.Level == 3:
			if part == nil { // entries above every heading
				l.Parts = append(l.Parts, Part{})
				part = &l.Parts[0]
			}
			part.Items = append(part.Items, b.item(bl.title, topic))
			item = &part.Items[len(part.Items)-1]
		default:
			item = nil
		}
	}
	if item != nil {
		item.End = len(src)
	}
	b.unreadOfListing(l, labels)
	l.Page = b.page()
	return l
}

// part reads a heading of level 2.
func (b *blocks) part(t Title, labels Labels) Part {
	text := trim(b.src, t.Text)
	p := Part{Title: t, Link: b.entryLink(text, true)}
	if p.Link == nil {
		return p
	}
	p.Link.Role = Heading
	if isLabel(labels.Previous, b.text(p.Link.Text)) {
		p.Previous = true
		p.Link.Role = Previous
	}
	return p
}

// item reads a heading of level 3.
func (b *blocks) item(t Title, topic *Title) Item {
	it := Item{Span: t.Span, Title: t, Topic: topic, Link: b.entryLink(trim(b.src, t.Text), true)}
	if it.Link != nil {
		it.Link.Role = Listed
	}
	return it
}

// bullets reads the items of a list that begin with links. What is listed below an
// item that is a heading belongs to that.
func (b *blocks) bullets(bl block, topic *Title, labels Labels) []Item {
	var out []Item
	for i, line := range bl.lines {
		_, content, ok := b.marker(line)
		link := b.linkAt(content.Start)
		if !ok || !line.item || link == nil {
			continue
		}
		for _, next := range bl.lines[i+1:] {
			if _, _, marked := b.marker(next); marked || next.Start != line.End {
				break
			}
			line.End = next.End
			content = trim(b.src, Span{content.Start, next.End})
		}
		link.Role = Listed
		out = append(out, Item{
			Span: line.Span, Title: Title{Span: line.Span, Text: content}, Link: link, Topic: topic,
			Declared: b.shared(Span{link.End, content.End}, labels), Bullet: true,
		})
	}
	return out
}

func (it *Item) addParagraph(b *blocks, bl block, labels Labels) {
	if it.Declared != nil {
		if !b.isOnlyContexts(bl.Span, labels) {
			it.Description = append(it.Description, bl.Span)
		}
		return
	}
	var rest []Span
	it.Declared, rest = b.declared(bl.Span, labels)
	it.Description = append(it.Description, rest...)
}

// ParsePlain reads a page that is neither an event nor a listing.
func ParsePlain(src []byte) *Page {
	p := parseBlocks(src).page()
	return &p
}
