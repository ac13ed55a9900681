package markdown

import (
	"bytes"
	"slices"
	"unicode/utf8"

	"github.com/yuin/goldmark/text"
)

// The CSS names of the digits of lists.
const arabicIndic, persian = "arabic-indic", "persian"

// asciiMarkers rewrites ordered list markers in Arabic-Indic (١.) and Persian
// (۱.) digits with ASCII digits, the only ones that goldmark knows, and notes
// which digits the author used so that the list is numbered in them.
// Fenced code is left alone; indented lines count only below a list.
func (s *source) asciiMarkers() {
	if !hasMarker(s.text) {
		return
	}
	s.markers = map[int]string{}
	out := make([]byte, 0, len(s.text))
	var fence []byte
	inList := false
	for line := range bytes.Lines(s.text) {
		indent, lead := leading(line)
		body := line[lead:]
		switch {
		case fence != nil:
			if bytes.HasPrefix(body, fence) && len(bytes.Trim(body, string(fence[:1])+" \n")) == 0 {
				fence = nil
			}
		case bytes.HasPrefix(body, []byte("```")) || bytes.HasPrefix(body, []byte("~~~")):
			fence = body[:len(body)-len(bytes.TrimLeft(body, string(body[:1])))]
		case indent >= 4 && !inList:
		default:
			digits, name := marker(body)
			if name != "" {
				out = append(out, line[:lead]...)
				s.markers[len(out)] = name
				s.changed = append(s.changed, len(out))
				for i := 0; i < digits; i += 2 {
					out = append(out, digit(body[i], body[i+1]))
				}
				line = body[digits:]
			}
			if blank := len(bytes.TrimSpace(body)) == 0; !blank {
				inList = name != "" || indent >= 2 && inList || isMarker(body) || bytes.ContainsAny(line[:lead], "-*+")
			}
		}
		out = append(out, line...)
	}
	if len(s.markers) > 0 {
		s.text = out
		s.moveShrunk()
		s.rewind()
	}
}

// moveShrunk moves the places where the text shrank with the text, in which
// markers now take half their bytes.
func (s *source) moveShrunk() {
	gone, next := 0, 0
	for i := range s.shrunk {
		for next < len(s.changed) && s.changed[next]+gone < s.shrunk[i].At {
			for at := s.changed[next]; at < len(s.text) && isDigit(s.text[at]); at++ {
				gone++
			}
			next++
		}
		s.shrunk[i].At -= gone
	}
}

// written gives a segment as the author wrote it: what looked like a list
// marker but became text gets its digits back.
func (s *source) written(seg text.Segment) []byte {
	value := seg.Value(s.text)
	i, _ := slices.BinarySearch(s.changed, seg.Start)
	if i == len(s.changed) || s.changed[i] >= seg.Stop {
		return value
	}
	var out []byte
	at := 0
	for ; i < len(s.changed) && s.changed[i] < seg.Stop; i++ {
		start := s.changed[i] - seg.Start + seg.Padding
		out = append(out, value[at:start]...)
		for at = start; at < len(value) && isDigit(value[at]); at++ {
			if s.markers[s.changed[i]] == persian {
				out = utf8.AppendRune(out, '۰'+rune(value[at]-'0'))
			} else {
				out = utf8.AppendRune(out, '٠'+rune(value[at]-'0'))
			}
		}
	}
	return append(out, value[at:]...)
}

// hasMarker tells whether an Arabic digit stands before a full stop or a
// bracket anywhere, which few texts have.
func hasMarker(s []byte) bool {
	for _, mark := range [...]byte{'.', ')'} {
		for at := 0; ; at++ {
			i := bytes.IndexByte(s[at:], mark)
			if i < 0 {
				break
			}
			if at += i; at >= 2 && digit(s[at-2], s[at-1]) != 0 {
				return true
			}
		}
	}
	return false
}

// leading gives the columns of indentation of a line inside its quote and
// bullet marks, and the number of bytes before its own text.
func leading(line []byte) (indent, bytes int) {
	i := 0
	for i < len(line) {
		switch {
		case line[i] == ' ':
			indent++
		case line[i] == '\t':
			indent += 4
		case line[i] == '>':
			indent = 0
			if i+1 < len(line) && line[i+1] == ' ' {
				i++
			}
		case (line[i] == '-' || line[i] == '*' || line[i] == '+') && i+1 < len(line) && line[i+1] == ' ':
			indent = 0
			i++
		default:
			return indent, i
		}
		i++
	}
	return indent, i
}

// marker gives the bytes of digits at the start of an ordered list item in
// non-ASCII digits, and the CSS name of those digits; "" where there is none.
func marker(body []byte) (digits int, name string) {
	if len(body) < 3 || (body[0] != 0xD9 && body[0] != 0xDB) {
		return 0, ""
	}
	first := body[0]
	for digits+1 < len(body) && body[digits] == first && digit(first, body[digits+1]) != 0 {
		digits += 2
	}
	if digits == 0 || digits > 18 || digits+1 >= len(body) || (body[digits] != '.' && body[digits] != ')') {
		return 0, ""
	}
	if c := body[digits+1]; c != ' ' && c != '\t' && c != '\n' {
		return 0, ""
	}
	if first == 0xD9 {
		return digits, arabicIndic
	}
	return digits, persian
}

// digit gives the ASCII digit for the two bytes of an Arabic one, 0 for others.
func digit(a, b byte) byte {
	switch {
	case a == 0xD9 && b >= 0xA0 && b <= 0xA9:
		return '0' + b - 0xA0
	case a == 0xDB && b >= 0xB0 && b <= 0xB9:
		return '0' + b - 0xB0
	}
	return 0
}

// isMarker tells whether an ASCII list marker stands here.
func isMarker(body []byte) bool {
	i := 0
	for i < len(body) && body[i] >= '0' && body[i] <= '9' {
		i++
	}
	return i > 0 && i+1 < len(body) && (body[i] == '.' || body[i] == ')') && body[i+1] == ' '
}
