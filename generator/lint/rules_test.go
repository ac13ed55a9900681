package lint

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"mihbara/generator/diag"
)

// An example of testdata/rules.txt: a piece of HTML that breaks or keeps a rule.
type example struct {
	rule, name string
	breaks     bool
	page       string
	line       int // of the file
}

// whole puts a piece into a page of that language.
func whole(body, language string) string {
	dir := "ltr"
	if slices.Contains([]string{"ar", "fa", "he", "ur", "ckb"}, language) {
		dir = "rtl"
	}
	return `<!doctype html><html lang="` + language + `" dir="` + dir + `"><head><meta charset="utf-8"></head><body>` + body + "</body></html>\n"
}

// controls writes <U+202E> as the character itself, which nobody could see.
func controls(s string) string {
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(s, "<U+")
		b.WriteString(before)
		if !ok {
			return b.String()
		}
		code, after, _ := strings.Cut(rest, ">")
		r := rune(0)
		for _, c := range code {
			r = r<<4 | rune(strings.IndexRune("0123456789ABCDEF", c))
		}
		b.WriteRune(r)
		s = after
	}
}

func examples(t *testing.T) []example {
	data, err := os.ReadFile("testdata/rules.txt")
	if err != nil {
		t.Fatal(err)
	}
	var list []example
	rule, n := "", 0
	for line := range strings.Lines(string(data)) {
		n++
		if id, ok := strings.CutPrefix(line, "=== "); ok {
			rule = strings.TrimSpace(id)
			continue
		}
		if head, ok := strings.CutPrefix(line, "--- "); ok {
			verb, name, _ := strings.Cut(strings.TrimSpace(head), " ")
			if verb != "breaks" && verb != "keeps" {
				t.Fatalf("line %d: %q", n, line)
			}
			list = append(list, example{rule, name, verb == "breaks", "", n})
			continue
		}
		if len(list) > 0 {
			list[len(list)-1].page += line
		}
	}
	for i := range list {
		e := &list[i]
		e.page = controls(e.page)
		if name, language, ok := strings.Cut(strings.TrimSuffix(e.name, "]"), " ["); ok {
			e.name, e.page = name, whole(strings.TrimSpace(e.page), language)
		}
	}
	return list
}

// TestRules holds each rule against pages that break it, which it alone must
// find, and pages that keep it, in which no rule may find anything.
func TestRules(t *testing.T) {
	broken, kept := map[string]int{}, map[string]int{}
	for _, e := range examples(t) {
		t.Run(e.rule+"/"+e.name, func(t *testing.T) {
			var found []string
			name := "x.html"
			if strings.HasPrefix(e.page, "<?xml") {
				name = "x.xml"
			}
			for _, f := range Page(name, []byte(e.page)) {
				found = append(found, f.String())
				if e.breaks && f.Rule != e.rule {
					t.Errorf("rules.txt:%d: %s", e.line, f)
				}
			}
			switch {
			case e.breaks && len(found) == 0:
				t.Errorf("rules.txt:%d: nothing is found in\n%s", e.line, e.page)
			case !e.breaks && len(found) > 0:
				t.Errorf("rules.txt:%d: found\n%s", e.line, strings.Join(found, "\n"))
			}
		})
		if e.breaks {
			broken[e.rule]++
		} else {
			kept[e.rule]++
		}
	}
	seen := map[string]bool{}
	for _, r := range Rules() {
		if broken[r.ID] == 0 || kept[r.ID] == 0 {
			t.Errorf("%s has %d examples that break and %d that keep it", r.ID, broken[r.ID], kept[r.ID])
		}
		if seen[r.ID] || r.Asks == "" || strings.HasSuffix(r.Asks, ".") || r.Severity == diag.Note {
			t.Errorf("%s: twice, or what it asks: %q", r.ID, r.Asks)
		}
		seen[r.ID] = true
	}
	t.Logf("%d rules, %d examples", len(seen), len(examples(t)))
}

// gate are the items of RTL.md that must hold of every page.
const gate = "D1 D2 D3 D4 D5 D6 D7 D8 D9 D10 B1 B2 B4 B5 B6 B7 B8 B10 N1 N2 N3 N4 N6 N7 N8 N9 N10 N12 T1 T2 T3 T4 T6 T7 H1 H2 H3 H4 H6 " +
	"L1 L2 L5 L6 L7 L8 Y1 Y2 Y3 Y4 Y7 Y8 Y13 Y14 O1 Z1 Z2 Z3 Z4 Z5 Z7 Z11 Z12 Z15 Z16 Z17"

func TestEveryItemOfTheGateIsARule(t *testing.T) {
	have := map[string]bool{}
	for _, r := range Rules() {
		have[r.ID] = true
	}
	ids := strings.Fields(gate)
	for _, id := range ids {
		if !have[id] {
			t.Errorf("%s is not checked", id)
		}
	}
	if len(ids) != 65 {
		t.Errorf("the gate has %d items", len(ids))
	}
}

func TestFindingsSayWhere(t *testing.T) {
	fsys := fstest.MapFS{
		"a/index.html":     {Data: []byte("<!doctype html>\n<html lang=\"ar\" dir=\"rtl\"><head><meta charset=\"utf-8\"></head>\n<body>\n<p>يوم 2017-08-28</p></body></html>")},
		"a/.hidden/b.html": {Data: []byte("<html>")},
		"a/c.txt":          {Data: []byte("<html>")},
		"b.css":            {Data: []byte("/* float: left */\n.a { margin: 0;\n  margin-left: 1em }\n")},
		"d.html":           {Data: []byte("<html lang=\"en\"><head><meta charset=\"utf-8\"></head></html>")},
	}
	list, pages, err := Folder(fsys)
	if err != nil || pages != 2 || len(list) != 3 {
		t.Fatal(list, pages, err)
	}
	for i, want := range []string{
		"a/index.html:4:8: N9: the date 2017-08-28 is shown as \u202d28-08-2017\u202c — put it in <bdi dir=\"ltr\">",
		"b.css:3:3: warning: L1: the style margin-left: 1em stays on its side when the page turns — write margin-inline-start",
		"d.html:1:1: D1: the html element has no direction — write dir=\"ltr\" or dir=\"rtl\"",
	} {
		if list[i].String() != want {
			t.Errorf("got  %s\nwant %s", list[i], want)
		}
	}
	if list, _, _ := Folder(fsys, "N9", "D1", "L1"); len(list) != 0 {
		t.Errorf("skipped rules find %v", list)
	}
}

// TestASheetIsHeldToThePagesThatItServes: what is right for Latin text tears
// Arabic apart, unless the sheet thinks of it.
func TestASheetIsHeldToThePagesThatItServes(t *testing.T) {
	const sheet = "body { line-height: 1.5; text-align: justify }\nh1 { letter-spacing: .05em; line-height: 1.2 }\nblockquote { font-style: italic }\n.code { letter-spacing: 1px }\n"
	for _, c := range []struct{ name, page, sheet, want string }{
		{"a site in English", whole("<p>Text</p>", "en"), sheet, ""},
		{"a site in Arabic", whole("<p>نص</p>", "ar"), sheet, "1 Y7, 2 Y1, 2 Y4, 3 Y2"},
		{"a site in Urdu", whole("<p>متن</p>", "ur"), sheet, "1 Y4, 1 Y7, 2 Y1, 2 Y4, 3 Y2"},
		{"a site in Hebrew", whole("<p>טקסט</p>", "he"), sheet, "1 Y7, 3 Y2"},
		{"a sheet that thinks of it", whole("<p>نص</p>", "ar"), sheet + ":lang(ar) { letter-spacing: 0; line-height: 1.8 }\n:dir(rtl) { font-style: normal; text-align: start }", ""},
		{"values that others set", whole("<p>نص</p>", "ar"), "h1 { letter-spacing: var(--wide); letter-spacing: 0; line-height: var(--tight) }", ""},
	} {
		list, _, err := Folder(fstest.MapFS{"a.html": {Data: []byte(c.page)}, "a-style/s.css": {Data: []byte(c.sheet)}})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, f := range list {
			got = append(got, fmt.Sprint(f.Pos.Line, " ", f.Rule))
		}
		if s := strings.Join(got, ", "); s != c.want {
			t.Errorf("%s: %s, want %s\n%v", c.name, s, c.want, list)
		}
	}
}

func TestAFaultOfATemplateIsNotToldForEachLine(t *testing.T) {
	list := Page("x.html", []byte(whole(strings.Repeat("<li>يوم 2017-08-28</li>", 40), "ar")))
	if len(list) != most || !strings.Contains(list[most-1].Message, "and 35 more") {
		t.Errorf("%d findings, the last %v", len(list), list[len(list)-1])
	}
}

func FuzzPage(f *testing.F) {
	for _, s := range []string{
		whole("<ul><li>a<li><p>ب<bdi>c</bdi><table><td align=left>1", "ar"), "<html><body dir=rtl><p dir=auto>\u2067\xff<br>-5 C++ \u202e", "<a href='%zz'><b><i></b><pre>",
		strings.Repeat("<div>", 2000) + "x", "<bdo><svg/><title>\u2068", "<style>a{float:left}", "<p><!-- x", "<?xml?><feed><entry xml:lang=ar><title>x</title><content>ا</feed>", "<rss><item><description><![CDATA[ا]]></rss>", "\ufeff<html lang=_>",
		"<style>a{b:c;{d}:lang(ur){quotes:'\\;line-height:1}}[dir=rtl] svg{scale:-1", `<script type="application/ld+json">[{"@type":"Article","inLanguage":1,"headline":"\u2067"}]</script>`,
		whole("<time>28 August 2024</time><p>3 مقال</p><a>أ</a> و <a>ب</a> ٢٥% <a rel=next><i class=arrow-right></i></a><a rel=prev>", "ar"),
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, name := range []string{"x.html", "x.css", "x.xml"} {
			for _, d := range Page(name, []byte(s)) {
				if d.Pos.Line < 1 || d.Pos.Line > strings.Count(s, "\n")+1 || d.Message == "" {
					t.Errorf("%v", d)
				}
			}
		}
	})
}
