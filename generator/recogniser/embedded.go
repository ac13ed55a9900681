package recogniser

import (
	"embed"
	"strings"
	"sync"

	"mihbara/generator/lang"
)

// The weights are works of their own, under the licence of the texts that they
// were trained on: data/LICENCE.md.
//
//go:embed data
var data embed.FS

// embedded holds for each language with weights what makes its recogniser, when
// it is first asked for: one that no text needs costs nothing.
var embedded = sync.OnceValue(func() map[lang.Tag]func() *Recogniser {
	m := map[lang.Tag]func() *Recogniser{}
	list, _ := data.ReadDir("data")
	for _, f := range list {
		if name, ok := strings.CutSuffix(f.Name(), ".weights"); ok {
			m[lang.Tag(name)] = sync.OnceValue(func() *Recogniser { return open(lang.Tag(name)) })
		}
	}
	return m
})

// For gives the recogniser of a language with the weights that the program
// holds, nil if it has none. All calls for a language give the same one.
func For(t lang.Tag) *Recogniser {
	if r := embedded()[lang.Tag(baseOf(t))]; r != nil {
		return r()
	}
	return nil
}

func open(t lang.Tag) *Recogniser {
	file, err := data.ReadFile("data/" + string(t) + ".weights")
	if err != nil {
		panic("recogniser: " + err.Error())
	}
	m, err := ReadModel(t, file)
	if err != nil {
		panic("recogniser: an embedded file cannot be read: " + err.Error())
	}
	return New(m)
}
