package lang

import (
	"strings"
	"testing"
)

func TestDetectTellsLanguagesOfOneScript(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       Tag
	}{
		{"Arabic by its article", "وصل الوفد إلى العاصمة بعد منتصف الليل", "ar"},
		{"Persian by its verbs", "هیئت نیمه‌شب به پایتخت رسید و دیدار کرد", "fa"},
		{"Persian typed with Arabic yeh and kaf", "هيئت براي مذاكره به پايتخت رسيد و ديدار كرد", "fa"},
		{"Urdu", "وفد آدھی رات کے بعد دارالحکومت پہنچا", "ur"},
		{"Sorani", "شاندەکە دوای نیوەشەو گەیشتە پایتەخت", "ckb"},
		{"Kurmanji", "Şandeyê piştî nîvê şevê xwe gihand paytextê", "kmr"},
		{"Pashto", "پلاوی له نیمې شپې وروسته پلازمېنې ته ورسېد", "ps"},
		{"Uyghur", "ۋەكىللەر يېرىم كېچىدىن كېيىن پايتەختكە كەلدى", "ug"},
		{"Sindhi", "وفد اڌ رات کان پوءِ گاديءَ جي هنڌ پهتو", "sd"},
		{"Hebrew", "המשלחת הגיעה לבירה אחרי חצות", "he"},
		{"Yiddish", "די דעלעגאַציע איז אָנגעקומען נאָך האַלבע נאַכט", "yi"},
		{"English", "The delegation reached the capital after midnight", "en"},
		{"French", "La délégation est arrivée dans la capitale après minuit", "fr"},
		{"Spanish", "La delegación llegó a la capital pasada la medianoche", "es"},
		{"German", "Die Delegation kam nach Mitternacht in der Hauptstadt an", "de"},
		{"Portuguese", "A delegação chegou à capital depois da meia-noite", "pt"},
		{"Italian", "La delegazione è arrivata nella capitale dopo mezzanotte", "it"},
		{"Turkish", "Heyet gece yarısından sonra başkente ulaştı", "tr"},
		{"Azerbaijani", "Nümayəndə heyəti gecə yarısından sonra paytaxta çatdı", "az"},
		{"Indonesian", "Delegasi itu tiba di ibu kota setelah tengah malam", "id"},
		{"Swahili", "Ujumbe huo uliwasili katika mji mkuu baada ya usiku wa manane", "sw"},
		{"Russian", "Делегация прибыла в столицу после полуночи", "ru"},
		{"Ukrainian", "Делегація прибула до столиці після опівночі", "uk"},
		{"simplified Chinese", "代表团午夜后抵达首都", "zh-Hans"},
		{"traditional Chinese", "代表團午夜後抵達首都", "zh-Hant"},
		{"Japanese by its kana", "代表団は深夜に首都に到着した", "ja"},
		{"Korean", "대표단은 자정 이후 수도에 도착했다", "ko"},
		{"Hindi", "प्रतिनिधिमंडल आधी रात के बाद राजधानी पहुँचा", "hi"},
		{"Bengali", "প্রতিনিধি দল মধ্যরাতের পরে রাজধানীতে পৌঁছেছে", "bn"},
		{"Greek", "Η αντιπροσωπεία έφτασε μετά τα μεσάνυχτα", "el"},
		{"Divehi", "ވަފުދު މާލެ އައިސްފި", "dv"},
		{"Thai, of which we have no data", "คณะผู้แทนเดินทางถึงเมืองหลวง", "th"},
		{"Arabic with a Latin name", "أعلنت شركة Microsoft Corporation عن نظام جديد", "ar"},
		{"Arabic with vowel marks", "وَصَلَ الوَفْدُ إِلَى العاصِمَةِ", "ar"},
		{"numbers alone", "12:30 – 2023", "und"},
		{"nothing", "", "und"},
		{"an Arabic word that several languages have", "سلام", "und-Arab"},
		{"Punjabi, of which we have no data and which looks like Urdu", "وزیر نے آکھیا کہ شہر نوں نویں بندرگاہ دی لوڑ اے تے کم پچھلے مہینے توں شروع ہویا", "und-Arab"},
		{"Turkish with the names of footballers", "Sergio Aguero ve Raheem Sterling, Manchester City takımına gelen oyuncular", "tr"},
		{"English in capitals", "Prime Minister Says Delegation Reached Capital After Midnight", "en"},
		{"Chinese with links of Markdown", "获取最新版本：[App Store][appstore]、[Google Play][googleplay]、[AppGallery](https://appgallery.example/download)", "zh-Hans"},
		{"Russian that lists names", "Скачайте последнюю версию в App Store, Google Play, Huawei AppGallery, Obtainium, Accrescent", "ru"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got, _ := Detect(c.text); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func TestDetectIsSureOfSentencesOnly(t *testing.T) {
	for text, want := range map[string]bool{
		"The delegation reached the capital after midnight, officials said.": true,
		"Madrid": false,
		"سلام":   false,
		"الوفد said that the talks were over and that الحكومة will publish البيان": false,
	} {
		if _, sure := Detect(text); sure != want {
			t.Errorf("%q: sure is %v", text, sure)
		}
	}
}

func FuzzDetect(f *testing.F) {
	f.Add("وصل الوفد and \xff\xfe")
	f.Add(strings.Repeat("أ", 5000))
	f.Fuzz(func(t *testing.T, s string) {
		tag, _ := Detect(s)
		if tag == "" {
			t.Error("no tag")
		}
		TextDirection(s, "", RTL)
	})
}

func BenchmarkDetectHeadline(b *testing.B) {
	for name, s := range map[string]string{
		"ar": "وصل الوفد إلى العاصمة بعد منتصف الليل لإجراء محادثات", "en": "The delegation reached the capital after midnight for talks",
		"tr": "Heyet görüşmeler için gece yarısından sonra başkente ulaştı",
	} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(s)))
			for b.Loop() {
				Detect(s)
			}
		})
	}
}

func BenchmarkDetectArticle(b *testing.B) {
	s := strings.Repeat("وصل الوفد إلى العاصمة بعد منتصف الليل لإجراء محادثات. ", 80)
	b.SetBytes(int64(len(s)))
	for b.Loop() {
		Detect(s)
	}
}
