package main

import (
	"bytes"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"mihbara/generator/recogniser"
)

// weightsFolder is where the weights are, from the module's root.
const weightsFolder = "generator/recogniser/data"

// sourceFlags declares the flags for the folders of text that others wrote.
func sourceFlags(set *flag.FlagSet) sources {
	return sources{
		annotated: set.String("text", filepath.Join("..", "shared", "ner"), "the `DIR` of annotated text"),
		corpus:    set.String("corpus", filepath.Join("..", "shared", "corpus"), "the `DIR` of the corpus"),
	}
}

func train(args []string, out io.Writer) error {
	return eachModel("train", args, func(c *course, weights []byte) error {
		name := filepath.Join(filepath.FromSlash(weightsFolder), string(c.language)+".weights")
		fmt.Fprintf(out, "%s: %d bytes\n", name, len(weights))
		return os.WriteFile(name, weights, 0o666)
	})
}

func check(args []string, out io.Writer) error {
	return eachModel("check", args, func(c *course, weights []byte) error {
		name := filepath.Join(filepath.FromSlash(weightsFolder), string(c.language)+".weights")
		there, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		if !bytes.Equal(there, weights) {
			return fmt.Errorf("%s is not what training gives", name)
		}
		fmt.Fprintf(out, "%s: the same\n", name)
		return nil
	})
}

// eachModel trains the languages named and hands the weights on.
func eachModel(command string, args []string, use func(c *course, weights []byte) error) error {
	set := flag.NewFlagSet(command, flag.ContinueOnError)
	from := sourceFlags(set)
	return eachCourse(set, args, from, func(c *course, files [][]recogniser.Document) error {
		return use(c, recogniser.Train(c.language, slices.Concat(files...), c.options).Bytes())
	})
}

// eachCourse parses the flags and reads the texts of the languages named, one
// after the other.
func eachCourse(set *flag.FlagSet, args []string, from sources, use func(c *course, files [][]recogniser.Document) error) error {
	if err := set.Parse(args); err != nil {
		return err
	}
	list, err := chosen(set.Args())
	if err != nil {
		return err
	}
	for i := range list {
		files, err := list[i].documents(from)
		if err != nil {
			return err
		}
		if err := use(&list[i], files); err != nil {
			return err
		}
	}
	return nil
}
