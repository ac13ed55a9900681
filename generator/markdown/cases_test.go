package markdown

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"mihbara/generator/diag"
	"mihbara/generator/lang"
)

var update = flag.Bool("update", false, "write what is drawn into testdata/*.txt; read the difference before keeping it")

// A testCase is one pair of testdata/*.txt: a line "=== name [options]", the
// source, "---", the HTML wanted, and where wanted "--- text" with the plain
// text and "--- diagnostics". Options are lang=xx, digits=system, html=mode, headings=n, plain
// (PlainText), typography. Adding a case needs no Go.
type testCase struct {
	name, head string
	options    Options
	plain      bool
	source     string
	wants      []section
}

type section struct{ title, body string }

func TestCases(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no test data", err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		intro, cases := readCases(t, string(data))
		out := intro
		for _, c := range cases {
			t.Run(strings.TrimSuffix(filepath.Base(file), ".txt")+"/"+c.name, func(t *testing.T) {
				got := c.draw(t)
				out += c.head + "\n" + c.source
				for i, want := range c.wants {
					if got[i] != want.body && !*update {
						t.Errorf("%s of\n%s\nis\n%s\nwanted\n%s", want.title, c.source, got[i], want.body)
					}
					out += strings.TrimRight("--- "+want.title, " ") + "\n" + got[i]
				}
			})
		}
		if *update {
			if err := os.WriteFile(file, []byte(out), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func readCases(t testing.TB, data string) (intro string, cases []testCase) {
	parts := strings.Split("\n"+data, "\n=== ")
	intro = strings.TrimPrefix(parts[0], "\n")
	if intro != "" {
		intro += "\n"
	}
	for i, part := range parts[1:] {
		head, body, _ := strings.Cut(part, "\n")
		if i < len(parts)-2 {
			body += "\n"
		}
		c := testCase{head: "=== " + head, name: head}
		if name, options, ok := strings.Cut(head, " ["); ok {
			c.name = name
			for o := range strings.FieldsSeq(strings.TrimSuffix(options, "]")) {
				key, value, _ := strings.Cut(o, "=")
				switch key {
				case "lang":
					c.options.Language = lang.Tag(value)
				case "digits":
					c.options.Digits = value
				case "html":
					c.options.HTML = value
				case "headings":
					fmt.Sscan(value, &c.options.Headings)
				case "typography":
					c.options.Typography = true
				case "plain":
					c.plain = true
				default:
					t.Fatalf("%s: unknown option %q", head, o)
				}
			}
		}
		sections := strings.Split("\n"+body, "\n---")
		c.source = strings.TrimPrefix(sections[0], "\n") + "\n"
		for _, s := range sections[1:] {
			title, rest, _ := strings.Cut(s, "\n")
			if rest != "" && !strings.HasSuffix(rest, "\n") {
				rest += "\n"
			}
			c.wants = append(c.wants, section{strings.TrimSpace(title), rest})
		}
		if len(c.wants) == 0 {
			t.Fatalf("%s: nothing wanted", head)
		}
		cases = append(cases, c)
	}
	return intro, cases
}

// draw gives what each wanted section should hold.
func (c testCase) draw(t *testing.T) []string {
	c.options.Path = "a.md"
	var d Document
	var diags []diag.Diagnostic
	// A backslash-u stands for the character, so that controls can be read here.
	src := []byte(unicodeEscapes(c.source))
	if c.plain {
		d, diags = PlainText(src, c.options)
	} else {
		d, diags = Parse(src, c.options)
	}
	check(t, src, d, diags, c.options.HTML == "trusted")
	var got []string
	for _, want := range c.wants {
		switch want.title {
		case "":
			got = append(got, ensureLine(visible(d.HTML)))
		case "text":
			got = append(got, ensureLine(visible(d.Text)))
		case "runs":
			var b strings.Builder
			for _, r := range d.Runs {
				fmt.Fprintf(&b, "%q %v\n", d.Text[r.Text:r.TextEnd], r.Linkable)
			}
			got = append(got, b.String())
		case "headings":
			var b strings.Builder
			for _, h := range d.Headings {
				fmt.Fprintf(&b, "%d %s %s %v\n", h.Level, h.ID, h.Text, h.Pos)
			}
			got = append(got, b.String())
		case "refs":
			var b strings.Builder
			for _, r := range d.Refs {
				fmt.Fprintf(&b, "%v %s %v\n", r.Kind, r.Dest, r.Pos)
			}
			got = append(got, b.String())
		case "diagnostics":
			var b strings.Builder
			for _, x := range diags {
				b.WriteString(visible(x.String()) + "\n")
			}
			got = append(got, b.String())
		default:
			t.Fatalf("unknown section %q", want.title)
		}
	}
	return got
}

func ensureLine(s string) string {
	if s == "" || strings.HasSuffix(s, "\n") {
		return s
	}
	return s + "\n"
}

// unicodeEscapes replaces <U+XXXX> by the character.
func unicodeEscapes(s string) string {
	for {
		i := strings.Index(s, "<U+")
		if i < 0 {
			return s
		}
		var ch rune
		end := i + strings.IndexByte(s[i:], '>')
		fmt.Sscanf(s[i+3:end], "%X", &ch)
		s = s[:i] + string(ch) + s[end+1:]
	}
}

// visible does the reverse for what cannot be seen.
func visible(s string) string {
	var b strings.Builder
	for _, ch := range s {
		if ch == 0xA0 || ch >= 0x200B && ch <= 0x200F || ch >= 0x2028 && ch <= 0x202F || ch >= 0x2060 && ch <= 0x206F || ch == 0x61C || ch == 0xAD || ch == 0xFEFF {
			fmt.Fprintf(&b, "<U+%04X>", ch)
			continue
		}
		b.WriteRune(ch)
	}
	return b.String()
}
