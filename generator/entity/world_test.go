package entity

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"mihbara/generator/diag"
	"mihbara/generator/lang"
)

func TestWorldIsWellFormed(t *testing.T) {
	list, problems := readWorld()
	for _, p := range problems {
		t.Error(p)
	}
	if n := len(list) + len(Territories()); n < 1500 {
		t.Errorf("%d entities", n)
	}
	count := map[Type]int{}
	for i, e := range list {
		count[e.Type]++
		if i > 0 && list[i-1].ID == e.ID {
			t.Errorf("%s is there twice", e.ID)
		}
		if string(e.ID) != lang.Slug(string(e.ID), lang.SlugASCII) || isCountry(e.ID) {
			t.Errorf("%s is no id", e.ID)
		}
		if e.Labels["en"] == "" && e.Labels["ar"] == "" {
			t.Errorf("%s has no label in English or Arabic", e.ID)
		}
		if e.Notes["en"] == "" {
			t.Errorf("%s has no line about it in English", e.ID)
		}
	}
	t.Logf("%d entities: %v", len(list), count)
}

// TestWorldIsSpeltInItsLanguages finds the other language's ya and kaf, which
// look alike and are not found.
func TestWorldIsSpeltInItsLanguages(t *testing.T) {
	foreign := map[lang.Tag]string{"ar": "یکەۆێڕڵپچگژڤہھےںٹڈڑ", "fa": "يكىةھہےںٹڈڑەۆێ", "ur": "يكىەۆێ", "he": "", "ckb": "يك"}
	for _, e := range World() {
		for tag, letters := range foreign {
			for _, name := range append([]string{e.Labels[tag]}, e.Aliases[tag]...) {
				if strings.ContainsAny(name, letters) && !(tag == "ar" && strings.ContainsAny(name, "ڤ")) {
					t.Errorf("%s: %s has a letter of another language: %s", e.ID, tag, name)
				}
				if tag == "he" && strings.ContainsFunc(name, func(r rune) bool { return r >= 0x600 && r <= 0x6FF }) {
					t.Errorf("%s: he is in Arabic letters: %s", e.ID, name)
				}
			}
		}
	}
}

// TestWorldHasTheSampleSitesIDs holds that what is in both is the same thing
// under the same id, so that the site's file replaces the built-in one.
func TestWorldHasTheSampleSitesIDs(t *testing.T) {
	builtin := map[ID]*Entity{}
	byName := map[string][]ID{}
	for _, e := range World() {
		builtin[e.ID] = e
		for tag, name := range e.Labels {
			byName[string(tag)+" "+name] = append(byName[string(tag)+" "+name], e.ID)
		}
	}
	for _, e := range readEntities(t, filepath.Join("..", "..", "content", "entities")) {
		if b := builtin[e.ID]; b != nil {
			if b.Type != e.Type || b.Wikidata != "" && e.Wikidata != "" && b.Wikidata != e.Wikidata {
				t.Errorf("%s is a %s %s on the site and a %s %s built in", e.ID, e.Type, e.Wikidata, b.Type, b.Wikidata)
			}
			continue
		}
		for tag, name := range e.Labels {
			if other := byName[string(tag)+" "+name]; len(other) > 0 {
				t.Errorf("%s of the site is called %s in %s, as is built-in %s", e.ID, name, tag, other)
			}
		}
	}
}

func TestWorldHasOneEntityForAName(t *testing.T) {
	seen := map[string]*Entity{}
	wikidata := map[string]ID{}
	for _, e := range World() {
		if other, ok := wikidata[e.Wikidata]; ok && e.Wikidata != "" {
			t.Errorf("%s and %s are both %s", e.ID, other, e.Wikidata)
		}
		wikidata[e.Wikidata] = e.ID
		for tag, name := range e.Labels {
			key := string(tag) + " " + lang.Light(name, tag)
			if other := seen[key]; other != nil && !(other.ID+" "+e.ID == "sana sanaa") { // Saná, Сана
				t.Errorf("%s and %s are both called %s in %s", e.ID, other.ID, name, tag)
			}
			seen[key] = e
		}
	}
}

// TestBuiltinPassesTheEditorsCheck holds that no two built-in entities share a
// name and a weight, and that no name is a function word.
func TestBuiltinPassesTheEditorsCheck(t *testing.T) {
	list := Builtin()
	for _, e := range list {
		e.Path = string(e.ID)
	}
	for _, d := range Check(list, nil, func(e *Entity, text string) diag.Position { return diag.Position{File: e.Path} }) {
		if d.Severity > diag.Note && d.Pos.File != "country-tg" { // Того is "that" in Russian, and CLDR's
			t.Error(d)
		}
	}
}

func TestReadWorldSaysWhatIsWrong(t *testing.T) {
	roles, _ := readRoles()
	tests := []struct{ text, want string }{
		{"  en Nobody", `world/x.txt:1:1: a line about nobody: "  en Nobody"`},
		{"@persn\n", `world/x.txt:1:1: "persn" is no type of entity`},
		{"a\n", "world/x.txt:1:1: a has no type: write @person, @organisation, @place or @event above it"},
		{"@place\na Q1x\n", `world/x.txt:2:1: "Q1x" says nothing of an entity`},
		{"@place\na weight=11\n", "world/x.txt:2:1: weight must be a whole number from 0 to 10"},
		{"@place\na\n  xx A\n", `world/x.txt:3:1: "xx" is no language of these files`},
		{"@place\na\n  en A, A\n", `world/x.txt:3:1: a: a name is missing, there twice, or has a space too many: "A, A"`},
		{"@place\na\n  en A\n  fr,en B\n", "world/x.txt:4:1: a: a second line of names in en"},
		{"@place\na\n  is capitol FR\n", "world/x.txt:3:1: a: capitol does not stand in roles.txt"},
		{"@place\na\n  is capital QQ\n", "world/x.txt:3:1: a: QQ is no territory"},
		{"@place\na\n  is capital\n", "world/x.txt:3:1: a: the role calls for a territory, or for none"},
		{"@person\na\n  is president FR 2012-07\n", "world/x.txt:3:1: a: 2012-07 is neither a territory nor years such as 2021-2024, 2021- or 2021"},
	}
	for _, test := range tests {
		w := worldReader{file: "x.txt", roles: roles}
		w.read(test.text)
		if len(w.problems) != 1 || w.problems[0].String() != test.want {
			t.Errorf("%q\n got %v\nwant %s", test.text, w.problems, test.want)
		}
	}
}

func TestRolesBecomeALine(t *testing.T) {
	roles, _ := readRoles()
	tests := []struct {
		is   string
		tag  lang.Tag
		want string
	}{
		{"president IR 2021-2024", "ar", "رئيس إيران (2021–2024)"},
		{"president IR 2021-2024", "fa", "رئیس‌جمهور ایران (۲۰۲۱–۲۰۲۴)"},
		{"president US 2017-2021 2025-", "en", "President of the United States, 2017–2021, 2025–"},
		{"president US 2025-", "fr", "Président des États-Unis à partir de 2025"},
		{"president LB 2025-", "fr", "Président du Liban à partir de 2025"},
		{"president SY", "fr", "Président de la Syrie"},
		{"president IQ", "fr", "Président de l’Irak"},
		{"president IL", "fr", "Président d’Israël"},
		{"president YE 2022-", "he", "נשיא תימן מ-2022"},
		{"prime-minister PK 2022-", "ur", "پاکستان کے وزیر اعظم، 2022 سے"},
		{"party TR", "en", "Political party (Türkiye)"},
		{"party US", "en", "Political party (United States)"},
	}
	for _, test := range tests {
		e := &Entity{}
		n := roles.notes(e)
		if problem := n.is(test.is); problem != "" {
			t.Error(problem)
		}
		n.finish()
		if got := e.Notes[test.tag]; got != test.want {
			t.Errorf("%s in %s is %q, want %q", test.is, test.tag, got, test.want)
		}
	}
}

func TestWorldKnowsWhereFactsAreDates(t *testing.T) {
	for _, e := range World() {
		for _, f := range e.Facts {
			_, err := time.Parse("2006-01-02"[:min(len(f.Value), 10)], f.Value)
			if err != nil {
				t.Errorf("%s: %s %q is no year, month or day", e.ID, f.Key, f.Value)
			}
		}
	}
}

func BenchmarkWorld(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		World()
	}
}

func BenchmarkWorldAliases(b *testing.B) {
	list := World()
	b.ReportAllocs()
	for b.Loop() {
		for _, e := range list {
			Aliases(e)
		}
	}
}
