package article

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"mihbara/generator/lang"
)

// Paragraphs of news, each of more than a hundred letters.
var paragraphs = map[lang.Tag]string{
	"en": "The minister said that the harbour needs a new quay, and that work on the third of them had begun last month after a long delay.",
	"fr": "Le ministre a déclaré que le port avait besoin d'un nouveau quai et que les travaux avaient commencé le mois dernier, après un long retard.",
	"ar": "قال الوزير إن المدينة في حاجة إلى ميناء جديد، وأضاف أن العمل بدأ من الشهر الماضي على الرصيف الثالث بعد تأخير طويل لم يفسره أحد.",
	"fa": "وزیر گفت که این شهر به یک بندر جدید نیاز دارد و افزود که کار بر روی اسکلهٔ سوم از ماه گذشته آغاز شده است و تا پایان سال آینده ادامه خواهد یافت.",
	"ru": "Министр сказал, что порту нужен новый причал и что работы начались в прошлом месяце после долгой задержки, которую никто не объяснил.",
}

func TestALanguageThatTheTextContradictsIsNamed(t *testing.T) {
	long := func(tags ...lang.Tag) string {
		var all []string
		for range 4 {
			for _, tag := range tags {
				all = append(all, paragraphs[tag])
			}
		}
		return strings.Join(all, "\n\n")
	}
	code := "```\n" + strings.Repeat("if the value of the first is more than that of the second, return it to the caller\n", 20) + "```\n\n"
	for _, c := range []struct {
		name, path, front, body string
		language                lang.Tag
		says                    string
	}{
		{"the folder", "content/en/port.md", "title: a\n", "\n" + paragraphs["fr"], "en",
			`port.md:5:1: warning: the folder says the language is English (en), but the text reads like French (fr); "en" counts — correct it: lang: fr in the front matter, or the folder or ending of that language`},
		{"the key", "content/port.md", "lang: en\n", paragraphs["fr"], "en", `port.md:2:7: warning: the key lang says the language is English (en), but the text reads like French (fr)`},
		{"the ending", "content/port.ar.md", "", paragraphs["fa"], "ar", `port.ar.md:1:1: warning: the file name says the language is Arabic (ar), but the text reads like Persian (fa)`},
		{"a seed's folder", "seeds/fa/port.txt", "", paragraphs["ar"], "fa", `port.txt:1:1: warning: the folder says the language is Persian (fa), but the text reads like Arabic (ar)`},
		{"another script", "content/ar/port.md", "", paragraphs["en"], "ar", `the text reads like English (en)`},
		{"a long article", "content/ru/port.md", "", long("en"), "ru", `the text reads like English (en)`},
		{"a region's language is the language", "content/en-GB/port.md", "", long("en"), "en-GB", "does not declare"},
		{"a script says nothing against its language", "content/fa-AF/port.md", "", long("fa"), "fa-AF", "does not declare"},
		{"a text of two languages is in doubt", "content/en/port.md", "", long("fr", "en"), "en", ""},
		{"a long quotation at the start", "content/en/port.md", "", long("fr") + "\n\n" + long("en") + "\n\n" + long("en"), "en", ""},
		{"a few words", "content/en/port.md", "", "Le ministre a déclaré que le port avait besoin d'un quai.", "en", ""},
		{"code is no text", "content/ar/port.md", "", code + paragraphs["ar"] + "\n\n" + code, "ar", ""},
		{"a language that cannot be told from others", "content/ca/port.md", "", long("fr"), "ca", "does not declare"},
		{"a language of two scripts", "content/sr/port.md", "", "Ministar je rekao da je luci potreban novi dok i da su radovi počeli prošlog meseca posle dugog kašnjenja koje niko nije objasnio.", "sr", "does not declare"},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := c.body + "\n"
			if c.front != "" {
				text = "---\n" + c.front + "---\n" + text
			}
			if a := parse(t, c.path, text, c.says); a.Language != c.language {
				t.Errorf("the language is %q", a.Language)
			}
		})
	}
}

func TestALanguageThatCannotBeToldIsNotGuessed(t *testing.T) {
	for _, c := range []struct {
		name, path, body string
		language         lang.Tag
		says             string
	}{
		{"words that several languages have", "seeds/a.txt", "سلام", "und-Arab",
			`a.txt:1:1: warning: the language of this text cannot be told; its page says "und-Arab" and stands in no list — put the file into the folder of its language, such as seeds/fa/, or write lang: fa into a .yaml file of its name beside it`},
		{"the same in Markdown", "content/a.md", "\n\nسلام", "und-Arab", `a.md:3:1: warning: the language of this text cannot be told`},
		{"no letters are the site's", "seeds/a.txt", "12:30 – 2023", "ar", ""},
		{"a guess is taken", "seeds/a.txt", "Москва", "ru", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := parse(t, c.path, c.body+"\n", c.says)
			if a.Language != c.language {
				t.Errorf("the language is %q", a.Language)
			}
		})
	}
}

// TestRealArticlesAreInTheirLanguage reads the real articles of every language
// as if each stood in its folder, and a few of each in the folder of another.
func TestRealArticlesAreInTheirLanguage(t *testing.T) {
	root := filepath.Join(shared(t), "corpus")
	manifest, err := os.ReadFile(filepath.Join(root, "MANIFEST.tsv"))
	if err != nil {
		t.Skip(err)
	}
	s := settings(t, "")
	contradicted := func(folder, file string, data []byte) string {
		top := "seeds/"
		if filepath.Ext(file) == ".md" {
			top = "content/"
		}
		_, diags := Parse(Source{Path: top + folder + "/" + filepath.Base(file), Data: data}, s)
		for _, d := range diags {
			if strings.Contains(d.Message, "reads like") {
				return d.String()
			}
		}
		return ""
	}
	read, moved, named, blocks := 0, 0, 0, 0
	for i, row := range strings.Split(string(manifest), "\n") {
		cells := strings.Split(row, "\t")
		if ext := filepath.Ext(cells[0]); ext != ".txt" && ext != ".md" || len(cells[1]) < 2 {
			continue
		}
		file, own := cells[0], cells[1]
		data, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(file)))
		if err != nil {
			t.Fatal(err)
		}
		if says := contradicted(own, file, data); says != "" {
			t.Error(says)
		}
		a, _ := Parse(Source{Path: "seeds/" + own + "/" + filepath.Base(file) + ".txt", Data: data}, s)
		if n := strings.Count(a.Body.HTML, "<p lang="); n > 0 && filepath.Ext(file) == ".txt" {
			blocks += n
			t.Logf("%s: %d paragraphs in another language", file, n)
		}
		read++
		for _, other := range []string{"ar", "en", "fa", "fr", "ru", "tr"} {
			if i%8 != 0 || other == own || filepath.Ext(file) == ".md" {
				continue
			}
			moved++
			if contradicted(other, file, data) != "" {
				named++
			} else {
				t.Logf("%s in the folder %s is not named", file, other)
			}
		}
	}
	t.Logf("%d articles in their folder without a warning, %d of their paragraphs in another language; of %d in another folder %d are named", read, blocks, moved, named)
	if named*100 < moved*97 {
		t.Error("too few are named")
	}
	if blocks > 0 { // all of this news is in one language
		t.Error("paragraphs are marked as in another language")
	}
}
