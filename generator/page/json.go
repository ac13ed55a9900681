package page

import (
	"html/template"
	"strconv"
	"unicode/utf8"
)

// A jsonWriter appends JSON that is safe inside a script element: <, > and &
// are escaped, as encoding/json does. Empty values are left out.
type jsonWriter struct {
	b     []byte
	frame *Frame // for URLs
}

// begin opens an object, as a field if it has a key, else as the element of a
// list; end closes it.
func (w *jsonWriter) begin(key, typ string) {
	w.open(key, '{')
	w.text("@type", typ)
}

func (w *jsonWriter) end() { w.b = append(w.b, '}') }

func (w *jsonWriter) beginList(key string) { w.open(key, '[') }

func (w *jsonWriter) endList() { w.b = append(w.b, ']') }

func (w *jsonWriter) open(key string, bracket byte) {
	w.comma()
	if key != "" {
		w.key(key)
	}
	w.b = append(w.b, bracket)
}

func (w *jsonWriter) comma() {
	if n := len(w.b); n > 0 && w.b[n-1] != '{' && w.b[n-1] != '[' {
		w.b = append(w.b, ',')
	}
}

// key appends the name of a field, which needs no escaping.
func (w *jsonWriter) key(key string) {
	w.b = append(append(append(w.b, '"'), key...), '"', ':')
}

func (w *jsonWriter) text(key, s string) {
	if s != "" {
		w.comma()
		w.key(key)
		w.b = AppendJSON(w.b, s)
	}
}

// item appends a string to a list.
func (w *jsonWriter) item(s string) {
	w.comma()
	w.b = AppendJSON(w.b, s)
}

// url appends an absolute URL with something behind it; a path "" is left out.
func (w *jsonWriter) url(key, path, fragment string) {
	if path == "" {
		return
	}
	w.comma()
	w.key(key)
	if external(path) {
		w.b = AppendJSON(w.b, path+fragment)
		return
	}
	start := len(w.b) + 1
	w.b = append(w.frame.AppendAbsolute(append(w.b, '"'), path), fragment...)
	for _, c := range w.b[start:] {
		if jsonTable[c] {
			s := string(w.b[start:])
			w.b = AppendJSON(w.b[:start-1], s)
			return
		}
	}
	w.b = append(w.b, '"')
}

func (w *jsonWriter) number(key string, n int) {
	if n != 0 {
		w.comma()
		w.key(key)
		w.b = strconv.AppendInt(w.b, int64(n), 10)
	}
}

// js gives what was written.
func (w *jsonWriter) js() template.JS { return template.JS(shared(w.b)) }

// json gives the writer of the page's structured data.
func (b *Base) json() *jsonWriter {
	w := &b.work().data
	if w.b == nil {
		w.b = make([]byte, 0, 4<<10)
	}
	w.b, w.frame = w.b[:0], b.Frame
	return w
}

// jsonTable marks the bytes that a string cannot hold as they are, and those
// that begin such a character.
var jsonTable = func() (t [256]bool) {
	for c := range t {
		t[c] = c < 0x20 || c == '"' || c == '\\' || c == '<' || c == '>' || c == '&' || c >= 0x80
	}
	return t
}()

// AppendJSON appends a string in quotes as encoding/json writes it, and
// html/template where a value of a script stands.
func AppendJSON(dst []byte, s string) []byte {
	const hex = "0123456789abcdef"
	dst = append(dst, '"')
	last := 0
	for i := 0; i < len(s); {
		c := s[i]
		if !jsonTable[c] {
			i++
			continue
		}
		if c >= 0x80 {
			r, size := utf8.DecodeRuneInString(s[i:])
			switch {
			case r == utf8.RuneError && size == 1:
				dst = append(append(dst, s[last:i]...), `\ufffd`...)
				last = i + size
			case r == 0x2028 || r == 0x2029:
				dst = append(append(dst, s[last:i]...), `\u202`...)
				dst = append(dst, hex[r&15])
				last = i + size
			}
			i += size
			continue
		}
		dst = append(dst, s[last:i]...)
		switch c {
		case '"', '\\':
			dst = append(dst, '\\', c)
		case '\b':
			dst = append(dst, '\\', 'b')
		case '\f':
			dst = append(dst, '\\', 'f')
		case '\n':
			dst = append(dst, '\\', 'n')
		case '\r':
			dst = append(dst, '\\', 'r')
		case '\t':
			dst = append(dst, '\\', 't')
		default:
			dst = append(dst, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
		}
		i++
		last = i
	}
	return append(append(dst, s[last:]...), '"')
}
