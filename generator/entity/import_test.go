package entity

import (
	"strings"
	"testing"

	"mihbara/generator/diag"
	"mihbara/generator/lang"
)

func TestReadSheet(t *testing.T) {
	text := "\ufefftype,id,label.en,label.ar,alias.en,weight,born,colour\n" +
		"person,rumi-sadeq,Rumi Sadeq,رومي صادق,\"Sadeq, Rumi | R. Sadeq\",3,1960,red\n" +
		"planet,x,X,,,,,\n" +
		"place,,Almaria,,,99,,\n"
	var list []*Entity
	problems, err := ReadSheet("a.csv", strings.NewReader(text), ',', func(e *Entity) error {
		list = append(list, e)
		return nil
	})
	if err != nil || len(list) != 2 {
		t.Fatal(len(list), err)
	}
	e := list[0]
	if e.ID != "rumi-sadeq" || e.Type != Person || e.Labels["ar"] != "رومي صادق" || e.Weight != 3 || strings.Join(e.Aliases["en"], ";") != "Sadeq, Rumi;R. Sadeq" || e.Facts[0] != (Fact{"born", "1960"}) {
		t.Errorf("%+v", e)
	}
	var got []string
	for _, p := range problems {
		got = append(got, p.String())
	}
	want := `a.csv:1: warning: column "colour" is not known, and left out
a.csv:3: warning: a row without a type (person, organisation, place or event) or without a label is left out
a.csv:4: warning: weight must be a whole number from 0 to 10, not "99"`
	if strings.Join(got, "\n") != want {
		t.Errorf("got\n%s", strings.Join(got, "\n"))
	}
}

func TestAColumnThatIsNotKnownIsGuessed(t *testing.T) {
	problems, err := ReadSheet("a.csv", strings.NewReader("tpye,ar,colour\n"), ',', func(*Entity) error { return nil })
	if err != nil || len(problems) != 3 {
		t.Fatal(problems, err)
	}
	for i, want := range []string{`did you mean "type"?`, `did you mean "label.ar"?`, "left out"} {
		if got := problems[i].String(); !strings.Contains(got, want) {
			t.Errorf("%s: nothing of %s", got, want)
		}
	}
}

func TestReadItem(t *testing.T) {
	line := `{"type":"item","id":"Q1","labels":{"en":{"language":"en","value":"Almaria"},"ar":{"language":"ar","value":"المارية"}},` +
		`"descriptions":{"en":{"language":"en","value":"city"}},"aliases":{"en":[{"language":"en","value":"Old Almaria"},{"language":"en","value":"Almaria"}]},` +
		`"claims":{"P31":[{"mainsnak":{"datavalue":{"value":{"entity-type":"item","id":"Q515"}}}}]},"sitelinks":{"enwiki":{"title":"A"},"arwiki":{"title":"B"}}},`
	f := Filter{Languages: []lang.Tag{"en", "fr"}, Sitelinks: 2}
	e, err := ReadItem([]byte(line), f)
	if err != nil || e == nil || e.Type != Place || e.Wikidata != "Q1" || len(e.Labels) != 1 || e.Labels["en"] != "Almaria" || len(e.Aliases["en"]) != 1 || e.Notes["en"] != "city" {
		t.Fatalf("%+v %v", e, err)
	}
	for name, f := range map[string]Filter{
		"another type":       {Languages: f.Languages, Types: []Type{Person}},
		"too few sitelinks":  {Languages: f.Languages, Sitelinks: 3},
		"no name in them":    {Languages: []lang.Tag{"fr"}},
		"no languages asked": {},
	} {
		if e, err := ReadItem([]byte(line), f); e != nil || err != nil {
			t.Errorf("%s: %v %v", name, e, err)
		}
	}
	for _, line := range []string{"[", "]", "", `{"id":"Q2"},`} {
		if e, err := ReadItem([]byte(line), f); e != nil || err != nil {
			t.Errorf("%q: %v %v", line, e, err)
		}
	}
	if _, err := ReadItem([]byte(`{"P31": broken`), f); err == nil {
		t.Error("a broken line is no error")
	}
}

func TestFormatAndMergeAreRead(t *testing.T) {
	for _, e := range World() {
		if e.Labels["en"] == "" {
			continue
		}
		data := Format(e)
		got, problems := ParseEntity(string(e.ID)+".md", data)
		if len(problems) > 0 || got.Labels["en"] != e.Labels["en"] || got.Type != e.Type || got.Wikidata != e.Wikidata {
			t.Fatalf("%s: %v\n%s", e.ID, problems, data)
		}
		if Merge("x.md", data, e) != nil {
			t.Fatalf("%s: something is to be added to itself", e.ID)
		}
	}
	other := &Entity{Type: Place, Labels: map[lang.Tag]string{"fr": `A "b"`}, Notes: map[lang.Tag]string{"fr": "n: m"}, Wikidata: "Q7"}
	for _, data := range []string{
		"---\ntype: place\nlabels: {en: X}\n---\n", "---\ntype: place\nlabels:\n  en: X\n---\ntext", "---\r\ntype: place\r\nlabels:\r\n  en: X\r\n---\r\n",
		"+++\ntype = \"place\"\n+++\n", "---\ntype: place\nlabels: X\n---\n", "---\ntype: place\nlabels:\n- X\n---\n", "", "no front matter",
	} {
		merged := Merge("x.md", []byte(data), other)
		if merged == nil {
			continue
		}
		e, problems := ParseEntity("x.md", merged)
		if len(problems) > 0 || e.Labels["fr"] != `A "b"` || e.Notes["fr"] != "n: m" || e.Wikidata != "Q7" {
			t.Errorf("%q became %q: %v", data, merged, diag.Sort(problems))
		}
	}
}
