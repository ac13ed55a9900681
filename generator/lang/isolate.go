package lang

// The isolates of plain text.
const (
	lri, rli, pdi = "\u2066", "\u2067", "\u2069"
)

// Isolates are what wraps a span, by the direction that it runs in.
type Isolates struct{ LTR, RTL, End string }

// AppendIsolated appends text with its spans, as [AppendForeign] gives them,
// wrapped. put appends a piece of the text as its place wants it.
func AppendIsolated(dst []byte, text string, spans []Span, with *Isolates, put func(dst []byte, s string) []byte) []byte {
	at := 0
	var open []int // where those end that are open
	upTo := func(i int) {
		dst, at = put(dst, text[at:i]), i
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
		if s.Dir == RTL {
			dst = append(dst, with.RTL...)
		} else {
			dst = append(dst, with.LTR...)
		}
		open = append(open, s.End)
	}
	shut(len(text))
	return put(dst, text[at:])
}

// controls are the isolates of plain text.
var controls = Isolates{lri, rli, pdi}

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
