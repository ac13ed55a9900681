package site

import (
	"cmp"
	"net/url"
	"path"
	"slices"
	"strings"
	"time"

	"mihbara/generator/diag"
	"mihbara/generator/frontmatter"
	"mihbara/generator/lang"
)

// Parse reads site.toml (or .yaml, .json by its name). Keys compare without
// case, hyphens and underscores, so baseURL, base_url and base-url are one.
func Parse(file string, data []byte) (Settings, []diag.Diagnostic) {
	text, note := frontmatter.Decode(file, data)
	block, diags := frontmatter.ParseFile(file, text)
	r := &reader{diags: diags}
	if note != "" {
		r.add(diag.Warnf(diag.Position{File: file}, "%s", note))
	}
	s := Defaults()
	s.DefaultLanguage = ""
	r.table(Keys(), "setting", block.Fields, func(name string, f frontmatter.Field) { r.setting(&s, name, f) })
	if v, ok := block.Get("defaultLanguage"); ok && s.DefaultLanguage != "" && !s.Declared(s.DefaultLanguage) {
		r.add(diag.Errorf(v.Pos, "defaultLanguage %q is not among the languages", s.DefaultLanguage).WithHint("add it to languages"))
		s.DefaultLanguage = ""
	}
	s.DefaultLanguage = cmp.Or(s.DefaultLanguage, s.Languages[0])
	slices.SortStableFunc(s.Menu, func(a, b MenuItem) int { return cmp.Compare(a.Weight, b.Weight) })
	return s, r.diags
}

// Keys lists the settings at the top of site.toml, as the help and suggestions
// name them.
func Keys() []string {
	return []string{"title", "tagline", "description", "copyright", "baseURL", "languages", "defaultLanguage", "theme", "fonts", "timeZone",
		"permalink", "slugs", "html", "typography", "digits", "months", "calendars", "lists", "search", "menu", "sections", "entities", "feeds", "related", "sitemap", "tags",
		"publisher", "authors", "relativeURLs", "noindex", "params"}
}

type reader struct{ diags []diag.Diagnostic }

func (r *reader) add(d diag.Diagnostic) { r.diags = append(r.diags, d) }

// table calls set for each field whose key is known and names the others.
func (r *reader) table(known []string, what string, fields []frontmatter.Field, set func(name string, f frontmatter.Field)) {
	for _, f := range fields {
		i := slices.IndexFunc(known, func(k string) bool { return frontmatter.Name(k) == f.Name() })
		if i < 0 {
			r.add(diag.Warnf(f.KeyPos, "unknown %s %q%s", what, f.Key, diag.DidYouMean(f.Key, known)).
				WithHint("known here: %s", strings.Join(known, ", ")))
			continue
		}
		set(known[i], f)
	}
}

func (r *reader) setting(s *Settings, name string, f frontmatter.Field) {
	v := f.Value
	switch name {
	case "title":
		s.Title = r.text(f)
	case "tagline", "description":
		s.Tagline = r.text(f)
	case "copyright":
		s.Copyright = r.text(f)
	case "baseURL":
		s.BaseURL = r.baseURL(f)
	case "languages":
		s.Languages = r.languages(f, s.Languages)
	case "defaultLanguage":
		if t, ok := r.tag(v); ok {
			s.DefaultLanguage = t
		}
	case "theme":
		if theme := r.str(f, s.Theme); theme != path.Base(theme) || strings.HasPrefix(theme, ".") {
			r.add(diag.Errorf(v.Pos, "theme %q is not the name of a folder below themes/", theme))
		} else {
			s.Theme = theme
		}
	case "fonts":
		s.Fonts = r.choice(f, s.Fonts, FontsSystem, FontsBundled)
	case "timeZone":
		r.timeZone(s, f)
	case "permalink":
		s.Permalink = r.permalink(f, s.Permalink)
	case "slugs":
		mode := r.choice(f, "unicode", "unicode", "ascii", "id")
		s.SlugFromID = mode == "id"
		if s.Slugs = lang.SlugMode(mode); s.SlugFromID {
			s.Slugs = lang.SlugUnicode
		}
	case "html":
		s.HTML = r.html(f)
	case "typography":
		s.Typography = r.bool(f, s.Typography)
	case "digits":
		s.Digits = r.byLanguage(f, func(lang.Tag) []string { return lang.DigitSystems() })
	case "months":
		s.Months = r.byLanguage(f, lang.MonthSets)
	case "calendars":
		s.Calendars = r.byLanguage(f, lang.CalendarPlaces)
	case "lists":
		r.table([]string{"front", "max", "month", "periods", "days", "initials", "article", "fold"}, "setting of lists", r.fields(f), func(name string, f frontmatter.Field) {
			switch name {
			case "periods":
				s.ListPeriods = r.choice(f, s.ListPeriods, PeriodMonth, PeriodYear, PeriodNone)
				return
			case "days":
				s.ListDays = r.bool(f, s.ListDays)
				return
			case "article":
				s.ListArticle = r.bool(f, s.ListArticle)
				return
			case "fold":
				s.ListFold = r.bool(f, s.ListFold)
				return
			case "initials":
				s.ListInitials = r.bool(f, s.ListInitials)
				return
			}
			into := map[string]*int{"front": &s.ListFront, "max": &s.ListMax, "month": &s.MonthMax}[name]
			*into = r.number(f, *into, 1, 5000)
		})
	case "search":
		r.table([]string{"names", "shard"}, "setting of search", r.fields(f), func(name string, f frontmatter.Field) {
			if name == "names" {
				s.SearchNames = r.bool(f, s.SearchNames)
			} else {
				s.SearchShard = r.number(f, s.SearchShard, 1, 100_000)
			}
		})
	case "menu":
		s.Menu = r.menu(f)
	case "sections":
		s.Sections = r.sections(f)
	case "authors":
		s.Authors = r.authors(f)
	case "entities":
		r.table([]string{"builtin", "recognised", "recognisedArticles", "neutral", "coverage", "links"}, "setting of entities", r.fields(f), func(name string, f frontmatter.Field) {
			switch name {
			case "builtin":
				s.Entities.Builtin = r.bool(f, s.Entities.Builtin)
			case "neutral":
				s.Entities.Neutral = r.bool(f, s.Entities.Neutral)
			case "coverage":
				s.Entities.Coverage = r.bool(f, s.Entities.Coverage)
			case "links":
				s.Entities.Links = r.bool(f, s.Entities.Links)
			case "recognisedArticles":
				s.Entities.RecognisedArticles = r.number(f, s.Entities.RecognisedArticles, 1, 1000)
			default:
				s.Entities.Recognised = r.choice(f, s.Entities.Recognised, RecognisedOff, RecognisedSidebar, RecognisedPages)
			}
		})
	case "feeds":
		r.table([]string{"enabled", "items", "full", "groups"}, "setting of feeds", r.fields(f), func(name string, f frontmatter.Field) {
			switch name {
			case "enabled":
				s.Feeds.Enabled = r.bool(f, s.Feeds.Enabled)
			case "full":
				s.Feeds.Full = r.bool(f, s.Feeds.Full)
			case "groups":
				s.Feeds.Groups = r.kinds(f)
			default:
				s.Feeds.Items = r.number(f, s.Feeds.Items, 1, 1000)
			}
		})
	case "sitemap":
		r.table([]string{"months"}, "setting of sitemap", r.fields(f), func(name string, f frontmatter.Field) {
			s.SitemapMonths = r.bool(f, s.SitemapMonths)
		})
	case "related":
		r.table([]string{"stories", "duplicates", "abroad"}, "setting of related", r.fields(f), func(name string, f frontmatter.Field) {
			into := map[string]*bool{"stories": &s.Related.Stories, "duplicates": &s.Related.Duplicates, "abroad": &s.Related.Abroad}[name]
			*into = r.bool(f, *into)
		})
	case "tags":
		r.table([]string{"starter"}, "setting of tags", r.fields(f), func(name string, f frontmatter.Field) {
			s.StarterTags = r.bool(f, s.StarterTags)
		})
	case "publisher":
		s.Publisher = r.publisher(f)
	case "relativeURLs":
		s.RelativeURLs = r.bool(f, s.RelativeURLs)
	case "noindex":
		s.NoIndex = r.bool(f, s.NoIndex)
	case "params":
		s.Params, _ = frontmatter.Value{Kind: frontmatter.Map, Map: r.fields(f)}.Any().(map[string]any)
	}
}

// wrong names a value of the wrong kind.
func (r *reader) wrong(f frontmatter.Field, want string) {
	r.add(diag.Errorf(f.Value.Pos, "%s must be %s, not %s", f.Key, want, f.Value.Kind))
}

func (r *reader) str(f frontmatter.Field, fallback string) string {
	text, ok := f.Value.Scalar()
	if !ok {
		r.wrong(f, "a text")
		return fallback
	}
	return strings.TrimSpace(text)
}

func (r *reader) bool(f frontmatter.Field, fallback bool) bool {
	if f.Value.Kind != frontmatter.Bool {
		r.wrong(f, "true or false")
		return fallback
	}
	return f.Value.Bool
}

func (r *reader) number(f frontmatter.Field, fallback, least, most int) int {
	switch {
	case f.Value.Kind != frontmatter.Int:
		r.wrong(f, "a whole number")
		return fallback
	case f.Value.Int < int64(least) || f.Value.Int > int64(most):
		r.add(diag.Errorf(f.Value.Pos, "%s must be between %d and %d, not %d", f.Key, least, most, f.Value.Int))
		return fallback
	}
	return int(f.Value.Int)
}

func (r *reader) choice(f frontmatter.Field, fallback string, among ...string) string {
	text := r.str(f, fallback)
	if slices.Contains(among, strings.ToLower(text)) {
		return strings.ToLower(text)
	}
	r.add(diag.Errorf(f.Value.Pos, "unknown value %q of %s%s", text, f.Key, diag.DidYouMean(text, among)).
		WithHint("it is one of: %s", strings.Join(among, ", ")))
	return fallback
}

// kinds reads which kinds of lists are meant: all, none, or those named.
func (r *reader) kinds(f frontmatter.Field) []string {
	var named []string
	switch f.Value.Kind {
	case frontmatter.Bool:
		if f.Value.Bool {
			return ListKinds()
		}
		return nil
	case frontmatter.List:
		for _, v := range f.Value.List {
			named = append(named, r.choice(frontmatter.Field{Key: f.Key, KeyPos: f.KeyPos, Value: v}, "", ListKinds()...))
		}
	default:
		named = []string{r.choice(f, "", ListKinds()...)}
	}
	return slices.DeleteFunc(ListKinds(), func(k string) bool { return !slices.Contains(named, k) })
}

func (r *reader) fields(f frontmatter.Field) []frontmatter.Field {
	if f.Value.Kind != frontmatter.Map && f.Value.Kind != frontmatter.Null {
		r.wrong(f, "a table")
	}
	return f.Value.Map
}

func (r *reader) list(f frontmatter.Field) []string {
	if text, ok := f.Value.Scalar(); ok {
		return []string{text}
	}
	var list []string
	for _, v := range f.Value.List {
		if text, ok := v.Scalar(); ok {
			list = append(list, text)
		} else {
			r.add(diag.Errorf(v.Pos, "%s holds %s where a text should be", f.Key, v.Kind))
		}
	}
	return list
}

// text reads one text, or a table of languages.
func (r *reader) text(f frontmatter.Field) Text {
	if one, ok := f.Value.Scalar(); ok {
		return Text{"": lang.Normal(one)}
	}
	if f.Value.Kind != frontmatter.Map {
		r.wrong(f, "a text, or a table of languages")
		return nil
	}
	text := Text{}
	for _, x := range f.Value.Map {
		t, err := lang.ParseTag(x.Key)
		if err != nil {
			r.add(diag.Warnf(x.KeyPos, "%s: %s", f.Key, err))
			continue
		}
		text[t] = lang.Normal(r.str(x, ""))
	}
	return text
}

func (r *reader) tag(v frontmatter.Value) (lang.Tag, bool) {
	text, ok := v.Scalar()
	if !ok {
		r.add(diag.Errorf(v.Pos, "a language is a tag like \"ar\", not %s", v.Kind))
		return "", false
	}
	t, err := lang.ParseTag(text)
	if err != nil {
		r.add(diag.Errorf(v.Pos, "%s", err).WithHint("write a BCP 47 tag: ar, fa, he, zh-Hans"))
		return "", false
	}
	return t, true
}

// languages reads the list; languages as a map (Hugo) count by their keys.
func (r *reader) languages(f frontmatter.Field, fallback []lang.Tag) []lang.Tag {
	values := f.Value.List
	if f.Value.Kind == frontmatter.Map {
		for _, x := range f.Value.Map {
			values = append(values, frontmatter.Value{Pos: x.KeyPos, Kind: frontmatter.String, Text: x.Key})
		}
	} else if _, ok := f.Value.Scalar(); ok {
		values = []frontmatter.Value{f.Value}
	}
	var list []lang.Tag
	for _, v := range values {
		t, ok := r.tag(v)
		switch {
		case !ok:
		case slices.Contains(list, t):
			r.add(diag.Warnf(v.Pos, "language %q is listed twice", t))
		default:
			list = append(list, t)
		}
	}
	if len(list) == 0 {
		r.add(diag.Errorf(f.Value.Pos, "%s names no language", f.Key).WithHint(`write: languages = ["ar", "en"]`))
		return fallback
	}
	return list
}

func (r *reader) baseURL(f frontmatter.Field) string {
	text := r.str(f, "")
	u, err := url.Parse(text)
	if text != "" && (err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" || u.RawQuery != "" || u.Fragment != "") {
		r.add(diag.Errorf(f.Value.Pos, "%s %q is not the address of a site", f.Key, text).WithHint(`write it like "https://example.org/archive/"`))
		return ""
	}
	return strings.TrimRight(text, "/")
}

func (r *reader) timeZone(s *Settings, f frontmatter.Field) {
	name := r.str(f, s.TimeZone)
	zone, err := time.LoadLocation(name)
	if err != nil || name == "Local" {
		r.add(diag.Errorf(f.Value.Pos, "unknown time zone %q", name).WithHint(`write an IANA name, for example "Asia/Beirut" or "UTC"`))
		return
	}
	s.TimeZone, s.zone = name, zone
}

func (r *reader) html(f frontmatter.Field) string {
	if f.Value.Kind == frontmatter.Bool && !f.Value.Bool {
		return "off"
	}
	if text, _ := f.Value.Scalar(); strings.EqualFold(text, "sanitize") {
		return "sanitise"
	}
	return r.choice(f, "off", "off", "sanitise", "trusted")
}

// tokens are what a permalink pattern may hold between braces.
func tokens() []string { return []string{"lang", "yyyy", "mm", "dd", "slug", "section", "id"} }

func (r *reader) permalink(f frontmatter.Field, fallback string) string {
	pattern := r.str(f, fallback)
	rest, unique := pattern, false
	for {
		_, after, ok := strings.Cut(rest, "{")
		if !ok {
			break
		}
		token, tail, ok := strings.Cut(after, "}")
		if !ok || !slices.Contains(tokens(), token) {
			r.add(diag.Errorf(f.Value.Pos, "permalink: unknown part {%s}%s", token, diag.DidYouMean(token, tokens())).
				WithHint("known: {%s}", strings.Join(tokens(), "} {")))
			return fallback
		}
		unique = unique || token == "slug" || token == "id"
		rest = tail
	}
	switch {
	case !unique:
		r.add(diag.Errorf(f.Value.Pos, "permalink has neither {slug} nor {id}, so that articles of a day would share a URL"))
	case !strings.HasPrefix(pattern, "/"), strings.Contains(pattern, ".."), strings.Contains(pattern, "//"), strings.ContainsAny(pattern, "?#%\\:*<>|\" "):
		r.add(diag.Errorf(f.Value.Pos, "permalink %q is not a path on the site", pattern).WithHint("the default is %q", DefaultPermalink))
	case strings.HasSuffix(pattern, "/"), path.Ext(pattern) == ".html":
		return pattern
	default:
		return pattern + "/"
	}
	return fallback
}

// byLanguage reads a table of languages, each with one of those values that
// among gives for it.
func (r *reader) byLanguage(f frontmatter.Field, among func(lang.Tag) []string) map[lang.Tag]string {
	chosen := map[lang.Tag]string{}
	for _, x := range r.fields(f) {
		t, err := lang.ParseTag(x.Key)
		if err != nil {
			r.add(diag.Warnf(x.KeyPos, "%s: %s", f.Key, err))
			continue
		}
		values := among(t)
		if values == nil {
			r.add(diag.Warnf(x.KeyPos, "there is nothing to choose in %s for %s", f.Key, lang.For(t).English).WithHint("leave the line out"))
			continue
		}
		if v := r.choice(x, "", values...); v != "" {
			chosen[t] = v
		}
	}
	return chosen
}
