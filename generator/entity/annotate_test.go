package entity

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"mihbara/generator/lang"
)

// person, place and organisation make the entities of a test.
func entityOf(id ID, kind Type, names map[lang.Tag][]string) *Entity {
	e := &Entity{ID: id, Type: kind, Link: true, Labels: map[lang.Tag]string{}, Aliases: map[lang.Tag][]string{}}
	for t, list := range names {
		e.Labels[t] = list[0]
		e.Aliases[t] = list[1:]
	}
	return e
}

type names = map[lang.Tag][]string

func cast() []*Entity {
	list := []*Entity{
		entityOf("raisi", Person, names{"ar": {"إبراهيم رئيسي"}, "en": {"Ebrahim Raisi"}, "fa": {"ابراهیم رئیسی"}, "he": {"אבראהים ראיסי"}}),
		entityOf("assad", Person, names{"ar": {"بشار الأسد"}, "en": {"Bashar al-Assad"}, "fr": {"Bachar el-Assad"}}),
		entityOf("majid", Person, names{"ar": {"خالد محمود عبد المجيد", "خالد عبد المجيد"}}),
		entityOf("abdollahian", Person, names{"ar": {"حسين أمير عبد اللهيان"}, "fa": {"حسین امیرعبداللهیان"}}),
		entityOf("netanyahu", Person, names{"en": {"Benjamin Netanyahu"}, "he": {"בנימין נתניהו"}}),
		entityOf("hafez", Person, names{"ar": {"حافظ الأسد"}, "en": {"Hafez al-Assad"}}),
		entityOf("ali", Person, names{"ar": {"علي"}}),
		entityOf("adnan", Person, names{"ar": {"خضر عدنان"}}),
		entityOf("hezbollah", Organisation, names{"ar": {"حزب الله"}, "fa": {"حزب‌الله"}, "en": {"Hezbollah"}}),
		entityOf("iaea", Organisation, names{"en": {"International Atomic Energy Agency"}, "ar": {"الوكالة الدولية للطاقة الذرية"}}),
		entityOf("idf", Organisation, names{"he": {`צה"ל`}}),
		entityOf("who", Organisation, names{"en": {"World Health Organization", "WHO"}}),
		entityOf("mosul", Place, names{"ar": {"الموصل"}, "en": {"Mosul"}}),
		entityOf("jeddah", Place, names{"ar": {"جدة"}}),
		entityOf("paris", Place, names{"fr": {"Paris"}, "en": {"Paris"}}),
	}
	list[4].Unique = true
	return append(list, Territories()...)
}

// found writes mentions as "text=id text=id".
func found(mentions []Mention) string {
	var list []string
	for _, m := range mentions {
		list = append(list, m.Text+"="+string(m.Entity))
	}
	return strings.Join(list, " ")
}

func TestAnnotate(t *testing.T) {
	lexicon := NewLexicon(cast())
	tests := []struct {
		name      string
		tag       lang.Tag
		text      string
		overrides []string
		want      string
	}{
		{"a prefix is left out", "ar", "سوريا والعراق", nil, "سوريا=country-sy العراق=country-iq"},
		{"the article returns behind لل", "ar", "دعوة للعراق", nil, "عراق=country-iq"},
		{"two prefixes are left out", "ar", "وبالعراق", nil, "العراق=country-iq"},
		{"vowel signs and tatweel do not hide a name", "ar", "إِيرَانُ وَالعـــراق", nil, "إِيرَانُ=country-ir العـــراق=country-iq"},
		{"the article is never taken off", "ar", "التقى إبراهيم رئيسي. كان الداعم الرئيسي", nil, "إبراهيم رئيسي=raisi"},
		{"an adverb is not the president", "ar", "التقى إبراهيم رئيسي. وتعتمد بشكل رئيسي على النفط", nil, "إبراهيم رئيسي=raisi"},
		{"a surname follows the full name", "ar", "إبراهيم رئيسي وصل. ولرئيسي ورئيسي أكد رئيسي", nil, "إبراهيم رئيسي=raisi رئيسي=raisi رئيسي=raisi رئيسي=raisi"},
		{"a surname alone is nobody", "ar", "أكد رئيسي ذلك", nil, ""},
		{"a surname in the headline is the one named below", "ar", "رئيسي في دمشق\n\nوصل إبراهيم رئيسي", nil, "رئيسي=raisi إبراهيم رئيسي=raisi"},
		{"a compound surname is whole", "ar", "قال خالد عبد المجيد. وقال عبد المجيد إن المجيد", nil, "خالد عبد المجيد=majid عبد المجيد=majid"},
		{"a compound surname may be written together", "ar", "حسين أمير عبداللهيان ثم عبد اللهيان", nil, "حسين أمير عبداللهيان=abdollahian عبد اللهيان=abdollahian"},
		{"somebody else's first name keeps a surname away", "ar", "بشار الأسد وماهر الأسد وأسماء الأسد", nil, "بشار الأسد=assad"},
		{"the lion's share is not Assad's", "ar", "بشار الأسد. نال حصة الأسد ومن مواليد برج الأسد قرب الأسد", nil, "بشار الأسد=assad الأسد=assad"},
		{"the one named last is meant", "ar", "حافظ الأسد ثم بشار الأسد ثم الأسد", nil, "حافظ الأسد=hafez بشار الأسد=assad الأسد=assad"},
		{"the preposition على is not Ali", "ar", "على الطاولة وعلى الأرض قال علي", nil, ""},
		{"a nationality is not a place", "ar", "الوزير الإيراني والحكومة السورية واللبنانيون والإسرائيليين", nil, ""},
		{"an indefinite nationality is not a country", "ar", "كان بريطانيًا و34 بريطانيا في بريطانيا", nil, "بريطانيا=country-gb"},
		{"carelessly written names are found", "ar", "ايران واسرائيل و الاردن", nil, "ايران=country-ir اسرائيل=country-il الاردن=country-jo"},
		{"a short name needs its own letters", "ar", "جده كان هناك", nil, ""},
		{"a short name with its letters", "ar", "في جدة", nil, "جدة=jeddah"},
		{"a university is not its city", "ar", "جامعة الموصل في الموصل", nil, "الموصل=mosul"},
		{"a financial matter is not Mali", "ar", "دعم مالي من الحكومة", nil, ""},
		{"Mali behind a preposition", "ar", "القوات في مالي", nil, "مالي=country-ml"},
		{"an acronym in parentheses stands for the name", "en", "The International Atomic Energy Agency (IAEA) said. IAEA inspectors", nil, "International Atomic Energy Agency=iaea IAEA=iaea IAEA=iaea"},
		{"a remark in parentheses does not", "ar", "حزب الله (المحظورة) قال", nil, "حزب الله=hezbollah"},
		{"the other keyboard's letters", "fa", "ابراهيم رئيسي در ايران", nil, "ابراهيم رئيسي=raisi ايران=country-ir"},
		{"a plural ending behind a joiner", "fa", "ایران‌ها و ایران‌شناسی", nil, "ایران=country-ir"},
		{"a joiner, a space or nothing", "fa", "حزب‌الله و حزب الله و حزبالله", nil, "حزب‌الله=hezbollah حزب الله=hezbollah حزبالله=hezbollah"},
		{"a name written together or apart", "fa", "حسین امیر عبداللهیان و امیرعبداللهیان", nil, ""},
		{"a Hebrew prefix chain", "he", "ושבלבנון ובאיראן", nil, "לבנון=country-lb איראן=country-ir"},
		{"a Hebrew name keeps its own first letter", "he", "לבנון ומצרים", nil, "לבנון=country-lb מצרים=country-eg"},
		{"Hebrew gershayim of any shape", "he", "חיילי צה״ל וצה\"ל", nil, "צה״ל=idf צה\"ל=idf"},
		{"a pronoun is not the United States", "en", "Give us the US visa", nil, "US=country-us"},
		{"an acronym may have dots", "en", "in the U.S. and in U.S. courts", nil, "U.S.=country-us U.S.=country-us"},
		{"a pronoun is not the health agency", "en", "Who said so? The WHO did.", nil, "WHO=who"},
		{"a possessive is left out", "en", "Iran's and Iraq’s", nil, "Iran=country-ir Iraq=country-iq"},
		{"a lower-case word is no name", "en", "we ate turkey in iran", nil, ""},
		{"somebody called Jordan", "en", "Michael Jordan and Jordan Peterson met in Jordan", nil, "Jordan=country-jo"},
		{"a bank is not a country", "en", "The Bank of England and Bank of Greece in Greece", nil, "Greece=country-gr"},
		{"a hyphen leaves a word", "en", "US-led and anti-Iran and Coca-Iran", nil, "US=country-us Iran=country-ir"},
		{"a surname with another article", "en", "Bashar al-Assad. President Assad, and Al-Assad", nil, "Bashar al-Assad=assad Assad=assad Al-Assad=assad"},
		{"a unique surname alone", "en", "Netanyahu said", nil, "Netanyahu=netanyahu"},
		{"a unique surname of a relative", "en", "Sara Netanyahu said", nil, ""},
		{"a sentence ends before a name", "en", "It joined the EU. Netanyahu left.", nil, "Netanyahu=netanyahu"},
		{"a French elision", "fr", "l’Iran, d'Israël et qu’Israël", nil, "Iran=country-ir Israël=country-il Israël=country-il"},
		{"a French demonym is no country", "fr", "le président iranien et les Iraniens", nil, ""},
		{"a person called Maurice", "fr", "Maurice Papon vit à Maurice", nil, "Maurice=country-mu"},
		{"Russian declines names", "ru", "из Ирана в Сирию, с Россией и в Саудовской Аравии и Соединенных Штатах", nil, "Ирана=country-ir Сирию=country-sy Россией=country-ru Саудовской Аравии=country-sa Соединенных Штатах=country-us"},
		{"Chinese has no spaces", "zh-Hans", "他访问了美国和中国。", nil, "美国=country-us 中国=country-cn"},
		{"the longest name wins", "en", "South Sudan and Sudan, North Korea", nil, "South Sudan=country-ss Sudan=country-sd North Korea=country-kp"},
		{"a name does not go over a full stop", "en", "He fled south. Korea", nil, ""},
		{"a name may go over one line break", "en", "the United\nStates", nil, "United\nStates=country-us"},
		{"an override leaves out", "ar", "سوريا والعراق", []string{"-country-sy"}, "العراق=country-iq"},
		{"an override takes a surname alone", "ar", "أكد رئيسي ذلك", []string{"+raisi"}, "رئيسي=raisi"},
		{"an override without sign is a plus", "ar", "دعم مالي من الحكومة", []string{"country-ml"}, "مالي=country-ml"},
		{"no text, no mentions", "ar", "", nil, ""},
		{"an unknown language takes all names", "und", "Iran and 美国", nil, "Iran=country-ir 美国=country-us"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			mentions, keys := Annotate(test.text, test.tag, lexicon, test.overrides)
			if got := found(mentions); got != test.want {
				t.Errorf("%s\n got %s\nwant %s", test.text, got, test.want)
			}
			checkMentions(t, test.text, mentions)
			if !slices.IsSorted(keys) || len(slices.Compact(slices.Clone(keys))) != len(keys) {
				t.Errorf("keys are not sorted and unique: %q", keys)
			}
		})
	}
}

// A growing lexicon answers with less at first: what is added later must stand
// under a key that was asked.
func TestEveryNewMentionStandsUnderAKeyThatWasAsked(t *testing.T) {
	texts := map[lang.Tag]string{
		"ar": "وصل إبراهيم رئيسي إلى سوريا والعراق وللأردن. التقى رئيسي بشار الأسد وخالد عبدالمجيد في جامعة الموصل بايران",
		"en": "Ebrahim Raisi's U.S. visit to al-Mosul and anti-Hezbollah North Korea, Bashar Al-Assad",
		"fa": "حزب‌الله و ابراهیم رئیسی در ایران‌ها", "he": "ושבלבנון בנימין נתניהו", "fr": "l’Iran d'Israël", "zh-Hans": "美国和中国",
	}
	whole := NewLexicon(cast())
	empty := NewLexicon(nil)
	for tag, text := range texts {
		_, asked := Annotate(text, tag, empty, nil)
		mentions, _ := Annotate(text, tag, whole, nil)
		if len(mentions) == 0 {
			t.Errorf("%s: nothing found", tag)
		}
		for _, m := range mentions {
			if !underAsked(whole, asked, m.Entity) {
				t.Errorf("%s: %v begins with no key that was asked", tag, m)
			}
		}
	}
}

// underAsked says whether an alias of id stands under one of the keys.
func underAsked(l Lexicon, keys []string, id ID) bool {
	for _, key := range keys {
		if slices.ContainsFunc(l.Starting(key), func(a Alias) bool { return a.Entity == id }) {
			return true
		}
	}
	return false
}

func TestResultsDoNotDependOnTheOrderOfTheLexicon(t *testing.T) {
	list := cast()
	reversed := slices.Clone(list)
	slices.Reverse(reversed)
	text := "حافظ الأسد ثم بشار الأسد ثم الأسد في سورية ومالي"
	a, _ := Annotate(text, "ar", NewLexicon(list), nil)
	b, _ := Annotate(text, "ar", NewLexicon(reversed), nil)
	if found(a) != found(b) {
		t.Errorf("%s\n%s", found(a), found(b))
	}
}

func TestTerritories(t *testing.T) {
	list := Territories()
	if len(list) < 240 {
		t.Fatalf("%d territories", len(list))
	}
	for _, e := range list {
		for _, tag := range []lang.Tag{"ar", "en", "fa", "he", "ur", "fr", "es", "ru", "tr", "zh-Hans"} {
			if e.Labels[tag] == "" {
				t.Errorf("%s has no name in %s", e.ID, tag)
			}
		}
	}
}

func ExampleAnnotate() {
	lexicon := NewLexicon(Builtin())
	mentions, _ := Annotate("سوريا والعراق", "ar", lexicon, nil)
	for _, m := range mentions {
		fmt.Println(m.Start, m.End, m.Text, m.Entity, m.Type.Code())
	}
	// Output:
	// 0 10 سوريا country-sy LOC
	// 13 25 العراق country-iq LOC
}

func FuzzAnnotate(f *testing.F) {
	lexicon := NewLexicon(cast())
	for _, s := range []string{"وصل إبراهيم رئيسي إلى سوريا والعراق (إرنا)", "U.S.-led l’Iran", "ایران‌ها", "צה\"ל", "美国", "\xff\xe2\x80 Iran", "a'b-c’d"} {
		for _, tag := range []string{"ar", "en", "fa", "he", "und"} {
			f.Add(s, tag)
		}
	}
	f.Fuzz(func(t *testing.T, text, tag string) {
		mentions, keys := Annotate(text, lang.Tag(tag), lexicon, nil)
		end := 0
		for _, m := range mentions {
			if m.Start < end || m.End <= m.Start || m.End > len(text) || text[m.Start:m.End] != m.Text {
				t.Fatalf("%q: %+v", text, m)
			}
			if utf8.ValidString(text) && !(utf8.RuneStart(text[m.Start]) && (m.End == len(text) || utf8.RuneStart(text[m.End]))) {
				t.Fatalf("%q: %+v is not on character boundaries", text, m)
			}
			end = m.End
		}
		if !slices.IsSorted(keys) {
			t.Fatal("keys are not sorted")
		}
	})
}

func FuzzParseEntity(f *testing.F) {
	f.Add("a.md", []byte("---\ntype: person\nlabels: {ar: x}\nweight: 99\n---\nnote"))
	f.Add("a.ar.md", []byte("note"))
	f.Add("", []byte("---\naliases: [1, [2]]\nfacts: {a: [b]}\n"))
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		e, _ := ParseEntity(name, data)
		Aliases(e)
	})
}

func TestParseEntity(t *testing.T) {
	tests := []struct{ name, file, data, want string }{
		{"a whole entity has no problem", "x.md", "---\ntype: person\nlabels: {ar: س, en: X}\naliases: {en: [Y, Z]}\nweight: 3\nunique: true\nfacts: {born: 1960-12-14}\n---\nNote", ""},
		{"a mistyped key is named", "x.md", "---\ntype: person\nlabel: {en: X}\nalliases: {en: Y}\n---\n", `x.md:4:1: warning: unknown key "alliases" in an entity file — did you mean "aliases"?`},
		{"a mistyped type is named", "x.md", "---\ntype: persn\nlabels: {en: X}\n---\n", `x.md:2:7: "persn" is no type of entity — did you mean person?`},
		{"no type", "x.md", "---\nlabels: {en: X}\n---\n", "x.md: the entity has no type — add type: person, organisation, place or event"},
		{"no label", "x.md", "---\ntype: place\n---\n", "x.md: the entity has no label — add labels: {en: …}"},
		{"a weight out of range", "x.md", "---\ntype: place\nlabels: {en: X}\nweight: 99\n---\n", "x.md:4:9: warning: weight must be a whole number from 0 to 10 — 5 is a name that everybody knows"},
		{"a note in another language needs no type", "x.ar.md", "نص", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, problems := ParseEntity(test.file, []byte(test.data))
			var list []string
			for _, p := range problems {
				list = append(list, p.String())
			}
			if got := strings.Join(list, "\n"); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
	e, _ := ParseEntity(filepath.Join("content", "x.ar.md"), []byte("---\ntype: person\nlabels: {ar: س}\n---\nنص\n"))
	if e.ID != "x" || e.Language != "ar" || e.Body != "نص" || e.BodyLine != 5 {
		t.Errorf("%+v", e)
	}
}

// manyEntities makes n persons, organisations and places beside the builtin ones.
func manyEntities(n int) []*Entity {
	list := Territories()
	for i := range n {
		a, b := string(rune('ب'+i%17)), string(rune('ح'+i/17%14))
		name := fmt.Sprintf("%s %s%sان %s%sوري", []string{"محمد", "أحمد", "علي", "سامي", "فؤاد", "كريم", "زياد", "نبيل"}[i%8], a, b, b, a)
		list = append(list, entityOf(ID(fmt.Sprintf("e%d", i)), Person, names{"ar": {name}, "en": {fmt.Sprintf("Omar Na%sme Bar%d", a, i)}}))
	}
	return list
}

func BenchmarkAnnotate(b *testing.B) {
	lexicon := NewLexicon(manyEntities(5000))
	for tag, paragraph := range map[lang.Tag]string{
		"ar": "وصل الرئيس الإيراني إلى سوريا يوم الأربعاء في زيارة تستغرق يومين، وهي أول زيارة يقوم بها رئيس إيراني إلى دمشق منذ عام 2010، والتقى محمد بحان. ",
		"en": "The Iranian president arrived in Syria on Wednesday for a two-day visit, the first by an Iranian leader to Damascus since 2010, U.S. officials said. ",
	} {
		text := strings.Repeat(paragraph, 20)
		b.Run(string(tag), func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				Annotate(text, tag, lexicon, nil)
			}
		})
	}
}
