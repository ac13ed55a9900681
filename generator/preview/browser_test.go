package preview

import (
	"context"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"mihbara/generator/diag"
)

// browser opens a real browser's tab, or skips.
func browser(t *testing.T) context.Context {
	t.Helper()
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "chrome", "headless-shell"} {
		if found, err := exec.LookPath(name); err == nil {
			path = found
			break
		}
	}
	if path == "" {
		if os.Getenv("CI") == "true" {
			t.Fatal("CI must have a browser")
		}
		t.Skip("no Chromium or Chrome on this machine")
	}
	ctx, cancel := chromedp.NewExecAllocator(t.Context(), append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path), chromedp.NoSandbox)...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	return ctx
}

// read evaluates an expression in the tab.
func read[T any](t *testing.T, ctx context.Context, expression string) T {
	t.Helper()
	value, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		t.Fatalf("%s: %v", expression, err)
	}
	return value
}

// until waits for a condition in the tab. Errors count as not yet: the page may
// be on its way to another.
func until(t *testing.T, ctx context.Context, what, condition string) {
	t.Helper()
	var err error
	for range 200 {
		var ok bool
		if ok, err = chromedp.Run(ctx, chromedp.Evaluate[bool](condition)); ok && err == nil {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatalf("%s: never %s (%v)", what, condition, err)
}

func TestAnOpenPageFollows(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a browser")
	}
	ctx := browser(t)
	site := newSite()
	// A strict policy of the site must not stop the preview's script or overlay.
	head := `<!doctype html><html lang="ar" dir="rtl"><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'self'">
		<title>سوريا</title><link rel="stylesheet" href="/archive/style.css"><body><p id="p">`
	tail := `</p><div class="tall"></div></body></html>`
	site.pages["/ar/سوريا/"] = Page{Body: []byte(head + "one" + tail)}
	site.pages["/style.css"] = Page{Body: []byte("p{color:rgb(1,1,1)} .tall{height:5000px}")}
	front := running(t, Options{BasePath: "archive"}, site)

	overlay := `document.querySelector("mihbara-problems")?.shadowRoot.querySelector("section")`
	open := func() { // marks the document, to see whether it is still the same later
		read[chromedp.Void](t, ctx, `window.same = true`)
		time.Sleep(200 * time.Millisecond)
	}

	if _, err := chromedp.Run(ctx, chromedp.Navigate(front+"ar/سوريا/")); err != nil {
		t.Fatal(err)
	}
	until(t, ctx, "open", `p.textContent === "one"`)
	read[chromedp.Void](t, ctx, `scrollTo(0, 1234)`)
	open()

	site.set(func() { site.pages["/style.css"] = Page{Body: []byte("p{color:rgb(2,2,2)} .tall{height:5000px}")} })
	until(t, ctx, "a stylesheet is swapped without reload",
		`getComputedStyle(p).color === "rgb(2, 2, 2)" && window.same && document.querySelectorAll("link").length === 1`)

	site.set(func() { site.pages["/ar/سوريا/"] = Page{Body: []byte(head + "two" + tail)} })
	until(t, ctx, "the page reloads and keeps its place", `p.textContent === "two" && !window.same && scrollY === 1234`)
	open()

	site.set(func() {
		site.problems = []diag.Diagnostic{
			diag.Errorf(diag.Position{File: "content/ar/a.md", Line: 2, Column: 7}, "not a date: <b>").WithHint("write 2023-05-01"),
			diag.Warnf(diag.Position{File: "site.toml"}, "unknown setting"),
		}
		site.errs["/ar/سوريا/"] = os.ErrInvalid
	})
	until(t, ctx, "the overlay is shown over the page", `!!`+overlay+` && window.same`)
	shown := read[string](t, ctx, overlay+`.innerText`)
	for _, want := range []string{"1 error, 1 warning", "content/ar/a.md:2:7", "not a date: <b>", "write 2023-05-01", "date: أمس", "site.toml"} {
		if !strings.Contains(shown, want) {
			t.Errorf("the overlay does not say %q:\n%s", want, shown)
		}
	}
	if got := read[string](t, ctx, `getComputedStyle(`+overlay+`).direction + " " + `+overlay+`.querySelector(".place").dir + " " + `+overlay+`.querySelector("mark").textContent`); got != "ltr ltr أ" {
		t.Errorf("directions and mark: %s", got)
	}
	if file := os.Getenv("MIHBARA_SCREENSHOT"); file != "" {
		png, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
		if err != nil {
			t.Fatal(err)
		}
		os.WriteFile(file, png, 0o666)
	}

	if _, err := chromedp.Run(ctx, chromedp.Reload()); err != nil {
		t.Fatal(err)
	}
	until(t, ctx, "a reload keeps the last good page", `p.textContent === "two" && !!`+overlay)
	open()

	site.set(func() { site.problems = nil; delete(site.errs, "/ar/سوريا/") })
	until(t, ctx, "mended: the overlay goes without reload", `!document.querySelector("mihbara-problems") && window.same`)
}
