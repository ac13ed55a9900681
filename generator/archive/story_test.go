package archive

import (
	"math/bits"
	"slices"
	"strings"
	"testing"
	"time"

	"mihbara/generator/article"
	"mihbara/generator/entity"
	"mihbara/generator/lang"
	"mihbara/generator/record/recordtest"
)

// reports are short texts on three events: the earthquakes in Turkey of 6 February
// 2023, that in Morocco of 8 September 2023, and the presidential election in Brazil
// of 30 October 2022.
var reports = []struct {
	id    article.ID
	event string
	text  string
}{
	{"turkey-en", "turkey", "An earthquake of magnitude 7.8 struck southern Turkey and northern Syria before dawn. Its centre lay near Gaziantep. Hours later a second one of 7.5 shook Kahramanmaras. More than 5,600 buildings collapsed, the rescue agency AFAD said, and 13,740 people searched the rubble. Erdogan declared seven days of mourning."},
	{"turkey-ar", "turkey", "ضرب زلزال بقوة 7.8 درجات جنوب تركيا وشمال سوريا قبل الفجر، وكان مركزه قرب غازي عنتاب. وبعد ساعات هز زلزال ثان بقوة 7.5 كهرمان مرعش. وقالت وكالة الإنقاذ آفاد إن أكثر من 5600 مبنى انهار، وإن 13,740 شخصا يبحثون بين الأنقاض. وأعلن أردوغان الحداد سبعة أيام."},
	{"turkey-fa", "turkey", "زلزله‌ای به بزرگی ۷٫۸ پیش از سپیده‌دم جنوب ترکیه و شمال سوریه را لرزاند. مرکز آن نزدیک غازی‌عنتاب بود. چند ساعت بعد زلزله دوم به بزرگی ۷٫۵ قهرمان‌مرعش را تکان داد. سازمان امداد آفاد گفت بیش از ۵۶۰۰ ساختمان فرو ریخت و ۱۳٬۷۴۰ نفر زیر آوار را می‌گردند. اردوغان هفت روز عزای عمومی اعلام کرد."},
	{"turkey-he", "turkey", "רעידת אדמה בעוצמה 7.8 פקדה את דרום טורקיה ואת צפון סוריה לפני עלות השחר. מוקדה היה ליד גזיאנטפ. שעות אחר כך רעידה שנייה בעוצמה 7.5 הרעידה את קהרמנמרש. יותר מ-5,600 בניינים קרסו, מסרה סוכנות החילוץ, ו-13,740 איש מחפשים בהריסות. ארדואן הכריז על שבעה ימי אבל."},
	{"turkey-ur", "turkey", "ترکی کے جنوب اور شام کے شمال میں صبح سے پہلے 7.8 شدت کا زلزلہ آیا۔ اس کا مرکز غازی عنتاب کے قریب تھا۔ چند گھنٹے بعد 7.5 شدت کے دوسرے زلزلے نے قہرمان مرعش کو ہلا دیا۔ امدادی ادارے آفاد نے کہا کہ 5600 سے زیادہ عمارتیں منہدم ہو گئیں اور 13,740 افراد ملبے میں تلاش کر رہے ہیں۔ اردوان نے سات روزہ سوگ کا اعلان کیا۔"},
	{"turkey-fr", "turkey", "Un séisme de magnitude 7,8 a frappé le sud de la Turquie et le nord de la Syrie avant l’aube. Son épicentre se trouvait près de Gaziantep. Quelques heures plus tard, un second de 7,5 a secoué Kahramanmaras. Plus de 5 600 immeubles se sont effondrés, selon l’agence AFAD, et 13 740 personnes fouillent les décombres. Erdogan a décrété sept jours de deuil."},
	{"morocco-en", "morocco", "An earthquake of magnitude 6.8 struck Morocco late on Friday. Its centre lay in the province of Al Haouz, south of Marrakesh. At least 2,960 people died, the interior ministry said, and 6,125 were injured. King Mohammed declared three days of mourning."},
	{"morocco-ar", "morocco", "ضرب زلزال بقوة 6.8 درجات المغرب في وقت متأخر من يوم الجمعة، وكان مركزه في إقليم الحوز جنوب مراكش. وقتل ما لا يقل عن 2960 شخصا، بحسب وزارة الداخلية، وأصيب 6125. وأعلن الملك محمد الحداد ثلاثة أيام."},
	{"brazil-fr", "brazil", "Lula a remporté l’élection présidentielle au Brésil avec 50,9 % des voix. Bolsonaro en a obtenu 49,1 %. Plus de 118 millions d’électeurs ont voté, a annoncé le tribunal électoral à Brasilia."},
	{"brazil-ar", "brazil", "فاز لولا بالانتخابات الرئاسية في البرازيل بنسبة 50.9 في المئة من الأصوات، وحصل بولسونارو على 49.1 في المئة. وصوت أكثر من 118 مليون ناخب، بحسب المحكمة الانتخابية في برازيليا."},
}

// newsroom is a neighbourhood in memory that knows terms.
type newsroom struct {
	shelf
	terms map[article.ID]Terms
	rows  map[Term][]Neighbour // in order
}

func (n *newsroom) Terms(id article.ID) Terms { return n.terms[id] }

func (n *newsroom) Sharing(list []Neighbour, term Term, from, to string, limit int) ([]Neighbour, int) {
	var all []Neighbour
	for _, x := range slices.Backward(n.rows[term]) {
		if x.Sort >= from && x.Sort < to {
			all = append(all, x)
		}
	}
	return append(list, all[:min(limit, len(all))]...), bits.Len(uint(len(all)))
}

// file relates an article with what was filed before it, and files it.
func (n *newsroom) file(id article.ID, text string, date time.Time, names ...entity.ID) article.ID {
	var r TermReader
	t, _ := lang.ParseTag(string(id[strings.LastIndexByte(string(id), '-')+1:]))
	c := article.Card{ID: id, Language: t, Published: article.Moment{Unix: date.Unix(), Set: true}}
	terms := r.Read(Text{Body: text, Words: lang.Words(text), Language: t, Entities: names})
	links := Relate(n, Place{Card: c}, nil, terms, Options{NoAbroad: true, NoDuplicates: true})
	n.terms[id] = terms
	for _, x := range append(terms.Leading(), AnyTerm) {
		n.rows[x] = append(n.rows[x], Neighbour{id, uint32(len(n.terms)), Sort(c), t})
	}
	return links.Parent
}

func newNewsroom() *newsroom {
	return &newsroom{terms: map[article.ID]Terms{}, rows: map[Term][]Neighbour{}}
}

// TestReportsOfAnEventAreOneStory files reports in several orders, without telling
// entities: each has a parent of its own event, unless it is the first.
func TestReportsOfAnEventAreOneStory(t *testing.T) {
	for first := range reports {
		n, seen := newNewsroom(), map[string]bool{}
		events := map[article.ID]string{"": ""}
		for i := range reports {
			r := reports[(first+i*7)%len(reports)]
			events[r.id] = r.event
			parent := n.file(r.id, r.text, time.Date(2023, 10, 1, i, 0, 0, 0, time.UTC))
			want := ""
			if seen[r.event] {
				want = r.event
			}
			if got := events[parent]; got != want {
				t.Errorf("beginning with %s: %s continues %q, want one on %q", reports[first].id, r.id, parent, want)
			}
			seen[r.event] = true
		}
	}
}

func TestWhatIsFarApartNeedsMoreInCommon(t *testing.T) {
	file := func(days int) article.ID {
		n := newNewsroom()
		n.file(reports[0].id, reports[0].text, time.Date(2022, 1, 1, 0, 0, 0, 0, time.UTC))
		return n.file(reports[5].id, reports[5].text, time.Date(2022, 1, 1+days, 0, 0, 0, 0, time.UTC))
	}
	if file(1) == "" {
		t.Error("a day apart the reports are no story")
	}
	if got := file(storyDays + 1); got != "" {
		t.Errorf("more than %d days apart, it continues %q", storyDays, got)
	}
}

func TestAnUndatedArticleIsInNoStory(t *testing.T) {
	n := newNewsroom()
	n.file(reports[0].id, reports[0].text, time.Date(2023, 2, 6, 0, 0, 0, 0, time.UTC))
	l := Relate(n, Place{Card: article.Card{ID: "x", Language: "fr"}}, nil, n.terms[reports[0].id], Options{NoAbroad: true})
	if l.Parent != "" {
		t.Errorf("it continues %q", l.Parent)
	}
}

func TestNumbersMeetInAllDigits(t *testing.T) {
	tests := []struct {
		a string
		t lang.Tag
		b string
		u lang.Tag
	}{
		{"26,750 dollars", "en", "٢٦٬٧٥٠ دولارا", "ar"},
		{"26,750 dollars", "en", "26 750 dollars", "fr"},
		{"26,750 dollars", "en", "26.750 dólares", "es"},
		{"1.5 million", "en", "1,5 million", "fr"},
		{"1.5 million", "en", "١٫٥ مليون", "ar"},
		{"£11million", "en", "11 מיליון ליש״ט", "he"},
		{"2.3 billion", "en", "2,3 миллиарда", "ru"},
		{"700 thousand", "en", "70万", "zh-Hans"},
		{"118 million", "en", "۱۱۸ میلیون", "fa"},
		{"832", "en", "832", "tr"},
	}
	var r TermReader
	read := func(s string, t lang.Tag) Terms {
		return slices.DeleteFunc(r.Read(Text{Body: s, Words: lang.Words(s), Language: t}), func(x Term) bool { return x.kind() != numberTerm })
	}
	for _, x := range tests {
		if a, b := read(x.a, x.t), read(x.b, x.u); len(a) != 1 || !slices.Equal(a, b) {
			t.Errorf("%q gives %v, %q gives %v", x.a, a, x.b, b)
		}
	}
	for _, x := range []string{"in 2023", "7 people", "version 1.2.3", "0 and 12"} {
		for _, term := range read(x, "en") {
			if term.anchors() {
				t.Errorf("%q ties a text to an event", x)
			}
		}
	}
}

func TestACapitalAtTheStartOfASentenceIsNoName(t *testing.T) {
	var r TermReader
	sounds := func(s string) int {
		return r.Read(Text{Body: s, Words: lang.Words(s), Language: "en"}).sounds()
	}
	if n := sounds("Yesterday nothing happened. Afterwards nobody complained."); n != 0 {
		t.Errorf("%d names in a text without one", n)
	}
	if n := sounds("Prigozhin left. They followed Prigozhin to Rostov."); n != 2 {
		t.Errorf("%d sounds of Prigozhin and Rostov", n)
	}
}

func TestTermsSurviveTheStore(t *testing.T) {
	recordtest.Survives(t, "none", Terms(nil))
	recordtest.Survives(t, "three", newTerms([]Term{entityTermOf("beirut"), numberTermOf(number{832, 0})}))
}

func FuzzTerms(f *testing.F) {
	f.Add("More than 5,600 buildings in Gaziantep, 13 740 people", "en")
	f.Add("وقالت وكالة الإنقاذ آفاد إن أكثر من 5600 مبنى", "ar")
	f.Add("70万人", "zh-Hans")
	f.Fuzz(func(t *testing.T, text, tag string) {
		var r TermReader
		terms := r.Read(Text{Headline: text, Body: text, Words: lang.Words(text), Language: lang.Tag(tag)})
		if !slices.IsSorted(terms) || len(terms) > mostTerms || slices.Contains(terms, AnyTerm) {
			t.Errorf("%q: %v", text, terms)
		}
	})
}
