package main

import (
	"context"
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"mihbara/themes"
)

// icons are all that the style sheet draws by itself, and where each points on a
// page from the left and on one from the right (RTL.md L5 to L8). What leads on
// or back is turned round; what shows a thing or the way down is not. There are
// no others: no copy button at code, no player; the field that finds names has none.
var icons = []struct {
	page, selector, pseudo string
	ltr, rtl               string
}{
	{"article", ".turn .older .turn-label", "::before", "left", "right"},
	{"article", ".turn .newer .turn-label", "::after", "right", "left"},
	{"list", ".trail li + li", "::before", "right", "left"},
	{"article", ".languages summary", "::after", "down", "down"},
}

// pointing gives where a corner of two borders points, after it is turned.
const pointing = `((selector, pseudo) => {
	const s = getComputedStyle(document.querySelector(selector), pseudo);
	const w = side => parseFloat(s["border" + side + "Width"]) > 0 && s["border" + side + "Style"] != "none" ? 1 : 0;
	const corner = Math.atan2(w("Bottom") - w("Top"), w("Right") - w("Left")) * 180 / Math.PI;
	const turned = ((corner + (parseFloat(s.rotate) || 0)) % 360 + 360) % 360;
	return {0: "right", 90: "down", 180: "left", 270: "up"}[Math.round(turned)] || "askew: " + turned;
})`

// mirrorSite builds a site of which each article has one before and one after it
// and gives its pages by language and kind.
func mirrorSite(t *testing.T) (out string, pages map[string]map[string]string) {
	t.Helper()
	dir := t.TempDir()
	writeFile(t, filepath.Join(dir, "site.toml"), "languages = [\"en\", \"ar\"]\ntitle = \"Test\"\nbase_url = \"https://example.org/\"\n[entities]\nbuiltin = true\n")
	words := map[string]string{"en": "The council of Beirut met in Lebanon and in Jordan.", "ar": "اجتمع المجلس في لبنان والأردن ومصر."}
	pages = map[string]map[string]string{}
	for l, text := range words {
		for day := 1; day <= 12; day++ {
			writeFile(t, filepath.Join(dir, "content", l, fmt.Sprintf("a%02d.md", day)),
				fmt.Sprintf("---\ntitle: %s %d\ndate: 2024-05-%02d\ntags: [%s]\nauthors: [%s]\n---\n%s\n", text, day, day, "water", "A. B.", text))
		}
		pages[l] = map[string]string{"home": "/" + l + "/", "article": "/" + l + "/2024/05/06/a06/", "list": "/" + l + "/tags/water/", "month": "/" + l + "/2024/05/",
			"names": "/" + l + "/entities/"}
	}
	out = filepath.Join(dir, "public")
	build(t, exitFine, "--source", dir, "--out", out)
	return out, pages
}

func evaluate[T any](t *testing.T, ctx context.Context, expression string) T {
	t.Helper()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestIconsAreMirroredOrNot(t *testing.T) {
	ctx := browser(t)
	out, pages := mirrorSite(t)
	site := serveFolder(t, out)
	for _, l := range []string{"en", "ar"} {
		for _, i := range icons {
			open(t, ctx, site+pages[l][i.page], "light", 1280)
			want := map[string]string{"en": i.ltr, "ar": i.rtl}[l]
			if got := evaluate[string](t, ctx, pointing+"("+quoted(i.selector)+", "+quoted(i.pseudo)+")"); got != want {
				t.Errorf("%s %s%s points %s, not %s", l, i.selector, i.pseudo, got, want)
			}
		}
		open(t, ctx, site+pages[l]["article"], "light", 1280)
		if got := evaluate[string](t, ctx, `getComputedStyle(document.querySelector(".spark")).transform`); (got == "matrix(-1, 0, 0, 1, 0, 0)") != (l == "ar") {
			t.Errorf("%s: the picture of coverage, in which time runs, is drawn by %s", l, got)
		}
		if got := evaluate[string](t, ctx, `(s => s.transform + s.rotate + s.scale)(getComputedStyle(document.querySelector(".globe")))`); got != "nonenonenone" {
			t.Errorf("%s: the globe is turned by %s", l, got)
		}
	}
}

// TestEveryIconIsInTheTable: whoever draws a new one says whether it is mirrored.
func TestEveryIconIsInTheTable(t *testing.T) {
	files, _ := themes.Files(themes.Default)
	css := regexp.MustCompile(`(?s)/\*.*?\*/`).ReplaceAllString(string(files["assets/broadsheet.css"]), "")
	for _, m := range regexp.MustCompile(`([^{}]+)\{([^{}]*)\}`).FindAllStringSubmatch(css, -1) {
		if !strings.Contains(m[2], `content: ""`) || !strings.Contains(m[2], "inline-size") || strings.Contains(m[2], "border-radius: 50%") {
			continue // a disc points nowhere
		}
		for one := range strings.SplitSeq(m[1], ",") {
			selector, pseudo, _ := strings.Cut(strings.TrimSpace(one), "::")
			if !slices.ContainsFunc(icons, func(i struct{ page, selector, pseudo, ltr, rtl string }) bool {
				return i.selector == selector && i.pseudo == "::"+pseudo
			}) {
				t.Errorf("%s draws something that the table does not know", one)
			}
		}
	}
}

// TestOlderStandsWhereLinesBegin (RTL.md L8).
func TestOlderStandsWhereLinesBegin(t *testing.T) {
	ctx := browser(t)
	out, pages := mirrorSite(t)
	site := serveFolder(t, out)
	const middle = `(s => { const r = document.querySelector(s).getBoundingClientRect(); return r.left + r.width / 2; })`
	for _, l := range []string{"en", "ar"} {
		open(t, ctx, site+pages[l]["article"], "light", 1280)
		older, newer := evaluate[float64](t, ctx, middle+`(".turn .older")`), evaluate[float64](t, ctx, middle+`(".turn .newer")`)
		if (older < newer) != (l == "en") {
			t.Errorf("%s: the older article at %.0f, the newer at %.0f", l, older, newer)
		}
	}
}

// astray gives the links that the tabulator key reaches before one that stands
// above them or before them on their line. A link above the last one may begin a
// new column.
const astray = `(() => {
	const list = [...document.querySelectorAll("a[href], summary, [tabindex]")].filter(e => !e.closest(".skip, .hidden") && e.checkVisibility({contentVisibilityAuto: true}) && e.tabIndex >= 0);
	const out = [], start = (r, rtl) => rtl ? -r.right : r.left, end = (r, rtl) => rtl ? -r.left : r.right;
	for (let i = 1; i < list.length; i++) {
		const a = list[i-1].getClientRects()[0], b = list[i].getClientRects()[0];
		if (!a || !b) continue;
		let around = list[i-1];
		while (!around.contains(list[i])) around = around.parentElement;
		const rtl = getComputedStyle(around).direction == "rtl";
		const line = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > Math.min(a.height, b.height) / 2;
		const above = b.bottom <= a.top + 1;
		if (line && start(b, rtl) < start(a, rtl) - 1 || above && start(b, rtl) < end(a, rtl) - 1)
			out.push(list[i-1].outerHTML.slice(0, 80) + " → " + list[i].outerHTML.slice(0, 80));
	}
	if (document.querySelector("[tabindex]:not([tabindex='0']):not([tabindex='-1'])")) out.push("a tabindex of its own");
	return list.length < 5 ? ["too few links"] : out;
})()`

// TestFocusGoesAsTheEyeDoes (RTL.md L11).
func TestFocusGoesAsTheEyeDoes(t *testing.T) {
	ctx := browser(t)
	out, pages := mirrorSite(t)
	site := serveFolder(t, out)
	for _, l := range []string{"en", "ar"} {
		for kind, p := range pages[l] {
			for _, width := range []int64{320, 800, 1280} {
				open(t, ctx, site+p, "light", width)
				for _, where := range evaluate[[]string](t, ctx, astray) {
					t.Errorf("%s %s, %d px: %s", l, kind, width, where)
				}
			}
		}
	}
}
