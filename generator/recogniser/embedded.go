package recogniser

import (
	"embed"
	"slices"
	"strings"
	"sync"

	"mihbara/generator/lang"
)

// The weights are works of their own, under the licence of the texts that they
// were trained on: data/LICENCE.md.
//
//go:embed data
var data embed.FS

// embedded holds for each language with weights, and for each joint model, what
// reads it when it is first asked for: one that no text needs costs nothing.
var embedded = sync.OnceValue(func() map[lang.Tag]func() *Model {
	m := map[lang.Tag]func() *Model{}
	list, _ := data.ReadDir("data")
	for _, f := range list {
		if name, ok := strings.CutSuffix(f.Name(), ".weights"); ok {
			m[lang.Tag(name)] = sync.OnceValue(func() *Model { return open(lang.Tag(name)) })
		}
	}
	return m
})

// opened holds for a language, and its script where one is named, what makes its
// recogniser.
var opened sync.Map

// For gives the recogniser of a language with the weights that the program holds:
// those of the language, else those of the joint model of its script. It is nil if
// there are none, or if names are found too badly in that language. All calls for a
// language give the same recogniser.
func For(t lang.Tag) *Recogniser {
	key := [2]string{baseOf(t), lang.ScriptOf(t)}
	maker, ok := opened.Load(key)
	if !ok {
		maker, _ = opened.LoadOrStore(key, sync.OnceValue(func() *Recogniser { return embeddedFor(t) }))
	}
	return maker.(func() *Recogniser)()
}

func embeddedFor(t lang.Tag) *Recogniser {
	base := lang.Tag(baseOf(t))
	if own := embedded()[base]; own != nil && !joint(t) {
		return New(own())
	}
	model := embedded()[jointOf(t)] // nil for no tag
	switch {
	case model == nil:
		return nil
	case slices.Contains(seen, base):
		return New(model().In(base))
	}
	return NewCautious(model().In(base))
}

func open(t lang.Tag) *Model {
	file, err := data.ReadFile("data/" + string(t) + ".weights")
	if err != nil {
		panic("recogniser: " + err.Error())
	}
	m, err := ReadModel(t, file)
	if err != nil {
		panic("recogniser: an embedded file cannot be read: " + err.Error())
	}
	return m
}
