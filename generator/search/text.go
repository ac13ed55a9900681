package search

import (
	"encoding/json"

	"mihbara/generator/lang"
	"mihbara/generator/page"
)

// nested are the isolates of a text as JSON. Each part of a list ends with a comma,
// so the list ends with an empty text.
var nested = lang.Isolates{LTR: `["","ltr",`, RTL: `["","rtl",`, End: `""],`, Unbroken: true}

// appendText writes a text for the readers of a language: a string if it is in that
// language and runs as it does from end to end, else [language, direction, …texts]
// with what runs against it as such a list without language. So a page can show it
// as the theme shows the same text on others.
func appendText(dst []byte, x page.Text, t lang.Tag) []byte {
	d := x.Dir
	if d == "" {
		d = lang.DirectionOf(t)
	}
	spans := lang.AppendForeign(nil, x.S, d, x.Lang, nil)
	if x.S == "" || len(spans) == 0 && x.Lang == t && d == lang.DirectionOf(t) {
		return appendString(dst, x.S)
	}
	tag := x.Lang
	if lang.DirectionOf(tag) != d {
		tag = "" // nobody knows in which language such words are: the tag C++ of an Arabic article
	}
	dst = append(appendString(append(dst, '['), string(tag)), ',')
	dst = append(appendString(dst, string(d)), ',')
	dst = lang.AppendIsolated(dst, x.S, spans, &nested, func(dst []byte, part string) []byte {
		if part == "" {
			return dst
		}
		return append(appendString(dst, part), ',')
	})
	return append(dst, `""]`...)
}

func appendString(dst []byte, s string) []byte {
	b, _ := json.Marshal(s) // a string cannot fail
	return append(dst, b...)
}
