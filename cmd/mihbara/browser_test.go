package main

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// checkInBrowser opens a page of every kind in a browser, in light and dark.
func checkInBrowser(t *testing.T, out string) {
	ctx := browser(t)
	axe, err := os.ReadFile(npmFile(t, "axe-core/axe.min.js"))
	if err != nil {
		t.Fatal(err)
	}
	site := serveFolder(t, out)
	for _, p := range onePageOfEachKind(t, out) {
		for _, scheme := range []string{"light", "dark"} {
			t.Run(p+" "+scheme, func(t *testing.T) {
				open(t, ctx, site+p, scheme, 1280)
				accessible(t, ctx, string(axe))
			})
		}
		t.Run(p+" on a small screen", func(t *testing.T) {
			open(t, ctx, site+p, "light", 320)
			fits(t, ctx)
		})
	}
}

// browser starts a browser for the rest of the test. A machine without one
// skips the test, and so does whoever has little time.
func browser(t *testing.T) context.Context {
	t.Helper()
	if testing.Short() {
		t.Skip("starts a browser")
	}
	path := program(t, "Chromium", "chromium", "chromium-browser", "google-chrome", "chrome", "headless-shell")
	ctx, cancel := chromedp.NewExecAllocator(t.Context(), append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path), chromedp.NoSandbox)...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	return ctx
}

// serveFolder serves a folder until the test ends and gives its address.
func serveFolder(t *testing.T, dir string) string {
	t.Helper()
	server := httptest.NewServer(http.FileServer(http.Dir(dir)))
	t.Cleanup(server.Close)
	return server.URL
}

// onePageOfEachKind gives paths on the site.
func onePageOfEachKind(t *testing.T, out string) []string {
	list := []string{"/", "/404.html"}
	for _, pattern := range []string{
		"ar/20*/*/*/*", "ur/20*/*/*/*", "he/20*/*/*/*", "en/20*/*/*/*", "fa/20*/*/*/*", "ckb/20*/*/*/*", "zh-Hans/20*/*/*/*", "ar/undated/*",
		"ar", "he", "en", "ar/entities/*", "entities/*", "ar/tags/*", "ar/entities", "ar/entities/a-z/*", "ar/sections/*", "ar/authors/*",
		"ar/20*", "ar/20*/*", "ar/about", "en/standards",
	} {
		found, err := filepath.Glob(filepath.Join(out, filepath.FromSlash(pattern), "index.html"))
		if err != nil || len(found) == 0 {
			t.Fatalf("no page %s: %v", pattern, err)
		}
		// The longest page of a kind has most on it.
		longest := slices.MaxFunc(found, func(a, b string) int { return int(size(a) - size(b)) })
		p, err := filepath.Rel(out, filepath.Dir(longest))
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, "/"+filepath.ToSlash(p)+"/")
	}
	return list
}

func size(name string) int64 {
	info, err := os.Stat(name)
	if err != nil {
		return 0
	}
	return info.Size()
}

func open(t *testing.T, ctx context.Context, url, scheme string, width int64) {
	t.Helper()
	_, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}})
	if err == nil {
		err = chromedp.Do(ctx, chromedp.EmulateViewport(width, 900), chromedp.Navigate(url))
	}
	if err != nil {
		t.Fatal(err)
	}
}

// accessible fails for each violation that axe finds.
func accessible(t *testing.T, ctx context.Context, axe string) {
	t.Helper()
	type violation struct {
		ID, Help string
		Nodes    []struct {
			Target         []any
			FailureSummary string
		}
	}
	found, err := chromedp.Run(ctx, chromedp.Evaluate[[]violation](
		axe+`; axe.run(document, {resultTypes: ["violations"]}).then(r => r.violations)`, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range found {
		t.Errorf("%s: %s, %d times", v.ID, v.Help, len(v.Nodes))
		for _, n := range v.Nodes[:min(3, len(v.Nodes))] {
			t.Logf("  %v: %s", n.Target, strings.ReplaceAll(n.FailureSummary, "\n", " "))
		}
	}
}

// fits fails if a page is wider than the screen, if letters of a joined script
// are spaced, or if something of the page asks another host.
func fits(t *testing.T, ctx context.Context) {
	t.Helper()
	for _, c := range []struct{ what, expression string }{
		{"wider than the screen", `(() => {
			const root = document.documentElement, out = [];
			if (root.scrollWidth <= innerWidth) return out;
			for (const e of document.body.querySelectorAll("*")) {
				const r = e.getBoundingClientRect();
				if (r.width > 0 && (r.right > innerWidth + 1 || r.left < -1)) out.push(e.outerHTML.slice(0, 120));
			}
			return ["scrolls to " + root.scrollWidth + " px", ...out.slice(0, 5)];
		})()`},
		{"letters of a joined script are spaced", `[...document.body.querySelectorAll("*")].filter(e =>
			[...e.childNodes].some(n => n.nodeType == 3 && /\p{Script=Arabic}/u.test(n.data)) &&
			!["normal", "0px"].includes(getComputedStyle(e).letterSpacing)).map(e => e.outerHTML.slice(0, 120))`},
		{"asks another host", `performance.getEntriesByType("resource").map(r => r.name).filter(u => !u.startsWith(location.origin + "/"))`},
	} {
		found, err := chromedp.Run(ctx, chromedp.Evaluate[[]string](c.expression))
		if err != nil {
			t.Fatal(err)
		}
		if len(found) > 0 {
			t.Error(fmt.Sprintf("%s:\n  ", c.what) + strings.Join(found, "\n  "))
		}
	}
}
