package main

import (
	"context"
	"fmt"
	"html"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"mihbara/generator/lang"
	"mihbara/themes"
)

// A script says what type of it needs (RTL.md Y1 to Y5): the least line heights,
// the least size beside Latin letters, whether it has italics and may be spaced.
type script struct {
	leading, tight, size float64
	italic, spaced       bool
}

// scripts are those of all languages that we have data for. "Aran" is Nastaliq,
// in which Urdu is written.
var scripts = map[string]script{
	"Latn": {1.5, 1.1, 1, true, true},
	"Cyrl": {1.5, 1.1, 1, true, true},
	"Grek": {1.5, 1.1, 1, true, true},
	"Arab": {1.7, 1.4, 1.1, false, false},
	"Aran": {2.2, 1.9, 1, false, false},
	"Hebr": {1.5, 1.15, 1, false, false},
	"Thaa": {1.7, 1.4, 1.1, false, false},
	"Syrc": {1.7, 1.4, 1.1, false, false},
	"Deva": {1.65, 1.3, 1, false, false},
	"Beng": {1.65, 1.3, 1, false, false},
	"Hans": {1.7, 1.25, 1, false, false},
	"Hant": {1.7, 1.25, 1, false, false},
	"Jpan": {1.7, 1.25, 1, false, false},
	"Kore": {1.6, 1.25, 1, false, false},
}

func scriptOf(t lang.Tag) string {
	if t == "ur" || strings.HasPrefix(string(t), "ur-") {
		return "Aran"
	}
	return lang.ScriptOf(t)
}

// A typeset is what the browser makes of a text in a language.
type typeset struct {
	Tag                               lang.Tag
	Size, Leading, Tight              float64 // px; line heights beside the size
	Slant, Spacing, Quotes, Open, Fam string
	Align, Hyphens, Skip, Synthesis   string
	Under                             float64 // how far below a link its line is, beside the size
	Stressed                          bool    // emphasis differs from the text around it
}

// typesetScript reads the typeset of each .sample.
const typesetScript = `[...document.querySelectorAll(".sample")].map(e => {
	const of = (s, pseudo) => getComputedStyle(s ? e.querySelector(s) : e, pseudo);
	const p = of("p"), em = of("em"), h = of("h2");
	return {
		Align: p.textAlign, Hyphens: p.hyphens, Skip: of("a").textDecorationSkipInk, Synthesis: p.fontSynthesisStyle + " " + p.fontSynthesisWeight,
		Under: of("a").textDecorationLine == "none" ? 1 : parseFloat(of("a").textUnderlineOffset) / parseFloat(of("a").fontSize),
		Tag: e.lang, Size: parseFloat(p.fontSize), Leading: parseFloat(p.lineHeight) / parseFloat(p.fontSize), Tight: parseFloat(h.lineHeight) / parseFloat(h.fontSize),
		Slant: em.fontStyle, Spacing: of(".kicker bdi").letterSpacing, Quotes: p.quotes, Open: of("cite", "::before").content, Fam: p.fontFamily,
		Stressed: em.fontStyle != p.fontStyle || em.fontWeight != p.fontWeight || em.color != p.color || em.textEmphasisStyle != p.textEmphasisStyle,
	};
})`

// TestTypeOfEachScript shows a text in every language on pages in an English, an
// Arabic and an Urdu frame, and alone, and holds what the browser makes of it to
// the needs of its script.
func TestTypeOfEachScript(t *testing.T) {
	ctx := browser(t)
	site := serveStyle(t)
	for _, around := range []lang.Tag{"en", "ar", "ur"} {
		t.Run("within "+string(around), func(t *testing.T) {
			for _, got := range typesets(t, ctx, site, around, lang.Known()) {
				got.check(t)
			}
		})
	}
	t.Run("alone", func(t *testing.T) {
		latin := typesets(t, ctx, site, "en", []lang.Tag{"en"})[0].Size
		for _, tag := range lang.Known() {
			got := typesets(t, ctx, site, tag, []lang.Tag{tag})[0]
			got.check(t)
			if want := scripts[scriptOf(tag)].size; got.Size < want*latin-.01 {
				t.Errorf("%s: letters of %.1f px beside Latin ones of %.1f", tag, got.Size, latin)
			}
		}
	})
}

// serveStyle serves /style.css and, at /?around=xx&tags=a,b, samples of
// languages on a page in a language.
func serveStyle(t *testing.T) string {
	t.Helper()
	files, _ := themes.Files(themes.Default)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/style.css" {
			w.Header().Set("Content-Type", "text/css")
			w.Write(files["assets/broadsheet.css"])
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		around := lang.Tag(r.FormValue("around"))
		fmt.Fprintf(w, `<!doctype html><html lang="%s" dir="%s"><link rel="stylesheet" href="/style.css"><div class="text">`, around, lang.DirectionOf(around))
		for tag := range strings.SplitSeq(r.FormValue("tags"), ",") {
			fmt.Fprintf(w, `<section class="sample" lang="%[1]s" dir="%[2]s"><div class="kicker" lang="en"><bdi lang="%[1]s">%[3]s</bdi></div><h2>%[3]s</h2><p>%[3]s <em>%[3]s</em> <cite>%[3]s</cite> <a href="/">%[3]s</a></p></section>`,
				tag, lang.DirectionOf(lang.Tag(tag)), html.EscapeString(lang.For(lang.Tag(tag)).Name))
		}
	}))
	t.Cleanup(server.Close)
	return server.URL
}

func typesets(t *testing.T, ctx context.Context, site string, around lang.Tag, tags []lang.Tag) []typeset {
	t.Helper()
	var list []string
	for _, tag := range tags {
		list = append(list, string(tag))
	}
	open(t, ctx, site+"/?around="+string(around)+"&tags="+strings.Join(list, ","), "light", 1280)
	found, err := chromedp.Run(ctx, chromedp.Evaluate[[]typeset](typesetScript))
	if err != nil || len(found) != len(tags) {
		t.Fatal(len(found), err)
	}
	return found
}

func (got typeset) check(t *testing.T) {
	t.Helper()
	want, ok := scripts[scriptOf(got.Tag)]
	if !ok {
		t.Errorf("%s: the table has no script %s: say what its type needs, here and in the style sheet", got.Tag, scriptOf(got.Tag))
		return
	}
	if got.Leading < want.leading-.01 || got.Tight < want.tight-.01 {
		t.Errorf("%s: line heights %.2f and, of headings, %.2f: at least %.2f and %.2f are wanted", got.Tag, got.Leading, got.Tight, want.leading, want.tight)
	}
	if italic := got.Slant == "italic"; italic != want.italic || !got.Stressed {
		t.Errorf("%s: emphasis is %s, and differs from the text: %v", got.Tag, got.Slant, got.Stressed)
	}
	if spaced := got.Spacing != "normal" && got.Spacing != "0px"; spaced && !want.spaced {
		t.Errorf("%s: letters are spaced by %s", got.Tag, got.Spacing)
	}
	if quoted := got.Open != "none"; quoted == want.italic {
		t.Errorf("%s: before the name of a work stands %s", got.Tag, got.Open)
	}
	got.checkLines(t, want)
	opening, closing := lang.For(got.Tag).Quotes()
	if q := strings.NewReplacer("\u00a0", "", "\\a0 ", "").Replace(got.Quotes); !strings.HasPrefix(q, fmt.Sprintf("%q %q", opening, closing)) {
		t.Errorf("%s: quotes: %s, but lang.Quotes gives %s %s", got.Tag, got.Quotes, opening, closing)
	}
	if scriptOf(got.Tag) != "Latn" && strings.HasPrefix(got.Fam, `"Iowan`) && scriptOf(got.Tag) != "Cyrl" {
		t.Errorf("%s: the faces are Latin ones: %s", got.Tag, got.Fam)
	}
}

// checkLines holds lines to what all scripts need: no justified text (Y7), no
// hyphens by themselves (Y8), underlines that spare dots below (Y11), and no slant
// or, in Nastaliq, weight that the browser makes up (Y2, Y12).
func (got typeset) checkLines(t *testing.T, want script) {
	t.Helper()
	if got.Align != "start" || got.Hyphens != "manual" && !want.italic {
		t.Errorf("%s: lines are aligned by %s, hyphens are %s", got.Tag, got.Align, got.Hyphens)
	}
	if got.Skip != "auto" || got.Under < .2-.001 {
		t.Errorf("%s: underlines skip %s and are %.2f em below", got.Tag, got.Skip, got.Under)
	}
	if !strings.HasPrefix(got.Synthesis, "none ") || scriptOf(got.Tag) == "Aran" && got.Synthesis != "none none" {
		t.Errorf("%s: the browser may make up slant and weight: %s", got.Tag, got.Synthesis)
	}
}
