package generator

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"mihbara/generator/entity"
	"mihbara/generator/lang"
)

func TestImportNeverChangesAnEditorsWords(t *testing.T) {
	dir := t.TempDir()
	must := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	must(os.MkdirAll(filepath.Join(dir, "content", "entities"), 0o777))
	own := "---\ntype: place\n# the old name\nlabels: {en: Almaria}\naliases:\n  en: [Old Almaria]\nwikidata: Q1\n---\nA note.\n"
	must(os.WriteFile(filepath.Join(dir, "content", "entities", "almaria.md"), []byte(own), 0o666))
	m, err := NewImport(dir, false)
	must(err)
	defer m.Close()
	add := func(id entity.ID, item string, labels, aliases string) {
		e := &entity.Entity{ID: id, Type: entity.Place, Wikidata: item, Link: true, Labels: map[lang.Tag]string{}, Aliases: map[lang.Tag][]string{}}
		for part := range strings.SplitSeq(labels, ", ") {
			tag, name, _ := strings.Cut(part, " ")
			e.Labels[lang.Tag(tag)] = name
		}
		if tag, name, ok := strings.Cut(aliases, " "); ok {
			e.Aliases[lang.Tag(tag)] = []string{name}
		}
		must(m.Add(e))
	}
	add("", "Q1", "en The City, ar المارية, fr Almarie", "ar مدينة المارية") // the same item
	add("", "Q1", "en The City, ar غيرها", "")                               // nothing new
	add("", "Q99999901", "en New Place", "en Newer")
	add("paris", "Q90", "ckb پاریس, it Parigi", "")   // built in
	add("", "Q99999902", "en France, it Francia", "") // a territory has no item
	read := func(name string) string {
		data, err := os.ReadFile(filepath.Join(dir, "content", "entities", name))
		must(err)
		return string(data)
	}
	want := "---\ntype: place\n# the old name\nlabels: {en: Almaria, ar: \"المارية\", fr: \"Almarie\"}\naliases:\n  en: [Old Almaria]\n  ar: [\"مدينة المارية\"]\nwikidata: Q1\n---\nA note.\n"
	if got := read("almaria.md"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if got := read("new-place.md"); got != "---\ntype: place\nlabels:\n  en: \"New Place\"\naliases:\n  en: [\"Newer\"]\nwikidata: Q99999901\n---\n" {
		t.Errorf("got\n%s", got)
	}
	paris, problems := entity.ParseEntity("paris.md", []byte(read("paris.md")))
	if len(problems) > 0 || paris.Labels["it"] != "Parigi" || paris.Labels["ar"] != "باريس" || paris.Notes["en"] != "Capital of France" {
		t.Errorf("%v %+v", problems, paris)
	}
	france, _ := entity.ParseEntity("country-fr.md", []byte(read("country-fr.md")))
	if france.Labels["it"] != "Francia" || france.Wikidata != "Q99999902" || len(france.Demonyms["ar"]) == 0 {
		t.Errorf("%+v", france)
	}
	if m.Made != 3 || m.Merged != 1 || m.Same != 1 {
		t.Errorf("made %d, merged %d, same %d", m.Made, m.Merged, m.Same)
	}
}
