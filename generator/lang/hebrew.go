package lang

import "strings"

// hebrewEpoch is 1 Tishri of the year 1, in days since 1970.
const hebrewEpoch = 347998 - unixJulian

func hebrewLeap(year int) bool { return (7*year+1)%19 < 7 }

// hebrewElapsed gives the days from the epoch to the mean new moon of Tishri,
// put off where the year would begin on a Sunday, Wednesday or Friday.
func hebrewElapsed(year int) int {
	months := floorDiv(235*year-234, 19)
	parts := 12084 + 13753*months
	day := 29*months + floorDiv(parts, 25920)
	if 3*(day+1)%7 < 3 {
		day++
	}
	return day
}

// hebrewNewYear adds the two postponements that keep the lengths of years
// within bounds.
func hebrewNewYear(year int) int {
	before, this, next := hebrewElapsed(year-1), hebrewElapsed(year), hebrewElapsed(year+1)
	switch {
	case next-this == 356:
		this += 2
	case this-before == 382:
		this++
	}
	return hebrewEpoch + this
}

// hebrew turns days since 1970 into a day of the Hebrew calendar. Months count
// from Tishri; 6 is the first Adar and stands in leap years only, 13 is Elul.
func hebrew(days int) (year, month, day int) {
	year = floorDiv((days-hebrewEpoch)*98496, 35975351) + 1
	for hebrewNewYear(year) > days {
		year--
	}
	for hebrewNewYear(year+1) <= days {
		year++
	}
	n := days - hebrewNewYear(year)
	length := hebrewNewYear(year+1) - hebrewNewYear(year)
	for month = 1; ; month++ {
		m := hebrewMonthLength(month, length)
		if n < m {
			return year, month, n + 1
		}
		n -= m
	}
}

// hebrewMonthLength gives the length of a month in a year of so many days.
func hebrewMonthLength(month, yearLength int) int {
	short, long := yearLength%10 == 3, yearLength%10 == 5
	switch month {
	case 2: // Heshvan
		if long {
			return 30
		}
		return 29
	case 3: // Kislev
		if short {
			return 29
		}
		return 30
	case 4, 7, 9, 11, 13:
		return 29
	case 6:
		if yearLength < 380 {
			return 0
		}
	}
	return 30
}

// hebrewNumber writes a number from 1 to 999 in Hebrew letters, with a geresh
// or gershayim; of a year the thousands are left out, as is usual.
func hebrewNumber(n int) string {
	letters := []rune{}
	switch n %= 1000; n {
	case 698: // the usual order would spell a word of ill omen, here and in 744
		return "תרח״צ"
	case 744:
		return "תשד״מ"
	}
	for ; n >= 400; n -= 400 {
		letters = append(letters, 'ת')
	}
	if n >= 100 {
		letters = append(letters, []rune("קרש")[n/100-1])
		n %= 100
	}
	if n == 80 && len(letters) > 0 {
		letters, n = append(letters, 'ף'), 0 // as ICU; other round tens keep their plain form
	}
	if n == 15 || n == 16 { // not letters of the divine name
		letters = append(letters, 'ט')
		n -= 9
	}
	if n >= 10 {
		letters = append(letters, []rune("יכלמנסעפצ")[n/10-1])
		n %= 10
	}
	if n > 0 {
		letters = append(letters, []rune("אבגדהוזחט")[n-1])
	}
	var b strings.Builder
	for i, r := range letters {
		if len(letters) > 1 && i == len(letters)-1 {
			b.WriteString("״")
		}
		b.WriteRune(r)
	}
	if len(letters) == 1 {
		b.WriteString("׳")
	}
	return b.String()
}
