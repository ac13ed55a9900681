package main

import (
	"context"
	"fmt"
	"html"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/css"
	"github.com/chromedp/cdproto/dom"
	"github.com/chromedp/chromedp"

	"mihbara/generator/lang"
	"mihbara/themes"
)

// faces are those in which the texts of a script are set where a reader has the
// Noto faces and no others, as on Linux and much of Android.
var faces = map[string]string{
	"Latn": "Noto Serif", "Cyrl": "Noto Serif", "Grek": "Noto Serif", "Arab": "Noto Naskh Arabic", "Aran": "Noto Nastaliq Urdu",
	"Hebr": "Noto Serif Hebrew", "Thaa": "Noto Sans Thaana", "Syrc": "Noto Sans Syriac", "Deva": "Noto Serif Devanagari", "Beng": "Noto Serif Bengali",
	"Hans": "Noto Serif CJK SC", "Hant": "Noto Serif CJK TC", "Jpan": "Noto Serif CJK JP", "Kore": "Noto Serif CJK KR",
}

// TestFaceOfEachScript shows texts in all languages, alone and on an Arabic
// page, and asks the browser in which faces it drew them.
func TestFaceOfEachScript(t *testing.T) {
	if _, err := os.Stat("/usr/share/fonts/truetype/noto/NotoNastaliqUrdu-Regular.ttf"); err != nil {
		lacking(t, "the Noto faces")
	}
	ctx := browser(t)
	site := serveLetters(t, "")
	for _, around := range []string{"ar", ""} {
		open(t, ctx, site+"/?around="+around, "light", 1280)
		for _, tag := range lang.Known() {
			if used := drawnIn(t, ctx, "#l-"+string(tag)); !slices.Equal(used, []string{faces[scriptOf(tag)]}) {
				t.Errorf("%s within %q is drawn in %q, not in %s", tag, around, used, faces[scriptOf(tag)])
			}
		}
	}
}

// TestBundledFacesHaveAllLetters: a face that lacks one letter of a language
// tears the words with it apart.
func TestBundledFacesHaveAllLetters(t *testing.T) {
	ctx := browser(t)
	for face, name := range map[string]string{"naskh": "Noto Naskh Arabic", "nastaliq": "Noto Nastaliq Urdu", "hebrew": "Frank Ruhl Libre"} {
		site := serveLetters(t, face)
		open(t, ctx, site+"/", "light", 1280)
		if _, err := chromedp.Run(ctx, chromedp.Evaluate[bool](`document.fonts.ready.then(() => true)`, chromedp.EvalAwaitPromise)); err != nil {
			t.Fatal(err)
		}
		for _, tag := range lang.Known() {
			if scriptOf(tag) != map[string]string{"naskh": "Arab", "nastaliq": "Aran", "hebrew": "Hebr"}[face] {
				continue
			}
			if used := drawnIn(t, ctx, "#l-"+string(tag)); !slices.Equal(used, []string{"our " + name}) {
				t.Errorf("%s is drawn in %q, not in %s alone", tag, used, name)
			}
		}
	}
}

// serveLetters serves texts in all languages in paragraphs l-<tag>, set by the
// theme and, if it is named, a bundled face.
func serveLetters(t *testing.T, face string) string {
	t.Helper()
	files, _ := themes.Files(themes.Default)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if data, ok := files["assets"+r.URL.Path]; ok {
			if strings.HasSuffix(r.URL.Path, ".css") {
				w.Header().Set("Content-Type", "text/css; charset=utf-8")
				data = []byte(strings.Replace(string(data), "font-display: optional", "font-display: block", 1))
			}
			w.Write(data)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprintf(w, `<!doctype html><html lang="%s"><link rel="stylesheet" href="/broadsheet.css">`, r.FormValue("around"))
		if face != "" {
			fmt.Fprintf(w, `<link rel="stylesheet" href="/bundled-fonts/%s.css">`, face)
		}
		for _, tag := range lang.Known() {
			fmt.Fprintf(w, `<p id="l-%[1]s" lang="%[1]s" dir="%[2]s">%[3]s</p>`, tag, lang.DirectionOf(tag), html.EscapeString(letters(tag)))
		}
	}))
	t.Cleanup(server.Close)
	return server.URL
}

// letters gives words in a language that use nearly all of its letters: the
// names of the months and of the countries of the world, without what is no
// letter of its script.
func letters(t lang.Tag) string {
	words := []string{lang.For(t).Name}
	for m := range 12 {
		words = append(words, lang.For(t).MonthName(m+1))
	}
	if lang.DirectionOf(t) == lang.RTL {
		for _, code := range lang.Territories() {
			words = append(words, lang.TerritoryNames(code, t)...)
		}
	}
	// Spaces, digits and punctuation are Latin's too.
	return strings.Map(func(r rune) rune {
		if r < 'A' || r > 'Z' && r < 'a' || lang.DirectionOf(t) == lang.RTL && (r < 0x300 || r >= 0x2010 && r < 0x2070) {
			return -1
		}
		return r
	}, strings.Join(words, ""))
}

// drawnIn names the faces in which the text of an element is drawn, "our" before
// those that the page brings.
func drawnIn(t *testing.T, ctx context.Context, selector string) []string {
	t.Helper()
	_, err := chromedp.Call(ctx, dom.Enable, dom.EnableParams{})
	if err == nil {
		_, err = chromedp.Call(ctx, css.Enable, cdp.Empty{})
	}
	if err != nil {
		t.Fatal(err)
	}
	root, err := chromedp.Call(ctx, dom.GetDocument, dom.GetDocumentParams{})
	if err != nil {
		t.Fatal(err)
	}
	node, err := chromedp.Call(ctx, dom.QuerySelector, dom.QuerySelectorParams{NodeID: root.Root.NodeID, Selector: selector})
	if err != nil {
		t.Fatal(err)
	}
	used, err := chromedp.Call(ctx, css.GetPlatformFontsForNode, css.GetPlatformFontsForNodeParams{NodeID: node.NodeID})
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range used.Fonts {
		name := f.FamilyName
		if f.IsCustomFont {
			name = "our " + name
		}
		names = append(names, name)
	}
	return names
}
