package site

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"mihbara/generator/diag"
	"mihbara/generator/lang"
)

func lines(diags []diag.Diagnostic) string {
	var b strings.Builder
	for _, d := range diags {
		b.WriteString(d.String() + "\n")
	}
	return b.String()
}

func TestAnEmptyFileIsASite(t *testing.T) {
	s, diags := Parse("site.toml", nil)
	if len(diags) > 0 {
		t.Fatal(lines(diags))
	}
	want := Defaults()
	if !reflect.DeepEqual(s, want) {
		t.Errorf("got %+v, want %+v", s, want)
	}
}

const full = `
title = "محبرة"
base_url = "https://example.org/archive/"
languages = ["ar", "en", "zh_cn", "fa-IR"]
default-language = "en"
timeZone = "Asia/Beirut"
fonts = "bundled"
permalink = "/{lang}/{section}/{slug}"
slugs = "ascii"
html = "sanitize"
typography = false
relativeURLs = true

[tagline]
ar = "أرشيف"
en = "An archive"

[digits]
ar = "arab"

[months]
ar = "levant"

[calendars]
fa-IR = "first"

[lists]
front = 10
max = 20
periods = "year"
days = false
initials = false
fold = true
article = true

[search]
names = false
shard = 50

[[menu]]
url = "/{lang}/tags/"
label = {ar = "وسوم", en = "Tags"}
weight = 2

[[menu]]
page = "pages/about"
weight = 1

[sections.politics]
label = {ar = "سياسة", en = "Politics"}
description = "What governments do"

[sections]
culture = "Culture"

[authors.layla-haddad]
name = {ar = "ليلى حداد", en = "Layla Haddad"}
same_as = ["https://example.org/layla"]

[entities]
builtin = false
recognised = "pages"
recognisedArticles = 5
neutral = false
coverage = true
links = false

[feeds]
items = 5
full = true
groups = ["entities", "tags"]

[sitemap]
months = false

[tags]
starter = false

[related]
stories = false
duplicates = true
abroad = false

[publisher]
name = "Mihbara"
logo = "/logo.svg"

[params]
answer = 42
`

func TestEverySettingIsRead(t *testing.T) {
	s, diags := Parse("site.toml", []byte(full))
	if len(diags) > 0 {
		t.Fatal(lines(diags))
	}
	if s.Location().String() != "Asia/Beirut" {
		t.Error(s.Location())
	}
	s.zone = nil
	want := Settings{
		Title: Text{"": "محبرة"}, Tagline: Text{"ar": "أرشيف", "en": "An archive"},
		BaseURL: "https://example.org/archive", Languages: []lang.Tag{"ar", "en", "zh-Hans", "fa-IR"}, DefaultLanguage: "en",
		Theme: "broadsheet", Fonts: FontsBundled, TimeZone: "Asia/Beirut", Permalink: "/{lang}/{section}/{slug}/", Slugs: lang.SlugASCII,
		HTML: "sanitise", Digits: map[lang.Tag]string{"ar": "arab"}, Months: map[lang.Tag]string{"ar": "levant"},
		Calendars: map[lang.Tag]string{"fa-IR": "first"}, ListFold: true, ListFront: 10, ListMax: 20, MonthMax: 200, ListPeriods: PeriodYear, ListArticle: true, SearchShard: 50, RelativeURLs: true,
		Menu: []MenuItem{{Page: "pages/about", Weight: 1}, {URL: "/{lang}/tags/", Label: Text{"ar": "وسوم", "en": "Tags"}, Weight: 2}},
		Sections: []Section{{Key: "politics", Label: Text{"ar": "سياسة", "en": "Politics"}, Note: Text{"": "What governments do"}},
			{Key: "culture", Label: Text{"": "Culture"}}},
		Authors:   []Author{{Key: "layla-haddad", Label: Text{"ar": "ليلى حداد", "en": "Layla Haddad"}, SameAs: []string{"https://example.org/layla"}}},
		Entities:  Entities{Recognised: "pages", RecognisedArticles: 5, Coverage: true},
		Feeds:     Feeds{Enabled: true, Items: 5, Full: true, Groups: []string{"tags", "entities"}},
		Related:   Related{Duplicates: true},
		Publisher: Publisher{Name: Text{"": "Mihbara"}, Logo: "/logo.svg"},
		Params:    map[string]any{"answer": int64(42)},
	}
	if !reflect.DeepEqual(s, want) {
		t.Errorf("got  %+v\nwant %+v", s, want)
	}
}

func TestMistakesAreNamedWhereTheyStand(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"a mistyped setting gets the nearest one", "tilte = \"a\"\n", `site.toml:1:1: warning: unknown setting "tilte" (did you mean "title"?)`},
		{"a mistyped setting of a table too", "[lists]\nfrnt = 3\n", `site.toml:2:1: warning: unknown setting of lists "frnt" (did you mean "front"?)`},
		{"a mistyped setting of related", "[related]\nstorys = false\n", `site.toml:2:1: warning: unknown setting of related "storys" (did you mean "stories"?)`},
		{"a period that is none", "[lists]\nperiods = \"yaer\"\n", `site.toml:2:11: unknown value "yaer" of periods (did you mean "year"?)`},
		{"a kind of lists that is none", "[feeds]\ngroups = [\"tags\", \"entity\"]\n", `site.toml:2:19: unknown value "entity" of groups`},
		{"a kind of lists that is no text", "[feeds]\ngroups = 3\n", `site.toml:2:10: unknown value "3" of groups`},
		{"a mistyped setting of the sitemap", "[sitemap]\nmonth = false\n", `site.toml:2:1: warning: unknown setting of sitemap "month" (did you mean "months"?)`},
		{"a mistyped setting of entities", "[entities]\nnutral = false\n", `site.toml:2:1: warning: unknown setting of entities "nutral" (did you mean "neutral"?)`},
		{"a setting of the wrong kind", "typography = \"yes\"\n", "site.toml:1:14: typography must be true or false, not text"},
		{"a number out of range", "[lists]\nmax = 0\n", "site.toml:2:7: max must be between 1 and 5000"},
		{"months of no newspaper", "[months]\nar = \"levnt\"\n", `site.toml:2:6: unknown value "levnt" of ar (did you mean "levant"?)`},
		{"months for a language that has one set", "[months]\nfa = \"levant\"\n", `site.toml:2:1: warning: there is nothing to choose in months for Persian`},
		{"a place for no calendar", "[calendars]\nen = \"first\"\n", `site.toml:2:1: warning: there is nothing to choose in calendars for English`},
		{"a word that is not offered", "html = \"trustd\"\n", `unknown value "trustd" of html (did you mean "trusted"?)`},
		{"a language that is none", "languages = [\"ar\", \"!\"]\n", "site.toml:1:20: "},
		{"no language at all", "languages = []\n", "names no language"},
		{"a default that is not declared", "languages = [\"ar\"]\ndefaultLanguage = \"en\"\n", "site.toml:2:19: defaultLanguage \"en\" is not among the languages"},
		{"a time zone that is none", "timeZone = \"Asia/Nowhere\"\n", "unknown time zone"},
		{"a permalink that is not unique", "permalink = \"/{lang}/{yyyy}/\"\n", "neither {slug} nor {id}"},
		{"a permalink with an unknown part", "permalink = \"/{lang}/{slgu}/\"\n", `unknown part {slgu} (did you mean "slug"?)`},
		{"a permalink that climbs", "permalink = \"/../{slug}/\"\n", "not a path on the site"},
		{"an address without a scheme", "baseURL = \"example.org\"\n", "not the address of a site"},
		{"a theme outside of its folder", "theme = \"../x\"\n", "not the name of a folder"},
		{"a menu entry without a target", "[[menu]]\nweight = 1\n", "needs page or url"},
		{"broken TOML", "title = \n", "site.toml:1:"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, diags := Parse("site.toml", []byte(tt.in))
			if got := lines(diags); !strings.Contains(got, tt.want) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
			if len(s.Languages) == 0 || s.DefaultLanguage == "" || s.Permalink == "" {
				t.Errorf("a default is lost: %+v", s)
			}
		})
	}
}

func TestTextFallsBack(t *testing.T) {
	s, _ := Parse("site.toml", []byte(`languages = ["fr", "ar", "en"]`))
	tests := []struct {
		name     string
		text     Text
		in       lang.Tag
		want     string
		language lang.Tag
	}{
		{"its own language", Text{"ar": "أ", "fr": "b"}, "ar", "أ", "ar"},
		{"a variety of it", Text{"ar": "أ", "fr": "b"}, "ar-EG", "أ", "ar"},
		{"the text without a language", Text{"": "c", "fr": "b"}, "ar", "c", ""},
		{"the default language", Text{"en": "a", "fr": "b"}, "ar", "b", "fr"},
		{"whatever there is", Text{"he": "a"}, "ar", "a", "he"},
		{"nothing", nil, "ar", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got, l := s.In(tt.text, tt.in); got != tt.want || l != tt.language {
				t.Errorf("got %q in %q, want %q in %q", got, l, tt.want, tt.language)
			}
		})
	}
}

func TestRedirects(t *testing.T) {
	list, diags := ParseRedirects("content/redirects.toml", []byte(`
"/old/" = "/ar/new/"
"/%D9%82%D8%AF%D9%8A%D9%85" = "/ar/new/#part"
"/self/" = "/self"
"/out/" = "https://example.org/x?y=1"
"/../etc" = "/x/"
"//evil.example" = "/x/"
[[redirect]]
from = "/a.html"
to = "/b/"
[[redirect]]
from = "/old"
to = "/c/"
`))
	var got []string
	for _, r := range list {
		got = append(got, r.Pos.String()+" "+r.From+" → "+r.To)
	}
	want := []string{
		"content/redirects.toml:2:1 /old/ → /ar/new/",
		"content/redirects.toml:3:1 /قديم/ → /ar/new/#part",
		"content/redirects.toml:5:1 /out/ → https://example.org/x?y=1",
		"content/redirects.toml:9:8 /a.html → /b/",
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %q\nwant %q", got, want)
	}
	all := lines(diags)
	for _, part := range []string{":4:1: /self/ is redirected to itself", ":6:1: cannot redirect from", ":7:1: cannot redirect from", ":12:8: warning: /old/ is redirected twice"} {
		if !strings.Contains(all, part) {
			t.Errorf("%q is not in %q", part, all)
		}
	}
}

func ExampleParse() {
	s, diags := Parse("site.toml", []byte("title = \"Mihbara\"\nlanguages = [\"ar\", \"en\"]\nthem = \"x\"\n"))
	fmt.Println(s.Languages, s.DefaultLanguage, s.Permalink)
	fmt.Println(strings.Split(diags[0].String(), " — ")[0])
	// Output:
	// [ar en] ar /{lang}/{yyyy}/{mm}/{dd}/{slug}/
	// site.toml:3:1: warning: unknown setting "them" (did you mean "theme"?)
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(full))
	f.Add([]byte("languages = [1, [2]]\nmenu = [{}]\nsections = 3\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		s, _ := Parse("site.toml", data)
		if len(s.Languages) == 0 || !s.Declared(s.DefaultLanguage) || !strings.HasPrefix(s.Permalink, "/") {
			t.Fatalf("not a site: %+v", s)
		}
		for _, r := range func() []Redirect { l, _ := ParseRedirects("redirects.toml", data); return l }() {
			if strings.Contains(r.From, "..") && strings.Contains("/"+r.From+"/", "/../") || r.From[0] != '/' {
				t.Fatalf("redirect from %q", r.From)
			}
		}
	})
}

func FuzzCleanPath(f *testing.F) {
	for _, s := range []string{"/a/b", "a", "/%2e%2e/x", "//x", "/a b/", "/ا.html", "/.", "\\x"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		p, problem := CleanPath(s)
		if problem != "" {
			return
		}
		if p[0] != '/' || strings.Contains("/"+p+"/", "/../") || strings.HasPrefix(p, "//") {
			t.Fatalf("%q is clean as %q", s, p)
		}
	})
}
