package entity

import (
	"fmt"
	"strings"
	"testing"

	"mihbara/generator/lang"
)

// of gives an entity more than names.
func (e *Entity) of(weight int, years Years, lands ...string) *Entity {
	e.Weight, e.Years, e.Lands = weight, years, lands
	return e
}

// homonyms are entities that share names.
func homonyms() []*Entity {
	began := entityOf("pandemic", Event, names{"en": {"Great Fever"}, "ar": {"الحمى الكبرى"}})
	began.Facts = []Fact{{"started", "2019-12"}}
	cross := entityOf("red-cross", Organisation, names{"en": {"Red Cross"}, "ar": {"الصليب الأحمر"}})
	cross.National = true
	return append([]*Entity{
		entityOf("bush-father", Person, names{"en": {"George Bush", "George H. W. Bush"}}).of(3, Years{1989, 1993}, "US"),
		entityOf("bush-son", Person, names{"en": {"George Bush", "George W. Bush"}}).of(3, Years{2001, 2009}, "US"),
		entityOf("tripoli", Place, names{"en": {"Tripoli"}, "ar": {"طرابلس"}}).of(2, Years{}, "LY"),
		entityOf("tripoli-lebanon", Place, names{"en": {"Tripoli"}, "ar": {"طرابلس"}}).of(2, Years{}, "LB"),
		entityOf("us-senate", Organisation, names{"en": {"US Senate", "Senate"}, "ar": {"مجلس الشيوخ الأمريكي", "مجلس الشيوخ"}}).of(2, Years{}, "US"),
		entityOf("labour-uk", Organisation, names{"en": {"Labour Party"}, "ar": {"حزب العمال"}}).of(2, Years{}, "GB"),
		entityOf("a-falls", Place, names{"en": {"Springfield"}}),
		entityOf("b-falls", Place, names{"en": {"Springfield"}}),
		entityOf("springfield", Person, names{"en": {"Springfield"}}),
		began, cross,
	}, Territories()...)
}

func TestLinking(t *testing.T) {
	lexicon := NewLexicon(homonyms())
	tests := []struct {
		name      string
		tag       lang.Tag
		year      int
		text      string
		overrides []string
		want      string
	}{
		{"of two with the same weight neither is linked", "en", 0, "He left Springfield.", nil, ""},
		{"a title calls for a person", "en", 0, "We met President Springfield.", nil, "Springfield=springfield"},
		{"an override decides", "en", 0, "He left Springfield.", []string{"+b-falls"}, "Springfield=b-falls"},
		{"leaving the others out decides", "en", 0, "He left Springfield.", []string{"-b-falls", "-springfield"}, "Springfield=a-falls"},
		{"the land that the text speaks of decides", "en", 0, "Tripoli and Benghazi in Libya", nil, "Tripoli=tripoli Libya=country-ly"},
		{"a nationality speaks for a land too", "ar", 0, "قال الوزير اللبناني في طرابلس", nil, "طرابلس=tripoli-lebanon"},
		{"two lands leave it open", "en", 0, "Tripoli is in Libya and in Lebanon", nil, "Libya=country-ly Lebanon=country-lb"},
		{"the land that is spoken of oftener decides", "en", 0, "Tripoli, Lebanon: Lebanese officials spoke of Libya", nil, "Tripoli=tripoli-lebanon Lebanon=country-lb Libya=country-ly"},
		{"years of office decide", "en", 1990, "George Bush spoke", nil, "George Bush=bush-father"},
		{"years of office of the other one", "en", 2005, "George Bush spoke", nil, "George Bush=bush-son"},
		{"between their years it is left open", "en", 1997, "George Bush spoke", nil, ""},
		{"without a date it is left open", "en", 0, "George Bush spoke", nil, ""},
		{"a fuller name decides, and the surname follows it", "en", 0, "George W. Bush spoke. Bush left", nil, "George W. Bush=bush-son Bush=bush-son"},
		{"what had not begun is not meant", "en", 2012, "the Great Fever spread", nil, ""},
		{"what has begun may be", "en", 2020, "the Great Fever spread", nil, "Great Fever=pandemic"},
		{"an article without a date may mean it", "ar", 0, "بعد الحمى الكبرى", nil, "الحمى الكبرى=pandemic"},
		{"what every land has is linked where the land is spoken of", "en", 0, "In the United States the Senate voted", nil, "United States=country-us Senate=us-senate"},
		{"and not where it is not", "en", 0, "In France the Senate voted", nil, "France=country-fr"},
		{"an adjective of the land is enough", "ar", 0, "قال الرئيس الأمريكي أمام مجلس الشيوخ", nil, "مجلس الشيوخ=us-senate"},
		{"the full name needs nothing", "ar", 0, "صوت مجلس الشيوخ الأمريكي ثم مجلس الشيوخ", nil, "مجلس الشيوخ الأمريكي=us-senate مجلس الشيوخ=us-senate"},
		{"another land's party is another party", "ar", 0, "فاز حزب العمال الأسترالي وخسر حزب العمال", nil, "حزب العمال=labour-uk"},
		{"its own nationality does not harm", "ar", 0, "فاز حزب العمال البريطاني", nil, "حزب العمال=labour-uk"},
		{"a nationality before the name", "en", 0, "The Australian Labour Party and the British Labour Party", nil, "Labour Party=labour-uk"},
		{"a national society is not the movement", "en", 0, "the Red Cross and the French Red Cross", nil, "Red Cross=red-cross"},
		{"a national society is not the movement, in Arabic", "ar", 0, "الصليب الأحمر والصليب الأحمر اللبناني", nil, "الصليب الأحمر=red-cross"},
		{"a province that bears a country's name", "en", 0, "a province called Lebanon, near Lebanon", nil, "Lebanon=country-lb"},
		{"a province that bears it, in Urdu", "ur", 0, "لبنان کے نام سے ایک صوبہ لبنان میں ہے", nil, "لبنان=country-lb"},
		{"a title of a book is not what it tells of", "en", 0, `his book "Cedar Nights: Lebanon, Young Poets and the Sea" is on Lebanon`, nil, "Lebanon=country-lb"},
		{"a title in a script without capitals", "ur", 0, "ان کی کتاب “لبنان، شاعر اور سمندر” لبنان پر ہے", nil, "لبنان=country-lb"},
		{"a quotation in such a script is no title", "ar", 0, "قال «غادرنا لبنان» ثم كتب كتابا عن لبنان", nil, "لبنان=country-lb لبنان=country-lb"},
		{"what is said in quotation marks is no title", "en", 0, `he said "we left Lebanon for Libya in May" and left`, nil, "Lebanon=country-lb Libya=country-ly"},
		{"a French championship is not its land", "fr", 0, "le championnat du Liban au Liban", nil, "Liban=country-lb"},
		{"nor behind an elision", "fr", 0, "le championnat d’Iran, l’Université d'Iran et l’Iran", nil, "Iran=country-ir"},
		{"a prize is not its giver", "ar", 0, "نال جائزة الصليب الأحمر", nil, ""},
		{"an agreement is not its town", "ar", 0, "اتفاقية طرابلس واتفاقية لبنان", []string{"-tripoli"}, "لبنان=country-lb"},
		{"an acronym is not the longer name that it begins", "en", 0, "the US Drought Monitor and US President and US troops", nil, "US=country-us US=country-us"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			m := NewMatcher(1<<20, nil)
			mentions := m.Find(&Passage{Body: test.text, Language: test.tag, Year: test.year, Overrides: test.overrides}, lexicon, nil)
			if got := found(mentions); got != test.want {
				t.Errorf("%s\n got %s\nwant %s", test.text, got, test.want)
			}
		})
	}
}

func TestWhatIsLeftOpenIsReported(t *testing.T) {
	var open []string
	m := NewMatcher(1<<20, nil)
	m.Find(&Passage{Body: "Tripoli and George Bush. Tripoli", Language: "en", Undecided: func(name string, ids []ID) {
		open = append(open, fmt.Sprint(name, ids))
	}}, NewLexicon(homonyms()), nil)
	want := "Tripoli[tripoli tripoli-lebanon] George Bush[bush-father bush-son] Tripoli[tripoli tripoli-lebanon]"
	if got := strings.Join(open, " "); got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
}

func TestLinksDoNotDependOnTheOrderOfIDs(t *testing.T) {
	for _, text := range []string{"He left Springfield.", "Tripoli and George Bush in Libya", "Senate of the United States"} {
		a, b := homonyms(), homonyms()
		for _, e := range b {
			if !e.IsCountry() {
				e.ID = "z-" + e.ID
			}
		}
		for i := range len(b) / 2 {
			b[i], b[len(b)-1-i] = b[len(b)-1-i], b[i]
		}
		first, _ := Annotate(text, "en", NewLexicon(a), nil)
		second, _ := Annotate(text, "en", NewLexicon(b), nil)
		if got, want := strings.ReplaceAll(found(second), "=z-", "="), found(first); got != want {
			t.Errorf("%s: %s, with other ids %s", text, want, got)
		}
	}
}

func TestYearsAndCountriesOfAFile(t *testing.T) {
	e, problems := ParseEntity("x.md", []byte("---\ntype: person\nlabels: {en: X}\ncountry: [ir, IQ]\nyears: 2021-\nnational: true\n---\n"))
	if len(problems) > 0 || fmt.Sprint(e.Lands, e.Years, e.National) != "[IR IQ] 2021- true" {
		t.Errorf("%v %v %v %v", e.Lands, e.Years, e.National, problems)
	}
	again, problems := ParseEntity("x.md", Format(e))
	if len(problems) > 0 || fmt.Sprint(again.Lands, again.Years, again.National) != "[IR IQ] 2021- true" {
		t.Errorf("written and read again: %v %v %v %v", again.Lands, again.Years, again.National, problems)
	}
	for _, wrong := range []string{"country: [XX]", "country: Iran", "years: 2021-2019", "years: soon"} {
		if _, problems := ParseEntity("x.md", []byte("---\ntype: person\nlabels: {en: X}\n"+wrong+"\n---\n")); len(problems) != 1 {
			t.Errorf("%s: %v", wrong, problems)
		}
	}
}
