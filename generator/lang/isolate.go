package lang

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// The isolates of plain text.
const (
	lri, rli, pdi = "\u2066", "\u2067", "\u2069"
)

// Isolates are what wraps a span, by the direction that it runs in.
type Isolates struct {
	LTR, RTL, End string
	Number        string // opens one that [IsHyphened], in place of LTR; "" if that is nothing special
	Unbroken      bool   // numbers stay on one line, see [Unbroken]
}

// AppendIsolated appends text with its spans, as [AppendForeign] gives them,
// wrapped. put appends a piece of the text as its place wants it.
func AppendIsolated(dst []byte, text string, spans []Span, with *Isolates, put func(dst []byte, s string) []byte) []byte {
	at := 0
	var open []int // where those end that are open
	upTo := func(i int) {
		piece := text[at:i]
		if with.Unbroken && len(open) > 0 {
			piece = Unbroken(piece)
		}
		dst, at = put(dst, piece), i
	}
	shut := func(before int) {
		for n := len(open); n > 0 && open[n-1] <= before; n-- {
			upTo(open[n-1])
			dst, open = append(dst, with.End...), open[:n-1]
		}
	}
	for _, s := range spans {
		shut(s.Start)
		upTo(s.Start)
		dst = append(dst, with.opening(s.Dir, text[s.Start:s.End])...)
		open = append(open, s.End)
	}
	shut(len(text))
	return put(dst, text[at:])
}

func (with *Isolates) opening(d Direction, text string) string {
	switch {
	case d == RTL:
		return with.RTL
	case with.Number != "" && IsHyphened(text):
		return with.Number
	}
	return with.LTR
}

// longestUnbroken is how many bytes of a number stay on one line: those of a
// telephone number. More would leave a narrow column.
const longestUnbroken = 24

// Unbroken gives the text of an isolate with hard spaces if it is a number that
// lines should not tear apart: -5 °C, +961 1 234 567, $12.5 billion. Any other
// text comes back as it is.
func Unbroken(s string) string {
	if strings.IndexByte(s, ' ') < 0 || !isNumber(s) {
		return s
	}
	return strings.ReplaceAll(s, " ", "\u00a0")
}

// IsHyphened says whether the text of an isolate is a number that holds hyphens:
// 2017-08-28, 978-3-16. Browsers break lines behind them even before a digit,
// where Unicode's algorithm does not, and only a style can forbid it.
func IsHyphened(s string) bool {
	return strings.IndexByte(s, '-') > 0 && isNumber(s)
}

// isNumber says whether s is a number with its sign and at most one word.
func isNumber(s string) bool {
	if len(s) > longestUnbroken || !beginsNumber(s) {
		return false
	}
	words := 0
	for w := range strings.SplitSeq(s, " ") {
		if r, _ := utf8.DecodeRuneInString(w); unicode.IsLetter(r) {
			words++
		}
	}
	return words < 2 // 2001: A Space Odyssey
}

// beginsNumber says whether s begins with a digit, or with a sign and one.
func beginsNumber(s string) bool {
	for i, r := range s {
		if unicode.IsDigit(r) {
			return true
		}
		if i > 0 || unicode.IsLetter(r) {
			return false
		}
	}
	return false
}

// controls are the isolates of plain text.
var controls = Isolates{LTR: lri, RTL: rli, End: pdi}

// IsolateForeign gives text, which runs in the direction d and is written in t,
// for a place without markup: what [AppendForeign] finds stands between LRI or
// RLI and PDI.
func IsolateForeign(text string, d Direction, t Tag) string {
	spans := AppendForeign(nil, text, d, t, nil)
	if len(spans) == 0 {
		return text
	}
	b := make([]byte, 0, len(text)+len(spans)*2*len(pdi))
	return string(AppendIsolated(b, text, spans, &controls, appendString))
}

func appendString(dst []byte, s string) []byte { return append(dst, s...) }

// AppendIsolate appends s, which runs in the direction d, between LRI or RLI and
// PDI, for titles and attributes, where no markup can isolate it. What runs
// against it has isolates of its own within. Isolates and embeddings within s are
// dropped, so that none can reach beyond it. "" adds nothing.
func AppendIsolate(dst []byte, s string, d Direction, t Tag) []byte {
	if s == "" {
		return dst
	}
	s = withoutIsolates(s)
	if d == RTL {
		dst = append(dst, rli...)
	} else {
		dst = append(dst, lri...)
	}
	if spans := AppendForeign(nil, s, d, t, nil); len(spans) > 0 {
		dst = AppendIsolated(dst, s, spans, &controls, appendString)
	} else {
		dst = append(dst, s...)
	}
	return append(dst, pdi...)
}

// Isolate is [AppendIsolate] for a string.
func Isolate(s string, d Direction, t Tag) string {
	return string(AppendIsolate(nil, s, d, t))
}
