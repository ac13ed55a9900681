package archive

import (
	"math/rand/v2"
	"strings"
	"testing"

	"mihbara/generator/lang"
)

// BenchmarkTerms reads the terms of texts of some 400 words whose words were seen
// before, as most are.
func BenchmarkTerms(b *testing.B) {
	for _, i := range []int{0, 1, 3} {
		x := reports[i]
		t := lang.Tag(x.id[strings.LastIndexByte(string(x.id), '-')+1:])
		text := strings.Repeat(x.text+" ", 8)
		words := lang.Words(text)
		b.Run(string(t), func(b *testing.B) {
			var r TermReader
			b.ReportAllocs()
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				r.Read(Text{Body: text, Words: words, Language: t})
			}
			b.ReportMetric(float64(len(words))*float64(b.N)/b.Elapsed().Seconds(), "words/s")
		})
	}
}

// BenchmarkTermsOfManyWords reads texts of 200 words out of 60,000 that were seen
// before, some often and most seldom, as in a large archive: what counts is how
// much memory is visited.
func BenchmarkTermsOfManyWords(b *testing.B) {
	for _, c := range []struct {
		language lang.Tag
		letters  string
	}{{"ar", "ابتجحدرزسشصطعفقكلمنهوي"}, {"en", "abcdefghiklmnoprstuvwy"}} {
		random, letters := rand.New(rand.NewPCG(1, 2)), []rune(c.letters)
		words := make([]string, 60000)
		for i := range words {
			var word []rune
			for range 4 + random.IntN(5) {
				word = append(word, letters[random.IntN(len(letters))])
			}
			words[i] = string(word)
		}
		texts := make([]Text, 2000)
		for i := range texts {
			var list []string
			for range storyWords {
				x := random.Float64()
				list = append(list, words[int(x*x*x*float64(len(words)))])
			}
			text := strings.Join(list, " ")
			texts[i] = Text{Body: text, Words: lang.Words(text), Language: c.language}
		}
		b.Run(string(c.language), func(b *testing.B) {
			var r TermReader
			for _, x := range texts {
				r.Read(x)
			}
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				r.Read(texts[i%len(texts)])
			}
			b.ReportMetric(float64(b.N)*storyWords/b.Elapsed().Seconds(), "words/s")
		})
	}
}
