package feed

import (
	"unicode/utf8"

	"mihbara/generator/page"
)

// A writer writes XML: elements in the order in which they are called.
type writer struct{ b []byte }

const declaration = `<?xml version="1.0" encoding="utf-8"?>` + "\n"

// open starts an element; attrs are name, value, name, value, and empty values
// are left out.
func (w *writer) open(name string, attrs ...string) {
	w.tag(name, attrs)
	w.b = append(w.b, '>')
}

func (w *writer) close(name string) {
	w.b = append(append(append(w.b, "</"...), name...), ">\n"...)
}

// text writes an element that holds text only; without text nothing.
func (w *writer) text(name, s string, attrs ...string) {
	if s == "" {
		return
	}
	w.open(name, attrs...)
	w.escape(s)
	w.close(name)
}

// url writes an element that holds the absolute URL of a path on the site.
func (w *writer) url(name string, f *page.Frame, path string) {
	w.open(name)
	w.absolute(f, path)
	w.close(name)
}

// link writes an empty element whose last attribute is an absolute URL.
func (w *writer) link(name string, f *page.Frame, path string, attrs ...string) {
	w.tag(name, attrs)
	w.b = append(w.b, ` href="`...)
	w.absolute(f, path)
	w.b = append(w.b, "\"/>\n"...)
}

func (w *writer) tag(name string, attrs []string) {
	w.b = append(append(w.b, '<'), name...)
	for i := 0; i+1 < len(attrs); i += 2 {
		if attrs[i+1] == "" {
			continue
		}
		w.b = append(append(append(w.b, ' '), attrs[i]...), `="`...)
		w.escape(attrs[i+1])
		w.b = append(w.b, '"')
	}
}

// absolute writes the absolute URL of a path, which seldom holds what must be
// escaped.
func (w *writer) absolute(f *page.Frame, path string) {
	start := len(w.b)
	w.b = f.AppendAbsolute(w.b, path)
	for _, c := range w.b[start:] {
		if special[c] {
			s := string(w.b[start:])
			w.b = w.b[:start]
			w.escape(s)
			return
		}
	}
}

// special marks the bytes that are not written as they are, and those with
// which characters begin that XML 1.0 does not allow.
var special = func() (t [256]bool) {
	for c := range t {
		t[c] = c < 0x20 && c != '\n' && c != '\t' || c == '&' || c == '<' || c == '>' || c == '"' || c == 0xef
	}
	return t
}()

// escape writes s as text or attribute value. Characters that XML 1.0 does not
// allow at all are left out.
func (w *writer) escape(s string) {
	if !utf8.ValidString(s) {
		s = valid(s)
	}
	last := 0
	for i := 0; i < len(s); i++ {
		c := s[i]
		if !special[c] {
			continue
		}
		out, size := "", 1
		switch c {
		case '&':
			out = "&amp;"
		case '<':
			out = "&lt;"
		case '>':
			out = "&gt;"
		case '"':
			out = "&quot;"
		case 0xef: // U+FFFD, U+FFFE and U+FFFF
			if s[i+1] != 0xbf || s[i+2] < 0xbd {
				continue
			}
			size = 3
		}
		w.b = append(append(w.b, s[last:i]...), out...)
		last = i + size
	}
	w.b = append(w.b, s[last:]...)
}

// valid leaves out the bytes that are no UTF-8.
func valid(s string) string {
	b := make([]byte, 0, len(s))
	for _, r := range s {
		if r != utf8.RuneError {
			b = utf8.AppendRune(b, r)
		}
	}
	return string(b)
}
