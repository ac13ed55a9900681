package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"strconv"
	"time"
)

// A Sample is how much memory a process held at a time after its start.
type Sample struct {
	At       time.Duration `json:"at_ns"`
	Resident int64         `json:"resident_bytes"`
}

// sampleEvery is how far samples are apart.
const sampleEvery = 20 * time.Millisecond

// A sampler looks at the memory of a running process from time to time.
type sampler struct {
	stop, done chan struct{}
	list       []Sample
}

// sample begins to look at a process. Only Linux tells; elsewhere there are no
// samples.
func sample(pid int) *sampler {
	s := &sampler{stop: make(chan struct{}), done: make(chan struct{})}
	go s.run(pid)
	return s
}

func (s *sampler) run(pid int) {
	defer close(s.done)
	start := time.Now()
	ticks := time.NewTicker(sampleEvery)
	defer ticks.Stop()
	for {
		resident, err := residentOf(pid)
		if err != nil {
			return
		}
		if resident > 0 { // it has ended and is not yet waited for
			s.list = append(s.list, Sample{time.Since(start), resident})
		}
		select {
		case <-s.stop:
			return
		case <-ticks.C:
		}
	}
}

// end gives what was seen.
func (s *sampler) end() []Sample {
	close(s.stop)
	<-s.done
	return s.list
}

// residentOf reads the second figure of statm, which counts pages.
func residentOf(pid int) (int64, error) {
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/statm", pid))
	if err != nil {
		return 0, err
	}
	fields := bytes.Fields(data)
	if len(fields) < 2 {
		return 0, errors.New("statm has changed its form")
	}
	pages, err := strconv.ParseInt(string(fields[1]), 10, 64)
	return pages * int64(os.Getpagesize()), err
}
