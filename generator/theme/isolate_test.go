package theme

import (
	"regexp"
	"strings"
	"testing"

	"mihbara/generator/archive"
	"mihbara/generator/article"
	"mihbara/generator/lang"
	"mihbara/generator/page"
	"mihbara/themes"
)

// traps is a site whose texts hold what a right-to-left page shows in the wrong
// order unless it is isolated, in every place that has a text.
func traps(th *Theme) *testSite {
	return newSite(map[string][]byte{
		"site.toml": []byte("languages = [\"ar\", \"en\", \"ps\"]\nbaseURL = \"https://example.org\"\n[title]\nar = \"محبرة C++\"\nen = \"Mihbara\"\nps = \"مشواڼۍ\"\n[sections]\ncode = { ar = \"C#\", en = \"C#\" }\n"),
		"content/ar/a.md": []byte(`---
title: درجة الحرارة -5 اليوم ولغة C++ في 2017-08-28
summary: "للتواصل +961 1 234 567، وشعار «Yahoo!» باق"
date: 2023-05-04
author: Yahoo!
source: C++ Weekly
section: code
tags: [C++, news]
image: a.png
image_alt: ميزان عند -5 في Yahoo
image_caption: قراءة 37 °C في الميزان
image_credit: "تصوير: وكالة Tom & Jerry"
translationKey: trap
corrections:
  - date: 2023-05-05
    text: كتبنا -5 وهي +5
---

نص اليوم -5 هنا.

## الحرارة -5 ليلا

## أ

## ب
`),
		"content/tags/c.md": []byte("---\nlabels:\n  ar: C++\n  en: C++\n---\n"),
		"content/ar/a.png":  nil,
		"content/ar/b.md":   []byte("---\ntitle: What is new in C++?\ndate: 2023-05-03\ntags: [C++]\n---\n\nنص اليوم كله عربي.\n"),
		"content/en/a.md":   []byte("---\ntitle: The daily الأخبار, 12 May\ndate: 2023-05-04\ntags: [C++]\ntranslationKey: trap\n---\n\nText of the day.\n"),
		"content/ps/a.md":   []byte("---\ntitle: نن\ndate: 2023-05-04\n---\n\nنن ورځ.\n"),
	}, th, nil)
}

func drawnBy(t *testing.T, s *testSite, spec page.Spec) string {
	t.Helper()
	f, err := page.Draw(nil, s, s.theme, spec)
	if err != nil {
		t.Fatal(err)
	}
	return string(f.Data)
}

func holds(t *testing.T, html string, list ...string) {
	t.Helper()
	for _, want := range list {
		if !strings.Contains(html, want) {
			t.Errorf("no %s", want)
		}
	}
	if t.Failed() {
		t.Log(html)
	}
}

func TestWhatRunsAgainstATextIsIsolatedEverywhere(t *testing.T) {
	s := traps(loadTheme(t))
	html := drawnBy(t, s, s.plan("ar/a")[0].Spec)
	holds(t, html,
		`<h1 dir="rtl">درجة الحرارة <bdi dir="ltr">-5</bdi> اليوم ولغة <bdi dir="ltr">C++</bdi> في <bdi class="number" dir="ltr">2017-08-28</bdi></h1>`,
		`<p class="standfirst" dir="rtl">للتواصل <bdi dir="ltr">+961 1 234 567</bdi>، وشعار «<bdi dir="ltr">Yahoo!</bdi>» باق</p>`,
		`<bdi dir="ltr">Yahoo!</bdi></a>`,        // the author
		`<bdi dir="ltr">C#</bdi>`,                // the section
		`rel="tag"><bdi dir="ltr">C++</bdi></a>`, // the tag
		`<bdi dir="ltr">C++ Weekly</bdi>`,        // the source, within a message
		`<bdi dir="rtl">قراءة <bdi dir="ltr">37 °C</bdi> في الميزان</bdi>`,
		`<bdi dir="rtl">تصوير: وكالة <bdi dir="ltr">Tom &amp; Jerry</bdi></bdi>`,
		"alt=\"ميزان عند \u2066-5\u2069 في Yahoo\"",
		`<span dir="rtl">كتبنا <bdi dir="ltr">-5</bdi> وهي <bdi dir="ltr">+5</bdi></span>`,
		`"><bdi dir="rtl">الحرارة <bdi dir="ltr">-5</bdi> ليلا</bdi></a>`,
		`<cite><bdi dir="rtl">درجة الحرارة <bdi dir="ltr">-5</bdi>`,
		"<title>\u200f\u2067درجة الحرارة \u2066-5\u2069 اليوم ولغة \u2066C&#43;&#43;\u2069 في \u20662017-08-28\u2069\u2069 — \u2067محبرة \u2066C&#43;&#43;\u2069\u2069</title>",
		"<meta property=\"og:title\" content=\"درجة الحرارة \u2066-5\u2069 اليوم",
		"<meta name=\"description\" content=\"للتواصل \u2066&#43;961 1 234 567\u2069",
		"<meta property=\"og:site_name\" content=\"محبرة \u2066C&#43;&#43;\u2069\">",
		"title=\"\u2066The daily \u2067الأخبار\u2069, 12 May\u2069\"", // of the translation
		`<h3 dir="ltr"><a href="/ar/2023/05/03/b/">What is new in C++?</a></h3>`,
	)
	for _, m := range scripts.FindAllStringSubmatch(html, -1) {
		if strings.ContainsAny(m[1], "\u200e\u200f\u2066\u2067\u2068\u2069") {
			t.Error("controls in structured data")
		}
	}
	way := regexp.MustCompile(`href="/(ar/tags/[^"]*)/" rel="tag"><bdi dir="ltr">C`).FindStringSubmatch(html)
	if way == nil {
		t.Fatal("no link to the tag")
	}
	tag := drawnBy(t, s, page.Spec{Kind: page.KindList, Language: "ar", Group: archive.Group(way[1])})
	// The heading stays where the page begins, whatever the name.
	holds(t, tag, `<h1><bdi dir="ltr">C++</bdi></h1>`, `<h3 dir="rtl"><a href="/ar/2023/05/04/a/">درجة الحرارة <bdi dir="ltr">-5</bdi>`,
		`<p class="card-lead" dir="rtl">للتواصل <bdi dir="ltr">+961 1 234 567</bdi>،`)
	english := drawnBy(t, s, s.plan("en/a")[0].Spec)
	holds(t, english, `<h1 dir="ltr">The daily <bdi dir="rtl">الأخبار</bdi>, 12 May</h1>`)
}

// heading is the h1 of a page, with isolates for markup.
var heading = regexp.MustCompile(`<h1 dir="(ltr|rtl)"[^>]*>(.*?)</h1>`)

// TestHeadlinesAreShownInOrder works out by Unicode's algorithm what a reader
// sees, from the left.
func TestHeadlinesAreShownInOrder(t *testing.T) {
	s := traps(loadTheme(t))
	for id, want := range map[string]string{
		"ar/a": "2017-08-28 يف C++ ةغلو مويلا -5 ةرارحلا ةجرد",
		"ar/b": "What is new in C++?",
		"en/a": "The daily رابخألا, 12 May",
	} {
		m := heading.FindStringSubmatch(drawnBy(t, s, s.plan(article.ID(id))[0].Spec))
		if m == nil {
			t.Fatalf("%s has no heading", id)
		}
		text := strings.NewReplacer(`<bdi dir="ltr">`, "\u2066", `<bdi class="number" dir="ltr">`, "\u2066", `<bdi dir="rtl">`, "\u2067", "</bdi>", "\u2069").Replace(m[2])
		var b strings.Builder
		runes := []rune(text)
		for _, i := range lang.VisualOrder(lang.Levels(text, lang.Direction(m[1]))) {
			if r := runes[i]; r < 0x2066 || r > 0x2069 {
				b.WriteRune(r)
			}
		}
		if b.String() != want {
			t.Errorf("%s is shown as\n%s, not\n%s", id, b.String(), want)
		}
	}
}

// TestAttributesAreInTheLanguageOfThePage: what a language lacks is another
// one's, which an attribute cannot say (RTL.md D8).
func TestAttributesAreInTheLanguageOfThePage(t *testing.T) {
	files, _ := themes.Files(themes.Default)
	delete(files, "messages/ps.toml") // a language in which the theme says nothing
	th, _ := Load("themes/broadsheet", files)
	s := traps(th)
	html := drawnBy(t, s, s.plan("ps/a")[0].Spec)
	holds(t, html, `<nav class="menu" aria-label="">`, `<span lang="en" dir="ltr">Skip to the text</span>`)
	if m := regexp.MustCompile(`(?:aria-label|alt|title)="[A-Za-z][^"]*"`).FindString(html); m != "" {
		t.Errorf("an English attribute on a Pashto page: %s", m)
	}
}
