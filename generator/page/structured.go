package page

import (
	"bytes"
	"encoding/json"
	"html/template"

	"mihbara/generator/archive"
	"mihbara/generator/article"
	"mihbara/generator/lang"
)

// Structured data is schema.org's vocabulary in JSON-LD. The structs fix the
// order of the keys. Names hold no bidi controls: they are data (RTL.md T4).
type (
	thing struct {
		Type   string   `json:"@type"`
		ID     string   `json:"@id,omitempty"`
		Name   string   `json:"name"`
		URL    string   `json:"url,omitempty"`
		SameAs []string `json:"sameAs,omitempty"`
		Logo   *image   `json:"logo,omitempty"`
	}
	image struct {
		Type   string `json:"@type"`
		URL    string `json:"url"`
		Width  int    `json:"width,omitempty"`
		Height int    `json:"height,omitempty"`
	}
	work struct {
		Type     string `json:"@type"`
		ID       string `json:"@id,omitempty"`
		Headline string `json:"headline,omitempty"`
		Name     string `json:"name,omitempty"`
		Language string `json:"inLanguage,omitempty"`
		URL      string `json:"url,omitempty"`
	}
	news struct {
		Context     string   `json:"@context"`
		Type        string   `json:"@type"`
		ID          string   `json:"@id"`
		Main        string   `json:"mainEntityOfPage"`
		URL         string   `json:"url"`
		Headline    string   `json:"headline"`
		Description string   `json:"description,omitempty"`
		Language    string   `json:"inLanguage"`
		Published   string   `json:"datePublished,omitempty"`
		Modified    string   `json:"dateModified,omitempty"`
		Dateline    string   `json:"dateline,omitempty"`
		Section     string   `json:"articleSection,omitempty"`
		Keywords    []string `json:"keywords,omitempty"`
		Words       int      `json:"wordCount,omitempty"`
		Image       *image   `json:"image,omitempty"`
		Author      []thing  `json:"author,omitempty"`
		Publisher   *thing   `json:"publisher,omitempty"`
		Mentions    []thing  `json:"mentions,omitempty"`
		Based       string   `json:"isBasedOn,omitempty"`
		Translated  []work   `json:"workTranslation,omitempty"`
		Correction  []string `json:"correction,omitempty"`
		Part        *work    `json:"isPartOf,omitempty"`
		Free        bool     `json:"isAccessibleForFree"`
	}
)

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

// jsonld encodes v for a script element: <, > and & are escaped.
func jsonld(v any) template.JS {
	b, err := json.Marshal(v)
	if err != nil {
		panic("page: structured data: " + err.Error()) // plain structs always encode
	}
	return template.JS(bytes.TrimSpace(b))
}

func articleData(v *ArticleView, a *article.Article, list []mentioned) template.JS {
	f := v.Frame
	url := f.Absolute(v.Path)
	d := news{Context: "https://schema.org", Type: "NewsArticle", ID: url + "#article", Main: url, URL: url,
		Headline: lang.StripControls(a.Headline), Description: lang.StripControls(a.Lead), Language: string(a.Language),
		Published: v.Date.ISO, Modified: v.Updated.ISO, Dateline: a.Dateline, Words: a.Body.Words, Free: true,
		Publisher: publisher(f), Part: &work{Type: "WebSite", Name: f.Title.S, URL: f.Absolute("/"), Language: string(f.Language)}}
	if v.Kind == KindStanding {
		d.Type, d.ID = "WebPage", url+"#page"
	}
	if v.Section != nil {
		d.Section = v.Section.Text.S
	}
	for _, t := range v.Tags {
		d.Keywords = append(d.Keywords, t.Text.S)
	}
	if v.Picture.URL != "" {
		d.Image = &image{"ImageObject", f.Absolute(v.Picture.URL), v.Picture.Width, v.Picture.Height}
	}
	for _, b := range v.Byline {
		d.Author = append(d.Author, thing{Type: "Person", Name: b.Text.S, URL: f.Absolute(b.URL)})
	}
	for _, m := range list {
		d.Mentions = append(d.Mentions, thing{Type: schemaType(string(m.typ)), ID: f.Absolute("/entities/" + string(m.id) + "/"),
			Name: m.label.Name.S, URL: f.Absolute(m.url), SameAs: m.label.SameAs})
	}
	switch {
	case a.Canonical != "":
		d.Based = a.Canonical
	case v.SourceURL != "":
		d.Based = f.Absolute(v.SourceURL)
	}
	for _, t := range v.Translations {
		d.Translated = append(d.Translated, work{Type: "NewsArticle", ID: f.Absolute(t.URL) + "#article",
			Headline: t.Headline.S, Language: string(t.Language), URL: f.Absolute(t.URL)})
	}
	for _, c := range v.Corrections {
		d.Correction = append(d.Correction, c.Text.S)
	}
	return jsonld(d)
}

func publisher(f *Frame) *thing {
	p := &thing{Type: "Organization", Name: f.Publisher.S, URL: f.Absolute("/")}
	if f.Logo != "" {
		p.Logo = &image{Type: "ImageObject", URL: f.Absolute(f.Logo)}
	}
	return p
}

// collection describes a page that lists articles.
type collection struct {
	Context  string  `json:"@context"`
	Type     string  `json:"@type"`
	Name     string  `json:"name"`
	Language string  `json:"inLanguage"`
	URL      string  `json:"url"`
	About    *thing  `json:"about,omitempty"`
	Crumbs   *crumbs `json:"breadcrumb,omitempty"`
}

type crumbs struct {
	Type  string  `json:"@type"`
	Items []crumb `json:"itemListElement"`
}

type crumb struct {
	Type     string `json:"@type"`
	Position int    `json:"position"`
	Name     string `json:"name"`
	Item     string `json:"item,omitempty"`
}

func listData(v *ListView) template.JS {
	d := collection{Context: "https://schema.org", Type: "CollectionPage", Name: v.Heading.S, Language: string(v.Language), URL: v.Frame.Absolute(v.Path)}
	if v.Of == archive.ByLanguage && v.Period == "" {
		return siteData(&v.Base)
	}
	if h := v.Entity; h != nil {
		d.About = about(v.Frame, *h, v.Heading)
	}
	d.Crumbs = trail(v.Frame, v.Trail, v.Heading)
	return jsonld(d)
}

func entityData(v *EntityView) template.JS {
	return jsonld(collection{Context: "https://schema.org", Type: "CollectionPage", Name: v.Heading.S, Language: string(v.Language),
		URL: v.Frame.Absolute(v.Path), About: about(v.Frame, v.Head, v.Heading)})
}

func about(f *Frame, h EntityHead, name Text) *thing {
	t := &thing{Type: schemaType(string(h.Type)), ID: f.Absolute("/entities/" + string(h.ID) + "/"), Name: name.S}
	for _, o := range h.SameAs {
		t.SameAs = append(t.SameAs, o.URL)
	}
	return t
}

func trail(f *Frame, way []Crumb, here Text) *crumbs {
	c := &crumbs{Type: "BreadcrumbList"}
	for i, w := range way {
		c.Items = append(c.Items, crumb{"ListItem", i + 1, w.Text.S, f.Absolute(w.URL)})
	}
	c.Items = append(c.Items, crumb{"ListItem", len(way) + 1, here.S, ""})
	return c
}

// siteData describes the site as a whole, on its front pages.
func siteData(b *Base) template.JS {
	return jsonld(struct {
		Context   string `json:"@context"`
		Type      string `json:"@type"`
		Name      string `json:"name"`
		Language  string `json:"inLanguage"`
		URL       string `json:"url"`
		Publisher *thing `json:"publisher"`
	}{"https://schema.org", "WebSite", b.Frame.Title.S, string(b.Language), b.Frame.Absolute(b.Path), publisher(b.Frame)})
}
