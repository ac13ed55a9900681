package main

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func TestProgress(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var out strings.Builder
		p := &progress{w: &out, clock: time.Now}
		for i := range 100 { // a second of work
			p.show("drawing", i, 100)
			time.Sleep(10 * time.Millisecond)
		}
		p.end()
		lines := strings.Split(out.String(), "\r\x1b[2K")
		if len(lines) != 7 || lines[0] != "" || lines[1] != "drawing 50 of 100 · 100/s · 1s left" && lines[1] != "drawing 50 of 100 · 100/s · 0s left" || lines[6] != "" {
			t.Errorf("%q", lines)
		}
		out.Reset()
		p.show("quick", 1, 1)
		p.end()
		if out.String() != "" {
			t.Errorf("quick work leaves a trace: %q", out.String())
		}
	})
	var nobody *progress
	nobody.show("drawing", 1, 2)
	nobody.end()
	new(progress).show("drawing", 1, 2)
}

func TestProgressLine(t *testing.T) {
	tests := []struct {
		name        string
		done, total int
		since       time.Duration
		want        string
	}{
		{"all is known", 1200, 35000, time.Second / 2, "drawing 1,200 of 35,000 · 2,400/s · 14s left"},
		{"the total is not known", 1200, 0, time.Second, "drawing 1,200 · 1,200/s"},
		{"nothing is done yet", 0, 10, time.Second, "drawing 0 of 10"},
		{"all is done", 10, 10, time.Second, "drawing 10 of 10 · 10/s"},
		{"no time has gone", 10, 20, 0, "drawing 10 of 20"},
		{"long work", 1, 1000, 10 * time.Second, "drawing 1 of 1,000 · 0/s · 2h46m30s left"},
	}
	for _, test := range tests {
		if got := progressLine("drawing", test.done, test.total, test.since); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1,000", 1234567: "1,234,567", -1000: "-1,000", -100: "-100"} {
		if got := thousands(n); got != want {
			t.Errorf("%d: %q", n, got)
		}
	}
	if plural(1, "page", "pages") != "1 page" || plural(0, "page", "pages") != "0 pages" {
		t.Error("plural")
	}
}
