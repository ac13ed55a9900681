package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"mime"
	"net/http"
	"net/http/httptest"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"mihbara/themes"
)

const bundledFolder = "assets/bundled-fonts/"

// fontsSite builds a site of some real articles and gives its output folder.
func fontsSite(t *testing.T, fonts string) string {
	t.Helper()
	dir := t.TempDir()
	writeFile(t, filepath.Join(dir, "site.toml"), `languages = ["ar", "ur", "he", "fa", "ckb", "en"]
base_url = "https://example.org/"
title = { ar = "محبرة", ur = "محبرہ", he = "מיחברה", fa = "محبره", ckb = "میحبەرە", en = "Mihbara" }
`+fonts)
	for _, l := range []string{"ar", "ur", "he", "fa", "ckb", "en"} {
		// The longest article of a language has most letters.
		found, err := filepath.Glob(filepath.Join(moduleRoot(t), "content", l, "20*", "*", "*.md"))
		if err != nil || len(found) == 0 {
			t.Fatal(l, err)
		}
		longest := found[0]
		for _, f := range found {
			if size(f) > size(longest) {
				longest = f
			}
		}
		data, err := os.ReadFile(longest)
		if err != nil {
			t.Fatal(err)
		}
		writeFile(t, filepath.Join(dir, "content", l, "story.md"), string(data))
	}
	out := filepath.Join(dir, "public")
	build(t, exitFine, "--source", dir, "--out", out)
	return out
}

// storyPath gives the path on the site of the article in a language.
func storyPath(t *testing.T, out, language string) string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(out, language, "20*", "*", "*", "story", "index.html"))
	if err != nil || len(found) != 1 {
		t.Fatal(language, found, err)
	}
	p, err := filepath.Rel(out, filepath.Dir(found[0]))
	if err != nil {
		t.Fatal(err)
	}
	return "/" + filepath.ToSlash(p) + "/"
}

// TestBundledFontsAreWhole: what style sheets and pages refer to is there, under
// the hash of what it holds, with the licence under which it may be there.
func TestBundledFontsAreWhole(t *testing.T) {
	files, _ := themes.Files(themes.Default)
	head := string(files["templates/fonts.html"])
	sheets := 0
	for name, data := range files {
		if !strings.HasPrefix(name, bundledFolder) || path.Ext(name) != ".css" {
			continue
		}
		sheets++
		kind := strings.TrimSuffix(path.Base(name), ".css")
		m := regexp.MustCompile(`url\("([a-z]+)-([0-9a-f]{8})\.woff2"\)`).FindStringSubmatch(string(data))
		if m == nil || m[1] != kind {
			t.Fatalf("%s names no face: %v", name, m)
		}
		face := kind + "-" + m[2] + ".woff2"
		if sum := sha256.Sum256(files[bundledFolder+face]); hex.EncodeToString(sum[:4]) != m[2] {
			t.Errorf("%s is not what its name says", face)
		}
		if licence := files[bundledFolder+kind+"-OFL.txt"]; !bytes.Contains(licence, []byte("SIL OPEN FONT LICENSE Version 1.1")) {
			t.Errorf("%s has no licence beside it", face)
		}
		for _, file := range []string{face, kind + ".css"} {
			if !strings.Contains(head, "bundled-fonts/"+file+`"`) {
				t.Errorf("templates/fonts.html does not name %s", file)
			}
		}
	}
	if sheets != 3 || strings.Count(head, "asset") != 2*sheets {
		t.Errorf("%d style sheets; fonts.html: %s", sheets, head)
	}
}

func TestFontsOfTheSystemPublishNone(t *testing.T) {
	out := fontsSite(t, "")
	if _, err := os.Stat(filepath.Join(out, filepath.FromSlash(bundledFolder))); err == nil {
		t.Error("faces are published that no page uses")
	}
	page, err := os.ReadFile(filepath.Join(out, filepath.FromSlash(storyPath(t, out, "ar")), "index.html"))
	if err != nil || bytes.Contains(page, []byte("bundled")) {
		t.Error("a page names them", err)
	}
}

// TestBundledFontsInBrowser: a page fetches the face of its own script and no
// other, few bytes, and nothing moves when the face comes late.
func TestBundledFontsInBrowser(t *testing.T) {
	ctx := browser(t)
	out := fontsSite(t, "fonts = \"bundled\"\n")
	site := slowFonts(t, out)
	for _, c := range []struct {
		language, face string
		most           int // bytes of faces that a page may fetch
	}{
		{"ar", "naskh", 60_000}, {"fa", "naskh", 60_000}, {"ckb", "naskh", 60_000}, {"ur", "nastaliq", 160_000}, {"he", "hebrew", 30_000}, {"en", "", 0},
	} {
		t.Run(c.language, func(t *testing.T) {
			url := site + storyPath(t, out, c.language)
			open(t, ctx, url, "light", 600)
			if sum := shifted(t, ctx); sum != 0 {
				t.Errorf("the page moves by %.4f when its face comes", sum)
			}
			fetched := fetchedFonts(t, ctx)
			total := 0
			for _, f := range fetched {
				total += f.Bytes
				if !strings.HasPrefix(path.Base(f.Name), c.face+"-") {
					t.Errorf("fetches %s", f.Name)
				}
			}
			if total > c.most || c.face != "" && len(fetched) != 1 {
				t.Errorf("%d bytes of faces in %d files, at most %d are wanted", total, len(fetched), c.most)
			}
			t.Logf("%d bytes", total)
			open(t, ctx, url, "light", 600) // now the browser has the face
			if sum := shifted(t, ctx); sum != 0 {
				t.Errorf("the page moves by %.4f when its face is there", sum)
			}
			if got := usedFaces(t, ctx); c.face != "" && got != 1 {
				t.Errorf("%d faces are in use", got)
			}
		})
	}
}

// TestLateFontsWouldBeSeen shows that the test above sees a page move.
func TestLateFontsWouldBeSeen(t *testing.T) {
	ctx := browser(t)
	out := fontsSite(t, "fonts = \"bundled\"\n")
	name := filepath.Join(out, filepath.FromSlash(bundledFolder), "nastaliq.css")
	css, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	writeFile(t, name, strings.Replace(string(css), "optional", "swap", 2))
	open(t, ctx, slowFonts(t, out)+storyPath(t, out, "ur"), "light", 600)
	if sum := shifted(t, ctx); sum == 0 {
		t.Error("a face that is swapped in late moves nothing")
	}
}

// slowFonts serves a folder as a server far away does: a face comes when its page
// has been seen without it, however slow this machine is, and may be kept. The
// reader has none of the Noto faces, which ours are.
func slowFonts(t *testing.T, out string) string {
	t.Helper()
	var seen atomic.Pointer[chan struct{}] // closed by the page that was asked last
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ext := path.Ext(r.URL.Path)
		switch {
		case r.URL.Path == "/seen":
			close(*seen.Load())
			return
		case ext == ".woff2":
			select {
			case <-*seen.Load():
			case <-time.After(20 * time.Second):
				t.Errorf("%s is asked by a page that is not drawn", r.URL.Path)
			}
			w.Header().Set("Cache-Control", "max-age=3600")
		case ext == ".css":
			serveChanged(w, out, r.URL.Path, `"Noto `, `"No `)
			return
		case strings.HasSuffix(r.URL.Path, "/"):
			page := make(chan struct{})
			seen.Store(&page)
			serveChanged(w, out, r.URL.Path+"index.html", "<head>", "<head>"+tellsWhenSeen)
			return
		}
		http.ServeFile(w, r, filepath.Join(out, filepath.FromSlash(r.URL.Path)))
	}))
	t.Cleanup(server.Close)
	return server.URL
}

const tellsWhenSeen = `<script>
new PerformanceObserver((list, o) => {
	if (!list.getEntriesByName("first-contentful-paint").length) return;
	o.disconnect();
	setTimeout(() => fetch("/seen"), 100);
}).observe({type: "paint", buffered: true});
</script>`

// serveChanged answers with a file in which a string is replaced.
func serveChanged(w http.ResponseWriter, out, name, from, to string) {
	data, err := os.ReadFile(filepath.Join(out, filepath.FromSlash(name)))
	if err != nil || !bytes.Contains(data, []byte(from)) && path.Ext(name) == ".html" {
		http.Error(w, name, http.StatusNotFound)
		return
	}
	w.Header().Set("Content-Type", mime.TypeByExtension(path.Ext(name)))
	w.Write(bytes.ReplaceAll(data, []byte(from), []byte(to)))
}

// shifted waits for late faces and gives the sum of all layout shifts.
func shifted(t *testing.T, ctx context.Context) float64 {
	t.Helper()
	sum, err := chromedp.Run(ctx, chromedp.Evaluate[float64](`(async () => {
		let sum = 0;
		new PerformanceObserver(list => list.getEntries().forEach(e => { sum += e.value; })).observe({type: "layout-shift", buffered: true});
		await document.fonts.ready;
		for (let i = 0; i < 3; i++) await new Promise(requestAnimationFrame);
		await new Promise(done => setTimeout(done, 300));
		return sum;
	})()`, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatal(err)
	}
	return sum
}

type fetchedFont struct {
	Name  string
	Bytes int
}

func fetchedFonts(t *testing.T, ctx context.Context) []fetchedFont {
	t.Helper()
	list, err := chromedp.Run(ctx, chromedp.Evaluate[[]fetchedFont](`performance.getEntriesByType("resource").filter(r => r.name.endsWith(".woff2")).map(r => ({Name: r.name, Bytes: r.encodedBodySize}))`))
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// usedFaces counts the faces that are loaded.
func usedFaces(t *testing.T, ctx context.Context) int {
	t.Helper()
	n, err := chromedp.Run(ctx, chromedp.Evaluate[int](`[...document.fonts].filter(f => f.status == "loaded").length`))
	if err != nil {
		t.Fatal(err)
	}
	return n
}
