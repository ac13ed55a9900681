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
	cmd := exec.CommandContext(ctx, command[0], command[1:]...)
	cmd.Dir = dir
	var out, errOut bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errOut
	start := time.Now()
	err := cmd.Run()
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
