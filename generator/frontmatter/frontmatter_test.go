package frontmatter

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"mihbara/generator/diag"
)

// text writes fields in a line, with kinds that matter, for tables.
func text(fields []Field) string {
	var b strings.Builder
	for i, f := range fields {
		if i > 0 {
			b.WriteString("; ")
		}
		fmt.Fprintf(&b, "%s=%s", f.Key, show(f.Value))
	}
	return b.String()
}

func show(v Value) string {
	switch v.Kind {
	case Null:
		return "~"
	case List:
		items := make([]string, len(v.List))
		for i, item := range v.List {
			items[i] = show(item)
		}
		return "[" + strings.Join(items, ",") + "]"
	case Map:
		return "{" + text(v.Map) + "}"
	case Int:
		return fmt.Sprintf("%d", v.Int)
	case Float:
		return fmt.Sprintf("%gf", v.Float)
	case Bool:
		return fmt.Sprintf("%t", v.Bool)
	case Time:
		return "@" + v.Text
	}
	return v.Text
}

func lines(diags []diag.Diagnostic) string {
	var b strings.Builder
	for _, d := range diags {
		b.WriteString(d.String() + "\n")
	}
	return b.String()
}

func TestSplit(t *testing.T) {
	tests := []struct {
		name, in     string
		format       Format
		fields, body string
		diags        string // a part of the diagnostics, "" for none
	}{
		{"no front matter is all body", "Hello\n", "", "", "Hello\n", ""},
		{"an empty file is an empty body", "", "", "", "", ""},
		{"YAML between two lines of hyphens", "---\ntitle: نص\ndate: 2023-05-01\n---\nBody\n", YAML, "title=نص; date=2023-05-01", "Body\n", ""},
		{"a byte order mark does not count", "\ufeff---\ntitle: a\n---\nb", YAML, "title=a", "b", ""},
		{"a byte order mark is not part of a body without keys", "\ufeffb", "", "", "b", ""},
		{"line ends of Windows stay in the body", "---\r\ntitle: a\r\ntags:\r\n  - x\r\n---\r\nb\r\n", YAML, "title=a; tags=[x]", "b\r\n", ""},
		{"blank lines may come before", "\n\n---\ntitle: a\n---\nb", YAML, "title=a", "b", ""},
		{"a space may follow the hyphens", "--- \ntitle: a\n---  \nb", YAML, "title=a", "b", ""},
		{"dots may close", "---\ntitle: a\n...\nb", YAML, "title=a", "b", ""},
		{"the block may end the file", "---\ntitle: a\n---", YAML, "title=a", "", ""},
		{"an empty block has no keys", "---\n---\nb", YAML, "", "b", ""},
		{"an empty TOML block has no keys", "+++\n+++\nb", TOML, "", "b", ""},
		{"a rule in the body is no end", "---\ntitle: a\n---\nb\n---\nc", YAML, "title=a", "b\n---\nc", ""},
		{"of a key given twice the last counts", "---\ntitle: a\nlang: ja\ntitle: b\n---\n", YAML, "lang=ja; title=b", "",
			"x.md:4:1: warning: key \"title\" is given twice; this value counts — delete the first one, at x.md:2:1"},
		{"comments and empty values", "---\n# c\ntitle: a # d\ntranslator:\n---\n", YAML, "title=a; translator=~", "", ""},
		{"numbers keep their text", "---\nslug: 124062\nw: 1.5\nz: 007\ntoc: \"true\"\ndraft: true\n---\n", YAML, "slug=124062; w=1.5f; z=7; toc=true; draft=true", "", ""},
		{"folded and literal text", "---\nsummary: >\n  a\n  b\nx: |\n  c\n  d\n---\n", YAML, "summary=a b\n; x=c\nd\n", "", ""},
		{"lists and maps inside", "---\ntags: [dev diaries, crypto]\ntaxonomies: {news: [a]}\nl:\n  - uid: 1\n    t: x\n---\n", YAML, "tags=[dev diaries,crypto]; taxonomies={news=[a]}; l=[{uid=1; t=x}]", "", ""},
		{"anchors, aliases and merged maps", "---\na: &x {p: 1, q: 2}\nb: *x\nc:\n  <<: *x\n  q: 3\n---\n", YAML, "a={p=1; q=2}; b={p=1; q=2}; c={q=3; p=1}", "", ""},
		{"TOML with a table and a date", "+++\ntitle = \"a\"\ndate = 2025-11-17T10:00:00+03:30\n[taxonomies]\ntags = [\"x\", 'y']\n+++\nb", TOML, "title=a; date=@2025-11-17T10:00:00+03:30; taxonomies={tags=[x,y]}", "b", ""},
		{"TOML lists of tables and dotted keys", "+++\na.b = 1\n[[l]]\nx = 1\n[[l]]\nx = 2\nm = {p = [1, 2], q.r = 0x10}\n+++\n", TOML, "a={b=1}; l=[{x=1},{x=2; m={p=[1,2]; q={r=16}}}]", "", ""},
		{"TOML keys given twice", "+++\nt = 1\nt = 2\n+++\n", TOML, "t=2", "", "x.md:3:1: warning"},
		{"a JSON object", "{\n\"title\": \"a\", \"tags\": [\"x\", 1]\n}\nb", JSON, "title=a; tags=[x,1]", "b", ""},
		{"a JSON object ended by semicolons", "{\"title\": \"a\"}\n;;;\nb", JSON, "title=a", "b", ""},
		{"JSON without braces ended by semicolons", "\"title\": \"a\",\n\"n\": 1\n;;;\nb", JSON, "title=a; n=1", "b", ""},
		{"JSON between semicolons", ";;;\n{\"title\": \"a\"}\n;;;\nb", JSON, "title=a", "b", ""},
		{"JSON between hyphens", "---json\n{\"title\": \"a\"}\n---\nb", JSON, "title=a", "b", ""},
		{"TOML between hyphens", "---toml\ntitle = 'a'\n---\nb", TOML, "title=a", "b", ""},
		{"JavaScript is not run", "---js\n{title: 1}\n---\nb", "", "", "b", "x.md:1:1: front matter in JavaScript is not run"},
		{"Liquid is body", "{% include x %}\nb", "", "", "{% include x %}\nb", ""},
		{"a Hugo short code is body", "{{< x >}}\n", "", "", "{{< x >}}\n", ""},
		{"an opening brace in a text is body", "{ what? }\n", "", "", "{ what? }\n", ""},
		{"a quotation at the start is body", "\"No,\" he said.\n", "", "", "\"No,\" he said.\n", ""},
		{"Org headers are body", "#+TITLE: a\n\nb", "", "", "#+TITLE: a\n\nb", ""},
		{"a block that is never closed is body, and named", "---\ntitle: a\n\nb\n", "", "", "---\ntitle: a\n\nb\n", "x.md:1:1: the front matter that begins here with --- is never closed"},
		{"a rule that opens a text is body", "---\n\nSome text here.\n", "", "", "---\n\nSome text here.\n", "x.md:1:1: warning: the file begins with ---, which is never closed"},
		{"prose between rules is body", "---\nDear all\n---\nb", "", "", "---\nDear all\n---\nb", "no key follows"},
		{"a broken key is named and the others kept", "---\nlang: ar\ntitle: a: b\ntags: [x]\n---\nb", YAML, "lang=ar; tags=[x]", "b", "x.md:3:"},
		{"two broken keys are both named", "---\na: x: y\nb: 1\nc: \"open\nd: 2\ne: [1\n---\n", YAML, "", "", "x.md:2:"},
		{"a value that begins with a star", "---\ntitle: *x*\nb: 1\n---\n", YAML, "", "", "x.md:2:8: "},
		{"a broken TOML line is named and the others kept", "+++\na = 1\ntitle = hello\n[t]\nb = 2\n+++\n", TOML, "a=1; t={b=2}", "", "x.md:3:9: cannot read this TOML"},
		{"broken JSON keeps what came before", "{\"a\": 1, \"b\" 2}\nx", JSON, "a=1", "", "x.md:1:"},
		{"broken JSON that never ends", "{\"a\": 1, \"b\": [1,\n", JSON, "a=1; b=[1]", "", "ends too early"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			block, diags := Split("x.md", []byte(tt.in))
			if block.Format != tt.format {
				t.Errorf("format %q, want %q", block.Format, tt.format)
			}
			if got := text(block.Fields); got != tt.fields && !(tt.fields == "" && tt.diags != "") {
				t.Errorf("fields %q, want %q", got, tt.fields)
			}
			if got := tt.in[block.BodyOffset:]; got != tt.body {
				t.Errorf("body %q, want %q", got, tt.body)
			}
			if want := 1 + strings.Count(tt.in[:block.BodyOffset], "\n"); block.BodyLine != want {
				t.Errorf("body line %d, want %d", block.BodyLine, want)
			}
			if got := lines(diags); (got == "") != (tt.diags == "") || !strings.Contains(got, tt.diags) {
				t.Errorf("diagnostics %q, want %q", got, tt.diags)
			}
		})
	}
}

func TestPositionsPointAtKeysAndValues(t *testing.T) {
	inputs := map[string]string{
		"yaml":          "---\n# c\ntitle: عنوان\n\nsummary: >\n  folded\n  text\n\ntags:\n  - first\n  - \"second\"\nmap:\n  inner: v1\n  other: 'v2'\nflow: [p1, p2]\nmulti: \"one\n  two\"\nplain: one\n  two\nlast: z9\n---\n",
		"yaml and CRLF": "---\r\n# c\r\ntitle: عنوان\r\n\r\nsummary: >\r\n  folded\r\n  text\r\n\r\ntags:\r\n  - first\r\n  - \"second\"\r\nmap:\r\n  inner: v1\r\nmulti: \"one\r\n  two\"\r\nplain: one\r\n  two\r\nlast: z9\r\n---\r\n",
		"toml":          "+++\n# c\ntitle = \"عنوان\"\ntags = [\"first\",\n  'second']\n[map]\ninner = \"v1\"\nlast = \"z9\"\n+++\n",
		"json":          "{\n \"title\": \"عنوان\",\n \"tags\" : [\"first\",\n  \"second\"], \"map\": {\"inner\": \"v1\"},\n\"last\":\"z9\"}\n",
	}
	for name, in := range inputs {
		t.Run(name, func(t *testing.T) {
			block, diags := Split("x.md", []byte(in))
			if len(diags) > 0 {
				t.Fatal(lines(diags))
			}
			var walk func(Value)
			check := func(pos diag.Position, want, what string) {
				line := strings.Split(in, "\n")[pos.Line-1]
				rest := string([]rune(line)[min(len([]rune(line)), pos.Column-1):])
				if !strings.HasPrefix(strings.TrimLeft(rest, `"'`), want) {
					t.Errorf("%s %q is said to be at %s, where %q stands", what, want, pos, rest)
				}
			}
			walk = func(v Value) {
				if text, ok := v.Scalar(); ok {
					if f := strings.Fields(text); len(f) == 1 {
						check(v.Pos, f[0], "value")
					}
				}
				for _, item := range v.List {
					walk(item)
				}
				for _, f := range v.Map {
					check(f.KeyPos, f.Key, "key")
					walk(f.Value)
				}
			}
			walk(Value{Kind: Map, Map: block.Fields})
		})
	}
}

func TestHostileInputEndsInADiagnostic(t *testing.T) {
	bomb := "---\na: &a [x,x,x,x,x,x,x,x,x]\n"
	for c := 'b'; c <= 'j'; c++ {
		bomb += fmt.Sprintf("%c: &%c [%s]\n", c, c, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*%c,", c-1), 9), ","))
	}
	deepBlock := "---\n"
	for i := range 900 {
		deepBlock += strings.Repeat(" ", i) + "a:\n"
	}
	tests := map[string]string{
		"aliases that expand without end": bomb + "---\n",
		"a million brackets":              "---\na: " + strings.Repeat("[", 900_000) + "\n---\n",
		"half a million braces":           "---\na: " + strings.Repeat("{a: ", 200_000) + "\n---\n",
		"many hyphens in a line":          "---\n" + strings.Repeat("- ", 400_000) + "a\n---\n",
		"many question marks in a line":   "---\n" + strings.Repeat("? ", 400_000) + "a\n---\n",
		"many tags in a line":             "---\na: " + strings.Repeat("!a ", 300_000) + "a\n---\n",
		"many anchors in a line":          "---\na: " + strings.Repeat("&a ", 300_000) + "a\n---\n",
		"a deep block":                    deepBlock + "---\n",
		"a block over the limit":          "---\na: " + strings.Repeat("x", 2<<20) + "\n---\n",
		"deep TOML":                       "+++\na = " + strings.Repeat("[", 500_000) + "\n+++\n",
		"deep TOML that is closed":        "+++\na = " + strings.Repeat("[", 5_000) + strings.Repeat("]", 5_000) + "\n+++\n",
		"a long dotted key":               "+++\na" + strings.Repeat(".a", 300_000) + " = 1\n+++\n",
		"deep JSON":                       strings.Repeat("{\"a\":", 100_000),
		"deep JSON lists":                 "{\"a\":" + strings.Repeat("[", 400_000),
		"a recursive alias":               "---\na: &x [*x]\n---\n",
	}
	for name, in := range tests {
		t.Run(name, func(t *testing.T) {
			_, diags := Split("x.md", []byte(in))
			if len(diags) == 0 || diags[0].Severity != diag.Error {
				t.Errorf("no error: %s", lines(diags))
			}
			if len(diags) > 300 {
				t.Errorf("%d diagnostics", len(diags))
			}
		})
	}
}

func TestManyKeysAreReadInTime(t *testing.T) {
	var b strings.Builder
	b.WriteString("---\n")
	for i := range 20_000 {
		fmt.Fprintf(&b, "key%d: value number %d\n", i, i)
	}
	b.WriteString("---\n")
	block, diags := Split("x.md", []byte(b.String()))
	if len(block.Fields) != 20_000 || len(diags) > 0 {
		t.Errorf("%d fields, %s", len(block.Fields), lines(diags))
	}
}

func TestDecode(t *testing.T) {
	arabic := "قال الوزير إن المدينة في حاجة إلى ميناء جديد، وأضاف أن العمل بدأ من الشهر الماضي."
	persian := "وزیر گفت که این شهر به بندر تازه نیاز دارد و کار از ماه گذشته آغاز شد."
	hebrew := "השר אמר כי העיר זקוקה לנמל חדש, וגם הוסיף שהעבודה החלה על החוף של העיר."
	french := "Le ministre a déclaré que la ville était prête; le port rouvrira après l'été."
	russian := "Министр сказал, что город готов и что порт откроется в мае."
	enc := func(c *charmap.Charmap, s string) []byte {
		b, err := c.NewEncoder().Bytes([]byte(s))
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	utf16 := func(e unicode.Endianness, p unicode.BOMPolicy, s string) []byte {
		b, err := unicode.UTF16(e, p).NewEncoder().Bytes([]byte(s))
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	tests := []struct {
		name string
		in   []byte
		want string
		note string
	}{
		{"UTF-8 stays", []byte(arabic), arabic, ""},
		{"a byte order mark goes without a word", []byte(bom + arabic), arabic, ""},
		{"UTF-16 with a mark, little end first", utf16(unicode.LittleEndian, unicode.UseBOM, arabic+"\r\nx"), arabic + "\r\nx", "UTF-16"},
		{"UTF-16 with a mark, big end first", utf16(unicode.BigEndian, unicode.UseBOM, arabic), arabic, "UTF-16"},
		{"UTF-16 without a mark", utf16(unicode.LittleEndian, unicode.IgnoreBOM, "---\ntitle: a\n---\n"), "---\ntitle: a\n---\n", "UTF-16"},
		{"Arabic of Windows", enc(charmap.Windows1256, arabic), arabic, "Windows-1256"},
		{"Arabic of Windows under keys in Latin letters", enc(charmap.Windows1256, "---\ntitle: a\n---\n"+arabic), "---\ntitle: a\n---\n" + arabic, "Windows-1256"},
		{"Hebrew of Windows", enc(charmap.Windows1255, hebrew), hebrew, "Windows-1255"},
		{"one Hebrew word of Windows", enc(charmap.Windows1255, "שלום"), "שלום", "Windows-1255"},
		{"one Arabic word of Windows", enc(charmap.Windows1256, "السلام"), "السلام", "Windows-1256"},
		{"French of Windows", enc(charmap.Windows1252, french), french, "Windows-1252"},
		{"Russian of Windows", enc(charmap.Windows1251, russian), russian, "Windows-1251"},
		{"UTF-8 with one broken byte stays UTF-8", []byte(persian[:20] + "\xff" + persian[20:]), persian[:20] + "\ufffd" + persian[20:], "not valid UTF-8"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, note := Decode("x.txt", tt.in)
			if string(got) != tt.want || !strings.Contains(note, tt.note) || (note == "") != (tt.note == "") {
				t.Errorf("got %q (%s), want %q (%s)", got, note, tt.want, tt.note)
			}
		})
	}
}

// shared finds the folder of real input beside the repository.
func shared(t testing.TB) string {
	dir, _ := os.Getwd()
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			break
		}
		if filepath.Dir(dir) == dir {
			t.Skip("no go.mod above the test")
		}
		dir = filepath.Dir(dir)
	}
	dir = filepath.Join(dir, "..", "shared")
	if _, err := os.Stat(dir); err != nil {
		t.Skip("the folder of real input is not beside the repository")
	}
	return dir
}

func TestRealFilesAreRead(t *testing.T) {
	files, _ := filepath.Glob(filepath.Join(shared(t), "corpus", "sites", "*", "content"))
	formats, count, severe := map[Format]int{}, 0, 0
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
			block, diags := Split(filepath.Base(path), data)
			count++
			formats[block.Format]++
			for _, d := range diags {
				if d.Severity == diag.Error {
					severe++
					t.Errorf("%s", d)
				} else {
					t.Log(d)
				}
			}
			return nil
		})
	}
	t.Logf("%d files, formats %v, %d errors", count, formats, severe)
}

func ExampleSplit() {
	block, diags := Split("content/ar/port.md", []byte("---\ntitle: ميناء بيروت\ntitel: x\n---\nالنص\n"))
	for _, f := range block.Fields {
		fmt.Println(f.KeyPos, f.Key, f.Value.Text)
	}
	fmt.Println(block.Format, block.BodyLine, len(diags))
	// Output:
	// content/ar/port.md:2:1 title ميناء بيروت
	// content/ar/port.md:3:1 titel x
	// yaml 5 0
}

// checkPlaces fails on a position outside the file.
func checkPlaces(t *testing.T, data []byte, fields []Field, diags []diag.Diagnostic) {
	rows := strings.Split(string(data), "\n")
	check := func(p diag.Position) {
		if p.Line < 1 || p.Line > len(rows) || p.Column < 1 || p.Column > 1+utf8.RuneCountInString(rows[p.Line-1]) {
			t.Fatalf("position %v outside of %q", p, data)
		}
	}
	var walk func([]Field)
	var value func(Value)
	value = func(v Value) {
		check(v.Pos)
		for _, item := range v.List {
			value(item)
		}
		walk(v.Map)
	}
	walk = func(fields []Field) {
		for _, f := range fields {
			check(f.KeyPos)
			value(f.Value)
		}
	}
	walk(fields)
	for _, d := range diags {
		check(d.Pos)
	}
}

// TestValid holds that valid is utf8.Valid, at every distance from the borders of
// the eight bytes that it looks at at once.
func TestValid(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	pieces := []string{"a", " ", "é", "ب", "ש", "߿", "\u0800", "’", "€", "\uffff", "\ufffd", "😀",
		"\x80", "\xbf", "\xc0", "\xc1\x80", "\xc2", "\xdf", "\xe0\x80\x80", "\xe2\x80", "\xed\xa0\x80", "\xf0", "\xf4\x90\x80\x80", "\xff"}
	for range 200_000 {
		var b []byte
		few := 12 // the sound ones
		if r.IntN(2) == 0 {
			few = len(pieces)
		}
		for range r.IntN(30) {
			p := pieces[r.IntN(few)]
			if r.IntN(4) > 0 {
				p = pieces[r.IntN(5)]
			}
			b = append(b, p...)
		}
		if valid(b) != utf8.Valid(b) {
			t.Fatalf("%q: valid says %v", b, valid(b))
		}
	}
}

func FuzzSplit(f *testing.F) {
	for _, s := range []string{"---\ntitle: a\ntags: [x, y]\n---\nb", "+++\na = [1, {b = 2}]\n[[t]]\nx=2020-01-01\n+++\n", "{\"a\": [1, {\"b\": null}]}\nx",
		"\"a\": 1\n;;;\n", "---\na: &x {p: 1}\nb: *x\nc:\n  <<: *x\n---\n", "---\na: x: y\nb: |\n  x\n---\n", "\ufeff\n--- \r\na: >\r\n x\r\n---\r\n"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if valid(data) != utf8.Valid(data) {
			t.Errorf("%q: valid says %v", data, valid(data))
		}
		data, _ = Decode("x", data)
		block, diags := Split("x.md", data)
		if block.BodyOffset < 0 || block.BodyOffset > len(data) || block.BodyOffset < len(data) && !utf8.RuneStart(data[block.BodyOffset]) {
			t.Fatalf("body at %d of %d", block.BodyOffset, len(data))
		}
		if want := 1 + strings.Count(string(data[:block.BodyOffset]), "\n"); block.BodyLine != want {
			t.Fatalf("body line %d, want %d", block.BodyLine, want)
		}
		checkPlaces(t, data, block.Fields, diags)
	})
}

func FuzzParseFile(f *testing.F) {
	f.Add("x.toml", []byte("[a]\nb = 1\n"))
	f.Add("x.yaml", []byte("a:\n  - b: 1\n"))
	f.Add("x.json", []byte("{\"a\": 1}"))
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		data, _ = Decode("x", data)
		block, diags := ParseFile(name, data)
		checkPlaces(t, data, block.Fields, diags)
	})
}

const typical = `---
slug: port-of-beirut-reopens
date: 2023-05-04 10:02:00 +0300
title: 'The port of Beirut reopens a third quay'
summary: 'The first ships are expected on Monday, the harbour master says'
authors:
  - layla-haddad
topics:
  - economy
  - lebanon
draft: false
---
`

func BenchmarkSplitTypicalArticle(b *testing.B) {
	data := []byte(typical + strings.Repeat("Some words of a body.\n", 100))
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		Split("x.md", data)
	}
}

func BenchmarkDecodeUTF8(b *testing.B) {
	data := []byte(strings.Repeat("ميناء بيروت يعود إلى العمل. ", 200))
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		Decode("x.md", data)
	}
}
