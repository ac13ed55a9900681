package article

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/charmap"

	"mihbara/generator/lang"
	"mihbara/generator/site"
)

// parse reads a source and fails on an unexpected diagnostic: want is a part of
// the diagnostics, "" for none above a note.
func parse(t *testing.T, path, text, want string) *Article {
	t.Helper()
	a, diags := Parse(Source{Path: path, Data: []byte(text)}, settings(t, "timeZone = \"Asia/Beirut\"\n"))
	got := lines(diags)
	if want != "" && !strings.Contains(got, want) || want == "" && (strings.Contains(got, "warning:") || strings.Contains(got, "error:")) {
		t.Errorf("diagnostics %q, want %q", got, want)
	}
	if a == nil {
		t.Fatalf("no article: %s", got)
	}
	return a
}

func TestDatesAreReadInEveryShape(t *testing.T) {
	tests := []struct{ name, in, want, says string }{
		{"a day", "2002-05-22", "2002-05-22", ""},
		{"a time with a zone after a space", "2009-02-04 11:55:44 +0000", "2009-02-04T11:55:44Z", ""},
		{"a zone west", "2013-06-16 11:20:38 -0400", "2013-06-16T11:20:38-04:00", ""},
		{"quoted, with milliseconds", "'2017-01-20T09:00:00.000Z'", "2017-01-20T09:00:00Z", ""},
		{"a zone with a colon", "2015-07-27T06:07:06+00:00", "2015-07-27T06:07:06Z", ""},
		{"an hour of one digit", "2017-07-08 3:46:23 -0400", "2017-07-08T03:46:23-04:00", ""},
		{"half hours in a zone", "2025-11-17T10:00:00+03:30", "2025-11-17T10:00:00+03:30", ""},
		{"no zone: the site's, with a note", "2013-09-04T02:11:27", "2013-09-04T02:11:27+03:00", `note: date "2013-09-04T02:11:27" has no time zone; it is read in the site's, Asia/Beirut`},
		{"no zone and no seconds, in winter", "2015-02-24 14:00", "2015-02-24T14:00:00+02:00", "note: "},
		{"slashes and one-digit parts", "2013/7/13 20:46:25", "2013-07-13T20:46:25+03:00", "note: "},
		{"a day with slashes", "2013/7/3", "2013-07-03", ""},
		{"a day without separators", "20230504", "2023-05-04", ""},
		{"Arabic-Indic digits", "٢٠٢٣-٠٥-٠٤", "2023-05-04", ""},
		{"Persian digits with a time", "۲۰۲۳/۰۵/۰۴ ۱۰:۳۰ +03:30", "2023-05-04T10:30:00+03:30", ""},
		{"invisible marks around it", "\"\u200f2023-05-04\u200f\"", "2023-05-04", ""},
		{"an English date", "\"May 4, 2023\"", "2023-05-04", ""},
		{"a mail date", "\"Thu, 04 May 2023 10:00:00 GMT\"", "2023-05-04T10:00:00Z", ""},
		{"half a day", "\"2023-05-04 9:05 pm +0300\"", "2023-05-04T21:05:00+03:00", ""},
		{"a zone by name", "\"2023-05-04 09:05 Asia/Tehran\"", "2023-05-04T09:05:00+03:30", ""},
		{"a zone that is not known", "\"2023-05-04 09:05 XYZ\"", "2023-05-04T09:05:00+03:00", "warning: the time zone of date"},
		{"a Jalali year is not read", "1402-02-14", "", "x.md:2:7: warning: date \"1402-02-14\" looks like a year of another calendar"},
		{"a Jalali year in Persian digits", "۱۴۰۲/۰۲/۱۴", "", "another calendar"},
		{"a Hijri year", "1444-10-14", "", "another calendar"},
		{"a Hebrew year", "5783-02-14", "", "another calendar"},
		{"a month is no day", "2023-05", "", "names no day"},
		{"a year is no day", "2023", "", "names no day"},
		{"a day that does not exist", "2023-02-30", "", "is not a date"},
		{"an hour that does not exist", "2023-02-20 25:00", "", "is not a date"},
		{"an order that is not sure", "04/05/2023", "", "is not a date"},
		{"words", "yesterday", "", "is not a date"},
		{"a list", "[2023-05-04]", "", "date is a list where a date should be"},
		{"nothing", "", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := parse(t, "content/en/x.md", "---\ndate: "+tt.in+"\n---\nText.\n", tt.says)
			if got := a.Published.RFC3339(); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
	t.Run("a TOML date", func(t *testing.T) {
		a := parse(t, "content/en/x.md", "+++\ndate = 2025-11-17T10:00:00+03:30\nlastmod = 2025-11-18\n+++\nText.\n", "")
		if a.Published.RFC3339() != "2025-11-17T10:00:00+03:30" || a.Updated.RFC3339() != "2025-11-18" {
			t.Error(a.Published, a.Updated)
		}
	})
}

func TestDatesInNames(t *testing.T) {
	tests := []struct{ name, path, key, want, says string }{
		{"in the file name", "content/en/2023-05-04-port.md", "", "2023-05-04", ""},
		{"in the file name, without separators", "content/en/20230504-port.md", "", "2023-05-04", ""},
		{"in the folder of an index", "content/news/2023-05-04-port/index.en.md", "", "2023-05-04", ""},
		{"in a folder above", "content/news/2023-10-23/460/index.en.md", "", "2023-10-23", ""},
		{"in three folders", "content/en/2023/05/04/port.md", "", "2023-05-04", ""},
		{"not in two folders", "content/en/2023/05/port.md", "", "", ""},
		{"not in a number", "content/en/20239999-port.md", "", "", ""},
		{"not in another calendar", "content/en/1402-02-14-port.md", "", "", ""},
		{"the key counts where both speak", "content/en/2023-09-25-x.md", "date: 2023-09-24\n", "2023-09-24", "x.md:2:7: warning: date says 2023-09-24, the file name says 2023-09-25; the key counts"},
		{"no word where both say the same", "content/en/2023-09-25-x.md", "date: 2023-09-25 10:00:00 -0400\n", "2023-09-25T10:00:00-04:00", ""},
		{"a key that cannot be read does not make way", "content/en/2023-09-25-x.md", "date: soon\n", "", "is not a date"},
		{"of the several dates of Hugo, date counts", "content/en/x.md", "publishdate: 2019-01-01\ndate: 2018-01-01\n", "2018-01-01", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := parse(t, tt.path, "---\n"+tt.key+"x: 1\n---\nText.\n", tt.says)
			if got := a.Published.RFC3339(); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
			if derived := strings.Contains(strings.Join(a.Derived, " "), "date"); derived != (tt.key == "" && tt.want != "") {
				t.Errorf("derived %v", a.Derived)
			}
		})
	}
}

func TestLanguagesAndTranslations(t *testing.T) {
	arabic := "قال الوزير إن المدينة في حاجة إلى ميناء جديد، وأضاف أن العمل بدأ من الشهر الماضي على الرصيف الثالث."
	tests := []struct {
		name, path, front, body string
		language                lang.Tag
		key                     string
		says                    string
	}{
		{"folder", "content/ar/2023/05/raisi.md", "", "x", "ar", "2023/05/raisi", ""},
		{"folder with a region, underscore", "content/zh_cn/news/a.md", "", "x", "zh-Hans", "news/a", ""},
		{"ending", "content/news/port.fa.md", "", "x", "fa", "news/port", ""},
		{"ending of an index", "content/news/530/index.ar.md", "", "x", "ar", "news/530/index", ""},
		{"key", "content/news/port.md", "lang: iw\n", "x", "he", "news/port", ""},
		{"key under another name", "content/news/port.md", "language: zh_cn\n", "x", "zh-Hans", "news/port", ""},
		{"text", "content/news/port.md", "", arabic, "ar", "news/port", ""},
		{"a folder that is a word", "content/dev/man.md", "", arabic, "ar", "dev/man", ""},
		{"key against folder", "content/en/port.md", "lang: ar\n", "x", "ar", "port", `port.md:2:7: warning: the key lang says the language is "ar", the folder says "en"; "ar" counts`},
		{"ending against folder", "content/en/port.ar.md", "", "x", "ar", "port", `the file name says the language is "ar", the folder says "en"`},
		{"a language that is not declared stays", "content/nl/port.md", "", "x", "nl", "port", `does not declare the language "nl"`},
		{"a key that is no language", "content/en/port.md", "lang: \"!?\"\n", "x", "en", "port", "is not a language tag"},
		{"translationKey", "content/en/port.md", "translationKey: p1\n", "x", "en", "p1", ""},
		{"translation_key", "content/en/port.md", "translation_key: p1\n", "x", "en", "p1", ""},
		{"ref", "content/en/port.md", "ref: p1\n", "x", "en", "p1", ""},
		{"lang-ref", "content/en/port.md", "lang-ref: p1\n", "x", "en", "p1", ""},
		{"lang_ref", "content/en/port.md", "lang_ref: p1\n", "x", "en", "p1", ""},
		{"language_reference", "content/en/port.md", "language_reference: p1\n", "x", "en", "p1", ""},
		{"translationGroup", "content/en/port.md", "translationGroup: p1\n", "x", "en", "p1", ""},
		{"name and slug tie nothing", "content/en/port.md", "name: p1\nslug: p2\n", "x", "en", "port", ""},
		{"seeds keep their own keys", "seeds/a1.txt", "", arabic, "ar", "seeds/a1", ""},
		{"seeds in language folders", "seeds/ar/a1.txt", "", "x", "ar", "seeds/a1", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			text := tt.body + "\n"
			if tt.front != "" {
				text = "---\n" + tt.front + "---\n" + text
			}
			a := parse(t, tt.path, text, tt.says)
			if a.Language != tt.language || a.TranslationKey != tt.key {
				t.Errorf("got %q, %q; want %q, %q", a.Language, a.TranslationKey, tt.language, tt.key)
			}
		})
	}
}

func TestKeysAndTheirSynonyms(t *testing.T) {
	a := parse(t, "content/en/2023/05/port.md", `---
id: port-1
title: "The port &#8211; U&#46;S&#46; view\u202E"
publish_date: 2023-05-04
lastmod: 2023-05-06
expiryDate: 2030-01-01
permalink: /%D8%A3/x
redirect_from: [/old/, /old, "/a.html"]
authors: [{name: Layla Haddad}, "Omar Said"]
dateline: BEIRUT
source: {name: The Agency, url: x}
source_url: https://example.org/a
description: "A *short* text &mdash; with <b>tags</b>"
categories: [[Economy, Ports], Lebanon]
tags: "lebanon, ports، بيروت"
keywords: [ports, '#harbour']
taxonomies: {news: [releases]}
entities: [+country-lb, -country-us]
image: {src: a.jpg, alt: A quay}
corrections:
  - {date: 2023-05-05, text: The name was wrong.}
  - A number was wrong.
status: Developing
weight: "3"
noindex: yes
reading_time: 4
sub: {list: [1, 2.5, true, null, x]}
---
Body text.
`, "")
	day := func(s string) Moment {
		m, _ := parseMoment(s, settings(t, "timeZone = \"Asia/Beirut\"\n").Location())
		return m
	}
	a.SHA256, a.Bytes = "", 0
	body := a.Body.Text
	a.Body.HTML, a.Body.Text, a.Body.Runs, a.Body.Words = "", "", nil, 0
	want := &Article{
		ID: "port-1", Path: "content/en/2023/05/port.md", Format: Markdown, Type: TypeArticle, Language: "en",
		Headline: "The port – U.S. view", Lead: "A short text — with tags", Dateline: "BEIRUT",
		Byline: []string{"Layla Haddad", "Omar Said"}, Section: "Economy",
		Tags: []string{"lebanon", "ports", "بيروت", "harbour", "releases", "Ports", "Lebanon"}, Entities: []string{"+country-lb", "-country-us"},
		Published: day("2023-05-04"), Updated: day("2023-05-06"), Expires: day("2030-01-01"),
		URL: "/أ/x/", Aliases: []string{"/old/", "/a.html"}, TranslationKey: "2023/05/port",
		Image: "a.jpg", ImageAlt: "A quay", Source: "The Agency", Canonical: "https://example.org/a",
		Corrections: []Correction{{Date: day("2023-05-05"), Text: "The name was wrong."}, {Text: "A number was wrong."}},
		Status:      "developing", Weight: 3, NoIndex: true,
		Params: map[string]any{"reading_time": int64(4), "sub": map[string]any{"list": []any{int64(1), 2.5, true, nil, "x"}}},
		Body:   a.Body,
	}
	if !reflect.DeepEqual(a, want) {
		t.Errorf("got  %+v\nwant %+v", a, want)
	}
	if body != "Body text." {
		t.Errorf("body %q", body)
	}
	if got := a.Card(settings(t, "")); got.Image != "content/en/2023/05/a.jpg" || got.URL != "/أ/x/" || got.Direction != lang.LTR || got.Undated {
		t.Errorf("card %+v", got)
	}
}

func TestOddKeys(t *testing.T) {
	tests := []struct {
		name, front, says string
		check             func(a *Article) bool
	}{
		{"of a title given twice the last counts", "title: English\ntitle: ترجمة\n", `key "title" is given twice`, func(a *Article) bool { return a.Headline == "ترجمة" }},
		{"a mistyped key gets the nearest", "titel: A\n", `x.md:2:1: warning: unknown key "titel" (did you mean "title"?)`, func(a *Article) bool { return a.Params["titel"] == "A" }},
		{"a key of another system is kept in silence", "layout: post\nuid: 3\ntoc: true\nthread: 5\n", "", func(a *Article) bool { return len(a.Params) == 4 }},
		{"an unpublished file of Jekyll is a draft", "published: false\n", "", func(a *Article) bool { return a.Draft }},
		{"a published one is not", "published: true\n", "", func(a *Article) bool { return !a.Draft }},
		{"published can be a date", "published: 2023-05-04\n", "", func(a *Article) bool { return a.Published.Set }},
		{"status draft is a draft", "status: draft\n", "", func(a *Article) bool { return a.Draft }},
		{"draft as a text", "draft: \"true\"\n", "", func(a *Article) bool { return a.Draft }},
		{"draft as nonsense", "draft: perhaps\n", "draft is text where true or false should be", func(a *Article) bool { return !a.Draft }},
		{"one tag as a text", "tags: security\n", "", func(a *Article) bool { return reflect.DeepEqual(a.Tags, []string{"security"}) }},
		{"a tag with a space", "tags: [dev diaries, crypto]\n", "", func(a *Article) bool { return reflect.DeepEqual(a.Tags, []string{"dev diaries", "crypto"}) }},
		{"tags without a value", "tags:\n", "", func(a *Article) bool { return a.Tags == nil }},
		{"tags with hidden controls", "tags: [\"\u202eab\u202c\", ab]\n", "", func(a *Article) bool { return reflect.DeepEqual(a.Tags, []string{"ab"}) }},
		{"an author as a list of one", "author: [vjeux]\n", "", func(a *Article) bool { return reflect.DeepEqual(a.Byline, []string{"vjeux"}) }},
		{"an author with a comma is one", "author: \"Said, Omar\"\n", "", func(a *Article) bool { return len(a.Byline) == 1 }},
		{"a category as a text", "category: sports\n", "", func(a *Article) bool { return a.Section == "sports" && a.Tags == nil }},
		{"a number as a slug", "slug: 124062\n", "", func(a *Article) bool { return a.Slug == "124062" }},
		{"a number as a type is kept", "type: 404\n", "", func(a *Article) bool { return a.Type == TypeArticle && a.Params["type"] == int64(404) }},
		{"a page", "type: page\n", "", func(a *Article) bool { return a.Type == TypePage }},
		{"an image of another system is kept", "featured_image: {uid: x}\n", "", func(a *Article) bool { return a.Image == "" && a.Params["featured_image"] != nil }},
		{"a canonical address must be one", "canonical: \"javascript:alert(1)\"\n", "is not an address of the web", func(a *Article) bool { return a.Canonical == "" }},
		{"a pattern of Jekyll is no path", "permalink: /blog/:year/:title/\n", "pattern of another system", func(a *Article) bool { return a.URL == "" }},
		{"a slug that climbs is refused", "slug: ../../etc\n", "x.md:2:7: slug \"../../etc\" leads out of its folder", func(a *Article) bool { return a.Slug == "" }},
		{"a slug with a slash", "slug: a/b\n", "holds a slash; it is read as \"a-b\"", func(a *Article) bool { return a.Slug == "a-b" }},
		{"a slug with hidden controls", "slug: \"a\u202eb\"\n", "", func(a *Article) bool { return a.Slug == "ab" }},
		{"a path that climbs is refused", "url: /x/../../y\n", "cannot be used: it holds ..", func(a *Article) bool { return a.URL == "" }},
		{"a path that climbs in disguise", "url: /x/%2e%2e/y\n", "cannot be used: it holds ..", func(a *Article) bool { return a.URL == "" }},
		{"a path on another site", "url: //evil.example/\n", "leads to another site", func(a *Article) bool { return a.URL == "" }},
		{"a whole address is where the text comes from", "url: https://example.org/a\n", "read as canonical", func(a *Article) bool { return a.URL == "" && a.Canonical == "https://example.org/a" }},
		{"two spellings of one key: the last counts", "Title: A\ntitle: B\n", "", func(a *Article) bool { return a.Headline == "B" }},
		{"an alias with a query", "aliases: [\"/?p=1\", /ok]\n", "x.md:2:11: warning: aliases \"/?p=1\" cannot be used", func(a *Article) bool { return reflect.DeepEqual(a.Aliases, []string{"/ok/"}) }},
		{"a broken key keeps the others", "title: a: b\ntags: [x]\n", "x.md:2:", func(a *Article) bool { return len(a.Tags) == 1 }},
		{"an update before the publication", "date: 2023-05-04\nupdated: 2023-05-01\n", "updated is before the date of publication", func(a *Article) bool { return a.Updated.Set }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if a := parse(t, "content/en/x.md", "---\n"+tt.front+"---\nText.\n", tt.says); !tt.check(a) {
				t.Errorf("%+v", a)
			}
		})
	}
}

func TestHeadlineLeadAndDateline(t *testing.T) {
	long := strings.Repeat("palabra corta ", 20)
	tests := []struct{ name, path, in, headline, lead, dateline string }{
		{"the first sentence without its stop", "seeds/a.txt", "The port of Beirut opened again. The first ship is due on Monday.\nMore text.\n", "The port of Beirut opened again", "The first ship is due on Monday.", ""},
		{"the first line where it has no stop", "seeds/a.txt", "Port opens again\n\nThe first ship is due on Monday.\n", "Port opens again", "The first ship is due on Monday.", ""},
		{"a question keeps its mark", "seeds/a.txt", "هل يعود الميناء؟ قال الوزير نعم.\n", "هل يعود الميناء؟", "قال الوزير نعم.", ""},
		{"a long sentence is cut at a word", "seeds/es/a.txt", long + "final.\n", strings.TrimSpace(strings.Repeat("palabra corta ", 7)) + " palabra…", "", ""},
		{"initials and titles end no sentence", "seeds/en/a.txt", "Dr. J. Smith of the U.S. Navy met Mr. Brown. They talked.\n", "Dr. J. Smith of the U.S. Navy met Mr. Brown", "They talked.", ""},
		{"an Arabic initial ends no sentence", "seeds/ar/a.txt", "قال د. خالد إن العمل بدأ. وأضاف المزيد.\n", "قال د. خالد إن العمل بدأ", "وأضاف المزيد.", ""},
		{"a number ends no sentence", "seeds/en/a.txt", "It cost 3.5 million. That is much.\n", "It cost 3.5 million", "That is much.", ""},
		{"Chinese stops need no space", "seeds/zh-Hans/a.txt", "贝鲁特港口重新开放。第一艘船将于周一抵达。\n", "贝鲁特港口重新开放", "第一艘船将于周一抵达。", ""},
		{"an Urdu stop", "seeds/ur/a.txt", "بندرگاہ دوبارہ کھل گئی۔ پہلا جہاز پیر کو آئے گا۔\n", "بندرگاہ دوبارہ کھل گئی", "پہلا جہاز پیر کو آئے گا۔", ""},
		{"a closing quote belongs to the sentence", "seeds/en/a.txt", "“It opens.” He said no more.\n", "“It opens.”", "He said no more.", ""},
		{"an Arabic dateline with an agency", "seeds/ar/a.txt", "بيروت (رويترز) - قال الوزير إن الميناء عاد إلى العمل. وأضاف المزيد.\n", "قال الوزير إن الميناء عاد إلى العمل", "وأضاف المزيد.", "بيروت (رويترز)"},
		{"a dateline in capitals", "seeds/fr/a.txt", "PARIS — Le ministre a parlé devant les députés. Il est parti.\n", "Le ministre a parlé devant les députés", "Il est parti.", "PARIS"},
		{"an agency alone", "seeds/en/a.txt", "(AP) — The minister spoke to the parliament. He left.\n", "The minister spoke to the parliament", "He left.", "(AP)"},
		{"place, day and agency", "seeds/en/a.txt", "BEIRUT, May 4 (Reuters) - The minister spoke to the parliament. He left.\n", "The minister spoke to the parliament", "He left.", "BEIRUT, May 4 (Reuters)"},
		{"two hyphens", "seeds/en/a.txt", "ST. LOUIS (AP) -- The minister spoke to the parliament. He left.\n", "The minister spoke to the parliament", "He left.", "ST. LOUIS (AP)"},
		{"a Hebrew dateline", "seeds/he/a.txt", "ירושלים (רויטרס) – השר דיבר בכנסת על התקציב. הוא הלך.\n", "השר דיבר בכנסת על התקציב", "הוא הלך.", "ירושלים (רויטרס)"},
		{"a short Arabic place", "seeds/ar/a.txt", "دمشق – قال الوزير إن الميناء عاد إلى العمل. وأضاف المزيد.\n", "قال الوزير إن الميناء عاد إلى العمل", "وأضاف المزيد.", "دمشق"},
		{"a Chinese dateline", "seeds/zh-Hans/a.txt", "新华社贝鲁特5月4日电 贝鲁特港口重新开放。第一艘船将于周一抵达。\n", "贝鲁特港口重新开放", "第一艘船将于周一抵达。", "新华社贝鲁特5月4日电"},
		{"a sentence with a dash is no dateline", "seeds/en/a.txt", "Music — the food of love — was played all night. They danced.\n", "Music — the food of love — was played all night", "They danced.", ""},
		{"a hyphenated word is no dateline", "seeds/en/a.txt", "Vice-president Smith spoke to the parliament. He left.\n", "Vice-president Smith spoke to the parliament", "He left.", ""},
		{"brackets in a sentence are no dateline", "seeds/en/a.txt", "The minister (who is new to this house) - and his wife - came to the parliament.\n", "The minister (who is new to this house) - and his wife - came to the parliament", "", ""},
		{"Markdown without a title takes its heading", "content/en/a.md", "# The port\n\nIt opened again.\n", "The port", "It opened again.", ""},
		{"a heading below the first text too", "content/en/a.md", "It opened again.\n\n## The port\n", "The port", "It opened again.", ""},
		{"Markdown without heading takes its first sentence", "content/en/a.md", "It *opened* again. Soon.\n", "It opened again", "Soon.", ""},
		{"a given title keeps the lead whole", "content/en/a.md", "---\ntitle: Port\n---\nIt opened again. Soon.\n\nMore.\n", "Port", "It opened again. Soon.", ""},
		{"a given dateline is not repeated", "content/en/a.md", "---\ntitle: Port\ndateline: Beirut\n---\nBEIRUT (AP) — It opened again after a year. Soon.\n", "Port", "It opened again after a year. Soon.", "Beirut"},
		{"a text without a word has its name", "content/en/port-of-beirut.md", "---\ndraft: true\n---\n", "port of beirut", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := parse(t, tt.path, tt.in, "")
			if tt.lead == "" {
				tt.lead = a.Lead
			}
			if a.Headline != tt.headline || a.Lead != tt.lead || a.Dateline != tt.dateline {
				t.Errorf("got  %q, %q, %q\nwant %q, %q, %q", a.Headline, a.Lead, a.Dateline, tt.headline, tt.lead, tt.dateline)
			}
		})
	}
}

// TestFieldsHoldNoMarks: a mark that a writer put into a headline is not part of
// its address or of structured data; one in the text stays (RTL.md H4, T4).
func TestFieldsHoldNoMarks(t *testing.T) {
	a := parse(t, "content/ar/x.md", "---\ntitle: \"لغة C++\u200e الجديدة\"\nsummary: \"نسبة 25\u061c٪\"\n---\nلغة C++\u200e الجديدة.\n", "")
	if strings.ContainsAny(a.Headline+a.Lead, "\u200e\u200f\u061c") || !strings.Contains(a.Body.PlainText(), "C++\u200e") {
		t.Errorf("%q, %q, %q", a.Headline, a.Lead, a.Body.PlainText())
	}
}

// TestHeadlinesAreTypesetAsTexts: the quotation marks of a headline are those of
// its body, unless the site wants text as it is.
func TestHeadlinesAreTypesetAsTexts(t *testing.T) {
	for _, c := range []struct{ path, title, want string }{
		{"content/fr/a.md", `Il dit "oui" ; 26 750 €`, "Il dit «\u00a0oui\u00a0»\u202f; 26\u202f750\u00a0€"},
		{"content/ar/a.md", `قال "نعم" ، ثم غادر`, "قال ”نعم“، ثم غادر"},
		{"content/en/a.md", `"It's over," he said`, "“It’s over,” he said"},
		{"content/ar/b.md", `Lebanon says "no" to it`, `Lebanon says "no" to it`},
	} {
		quoted := "'" + strings.ReplaceAll(c.title, "'", "''") + "'"
		source := Source{Path: c.path, Data: []byte("---\ntitle: " + quoted + "\nsummary: " + quoted + "\n---\n.\n")}
		if a, _ := Parse(source, settings(t, "")); a.Headline != c.want || a.Lead != c.want {
			t.Errorf("%s: %q and %q, want %q", c.path, a.Headline, a.Lead, c.want)
		}
		if a, _ := Parse(source, settings(t, "typography = false\n")); a.Headline != c.title || a.Lead != c.title {
			t.Errorf("%s, as it is: %q and %q", c.path, a.Headline, a.Lead)
		}
	}
}

func TestWhatIsDerivedIsMarked(t *testing.T) {
	a := parse(t, "seeds/a.txt", "بيروت (رويترز) - قال الوزير إن الميناء عاد إلى العمل. وأضاف المزيد من الكلام عن السفن.\n", "")
	if got := strings.Join(a.Derived, " "); got != "dateline headline language lead" {
		t.Error(got)
	}
	a = parse(t, "content/ar/a.md", "---\ntitle: عنوان\nsummary: ملخص\ndate: 2023-05-04\n---\nنص\n", "")
	if len(a.Derived) > 0 {
		t.Error(a.Derived)
	}
}

func TestTheHeadlineIsNotRepeatedInTheBody(t *testing.T) {
	for name, in := range map[string]string{
		"without a title":   "# The port\n\nIt opened.\n",
		"with the same one": "---\ntitle: The port\n---\n\n# The port\n\nIt opened.\n",
	} {
		if a := parse(t, "content/en/a.md", in, ""); strings.Contains(a.Body.Text, "The port") {
			t.Errorf("%s: %q", name, a.Body.Text)
		}
	}
	if a := parse(t, "content/en/a.md", "---\ntitle: Port\n---\n# Another\n\nIt opened.\n", ""); !strings.Contains(a.Body.Text, "Another") {
		t.Error("another heading is part of the text")
	}
}

func TestSidecarGivesWhatAMissingHeaderWould(t *testing.T) {
	s := settings(t, "")
	a, diags := Parse(Source{
		Path: "seeds/wire_1.txt", Data: []byte("The port opened. Soon.\n"),
		SidecarPath: "seeds/wire_1.yaml", Sidecar: []byte("lang: en\ndate: 2023-09-12T15:25:00+02:00\ntags: [libya]\ntitle: Port\nbyline: Agencies\nsectoin: x\n"),
	}, s)
	if a.Headline != "Port" || a.Published.RFC3339() != "2023-09-12T15:25:00+02:00" || a.Tags[0] != "libya" || a.Byline[0] != "Agencies" {
		t.Errorf("%+v", a)
	}
	if got := lines(diags); !strings.Contains(got, `seeds/wire_1.yaml:6:1: warning: unknown key "sectoin" (did you mean "section"?)`) {
		t.Error(got)
	}
	a, _ = Parse(Source{Path: "content/en/x.md", Data: []byte("---\ntitle: Own\n---\nx\n"), SidecarPath: "content/en/x.toml", Sidecar: []byte("title = \"Other\"\nsection = \"s\"\n")}, s)
	if a.Headline != "Own" || a.Section != "s" {
		t.Errorf("front matter must count more than the sidecar: %+v", a)
	}
}

func TestPermalinks(t *testing.T) {
	tests := []struct{ name, settings, path, front, want string }{
		{"the pattern", "", "content/ar/2023/05/port.md", "date: 2023-05-04\n", "/ar/2023/05/04/port/"},
		{"a date in the name is not in the slug", "", "content/en/2023-05-04-port-opens.md", "", "/en/2023/05/04/port-opens/"},
		{"a language in the name neither", "", "content/news/port.ar.md", "date: 2023-05-04\n", "/ar/2023/05/04/port/"},
		{"an index has its folder's name", "", "content/en/port/index.md", "date: 2023-05-04\n", "/en/2023/05/04/port/"},
		{"a folder with a date", "", "content/news/2023-05-04-port/index.en.md", "", "/en/2023/05/04/port/"},
		{"a name without letters gives way to the headline", "", "content/news/2023-10-23/460/index.en.md", "title: The port\n", "/en/2023/10/23/the-port-925b50/"},
		{"a hash gives way too", "", "seeds/en/000_091af1424fcd9861.txt", "", "/en/undated/text-bfe534/"},
		{"the slug key counts", "", "content/en/2023-05-04-port.md", "slug: Harbour News\n", "/en/2023/05/04/harbour-news/"},
		{"a Unicode slug", "", "content/fa/620/index.md", "date: 2023-05-04\nslug: \"رفع-اشکالات-و-نشانک‌ها-2026\"\n", "/fa/2023/05/04/رفع-اشکالات-و-نشانک-ها-2026/"},
		{"a file name with spaces and marks", "", "content/en/What now? A, B > C.md", "date: 2023-05-04\n", "/en/2023/05/04/what-now-a-b-c/"},
		{"undated", "", "content/en/port.md", "", "/en/undated/port/"},
		{"a page by type", "", "content/en/about.md", "type: page\ndate: 2020-01-01\n", "/en/about/"},
		{"a page by folder", "", "content/ar/pages/من-نحن.md", "", "/ar/من-نحن/"},
		{"a page by folder with an ending", "", "content/pages/about.he.md", "", "/he/about/"},
		{"an explicit path", "", "content/en/port.md", "url: /Old/Path.html\n", "/Old/Path.html"},
		{"another pattern", "permalink = \"/{lang}/{section}/{slug}.html\"\n", "content/en/port.md", "section: World News\ndate: 2023-05-04\n", "/en/world-news/port.html"},
		{"a pattern with an empty part", "permalink = \"/{lang}/{section}/{slug}/\"\n", "content/en/port.md", "date: 2023-05-04\n", "/en/port/"},
		{"ids as slugs", "slugs = \"id\"\n", "content/en/2023/port.md", "date: 2023-05-04\n", "/en/2023/05/04/en-2023-port/"},
		{"the day is that of the article's own zone", "", "content/en/port.md", "date: 2023-05-04T00:30:00+03:00\n", "/en/2023/05/04/port/"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := settings(t, tt.settings)
			text := "Text.\n"
			if strings.HasSuffix(tt.path, ".md") {
				text = "---\n" + tt.front + "x: 1\n---\n" + text
			}
			a, diags := Parse(Source{Path: tt.path, Data: []byte(text)}, s)
			if got := Permalink(a, s); got != tt.want {
				t.Errorf("got %q, want %q (%s)", got, tt.want, lines(diags))
			}
		})
	}
}

func TestFilesThatAreNotUTF8(t *testing.T) {
	text := "قال الوزير إن المدينة في حاجة إلى ميناء جديد. وأضاف أن العمل بدأ من الشهر الماضي."
	data, _ := charmap.Windows1256.NewEncoder().Bytes([]byte(text))
	a, diags := Parse(Source{Path: "seeds/a.txt", Data: data}, settings(t, ""))
	if a.Language != "ar" || a.Headline != "قال الوزير إن المدينة في حاجة إلى ميناء جديد" || !strings.Contains(lines(diags), "note: the file is not UTF-8 and was read as Windows-1256") {
		t.Errorf("%+v, %s", a, lines(diags))
	}
	a, diags = Parse(Source{Path: "content/en/a.md", Data: make([]byte, 500)}, settings(t, ""))
	if a != nil || !strings.Contains(lines(diags), "content/en/a.md: this file is not text") {
		t.Errorf("%+v, %s", a, lines(diags))
	}
}

func TestEveryKeyThatWeNameHasAMeaning(t *testing.T) {
	for _, f := range append(Fields(), spellings()...) {
		if key, _ := meaning(strings.ToLower(strings.NewReplacer("_", "", "-", "").Replace(f))); key == "" {
			t.Errorf("%q is unknown", f)
		}
	}
}

func TestEveryLongKeyCanBeSuggested(t *testing.T) {
	for _, f := range Fields() {
		if len(f) > 3 && !slices.Contains(spellings(), f) {
			t.Errorf("%q is never suggested", f)
		}
		if len(f) > 5 && !slices.Contains(similar(strings.ToLower(f[1:]+"x")), f) {
			t.Errorf("%q is not similar to itself with an error", f)
		}
	}
}

func TestHostileTextsEndInTime(t *testing.T) {
	s := settings(t, "")
	for name, in := range map[string]string{
		"one line of two megabytes":       strings.Repeat("كلمة ", 250_000),
		"a million stops":                 strings.Repeat(". ", 500_000),
		"a million capitals with stops":   strings.Repeat("A.", 500_000),
		"a front matter that never ends":  "---\na: b\n" + strings.Repeat("x\n", 300_000),
		"a JSON object that never ends":   "{\"a\": \"" + strings.Repeat("x", 1_000_000),
		"a title of a megabyte":           "---\ntitle: " + strings.Repeat("x ", 400_000) + "\n---\nx\n",
		"a tag of a megabyte":             "---\ntags: [" + strings.Repeat("x,", 100_000) + "x]\n---\nx\n",
		"a slug of a megabyte":            "---\nslug: " + strings.Repeat("x", 800_000) + "\n---\nx\n",
		"a summary of opening brackets":   "---\nsummary: '" + strings.Repeat("[", 100_000) + "'\n---\nx\n",
		"a path of a megabyte of folders": "---\nurl: " + strings.Repeat("/x", 400_000) + "\n---\nx\n",
	} {
		t.Run(name, func(t *testing.T) {
			for _, path := range []string{"content/en/x.md", "seeds/en/x.txt"} {
				start := time.Now()
				a, _ := Parse(Source{Path: path, Data: []byte(in)}, s)
				if took := time.Since(start); took > 20*time.Second {
					t.Errorf("%s took %s", path, took)
				} else if testing.Verbose() {
					t.Log(path, took)
				}
				if a != nil && len([]rune(a.Headline)) > 2_000_000 {
					t.Error("a headline without end")
				}
				if url := Permalink(a, s); len(url) > 5000 && a.URL == "" {
					t.Errorf("a URL of %d bytes", len(url))
				}
			}
		})
	}
}

func ExampleParse() {
	s, _ := site.Parse("site.toml", []byte(`languages = ["ar", "en"]`))
	a, _ := Parse(Source{Path: "content/ar/2023-05-04-port.md", Data: []byte("---\ntitle: الميناء يعود\ntags: لبنان، اقتصاد\n---\nبيروت (رويترز) - عاد ميناء بيروت إلى العمل يوم الخميس.\n")}, &s)
	fmt.Println(a.ID, a.Language, a.Published.RFC3339(), a.Tags)
	fmt.Println(a.Dateline, a.Derived)
	fmt.Println(Permalink(a, &s))
	// Output:
	// ar/2023-05-04-port ar 2023-05-04 [لبنان اقتصاد]
	// بيروت (رويترز) [date dateline lead]
	// /ar/2023/05/04/port/
}

func TestControlsAreCountedWhereverTheyStand(t *testing.T) {
	for at := range 40 {
		text := []byte(strings.Repeat("كلمة ", 6))[:40]
		text[at] = '\n'
		text[(at+7)%40] = 0x1F
		text[(at+20)%40] = 0
		if n := controls(text); n != 2 {
			t.Errorf("%q: %d", text, n)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add("content/en/x.md", []byte("---\ntitle: a\ndate: 2023-05-04\ntags: [x]\n---\nb\n"))
	f.Add("seeds/a.txt", []byte("بيروت (رويترز) - قال الوزير. وأضاف.\n"))
	f.Add("content/news/2023-05-04/460/index.fa.md", []byte("+++\nslug = \"..\"\nurl = \"/%2e%2e/\"\n[[corrections]]\ndate = 1402-01-01\n+++\n# x\n"))
	f.Add("a/../b", []byte("{\"title\": [1], \"image\": {\"src\": 1}}\n"))
	s := settings(f, "")
	f.Fuzz(func(t *testing.T, path string, data []byte) {
		a, diags := Parse(Source{Path: path, Data: data, SidecarPath: "s.yaml", Sidecar: data}, s)
		if a == nil {
			if len(diags) == 0 {
				t.Fatal("neither an article nor a word")
			}
			return
		}
		url := Permalink(a, s)
		if !strings.HasPrefix(url, "/") || strings.HasPrefix(url, "//") || strings.Contains(url+"/", "/../") || strings.ContainsAny(url, "?#%\\\n") {
			t.Fatalf("URL %q", url)
		}
		if a.Language == "" || a.ID == "" && path != "" && !strings.HasPrefix(path, ".") {
			t.Fatalf("%+v", a)
		}
		again, _ := Parse(Source{Path: path, Data: data, SidecarPath: "s.yaml", Sidecar: data}, s)
		if !reflect.DeepEqual(a, again) {
			t.Fatal("the same bytes gave another article")
		}
	})
}

func FuzzMoment(f *testing.F) {
	for _, s := range []string{"2023-05-04", "2013/7/13 20:46:25", "Thu, 04 May 2023 10:00:00 GMT", "20230504", "۲۰۲۳", "2023-05-04 9:05 pm (x)"} {
		f.Add(s)
	}
	zone := settings(f, "timeZone = \"Asia/Beirut\"\n").Location()
	f.Fuzz(func(t *testing.T, s string) {
		m, how := parseMoment(s, zone)
		if m.Set != (how == sound || how == noZone || how == strangeZone) {
			t.Fatalf("%q: %+v, %d", s, m, how)
		}
		if m.Set {
			if again, _ := parseMoment(m.RFC3339(), zone); again != m {
				t.Fatalf("%q gives %+v, and %q gives %+v", s, m, m.RFC3339(), again)
			}
		}
	})
}

func BenchmarkParse(b *testing.B) {
	data := []byte("---\nslug: port-of-beirut-reopens\ndate: 2023-05-04 10:02:00 +0300\ntitle: 'ميناء بيروت يعود إلى العمل'\nauthors:\n  - layla-haddad\ntopics:\n  - economy\n  - lebanon\nlang: ar\n---\n" +
		strings.Repeat("قال الوزير إن المدينة في حاجة إلى ميناء جديد، وأضاف أن العمل بدأ من الشهر الماضي على الرصيف الثالث.\n\n", 20))
	s := settings(b, "")
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		Parse(Source{Path: "content/ar/2023/05/port.md", Data: data}, s)
	}
}

func BenchmarkCard(b *testing.B) {
	s := settings(b, "")
	a, _ := Parse(Source{Path: "content/ar/2023/05/port.md", Data: []byte("---\ntitle: x\ndate: 2023-05-04\n---\nx\n")}, s)
	for b.Loop() {
		a.Card(s)
	}
}
