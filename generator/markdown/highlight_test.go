package markdown

import (
	"os"
	"strings"
	"testing"

	"github.com/alecthomas/chroma/v2"
	"github.com/alecthomas/chroma/v2/styles"
)

// TestHighlightCSS writes the style sheet with -update.
func TestHighlightCSS(t *testing.T) {
	css := "@media not (prefers-color-scheme: dark) {\n" + styleCSS(t, "github") + "}\n" +
		"@media (prefers-color-scheme: dark) {\n" + styleCSS(t, "github-dark") + "}\n"
	for _, physical := range []string{"left", "right", "margin", "padding", "direction"} {
		if strings.Contains(css, physical) {
			t.Errorf("%q in the style sheet", physical)
		}
	}
	if *update {
		if err := os.WriteFile("highlight.css", []byte(css), 0o666); err != nil {
			t.Fatal(err)
		}
	} else if css != HighlightCSS() {
		t.Error("highlight.css is not what chroma's styles give; write it with -update")
	}
}

// styleCSS gives the rules of a style of chroma's.
func styleCSS(t *testing.T, name string) string {
	style := styles.Registry[name]
	if style == nil {
		t.Fatalf("chroma has no style %q", name)
	}
	var b strings.Builder
	base := style.Get(chroma.Background)
	b.WriteString(".code {" + declarations(base) + " }\n")
	for _, token := range chroma.TokenTypeValues() {
		class := chroma.StandardTypes[token]
		if token <= 0 || class == "" {
			continue
		}
		entry := style.Get(token)
		entry.Background = 0
		if d := declarations(entry); d != "" && d != declarations(chroma.StyleEntry{Colour: base.Colour}) {
			b.WriteString(".code ." + class + " {" + d + " }\n")
		}
	}
	return b.String()
}

// declarations gives the CSS of an entry with a leading space.
func declarations(e chroma.StyleEntry) string {
	var b strings.Builder
	if e.Colour.IsSet() {
		b.WriteString(" color: " + e.Colour.String() + ";")
	}
	if e.Background.IsSet() {
		b.WriteString(" background-color: " + e.Background.String() + ";")
	}
	if e.Bold == chroma.Yes {
		b.WriteString(" font-weight: bold;")
	}
	if e.Italic == chroma.Yes {
		b.WriteString(" font-style: italic;")
	}
	if e.Underline == chroma.Yes {
		b.WriteString(" text-decoration: underline;")
	}
	return b.String()
}
