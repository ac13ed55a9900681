package recogniser

import (
	"hash/maphash"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"mihbara/generator/entity"
	"mihbara/generator/lang"
)

// trained are the languages that have weights.
var trained = []lang.Tag{"ar", "fa", "ur", "he", "en", "fr"}

// written gives names as "PER Ebrahim Raisi".
func written(text string, names []Name) []string {
	var list []string
	for _, n := range names {
		list = append(list, kindOfType(n.Type).code()+" "+text[n.Start:n.End])
	}
	return list
}

func TestNamesAreFoundInEachLanguage(t *testing.T) {
	for _, c := range []struct {
		language   lang.Tag
		text, want string
	}{
		{"ar", "وصل الرئيس محمود الحمداني إلى القاهرة يوم الأحد.", "PER محمود الحمداني, LOC القاهرة"},
		{"fa", "رضا کرمانی در تهران با خبرنگاران سخن گفت.", "PER رضا کرمانی, LOC تهران"},
		{"ur", "وزیر اعظم نریندر مودی نے ہندوستان کے عوام سے خطاب کیا ۔", "PER نریندر مودی, LOC ہندوستان"},
		{"en", "Margaret Holloway flew from Paris to Berlin on Monday.", "PER Margaret Holloway, LOC Paris, LOC Berlin"},
		{"fr", "Camille Durand est arrivée à Bordeaux samedi.", "PER Camille Durand, LOC Bordeaux"},
		{"he", "משה כהן נסע לירושלים ביום ראשון.", "PER משה כהן, LOC לירושלים"},
	} {
		got := strings.Join(written(c.text, For(c.language).Names(c.text)), ", ")
		if got != c.want {
			t.Errorf("%s: %q has %q, want %q", c.language, c.text, got, c.want)
		}
	}
}

func TestLanguageWithoutWeightsHasNoRecogniser(t *testing.T) {
	if For("xx") != nil {
		t.Error("there is one")
	}
	if For("ar-EG") != For("ar") {
		t.Error("a variant of a language has a recogniser of its own")
	}
}

func TestSurnameIsFoundWhereItStandsAlone(t *testing.T) {
	text := "Margaret Holloway spoke on Monday. Later the crowd heard that Holloway would not return."
	if got := written(text, For("en").Names(text)); !slices.Contains(got, "PER Holloway") {
		t.Error(got)
	}
}

func TestManyGoroutinesFindTheSame(t *testing.T) {
	r := New(For("en").model)
	text := strings.Repeat("Margaret Holloway flew from Paris to Berlin. ", 20)
	want := For("en").Names(text)
	done := make(chan bool)
	for range 8 {
		go func() { done <- slices.Equal(r.Names(text), want) }()
	}
	for range 8 {
		if !<-done {
			t.Error("another result")
		}
	}
}

func TestVocabularyThatIsFullGivesTheSame(t *testing.T) {
	text := "Margaret Holloway flew from Paris to Berlin. Then Tom Brown left London for New York with John Smith."
	small := &Recogniser{model: For("en").model, words: newVocabulary(For("en").model, 3)}
	if got, want := small.Names(text), For("en").Names(text); !slices.Equal(got, want) {
		t.Error(got, want)
	}
}

func TestWeightsSurviveTheFile(t *testing.T) {
	data, err := data.ReadFile("data/he.weights")
	if err != nil {
		t.Fatal(err)
	}
	m, err := ReadModel("he", data)
	if err != nil {
		t.Fatal(err)
	}
	if string(m.Bytes()) != string(data) {
		t.Error("read and written again they differ")
	}
	for _, broken := range [][]byte{nil, data[:len(data)/2], []byte("mihbara recogniser 0\n")} {
		if _, err := ReadModel("he", broken); err == nil {
			t.Errorf("%d bytes were read as weights", len(broken))
		}
	}
}

// sizeLimit is the most that a language's weights may add to the program, and
// jointLimit that of several languages.
const (
	sizeLimit  = 600_000
	jointLimit = 1_000_000
)

func TestWeightsAreSmall(t *testing.T) {
	for _, l := range append([]lang.Tag{"und", "und-Arab"}, trained...) {
		file, err := data.ReadFile("data/" + string(l) + ".weights")
		if err != nil {
			t.Error(err)
		}
		if len(file) > sizeLimit && (!joint(l) || len(file) > jointLimit) {
			t.Errorf("%s: %d bytes", l, len(file))
		}
	}
}

func FuzzNames(f *testing.F) {
	f.Add("وصل الرئيس (د. محمد) إلى القاهرة.")
	f.Add("Mr. J. Smith-Jones (U.S.)\n\n—“Paris”")
	f.Add("צה\"ל ב־ניו יורק \xff")
	f.Fuzz(func(t *testing.T, text string) {
		for _, l := range []lang.Tag{"ar", "en", "he"} {
			end := 0
			for _, n := range For(l).Names(text) {
				if n.Start < end || n.End <= n.Start || n.End > len(text) {
					t.Fatalf("%v behind byte %d of %d", n, end, len(text))
				}
				if utf8.ValidString(text) && !utf8.RuneStart(text[n.Start]) || utf8.ValidString(text) && n.End < len(text) && !utf8.RuneStart(text[n.End]) {
					t.Errorf("%v is not on bounds of characters", n)
				}
				end = n.End
			}
		}
	})
}

func TestMentionsWinOverNames(t *testing.T) {
	mention := func(start, end int, of entity.Type) entity.Mention {
		return entity.Mention{Start: start, End: end, Type: of}
	}
	name := func(start, end int, of entity.Type) Name { return Name{start, end, of} }
	for _, c := range []struct {
		what     string
		mentions []entity.Mention
		names    []Name
		want     []Name
	}{
		{"apart they both stand", []entity.Mention{mention(0, 3, entity.Place)}, []Name{name(4, 6, entity.Person)},
			[]Name{name(0, 3, entity.Place), name(4, 6, entity.Person)}},
		{"overlapping the mention stands", []entity.Mention{mention(0, 5, entity.Place)}, []Name{name(3, 8, entity.Place)},
			[]Name{name(0, 5, entity.Place)}},
		{"a longer name of the type stands", []entity.Mention{mention(2, 5, entity.Place)}, []Name{name(0, 8, entity.Place)},
			[]Name{name(0, 8, entity.Place)}},
		{"an organisation called after a place stands", []entity.Mention{mention(2, 5, entity.Place)}, []Name{name(0, 5, entity.Organisation)},
			[]Name{name(0, 5, entity.Organisation)}},
		{"a place within a known one stands", []entity.Mention{mention(0, 8, entity.Place)}, []Name{name(4, 8, entity.Place)},
			[]Name{name(4, 8, entity.Place)}},
		{"a person within a known one does not", []entity.Mention{mention(0, 8, entity.Person)}, []Name{name(4, 8, entity.Person)},
			[]Name{name(0, 8, entity.Person)}},
		{"a longer name of another type does not", []entity.Mention{mention(2, 5, entity.Place)}, []Name{name(0, 8, entity.Person)},
			[]Name{name(2, 5, entity.Place)}},
		{"a longer name that begins with a known place does not", []entity.Mention{mention(0, 5, entity.Place)}, []Name{name(0, 8, entity.Place)},
			[]Name{name(0, 5, entity.Place)}},
		{"a name over two mentions of its type stands", []entity.Mention{mention(0, 2, entity.Person), mention(3, 5, entity.Person)},
			[]Name{name(0, 5, entity.Person)}, []Name{name(0, 5, entity.Person)}},
	} {
		if got := Combine(c.mentions, c.names); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.what, got, c.want)
		}
	}
}

// corpusTexts gives the articles of the corpus in a language.
func corpusTexts(tb testing.TB, l lang.Tag) (texts []string, words int) {
	files, _ := filepath.Glob(filepath.Join("..", "..", "..", "shared", "corpus", string(l), "ntrex-*.txt"))
	if len(files) == 0 {
		tb.Skip("there is no corpus beside the project")
	}
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			tb.Fatal(err)
		}
		texts = append(texts, string(text))
		words += len(lang.Words(string(text)))
	}
	return texts, words
}

// BenchmarkNames finds the names in real articles whose words were seen before;
// the words of the text are given, as in a build.
func BenchmarkNames(b *testing.B) {
	for _, l := range trained {
		b.Run(string(l), func(b *testing.B) {
			texts, words := corpusTexts(b, l)
			r := For(l)
			parted := make([][]lang.Word, len(texts))
			for i, text := range texts {
				parted[i] = lang.Words(text)
				r.NamesOf(text, parted[i])
			}
			b.ReportAllocs()
			for b.Loop() {
				for i, text := range texts {
					r.NamesOf(text, parted[i])
				}
			}
			b.ReportMetric(float64(words)*float64(b.N)/b.Elapsed().Seconds()/1e6, "Mwords/s")
		})
	}
}

// BenchmarkSuggestions does what a build does with an article.
func BenchmarkSuggestions(b *testing.B) {
	texts, words := corpusTexts(b, "ar")
	r := For("ar")
	b.ReportAllocs()
	for b.Loop() {
		for _, text := range texts {
			r.Suggestions(text, nil, nil)
		}
	}
	b.ReportMetric(float64(words)*float64(b.N)/b.Elapsed().Seconds()/1e6, "Mwords/s")
}

// BenchmarkLayers finds the words of real articles and lets all three layers look at
// them: the knowledge base, the model and the pass over the document. Cold, no word
// was seen before; an archive's next article has three or four such words in a hundred.
func BenchmarkLayers(b *testing.B) {
	lexicon := entity.NewLexicon(entity.Builtin())
	seed := maphash.MakeSeed()
	hash := func(key string) uint64 { return maphash.String(seed, key) }
	for _, l := range trained {
		texts, words := corpusTexts(b, l)
		annotate := func(m *entity.Matcher, r *Recogniser) {
			for _, text := range texts {
				list := lang.Words(text)
				mentions := m.Find(&entity.Passage{Body: text, Words: list, Language: l}, lexicon, func([]uint64) {})
				r.Suggestions(text, list, mentions)
			}
		}
		perSecond := func(b *testing.B) {
			b.ReportMetric(float64(words)*float64(b.N)/b.Elapsed().Seconds()/1e6, "Mwords/s")
		}
		b.Run("warm/"+string(l), func(b *testing.B) {
			m, r := entity.NewMatcher(64<<20, hash), For(l)
			annotate(m, r)
			for b.Loop() {
				annotate(m, r)
			}
			perSecond(b)
		})
		b.Run("cold/"+string(l), func(b *testing.B) {
			for b.Loop() {
				annotate(entity.NewMatcher(64<<20, hash), New(For(l).model))
			}
			perSecond(b)
		})
	}
}

// BenchmarkOpenJoint makes what spells a language that a joint model serves.
func BenchmarkOpenJoint(b *testing.B) {
	m := open("und")
	for b.Loop() {
		m.In("es")
	}
}

// BenchmarkOpen reads the weights of a language, as a build does once.
func BenchmarkOpen(b *testing.B) {
	for b.Loop() {
		open("fa")
	}
}

// BenchmarkSpell spells out words that were not seen before.
func BenchmarkSpell(b *testing.B) {
	texts, words := corpusTexts(b, "ar")
	for b.Loop() {
		r := New(For("ar").model)
		for _, text := range texts {
			r.Names(text)
		}
	}
	b.ReportMetric(float64(words)*float64(b.N)/b.Elapsed().Seconds()/1e6, "Mwords/s")
}
