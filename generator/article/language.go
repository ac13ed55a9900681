package article

import (
	"bytes"
	"sort"
	"unicode"

	"mihbara/generator/diag"
	"mihbara/generator/frontmatter"
	"mihbara/generator/lang"
)

// A claim is a language that a source says it is in, and where it says so.
type claim struct {
	tag  lang.Tag
	from string
	pos  diag.Position
}

// language decides by key, then by the name's ending, then by the folder, then
// by the text, whose first line is at start. said is what decided, if it was not
// the text.
func (p *parser) language(text []byte, start diag.Position) (said claim, ok bool) {
	var claims []claim
	if f, ok := p.header.get("lang"); ok {
		if t, ok := p.languageKey(f); ok {
			claims = append(claims, claim{t, "the key " + f.Key, f.Value.Pos})
		}
	}
	if p.place.suffix != "" {
		claims = append(claims, claim{p.place.suffix, "the file name", p.file})
	}
	if p.place.folder != "" {
		claims = append(claims, claim{p.place.folder, "the folder", p.file})
	}
	if len(claims) == 0 {
		p.a.Language = p.detect(text, start)
		p.derived("language")
	} else {
		said, ok = claims[0], true
		p.a.Language = said.tag
		for _, c := range claims[1:] {
			if c.tag != claims[0].tag {
				p.add(diag.Warnf(claims[0].pos, "%s says the language is %q, %s says %q; %q counts", claims[0].from, claims[0].tag, c.from, c.tag, claims[0].tag).
					WithHint("move the file or correct the key"))
				break
			}
		}
	}
	if !p.s.Declared(p.a.Language) && !isScriptOnly(p.a.Language) {
		p.add(diag.Warnf(p.file, "the site does not declare the language %q of this article; its pages are framed in %q", p.a.Language, p.s.DefaultLanguage).
			WithHint("add %q to languages in site.toml", p.a.Language))
	}
	return said, ok
}

// isScriptOnly tells und-Arab from languages.
func isScriptOnly(t lang.Tag) bool { return len(t) > 4 && t[:4] == lang.Und+"-" }

func (p *parser) languageKey(f frontmatter.Field) (lang.Tag, bool) {
	text, ok := f.Value.Scalar()
	if !ok {
		p.wrong(f, "a language tag")
		return "", false
	}
	t, err := lang.ParseTag(text)
	if err != nil || t == lang.Und {
		p.add(diag.Warnf(f.Value.Pos, "%q is not a language tag; the key is not used", text).WithHint("write a BCP 47 tag: ar, fa, he, zh-Hans"))
		return "", false
	}
	return t, true
}

// detect tells the language from the headline and the first part of the text. A
// text without letters is in the language of the site. Where only the script can
// be told, the article is in no language rather than in one that was guessed:
// its words would be looked up, sorted and read aloud wrongly.
func (p *parser) detect(text []byte, start diag.Position) lang.Tag {
	const enough = 8 << 10
	sample := text
	if len(sample) > enough {
		sample = bytes.ToValidUTF8(sample[:enough], nil)
	}
	t, _ := lang.Detect(p.a.Headline + "\n" + p.a.Lead + "\n" + string(sample))
	if t == lang.Und {
		return p.s.DefaultLanguage
	}
	if isScriptOnly(t) {
		p.add(diag.Warnf(start, "the language of this text cannot be told; its page says %q and stands in no list", t).
			WithHint("%s", p.sayLanguage()))
	}
	return t
}

// sayLanguage tells how to say the language of a source that does not.
func (p *parser) sayLanguage() string {
	if p.a.Format == Text {
		return "put the file into the folder of its language, such as seeds/fa/, or write lang: fa into a .yaml file of its name beside it"
	}
	return "put the file into the folder of its language, such as content/fa/, or write lang: fa into its front matter"
}

// contradiction warns of a text that surely is in another language than its
// source says: a file in the wrong folder, a key that was copied (RTL.md D9).
// The source is believed all the same. Only a body of some length is judged,
// and of a long one samples; it is in another language if its beginning, its
// middle and its end are.
func (p *parser) contradiction(said claim, start diag.Position) {
	const least = 100 // letters
	text := p.a.Body.Text
	places := []int{len(text) / 2, 0, len(text) / 4 * 3}
	if len(text) < 3*sampleBytes {
		places = places[1:2]
	}
	var room [3 * sampleBytes]byte
	b := room[:0]
	var found lang.Tag
	for i, from := range places {
		before := len(b)
		b = p.sample(b, from, len(room)/len(places))
		other, ok := lang.OtherThan(b[before:], said.tag)
		if !ok || i > 0 && other != found {
			return
		}
		found = other
	}
	letters := 0
	for _, r := range string(b) { // rarely: the warning is near
		if unicode.IsLetter(r) {
			letters++
		}
	}
	if letters < least {
		return
	}
	if said.pos.Line == 0 {
		said.pos = start
	}
	p.add(diag.Warnf(said.pos, "%s says the language is %s, but the text reads like %s; %q counts", said.from, named(said.tag), named(found), said.tag).
		WithHint("correct it: lang: %s in the front matter, or the folder or ending of that language", found))
}

// sampleBytes is how much of a body shows its language.
const sampleBytes = 400

// sample appends up to n bytes of running text from the byte `from` of the body
// on: no code and no headings, which are in English as often as not.
func (p *parser) sample(b []byte, from, n int) []byte {
	d := &p.a.Body
	limit := len(b) + n
	for _, r := range d.Runs[sort.Search(len(d.Runs), func(i int) bool { return d.Runs[i].TextEnd > from }):] {
		if !r.Linkable {
			continue
		}
		text := d.Text[max(r.Text, min(from, r.TextEnd)):r.TextEnd]
		b = append(b, text[:min(len(text), limit-len(b))]...)
		if len(b) == limit {
			break
		}
		b = append(b, ' ')
	}
	return b
}

// named gives a language as editors know it, with its tag.
func named(t lang.Tag) string { return lang.For(t).English + " (" + string(t) + ")" }
