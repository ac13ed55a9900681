package lang

import "slices"

// A Locale is what Mihbara knows of one language as it is written in one
// place. It does not change after it is made and is safe to share.
type Locale struct {
	Tag       Tag       // the tag asked for
	Name      string    // the language's name for itself (endonym)
	English   string    // its name in English
	Script    string    // ISO 15924, as "Arab"
	Direction Direction // of that script
}

var known = []Tag{"ar", "ar-AE", "ar-DZ", "ar-EG", "ar-IQ", "ar-JO", "ar-LB", "ar-LY", "ar-MA", "ar-PS", "ar-SA", "ar-SD", "ar-SY", "ar-TN", "az", "bn", "ckb", "ckb-IR", "de", "dv", "el", "en", "en-GB", "es", "fa", "fa-AF", "fr", "he", "hi", "id", "it", "ja", "kmr", "ko", "nl", "pl", "ps", "pt", "ru", "sd", "sv", "sw", "syr", "tr", "ug", "uk", "ur", "ur-IN", "yi", "zh-Hans", "zh-Hant"}

func isKnown(t Tag) bool { return slices.Contains(known, t) }

// Known gives the tags of all locales that have data of their own, sorted.
func Known() []Tag { return slices.Clone(known) }

// For gives the locale for t, never nil: a language without data takes that of
// its nearest parent (fr-CH → fr) and in the end that of no language.
func For(t Tag) *Locale {
	d := DirectionOf(t)
	return &Locale{Tag: t, Name: string(t), English: string(t), Script: map[Direction]string{LTR: "Latn", RTL: "Arab"}[d], Direction: d}
}

// A Direction is the base direction of a text, as the dir attribute writes it.
type Direction string

// The two directions.
const (
	LTR Direction = "ltr"
	RTL Direction = "rtl"
)

// DirectionOf gives the direction of the script that t is written in, after
// likely subtags: dv, ku-Arab and und-Hebr are right to left, ku is not.
func DirectionOf(t Tag) Direction {
	switch {
	case len(t) >= 2 && slices.Contains([]string{"ar", "fa", "ur", "he", "ps", "ug", "sd", "yi", "dv"}, string(t[:2])), len(t) >= 3 && (t[:3] == "ckb" || t[:3] == "syr"):
		return RTL
	}
	return LTR
}
