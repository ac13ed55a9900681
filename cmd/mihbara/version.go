package main

import (
	"context"
	"fmt"
	"runtime"
	"runtime/debug"
)

func versionCommand() command {
	return command{
		name:    "version",
		summary: "say which Mihbara this is",
		help:    "The version, the revision it was built from (+ where it had changes), the Go\nversion and the platform. Put it into bug reports.",
		shared:  "json",
		run: func(_ context.Context, c *call) error {
			if len(c.args) > 0 {
				return usagef("it takes no arguments")
			}
			v := readVersion()
			if c.json {
				return c.printJSON(v)
			}
			revision := v.Revision
			if revision != "" {
				revision = " " + revision[:min(12, len(revision))]
				if v.Modified {
					revision += "+"
				}
			}
			fmt.Fprintf(c.out, "mihbara %s%s %s %s\n", v.Version, revision, v.Go, v.Platform)
			return nil
		},
	}
}

// A version is what the binary knows of itself. It holds no time: a binary
// built twice from one revision says the same.
type version struct {
	Version  string `json:"version"`
	Revision string `json:"revision,omitempty"`
	Modified bool   `json:"modified,omitempty"`
	Go       string `json:"go"`
	Platform string `json:"platform"`
}

func readVersion() version {
	v := version{Version: "(devel)", Go: runtime.Version(), Platform: runtime.GOOS + "/" + runtime.GOARCH}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return v
	}
	if info.Main.Version != "" {
		v.Version = info.Main.Version
	}
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			v.Revision = s.Value
		case "vcs.modified":
			v.Modified = s.Value == "true"
		}
	}
	return v
}
