package recogniser

import (
	"strings"
	"testing"

	"mihbara/generator/lang"
	"mihbara/generator/lang/langtest"
)

// TestTextsOfLawHaveFewNames takes a text that has next to no names, the United Nations
// and their assembly, in all languages that a joint model serves.
func TestTextsOfLawHaveFewNames(t *testing.T) {
	served := 0
	for name, paragraphs := range langtest.Declarations(t) {
		tag, err := lang.ParseTag(name)
		r := For(tag)
		if err != nil || r == nil || !joint(jointOf(tag)) || r.model.file != embedded()[jointOf(tag)]().file {
			continue
		}
		served++
		text := strings.Join(paragraphs, "\n")
		words, found, suggested := len(lang.Words(text)), written(text, r.Names(text)), r.Suggestions(text, nil, nil)
		if len(found)*50 > words || len(suggested) > 3 {
			t.Errorf("%s: in %d words %q, suggested %v", tag, words, found, suggested)
		}
	}
	if served < 12 {
		t.Errorf("%d languages", served)
	}
}
