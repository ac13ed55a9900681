package markdown

import (
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"
)

// seeds gives the inputs of all test pairs.
func seeds(f testing.TB, add func(src string)) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		add(string(data)) // a whole file is a fine document too
		_, cases := readCases(f, string(data))
		for _, c := range cases {
			add(unicodeEscapes(c.source))
		}
	}
}

func FuzzParse(f *testing.F) {
	modes := []string{"off", "sanitise", "trusted"}
	seeds(f, func(src string) {
		for i := range modes {
			f.Add([]byte(src), byte(i))
		}
	})
	f.Fuzz(func(t *testing.T, src []byte, how byte) {
		mode := modes[int(how)%len(modes)]
		o := Options{Path: "a.md", Language: "ar", HTML: mode, Typography: how&0x10 == 0, Headings: int(how >> 5)}
		if how&0x08 != 0 {
			o.Language = "fr"
		}
		d, diags := Parse(src, o)
		check(t, src, d, diags, mode == "trusted")
	})
}

func FuzzPlainText(f *testing.F) {
	seeds(f, func(src string) { f.Add([]byte(src)) })
	f.Fuzz(func(t *testing.T, src []byte) {
		d, diags := PlainText(src, Options{Path: "a.txt", Language: "fa", Typography: true})
		check(t, src, d, diags, false)
	})
}

// checkSimple holds that a body is the same document whether goldmark reads all
// of it or only the paragraphs with marks.
func checkSimple(t *testing.T, src []byte, o Options) {
	t.Helper()
	got, told := parseAs(src, o, true)
	want, diags := parseAs(src, o, false)
	if !reflect.DeepEqual(got, want) {
		t.Fatalf("%q:\n got %+v\nwant %+v", src, got, want)
	}
	if !slices.Equal(told, diags) {
		t.Fatalf("%q:\n told %v\nwant %v", src, told, diags)
	}
}

func FuzzSimple(f *testing.F) {
	seeds(f, func(src string) { f.Add([]byte(src), byte(len(src))) })
	f.Add([]byte("A *b* [c](http://d.e)\nf www.g.h  \ni\n# j\n## k {l} \n«https://m.n/»\n\n<b>o\n"), byte(0))
	f.Add([]byte("- <pre>a\n\n  b\n\nc\n\n  - d\n"), byte(1))
	modes := []string{"off", "sanitise", "trusted"}
	f.Fuzz(func(t *testing.T, src []byte, how byte) {
		checkSimple(t, src, Options{Path: "a.md", Language: "ar", HTML: modes[int(how)%3], Typography: how&0x10 == 0, Headings: int(how >> 5)})
	})
}
