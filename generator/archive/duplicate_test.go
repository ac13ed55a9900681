package archive

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// wordsOf draws n words from a vocabulary.
func wordsOf(r *rand.Rand, n int) []string {
	list := make([]string, n)
	for i := range list {
		list[i] = fmt.Sprintf("كلمة%d", r.IntN(5000))
	}
	return list
}

// changed replaces a stretch of a text that begins at a random word.
func changed(r *rand.Rand, text []string, n int) []string {
	out := slices.Clone(text)
	at := r.IntN(len(text) - n + 1)
	copy(out[at:at+n], wordsOf(r, n))
	return out
}

// equalRuns gives the share of equal runs of two texts.
func equalRuns(a, b []string) float64 {
	runs := func(text []string) map[string]bool {
		m := map[string]bool{}
		for i := range len(text) - shingle + 1 {
			m[strings.Join(text[i:i+shingle], " ")] = true
		}
		return m
	}
	x, y := runs(a), runs(b)
	both := 0
	for k := range x {
		if y[k] {
			both++
		}
	}
	return float64(both) / float64(len(x)+len(y)-both)
}

func equalPlaces(a, b Sketch) float64 {
	same := 0
	for i := range a {
		if a[i] == b[i] {
			same++
		}
	}
	return float64(same) / float64(len(a))
}

// The estimate of k independent hash functions has a standard deviation of
// √(j(1−j)/k), at most 0.09; that of one permutation is smaller in long texts
// and larger where bins must be filled.
func TestEqualPlacesEstimateEqualRuns(t *testing.T) {
	for _, test := range []struct {
		words int
		most  float64 // standard deviation
	}{{35, 0.08}, {60, 0.08}, {120, 0.08}, {380, 0.08}} {
		t.Run(fmt.Sprintf("in texts of %d words", test.words), func(t *testing.T) {
			r := rand.New(rand.NewPCG(7, uint64(test.words)))
			bias, square, n := 0.0, 0.0, 0
			for share := range 10 {
				for range 30 {
					a := wordsOf(r, test.words)
					b := changed(r, a, share*test.words/10)
					d := equalPlaces(SketchOf(strings.Join(a, " "), "ar"), SketchOf(strings.Join(b, " "), "ar")) - equalRuns(a, b)
					bias, square, n = bias+d, square+d*d, n+1
				}
			}
			bias, deviation := bias/float64(n), math.Sqrt(square/float64(n))
			t.Logf("bias %.3f, standard deviation %.3f", bias, deviation)
			if math.Abs(bias) > 0.02 || deviation > test.most {
				t.Errorf("bias %.3f, standard deviation %.3f", bias, deviation)
			}
		})
	}
}

func TestSketches(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	text := wordsOf(r, 380)
	sketch := func(words []string) Sketch { return SketchOf(strings.Join(words, " "), "ar") }
	shareBand := func(a, b Sketch) bool {
		return slices.ContainsFunc(a.Bands(), func(x Band) bool { return slices.Contains(b.Bands(), x) })
	}
	for _, test := range []struct {
		name  string
		other Sketch
		alike bool
	}{
		{"a text is like itself", sketch(text), true},
		{"a changed sentence leaves it a duplicate", sketch(changed(r, text, 12)), true},
		{"an added paragraph leaves it a duplicate", sketch(append(slices.Clone(text), wordsOf(r, 40)...)), true},
		{"vowel signs and kashida do not matter", sketch(strings.Fields(strings.ReplaceAll(strings.Join(text, " "), "كلمة", "كـلِمَة"))), true},
		{"another text is none", sketch(wordsOf(r, 380)), false},
		{"the same words in another order are none", sketch(shuffled(r, text)), false},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := sketch(text).Alike(test.other); got != test.alike {
				t.Errorf("Alike is %v", got)
			}
			if test.alike && !shareBand(sketch(text), test.other) {
				t.Error("they share no band, so they would not be compared")
			}
		})
	}
	if SketchOf("كلمات قليلة", "ar") != nil {
		t.Error("a short text has a sketch")
	}
	if len(sketch(strings.Fields(strings.Repeat("كلمة ", 40)))) != sketchSize {
		t.Error("a text of one word has no whole sketch")
	}
	if got := ParseSketch(sketch(text).Bytes()); !slices.Equal(got, sketch(text)) {
		t.Error("a sketch does not survive its bytes")
	}
}

func shuffled(r *rand.Rand, text []string) []string {
	out := slices.Clone(text)
	r.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	return out
}

func BenchmarkSketchOf(b *testing.B) {
	text := strings.Join(wordsOf(rand.New(rand.NewPCG(1, 1)), 380), " ")
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		SketchOf(text, "ar")
	}
}
