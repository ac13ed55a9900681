package feed

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// slowEscape says what escape does, character by character.
func slowEscape(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '&':
			b.WriteString("&amp;")
		case r == '<':
			b.WriteString("&lt;")
		case r == '>':
			b.WriteString("&gt;")
		case r == '"':
			b.WriteString("&quot;")
		case r == '\n', r == '\t', r >= 0x20 && r != 0xfffe && r != 0xffff && r != utf8.RuneError:
			b.WriteRune(r)
		}
	}
	return b.String()
}

func FuzzEscape(f *testing.F) {
	for _, s := range []string{"", "خبر <أول> & \"ثان\"", "a\x00b\x1f\r\n\t\x7f", "\uffff\ufffe\ufffd\uffef\uf000x", "\xff\xef", "a\xef\xbf", "\xed\xa0\x80ok"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		w := &writer{[]byte("before ")}
		w.escape(s)
		if got, want := string(w.b), "before "+slowEscape(s); got != want {
			t.Errorf("%q is written %q, want %q", s, got, want)
		}
	})
}
