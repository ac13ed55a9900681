// Command stories judges how well the articles of a story are found across
// languages, on a corpus of which some articles are known to be the same report in
// several languages. See README.md beside it.
//
//	go run ./cmd/stories [--corpus FOLDER] [--runs N] [--seed N] [--wrong]
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
)

func main() {
	if err := run(os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "stories:", err)
		os.Exit(1)
	}
}

// defaultCorpus is where the corpus is looked for.
const defaultCorpus = "../shared/corpus"

func run(args []string, out io.Writer) error {
	set := flag.NewFlagSet("stories", flag.ContinueOnError)
	corpus := set.String("corpus", defaultCorpus, "the `FOLDER` with MANIFEST.tsv")
	runs := set.Int("runs", 5, "how many `TIMES` the articles are given names and dates")
	seed := set.Uint64("seed", 1, "`SEED` of names and dates")
	wrong := set.Bool("wrong", false, "list the links that are wrong, and what was not found")
	if err := set.Parse(args); err != nil {
		return err
	}
	reports, err := readCorpus(*corpus)
	if err != nil {
		return err
	}
	var all verdict
	for i := range *runs {
		all.add(judge(reports, *seed+uint64(i)))
	}
	fmt.Fprintf(out, "%d articles, %d runs from seed %d\n\n", len(reports), *runs, *seed)
	all.print(out)
	if *wrong {
		all.printWrong(out)
	}
	return nil
}
