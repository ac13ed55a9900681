package markdown

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/net/html"

	"mihbara/generator/diag"
)

// check asserts what is true of every document: runs stand where they say, in
// text and HTML; destinations too; tags are balanced; no control character that
// could turn the page around got through; diagnostics lie in the file.
func check(t *testing.T, src []byte, d Document, diags []diag.Diagnostic, trusted bool) {
	t.Helper()
	checkRuns(t, d)
	checkRefs(t, d)
	if !trusted {
		checkTags(t, d.HTML)
		checkControls(t, d.HTML)
	}
	lines := 1 + strings.Count(strings.ReplaceAll(string(src), "\r", "\n"), "\n")
	for _, x := range diags {
		if x.Pos.Line < 1 || x.Pos.Line > lines || x.Pos.Column < 1 {
			t.Errorf("diagnostic outside the file of %d lines: %v", lines, x)
		}
	}
	seen := map[string]bool{}
	for _, h := range d.Headings {
		if h.ID == "" || seen[h.ID] {
			t.Errorf("heading %q has the id %q, empty or taken", h.Text, h.ID)
		}
		seen[h.ID] = true
	}
}

func checkRuns(t *testing.T, d Document) {
	t.Helper()
	text, at := 0, 0
	for _, r := range d.Runs {
		if r.Text < text || r.HTML < at || r.TextEnd <= r.Text || r.HTMLEnd <= r.HTML || r.TextEnd > len(d.Text) || r.HTMLEnd > len(d.HTML) {
			t.Fatalf("run %+v is empty, out of order or outside", r)
		}
		text, at = r.TextEnd, r.HTMLEnd
		shown, plain := d.HTML[r.HTML:r.HTMLEnd], d.Text[r.Text:r.TextEnd]
		if html.UnescapeString(shown) != plain {
			t.Errorf("run %+v shows %q, its text is %q", r, shown, plain)
		}
		if strings.ContainsAny(shown, "<>") {
			t.Errorf("run %+v holds markup: %q", r, shown)
		}
		if !utf8.ValidString(plain) || !utf8.ValidString(shown) {
			t.Errorf("run %+v cuts a character", r)
		}
	}
	if !utf8.ValidString(d.HTML) || !utf8.ValidString(d.Text) {
		t.Error("output is not UTF-8")
	}
	marked := d.Apply(insertions(d), nil)
	if got := strings.NewReplacer("⟦", "", "⟧", "").Replace(marked); got != strings.NewReplacer("⟦", "", "⟧", "").Replace(d.HTML) {
		t.Errorf("insertions changed the HTML:\n%s", got)
	}
}

// insertions brackets a span in the middle of every run.
func insertions(d Document) []Insertion {
	var list []Insertion
	for _, r := range d.Runs {
		start, end := r.Text, r.TextEnd
		if _, size := utf8.DecodeRuneInString(d.Text[start:end]); start+size < end {
			start += size
		}
		list = append(list, Insertion{start, end, "⟦", "⟧"})
	}
	slices.Reverse(list)
	return list
}

func checkRefs(t *testing.T, d Document) {
	t.Helper()
	at := 0
	for _, r := range d.Refs {
		if r.HTML < at || r.HTMLEnd > len(d.HTML) || r.HTMLEnd <= r.HTML {
			t.Fatalf("reference %+v is out of order or outside", r)
		}
		at = r.HTMLEnd
		s := d.HTML[r.HTML:r.HTMLEnd]
		if name := map[RefKind]string{Link: ` href="`, Image: ` src="`}[r.Kind]; !strings.HasPrefix(s, name) || !strings.HasSuffix(s, `"`) || strings.Count(s, `"`) != 2 {
			t.Errorf("reference to %q stands at %q", r.Dest, s)
		}
	}
}

// checkTags asserts that each element is closed, in order, and that none stands
// where the HTML parser would move it.
func checkTags(t *testing.T, s string) {
	t.Helper()
	z := html.NewTokenizer(strings.NewReader(s))
	var open []string
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			break
		}
		name, _ := z.TagName()
		n := string(name)
		switch {
		case kind == html.StartTagToken && !isVoid(n):
			if slices.Contains(open, "p") && !isPhrasing(n) && n != "input" {
				t.Errorf("<%s> in a paragraph:\n%s", n, s)
			}
			if n == "a" && slices.Contains(open, "a") {
				t.Errorf("a link in a link:\n%s", s)
			}
			open = append(open, n)
		case kind == html.EndTagToken:
			if len(open) == 0 || open[len(open)-1] != n {
				t.Fatalf("</%s> closes %v in\n%s", n, open, s)
			}
			open = open[:len(open)-1]
		}
	}
	if len(open) > 0 {
		t.Errorf("%v left open in\n%s", open, s)
	}
}

// isolatedByUs are attributes that hold words, in which what runs against them is
// isolated by characters.
var isolatedByUs = regexp.MustCompile(` (?:alt|title)="[^"]*"`)

func checkControls(t *testing.T, s string) {
	t.Helper()
	s = isolatedByUs.ReplaceAllStringFunc(s, func(a string) string {
		open := 0
		return strings.Map(func(ch rune) rune {
			switch {
			case ch == 0x2066 || ch == 0x2067:
				open++
				return -1
			case ch == 0x2069 && open > 0:
				open--
				return -1
			}
			return ch
		}, a)
	})
	for _, ch := range s {
		if ch >= 0x202A && ch <= 0x202E || ch >= 0x2066 && ch <= 0x2069 || ch < 0x20 && ch != '\n' && ch != '\t' || ch == 0xFEFF {
			t.Errorf("U+%04X got through:\n%q", ch, s)
			return
		}
	}
}
