package lang

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Light gives the key under which two spellings of one word in the language t
// meet when they differ only in how they were typed: composed or decomposed,
// presentation forms, vowel points, tatweel, bidi controls, the keyboards' two
// ya and two kaf, digits, Latin case and accents, apostrophes, hyphens, joiners
// and the dots of an acronym.
//
// The final ى of Arabic stays apart from ي (على is not علي); in all other
// languages they meet. The key of a key is the key itself.
func Light(s string, t Tag) string {
	if isLight(s, isArabic(t)) {
		return s
	}
	var buffer [64]byte // long enough for nearly all words
	return string(AppendLight(buffer[:0], s, t))
}

// Loose gives the key under which careless spellings meet as well: alef with
// or without hamza or madda, ta marbuta and ha, final ى and ي, hamza on its
// seats or left out; in Hebrew the geresh and gershayim. Loose keys join words
// that differ (على, علي), so whoever uses them needs a second, stricter test.
func Loose(s string, t Tag) string { return looseOf(Light(s, t)) }

// Keys gives both keys of s at the price of little more than one.
func Keys(s string, t Tag) (light, loose string) {
	light = Light(s, t)
	return light, looseOf(light)
}

// LightOffsets gives the light key of s and, for each byte of the key, the
// byte offset in s of the character that it comes from; one more offset at the
// end is len(s). Offsets ascend and lie on character boundaries of s.
func LightOffsets(s string, t Tag) (key string, offsets []int) {
	var out []byte
	arabic := isArabic(t)
	for i := 0; i < len(s); {
		n := norm.NFC.NextBoundaryInString(s[i:], true)
		if n <= 0 {
			n = len(s) - i
		}
		before := len(out)
		out = appendLight(out, s[i:i+n], arabic)
		for range len(out) - before {
			offsets = append(offsets, i)
		}
		i += n
	}
	return string(out), append(offsets, len(s))
}

func isArabic(t Tag) bool {
	return t == "ar" || strings.HasPrefix(string(t), "ar-") || t == "und-Arab"
}

// appendLight goes on from out, which has no part in the key. What a character
// leaves may depend on what the key ends with, and on nothing else of the text: so
// the key of a key is the key.
func appendLight(out []byte, s string, arabic bool) []byte {
	if !norm.NFC.IsNormalString(s) {
		s = norm.NFC.String(s)
	}
	last := rune(0)
	put := func(r rune) {
		n := len(out)
		if out = appendLetter(out, r, last, arabic); len(out) > n {
			last, _ = utf8.DecodeLastRune(out)
		}
	}
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		i += n
		switch {
		case r == utf8.RuneError && n == 1:
			out = append(out, s[i-1]) // a broken byte stays: nothing is lost, and it matches only itself
		case presentation(r):
			for _, p := range norm.NFKC.String(string(r)) {
				put(p)
			}
		default:
			put(r)
		}
	}
	return out
}

// presentation says whether r is a positional form of an Arabic or Hebrew
// letter. The word ligatures (ﷲ, ﷺ) stay: NFKC would turn them into phrases.
func presentation(r rune) bool {
	return 0xFB1D <= r && r <= 0xFDEF || 0xFE70 <= r && r <= 0xFEFC
}

// ignorable says whether r leaves no trace in a key: points, tatweel, bidi
// controls, joiners.
func ignorable(r rune) bool {
	switch {
	case r < 0x300:
		return r == 0xAD
	case r <= 0x36F, // Latin and Greek accents that NFC could not compose
		0x591 <= r && r <= 0x5C7 && r != 0x5BE && r != 0x5C0 && r != 0x5C3 && r != 0x5C6,
		0x610 <= r && r <= 0x61A, 0x64B <= r && r <= 0x65F, r == 0x670, r == 0x640,
		0x6D6 <= r && r <= 0x6ED && r != 0x6DD && r != 0x6DE && r != 0x6E5 && r != 0x6E6 && r != 0x6E9,
		0x200B <= r && r <= 0x200F, 0x202A <= r && r <= 0x202E, 0x2060 <= r && r <= 0x2069,
		0xFE00 <= r && r <= 0xFE0F, r == 0xFEFF:
		return true
	}
	return false
}

func appendLetter(out []byte, r, last rune, arabic bool) []byte {
	switch {
	case r < utf8.RuneSelf:
		return appendASCII(out, byte(r), last)
	case ignorable(r):
		return out
	case 0x590 <= r && r <= 0x5FF:
		return appendHebrew(out, r, last)
	case 0x600 <= r && r <= 0x6FF:
		return utf8.AppendRune(out, arabicLetter(r, arabic))
	case r == '’' || r == '‘' || r == 'ʼ' || r == 'ʻ' || r == 'ʿ' || r == 'ʾ' || r == '′' || r == '´':
		return appendASCII(out, '\'', last)
	case r == '“' || r == '”' || r == '„' || r == '″':
		return appendASCII(out, '"', last)
	case r == '‐' || r == '‑' || r == '–' || r == '·' || r == '・':
		return out
	}
	return appendLatin(out, r)
}

// appendASCII lowers letters and drops what joins the parts of a Latin word.
// Apostrophe and quote stay behind a Hebrew letter: צה"ל is not צהל. Before one
// they are quotation marks, as ״ is where it stands for them.
func appendASCII(out []byte, c byte, last rune) []byte {
	switch {
	case 'A' <= c && c <= 'Z':
		return append(out, c+'a'-'A')
	case c == '\'' || c == '"':
		if 0x5D0 <= last && last <= 0x5EA {
			return append(out, c)
		}
		return out
	case c == '-':
		return out
	case c == '.' && unicode.IsLetter(last):
		return out
	}
	return append(out, c)
}

func appendHebrew(out []byte, r, last rune) []byte {
	switch r {
	case 0x5F3:
		return appendASCII(out, '\'', last)
	case 0x5F4:
		return appendASCII(out, '"', last)
	case 0x5BE: // maqaf joins words as a hyphen does
		return out
	}
	return utf8.AppendRune(out, r)
}

// arabicLetter gives the one letter that stands for all that keyboards write
// for it.
func arabicLetter(r rune, arabic bool) rune {
	switch r {
	case 'ی', 'ې', 'ۍ':
		return 'ي'
	case 'ى':
		if !arabic {
			return 'ي'
		}
	case 'ک', 'ڪ':
		return 'ك'
	case 'ہ', 'ھ', 'ە', 'ۀ', 'ۂ':
		return 'ه'
	case 'ۃ':
		return 'ة'
	case 'ۓ':
		return 'ے'
	}
	switch {
	case 0x660 <= r && r <= 0x669:
		return '0' + r - 0x660
	case 0x6F0 <= r && r <= 0x6F9:
		return '0' + r - 0x6F0
	}
	return r
}

// appendLatin lowers r and takes the accents off Latin and Greek letters.
// Cyrillic keeps й apart from и; only ё meets е, as most printing has it.
func appendLatin(out []byte, r rune) []byte {
	switch r {
	case 'ß', 'ẞ':
		return append(out, "ss"...)
	case 'æ', 'Æ':
		return append(out, "ae"...)
	case 'œ', 'Œ':
		return append(out, "oe"...)
	case 'ø', 'Ø':
		return append(out, 'o')
	case 'đ', 'Đ':
		return append(out, 'd')
	case 'ł', 'Ł':
		return append(out, 'l')
	case 'ı', 'İ':
		return append(out, 'i')
	case 'ё', 'Ё':
		return utf8.AppendRune(out, 'е')
	}
	r = unicode.ToLower(r)
	if r < 0x400 || 0x1E00 <= r && r < 0x2000 {
		if d := norm.NFD.PropertiesString(string(r)).Decomposition(); len(d) > 0 {
			base, _ := utf8.DecodeRune(d)
			return appendLatinBase(out, base)
		}
	}
	return utf8.AppendRune(out, r)
}

// appendLatinBase takes one accent after another off: ế, ê, e.
func appendLatinBase(out []byte, r rune) []byte {
	if r < utf8.RuneSelf {
		return append(out, byte(r))
	}
	return appendLatin(out, r)
}

// looseOf folds a light key further.
func looseOf(light string) string {
	if !loosens(light) {
		return light
	}
	out := make([]byte, 0, len(light))
	hebrew := false
	for _, r := range light {
		switch r {
		case 'أ', 'إ', 'آ', 'ٱ':
			r = 'ا'
		case 'ة':
			r = 'ه'
		case 'ى', 'ئ':
			r = 'ي'
		case 'ؤ':
			r = 'و'
		case 'ء':
			continue
		case '\'', '"':
			if hebrew {
				continue
			}
		}
		hebrew = 0x5D0 <= r && r <= 0x5EA
		out = utf8.AppendRune(out, r)
	}
	return string(out)
}

// loosens says whether the loose key of light may differ from it: it holds a
// letter that looseOf changes. Most words do not.
func loosens(light string) bool {
	for i := 0; i < len(light); i++ {
		switch light[i] {
		case '\'', '"':
			return true
		case 0xD8: // first byte of ء آ أ ؤ إ ئ ة
			if i+1 < len(light) && light[i+1] >= 0xA1 && light[i+1] <= 0xA9 && light[i+1] != 0xA7 && light[i+1] != 0xA8 {
				return true
			}
		case 0xD9: // of ى and ٱ
			if i+1 < len(light) && (light[i+1] == 0x89 || light[i+1] == 0xB1) {
				return true
			}
		}
	}
	return false
}
