package article

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"slices"

	"golang.org/x/text/unicode/norm"

	"mihbara/generator/diag"
	"mihbara/generator/frontmatter"
	"mihbara/generator/markdown"
	"mihbara/generator/site"
)

// A Source is a file below content/ or seeds/, and its sidecar if it has one.
// Paths are relative to the site, with slashes.
type Source struct {
	Path        string
	Data        []byte
	SidecarPath string // "" if there is none
	Sidecar     []byte
}

// controls counts the control characters that no text has. Every byte is a
// letter in some code page, so that a picture decodes as well as a text; but one
// in ten of its characters is none that anybody typed.
func controls(text []byte) int {
	const ones = 0x0101010101010101
	n := 0
	for len(text) >= 8 { // eight bytes at once, of which most often none is below a space
		x := binary.LittleEndian.Uint64(text)
		if (x-' '*ones)&^x&(0x80*ones) != 0 {
			n += controlsIn(text[:8])
		}
		text = text[8:]
	}
	return n + controlsIn(text)
}

func controlsIn(text []byte) int {
	n := 0
	for _, c := range text {
		if c < ' ' && c != '\n' && c != '\r' && c != '\t' && c != '\f' {
			n++
		}
	}
	return n
}

// Parse reads a source under the site's settings. The Article is nil only if
// the data is not text; if a diagnostic is an Error the article must not be
// built, and holds what could be read.
//
// Of the settings it asks Languages, DefaultLanguage, TimeZone, HTML,
// Typography and the keys of Sections.
func Parse(src Source, s *site.Settings) (*Article, []diag.Diagnostic) {
	text, note := frontmatter.Decode(src.Path, src.Data)
	p := &parser{s: s, file: diag.Position{File: src.Path}}
	if bytes.Count(text, []byte{0}) > len(text)/100 || controls(text) > len(text)/20+3 {
		p.add(diag.Errorf(p.file, "this file is not text").WithHint("pictures and other files keep their own ending; a text must be UTF-8"))
		return nil, p.diags
	}
	if note != "" {
		p.add(diag.Notef(p.file, "%s", note))
	}
	if len(bytes.TrimSpace(text)) == 0 && len(src.Sidecar) == 0 {
		p.add(diag.Warnf(p.file, "this file is empty").WithHint("delete it, or give it a text"))
	}
	p.place = placeOf(src.Path, s)
	block := frontmatter.Block{BodyLine: 1}
	if p.place.format == Markdown {
		var diags []diag.Diagnostic
		block, diags = frontmatter.Split(src.Path, text)
		p.diags = append(p.diags, diags...)
	}
	p.header = newHeader(block.Fields, p.sidecar(src))
	sum := sha256.Sum256(src.Data)
	p.a = &Article{Path: src.Path, Format: p.place.format, SHA256: hex.EncodeToString(sum[:]), Bytes: len(src.Data)}
	p.fields()
	p.body(text[block.BodyOffset:], block.BodyLine)
	slices.Sort(p.a.Derived)
	p.header = nil
	block.Release()
	return p.a, p.diags
}

// A parser holds one article while it is made.
type parser struct {
	a      *Article
	s      *site.Settings
	file   diag.Position
	place  place
	header *header
	diags  []diag.Diagnostic
}

func (p *parser) add(d diag.Diagnostic) { p.diags = append(p.diags, d) }

// derived notes that a field does not come from the source's own words.
func (p *parser) derived(name string) { p.a.Derived = append(p.a.Derived, name) }

func (p *parser) sidecar(src Source) []frontmatter.Field {
	if src.SidecarPath == "" {
		return nil
	}
	data, note := frontmatter.Decode(src.SidecarPath, src.Sidecar)
	if note != "" {
		p.add(diag.Notef(diag.Position{File: src.SidecarPath}, "%s", note))
	}
	block, diags := frontmatter.ParseFile(src.SidecarPath, data)
	p.diags = append(p.diags, diags...)
	return block.Fields
}

// fields reads all that does not need the body.
func (p *parser) fields() {
	a := p.a
	a.ID = ID(norm.NFC.String(p.text("id")))
	if a.ID == "" {
		a.ID = ID(p.place.id)
	}
	p.kind()
	a.TranslationKey = p.text("translationKey")
	if a.TranslationKey == "" {
		a.TranslationKey = p.place.key
	}
	a.Headline = p.text("title")
	a.Lead = p.lead()
	a.Dateline = p.text("dateline")
	a.Byline = p.names("byline")
	a.Source = p.text("source")
	a.Canonical = p.address("canonical")
	a.Image, a.ImageAlt = p.image()
	a.Status = p.status()
	a.Draft = p.bool("draft") || a.Status == "draft"
	a.NoIndex = p.noIndex()
	a.Weight = p.number("weight")
	a.Entities = p.entities()
	p.dates()
	p.topics()
	p.corrections()
	p.urls()
	p.params()
}

// body settles the language, reads the text and derives what is missing.
func (p *parser) body(text []byte, line int) {
	a := p.a
	start := diag.Position{File: a.Path, Line: line + bytes.Count(text[:len(text)-len(bytes.TrimLeft(text, " \t\r\n"))], []byte("\n")), Column: 1}
	said, ok := p.language(text, start)
	o := markdown.Options{Path: a.Path, Line: line, Language: a.Language, HTML: p.s.HTML, Typography: p.s.Typography, Digits: p.s.Digits[a.Language], Headings: 2, Sound: true}
	var diags []diag.Diagnostic
	if a.Format == Text {
		a.Body, diags = markdown.PlainText(text, o)
	} else {
		text = p.ownHeading(text, o)
		a.Body, diags = markdown.Parse(text, o)
	}
	p.diags = append(p.diags, diags...)
	if ok {
		p.contradiction(said, start)
	}
	p.derive()
	if p.s.Typography {
		a.Headline, a.Lead = markdown.Typeset(a.Headline, a.Language), markdown.Typeset(a.Lead, a.Language)
	}
}

// ownHeading takes the heading off a body that begins with the article's own
// title, "# Title", because the page shows the headline itself. The line
// becomes blank, so that later lines keep their numbers.
func (p *parser) ownHeading(text []byte, o markdown.Options) []byte {
	start := 0
	for start < len(text) && (text[start] == '\n' || text[start] == '\r') {
		start++
	}
	rest := text[start:]
	if !bytes.HasPrefix(rest, []byte("# ")) {
		return text
	}
	end := bytes.IndexByte(rest, '\n')
	if end < 0 {
		end = len(rest)
	}
	heading, _ := markdown.Parse(rest[:end], o)
	title := clean(heading.Text)
	switch {
	case title == "":
		return text
	case p.a.Headline == "":
		p.a.Headline = title
		p.derived("headline")
	case p.a.Headline != title:
		return text
	}
	return append(bytes.Clone(text[:start]), rest[end:]...)
}
