package lang

import (
	"bytes"
	"encoding/binary"
	"strings"
	"sync"
	"unicode/utf8"
	"unsafe"

	"golang.org/x/text/unicode/norm"
)

// Normal gives a text field as it is published: in NFC, so that é is one
// character however it was typed, and with the positional forms of Arabic
// letters, which old systems and PDF files hold, as the letters that they are
// ([Letters]). Text that is so already, nearly all, is given back as it is.
func Normal(s string) string {
	if !settled(unsafe.Slice(unsafe.StringData(s), len(s))) {
		s = norm.NFC.String(s)
	}
	if strings.IndexByte(s, 0xEF) < 0 {
		return s
	}
	for i, r := range s {
		if Letters(r) == "" {
			continue
		}
		var b strings.Builder
		b.Grow(len(s))
		b.WriteString(s[:i])
		for _, r := range s[i:] {
			if l := Letters(r); l != "" {
				b.WriteString(l)
			} else {
				b.WriteRune(r)
			}
		}
		return Normal(b.String()) // a mark may now stand where it composes
	}
	return s
}

// Letters gives the letters that a positional form of Arabic stands for (ﻻ is
// لا), "" for any other character. Signs that are words or phrases, such as ﷲ ﷺ
// ﷼, stay: as letters they would be other text.
func Letters(r rune) string {
	if r < 0xFB50 || r > 0xFEFC || r >= 0xFDF0 && r < 0xFE70 || r == 0xFD3E || r == 0xFD3F {
		return ""
	}
	form := string(r)
	letters := norm.NFKC.String(form)
	if letters == form {
		return ""
	}
	// A vowel mark alone has its place on a space, which would part the word.
	return strings.TrimPrefix(letters, " ")
}

// A Shrink is a place at which [Compose] made several characters one, or, of the
// few that NFC takes apart, one several.
type Shrink struct {
	At    int // the byte after it, in the composed text
	Fewer int // how many characters fewer the text has up to there
}

// Compose gives text in NFC, and where it became shorter, ascending, so that
// whoever counts characters can count those of the source. Text that is in NFC
// is given back as it is.
func Compose(text []byte) ([]byte, []Shrink) {
	if settled(text) {
		return text, nil
	}
	text = vowelsFirst(text)
	if settled(text) {
		return text, nil
	}
	out := make([]byte, 0, len(text))
	var list []Shrink
	fewer := 0
	for len(text) > 0 {
		n := norm.NFC.QuickSpan(text)
		out, text = append(out, text[:n]...), text[n:]
		if len(text) == 0 {
			break
		}
		if n = norm.NFC.NextBoundary(text, true); n <= 0 {
			n = len(text)
		}
		before := len(out)
		out = norm.NFC.Append(out, text[:n]...)
		if n := utf8.RuneCount(text[:n]) - utf8.RuneCount(out[before:]); n != 0 {
			fewer += n
			list = append(list, Shrink{len(out), fewer})
		}
		text = text[n:]
	}
	return out, list
}

// vowelsFirst gives a copy of text in which Arabic vowels stand before the shadda
// that they were typed after, which is all that most vowelled text needs.
func vowelsFirst(text []byte) []byte {
	out := bytes.Clone(text)
	for i := 0; i+3 < len(out); i++ {
		if out[i] == 0xD9 && out[i+1] == 0x91 && out[i+2] == 0xD9 && out[i+3] >= 0x8B && out[i+3] <= 0x90 {
			out[i+1], out[i+3] = out[i+3], out[i+1]
			i += 3
		}
	}
	return out
}

// unsettling has the characters below U+0800 beside which text must be looked at.
var unsettling = sync.OnceValue(func() *[0x800]bool {
	var t [0x800]bool
	for r := range rune(0x800) {
		p := norm.NFC.PropertiesString(string(r))
		t[r] = p.CCC() != 0 || !p.BoundaryBefore() || !norm.NFC.IsNormalString(string(r))
	}
	return &t
})

// A doubt is, for the first byte of a character of two, the range of second
// bytes that must be looked at: most letters are passed by on two bytes alone.
type doubt struct{ from, size byte }

var doubts = func() (t [0x20]doubt) {
	t[0xCC-0xC0] = doubt{0x80, 0x40} // marks
	t[0xCD-0xC0] = doubt{0x80, 0x40}
	t[0xCE-0xC0] = doubt{0x87, 1}
	t[0xD2-0xC0] = doubt{0x83, 5}
	t[0xD6-0xC0] = doubt{0x91, 0x2F} // points of Hebrew
	t[0xD7-0xC0] = doubt{0x80, 8}
	t[0xD8-0xC0] = doubt{0x90, 0x0B} // of Arabic
	t[0xD9-0xC0] = doubt{0x8B, 0x26}
	t[0xDB-0xC0] = doubt{0x96, 0x18}
	for c := 0xDC; c <= 0xDF; c++ { // Syriac to N'Ko
		t[c-0xC0] = doubt{0x80, 0x40}
	}
	return t
}()

// settled tells from a look at each character alone that s is in NFC. False
// says nothing. The package norm looks every character up in a trie, which
// would cost as much as all else that is done to an article.
func settled(s []byte) bool {
	mark, after := byte(0), -1 // the Arabic vowel mark that was last, and where it ended
	for i := 0; i < len(s); {
		for i+8 <= len(s) && untroubled(binary.LittleEndian.Uint64(s[i:])) {
			i += 8
			if s[i-1] >= 0xC0 {
				i--
			}
		}
		if i == len(s) {
			break
		}
		c := s[i]
		if c < utf8.RuneSelf {
			i++
			continue
		}
		if i+1 >= len(s) || c < 0xC2 {
			return false
		}
		b := s[i+1]
		if b&0xC0 != 0x80 {
			return false // not UTF-8: what follows is no part of this character
		}
		if c <= 0xDF {
			if d := doubts[c&0x1F]; b-d.from < d.size {
				switch {
				case c == 0xD9 && b <= 0x92: // a vowel mark: one alone says nothing
					if after == i && b < mark {
						return false
					}
					mark, after = b, i+2
				case unsettling()[rune(c&0x1F)<<6|rune(b&0x3F)]:
					return false
				}
			}
			i += 2
			continue
		}
		if i+2 >= len(s) || s[i+2]&0xC0 != 0x80 || !stable(c, b, s[i+2]) {
			return false
		}
		i += 3
		if c >= 0xF0 {
			if i >= len(s) || s[i]&0xC0 != 0x80 {
				return false
			}
			i++
		}
	}
	return true
}

// untroubled tells of eight bytes at once that they are ASCII, or of letters of
// Latin, Cyrillic or Arabic whose bytes are none of a mark's.
func untroubled(x uint64) bool {
	const all, ones = 0x8080808080808080, 0x0101010101010101
	low := x &^ all
	trouble := low + 0x25*ones                        // from 0xDB on
	trouble |= (low + 0x34*ones) &^ (low + 0x30*ones) // 0xCC to 0xCF
	trouble |= (low + 0x2E*ones) &^ (low + 0x28*ones) // 0xD2 to 0xD7
	trouble |= (low + 0x75*ones) &^ (low + 0x60*ones) // 0x8B to 0x9F: second bytes of Arabic marks, and others
	trouble |= (low + 0x50*ones) &^ (low + 0x4F*ones) // 0xB0
	return trouble&x&all == 0
}

// stable tells of the first three bytes of a character from U+0800 on that it
// neither decomposes nor joins what stands before it. It knows the letters of
// Vietnamese, Chinese, Japanese and Korean, punctuation, emoji and the
// positional forms of Arabic.
func stable(a, b, c byte) bool {
	switch a {
	case 0xE1:
		return b >= 0xB8 && b <= 0xBB // Latin
	case 0xE2:
		return b == 0x80 && c >= 0x82 || b == 0x81 || b == 0x82 || b == 0x86 || b >= 0x94 && b <= 0x9E // punctuation, currencies, arrows, shapes
	case 0xE3:
		return b != 0x82 || c != 0x99 && c != 0x9A
	case 0xEA:
		return b >= 0xB0 // Korean, after some scripts with marks
	case 0xED:
		return b < 0x9E
	case 0xEF:
		return b >= 0xAE && b <= 0xB7 || b >= 0xB9 // Arabic, wide forms
	case 0xF0:
		return b == 0x9F // emoji
	}
	return a >= 0xE4 && a <= 0xEC
}
