package main

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"testing/fstest"
	"time"

	"github.com/chromedp/chromedp"

	"mihbara/generator/lint"
)

// findSite builds a site with names of many kinds and directions.
func findSite(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	writeFile(t, filepath.Join(dir, "site.toml"), "languages = [\"ar\", \"he\", \"en\"]\ntitle = \"Test\"\nbase_url = \"https://example.org/\"\n[entities]\nbuiltin = true\n")
	for name, text := range map[string]string{
		"ar/a.md":           "---\ntitle: قمة في بيروت\ndate: 2024-05-01\ntags: [C++, \"اللغة C#\"]\nauthors: [Yahoo!]\n---\nالتقى أنطونيو غوتيريش بشار الأسد في لبنان قبل سفر أسامة بن لادن إلى مصر.\n",
		"he/b.md":           "---\ntitle: פגישה בביירות\ndate: 2024-05-01\ntags: [\"צה״ל\"]\n---\nאנטוניו גוטרש ביקר בלבנון ובמצרים.\n",
		"en/c.md":           "---\ntitle: A meeting in Beirut\ndate: 2024-05-01\ntags: [diplomacy]\n---\nAntónio Guterres met Bashar al-Assad in Lebanon.\n",
		"entities/yahoo.md": "---\ntype: organisation\nlabels: {en: Yahoo!, ar: ياهو}\naliases: {ar: [Yahoo!, ياهو (الشركة)]}\nnotes: {ar: شركة من 1994 (-5 %)}\nalways: true\n---\n",
	} {
		writeFile(t, filepath.Join(dir, "content", filepath.FromSlash(name)), text)
	}
	out := filepath.Join(dir, "public")
	build(t, exitFine, "--source", dir, "--out", out)
	return out
}

// look types a query into the field of a page and gives the links that are found.
func look(t *testing.T, ctx context.Context, query string) []string {
	t.Helper()
	evaluate[bool](t, ctx, fmt.Sprintf(`(() => {
		const list = document.querySelector(".find ol");
		list.replaceChildren();
		document.querySelectorAll(".find [data-state]").forEach(e => e.hidden = true);
		const input = document.querySelector(".find input");
		input.value = %q;
		return input.dispatchEvent(new Event("input"));
	})()`, query))
	return results(t, ctx)
}

// results waits until something is found, or it is said that nothing is.
func results(t *testing.T, ctx context.Context) []string {
	t.Helper()
	for range 200 {
		if evaluate[bool](t, ctx, `!!document.querySelector(".find ol > li, .find [data-state]:not([hidden])")`) {
			return evaluate[[]string](t, ctx, `[...document.querySelectorAll(".find ol a")].map(a => decodeURI(new URL(a.href).pathname))`)
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Fatal("nothing is said of what is found")
	return nil
}

func TestNamesAreFoundAsTheyAreTyped(t *testing.T) {
	ctx := browser(t)
	out := findSite(t)
	site := serveFolder(t, out)
	tests := []struct {
		page, query string
		want        []string
	}{
		{"/ar/entities/", "اسد", []string{"/ar/entities/bashar-al-assad/"}},
		{"/ar/tags/", "الأَسَد", []string{"/ar/entities/bashar-al-assad/"}},
		{"/ar/entities/", "guterres", []string{"/en/entities/antonio-guterres/"}},
		{"/ar/entities/", "c++", []string{"/ar/tags/c/"}},
		{"/ar/entities/", "ياهو الشركة", []string{"/ar/entities/yahoo/"}},
		{"/he/entities/", "צהל", []string{"/he/tags/צהל/"}},
		{"/en/entities/a-z/A/", "assad", []string{"/en/entities/bashar-al-assad/"}},
		{"/en/entities/", "zzz", []string{}},
	}
	for _, tt := range tests {
		open(t, ctx, site+tt.page, "light", 1280)
		got := look(t, ctx, tt.query)
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s %q finds %q, want %q", tt.page, tt.query, got, tt.want)
		}
		for _, p := range got {
			if _, err := os.Stat(filepath.Join(out, filepath.FromSlash(p), "index.html")); err != nil {
				t.Errorf("%q leads to %v", tt.query, err)
			}
		}
	}
}

// TestWhatIsFoundIsAsGoodAsThePage holds results that mix directions to what holds
// for pages: the linter's rules, axe, a small screen.
func TestWhatIsFoundIsAsGoodAsThePage(t *testing.T) {
	ctx := browser(t)
	site := serveFolder(t, findSite(t))
	axe, err := os.ReadFile(npmFile(t, "axe-core/axe.min.js"))
	if err != nil {
		t.Fatal(err)
	}
	for page, queries := range map[string][]string{"ar": {"ي", "yahoo", "c", "ا", "zzz"}, "he": {"א", "ا", "y"}, "en": {"a", "ا", "א"}} {
		for _, query := range queries {
			for _, scheme := range []string{"light", "dark"} {
				t.Run(page+" "+query+" "+scheme, func(t *testing.T) {
					open(t, ctx, site+"/"+page+"/entities/?q="+url.QueryEscape(query), scheme, 320)
					found := results(t, ctx)
					if (len(found) == 0) != (query == "zzz") {
						t.Fatalf("finds %q", found)
					}
					accessible(t, ctx, string(axe))
					fits(t, ctx)
					html := evaluate[string](t, ctx, `"<!doctype html>" + document.documentElement.outerHTML`)
					list, _, err := lint.Folder(fstest.MapFS{"index.html": {Data: []byte(html)}})
					if err != nil {
						t.Fatal(err)
					}
					for _, f := range list {
						t.Errorf("%v", f)
					}
				})
			}
		}
	}
}

// TestNamesThatCannotBeLoaded are told from names that are not there.
func TestNamesThatCannotBeLoaded(t *testing.T) {
	ctx := browser(t)
	out := findSite(t)
	if err := os.Remove(filepath.Join(out, "search", "ar", "0627.json")); err != nil {
		t.Fatal(err)
	}
	open(t, ctx, serveFolder(t, out)+"/ar/entities/", "light", 1280)
	look(t, ctx, "اسد")
	if said := evaluate[string](t, ctx, `document.querySelector(".find [data-state]:not([hidden])").dataset.state`); said != "failed" {
		t.Errorf("the page says %q", said)
	}
	if _, err := chromedp.Run(ctx, chromedp.Evaluate[bool](`document.querySelector(".initials a") !== null`)); err != nil {
		t.Error(err)
	}
}
