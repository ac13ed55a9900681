package main

import (
	"bytes"
	"context"
	"fmt"
	"os/exec"
	"strings"
	"time"
)

// A Cost is what a process took, seen from outside.
type Cost struct {
	Wall time.Duration `json:"wall_ns"`
	CPU  time.Duration `json:"cpu_ns"`     // user and system
	Peak int64         `json:"peak_bytes"` // of resident memory, 0 where the system does not tell
}

// measure runs a command to its end. Its output matters only if it fails.
func measure(ctx context.Context, dir string, command []string) (Cost, []byte, error) {
	return watch(ctx, dir, command, func(int) {})
}

// measureMemory is measure with the memory of the process over time.
func measureMemory(ctx context.Context, dir string, command []string) (Cost, []Sample, error) {
	var s *sampler
	cost, _, err := watch(ctx, dir, command, func(pid int) { s = sample(pid) })
	if s == nil {
		return cost, nil, err
	}
	return cost, s.end(), err
}

// watch runs a command and tells the number of its process once it has started.
func watch(ctx context.Context, dir string, command []string, started func(pid int)) (Cost, []byte, error) {
	cmd := exec.CommandContext(ctx, command[0], command[1:]...)
	cmd.Dir = dir
	var out, errOut bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errOut
	start := time.Now()
	err := cmd.Start()
	if err == nil {
		started(cmd.Process.Pid)
		err = cmd.Wait()
	}
	cost := Cost{Wall: time.Since(start)}
	if cmd.ProcessState != nil {
		cost.CPU = cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
		cost.Peak = peak(cmd.ProcessState)
	}
	if err != nil {
		text := strings.TrimSpace(errOut.String() + "\n" + out.String())
		return cost, nil, fmt.Errorf("%s: %w\n%s", strings.Join(command, " "), err, text[:min(len(text), 2000)])
	}
	return cost, out.Bytes(), nil
}
