package archive

import (
	"reflect"
	"testing"

	"mihbara/generator/article"
	"mihbara/generator/lang"
)

func TestGroupsComeApartAsTheyWerePutTogether(t *testing.T) {
	for _, tt := range []struct {
		group Group
		name  string
		parts Parts
	}{
		{GroupOf("ar", ByLanguage, ""), "ar", Parts{Language: "ar"}},
		{GroupOf("ar", ByLanguage, "").Within(2023, 5, 14), "ar/2023/05/14", Parts{Language: "ar", Period: []int{2023, 5, 14}}},
		{GroupOf("ar", ByLanguage, "").Within(33), "ar/0033", Parts{Language: "ar", Period: []int{33}}},
		{GroupOf("ar", ByLanguage, "").Undated(), "ar/undated", Parts{Language: "ar", Undated: true}},
		{GroupOf("zh-Hans", ByTag, "syria"), "zh-Hans/tags/syria", Parts{Language: "zh-Hans", Kind: ByTag, Key: "syria"}},
		{GroupOf("en", ByEntity, "undated"), "en/entities/undated", Parts{Language: "en", Kind: ByEntity, Key: "undated"}},
		{GroupOf("en", ByAuthor, "a").Within(12023, 10), "en/authors/a/12023/10", Parts{Language: "en", Kind: ByAuthor, Key: "a", Period: []int{12023, 10}}},
		{GroupOf("en", BySection, "2023").Undated(), "en/sections/2023/undated", Parts{Language: "en", Kind: BySection, Key: "2023", Undated: true}},
		{GroupOf("en", ByTag, ".."), "en", Parts{Language: "en"}},
		{GroupOf("en", ByTag, "a//b"), "en/tags/a/b", Parts{Language: "en", Kind: ByTag, Key: "a", Period: []int{0}}},
	} {
		if string(tt.group) != tt.name {
			t.Errorf("got %q, want %q", tt.group, tt.name)
		}
		p := tt.group.Parts()
		if whole := tt.parts.Whole(); p.Whole() != whole {
			t.Errorf("%s: the whole is %q, want %q", tt.group, p.Whole(), whole)
		}
		if p.whole = ""; !reflect.DeepEqual(p, tt.parts) {
			t.Errorf("%s: got %+v, want %+v", tt.group, p, tt.parts)
		}
	}
}

func TestSortHoldsDayInstantAndID(t *testing.T) {
	at := func(unix int64) article.Moment { return article.Moment{Unix: unix, Set: true} }
	for _, tt := range []struct {
		published article.Moment
		want      string
	}{
		{article.Moment{}, "0x"},
		{at(0), "119700101" + "8000000000000000" + "x"},
		{at(-1), "119691231" + "7fffffffffffffff" + "x"},
		{at(1684048000), "120230514" + "8000000064608880" + "x"},
	} {
		if got := Sort(article.Card{ID: "x", Published: tt.published}); got != tt.want {
			t.Errorf("%+v: got %q, want %q", tt.published, got, tt.want)
		}
	}
	if got := Day(lang.Civil{Year: 987, Month: 1, Day: 2}); got != "109870102" {
		t.Errorf("the day is %q", got)
	}
}
