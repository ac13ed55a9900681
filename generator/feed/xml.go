package feed

import (
	"bytes"
	"unicode/utf8"
)

// A writer writes XML: elements in the order in which they are called.
type writer struct{ bytes.Buffer }

const declaration = `<?xml version="1.0" encoding="utf-8"?>` + "\n"

// open starts an element; attrs are name, value, name, value, and empty values
// are left out.
func (w *writer) open(name string, attrs ...string) {
	w.tag(name, attrs)
	w.WriteByte('>')
}

func (w *writer) close(name string) { w.WriteString("</" + name + ">\n") }

// empty writes an element without content.
func (w *writer) empty(name string, attrs ...string) {
	w.tag(name, attrs)
	w.WriteString("/>\n")
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

func (w *writer) tag(name string, attrs []string) {
	w.WriteString("<" + name)
	for i := 0; i+1 < len(attrs); i += 2 {
		if attrs[i+1] == "" {
			continue
		}
		w.WriteString(" " + attrs[i] + `="`)
		w.escape(attrs[i+1])
		w.WriteByte('"')
	}
}

// escape writes s as text or attribute value. Characters that XML 1.0 does not
// allow at all are left out.
func (w *writer) escape(s string) {
	for _, r := range s {
		switch {
		case r == '&':
			w.WriteString("&amp;")
		case r == '<':
			w.WriteString("&lt;")
		case r == '>':
			w.WriteString("&gt;")
		case r == '"':
			w.WriteString("&quot;")
		case r == '\n', r == '\t', r >= 0x20 && r != 0xfffe && r != 0xffff && r != utf8.RuneError:
			w.WriteRune(r)
		}
	}
}
