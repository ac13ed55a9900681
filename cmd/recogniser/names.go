package main

import (
	"flag"
	"fmt"
	"io"
	"os"

	"mihbara/generator/lang"
	"mihbara/generator/recogniser"
)

// names prints the names that the recogniser sees in plain texts: byte offsets,
// type, words.
func names(args []string, out io.Writer) error {
	set := flag.NewFlagSet("names", flag.ContinueOnError)
	language := set.String("lang", "", "the `LANGUAGE` of the text (detected if not given)")
	if err := set.Parse(args); err != nil {
		return err
	}
	for _, name := range set.Args() {
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		text, t := string(data), lang.Tag(*language)
		if t == "" {
			t, _ = lang.Detect(text)
		}
		r := recogniser.For(t)
		if r == nil {
			return fmt.Errorf("%s: there are no weights for %s", name, t)
		}
		for _, n := range r.Names(text) {
			fmt.Fprintf(out, "%d\t%d\t%s\t%s\n", n.Start, n.End, n.Type.Code(), text[n.Start:n.End])
		}
	}
	return nil
}
