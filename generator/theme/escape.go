package theme

import (
	"bytes"
	"strings"

	"mihbara/generator/lang"
	"mihbara/generator/page"
)

// Which bytes the escapers replace, and by what. html/template replaces + too,
// which [template.HTMLEscapeString] leaves alone.
var (
	textTable = [256]string{0: "\uFFFD", '"': "&#34;", '&': "&amp;", '\'': "&#39;", '<': "&lt;", '>': "&gt;"}
	htmlTable = [256]string{0: "\uFFFD", '"': "&#34;", '&': "&amp;", '\'': "&#39;", '+': "&#43;", '<': "&lt;", '>': "&gt;"}
	normTable = [256]string{0: "\uFFFD", '"': "&#34;", '\'': "&#39;", '+': "&#43;", '<': "&lt;", '>': "&gt;"}
	// Bytes that stay in a URL and in a part of one.
	urlTable  = urlBytes("-._~!#$&*+,/:;=?@[]")
	partTable = urlBytes("-._~")
)

func urlBytes(others string) (t [256]bool) {
	for c := range t {
		t[c] = 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c < 0x80 && strings.IndexByte(others, byte(c)) >= 0
	}
	return t
}

// special marks the bytes that some table replaces; most text has none.
var special = [256]bool{0: true, '"': true, '&': true, '\'': true, '+': true, '<': true, '>': true}

// appendEscaped appends s with the bytes of a table replaced.
func appendEscaped(dst []byte, s string, table *[256]string) []byte {
	last := 0
	for i := 0; i < len(s); i++ {
		if c := s[i]; special[c] && table[c] != "" {
			dst = append(append(dst, s[last:i]...), table[c]...)
			last = i + 1
		}
	}
	return append(dst, s[last:]...)
}

// escaped is appendEscaped for a string.
func escaped(s string, table *[256]string) string {
	for i := 0; i < len(s); i++ {
		if c := s[i]; special[c] && table[c] != "" {
			return string(appendEscaped(make([]byte, 0, len(s)+16), s, table))
		}
	}
	return s
}

// appendScript appends what html/template makes of s between the quotes of a
// string in a script: escapes that JSON knows too.
func appendScript(dst []byte, s string) []byte {
	const hex = "0123456789abcdef"
	for i, last := 0, 0; ; i++ {
		for i < len(s) && !scriptTable[s[i]] {
			i++
		}
		if i == len(s) {
			return append(dst, s[last:]...)
		}
		c, size := s[i], 1
		if c == 0xe2 {
			if !strings.HasPrefix(s[i:], "\u2028") && !strings.HasPrefix(s[i:], "\u2029") {
				continue
			}
			size = 3
		}
		dst = append(append(dst, s[last:i]...), '\\')
		switch c {
		case '\t':
			dst = append(dst, 't')
		case '\n':
			dst = append(dst, 'n')
		case '\f':
			dst = append(dst, 'f')
		case '\r':
			dst = append(dst, 'r')
		case '/', '\\':
			dst = append(dst, c)
		case 0xe2:
			dst = append(dst, "u202"...)
			dst = append(dst, hex[s[i+2]&15])
		default:
			dst = append(dst, 'u', '0', '0', hex[c>>4], hex[c&15])
		}
		i += size - 1
		last = i + 1
	}
}

// scriptTable marks what such a string cannot hold as it is, and the first byte
// of U+2028 and U+2029.
var scriptTable = func() (t [256]bool) {
	for c := range t {
		t[c] = c < 0x20 || c == 0xe2 || strings.IndexByte("\"&'+/<>\\`", byte(c)) >= 0
	}
	return t
}()

func appendText(dst []byte, s string) []byte { return appendEscaped(dst, s, &textTable) }

// calm marks the bytes of a path that neither a URL nor an attribute escapes and
// that make no scheme.
var calm = urlBytes("-._~/")

func isCalm(s string) bool {
	for i := 0; i < len(s); i++ {
		if !calm[s[i]] {
			return false
		}
	}
	return true
}

// appendLink appends a path as [page.Frame.Link] gives it, escaped for a quoted
// attribute.
func (s *set) appendLink(dst []byte, path string) []byte {
	if f := s.base.Frame; !f.RelativeURLs && len(path) > 1 && path[0] == '/' && path[1] != '/' && isCalm(path) && isCalm(f.BasePath) {
		return append(append(dst, f.BasePath...), path...)
	}
	start := len(dst)
	dst = s.base.Frame.AppendLink(dst, s.base.Path, path)
	u := dst[start:]
	if bytes.IndexByte(u, ':') >= 0 && !safeScheme(string(u)) {
		return append(dst[:start], '#') // what html/template's filter makes of it, without its mark
	}
	if bytes.IndexByte(u, '&') >= 0 || bytes.IndexByte(u, '\'') >= 0 || bytes.ContainsAny(u, `"<>`) {
		return appendText(dst[:start], string(u))
	}
	return dst
}

// appendIsolate appends a text in its own isolate. The direction is always
// written, because bdi without it guesses from the first letter.
func (s *set) appendIsolate(dst []byte, t *page.Text) []byte {
	if t.S == "" {
		return dst
	}
	dst = append(dst, "<bdi "...)
	dst = append(s.appendMark(dst, t), '>')
	dst = s.appendInner(dst, t)
	return append(dst, "</bdi>"...)
}

// What appendInner does at a byte of a text.
const (
	stopEscape  = 1 + iota
	stopForeign // from here on something may run against the text
)

// Where it does it, by the direction of the text.
var stopsLTR, stopsRTL = stops(lang.LTR), stops(lang.RTL)

func stops(d lang.Direction) (t [256]uint8) {
	foreign := lang.ForeignBytes(d)
	for c := range t {
		if textTable[c] != "" {
			t[c] = stopEscape
		} else if foreign[c] {
			t[c] = stopForeign
		}
	}
	return t
}

// isolates wrap what runs against a text.
var isolates = lang.Isolates{LTR: `<bdi dir="ltr">`, RTL: `<bdi dir="rtl">`, End: "</bdi>", Number: `<bdi class="number" dir="ltr">`, Unbroken: true}

// appendInner appends a text escaped, with what runs against it in isolates. Most
// texts hold nothing that could: one pass escapes them and finds that.
func (s *set) appendInner(dst []byte, t *page.Text) []byte {
	d := t.Dir
	if d == "" {
		d = s.base.Direction
	}
	table := &stopsLTR
	if d == lang.RTL {
		table = &stopsRTL
	}
	start, last := len(dst), 0
	for i := 0; i < len(t.S); i++ {
		switch table[t.S[i]] {
		case stopEscape:
			dst = append(append(dst, t.S[last:i]...), textTable[t.S[i]]...)
			last = i + 1
		case stopForeign:
			if s.spans = lang.AppendForeign(s.spans[:0], t.S, d, t.Lang, nil); len(s.spans) > 0 {
				return lang.AppendIsolated(dst[:start], t.S, s.spans, &isolates, appendText)
			}
			return appendText(append(dst, t.S[last:i]...), t.S[i:])
		}
	}
	return append(dst, t.S[last:]...)
}

// appendMark appends the attributes for an element that holds nothing but the
// text. dir is always there: it makes the element an isolate. Words that run
// against their language are not in it (the tag C++ of an Arabic article), and
// nobody knows in which they are.
func (s *set) appendMark(dst []byte, t *page.Text) []byte {
	d := t.Dir
	if d == "" {
		d = s.base.Direction
	}
	if t.Lang != s.base.Language && t.Lang != "" && lang.DirectionOf(t.Lang) == d {
		dst = append(append(append(dst, `lang="`...), t.Lang...), `" `...)
	}
	return append(append(append(dst, `dir="`...), d...), '"')
}

func (s *set) appendDate(dst []byte, d *page.Date) []byte {
	if d.ISO == "" {
		return dst
	}
	dst = append(append(dst, `<time datetime="`...), d.ISO...)
	dst = append(append(dst, `" dir="`...), s.base.Direction...)
	dst = appendText(append(dst, `">`...), d.Human)
	return append(dst, "</time>"...)
}

func urlFilter(s string) string {
	if scheme, _, ok := strings.Cut(s, ":"); ok && !strings.Contains(scheme, "/") {
		switch strings.ToLower(scheme) {
		case "http", "https", "mailto":
		default:
			return "#ZgotmplZ"
		}
	}
	return s
}

// urlEscape percent-encodes as html/template does: for a place inside a URL, or
// (norm) a whole URL, whose delimiters and escapes stay.
func urlEscape(s string, norm bool) string {
	table := &partTable
	if norm {
		table = &urlTable
	}
	stays := func(i int) bool {
		return table[s[i]] || norm && s[i] == '%' && i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2])
	}
	i := 0
	for i < len(s) && stays(i) {
		i++
	}
	if i == len(s) {
		return s
	}
	const hex = "0123456789abcdef"
	b := append(make([]byte, 0, len(s)+32), s[:i]...)
	for ; i < len(s); i++ {
		if c := s[i]; stays(i) {
			b = append(b, c)
		} else {
			b = append(b, '%', hex[c>>4], hex[c&15])
		}
	}
	return string(b)
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}
