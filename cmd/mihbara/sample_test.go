package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"mihbara/generator/check"
	"mihbara/generator/lint"
)

// moduleRoot is the folder that holds go.mod.
func moduleRoot(t testing.TB) string {
	t.Helper()
	dir, err := os.Getwd()
	for err == nil {
		if _, e := os.Stat(filepath.Join(dir, "go.mod")); e == nil {
			return dir
		}
		if dir == filepath.Dir(dir) {
			break
		}
		dir = filepath.Dir(dir)
	}
	t.Fatal("no go.mod above the test: ", err)
	return ""
}

// sampleSite copies the sample site of the repository, so that a test neither
// writes into the repository nor meets a store that somebody else holds. Themes
// are in the binary.
func sampleSite(t testing.TB) string {
	t.Helper()
	from, dir := moduleRoot(t), t.TempDir()
	for _, top := range []string{"content", "seeds"} {
		if err := os.CopyFS(filepath.Join(dir, top), os.DirFS(filepath.Join(from, top))); err != nil {
			t.Fatal(err)
		}
	}
	settings, err := os.ReadFile(filepath.Join(from, "site.toml"))
	if err != nil {
		t.Fatal(err)
	}
	writeFile(t, filepath.Join(dir, "site.toml"), string(settings))
	return dir
}

func writeFile(t testing.TB, name, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(content), 0o666); err != nil {
		t.Fatal(err)
	}
}

// A ran is how a command ended.
type ran struct {
	code        int
	out, errOut string
}

// mihbara runs a command line in this process. The clock is a fixed one unless
// the arguments say otherwise, so that a date never makes a test fail.
func mihbara(t testing.TB, args ...string) ran {
	t.Helper()
	var out, errOut bytes.Buffer
	code := run(context.Background(), args, strings.NewReader(""), &out, &errOut)
	return ran{code, out.String(), errOut.String()}
}

// testNow is the time at which tests build.
const testNow = "--now=2026-05-01T06:00:00Z"

// build builds and gives the summary; code is the exit code that must come.
func build(t testing.TB, code int, args ...string) (jsonSummary, string) {
	t.Helper()
	r := mihbara(t, append([]string{"build", "--json", testNow}, args...)...)
	if r.code != code {
		t.Fatalf("build %q: exit %d, not %d\n%s%s", args, r.code, code, r.out, r.errOut)
	}
	var sum jsonSummary
	if r.out != "" {
		if err := json.Unmarshal([]byte(r.out), &sum); err != nil {
			t.Fatalf("%v: %s", err, r.out)
		}
	}
	return sum, r.errOut
}

// TestSampleSite builds the site of the repository as a newcomer does and looks
// at all of it with the eyes of others: the checker of the web's own standards
// body, a browser with an accessibility checker in it, a crawler.
func TestSampleSite(t *testing.T) {
	if testing.Short() {
		t.Skip("builds thousands of pages")
	}
	dir := sampleSite(t)
	out := filepath.Join(dir, "public")
	sum, problems := build(t, exitFine, "--source", dir)
	t.Logf("%d articles, %d files, %.1f s\n%s", sum.Articles, sum.Pages, sum.Seconds, problems)
	if sum.Articles < 40 || sum.Written != sum.Pages || sum.Problems > 0 || sum.Warnings > 0 {
		t.Errorf("%+v", sum)
	}
	t.Run("a second build writes nothing", func(t *testing.T) {
		if again, _ := build(t, exitFine, "--source", dir); again.Written+again.Removed+again.Rendered > 0 || again.Pages != sum.Pages || again.Articles != sum.Articles {
			t.Errorf("%+v", again)
		}
	})
	t.Run("every byte is what a clean build gives", func(t *testing.T) {
		if r := mihbara(t, "build", "--verify", testNow, "--source", dir); r.code != exitFine {
			t.Errorf("exit %d: %s", r.code, r.errOut)
		}
	})
	t.Run("no link is dead", func(t *testing.T) { checkLinks(t, out, "https://mihbara.example/") })
	t.Run("no fault of direction", func(t *testing.T) { checkDirection(t, out) })
	t.Run("no link is dead below a path", func(t *testing.T) {
		elsewhere := filepath.Join(t.TempDir(), "archive")
		build(t, exitFine, "--source", dir, "--out", elsewhere, "--base-url", "https://example.org/archive/")
		checkLinks(t, elsewhere, "https://example.org/archive/")
	})
	t.Run("no link is dead from file to file", func(t *testing.T) { checkRelative(t, dir) })
	t.Run("every page is whole", func(t *testing.T) { eachPage(t, out, wholePage) })
	t.Run("Nu HTML Checker", func(t *testing.T) { checkNu(t, out) })
	t.Run("stylelint", func(t *testing.T) { checkStyles(t, out) })
	t.Run("in a browser", func(t *testing.T) { checkInBrowser(t, out) })
}

func checkLinks(t *testing.T, out, base string) {
	t.Helper()
	list := check.Links(os.DirFS(out), base)
	for _, d := range list[:min(len(list), 50)] {
		t.Error(d)
	}
	if len(list) > 50 {
		t.Errorf("and %d more", len(list)-50)
	}
}

// checkDirection holds all pages, feeds and style sheets to the linter's rules.
func checkDirection(t *testing.T, out string) {
	list, pages, err := lint.Folder(os.DirFS(out))
	if err != nil || pages == 0 {
		t.Fatal(pages, "pages", err)
	}
	for _, f := range list[:min(len(list), 50)] {
		t.Error(f)
	}
}

// checkRelative builds a site that is read from a disk: relative links name
// files, and the base URL is the root.
func checkRelative(t *testing.T, dir string) {
	name := filepath.Join(dir, "site.toml")
	settings, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	defer writeFile(t, name, string(settings))
	writeFile(t, name, "relative_urls = true\n"+string(settings))
	out := filepath.Join(t.TempDir(), "public")
	build(t, exitFine, "--source", dir, "--out", out, "--base-url", "/")
	checkLinks(t, out, "/")
	eachPage(t, out, func(t *testing.T, p string, data []byte) {
		if p == "404.html" { // a server sends it for any address, from which it cannot count
			return
		}
		eachTag(data, func(tag *html.Token) {
			for _, a := range tag.Attr {
				if (a.Key == "href" || a.Key == "src") && strings.HasPrefix(a.Val, "/") && tag.Data != "link" {
					t.Errorf("%s: %s=%q leads away from the disk", p, a.Key, a.Val)
				}
			}
		})
	})
}

// eachPage calls f for all HTML files and fails early where each page has the
// same fault.
func eachPage(t *testing.T, out string, f func(t *testing.T, p string, data []byte)) {
	t.Helper()
	n := 0
	err := fs.WalkDir(os.DirFS(out), ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Ext(p) != ".html" || t.Failed() {
			return err
		}
		n++
		data, err := os.ReadFile(filepath.Join(out, filepath.FromSlash(p)))
		if err == nil {
			f(t, p, data)
		}
		return err
	})
	if err != nil || n == 0 {
		t.Fatal(n, "pages", err)
	}
}

func eachTag(data []byte, f func(*html.Token)) {
	z := html.NewTokenizer(bytes.NewReader(data))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return
		case html.StartTagToken, html.SelfClosingTagToken:
			tag := z.Token()
			f(&tag)
		}
	}
}

// wholePage checks what every page of ours promises: a language, a direction,
// one heading, pictures with their sizes, nothing from elsewhere.
func wholePage(t *testing.T, p string, data []byte) {
	count := map[string]int{}
	redirect := false
	eachTag(data, func(tag *html.Token) {
		count[tag.Data]++
		attr := map[string]string{}
		for _, a := range tag.Attr {
			attr[a.Key] = a.Val
		}
		_, alt := attr["alt"]
		switch tag.Data {
		case "html":
			if attr["lang"] == "" || attr["dir"] == "" {
				t.Errorf("%s: lang %q, dir %q", p, attr["lang"], attr["dir"])
			}
		case "meta":
			redirect = redirect || attr["http-equiv"] == "refresh"
		case "img":
			w, errW := strconv.Atoi(attr["width"])
			h, errH := strconv.Atoi(attr["height"])
			if errW != nil || errH != nil || w <= 0 || h <= 0 || !alt {
				t.Errorf("%s: a picture without size or words: %s", p, tag)
			}
		}
		if fetched := []string{"img", "script", "iframe", "source", "video", "audio", "embed", "object"}; slices.Contains(fetched, tag.Data) || tag.Data == "link" && attr["rel"] == "stylesheet" {
			for _, key := range []string{"src", "href", "data", "srcset"} {
				if strings.Contains(attr[key], "//") {
					t.Errorf("%s: asks another host: %s", p, tag)
				}
			}
		}
	})
	if count["title"] != 1 || count["h1"] != 1 && !redirect {
		t.Errorf("%s: %d titles, %d main headings", p, count["title"], count["h1"])
	}
}
