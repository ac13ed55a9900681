package lang

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"mihbara/generator/lang/langtest"
)

// declarations gives the texts of langtest by the languages that we know.
func declarations(t *testing.T) map[Tag][]string {
	all := map[Tag][]string{}
	for name, paragraphs := range langtest.Declarations(t) {
		if tag, err := ParseTag(name); err == nil && tag != Und {
			all[tag] = append(all[tag], paragraphs...)
		}
	}
	return all
}

// TestLanguagesOfTheUniversalDeclarationAreTold takes the languages that Detect
// knows, above all those of which the shared corpus has no news.
func TestLanguagesOfTheUniversalDeclarationAreTold(t *testing.T) {
	all := declarations(t)
	type result struct{ right, all int }
	var paragraphs, beginnings result
	told := map[Tag]bool{}
	for _, tag := range slices.Sorted(mapKeys(all)) {
		h := homeOf(tag)
		if h.index < 0 {
			continue
		}
		want := writings[h.writing].langs[h.index]
		var whole, cut result
		wrong := map[string]int{}
		ask := func(r *result, text, kind string) {
			r.all++
			if got, _ := Detect(text); got == want {
				r.right++
			} else {
				wrong[kind+" "+string(got)]++
			}
		}
		for _, p := range all[tag] {
			if utf8.RuneCountInString(p) >= 100 {
				ask(&whole, p, "paragraph")
			}
			if utf8.RuneCountInString(p) >= 30 {
				ask(&cut, strings.TrimSuffix(Excerpt(p, 60), "…"), "beginning")
			}
		}
		told[want] = true
		paragraphs = result{paragraphs.right + whole.right, paragraphs.all + whole.all}
		beginnings = result{beginnings.right + cut.right, beginnings.all + cut.all}
		t.Logf("%-8s %3d of %3d paragraphs, %3d of %3d beginnings %s", tag, whole.right, whole.all, cut.right, cut.all, strings.TrimPrefix(fmt.Sprint(wrong), "map"))
		if whole.right*1000 < whole.all*980 {
			t.Errorf("%s: too few paragraphs are told", tag)
		}
	}
	t.Logf("%d languages; paragraphs: %d of %d right (%.2f %%); beginnings of at most 60 characters: %d of %d (%.2f %%)", len(told),
		paragraphs.right, paragraphs.all, 100*float64(paragraphs.right)/float64(paragraphs.all),
		beginnings.right, beginnings.all, 100*float64(beginnings.right)/float64(beginnings.all))
	if paragraphs.right*1000 < paragraphs.all*998 || beginnings.right*100 < beginnings.all*97 {
		t.Error("too few are told")
	}
	// Punjabi and Saraiki are not to be taken for Urdu.
	for _, tag := range []Tag{"lah", "skr"} {
		whole, none := 0, 0
		for _, p := range all[tag] {
			if utf8.RuneCountInString(p) < 100 {
				continue
			}
			if whole++; homeOf(tag).index < 0 {
				if got, _ := Detect(p); got == "und-Arab" {
					none++
				}
			}
		}
		t.Logf("%s: of %d paragraphs %d are in no language", tag, whole, none)
		if none*4 < whole*3 {
			t.Errorf("%s is taken for another language", tag)
		}
	}
	for _, tag := range []Tag{"ps", "ug", "yi", "dv", "syr"} { // the package has no Sindhi
		if !told[tag] {
			t.Errorf("there is no %s", tag)
		}
	}
}
