package recogniser

import (
	"embed"
	"sync"

	"mihbara/generator/lang"
)

// The weights are works of their own, under the licence of the texts that they
// were trained on: data/LICENCE.md.
//
//go:embed data
var data embed.FS

// embedded makes the recogniser of a language when it is first asked for: one
// that no text needs costs nothing.
var embedded sync.Map // of lang.Tag to func() *Recogniser

// For gives the recogniser of a language with the weights that the program
// holds, nil if it has none.
func For(t lang.Tag) *Recogniser {
	t = lang.Tag(baseOf(t))
	f, ok := embedded.Load(t)
	if !ok {
		f, _ = embedded.LoadOrStore(t, sync.OnceValue(func() *Recogniser { return open(t) }))
	}
	return f.(func() *Recogniser)()
}

func open(t lang.Tag) *Recogniser {
	file, err := data.ReadFile("data/" + string(t) + ".weights")
	if err != nil {
		return nil
	}
	m, err := ReadModel(t, file)
	if err != nil {
		panic("recogniser: an embedded file cannot be read: " + err.Error())
	}
	return New(m)
}
