package frontmatter

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

// bom is the byte order mark in UTF-8.
const bom = "\ufeff"

// Decode gives data as UTF-8 without a byte order mark, line ends kept. The
// note, in words for the author, says what was converted or repaired; it is ""
// where data was UTF-8. UTF-16 and UTF-32 are known by their mark (UTF-16 by
// its zero bytes too); other bytes that are not UTF-8 are read as the Windows
// code page in which they look most like Arabic, Persian, Hebrew, Russian or
// a language in Latin letters. Sound UTF-8 is returned without a copy.
func Decode(path string, data []byte) (text []byte, note string) {
	switch {
	case bytes.HasPrefix(data, []byte(bom)):
		data = data[len(bom):]
	case bytes.HasPrefix(data, []byte{0xff, 0xfe, 0, 0}), bytes.HasPrefix(data, []byte{0, 0, 0xfe, 0xff}):
		return decodeWith(utf32.UTF32(utf32.BigEndian, utf32.UseBOM), data, "UTF-32")
	case bytes.HasPrefix(data, []byte{0xff, 0xfe}), bytes.HasPrefix(data, []byte{0xfe, 0xff}):
		return decodeWith(unicode.UTF16(unicode.BigEndian, unicode.UseBOM), data, "UTF-16")
	}
	if valid(data) {
		if enc := bareUTF16(data); enc != nil {
			return decodeWith(enc, data, "UTF-16")
		}
		return data, ""
	}
	if enc := bareUTF16(data); enc != nil {
		return decodeWith(enc, data, "UTF-16")
	}
	bad, multi := damage(data)
	if multi > bad {
		return bytes.ToValidUTF8(data, []byte("\ufffd")),
			fmt.Sprintf("%d places are not valid UTF-8 and show as \ufffd; save the file as UTF-8", bad)
	}
	name, enc := guess(data)
	return decodeWith(enc, data, name)
}

func decodeWith(enc encoding.Encoding, data []byte, name string) ([]byte, string) {
	text, err := enc.NewDecoder().Bytes(data)
	if err != nil {
		return bytes.ToValidUTF8(data, []byte("\ufffd")), "the text is not valid " + name + "; save the file as UTF-8"
	}
	text = bytes.TrimPrefix(text, []byte(bom))
	return text, "the file is not UTF-8 and was read as " + name + "; save it as UTF-8 to be sure"
}

// valid is [utf8.Valid], many times as fast where most characters take two
// bytes: eight bytes at once, of which each that begins such a character must
// stand before one that goes on, and no other may go on.
func valid(data []byte) bool {
	const ones, high = 0x0101010101010101, 0x8080808080808080
	i, open := 0, uint64(0) // open: 0x80 if the byte before i begins a character of two
	for i+8 <= len(data) {
		x := binary.LittleEndian.Uint64(data[i:])
		first := x & (x << 1) & high                  // 11…: begins a character
		more := x & ^(x << 1) & high                  // 10…: goes on
		three := first & (x << 2)                     // 111…: one of three bytes or more
		short := first & ^(x&(0x1E*ones) + 0x7E*ones) // C0, C1: could have been one byte
		if three|short == 0 {
			if more != first<<8|open {
				return false
			}
			i, open = i+8, first>>56
			continue
		}
		if open != 0 {
			i, open = i-1, 0
		}
		for end := i + 8; i < end && i < len(data); {
			r, n := utf8.DecodeRune(data[i:])
			if r == utf8.RuneError && n <= 1 {
				return false
			}
			i += n
		}
	}
	if open != 0 {
		i--
	}
	return utf8.Valid(data[i:])
}

// bareUTF16 knows UTF-16 without a mark by the high bytes of its first
// characters, which are nearly all zero or of one script.
func bareUTF16(data []byte) encoding.Encoding {
	head := data[:min(len(data), 512)]
	if len(data)%2 != 0 || len(head) < 8 || bytes.IndexByte(head, 0) < 0 {
		return nil
	}
	var low, high int
	for i := 0; i+1 < len(head); i += 2 {
		if strings.IndexByte("\x00\x04\x05\x06\x20", head[i]) >= 0 {
			high++
		}
		if strings.IndexByte("\x00\x04\x05\x06\x20", head[i+1]) >= 0 {
			low++
		}
	}
	pairs := len(head) / 2
	switch {
	case low*10 >= pairs*9 && high*2 < pairs:
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	case high*10 >= pairs*9 && low*2 < pairs:
		return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	}
	return nil
}

// damage counts bytes that are not UTF-8 and characters that are several bytes
// of it: a file with more of the latter is UTF-8 with accidents.
func damage(data []byte) (bad, multi int) {
	for len(data) > 0 {
		r, n := utf8.DecodeRune(data)
		if r == utf8.RuneError && n == 1 {
			bad++
		} else if n > 1 {
			multi++
		}
		data = data[n:]
	}
	return bad, multi
}

// A codePage is a candidate with frequent words of the languages it was used
// for, in the order in which ties are broken.
type codePage struct {
	name  string
	enc   *charmap.Charmap
	latin bool
	words string
}

func codePages() []codePage {
	return []codePage{
		{"Windows-1256", charmap.Windows1256, false, "في من على إلى أن ان التي الذي عن هذا هذه قال و بعد مع لا ما كان قد از به در كه که را اين با است آن می برای کے کی میں سے"},
		{"Windows-1255", charmap.Windows1255, false, "של את על לא הוא עם זה כי גם או היא אל אך כל יש היה הם אני מה"},
		{"Windows-1251", charmap.Windows1251, false, "и в не на что с по как это из за для о от к а его но он"},
		{"Windows-1252", charmap.Windows1252, true, "le la les des et à est été où déjà même très à après français el más está también año según día qué são não é für über können größer über"},
		{"Windows-1254", charmap.Windows1254, true, "ve bir için değil bu çok olduğu gibi ışık şey yıl kişi dışı"},
	}
}

// guess chooses the code page under which the text has most frequent words;
// where none has any, by which letters are frequent.
func guess(data []byte) (string, encoding.Encoding) {
	sample := data[:min(len(data), 16<<10)]
	var high, ascii, alef, hebrew int
	for _, c := range sample {
		switch {
		case c >= 0xc0:
			high++
			if c == 0xc7 {
				alef++
			}
			if c >= 0xe0 && c <= 0xfa {
				hebrew++
			}
		case c|0x20 >= 'a' && c|0x20 <= 'z':
			ascii++
		}
	}
	latin := high < ascii/2
	pages := codePages()
	best, bestScore := -1, 0
	for i, p := range pages {
		if p.latin != latin {
			continue
		}
		if score := p.score(sample); score > bestScore {
			best, bestScore = i, score
		}
	}
	if best < 0 {
		switch {
		case latin:
			best = 3
		case hebrew == high:
			best = 1
		case alef*20 > high:
			best = 0
		default:
			best = 2
		}
	}
	return pages[best].name, pages[best].enc
}

func (p codePage) score(sample []byte) int {
	text, err := p.enc.NewDecoder().Bytes(sample)
	if err != nil {
		return 0
	}
	score := 0
	words := strings.Fields(p.words)
	for _, w := range strings.Fields(strings.ToLower(string(text))) {
		w = strings.Trim(w, ".,;:!?\"'()«»،؛؟")
		for _, known := range words {
			// A word in plain ASCII speaks for no code page.
			if w == known && len(w) > utf8.RuneCountInString(w) {
				score++
				break
			}
		}
	}
	return score
}
