package main

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"runtime/pprof"
)

// blockRate is how many nanoseconds of waiting are sampled once, on average.
const blockRate = 10_000

// profiled runs a command and writes profiles of it into a folder, which is made:
// cpu.pprof, where time went; allocs.pprof, what allocated memory; heap.pprof,
// what memory was in use at the end; block.pprof and mutex.pprof, where
// goroutines waited. They are written even if the command fails. With dir ""
// nothing is measured.
func profiled(dir string, run func() error) (err error) {
	if dir == "" {
		return run()
	}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	cpu, err := os.Create(filepath.Join(dir, "cpu.pprof"))
	if err != nil {
		return err
	}
	runtime.SetBlockProfileRate(blockRate)
	runtime.SetMutexProfileFraction(10)
	defer func() {
		runtime.SetBlockProfileRate(0)
		runtime.SetMutexProfileFraction(0)
	}()
	if err := pprof.StartCPUProfile(cpu); err != nil {
		return errors.Join(err, cpu.Close())
	}
	err = run()
	pprof.StopCPUProfile()
	problems := []error{cpu.Close()}
	runtime.GC() // heap is as of the last collection
	for _, name := range []string{"allocs", "heap", "block", "mutex"} {
		problems = append(problems, writeProfile(filepath.Join(dir, name+".pprof"), name))
	}
	return errors.Join(append(problems, err)...)
}

func writeProfile(path, name string) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	return errors.Join(pprof.Lookup(name).WriteTo(f, 0), f.Close())
}
