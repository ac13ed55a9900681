package recogniser

import (
	"strings"
	"testing"

	"mihbara/generator/lang"
)

// TestJointModelsFindNames has sentences of our own on things that anybody can check;
// wanted are the names that must be found, others may be.
func TestJointModelsFindNames(t *testing.T) {
	for _, c := range []struct {
		language   lang.Tag
		text, want string
	}{
		{"es", "Gabriel García Márquez nació en Aracataca y murió en Ciudad de México. García Márquez recibió el premio Nobel en Estocolmo.",
			"PER Gabriel García Márquez, LOC Aracataca, LOC Ciudad de México, LOC Estocolmo"},
		{"tr", "Orhan Pamuk 1952'de İstanbul'da doğdu. Yazar, Nobel Edebiyat Ödülü'nü Stockholm'de aldı.", "PER Orhan Pamuk, LOC İstanbul, LOC Stockholm"},
		{"ru", "Юрий Гагарин учился в Саратове и погиб под Киржачом. Сергей Королёв жил в Москве.", "PER Юрий Гагарин, LOC Саратове, PER Сергей Королёв, LOC Москве"},
		{"de", "Der Physiker Albert Einstein wurde in Ulm geboren und lebte später in Zürich und Berlin. Einstein starb in Princeton.", "PER Albert Einstein, LOC Zürich, LOC Berlin"},
		{"it", "Ieri il presidente Sergio Mattarella ha incontrato a Berlino la cancelliera Angela Merkel.", "PER Sergio Mattarella, PER Angela Merkel"},
		{"pl", "Prezydent Andrzej Duda spotkał się w Warszawie z Donaldem Tuskiem.", "PER Andrzej Duda"},
		{"id", "Presiden Joko Widodo bertemu Anwar Ibrahim di Kuala Lumpur.", "PER Joko Widodo, PER Anwar Ibrahim, LOC Kuala Lumpur"},
		{"uk", "Письменник Іван Франко жив у Львові.", "LOC Львові"},
		{"ckb", "سەرۆکی هەرێمی کوردستان نێچیرڤان بارزانی لە هەولێر لەگەڵ ئیمانوێل ماکرۆن کۆبووەوە.", "LOC کوردستان, PER نێچیرڤان بارزانی"},
	} {
		found := written(c.text, For(c.language).Names(c.text))
		got := ", " + strings.Join(found, ", ") + ", "
		for want := range strings.SplitSeq(c.want, ", ") {
			if !strings.Contains(got, ", "+want+", ") {
				t.Errorf("%s: %q has %q, without %q", c.language, c.text, found, want)
			}
		}
	}
}

// TestTextWithoutNamesHasNone holds that what only looks like a name, since a sentence
// begins with it or the language writes nouns with capitals, is not taken for one.
func TestTextWithoutNamesHasNone(t *testing.T) {
	for language, text := range map[lang.Tag]string{
		"de": "Die Regierung will im Herbst die Steuern senken. Kritik kam aus der Opposition. Die Kosten trägt am Ende die Bevölkerung.",
		"es": "Todos los vecinos salieron a la calle. Nadie resultó herido. Según los bomberos, el fuego empezó en la cocina.",
		"it": "Tutti gli uomini nascono liberi ed eguali. Nessuno può essere tenuto in schiavitù.",
		"nl": "Alle mensen worden vrij en gelijk in waardigheid en rechten geboren. Niemand zal in slavernij gehouden worden.",
		"ru": "Все жители вышли на улицу. Никто не пострадал. Причина пожара неизвестна.",
		"tr": "Herkes sokağa çıktı. Kimse yaralanmadı. Yangının nedeni bilinmiyor.",
	} {
		if got := written(text, For(language).Names(text)); len(got) > 0 {
			t.Errorf("%s: %q", language, got)
		}
	}
}

func TestLanguagesThatNoModelServes(t *testing.T) {
	for _, l := range []lang.Tag{"", "und", "und-Arab", "und-Latn", "xx", "qaa-Cyrl", "az-Arab", "zh-Hans", "ja", "el", "hi", "ps", "sd", "ug-Arab-CN", "-", "\xff-"} {
		if For(l) != nil {
			t.Errorf("%q has a recogniser", l)
		}
	}
}

// TestLanguagesThatAreServed are those that the project's README names.
func TestLanguagesThatAreServed(t *testing.T) {
	var list []string
	for _, l := range lang.Known() {
		if baseOf(l) == string(l) && For(l) != nil {
			list = append(list, string(l))
		}
	}
	if got, want := strings.Join(list, " "), "ar az ckb de en es fa fr he id it kmr nl pl pt ru sv sw tr uk ur"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

func TestJointRecogniserIsOneALanguage(t *testing.T) {
	if For("es-MX") != For("es") || For("es") == For("tr") {
		t.Error("a language has several, or two share one")
	}
	if &For("es").model.rows[0] != &For("uk").model.rows[0] {
		t.Error("the weights are held twice")
	}
	if For("es").leads != usualLeads || For("it").leads != cautiousLeads || For("de").leads != cautiousLeads {
		t.Error("a language that the model saw no news of needs a larger lead")
	}
}

func TestNamesAreFoundBeforeAnEnding(t *testing.T) {
	stems := lexicon{"индонезия": flagPlace, "лондон": flagPlace, "иран": flagPlace, "банк": flagBody}
	sp := &speller{tag: "ru", names: stems, stems: stemsOf(stems)}
	for word, want := range map[string]flags{
		"индонезии": flagPlace, "лондоном": flagPlace, "ирана": flagPlace, "лондонская": 0, "банками": 0, "лон": 0, "": 0,
	} {
		if got := sp.flags(word, word); got != want {
			t.Errorf("%s: %b, want %b", word, got, want)
		}
	}
}

func FuzzJointNames(f *testing.F) {
	f.Add("Жорес Алфёров (р. 1930) — İzmir'de, «Ñuñoa»\xff")
	f.Fuzz(func(t *testing.T, text string) {
		for _, l := range []lang.Tag{"ru", "tr", "ckb"} {
			end := 0
			for _, n := range For(l).Names(text) {
				if n.Start < end || n.End <= n.Start || n.End > len(text) {
					t.Fatalf("%v behind byte %d of %d", n, end, len(text))
				}
				end = n.End
			}
		}
	})
}
