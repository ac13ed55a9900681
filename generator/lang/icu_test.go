package lang

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// golden calls f with the fields of each line that testdata/icu.mjs wrote and
// prints for how many values f says that it compared them; the others are meant
// to differ, and f says why.
func golden(t *testing.T, name string, f func(field []string) (compared int)) {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", "icu", name))
	if err != nil {
		t.Fatal(err)
	}
	values, left := 0, 0
	dataLines(string(b), func(line string) {
		n := f(strings.Split(line, "\t"))
		if values += n; n == 0 {
			left++
		}
	})
	if values == 0 {
		t.Fatalf("%s holds no lines", name)
	}
	t.Logf("%s: %d values compared with ICU's, %d left out", name, values, left)
}

// overridden says where data/<tag>/hand.txt is meant to differ from ICU.
func overridden(t Tag, key string) bool {
	m := map[string]string{}
	readPairs(m, dataFile(t, "hand.txt"))
	_, ok := m[key]
	return ok
}

// ours gives our tag for an ICU locale.
func ours(s string) Tag {
	if s == "ku" {
		return "kmr"
	}
	return Tag(s)
}

// asNode writes the narrow no-break space of CLDR as the plain space that node
// puts in its place.
func asNode(s string) string { return strings.ReplaceAll(s, "\u202f", " ") }

func parseDay(t *testing.T, s string) Civil {
	t.Helper()
	f := strings.Split(s, "-")
	y, _ := strconv.Atoi(f[0])
	m, _ := strconv.Atoi(f[1])
	d, err := strconv.Atoi(f[2])
	if err != nil {
		t.Fatal(err)
	}
	return Civil{y, m, d}
}

func TestDatesAgreeWithICU(t *testing.T) {
	styles := map[string]DateStyle{"long": DateLong, "full": DateFull, "medium": DateMedium, "month": DateMonth, "year": DateYear}
	bad := 0
	golden(t, "dates.txt", func(f []string) int {
		tag := ours(f[0])
		if overridden(tag, "date."+f[1]) {
			return 0
		}
		if got := asNode(For(tag).Date(parseDay(t, f[2]), styles[f[1]])); got != f[3] {
			if bad++; bad < 40 {
				t.Errorf("%s %s %s: got %q, ICU says %q", f[0], f[1], f[2], got, f[3])
			}
		}
		return 1
	})
	if bad > 0 {
		t.Errorf("%d dates differ", bad)
	}
}

func TestNumbersTimesWeeksAndListsAgreeWithICU(t *testing.T) {
	golden(t, "plain.txt", func(f []string) int {
		l := For(ours(f[0]))
		var got string
		switch f[1] {
		case "integer":
			n, _ := strconv.Atoi(f[2])
			got = l.Integer(n)
		case "decimal", "percent":
			v, err := strconv.ParseFloat(f[2], 64)
			if err != nil {
				t.Fatal(err)
			}
			if got = l.Decimal(v, 1); f[1] == "percent" {
				got = l.Percent(v, 0)
			}
		case "time":
			h, _ := strconv.Atoi(f[2][:2])
			m, _ := strconv.Atoi(f[2][3:])
			if overridden(l.Tag, "time") || overridden(l.Tag, "am") || l.Tag == "ko" {
				return 0 // node writes AM where CLDR 48.2 has 오전
			}
			got = asNode(l.Time(h, m))
		case "week":
			if l.Tag == "ar" {
				return 0 // of no country, so that its weeks are those of CLDR's world; ICU takes it for Egypt's
			}
			got = strconv.Itoa(l.FirstWeekday())
		case "list":
			if overridden(l.Tag, "list.end") {
				return 0
			}
			n, _ := strconv.Atoi(f[2])
			got = l.List([]string{"A", "B", "C", "D"}[:n])
		}
		if got != f[3] {
			t.Errorf("%s %s %s: got %q, ICU says %q", f[0], f[1], f[2], got, f[3])
		}
		return 1
	})
}

func TestRelativeTimesAgreeWithICU(t *testing.T) {
	golden(t, "relative.txt", func(f []string) int {
		l := For(ours(f[0]))
		if l.Tag == "ckb" || l.Tag == "yi" {
			return 0 // ours: CLDR has the root's
		}
		n, _ := strconv.Atoi(f[2])
		if got := l.Relative(n, Unit(f[1])); got != f[3] {
			t.Errorf("%s %s %s: got %q, ICU says %q", f[0], f[1], f[2], got, f[3])
		}
		return 1
	})
}

func TestPluralsAgreeWithICU(t *testing.T) {
	golden(t, "plurals.txt", func(f []string) int {
		l := For(ours(f[0]))
		form, next := "", map[int]string{}
		for pair := range strings.FieldsSeq(f[2]) {
			n, want, _ := strings.Cut(pair, ":")
			v, _ := strconv.Atoi(n)
			next[v] = want
		}
		if f[1] == "big" {
			for n, want := range next {
				if got := l.Plural(n); string(got) != want {
					t.Errorf("%s %d: got %s, ICU says %s", f[0], n, got, want)
				}
			}
			return len(next)
		}
		for n := 0; n <= 200; n++ {
			if w, ok := next[n]; ok {
				form = w
			}
			if got := l.Plural(n); string(got) != form {
				t.Errorf("%s %d: got %s, ICU says %s", f[0], n, got, form)
			}
		}
		return 201
	})
}

func TestSecondCalendarsAgreeWithICU(t *testing.T) {
	golden(t, "calendar2.txt", func(f []string) int {
		if got := For(Tag(f[0])).Calendar2(parseDay(t, f[1])); got != f[2] {
			t.Errorf("%s %s: got %q, ICU says %q", f[0], f[1], got, f[2])
		}
		return 1
	})
}

func TestEveryDayOfTwoCenturiesAgreesWithICU(t *testing.T) {
	kinds := map[string]func(int) (int, int, int){"persian": persian, "islamic-umalqura": ummAlQura, "hebrew": hebrew}
	golden(t, "days.txt", func(f []string) int {
		year, _ := strconv.Atoi(f[1])
		sum := 0
		for d := (Civil{year, 1, 1}).days(); d < (Civil{year + 1, 1, 1}).days(); d++ {
			y, m, day := kinds[f[0]](d)
			if f[0] == "hebrew" {
				m = 0 // ICU numbers Hebrew months in more than one way; names are compared above
			}
			sum = (sum*31 + y*400 + m*32 + day) % 4294967291
		}
		if strconv.Itoa(sum) != f[2] {
			t.Errorf("%s %s: a day differs from ICU's", f[0], f[1])
		}
		return (Civil{year + 1, 1, 1}).days() - (Civil{year, 1, 1}).days()
	})
}

func TestOrderAgreesWithICU(t *testing.T) {
	golden(t, "order.txt", func(f []string) int {
		l := For(Tag(f[0]))
		name := func(code string) string { return TerritoryNames(code, l.Tag)[0] }
		codes := strings.Fields(f[1])
		for i := 1; i < len(codes); i++ {
			if a, b := name(codes[i-1]), name(codes[i]); l.SortKey(a) > l.SortKey(b) {
				t.Errorf("%s: ICU sorts %q before %q", f[0], a, b)
			}
		}
		return len(codes)
	})
}
