package lang

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"
	"testing"
)

func TestKnownLocalesAreComplete(t *testing.T) {
	known := Known()
	if len(known) < 45 || !slices.IsSorted(known) {
		t.Fatalf("%d locales, sorted: %v", len(known), slices.IsSorted(known))
	}
	for _, tag := range known {
		l := For(tag)
		n := l.dates.names
		for what, list := range map[string][]string{"months": n.wide, "months alone": n.wideAlone, "short months": n.short, "days": n.day} {
			want := 12
			if what == "days" {
				want = 7
			}
			if len(list) != want || slices.Contains(list, "") {
				t.Errorf("%s: %s: %q", tag, what, list)
			}
		}
		if l.Name == "" || l.English == "" || l.Script == "" || l.Name == string(tag) {
			t.Errorf("%s: a name is missing: %q %q %q", tag, l.Name, l.English, l.Script)
		}
		if l.calendar2.kind != "" && len(l.calendar2.names.wide) < 12 {
			t.Errorf("%s: months of the second calendar: %q", tag, l.calendar2.names.wide)
		}
	}
}

func TestDataFilesNameTheirOriginAndLicence(t *testing.T) {
	err := fs.WalkDir(localeFiles, "data", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := localeFiles.ReadFile(path)
		first, _, _ := strings.Cut(string(b), "\n")
		if !strings.HasPrefix(first, "# origin: ") || !strings.Contains(first, "licence: ") {
			t.Errorf("%s begins %q", path, first)
		}
		if tag := strings.Split(path, "/")[1]; tag != "und" && !isKnown(Tag(tag)) && !strings.HasSuffix(path, "/detect.txt") && !strings.HasSuffix(path, "/trigrams.txt") {
			t.Errorf("%s belongs to no known locale", path)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

func TestDatesOfRegions(t *testing.T) {
	d := Civil{2023, 11, 15}
	for _, c := range []struct {
		name  string
		tag   Tag
		style DateStyle
		want  string
	}{
		{"Arabic has ASCII digits and names from Latin", "ar", DateLong, "15 نوفمبر 2023"},
		{"Lebanon has Syriac names and Indic digits", "ar-LB", DateLong, "١٥ تشرين الثاني ٢٠٢٣"},
		{"Morocco has names from French", "ar-MA", DateLong, "15 نونبر 2023"},
		{"Persian", "fa", DateLong, "۱۵ نوامبر ۲۰۲۳"},
		{"Sorani by hand", "ckb", DateMonth, "تشرینی دووەمی ٢٠٢٣"},
		{"Divehi by hand", "dv", DateLong, "15 ނޮވެމްބަރު 2023"},
		{"Sindhi by hand", "sd", DateFull, "اربع، ١٥ نومبر ٢٠٢٣"},
		{"a Russian month alone is in the nominative", "ru", DateMonth, "ноябрь 2023\u202fг."},
		{"with the weekday", "en-GB", DateFull, "Wednesday, 15 November 2023"},
	} {
		if got := For(c.tag).Date(d, c.style); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

// TestDatesHaveTheMarksOfTheirScript: CLDR has English commas in dates of a few
// languages that write another one (RTL.md Y14).
func TestDatesHaveTheMarksOfTheirScript(t *testing.T) {
	for _, tag := range Known() {
		if !slices.Contains([]string{"Arab", "Thaa", "Syrc"}, ScriptOf(tag)) {
			continue
		}
		for style := DateLong; style <= DateFull; style++ {
			if got := For(tag).Date(Civil{2022, 3, 20}, style); strings.ContainsAny(got, ",;") {
				t.Errorf("%s: %s", tag, got)
			}
		}
	}
}

func TestDaysThatDoNotExistAreWrittenAsNumbers(t *testing.T) {
	for _, d := range []Civil{{}, {2023, 2, 29}, {2023, 13, 1}, {2023, 0, 5}, {2023, 4, 31}, {2023, 5, -1}} {
		for _, tag := range []Tag{"ar", "he", "fa", "xx"} {
			want := fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
			if got := For(tag).Date(d, DateFull); got != want {
				t.Errorf("%v in %s: %q", d, tag, got)
			}
			if got := For(tag).Calendar2(d); got != "" {
				t.Errorf("%v in %s: second calendar %q", d, tag, got)
			}
		}
	}
}

func TestSecondCalendars(t *testing.T) {
	d := Civil{2023, 11, 27}
	for tag, want := range map[Tag]string{
		"ar-SA": "١٣ جمادى الأولى ١٤٤٥ هـ", "ar": "13 جمادى الأولى 1445 هـ", "fa": "۶ آذر ۱۴۰۲", "fa-AF": "۶ قوس ۱۴۰۲",
		"he": "י״ד בכסלו תשפ״ד", "ckb-IR": "٦ی سەرماوەزی ١٤٠٢", "ps": "د ۱۴۰۲ د لیندۍ ۶", "ar-LB": "", "en": "", "ckb": "", "ur": "",
	} {
		if got := For(tag).Calendar2(d); got != want {
			t.Errorf("%s: got %q, want %q", tag, got, want)
		}
	}
}

func TestCalendarsRunOnBeyondTheirTables(t *testing.T) {
	for _, kind := range []func(int) (int, int, int){ummAlQura, persian, hebrew} {
		year, month, day := kind(Civil{1600, 1, 1}.days())
		for d := (Civil{1600, 1, 2}).days(); d < (Civil{2400, 1, 1}).days(); d++ {
			y, m, dd := kind(d)
			next := y == year && m == month && dd == day+1 || dd == 1 && (y == year && m > month || y == year+1 && m == 1)
			// Where the table of Umm al-Qura begins and ends a day may be
			// counted twice or left out.
			if edge := d == ummAlQuraFirst() || d == ummAlQuraEnd(); !next && !edge {
				t.Fatalf("%v: after %d-%d-%d comes %d-%d-%d", civilOf(d), year, month, day, y, m, dd)
			}
			year, month, day = y, m, dd
		}
	}
}

func ummAlQuraFirst() int { return hijriYears()[0].first }

func ummAlQuraEnd() int {
	last := hijriYears()[len(hijriYears())-1]
	return last.first + 12*29 + onesOf(last.long)
}

func TestSitesMayChooseTheirDigits(t *testing.T) {
	l := For("ar").With(Preferences{Digits: "arab"})
	if got := l.Date(Civil{2023, 5, 5}, DateLong) + l.Integer(12345); got != "٥ مايو ٢٠٢٣١٢٬٣٤٥" {
		t.Errorf("got %q", got)
	}
	if got := For("fa").With(Preferences{Digits: "latn"}).Integer(12345); got != "12,345" {
		t.Errorf("got %q", got)
	}
	if l := For("fa"); l.With(Preferences{Digits: "roman"}) != l {
		t.Error("an unknown system changed something")
	}
}

func TestArabicSitesMayChooseTheirMonths(t *testing.T) {
	d := Civil{2023, 8, 5}
	for set, want := range map[string]string{
		"standard": "5 أغسطس 2023", "levant": "5 آب 2023", "maghreb": "5 أوت 2023", "morocco": "5 غشت 2023",
		"both": "5 أغسطس/آب 2023", "other": "5 أغسطس 2023",
	} {
		if got := For("ar").With(Preferences{Months: set}).Date(d, DateLong); got != want {
			t.Errorf("%s: got %q, want %q", set, got, want)
		}
	}
	if l := For("fa"); l.With(Preferences{Months: "levant"}) != l {
		t.Error("Persian took Arabic months")
	}
}

func TestSitesMayChooseWhereTheirCalendarStands(t *testing.T) {
	d := Civil{2023, 11, 4}
	for _, c := range []struct {
		tag          Tag
		place        string
		first, other string
	}{
		{"fa", "", "۴ نوامبر ۲۰۲۳", "۱۳ آبان ۱۴۰۲"},
		{"fa", "first", "۱۳ آبان ۱۴۰۲", "۴ نوامبر ۲۰۲۳"},
		{"fa", "none", "۴ نوامبر ۲۰۲۳", ""},
		{"fa-AF", "first", "۱۳ عقرب ۱۴۰۲", "۴ نومبر ۲۰۲۳"},
		{"he", "first", "כ׳ בחשוון תשפ״ד", "4 בנובמבר 2023"},
		{"ar-LB", "", "٤ تشرين الثاني ٢٠٢٣", ""},
		{"ar-LB", "second", "٤ تشرين الثاني ٢٠٢٣", "٢٠ ربيع الآخر ١٤٤٥ هـ"},
		{"en", "first", "November 4, 2023", ""},
		{"fa", "last", "۴ نوامبر ۲۰۲۳", "۱۳ آبان ۱۴۰۲"},
	} {
		l := For(c.tag).With(Preferences{Calendar: c.place})
		if first, other := l.Day(d), l.OtherDay(d); first != c.first || other != c.other {
			t.Errorf("%s, %q: got %q and %q, want %q and %q", c.tag, c.place, first, other, c.first, c.other)
		}
	}
	for tag, want := range map[Tag]int{"fa": 3, "ar-LB": 3, "ckb": 0, "ckb-IR": 3, "en": 0} {
		if got := CalendarPlaces(tag); len(got) != want {
			t.Errorf("%s has %q, want %d places", tag, got, want)
		}
	}
}

func TestListsOfFewItems(t *testing.T) {
	for _, c := range []struct {
		tag   Tag
		items []string
		want  string
	}{
		{"ar", nil, ""}, {"ar", []string{"بيروت"}, "بيروت"}, {"ar", []string{"بيروت", "دمشق", "عمان"}, "بيروت ودمشق وعمان"},
		{"ckb", []string{"A", "B", "C"}, "A، B و C"}, {"he", []string{"A", "דן"}, "A ודן"}, {"es", []string{"Francia", "Italia"}, "Francia e Italia"},
		{"es", []string{"agua", "hielo"}, "agua y hielo"}, {"en", []string{"{1}", "{0}"}, "{1} and {0}"}, {"xx", []string{"A", "B"}, "A, B"},
	} {
		if got := For(c.tag).List(c.items); got != c.want {
			t.Errorf("%s %q: got %q, want %q", c.tag, c.items, got, c.want)
		}
	}
}

func TestRelativeTimesOfOurOwn(t *testing.T) {
	for _, c := range []struct {
		tag  Tag
		n    int
		unit Unit
		want string
	}{
		{"ckb", -1, Day, "دوێنێ"}, {"ckb", -3, Day, "٣ ڕۆژ لەمەوبەر"}, {"yi", -1, Week, "מיט 1 וואָך צוריק"}, {"yi", 4, Hour, "אין 4 שעה אַרום"},
		{"ar-EG", -11, Day, "قبل ١١ يومًا"}, {"fa-AF", -2, Month, "۲ ماه پیش"}, {"xx", -2, Day, ""}, {"dv", 1, Day, ""}, {"en", 1, "century", ""},
	} {
		if got := For(c.tag).Relative(c.n, c.unit); got != c.want {
			t.Errorf("%s %d %s: got %q, want %q", c.tag, c.n, c.unit, got, c.want)
		}
	}
}

func TestTheArabicArticleMayCount(t *testing.T) {
	plain, counted := For("ar"), For("ar").With(Preferences{Article: true})
	if a, b := plain.Initial("القاهرة"), counted.Initial("القاهرة"); a != "ق" || b != "ا" {
		t.Errorf("initials %q and, with the article, %q", a, b)
	}
	if plain.SortKey("القاهرة") < plain.SortKey("بيروت") || counted.SortKey("القاهرة") > counted.SortKey("بيروت") {
		t.Error("the order does not follow")
	}
	if l := For("fa"); l.With(Preferences{Article: true}) != l {
		t.Error("Persian has an article")
	}
}

func TestIntegersOfEverySize(t *testing.T) {
	for n, want := range map[int]string{0: "0", -5: "-5", 999: "999", 1000: "1,000", -1234567: "-1,234,567"} {
		if got := For("en").Integer(n); got != want {
			t.Errorf("%d: got %q", n, got)
		}
	}
	if got := For("hi").Integer(12345678); got != "1,23,45,678" {
		t.Errorf("Hindi groups by two above the thousands: %q", got)
	}
}

func TestPluralFormsThatMessagesNeed(t *testing.T) {
	for tag, want := range map[Tag][]PluralForm{
		"ar": {Zero, One, Two, Few, Many, Other}, "he": {One, Two, Other}, "ru": {One, Few, Many, Other}, "fr": {One, Many, Other}, "en": {One, Other},
		"zh-Hans": {Other}, "xx": {Other}, "kmr": {One, Other}, "ckb": {One, Other},
	} {
		if got := For(tag).PluralForms(); !slices.Equal(got, want) {
			t.Errorf("%s: %v", tag, got)
		}
	}
	if got := For("ar").Plural(-3); got != Few {
		t.Errorf("-3 takes %s", got)
	}
}

func TestLocalesMayBeUsedAtOnce(t *testing.T) {
	var group sync.WaitGroup
	keys := make([]string, 16)
	for i := range keys {
		group.Go(func() {
			for range 50 {
				l := For([]Tag{"ar", "fa", "zh-Hans", "tr"}[i%4])
				keys[i] = l.SortKey("الأخبار 12") + l.Date(Civil{2023, 5, 5}, DateLong)
				Detect("وصل الوفد")
			}
		})
	}
	group.Wait()
	for i := range keys {
		if keys[i] != keys[i%4] {
			t.Errorf("key %d differs from key %d", i, i%4)
		}
	}
}

func ExampleFor() {
	l := For("ar-LB")
	fmt.Println(l.Name, l.Direction)
	fmt.Println(l.Date(Civil{2023, 5, 21}, DateFull))
	fmt.Println(l.Plural(3), l.List([]string{"صور", "صيدا"}))
	// Output:
	// العربية (لبنان) rtl
	// الأحد، ٢١ أيار ٢٠٢٣
	// few صور وصيدا
}
