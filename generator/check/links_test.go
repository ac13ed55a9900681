package check

import (
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"mihbara/generator/diag"
)

// folder makes an output folder from lines "path: content".
func folder(lines ...string) fs.FS {
	files := fstest.MapFS{}
	for _, l := range lines {
		p, content, _ := strings.Cut(l, ": ")
		files[p] = &fstest.MapFile{Data: []byte(content)}
	}
	return files
}

func TestLinks(t *testing.T) {
	const base = "https://example.org/archive/"
	alternates := func(p ...string) string {
		s := ""
		for i := 0; i < len(p); i += 2 {
			s += fmt.Sprintf("<link rel=alternate hreflang=%s href=/archive/%s>", p[i], p[i+1])
		}
		return s
	}
	for _, c := range []struct {
		name  string
		base  string
		files []string
		want  string // of the problems, a line each; parts that must occur in order
	}{
		{"links below the base path, relative ones and whole ones are followed", base, []string{
			"index.html: <a href=/archive/ar/>1</a> <a href=ar/>2</a> <a href=https://EXAMPLE.org/archive/ar/index.html>3</a> <a href=./ar/../ar/?q=1>4</a> <a href=//example.org/archive>5</a>",
			"ar/index.html: <a href=../>1</a> <a href=..>2</a> <a href=.>3</a> <a href=>4</a> <a href=?page>5</a>"}, ""},
		{"other sites, mail and data are nobody's business here", base, []string{
			"index.html: <a href=https://example.com/x>1</a> <a href=mailto:a@b.example>2</a> <img src=data:image/gif;base64,R0lG> <a href='javascript:void(0)'>3</a> <a href=tel:+96170>4</a> <a href=http://www.example.org/archive/x>5</a>"}, ""},
		{"a dead link is named with its place", base, []string{
			"ar/index.html: <p>\n  <a href=/archive/en/>English</a>"}, "ar/index.html:2:3: the link leads nowhere: /archive/en/ (there is no en/index.html)"},
		{"columns count characters", base, []string{"index.html: <p>مرحبًا <a href=x/>x</a>"}, "index.html:1:11: the link leads nowhere"},
		{"a link without the base path", base, []string{"index.html: <a href=/ar/>x</a>", "ar/index.html: x"},
			"index.html:1:1: the link leads to /ar/, which is on this host but not below /archive"},
		{"a path that only begins like the base path", base, []string{"index.html: <a href=/archives/>x</a>"}, "not below /archive"},
		{"a relative link out of the site", base, []string{"ar/index.html: <a href=../../other/>x</a>"}, "not below /archive"},
		{"a folder without its slash is a detour", base, []string{"index.html: <a href=/archive/ar>x</a>", "ar/index.html: x"},
			"index.html:1:1: warning: the link leads to /archive/ar by a detour"},
		{"a folder without a page", base, []string{"index.html: <a href=images>x</a>", "images/a.svg: <svg/>"}, "is a folder without a page"},
		{"letters beyond ASCII are found decoded", base, []string{"index.html: <a href='/archive/%D8%B3%D9%88%D8%B1%D9%8A%D8%A7/'>x</a> <a href='سوريا/'>y</a>", "سوريا/index.html: x"}, ""},
		{"a broken escape is no URL", base, []string{"index.html: <a href='/archive/%D'>x</a>"}, "the link is no URL"},
		{"pictures, their sizes, scripts and styles must be there", base, []string{
			"index.html: <img src=a.png srcset='b.png 1x, c.png 2x'><script src=d.js></script><link rel=stylesheet href=e.css><div style=\"background:url('f.png')\">"},
			"the picture leads nowhere: a.png\nthe picture leads nowhere: b.png\nthe picture leads nowhere: c.png\nthe script leads nowhere: d.js\nthe stylesheet link leads nowhere: e.css\nthe style's file leads nowhere: f.png"},
		{"what a style sheet asks for, counted from the style sheet", base, []string{
			"assets/a.css: @import 'b.css';\n/* url(no.png) */\np{background:url(../c.png)} q{background:url(#local)}", "c.png: x"}, "assets/a.css:1:1: the style's file leads nowhere: b.css"},
		{"redirects", base, []string{"old/index.html: <meta http-equiv=refresh content='0; url=/archive/new/'>"}, "the redirect leads nowhere: /archive/new/"},
		{"feeds, sitemaps and pictures", base, []string{
			"feed.xml: <feed><link href='https://example.org/archive/a/'/></feed>", "sitemap.xml: <urlset><url>\n<loc> https://example.org/archive/b/ </loc></url></urlset>",
			"a.svg: <svg xmlns:xlink='x'><image xlink:href='c.png'/></svg>"},
			"a.svg:1:22: the reference leads nowhere: c.png\nfeed.xml:1:7: the reference leads nowhere\nsitemap.xml:2:1: the address leads nowhere"},
		{"structured data, whose identifiers need not lead anywhere", base, []string{
			`index.html: <script type="application/ld+json">{"@id":"https://example.org/archive/x/#a","image":{"url":"https://example.org/archive/y.png"},"item":["https://example.org/archive/z/"]}</script>`},
			"data's item leads nowhere\ndata's url leads nowhere"},
		{"a part of the same page", base, []string{"index.html: <h2 id=a>a</h2><a href=#a>1</a><a href=#b>2</a><a href=#top>3</a><a href=#>4</a><a name=c></a><a href=#c>5</a>"},
			"index.html:1:32: the link leads to a part of this page that it does not have: #b"},
		{"a part of another page", base, []string{"index.html: <a href=ar/#x>1</a><a href=ar/#%D8%A8>2</a>", "ar/index.html: <p id=ب>"}, "index.html:1:1: the link leads to a part that ar/index.html does not have: #x"},
		{"an id twice", base, []string{"index.html: <p id=a>\n<p id=a>"}, `index.html:2:1: the id "a" is on this page twice`},
		{"from the root", "/", []string{"index.html: <a href=/ar/>x</a><a href=/en/>y</a><link rel=canonical href=/>", "ar/index.html: <a href=/>x</a>"}, "the link leads nowhere: /en/"},
		{"without a base, from the root too", "", []string{"index.html: <a href=/ar/>x</a>", "ar/index.html: <a href=https://example.org/x/>x</a>"}, ""},
		{"translations that name each other", base, []string{
			"ar/index.html: <html lang=ar>" + alternates("ar", "ar/", "en", "en/", "x-default", "ar/"),
			"en/index.html: <html lang=en>" + alternates("ar", "ar/", "en", "en/", "x-default", "ar/")}, ""},
		{"a page for choosing a language is the default of all", base, []string{
			"index.html: <html lang=en>" + alternates("ar", "ar/", "x-default", ""),
			"ar/index.html: <html lang=ar>" + alternates("ar", "ar/", "x-default", "")}, ""},
		{"a translation that does not name this page in return", base, []string{
			"ar/index.html: <html lang=ar>" + alternates("ar", "ar/", "en", "en/"),
			"en/index.html: <html lang=en>" + alternates("en", "en/", "fr", "fr/"),
			"fr/index.html: <html lang=fr>" + alternates("en", "en/", "fr", "fr/")}, "ar/index.html:1:65: en/index.html is named as the translation into en but does not name this page in return"},
		{"a translation that names nobody", base, []string{"ar/index.html: <html lang=ar>" + alternates("ar", "ar/", "en", "en/"), "en/index.html: <html lang=en>"}, "names no translations itself"},
		{"a translation in another language than promised", base, []string{
			"ar/index.html: <html lang=ar>" + alternates("ar", "ar/", "en", "fr/"), "fr/index.html: <html lang=fr>" + alternates("ar", "ar/", "fr", "fr/")}, "but is in fr"},
		{"a page that names others and not itself", base, []string{
			"ar/index.html: <html lang=ar>" + alternates("en", "en/"), "en/index.html: <html lang=en>" + alternates("ar", "ar/", "en", "en/")}, "names its translations but not itself"},
		{"a page that names itself in the wrong language", base, []string{"ar/index.html: <html lang=ar>" + alternates("fa", "ar/")}, "the page names itself as fa but is in ar"},
		{"two translations into one language", base, []string{
			"ar/index.html: <html lang=ar>" + alternates("ar", "ar/", "en", "en/", "en", "uk/"),
			"en/index.html: <html lang=en>" + alternates("ar", "ar/", "en", "en/"), "uk/index.html: <html lang=en>"}, "two translations into en: en/index.html and uk/index.html"},
		{"translations with different defaults", base, []string{
			"ar/index.html: <html lang=ar>" + alternates("ar", "ar/", "en", "en/", "x-default", "ar/"),
			"en/index.html: <html lang=en>" + alternates("ar", "ar/", "en", "en/", "x-default", "en/")}, "with different defaults\nwith different defaults"},
		{"hidden files are not ours", base, []string{".well-known/x.html: <a href=nowhere>x</a>", ".git.html: <a href=x>x</a>"}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := Links(folder(c.files...), c.base)
			var want []string
			if c.want != "" {
				want = strings.Split(c.want, "\n")
			}
			ok := len(got) == len(want)
			for i := range min(len(got), len(want)) {
				ok = ok && strings.Contains(got[i].String(), want[i])
			}
			if !ok {
				t.Errorf("got %v\nwant %q", got, want)
			}
		})
	}
}

func ExampleLinks() {
	files := fstest.MapFS{
		"index.html":    {Data: []byte("<a href=/archive/ar/>العربية</a>\n<a href=/archive/en/>English</a>")},
		"ar/index.html": {Data: []byte("<img src=/map.png alt=''>")},
	}
	for _, d := range Links(files, "https://example.org/archive/") {
		fmt.Println(d)
	}
	// Output:
	// ar/index.html:1:1: the picture leads to /map.png, which is on this host but not below /archive — write the whole URL if another site on this host is meant
	// index.html:2:1: the link leads nowhere: /archive/en/ (there is no en/index.html)
}

// FuzzLinks looks for panics, and for positions outside the file.
func FuzzLinks(f *testing.F) {
	f.Add("<a href=/x/#y id=a>", "p{background:url(a)}", "<urlset><loc>/x</loc>", "/")
	f.Add("<script type=application/ld+json>{\"url\":\"a\"}</script><link rel=alternate hreflang=ar href=/>", "@import 'x'", "<a href='", "https://example.org/a b")
	f.Add("<img srcset=', a 1x'><meta http-equiv=refresh content='0;url=..'>", "/*", "<svg id='1'/>", "::")
	f.Fuzz(func(t *testing.T, page, css, xml, base string) {
		files := map[string]string{"ar/index.html": page, "a.css": css, "a.xml": xml}
		m := fstest.MapFS{}
		for p, s := range files {
			m[p] = &fstest.MapFile{Data: []byte(s)}
		}
		for _, d := range Links(m, base) {
			inside(t, d, files[d.Pos.File])
		}
	})
}

func inside(t *testing.T, d diag.Diagnostic, text string) {
	t.Helper()
	lines := strings.Split(text, "\n")
	if d.Pos.Line == 0 {
		return
	}
	if d.Pos.Line > len(lines) || d.Pos.Column < 1 || d.Pos.Column > len([]rune(lines[d.Pos.Line-1]))+1 {
		t.Fatalf("%v is not in %q", d, text)
	}
}

func BenchmarkLinks(b *testing.B) {
	var body strings.Builder
	for i := range 200 {
		fmt.Fprintf(&body, "<p>A sentence about <a class=entity href=\"/archive/p%d/\" data-entity=x>somebody</a> who did something.</p>\n", i%50)
	}
	m := fstest.MapFS{}
	size := 0
	for i := range 50 {
		m[fmt.Sprintf("p%d/index.html", i)] = &fstest.MapFile{Data: []byte(body.String())}
		size += body.Len()
	}
	b.SetBytes(int64(size))
	for b.Loop() {
		if list := Links(m, "https://example.org/archive/"); len(list) > 0 {
			b.Fatal(list[0])
		}
	}
}
