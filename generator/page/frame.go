package page

import (
	"cmp"
	"net/url"
	"slices"
	"strings"

	"mihbara/generator/archive"
	"mihbara/generator/lang"
	"mihbara/generator/site"
)

// FrameOf makes the frame of a language from the settings; of a language that
// the site does not declare, that of the default language. It leaves out what
// the settings alone do not say: Menu (see [MenuOf]), Kinds, Staging.
func FrameOf(s *site.Settings, t lang.Tag) *Frame {
	if !s.Declared(t) {
		t = s.DefaultLanguage
	}
	f := &Frame{
		Language: t, Direction: lang.DirectionOf(t), Locale: lang.For(t).With(s.Prefers(t)), Prefers: s.Prefers(t), Default: s.DefaultLanguage,
		Title: textOf(s, s.Title, t), Tagline: textOf(s, s.Tagline, t), Copyright: textOf(s, s.Copyright, t),
		Publisher: textOf(s, s.Publisher.Name, t), Logo: s.Publisher.Logo,
		BaseURL: s.BaseURL, RelativeURLs: s.RelativeURLs, Fonts: fontsOf(s, t), Slugs: s.Slugs, NoIndex: s.NoIndex,
		ListFront: s.ListFront, ListMax: s.ListMax, MonthMax: s.MonthMax,
		Periods: s.ListPeriods, Days: s.ListDays, Initials: s.ListInitials, Fold: s.ListFold,
		Neutral: s.Entities.Neutral, Coverage: s.Entities.Coverage, NameLinks: s.Entities.Links, Recognised: s.Entities.Recognised != site.RecognisedOff, NamePages: namePages(s), SitemapMonths: s.SitemapMonths,
		FindNames:  s.SearchNames && !s.RelativeURLs, // a page that is opened as a file may read no other file
		ShardNames: s.SearchShard,
		Feed:       s.Feeds.Enabled, FeedItems: s.Feeds.Items, FeedFull: s.Feeds.Full,
	}
	for _, k := range s.Feeds.Groups {
		if s.Feeds.Enabled {
			f.FeedKinds = append(f.FeedKinds, archive.Kind(k))
		}
	}
	if f.Title.S == "" {
		f.Title = Text{S: "Mihbara", Lang: "en", Dir: lang.LTR}
	}
	if f.Publisher.S == "" {
		f.Publisher = f.Title
	}
	if u, err := url.Parse(s.BaseURL); err == nil {
		f.BasePath = strings.TrimSuffix(u.Path, "/")
	}
	for _, l := range s.Languages {
		f.Languages = append(f.Languages, LanguageLink{Language: l, Direction: lang.DirectionOf(l), Name: lang.For(l).Name, URL: "/" + string(l) + "/", Current: l == t})
	}
	return f
}

// namePages is how many articles a name that no one has entered needs for a page,
// 0 if it never has one.
func namePages(s *site.Settings) int {
	if s.Entities.Recognised != site.RecognisedPages {
		return 0
	}
	return s.Entities.RecognisedArticles
}

// fontsOf names the script whose bundled faces a language is set in.
func fontsOf(s *site.Settings, t lang.Tag) string {
	switch l, _, _ := strings.Cut(string(t), "-"); {
	case s.Fonts != site.FontsBundled:
		return ""
	case (l == "ur" || l == "ks") && lang.ScriptOf(t) == "Arab":
		return "Aran" // readers expect Nastaliq
	}
	return lang.ScriptOf(t)
}

func textOf(s *site.Settings, text site.Text, t lang.Tag) Text {
	v, in := s.In(text, t)
	return TextIn(v, cmp.Or(in, t))
}

// MenuOf makes the menu of a language. find gives the headline and the site path
// of a standing page, named by its id without language, in that language; an
// item whose page the language does not have is left out.
func MenuOf(s *site.Settings, t lang.Tag, find func(page string) (headline Text, url string, ok bool)) []MenuItem {
	items := slices.Clone(s.Menu)
	slices.SortStableFunc(items, func(a, b site.MenuItem) int { return cmp.Compare(a.Weight, b.Weight) })
	var menu []MenuItem
	for _, i := range items {
		m := MenuItem{Text: textOf(s, i.Label, t), URL: strings.ReplaceAll(i.URL, "{lang}", string(t))}
		if i.Page != "" {
			headline, u, ok := find(i.Page)
			if !ok {
				continue
			}
			m.URL = u
			if m.Text.S == "" {
				m.Text = headline
			}
		}
		if m.Text.S == "" {
			m.Text = Text{S: m.URL, Lang: "und", Dir: lang.LTR}
		}
		menu = append(menu, m)
	}
	return menu
}
