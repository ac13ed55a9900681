package lang

import "testing"

const headline = "وزير الخارجية يصل إلى بيروت في زيارة تستمر يومين"

func BenchmarkSlug(b *testing.B) {
	for _, c := range []struct {
		name string
		text string
		mode SlugMode
	}{
		{"Arabic", headline, SlugUnicode}, {"English", "Foreign minister arrives in Beirut for a two-day visit", SlugUnicode}, {"Arabic in ASCII", headline, SlugASCII},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.SetBytes(int64(len(c.text)))
			for b.Loop() {
				Slug(c.text, c.mode)
			}
		})
	}
}

func BenchmarkDate(b *testing.B) {
	for _, t := range []Tag{"ar", "ar-EG", "fa", "en"} {
		l := For(t)
		b.Run(string(t), func(b *testing.B) {
			for b.Loop() {
				l.Date(Civil{2023, 5, 21}, DateLong)
			}
		})
	}
}

func BenchmarkCalendar2(b *testing.B) {
	for _, t := range []Tag{"ar", "fa", "he"} {
		l := For(t)
		b.Run(string(t), func(b *testing.B) {
			for b.Loop() {
				l.Calendar2(Civil{2023, 5, 21})
			}
		})
	}
}

func BenchmarkDigits(b *testing.B) {
	l := For("ar-EG")
	for b.Loop() {
		l.Digits("1234 - 5678")
	}
}

func BenchmarkInteger(b *testing.B) {
	l := For("fa")
	for b.Loop() {
		l.Integer(1234567)
	}
}

func BenchmarkSortKey(b *testing.B) {
	for t, s := range map[Tag]string{"ar": headline, "en": "Foreign minister arrives in Beirut", "zh-Hans": "外交部长抵达贝鲁特"} {
		b.Run(string(t), func(b *testing.B) {
			l := For(t)
			l.SortKey(s)
			b.SetBytes(int64(len(s)))
			for b.Loop() {
				l.SortKey(s)
			}
		})
	}
}

func BenchmarkPlural(b *testing.B) {
	l := For("ar")
	for b.Loop() {
		l.Plural(127)
	}
}

func BenchmarkStripControls(b *testing.B) {
	b.SetBytes(int64(len(headline)))
	for b.Loop() {
		StripControls(headline)
	}
}

func BenchmarkTextDirection(b *testing.B) {
	b.SetBytes(int64(len(headline)))
	for b.Loop() {
		TextDirection(headline, "", LTR)
	}
}

func BenchmarkExcerpt(b *testing.B) {
	b.SetBytes(int64(len(headline)))
	for b.Loop() {
		Excerpt(headline, 30)
	}
}

// BenchmarkFirstUse is what a program pays that writes one date in one
// language: reading its files.
func BenchmarkFirstUse(b *testing.B) {
	for b.Loop() {
		loadLocale("ar").Date(Civil{2023, 5, 21}, DateLong)
	}
}

func BenchmarkFoldingTable(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		FoldingTable()
	}
}
