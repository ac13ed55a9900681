package markdown

import (
	_ "embed" // for highlight.css
	"strings"

	"github.com/alecthomas/chroma/v2"
	"github.com/alecthomas/chroma/v2/lexers"
	"github.com/yuin/goldmark/text"

	"mihbara/generator/lang"
)

// highlightLimit is how much code is coloured; more is shown plain, since a
// lexer gives up after a time and the page would then differ between machines.
const highlightLimit = 64 << 10

// code draws a code block: always left to right, in a wrapper that takes part
// in the page (RTL.md B7). It can be reached by keyboard, because it may have to
// be scrolled; a role would ask for a name, which nobody wrote.
func (r *renderer) code(lines *text.Segments, language string) {
	f := &flow{}
	for i := range lines.Len() {
		line := lines.At(i)
		r.addCode(f, r.src.written(line), '\n')
	}
	language = strings.ToLower(lang.StripControls(r.resolve([]byte(language), 0)))
	r.separate("\n\n")
	r.put(`<div class="code"><pre dir="ltr" tabindex="0"><code`)
	if language != "" {
		r.put(attribute("class", "language-"+language))
	}
	r.put(">")
	r.deaf++
	if !r.colour(f, language) {
		r.emitCode(f)
	}
	r.deaf--
	r.put("</code></pre></div>\n")
}

// emitCode writes code whose "\n" are themselves, not hard breaks.
func (r *renderer) emitCode(f *flow) {
	at := 0
	for i := range f.marks {
		m := &f.marks[i]
		if m.at > at {
			r.run(f.text[at:m.at])
			at = m.at
		}
		r.markup(m)
	}
	if at < len(f.text) {
		r.run(f.text[at:])
	}
}

// colour writes code as spans with chroma's classes, one run a token. It tells
// false, having written nothing, for a language that chroma does not know and
// for code with chips in it.
func (r *renderer) colour(f *flow, language string) bool {
	if language == "" || len(f.text) > highlightLimit || len(f.marks) > 0 || len(f.text) == 0 {
		return false
	}
	lexer := lexers.Get(language)
	if lexer == nil {
		return false
	}
	tokens, err := chroma.Tokenise(chroma.Coalesce(lexer), nil, string(f.text))
	if err != nil || joined(tokens) != string(f.text) {
		return false
	}
	for _, t := range tokens {
		class := classOf(t.Type)
		if class == "" {
			r.run([]byte(t.Value))
			continue
		}
		r.put(`<span class="` + class + `">`)
		r.run([]byte(t.Value))
		r.put("</span>")
	}
	return true
}

// joined gives the text of tokens; some lexers add a line end or lose text.
func joined(tokens []chroma.Token) string {
	var b strings.Builder
	for _, t := range tokens {
		b.WriteString(t.Value)
	}
	return b.String()
}

// classOf gives the short class of a token: its own, or that of its kind.
func classOf(t chroma.TokenType) string {
	for _, t := range [...]chroma.TokenType{t, t.SubCategory(), t.Category()} {
		if class := chroma.StandardTypes[t]; class != "" {
			return class
		}
	}
	return ""
}

// HighlightCSS gives the style sheet for highlighted code, from chroma's styles
// github and github-dark. Rules have the form `.code .k { … }` and set nothing
// but colour and weight. The two stand apart, because a colour that only one of
// them sets must not show in the other.
func HighlightCSS() string { return highlightCSS }

// highlightCSS is written by a test: a program that has chroma's styles reads
// all fifty of them whenever it starts.
//
//go:embed highlight.css
var highlightCSS string
