package lang

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// shared gives the folder of test material beside the repository.
func shared(t testing.TB) string {
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			break
		}
		if filepath.Dir(dir) == dir {
			t.Skip("no go.mod above the test")
		}
		dir = filepath.Dir(dir)
	}
	dir = filepath.Join(dir, "..", "shared")
	if _, err := os.Stat(filepath.Join(dir, "corpus")); err != nil {
		t.Skip("the shared corpus is not on this machine")
	}
	return dir
}

// corpus gives the articles of the shared corpus and their titles.
func corpus(t testing.TB) (texts, titles [][2]string) {
	dir := filepath.Join(shared(t), "corpus")
	f, err := os.Open(filepath.Join(dir, "MANIFEST.tsv"))
	if err != nil {
		t.Skip(err)
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.Comma, r.LazyQuotes, r.FieldsPerRecord = '\t', true, -1
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows[1:] {
		if len(row) < 5 || !strings.HasSuffix(row[0], ".txt") || strings.Contains(row[0], "formats") || strings.Contains(row[0], "sites") {
			continue
		}
		if b, err := os.ReadFile(filepath.Join(dir, row[0])); err == nil {
			texts = append(texts, [2]string{row[1], string(b)})
		}
		if row[4] != "" {
			titles = append(titles, [2]string{row[1], row[4]})
		}
	}
	return texts, titles
}

// confusion runs Detect and gives the matrix, the share that is right, and the
// share that is wrong though Detect was sure.
func confusion(t *testing.T, name string, samples [][2]string) (right float64) {
	matrix := map[string]map[Tag]int{}
	ok, sure, sureWrong := 0, 0, 0
	for _, s := range samples {
		got, certain := Detect(s[1])
		if matrix[s[0]] == nil {
			matrix[s[0]] = map[Tag]int{}
		}
		matrix[s[0]][got]++
		if certain {
			sure++
		}
		switch {
		case string(got) == s[0]:
			ok++
		default:
			if certain {
				sureWrong++
			}
			if utf8.RuneCountInString(s[1]) < 100 {
				t.Logf("%s taken for %s (sure: %v): %s", s[0], got, certain, s[1])
			}
		}
	}
	for _, want := range slices.Sorted(mapKeys(matrix)) {
		line := fmt.Sprintf("%-8s", want)
		for _, got := range slices.Sorted(mapKeys(matrix[want])) {
			line += fmt.Sprintf(" %s %d", got, matrix[want][got])
		}
		t.Log(line)
	}
	right = float64(ok) / float64(len(samples))
	t.Logf("%s: %d of %d right (%.2f %%), %d sure, %d sure and wrong", name, ok, len(samples), 100*right, sure, sureWrong)
	return right
}

func mapKeys[K comparable, V any](m map[K]V) func(func(K) bool) {
	return func(yield func(K) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

func TestLanguagesOfTheCorpusAreTold(t *testing.T) {
	texts, titles := corpus(t)
	titles = slices.DeleteFunc(titles, func(s [2]string) bool { return utf8.RuneCountInString(s[1]) > 60 })
	if right := confusion(t, "articles", texts); right < 0.998 {
		t.Errorf("articles: %.2f %% right", 100*right)
	}
	if right := confusion(t, "titles of at most 60 characters", titles); right < 0.97 {
		t.Errorf("titles: %.2f %% right", 100*right)
	}
	var paragraphs, cuts, short [][2]string
	for _, s := range texts {
		for line := range strings.Lines(s[1]) {
			if utf8.RuneCountInString(line) >= 60 {
				paragraphs = append(paragraphs, [2]string{s[0], line})
			}
		}
		for i, line := range strings.Split(s[1], "\n") {
			if utf8.RuneCountInString(line) >= 40 && i < 12 {
				cuts = append(cuts, [2]string{s[0], string([]rune(line)[:40])})
				short = append(short, [2]string{s[0], string([]rune(line)[:24])})
			}
		}
	}
	if right := confusionQuiet(t, "paragraphs of at least 60 characters", paragraphs); right < 0.998 {
		t.Errorf("paragraphs: %.2f %% right", 100*right)
	}
	if right := confusionQuiet(t, "beginnings of 40 characters", cuts); right < 0.95 {
		t.Errorf("cuts: %.2f %% right", 100*right)
	}
	confusionQuiet(t, "beginnings of 24 characters", short)
}

// confusionQuiet is confusion without the list of samples.
func confusionQuiet(t *testing.T, name string, samples [][2]string) float64 {
	ok, sure, wrong := 0, 0, 0
	pairs := map[string]int{}
	for _, s := range samples {
		got, certain := Detect(s[1])
		if certain {
			sure++
		}
		if string(got) == s[0] {
			ok++
			continue
		}
		if certain {
			wrong++
		}
		pairs[s[0]+">"+string(got)]++
	}
	t.Logf("%s: %d of %d right (%.2f %%), %d sure, %d sure and wrong; %v", name, ok, len(samples), 100*float64(ok)/float64(len(samples)), sure, wrong, pairs)
	return float64(ok) / float64(len(samples))
}
