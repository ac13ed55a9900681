package lang

import (
	"fmt"
	"strings"

	"golang.org/x/text/language"
)

// A Tag is a canonical BCP 47 language tag: "ar", "fa-AF", "zh-Hans", "ckb",
// "und" (not known), "und-Arab" (only the script is known). Tags come from
// [ParseTag] and [Detect]; a Tag compares with ==.
type Tag string

// Und is the tag of text whose language is not known.
const Und Tag = "und"

// canon replaces deprecated codes (iw → he) and drops scripts that go without
// saying (fa-Arab → fa). Macrolanguages stay as they are written: ckb and kmr
// must not become ku, because the three differ in script and direction.
const canon = language.DeprecatedBase | language.DeprecatedScript | language.DeprecatedRegion | language.SuppressScript

// ParseTag reads a language tag as people write it in front matter, folder
// names and settings (zh_cn, zh-CN, pt_br, iw, AR, fa-IR) and gives its
// canonical form. Chinese is told apart by script: zh, zh-CN and zh-SG become
// zh-Hans; zh-TW, zh-HK and zh-MO become zh-Hant. The error says what is wrong with s; the tag is then
// [Und].
func ParseTag(s string) (Tag, error) {
	if isKnown(Tag(s)) {
		return Tag(s), nil
	}
	clean := strings.ReplaceAll(strings.TrimSpace(s), "_", "-")
	if clean == "" {
		return Und, fmt.Errorf("empty language tag")
	}
	if strings.EqualFold(clean, "und") {
		return Und, nil
	}
	t, err := canon.Parse(clean)
	if err != nil {
		return Und, fmt.Errorf("%q is not a language tag", s)
	}
	return chinese(macro(Tag(t.String()))), nil
}

// macro replaces the code of a single variety by the one that everybody uses
// for its language.
func macro(t Tag) Tag {
	for _, m := range [][2]Tag{{"arb", "ar"}, {"pes", "fa"}, {"prs", "fa-AF"}, {"ydd", "yi"}, {"azj", "az"}} {
		if t == m[0] {
			return m[1]
		}
		if rest, ok := strings.CutPrefix(string(t), string(m[0])+"-"); ok && m[0] != "prs" {
			return m[1] + "-" + Tag(rest)
		}
	}
	return t
}

// chinese writes Chinese with its script instead of a region that implies it.
func chinese(t Tag) Tag {
	switch t {
	case "zh", "zh-CN", "zh-SG", "zh-Hans-CN", "zh-Hans-SG", "cmn", "cmn-Hans":
		return "zh-Hans"
	case "zh-TW", "zh-HK", "zh-MO", "zh-Hant-TW", "cmn-Hant":
		return "zh-Hant"
	}
	return t
}

// String gives the tag as it is written in lang attributes.
func (t Tag) String() string { return string(t) }

// parent cuts the last subtag: fa-AF → fa → "".
func (t Tag) parent() Tag {
	i := strings.LastIndexByte(string(t), '-')
	if i < 0 {
		return ""
	}
	return t[:i]
}
