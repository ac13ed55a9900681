package markdown

import (
	"os"
	"path/filepath"
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
