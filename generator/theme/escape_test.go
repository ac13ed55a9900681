package theme

import (
	"bytes"
	"encoding/json"
	"html/template"
	"math"
	"strings"
	"testing"
	"unicode/utf8"

	"mihbara/generator/lang"
	"mihbara/generator/page"
)

func TestLinksAreEscapedForAnAttribute(t *testing.T) {
	tests := []struct{ base, path, want string }{
		{"", "/ar/2023/x-y_z.html", "/ar/2023/x-y_z.html"},
		{"/a", "/ar/", "/a/ar/"},
		{"/a b", "/ar/", "/a%20b/ar/"},
		{"", "/", "/"},
		{"/a", "/", "/a/"},
		{"/a", "//example.com/x", "//example.com/x"},
		{"", "/تونس/", "/%D8%AA%D9%88%D9%86%D8%B3/"},
		{"", "/a&b'c", "/a&amp;b&#39;c"},
		{"", `/"<>`, "/%22%3C%3E"},
		{"", "/100%/", "/100%25/"},
		{"", "/a:b/", "/a:b/"},
		{"/a", "https://example.com/?a&b", "https://example.com/?a&amp;b"},
		{"/a", "javascript:alert(1)", "#"},
		{"/a", "", ""},
	}
	for _, test := range tests {
		s := &set{base: &page.Base{Frame: &page.Frame{BasePath: test.base}, Path: "/x/"}}
		if got := string(s.appendLink([]byte("="), test.path)); got != "="+test.want {
			t.Errorf("below %q, %q is %q, want %q", test.base, test.path, got, test.want)
		}
	}
}

// inScript are values that a theme may write in a script.
type inScript struct {
	S  string
	H  template.HTML
	L  lang.Tag
	JS template.JS
	N  int
	B  bool
	F  float64
}

const scriptStart, scriptEnd = `<script type="application/ld+json">`, "</script>"

// TestStructuredDataOfATheme: what a theme writes itself is the same by a program
// and by html/template, and it is JSON with the texts that were given.
func TestStructuredDataOfATheme(t *testing.T) {
	texts := []string{"", "a", `"`, `\`, "'", "+", "/", "<", ">", "&", "`", "${x}", "</script>", "<!-- -->", "]]>", "\u2028", "\u2029", "x\u2028\u2029y", "\u2027\u202a\u2030",
		"\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c", "العربية: «نصّ»، ١٢٣٫٥", "עברית, \u05f4מרכאות\u05f4", "😀 𐤀 𞤀", "e\u0301", "\ufeff", "\ufffd", "\ufffe", "\U0010ffff", "\\u003c", `\"`,
		"\xff", "a\xc3", "\xe2\x80", "\xe2\x80z", "\xed\xa0\x80", "\xf4\x90\x80\x80", "a\xe2"}
	for c := range 256 {
		texts = append(texts, "x"+string(rune(c))+"y")
	}
	const text = scriptStart + `{"s":{{.S}},"h":{{.H}},"l":{{.L}},"js":{{.JS}},"n":{{.N}},"b":{{.B}},"q":"{{.S}}","two":"{{.H}}-{{.L}}{{.N}}"}` + scriptEnd
	th, problems := Load("t", with(map[string]string{"templates/x.html": text}))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	set := th.newSet()
	for _, s := range texts {
		v := inScript{S: s, H: template.HTML(s), L: lang.Tag(s), JS: `{"a":[1]}`, N: -3, B: true}
		out, ok := set.fast(nil, "x", v)
		if !ok {
			t.Fatal("it is not compiled")
		}
		var b bytes.Buffer
		if err := set.t.ExecuteTemplate(&b, "x", v); err != nil {
			t.Fatal(err)
		}
		got, want := string(out), b.String()
		if got != want {
			t.Errorf("%q\nprogram  %s\ntemplate %s", s, got, want)
			continue
		}
		data := strings.TrimSuffix(strings.TrimPrefix(got, scriptStart), scriptEnd)
		if strings.ContainsAny(data, "<>&\u2028\u2029") {
			t.Errorf("%q is not escaped: %s", s, data)
		}
		var read struct{ S, H, L, Q, Two string }
		if err := json.Unmarshal([]byte(data), &read); err != nil {
			t.Errorf("%q: %v in %s", s, err, data)
			continue
		}
		if utf8.ValidString(s) && (read.S != s || read.H != s || read.L != s || read.Q != s || read.Two != s+"-"+s+"-3") {
			t.Errorf("%q comes back as %+v", s, read)
		}
	}
}

// TestWhatIsNoJSONInAScript is the warning of the package's documentation; where it
// does not hold any more, it has to go.
func TestWhatIsNoJSONInAScript(t *testing.T) {
	th, _ := Load("t", with(map[string]string{"templates/x.html": scriptStart + `{"f":{{.F}}}` + scriptEnd}))
	s, data := th.newSet(), inScript{F: math.NaN()}
	if out, ok := s.fast(nil, "x", data); ok {
		t.Errorf("it is compiled to %s", out)
	}
	var b bytes.Buffer
	if err := s.t.ExecuteTemplate(&b, "x", data); err != nil || !strings.Contains(b.String(), `/* json: unsupported value: NaN */null`) {
		t.Errorf("%v %s", err, b.String())
	}
}
