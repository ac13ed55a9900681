package main

import (
	"context"
	_ "embed"
	"encoding/json"
	"encoding/xml"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"mihbara/generator/lang"
)

//go:embed testdata/browser/lines.js
var linesScript string

// elements are where a fixture's text stands on its article's page.
var elements = map[string]string{
	"body": ".text", "seed": ".text", "headline": ".story-head h1", "lead": ".standfirst", "tag": ".tags li", "byline": ".byline",
	"source": ".agency", "section": ".kicker", "when": ".when", "caption": "figcaption", "credit": ".credit",
}

// texts are expressions for what stands where no markup is possible. Whoever
// shows it goes by its first letter.
var texts = map[string]string{
	"title":       `document.title`,
	"og":          `document.querySelector("meta[property='og:title']").content`,
	"description": `document.querySelector("meta[name=description]").content`,
	"alt":         `document.querySelector(".picture img").alt`,
}

// look gives the lines of the fixture as they are seen.
func (f *fixture) look(t *testing.T, ctx context.Context, site, out string) []string {
	t.Helper()
	path := f.path(t, out)
	switch {
	case f.place == "card":
		open(t, ctx, site+"/"+string(f.lang)+"/", "light", 4000)
		return drawnLines(t, lines(t, ctx, `[[...document.querySelectorAll(":is(h2, h3) > a")].find(a => a.pathname == `+quoted(path)+`)]`))
	case f.place == "feed":
		open(t, ctx, site+path, "light", 4000)
		return drawnLines(t, lines(t, ctx, bareBlock(feedTitle(t, out, f.lang, path), "auto")))
	case texts[f.place] != "":
		open(t, ctx, site+path, "light", 4000)
		return drawnLines(t, lines(t, ctx, block(texts[f.place], "auto")))
	case elements[f.place] == "":
		t.Fatalf("no place %q", f.place)
	}
	open(t, ctx, site+path, "light", 4000)
	seen := drawnLines(t, lines(t, ctx, `document.querySelectorAll(`+quoted(elements[f.place])+`)`))
	if f.bare != "" {
		f.checkBare(t, ctx)
	}
	return seen
}

// checkBare holds what the file says of the text without our help.
func (f *fixture) checkBare(t *testing.T, ctx context.Context) {
	t.Helper()
	source := strings.TrimSpace(controlled(f.source))
	bare := drawnLines(t, lines(t, ctx, bareBlock(source, string(lang.DirectionOf(f.lang)))))
	if os.Getenv("MIHBARA_UPDATE") != "" {
		f.bare = strings.Join(bare, "\n")
	}
	if strings.Join(bare, "\n") != f.bare {
		t.Errorf("as it is\n%sis seen, from left to right, as\n%s\nwanted\n%s", f.source, bare, f.bare)
	}
}

// path finds the fixture's article on the site.
func (f *fixture) path(t *testing.T, out string) string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(out, string(f.lang), "20*", "*", "*", f.slug))
	if err != nil || len(found) != 1 {
		t.Fatalf("%d pages %s: %v", len(found), f.slug, err)
	}
	p, err := filepath.Rel(out, found[0])
	if err != nil {
		t.Fatal(err)
	}
	return "/" + filepath.ToSlash(p) + "/"
}

// feedTitle gives the title of an article in the feed of its language.
func feedTitle(t *testing.T, out string, tag lang.Tag, path string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(out, string(tag), "feed.xml"))
	if err != nil {
		t.Fatal(err)
	}
	var feed struct {
		Entry []struct {
			Title string `xml:"title"`
			Link  []struct {
				Href string `xml:"href,attr"`
			} `xml:"link"`
		} `xml:"entry"`
	}
	if err := xml.Unmarshal(data, &feed); err != nil {
		t.Fatal(err)
	}
	for _, e := range feed.Entry {
		for _, l := range e.Link {
			if strings.HasSuffix(l.Href, path) {
				return e.Title
			}
		}
	}
	t.Fatalf("%s is not in the feed", path)
	return ""
}

// block is an expression that puts a text on the page as it is, in a block of
// its own.
func block(expression, dir string) string {
	return `(() => {
		const e = document.createElement("div");
		e.dir = ` + quoted(dir) + `;
		e.textContent = ` + expression + `;
		document.body.append(e);
		return [e];
	})()`
}

func bareBlock(text, dir string) string { return block(quoted(text), dir) }

func quoted(s string) string {
	b, _ := json.Marshal(s) // a string always has one
	return string(b)
}

// lines gives what lines.js finds in the elements of an expression.
func lines(t *testing.T, ctx context.Context, elements string) []seenLine {
	t.Helper()
	found, err := chromedp.Run(ctx, chromedp.Evaluate[[]seenLine](`(`+linesScript[strings.Index(linesScript, "(roots)"):]+`)(`+elements+`)`))
	if err != nil {
		t.Fatal(err)
	}
	if len(found) == 0 {
		t.Fatalf("nothing is seen of %s", elements)
	}
	return found
}
