package page

import "mihbara/generator/lang"

// A RootView is the page at "/": the choice of a language. It needs no script
// and never redirects.
type RootView struct {
	Base
	Choices []Choice
}

// A Choice is a language with the site's name and line in it.
type Choice struct {
	LanguageLink
	Title, Tagline Text
}

func rootView(q Questions, s Spec) *RootView {
	v := &RootView{Base: newBase(q, s, "/")}
	var versions []version
	for _, l := range v.Frame.Languages {
		f := q.Frame(l.Language)
		v.Choices = append(v.Choices, Choice{l, f.Title, f.Tagline})
		versions = append(versions, version{l.Language, l.URL})
	}
	v.inLanguages(versions)
	if n := len(v.Alternates); n > 0 {
		v.Alternates[n-1].URL = v.Frame.Absolute("/")
	}
	v.titled("", v.Frame.Tagline.S)
	v.Social.Title = PlainText(v.Frame.Title.S, v.Direction)
	v.data = func(w *jsonWriter) { siteData(w, &v.Base) }
	return v
}

// A NotFoundView is 404.html, in every declared language, because nobody knows
// where the reader wanted to go.
type NotFoundView struct {
	Base
	Choices []NotFound
}

// A NotFound says in one language that there is no such page.
type NotFound struct {
	LanguageLink
	Text, Home Text
}

func notFoundView(q Questions, s Spec) *NotFoundView {
	v := &NotFoundView{Base: newBase(q, s, "/404.html")}
	for _, l := range v.Frame.Languages {
		book := q.Phrases(l.Language, v.Kind)
		v.Choices = append(v.Choices, NotFound{l, book.Say("not-found", 0), book.Say("home", 0)})
	}
	v.titled(q.Phrases(v.Language, v.Kind).Say("not-found", 0).S, "")
	v.NoIndex, v.Canonical = true, ""
	// The page is served at any depth: what it refers to cannot be relative.
	f := *v.Frame
	f.RelativeURLs = false
	v.Frame = &f
	return v
}

// A RedirectView is what stands at an old URL.
type RedirectView struct {
	Base
	Target string // as the page refers to it
	Name   Text   // the headline of the article, "" if it leads elsewhere
}

func redirectView(q Questions, s Spec) *RedirectView {
	v := &RedirectView{Base: newBase(q, s, s.Target)}
	v.Target, v.Canonical = s.Target, v.Frame.Absolute(s.Target)
	if s.Article != "" {
		if c, ok := q.Card(s.Article); ok {
			v.Name = Text{c.Headline, c.Language, c.HeadlineDirection()}
		}
	}
	v.Title = Title(v.Direction, v.Name.S, v.Frame.Title.S)
	v.NoIndex = true
	return v
}

// Language gives the endonym of a choice as a Text.
func (l LanguageLink) Text() Text {
	return Text{S: l.Name, Lang: lang.Tag(l.Language), Dir: l.Direction}
}
