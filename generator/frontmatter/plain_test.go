package frontmatter

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"mihbara/generator/diag"
)

// bare drops what the two readers may differ in: the place of an empty value,
// columns of values (the library counts blanks at the end of a line wrongly),
// and the difference between an empty list and none.
func bare(fields []Field) []Field {
	out := make([]Field, len(fields))
	for i, f := range fields {
		f.Value = bareValue(f.Value)
		out[i] = f
	}
	return out
}

func bareValue(v Value) Value {
	v.Pos.Column = 0
	if v.Kind == Null {
		v.Pos.Line = 0
	}
	list, fields := v.List, v.Map
	v.List, v.Map = nil, nil
	if len(fields) > 0 {
		v.Map = bare(fields)
	}
	for _, item := range list {
		v.List = append(v.List, bareValue(item))
	}
	return v
}

func samePlain(t *testing.T, data []byte) (fast bool) {
	t.Helper()
	s := newSource("x.md", data)
	fields, diags, ok := s.plainYAML(data, 0)
	if !ok {
		return false
	}
	want, isMap, wantDiags := newSource("x.md", data).libraryYAML(0, len(data))
	if !isMap && len(fields) > 0 {
		t.Fatalf("the library sees no map in %q", data)
	}
	if !reflect.DeepEqual(bare(fields), bare(want)) || lines(diag.Sort(diags)) != lines(diag.Sort(wantDiags)) {
		t.Fatalf("%q\nplain   %+v %s\nlibrary %+v %s", data, bare(fields), lines(diags), bare(want), lines(wantDiags))
	}
	return true
}

func TestPlainYAMLIsWhatTheLibraryReads(t *testing.T) {
	fast := []string{
		"", "# c\n", "a: b\n", "a:   b  \n", "title: عنوان\n", "date: 2009-02-04 11:55:44 +0000\n", "num: 12\nz: 0\n",
		"a: \"x: y # z\"\n", "a: 'x: y'\n", "a: 'it''s'\n", "a: \n", "a: \n", "tags: [a, b c, \"d, e\", 'f']\n", "tags: []\n", "tags:\n  - a\n  - b c\n\n# c\nx: true\n",
		"tags:\n- a\n- b\n", "e:\nf: false\n", "a: 1\na: 2\n", "a: x\n\n\nb: it's so \"good\", [yes]\n", "url: https://example.org/x\n",
		"tags: [2023-05-04, 12, x]\n", "a: تونس، الجزائر\n", "draft: false\ntitle: Don't & can't\n", "a: b:c\n", "a: b#c\n",
		"a:\n  b: c\n  d: [e]\n  f:\ng: h\n", "a: 2020 Review\n", "a: 8-new-apps\n", "a: \"x \\\"y\\\" z\"\n",
	}
	for _, in := range fast {
		if !samePlain(t, []byte(in)) {
			t.Errorf("%q should not need the library", in)
		}
	}
	slow := []string{"a: b\n  c\n", "a: >\n  b\n", "a: {b: c}\n", "a:\n  b:\n    c: d\n", "a:\n  b:\n  - c\n", "a: 18f\n", "a: *x\n", "a: 1.5\n", "a: 007\n", "a: yes\n", "a: ~\n", "a: x: y\n", "a: \"x\\n\"\n",
		"a: 'it's'\n", "a: b # c\n", "a: [b, [c]]\n", "a: [b,]\n", "\ta: b\n", "a: [b\n", "- a\n", "text\n", "a : b\n", "a:\n - b\n  - c\n", "a: b\n - c\n", "a: -\n"}
	for _, in := range slow {
		if samePlain(t, []byte(in)) {
			t.Errorf("%q should be left to the library", in)
		}
	}
}

func TestPlainYAMLReadsMostRealFiles(t *testing.T) {
	files, _ := filepath.Glob(filepath.Join(shared(t), "corpus", "sites", "*", "content"))
	fast, all := 0, 0
	for _, root := range files {
		_ = filepath.WalkDir(root, func(path string, d os.DirEntry, err error) error {
			if err != nil || filepath.Ext(path) != ".md" {
				return err
			}
			data, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			data, _ = Decode(path, data)
			block, _ := Split("x.md", data)
			header, _, _ := strings.Cut(strings.TrimLeft(string(data[:block.BodyOffset]), "-\n "), "\n---")
			if all++; samePlain(t, []byte(header+"\n")) {
				fast++
			} else if testing.Verbose() {
				for _, line := range strings.Split(header, "\n") {
					if _, _, ok := newSource("x", []byte(line)).plainYAML([]byte(line), 0); !ok && !strings.HasPrefix(strings.TrimSpace(line), "-") {
						t.Log(line)
						break
					}
				}
			}
			return nil
		})
	}
	t.Logf("%d of %d without the library", fast, all)
}

func FuzzPlainYAML(f *testing.F) {
	for _, s := range []string{"title: a b\ntags: [x, \"y, z\", 'w']\n\n# c\nlist:\n  - a\n  - \"b\"\nn: 12\ndate: 2023-05-04 10:00\n", "a:\n- b\n# c\n- d\ne: f:g\n", "a: b,c\nd: [e f, 2023-05-04]\n", "a:\n  b: c\n  d: 'x'\ne: \"q\\\"r\"\nf: 2x y\n"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) { samePlain(t, data) })
}

func BenchmarkLibraryTypicalArticle(b *testing.B) {
	data := []byte(strings.Trim(typical, "-"))
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		newSource("x.md", data).libraryYAML(0, len(data))
	}
}

// TestPlainYAMLOfRandomPieces builds blocks of pieces that are each near the
// edge of what the plain reader takes; the seed is fixed.
func TestPlainYAMLOfRandomPieces(t *testing.T) {
	pieces := []string{"a", "key", "b_c", "-", "- ", "  - ", "    ", " ", "  ", ":", ": ", "\n", "\n\n", "#", " # c", "# c\n", "[", "]", "[a, b]", ", ", ",", "\"", "'", "''", "\\\"",
		"\"x y\"", "'x: y'", "12", "0", "007", "1.5", "1e3", "0x1f", "2023-05-04", "2023-05-04 10:00", "10:30", "true", "false", "null", "yes", "~", "ميناء", "港口", "é", "\u00a0", "\u3000",
		"{", "}", "*", "&", "!", "|", ">", "%", "@", "`", "?", "<<", "--", "...", "x/y", "a.b", "it's", "_", "=", "+1", "-1", ".5", "\t", "\f", "\u2003", "a: b\n", "tags:\n  - x\n", "m:\n  k: v\n", "k: \"v\"\n"}
	random := rand.New(rand.NewPCG(1, 2))
	rounds, fast := 200_000, 0
	if testing.Short() {
		rounds = 5_000
	}
	for range rounds {
		var b strings.Builder
		for range 1 + random.IntN(12) {
			b.WriteString(pieces[random.IntN(len(pieces))])
		}
		if samePlain(t, []byte(b.String())) {
			fast++
		}
	}
	t.Logf("%d of %d without the library", fast, rounds)
}
