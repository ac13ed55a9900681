package main

import (
	"bytes"
	"flag"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"

	"mihbara/generator/lang"
	"mihbara/generator/recogniser"
	"mihbara/generator/tag"
)

// texts are those by which the rarity of concepts is measured: annotated news and
// other running text of four languages, none of them a test of anything that the
// starter set is used for.
var texts = []struct {
	language lang.Tag
	file     string // below the folder of annotated text
}{
	{"ar", "ar/anercorp-train.conll"},
	{"en", "en/wikigold.conll"},
	{"en", "en/uner-ewt-dev.conll"},
	{"fa", "fa/parstwiner-train.conll"},
	{"ur", "ur/ilner-train.conll"},
}

// sentencesAText is how many sentences are taken as one text: about as many as a
// news article has.
const sentencesAText = 15

func rarity(args []string, out io.Writer) error {
	set := flag.NewFlagSet("rarity", flag.ContinueOnError)
	from := set.String("from", "../shared/ner", "the `FOLDER` of annotated text")
	to := set.String("to", "generator/tag/starter/rarity.txt", "the `FILE` to write")
	if err := set.Parse(args); err != nil {
		return err
	}
	shares := map[lang.Tag]*share{}
	var finder tag.Finder
	for _, x := range texts {
		f, err := os.Open(filepath.Join(*from, x.file))
		if err != nil {
			return err
		}
		documents, err := recogniser.ReadConll(f, x.file, sentencesAText)
		f.Close()
		if err != nil {
			return err
		}
		s := shares[x.language]
		if s == nil {
			s = &share{with: map[string]int{}}
			shares[x.language] = s
		}
		for _, d := range documents {
			s.texts++
			for _, found := range finder.Find(d.Text, nil, x.language) {
				s.with[found.ID()]++
			}
		}
	}
	data := rarityTable(shares)
	fmt.Fprintf(out, "%d concepts in texts of %d languages: %s\n", len(tag.Concepts()), len(shares), *to)
	return os.WriteFile(*to, data, 0o644)
}

// A share is how many texts of a language speak of each concept.
type share struct {
	texts int
	with  map[string]int
}

// rarityTable writes of each concept the binary logarithm of how many texts there
// are to one that speaks of it, on average over the languages.
func rarityTable(shares map[lang.Tag]*share) []byte {
	var b bytes.Buffer
	b.WriteString("# How rare each concept is, in bits: measured by cmd/tags on annotated text in " +
		strings.Join(languagesOf(shares), " ") + ", and written by it, not by hand.\nconcept | bits\n")
	for _, c := range tag.Concepts() {
		sum := 0.0
		for _, t := range languagesOf(shares) {
			s := shares[lang.Tag(t)]
			sum += float64(s.with[c.ID()]) / float64(s.texts)
		}
		bits := tag.MaxRarity
		if sum > 0 {
			bits = int(math.Round(-math.Log2(sum / float64(len(shares)))))
		}
		fmt.Fprintf(&b, "%s | %d\n", c.ID(), max(1, min(bits, tag.MaxRarity)))
	}
	return b.Bytes()
}

func languagesOf(shares map[lang.Tag]*share) []string {
	var list []string
	for _, t := range []string{"ar", "en", "fa", "ur"} {
		if shares[lang.Tag(t)] != nil {
			list = append(list, t)
		}
	}
	return list
}
