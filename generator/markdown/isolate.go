package markdown

import (
	"sort"
	"strings"
	"unicode/utf8"
	"unsafe"

	"mihbara/generator/lang"
)

// isolates finds what a block of that setting would show in the wrong order (see
// [lang.AppendForeign]) and gives it as spans to be wrapped.
func (f *flow) isolates(spans []lang.Span, in setting) []lang.Span {
	need := rightToLeft
	if in.dir == lang.RTL {
		need = isForeign
	}
	if f.kinds&(kindsKnown|need) == kindsKnown {
		return spans
	}
	text := unsafe.String(unsafe.SliceData(f.text), len(f.text)) // spans hold no part of it
	return lang.AppendForeign(spans, text, in.dir, in.tag, f)
}

// Wraps tells whether no markup stands inside [start, end), nothing in it is
// exact, and the writer did not isolate it.
func (f *flow) Wraps(start, end int) bool {
	m := sort.Search(len(f.marks), func(i int) bool { return f.marks[i].at > start })
	if m > 0 && f.marks[m-1].at == start && strings.HasPrefix(f.marks[m-1].html, "<bdi") {
		return false
	}
	if m < len(f.marks) && f.marks[m].at < end {
		return false
	}
	e := sort.Search(len(f.exact), func(i int) bool { return f.exact[i].end > start })
	return e == len(f.exact) || f.exact[e].start >= end
}

// textAttribute gives an attribute that holds words. What runs against them, or
// all of them if they run against the article, is isolated by characters
// (RTL.md T1).
func (r *renderer) textAttribute(name, value string) string {
	value = withoutControls(value)
	if d := lang.TextDirection(value, "", r.base.dir); d != r.base.dir {
		return attributeOf(name, lang.Isolate(value, d, lang.Und), isShown)
	}
	return attributeOf(name, lang.IsolateForeign(value, r.base.dir, r.base.tag), isShown)
}

// description gives the alt attribute of a picture. The language and direction
// of an element are those of its attributes: a description that runs against the
// article says so on the picture (RTL.md T5).
func (r *renderer) description(alt string) string {
	alt = withoutControls(alt)
	d := lang.TextDirection(alt, "", r.base.dir)
	if d == r.base.dir {
		return attributeOf("alt", lang.IsolateForeign(alt, d, r.base.tag), isShown)
	}
	tag, says := lang.Und, ""
	if utf8.RuneCountInString(alt) >= sureLength {
		if t, sure := lang.Detect(alt); sure && lang.DirectionOf(t) == d {
			tag, says = t, attribute("lang", string(t))
		}
	}
	return says + attribute("dir", string(d)) + attributeOf("alt", lang.IsolateForeign(alt, d, tag), isShown)
}

// isShown is isPlain with the isolates that we put into attributes ourselves.
func isShown(ch rune) bool { return isPlain(ch) || ch >= 0x2066 && ch <= 0x2069 }

func withoutControls(s string) string {
	return strings.Map(func(ch rune) rune {
		if ch >= 0x80 && !isPlain(ch) {
			return -1
		}
		return ch
	}, s)
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }
