// Command recogniser trains the recogniser of names and says how good it is.
// See the package mihbara/generator/recogniser, and README.md beside this file
// for what was tried.
//
//	go run ./cmd/recogniser train             write the weights of all languages
//	go run ./cmd/recogniser train ar ur       … of some
//	go run ./cmd/recogniser check             train and compare with the weights that are there
//	go run ./cmd/recogniser try ar            train on most of the text, judge on the rest
//	go run ./cmd/recogniser evaluate --lang ar FILE.conll…
//	go run ./cmd/recogniser names FILE.txt…   print the names in plain texts
//	go run ./cmd/recogniser links --seed 7    draw links of the knowledge base from the corpus, to be judged
//	go run ./cmd/recogniser judged FILE.tsv…  say how many of the links that were judged are right
package main

import (
	"fmt"
	"io"
	"os"
)

func main() {
	if err := run(os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "recogniser:", err)
		os.Exit(1)
	}
}

func run(args []string, out io.Writer) error {
	if len(args) == 0 {
		return fmt.Errorf("say train, check, try, evaluate, names, links or judged")
	}
	switch args[0] {
	case "train":
		return train(args[1:], out)
	case "check":
		return check(args[1:], out)
	case "try":
		return try(args[1:], out)
	case "evaluate":
		return evaluate(args[1:], out)
	case "names":
		return names(args[1:], out)
	case "links":
		return links(args[1:], out)
	case "judged":
		return judged(args[1:], out)
	}
	return fmt.Errorf("%q is no command: say train, check, try, evaluate, names, links or judged", args[0])
}
