package markdown

import (
	"bytes"
	"fmt"
	"strconv"
	"unicode/utf8"

	"github.com/yuin/goldmark/util"

	"mihbara/generator/lang"
)

// addText appends source text to the flow as it is to be shown: backslash
// escapes and character references resolved, controls filtered. offset is where
// it stands in the source; raw text (code) has no escapes.
func (r *renderer) addText(f *flow, s []byte, offset int) {
	if len(s) == 0 {
		return
	}
	if f.soft {
		next, _ := utf8.DecodeRune(s)
		f.settle(next)
	}
	at := 0
	for i := 0; i < len(s); {
		if kinds[s[i]]&isSpecial == 0 {
			i++
			continue
		}
		c := s[i]
		if c == '\\' {
			if i+1 < len(s) && util.IsPunct(s[i+1]) {
				f.text = append(f.text, s[at:i]...)
				at = i + 1
				i += 2
				continue
			}
			i++
			continue
		}
		if c == '&' {
			if chars, size := characterReference(s[i:]); size > 0 {
				f.text = append(f.text, s[at:i]...)
				start := len(f.text)
				for _, ch := range chars {
					r.addRune(f, ch, offset+i)
				}
				f.compose(start)
				i += size
				at = i
				continue
			}
			i++
			continue
		}
		ch, size := utf8.DecodeRune(s[i:])
		if isPlain(ch) && !isShape(ch) {
			i += size
			continue
		}
		f.text = append(f.text, s[at:i]...)
		r.addRune(f, ch, offset+i)
		i += size
		at = i
	}
	f.text = append(f.text, s[at:]...)
}

// isPlain tells whether ch is shown as it is, without a closer look.
func isPlain(ch rune) bool {
	switch {
	case ch < 0x20, ch == 0x7F, ch >= 0x80 && ch < 0xA0:
		return false
	case ch < 0x2000:
		return true
	case ch == 0x200B, ch >= 0x2028 && ch <= 0x202E, ch >= 0x2060 && ch <= 0x206F, ch == 0xFEFF, ch >= 0xFFF9 && ch <= 0xFFFB:
		return false
	case ch >= 0xE0000 && ch <= 0xE007F:
		return false
	}
	return true
}

// isShape tells whether ch may be the positional form of an Arabic letter. As
// old systems and PDF files write them they are found by no search; in code
// they stay, since code is shown exactly.
func isShape(ch rune) bool { return ch >= 0xFB50 && ch <= 0xFEFC && (ch < 0xFDF0 || ch >= 0xFE70) }

// compose joins a mark that a reference gave, at start, with the letter before
// it, as NFC has it.
func (f *flow) compose(start int) {
	start = min(start, len(f.text))
	_, size := utf8.DecodeLastRune(f.text[:start])
	from := start - size
	if n := len(f.marks); size == 0 || n > 0 && f.marks[n-1].at > from {
		return
	}
	if n := len(f.exact); n > 0 && f.exact[n-1].end > from {
		return
	}
	if tail, _ := lang.Compose(f.text[from:]); !bytes.Equal(tail, f.text[from:]) {
		f.text = append(f.text[:from], tail...)
	}
}

// addRune appends one character that isPlain sent here or that a reference
// gave. Directional embeddings and overrides go; isolates become elements;
// invisible characters without a use in text go.
func (r *renderer) addRune(f *flow, ch rune, offset int) {
	switch {
	case isShape(ch) && !f.exactly && lang.Letters(ch) != "":
		start := len(f.text)
		f.text = append(f.text, lang.Letters(ch)...)
		f.compose(start)
	case isPlain(ch):
		f.text = utf8.AppendRune(f.text, ch)
	case ch == '\t', ch == '\n', ch == '\r', ch == '\f', ch == 0x2028, ch == 0x2029, ch == 0x85:
		f.text = append(f.text, ' ')
	case ch >= 0x202A && ch <= 0x202E:
		r.warn(offset, removedControl, "use the dir attribute, or nothing: direction is found from the text")
	case ch == 0x2066:
		f.isolate(`<bdi dir="ltr">`)
	case ch == 0x2067:
		f.isolate(`<bdi dir="rtl">`)
	case ch == 0x2068:
		f.isolate(`<bdi>`)
	case ch == 0x2069:
		if n := len(f.open); n > 0 && f.open[n-1] == "bdi" {
			f.shut()
		} else {
			r.warn(offset, strayIsolate, "")
		}
	case ch >= 0xE0020 && ch <= 0xE007F && r.inFlag(f):
		f.text = utf8.AppendRune(f.text, ch)
	}
}

// isolate opens an isolate that the writer marked with a control character.
func (f *flow) isolate(html string) {
	if len(f.open) >= maxDepth {
		return
	}
	f.html(html)
	f.push("bdi")
}

// inFlag tells whether tag characters here spell a flag (🏴 and tags), the only
// use that text has for them; elsewhere they can hide a message.
func (r *renderer) inFlag(f *flow) bool {
	s := f.text
	for n := 0; n < 8; n++ {
		ch, size := utf8.DecodeLastRune(s)
		if ch == 0x1F3F4 {
			return true
		}
		if ch < 0xE0020 || ch > 0xE007E {
			return false
		}
		s = s[:len(s)-size]
	}
	return false
}

// characterReference resolves the reference at the start of s, which begins
// with &; size is 0 where there is none.
func characterReference(s []byte) (chars string, size int) {
	i := 1
	if i < len(s) && s[i] == '#' {
		base, digits := 10, 7
		i++
		if i < len(s) && (s[i] == 'x' || s[i] == 'X') {
			base, digits = 16, 6
			i++
		}
		start := i
		for i < len(s) && i-start <= digits && (util.IsNumeric(s[i]) || base == 16 && util.IsHexDecimal(s[i])) {
			i++
		}
		if i == start || i-start > digits || i >= len(s) || s[i] != ';' {
			return "", 0
		}
		n, _ := strconv.ParseUint(string(s[start:i]), base, 32)
		return string(util.ToValidRune(rune(n))), i + 1
	}
	start := i
	for i < len(s) && i-start < 40 && util.IsAlphaNumeric(s[i]) {
		i++
	}
	if i == start || i >= len(s) || s[i] != ';' {
		return "", 0
	}
	e, ok := util.LookUpHTML5EntityByName(string(s[start:i]))
	if !ok {
		return "", 0
	}
	return string(e.Characters), i + 1
}

// resolve gives s with backslash escapes and references resolved and controls
// removed: a destination, an info string.
func (r *renderer) resolve(s []byte, offset int) string {
	f := &flow{exactly: true}
	r.addText(f, s, offset)
	return string(f.text)
}

// addCode appends code as it is written. A control character that would change
// the order in which code is shown (CVE-2021-42574), or that cannot be seen, is
// shown as a chip with its name.
func (r *renderer) addCode(f *flow, s []byte, newline byte) {
	f.settle(0)
	at := 0
	for i := 0; i < len(s); {
		if kinds[s[i]]&isSpecial == 0 || s[i] == '\\' || s[i] == '&' {
			i++
			continue
		}
		ch, size := utf8.DecodeRune(s[i:])
		if ch == '\t' || ch == '\n' && newline == '\n' || isPlain(ch) && !isHidden(ch) {
			i += size
			continue
		}
		f.text = append(f.text, s[at:i]...)
		switch {
		case ch == '\n':
			f.text = append(f.text, newline)
		case ch == '\r':
		default:
			f.html(chip(ch))
		}
		i += size
		at = i
	}
	f.text = append(f.text, s[at:]...)
}

// isHidden tells whether ch is one of the directional marks that text may hold
// but that code must show.
func isHidden(ch rune) bool { return ch == 0x200E || ch == 0x200F || ch == 0x061C }

// chip gives the visible stand-in for a control character.
func chip(ch rune) string { return fmt.Sprintf(`<span class="control">U+%04X</span>`, ch) }
