package page

import (
	"cmp"
	"slices"

	"mihbara/generator/archive"
	"mihbara/generator/article"
	"mihbara/generator/entity"
	"mihbara/generator/lang"
)

// Structured data is schema.org's vocabulary in JSON-LD, with its keys in a
// fixed order. Names hold no bidi controls: they are data (RTL.md T4).

// schemaType names an entity's type in schema.org's words.
func schemaType(t string) string {
	switch t {
	case "person":
		return "Person"
	case "organisation":
		return "Organization"
	case "place":
		return "Place"
	case "event":
		return "Event"
	}
	return "Thing"
}

const schemaContext = "https://schema.org"

func articleData(w *jsonWriter, v *ArticleView, a *article.Article, list []mentioned) {
	w.open("", '{')
	w.text("@context", schemaContext)
	if v.Kind == KindStanding {
		w.text("@type", "WebPage")
		w.url("@id", v.Path, "#page")
	} else {
		w.text("@type", "NewsArticle")
		w.url("@id", v.Path, "#article")
	}
	w.url("mainEntityOfPage", v.Path, "")
	w.url("url", v.Path, "")
	w.text("headline", lang.StripControls(a.Headline))
	w.text("description", lang.StripControls(a.Lead))
	w.text("inLanguage", string(a.Language))
	w.text("datePublished", v.Date.ISO)
	w.text("dateModified", v.Updated.ISO)
	w.text("dateline", a.Dateline)
	if v.Section != nil {
		w.text("articleSection", v.Section.Text.S)
	}
	if len(v.Tags) > 0 {
		w.beginList("keywords")
		for _, t := range v.Tags {
			if !t.Derived {
				w.item(t.Text.S)
				continue
			}
			w.begin("", "DefinedTerm")
			w.text("name", t.Text.S)
			w.text("description", derivedTerm)
			w.end()
		}
		w.endList()
	}
	w.number("wordCount", a.Body.Words)
	if p := v.Picture; p.URL != "" {
		w.image("image", p.URL, p.Width, p.Height)
	}
	if len(v.Byline) > 0 {
		w.beginList("author")
		for _, b := range v.Byline {
			w.begin("", "Person")
			w.text("name", b.Text.S)
			w.url("url", b.URL, "")
			w.end()
		}
		w.endList()
	}
	w.publisher()
	w.mentions(list)
	switch {
	case a.Canonical != "":
		w.text("isBasedOn", a.Canonical)
	case v.SourceURL != "":
		w.url("isBasedOn", v.SourceURL, "")
	}
	w.translations(v.Translations)
	if len(v.Corrections) > 0 {
		w.beginList("correction")
		for _, c := range v.Corrections {
			w.item(c.Text.S)
		}
		w.endList()
	}
	w.begin("isPartOf", "WebSite")
	w.text("name", v.Frame.Title.S)
	w.text("inLanguage", string(v.Frame.Language))
	w.url("url", "/", "")
	w.end()
	w.comma()
	w.b = append(w.b, `"isAccessibleForFree":true`...)
	w.end()
}

func (w *jsonWriter) mentions(list []mentioned) {
	if !slices.ContainsFunc(list, func(m mentioned) bool { return m.known }) {
		return
	}
	w.beginList("mentions")
	for i := range list {
		m := &list[i]
		if !m.known {
			continue
		}
		w.begin("", schemaType(string(m.typ)))
		w.url("@id", neutralPath(w.frame, m.id), "")
		w.text("name", m.label.Name.S)
		w.url("url", m.url, "")
		if len(m.label.SameAs) > 0 {
			w.beginList("sameAs")
			for _, s := range m.label.SameAs {
				w.item(s)
			}
			w.endList()
		}
		w.end()
	}
	w.endList()
}

func (w *jsonWriter) translations(list []Translation) {
	if len(list) == 0 {
		return
	}
	w.beginList("workTranslation")
	for _, t := range list {
		w.begin("", "NewsArticle")
		w.url("@id", t.URL, "#article")
		w.text("headline", t.Headline.S)
		w.text("inLanguage", string(t.Language))
		w.url("url", t.URL, "")
		w.end()
	}
	w.endList()
}

func (w *jsonWriter) image(key, url string, width, height int) {
	w.begin(key, "ImageObject")
	w.url("url", url, "")
	w.number("width", width)
	w.number("height", height)
	w.end()
}

func (w *jsonWriter) publisher() {
	w.begin("publisher", "Organization")
	w.text("name", w.frame.Publisher.S)
	w.url("url", "/", "")
	if w.frame.Logo != "" {
		w.image("logo", w.frame.Logo, 0, 0)
	}
	w.end()
}

// neutralPath is the path of an entity's page in all languages, "" on a site
// without them.
func neutralPath(f *Frame, id entity.ID) string {
	if !f.Neutral {
		return ""
	}
	return "/entities/" + string(id) + "/"
}

// whole begins the data of a page that stands for something named.
func (w *jsonWriter) whole(b *Base, typ, name string) {
	w.open("", '{')
	w.text("@context", schemaContext)
	w.text("@type", typ)
	w.text("name", name)
	w.text("inLanguage", string(b.Language))
	w.url("url", b.Path, "")
}

func listData(w *jsonWriter, v *ListView) {
	if v.Of == archive.ByLanguage && v.Period == "" {
		siteData(w, &v.Base)
		return
	}
	w.whole(&v.Base, "CollectionPage", v.Heading.S)
	if h := v.Entity; h != nil {
		w.about(h, v.Heading)
	}
	w.trail(v.Trail, v.Heading)
	w.end()
}

// derivedTerm marks a keyword that no person gave.
const derivedTerm = "derived from the text"

// storyData lists the articles of a story in their order.
func storyData(w *jsonWriter, v *StoryView) {
	w.whole(&v.Base, "CollectionPage", v.Heading.S)
	w.begin("mainEntity", "ItemList")
	w.number("numberOfItems", len(v.Timeline))
	w.beginList("itemListElement")
	for i := range v.Timeline {
		e := &v.Timeline[i]
		w.begin("", "ListItem")
		w.number("position", i+1)
		w.url("url", e.URL, "")
		w.text("name", lang.StripControls(e.Headline.S))
		w.end()
	}
	w.endList()
	w.end()
	w.end()
}

func entityData(w *jsonWriter, v *EntityView) {
	w.whole(&v.Base, "CollectionPage", v.Heading.S)
	w.about(&v.Head, v.Heading)
	w.end()
}

func (w *jsonWriter) about(h *EntityHead, name Text) {
	w.begin("about", schemaType(string(h.Type)))
	w.url("@id", cmp.Or(neutralPath(w.frame, h.ID), GroupURL(w.frame.Language, archive.ByEntity, string(h.ID))), "")
	w.text("name", name.S)
	if len(h.SameAs) > 0 {
		w.beginList("sameAs")
		for _, o := range h.SameAs {
			w.item(o.URL)
		}
		w.endList()
	}
	w.end()
}

func (w *jsonWriter) trail(way []Crumb, here Text) {
	w.begin("breadcrumb", "BreadcrumbList")
	w.beginList("itemListElement")
	for i, c := range way {
		w.begin("", "ListItem")
		w.number("position", i+1)
		w.text("name", c.Text.S)
		w.url("item", c.URL, "")
		w.end()
	}
	w.begin("", "ListItem")
	w.number("position", len(way)+1)
	w.text("name", here.S)
	w.end()
	w.endList()
	w.end()
}

// siteData describes the site as a whole, on its front pages.
func siteData(w *jsonWriter, b *Base) {
	w.whole(b, "WebSite", b.Frame.Title.S)
	w.publisher()
	w.end()
}
