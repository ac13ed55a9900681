package recogniser

import (
	"slices"
	"strings"
	"testing"
)

func TestAnnotatedTextIsRead(t *testing.T) {
	list, err := ReadConll(strings.NewReader("# a comment\nThe\tO\nBank\tB-ORG\nof\tI-ORG\nChina\tI-ORG\n.\tO\n\nRome\tI-LOC\nParis B-GPE\nX\tB-MISC\n\n"), "a", 9)
	if err != nil || len(list) != 1 {
		t.Fatal(list, err)
	}
	d := list[0]
	if d.Text != "The Bank of China .\nRome Paris X\n" {
		t.Errorf("%q", d.Text)
	}
	if got, want := written(d.Text, d.Names), []string{"ORG Bank of China", "LOC Rome", "LOC Paris"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	s := d.Sentences()
	if len(s) != 2 || s[1].Text != "Rome Paris X" || s[1].Text[s[1].Names[1].Start:s[1].Names[1].End] != "Paris" || len(s[1].Words) != 3 {
		t.Errorf("%+v", s)
	}
}

func TestUnderscoresOfArabicScriptAreSpaces(t *testing.T) {
	list, err := ReadConll(strings.NewReader("اقوام_متحدہ\tB-ORG\nمیں\tO\nsome_user\tO\n_\tO\n"), "a", 9)
	if err != nil || len(list) != 1 {
		t.Fatal(list, err)
	}
	if d := list[0]; d.Text != "اقوام متحدہ میں some_user _" || len(d.Words) != 4 || !slices.Equal(written(d.Text, d.Names), []string{"ORG اقوام متحدہ"}) {
		t.Errorf("%q %v %v", d.Text, d.Words, d.Names)
	}
}

func TestDocumentsArePartedByMarksOrByNumber(t *testing.T) {
	for text, want := range map[string]int{
		"a\tO\n\nb\tO\n\nc\tO\n\n": 2,
		"-DOCSTART-\tO\n\na\tO\n\nb\tO\n\nc\tO\n\n-DOCSTART-\tO\n\nd\tO\n\n": 2,
	} {
		list, err := ReadConll(strings.NewReader(text), "a", 2)
		if err != nil || len(list) != want {
			t.Errorf("%q: %d documents, %v, want %d", text, len(list), err, want)
		}
	}
}

func TestLineWithoutALabelIsNamed(t *testing.T) {
	_, err := ReadConll(strings.NewReader("a\tO\nb\n"), "x.conll", 2)
	if err == nil || !strings.HasPrefix(err.Error(), "x.conll:2: ") {
		t.Error(err)
	}
}

func TestNamesAreWidenedToAnnotatedWords(t *testing.T) {
	d := Document{Text: "(d. b) Rome's", Words: []Span{{0, 3}, {4, 6}, {7, 13}}}
	got := d.Snapped([]Name{{1, 5, "person"}, {7, 11, "place"}, {12, 13, "place"}})
	if want := []Name{{0, 6, "person"}, {7, 13, "place"}}; !slices.Equal(got, want) {
		t.Error(got, want)
	}
}

func TestScoresCountExactTypedNames(t *testing.T) {
	d := Document{Text: "a b c", Words: []Span{{0, 1}, {2, 3}, {4, 5}},
		Names: []Name{{0, 3, "person"}, {4, 5, "place"}}}
	s := Scores{}
	s.Add(&d, []Name{{0, 1, "person"}, {4, 5, "place"}})
	if all := s.All(); all != (Score{2, 2, 1}) || all.F1() != 50 {
		t.Error(all)
	}
	s.Add(&d, []Name{{4, 5, "organisation"}})
	if all := s.All(); all != (Score{3, 4, 1}) {
		t.Error(all)
	}
}

func TestTrainingIsTheSameEachTime(t *testing.T) {
	list, err := ReadConll(strings.NewReader(strings.Repeat("Anna\tB-PER\nBell\tI-PER\nsaw\tO\nRome\tB-LOC\n.\tO\n\nthe\tO\ndog\tO\nsaw\tO\nus\tO\n\n", 8)), "a", 3)
	if err != nil {
		t.Fatal(err)
	}
	o := Options{Runs: 2, Rounds: 5, Bits: 12, Margin: 10, Scale: 64}
	m := Train("en", list, o)
	if string(m.Bytes()) != string(Train("en", list, o).Bytes()) {
		t.Error("two trainings differ")
	}
	text := "Carla Bell saw Oslo."
	if got, want := written(text, New(m).sureNames(text, nil, 0)), []string{"PER Carla Bell", "LOC Oslo"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if got, want := written(text, New(m).Names(text)), []string{"LOC Oslo"}; !slices.Equal(got, want) {
		t.Errorf("with little to learn from, %q are sure, want %q", got, want)
	}
	if o.Runs = 1; string(m.Bytes()) == string(Train("en", list, o).Bytes()) {
		t.Error("the second run changes nothing")
	}
}
