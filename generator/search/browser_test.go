package search

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"mihbara/generator/lang"
	"mihbara/generator/page"
)

// inNode runs the script as a browser would, with a program behind it that reads
// the variable input and gives back a value.
func inNode[T any](t *testing.T, program string, input any) (out T) {
	t.Helper()
	node, err := exec.LookPath("node")
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("CI must have Node")
		}
		t.Skip("no Node on this machine")
	}
	dir := t.TempDir()
	data, err := json.Marshal(input)
	if err != nil {
		t.Fatal(err)
	}
	write := func(name string, data []byte) {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	write("find.mjs", script())
	write("input.json", data)
	write("run.mjs", []byte(`import * as search from "./find.mjs"; import fs from "node:fs";
		const {light, loose, shards, find} = search;
		const input = JSON.parse(fs.readFileSync("input.json", "utf8"));
		process.stdout.write(JSON.stringify((() => {`+program+`})()));`))
	c := exec.CommandContext(t.Context(), node, "run.mjs")
	c.Dir = dir
	var problems bytes.Buffer
	c.Stderr = &problems
	said, err := c.Output()
	if err != nil {
		t.Fatalf("%v: %s", err, problems.String())
	}
	if err := json.Unmarshal(said, &out); err != nil {
		t.Fatal(err)
	}
	return out
}

// TestKeysOfTheBrowserAreOurs compares the keys of every character, by itself and
// beside what it can depend on, and those of running text.
func TestKeysOfTheBrowserAreOurs(t *testing.T) {
	var texts []string
	for r := range rune(unicode.MaxRune + 1) {
		if utf8.ValidRune(r) && unicode.IsPrint(r) || unicode.In(r, unicode.Cf, unicode.Mn) {
			c := string(r)
			texts = append(texts, c, "א"+c+"'x.", "a"+c+".’ש"+c+`"`)
		}
	}
	texts = append(texts, "مُحَمَّـــد", "الأسد، إلى القدس", "على علي", "خامنه‌ای", "صه\"ל צה״ל", "ג'ורג' ז׳בוטינסקי", "U.S.A. O’Neill d'Estaing",
		"ﻻ ﷲ ﷺ", "José Ångström ẾỆ ΆΈ Ёлка й", "۱۲٣4", "هٔ ۀ ة ہ ھ ە", "\u202eabc\u202c", "e\u0301\u0323")
	type keys struct{ Light, Loose [2][]string }
	got := inNode[keys](t, `const of = (f, arabic) => input.map(s => f(s, arabic));
		const both = (s, arabic) => loose(light(s, arabic));
		return {Light: [of(light, false), of(light, true)], Loose: [of(both, false), of(both, true)]};`, texts)
	wrong := 0
	for n, tag := range []lang.Tag{"fa", "ar"} {
		for i, s := range texts {
			light, loose := lang.Keys(s, tag)
			if l, m := got.Light[n][i], got.Loose[n][i]; l != light || m != loose {
				if wrong++; wrong <= 20 {
					t.Errorf("%s %+q: the browser has %+q, %+q; we have %+q, %+q", tag, s, l, m, light, loose)
				}
			}
		}
	}
	t.Logf("%d texts, each in two languages, %d of them with other keys", len(texts), wrong)
}

// TestWhatIsTypedFindsTheName looks for names among others, as a page does.
func TestWhatIsTypedFindsTheName(t *testing.T) {
	names := map[lang.Tag][]string{
		"ar": {"بشار الأسد", "أسامة بن لادن", "أنطونيو غوتيريش", "الأمم المتحدة", "لبنان", "الهام علييف"},
		"fa": {"علی خامنه‌ای", "کابل", "ایران", "۸ مارس"},
		"he": {"צה״ל", "ג׳ורג׳ בוש", "ירושלים"},
		"en": {"António Guterres", "Bashar al-Assad", "Valéry Giscard d’Estaing", "U.N. Security Council", "Recep Tayyip Erdoğan", "Jean-Yves Le Drian"},
		"zh": {"安东尼奥·古特雷斯", "中国"},
		"tr": {"İstanbul", "Iğdır"},
	}
	tests := []struct {
		language     lang.Tag
		query, first string // "": nothing is found
	}{
		{"ar", "اسد", "بشار الأسد"},
		{"ar", "الاسد", "بشار الأسد"},
		{"ar", "الأَسَـــد", "بشار الأسد"},
		{"ar", "الاسد بشار", "بشار الأسد"},
		{"ar", "اسا", "أسامة بن لادن"},
		{"ar", "امم", "الأمم المتحدة"},
		{"ar", "متحده", "الأمم المتحدة"},
		{"ar", "الهام", "الهام علييف"},
		{"ar", "سد", ""},
		{"fa", "خامنه ای", "علی خامنه‌ای"},
		{"fa", "خامنهای", "علی خامنه‌ای"},
		{"fa", "علي", "علی خامنه‌ای"},
		{"fa", "كابل", "کابل"},
		{"fa", "8 مارس", "۸ مارس"},
		{"he", `צה"ל`, "צה״ל"},
		{"he", "צהל", "צה״ל"},
		{"he", "גורג", "ג׳ורג׳ בוש"},
		{"en", "guterres", "António Guterres"},
		{"en", "ANTONIO GUT", "António Guterres"},
		{"en", "assad", "Bashar al-Assad"},
		{"en", "al assad", "Bashar al-Assad"},
		{"en", "al-assad", "Bashar al-Assad"},
		{"en", "alassad", "Bashar al-Assad"},
		{"en", "estaing", "Valéry Giscard d’Estaing"},
		{"en", "d'estaing", "Valéry Giscard d’Estaing"},
		{"en", "un", "U.N. Security Council"},
		{"en", "U.N.", "U.N. Security Council"},
		{"en", "erdogan", "Recep Tayyip Erdoğan"},
		{"en", "jean yves", "Jean-Yves Le Drian"},
		{"en", "drian jean", "Jean-Yves Le Drian"},
		{"en", "uterres", ""},
		{"en", "  ", ""},
		{"en", "(", ""},
		{"zh", "古特", "安东尼奥·古特雷斯"},
		{"zh", "中", "中国"},
		{"tr", "istanbul", "İstanbul"},
		{"tr", "iğdır", "Iğdır"},
		{"tr", "IGDIR", "Iğdır"},
	}
	files := map[lang.Tag]map[string]string{} // language → shard → JSON
	for tag, list := range names {
		files[tag] = map[string]string{}
		shards := map[string][]page.Findable{}
		for _, name := range list {
			for _, b := range Beginnings(tag, name) {
				shards[shardName(b)] = append(shards[shardName(b)], page.Findable{URL: "/" + name + "/", Name: page.TextIn(name, tag)})
			}
		}
		for file, found := range shards {
			files[tag][file] = string(appendShard(nil, tag, found))
		}
	}
	var queries []map[string]string
	for _, tt := range tests {
		queries = append(queries, map[string]string{"language": string(tt.language), "query": tt.query})
	}
	// Once with shards of one letter and once with those of two.
	for _, long := range []bool{false, true} {
		got := inNode[[][]string](t, `return input.queries.map(({language, query}) => {
			const files = input.files[language], arabic = language === "ar";
			const there = new Set(Object.keys(files).filter(name => name.includes("-") === input.long));
			const entries = shards(query, arabic, there).flatMap(name => JSON.parse(files[name]));
			return find(entries, query, arabic).map(f => f.name);
		});`, map[string]any{"queries": queries, "files": files, "long": long})
		for i, tt := range tests {
			first := ""
			if len(got[i]) > 0 {
				first = got[i][0]
			}
			if tt.first != first && !(long && utf8.RuneCountInString(strings.TrimSpace(tt.query)) < 2) {
				t.Errorf("%s %q, shards of two letters %v: finds %q, want %q first", tt.language, tt.query, long, got[i], tt.first)
			}
		}
	}
}

// TestTheBestIsFirst: what is called exactly so, then what begins so, then words
// within, then careless spellings, then other names.
func TestTheBestIsFirst(t *testing.T) {
	entries := [][]any{
		{"/1/", "منظمة على", ""},
		{"/2/", "محمد علي", ""},
		{"/3/", "علي", ""},
		{"/4/", "علي خامنئي", ""},
		{"/5/", "كلاي", "", "محمد علي كلاي"},
		{"/4/", "علي خامنئي", ""},
	}
	type found struct{ URL, Form string }
	got := inNode[[]found](t, `return find(input, "علي", true).map(f => ({URL: f.url, Form: f.form ?? ""}));`, entries)
	want := []found{{"/3/", ""}, {"/4/", ""}, {"/2/", ""}, {"/1/", ""}, {"/5/", "محمد علي كلاي"}}
	if len(got) != len(want) {
		t.Fatalf("%v, want %v", got, want)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("place %d: %v, want %v", i+1, got[i], want[i])
		}
	}
}
