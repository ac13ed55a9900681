// Bench builds the same corpus with Mihbara, with a peer and with a program
// that does the least that could be done, and prints what each took.
//
//	go run ./cmd/bench run --articles 10000
//	go run ./cmd/bench growth --sizes 1000,10000
//	go run ./cmd/bench corpus --articles 1000 --out DIR
//	go run ./cmd/bench floor --source DIR --out DIR
//	go run ./cmd/bench figures
//
// README.md says what is measured and when a run counts.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"time"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	switch {
	case errors.Is(err, flag.ErrHelp):
		os.Exit(2)
	case err != nil:
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

const usage = `bench run      build a corpus with Mihbara, Hugo and the floor, and compare
bench growth   the same for corpora of several sizes
bench corpus   write a corpus
bench floor    build a corpus with the floor program
bench figures  run the stages' benchmarks and name those that became slower
Each has --help.`

func run(ctx context.Context, args []string, out, errOut io.Writer) error {
	if len(args) == 0 {
		return errors.New("say what to do\n" + usage)
	}
	flags := flag.NewFlagSet("bench "+args[0], flag.ContinueOnError)
	flags.SetOutput(errOut)
	switch args[0] {
	case "run":
		return compare(ctx, flags, args[1:], out, errOut)
	case "growth":
		return growth(ctx, flags, args[1:], out, errOut)
	case "corpus":
		return makeCorpus(flags, args[1:], out)
	case "floor":
		return floor(flags, args[1:])
	case "figures":
		return figures(ctx, flags, args[1:], out, errOut)
	case "help", "-h", "--help":
		fmt.Fprintln(out, usage)
		return nil
	}
	return fmt.Errorf("unknown %q\n%s", args[0], usage)
}

// corpusFlags are the flags that say which corpus.
type corpusFlags struct {
	articles int
	shape    string
	seed     uint64
}

// What the flags of a corpus mean.
const (
	articlesHelp = "how many `ARTICLES`"
	shapeHelp    = "`SHAPE` of the articles: articles (380 words) or short (60 words)"
	seedHelp     = "`SEED` of the corpus; the reference figures are those of 1"
)

func (f *corpusFlags) register(flags *flag.FlagSet) {
	flags.IntVar(&f.articles, "articles", 10000, articlesHelp)
	flags.StringVar(&f.shape, "shape", "articles", shapeHelp)
	flags.Uint64Var(&f.seed, "seed", 1, seedHelp)
}

func (f *corpusFlags) corpus() (*corpus, error) {
	s, ok := shapes()[f.shape]
	if !ok {
		return nil, fmt.Errorf("unknown shape %q: it is articles or short", f.shape)
	}
	if f.articles < 1 {
		return nil, errors.New("a corpus has at least one article")
	}
	return newCorpus(f.articles, s, f.seed)
}

func makeCorpus(flags *flag.FlagSet, args []string, out io.Writer) error {
	var f corpusFlags
	f.register(flags)
	dir := flags.String("out", "", "`DIR` to write the site to")
	mode := flags.String("mode", full, "settings of the site: equal, recognised or full")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if *dir == "" {
		return errors.New("say with --out where to")
	}
	c, err := f.corpus()
	if err != nil {
		return err
	}
	start := time.Now()
	if err := writeCorpus(*dir, c, *mode); err != nil {
		return err
	}
	fmt.Fprintf(out, "%d articles of %d events in %s\n", c.total, c.events, time.Since(start).Round(time.Millisecond))
	return nil
}
