package search

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"mihbara/generator/lang"
	"mihbara/generator/page"
)

func TestBeginnings(t *testing.T) {
	tests := []struct {
		language lang.Tag
		form     string
		want     []string
	}{
		{"ar", "بشار الأسد", []string{"ا", "اس", "ب", "بش"}},
		{"ar", "ال", []string{"ا", "ال"}},
		{"ar", "الب", []string{"ا", "ال"}},
		{"ar", "الأب", []string{"ا", "اب"}},
		{"en", "Bashar al-Assad", []string{"a", "al", "as", "b", "ba"}},
		{"en", "U.N.", []string{"n", "u", "un"}},
		{"he", "צה״ל", []string{"צ", "צה"}},
		{"zh-Hans", "安东尼奥·古特雷斯", []string{"古", "古特", "安", "安东"}},
		{"en", "—", nil},
		{"en", "", nil},
	}
	for _, tt := range tests {
		if got := Beginnings(tt.language, tt.form); !slices.Equal(got, tt.want) {
			t.Errorf("%s %q: %q, want %q", tt.language, tt.form, got, tt.want)
		}
	}
}

// a site with so many names of one beginning.
type names struct {
	page.Questions
	off   bool
	count map[string]int
}

func (n names) Frame(t lang.Tag) *page.Frame {
	return &page.Frame{Language: "ar", FindNames: !n.off, ShardNames: 500, Languages: []page.LanguageLink{{Language: "ar", Direction: lang.RTL}, {Language: "en", Direction: lang.LTR}}}
}

func (n names) FindsMany(_ lang.Tag, beginning string, least int) bool {
	return n.count[beginning] >= least
}

func (n names) Shards(t lang.Tag) []string {
	if t == "ar" {
		return []string{"ا", "بش"}
	}
	return nil
}

func (names) Findable(lang.Tag, string) []page.Findable {
	return []page.Findable{
		{URL: "/ar/entities/yahoo/", Name: page.Text{S: "Yahoo!", Lang: "en", Dir: lang.LTR}, Note: page.TextIn("شركة <أميركية> C++", "ar"), Forms: []page.Text{page.TextIn("ياهو", "ar")}},
		{URL: "/ar/tags/health/", Name: page.TextIn("صحة", "ar")},
	}
}

// TestALetterWithManyNamesIsParted: there is one shard for a letter, or one for each
// two, never both.
func TestALetterWithManyNamesIsParted(t *testing.T) {
	q := names{count: map[string]int{"ا": 500, "ب": 501}}
	for beginning, path := range map[string]string{"ا": "search/ar/0627.json", "اس": "", "ب": "", "بش": "search/ar/0628-0634.json"} {
		got := ""
		if claims := Plan(q, "ar", beginning); len(claims) > 0 {
			got = claims[0].Path
		}
		if got != path {
			t.Errorf("%s: %q, want %q", beginning, got, path)
		}
	}
	if claims := Plan(q, "fa", "ا"); claims != nil {
		t.Errorf("a language that is not declared has %v", claims)
	}
}

func TestASiteMayDoWithout(t *testing.T) {
	q := names{off: true}
	if claims := append(PlanSite(q), Plan(q, "ar", "ا")...); len(claims) > 0 {
		t.Errorf("there are %v", claims)
	}
}

func TestFiles(t *testing.T) {
	draw := func(s page.Spec) string {
		f, err := Draw(nil, names{}, s)
		if err != nil {
			t.Fatal(err)
		}
		return string(f.Data)
	}
	var entries [][]any
	shard := draw(page.Spec{Kind: page.KindShard, Language: "ar", Key: "ي"})
	if err := json.Unmarshal([]byte(shard), &entries); err != nil || len(entries) != 2 || entries[0][3] != "ياهو" || entries[1][1] != "صحة" {
		t.Errorf("%v: %s", err, shard)
	}
	// What runs against the text around it says so, as on a page.
	for place, want := range map[int]string{1: `["en","ltr","Yahoo!",""]`, 2: `["ar","rtl","شركة <أميركية> ",["","ltr","C++",""],""]`} {
		if got, _ := json.Marshal(entries[0][place]); !strings.Contains(string(got), strings.ReplaceAll(strings.ReplaceAll(want, "<", `\u003c`), ">", `\u003e`)) {
			t.Errorf("%s, want %s", got, want)
		}
	}
	var list []struct{ Language, Direction, Shards string }
	shards := draw(page.Spec{Kind: page.KindShards})
	if err := json.Unmarshal([]byte(shards), &list); err != nil || len(list) != 2 || list[0].Shards != "0627 0628-0634" || list[1].Shards != "" || list[1].Direction != "ltr" {
		t.Errorf("%v: %s", err, shards)
	}
	js := draw(page.Spec{Kind: page.KindFinder})
	if strings.ContainsAny(js, "\u200c\u202e\u00a0") {
		t.Error("the script holds characters that cannot be seen")
	}
	if _, err := Draw(nil, names{}, page.Spec{Kind: page.KindFeed}); err == nil {
		t.Error("a feed can be drawn")
	}
}

func TestForms(t *testing.T) {
	got := Forms("الأمم المتحدة", []string{"الامم المتحدة", "الأمم المتّحدة", "هيئة الأمم", "!", "هيئة الأمم"}, "ar")
	if want := []string{"الامم المتحدة", "هيئة الأمم"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}
