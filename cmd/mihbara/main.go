// Mihbara turns a newsroom's raw articles and Markdown into a static,
// multilingual news archive. Run "mihbara help".
//
// Each subcommand has a file of its name here. Only this package prints,
// exits, reads the clock and the environment; all else is in mihbara/generator.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"mihbara/generator/diag"
)

// Exit codes, as "mihbara help" tells them.
const (
	exitFine     = 0
	exitProblems = 1 // in the content: someone who writes must change something
	exitUsage    = 2 // the command line is wrong
	exitMachine  = 3 // disk, permission, lock: the machine's fault
)

// commands lists all subcommands in the order of the help. To add one, write
// its file and add its line here.
func commands() []command {
	return []command{
		newCommand(),
		serveCommand(),
		buildCommand(),
		checkCommand(),
		lintCommand(),
		whyCommand(),
		movesCommand(),
		statsCommand(),
		gcCommand(),
		annotateCommand(),
		entitiesCommand(),
		detectCommand(),
		versionCommand(),
		helpCommand(),
	}
}

func main() {
	spareSmallHeaps()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second interrupt ends the process at once
	code := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// run is main without the process, so that tests can call it.
func run(ctx context.Context, args []string, in io.Reader, out, errOut io.Writer) int {
	if len(args) == 0 {
		overview(errOut)
		return exitUsage
	}
	name := args[0]
	switch name {
	case "-h", "-help", "--help":
		name = "help"
	case "-version", "--version":
		name = "version"
	}
	c, ok := find(name)
	if !ok {
		fmt.Fprintf(errOut, "mihbara: unknown command %q%s\nRun \"mihbara help\" for the list.\n", name, diag.DidYouMean(name, names()))
		return exitUsage
	}
	return c.call(ctx, args[1:], in, out, errOut)
}

// find gives the command of that name.
func find(name string) (command, bool) {
	for _, c := range commands() {
		if c.name == name {
			return c, true
		}
	}
	return command{}, false
}

func names() []string {
	var all []string
	for _, c := range commands() {
		all = append(all, c.name)
	}
	return all
}

// errProblems ends a command that found problems in the content and has
// printed them.
var errProblems = errors.New("there are problems in the content")

// A usageError is about the command line.
type usageError struct{ text string }

func (e usageError) Error() string { return e.text }

func usagef(format string, args ...any) error { return usageError{fmt.Sprintf(format, args...)} }

// finish prints how a command ended and gives its exit code. What is neither
// the content's fault nor the command line's is the machine's.
func (c command) finish(err error, errOut io.Writer) int {
	var usage usageError
	switch {
	case err == nil:
		return exitFine
	case errors.Is(err, errProblems):
		return exitProblems
	case errors.As(err, &usage):
		fmt.Fprintf(errOut, "mihbara %s: %s\nRun \"mihbara help %[1]s\" for how to use it.\n", c.name, usage.text)
		return exitUsage
	case errors.Is(err, context.Canceled):
		fmt.Fprintf(errOut, "mihbara %s: interrupted\n", c.name)
		return exitMachine
	}
	fmt.Fprintf(errOut, "mihbara %s: %s\n", c.name, strings.TrimSpace(err.Error()))
	return exitMachine
}
