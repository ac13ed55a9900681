package entity

import (
	"testing"

	"mihbara/generator/lang"
)

// TestSkeletonsOfNames: names that are one in two scripts are near, others far.
func TestSkeletonsOfNames(t *testing.T) {
	s := NewSkeletons()
	for _, c := range []struct {
		a, b string
		most int
	}{
		{"Raisi", "رئيسي", 0},
		{"Ebrahim Raisi", "إبراهيم رئيسي", 10},
		{"Zelensky", "زيلينسكي", 15},
		{"Gaddafi", "القذافي", 25},
		{"Khader Adnan", "خضر عدنان", 25},
		{"Abdullah", "عبد الله", 15},
		{"Netanyahu", "נתניהו", 25},
		{"Putin", "Путин", 0},
		{"Putin", "پوتین", 10},
	} {
		if d := s.Of(c.a, "en").Distance(s.Of(c.b, "ar")); d > c.most {
			t.Errorf("%s %q and %s %q: %d", c.a, s.Of(c.a, "en"), c.b, s.Of(c.b, "ar"), d)
		}
	}
	for _, c := range [][2]string{{"Raisi", "روحاني"}, {"Khader Adnan", "خالد مشعل"}, {"Macron", "ماكين"}, {"Obama", "بوتين"}} {
		if d := s.Of(c[0], "en").Distance(s.Of(c[1], "ar")); d <= 25 {
			t.Errorf("%s and %s: %d", c[0], c[1], d)
		}
	}
}

// TestSkeletonsOfCountries finds each country by its English name among the names
// of all countries in another language. Exonyms (مصر, Egypt) sound like nothing in
// English, so that a tenth to a fifth cannot be found.
func TestSkeletonsOfCountries(t *testing.T) {
	s := NewSkeletons()
	for _, c := range []struct {
		language lang.Tag
		least    int // in 100
	}{{"ar", 87}, {"he", 86}, {"fa", 83}, {"ur", 83}} {
		var english, foreign []Skeleton
		for _, e := range Territories() {
			if name := e.Labels[c.language]; len(lang.Words(e.Labels["en"])) == 1 && len(lang.Words(name)) == 1 {
				english, foreign = append(english, s.Of(e.Labels["en"], "en")), append(foreign, s.Of(name, c.language))
			}
		}
		found := 0
		for i, k := range english {
			best := 0
			for j, o := range foreign {
				if k.Distance(o) < k.Distance(foreign[best]) {
					best = j
				}
			}
			if best == i {
				found++
			}
		}
		t.Logf("%s: %d of %d", c.language, found, len(english))
		if 100*found < c.least*len(english) {
			t.Errorf("%s: %d of %d found", c.language, found, len(english))
		}
	}
}
