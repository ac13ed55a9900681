package main

import (
	"fmt"
	"path/filepath"
	"testing"
)

// TestLettersStayJoinedAcrossLinks (RTL.md Y10): an article links a name and
// leaves the prefix before it outside, ب<a>لبنان</a>. The letters must be drawn
// as if there were no link; torn apart they would be wider.
func TestLettersStayJoinedAcrossLinks(t *testing.T) {
	ctx := browser(t)
	dir := t.TempDir()
	texts := map[string]string{
		"ar": "مر بلبنان ثم ولمصر ثم ولليمن ثم وكالأردن.",
		"fa": "به لبنان و به‌مصر رفت.",
		"ur": "لبنان اور مصر میں۔",
	}
	writeFile(t, filepath.Join(dir, "site.toml"), "languages = [\"ar\", \"fa\", \"ur\"]\ntitle = \"Test\"\n")
	for l, text := range texts {
		writeFile(t, filepath.Join(dir, "content", l, "a.md"), fmt.Sprintf("---\ntitle: %s\ndate: 2024-05-02\n---\n%s\n", l, text))
	}
	out := filepath.Join(dir, "public")
	build(t, exitFine, "--source", dir, "--out", out)
	site := serveFolder(t, out)
	for l := range texts {
		open(t, ctx, site+"/"+l+"/2024/05/02/a/", "light", 1280)
		got := evaluate[[]float64](t, ctx, `(() => {
			const p = document.querySelector(".text p"), width = () => { const r = document.createRange(); r.selectNodeContents(p); return r.getBoundingClientRect().width; };
			p.style.whiteSpace = "nowrap";
			const links = p.querySelectorAll("a.entity").length, linked = width();
			p.textContent = p.textContent;
			return [links, linked, width()];
		})()`)
		if links, linked, bare := got[0], got[1], got[2]; links == 0 || linked-bare > .5 || bare-linked > .5 {
			t.Errorf("%s: with %.0f links the line is %.2f px wide, without %.2f", l, links, linked, bare)
		}
	}
}
