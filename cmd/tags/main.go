// Command tags measures the starter set of tags. See the package
// mihbara/generator/tag.
//
//	go run ./cmd/tags rarity      write generator/tag/starter/rarity.txt
//	go run ./cmd/tags measure     how well tags are told from texts, at several thresholds
package main

import (
	"fmt"
	"io"
	"os"
)

func main() {
	if err := run(os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "tags:", err)
		os.Exit(1)
	}
}

func run(args []string, out io.Writer) error {
	if len(args) == 0 {
		return fmt.Errorf("say rarity or measure")
	}
	switch args[0] {
	case "measure":
		return measure(args[1:], out)
	case "rarity":
		return rarity(args[1:], out)
	}
	return fmt.Errorf("%q is no command: say rarity or measure", args[0])
}
