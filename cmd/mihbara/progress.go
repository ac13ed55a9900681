package main

import (
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"
)

// A progress shows one line on a terminal while long work goes on: what, how
// much, how fast, how long still. In a pipe it shows nothing. The zero value
// and nil show nothing. Safe for concurrent use.
type progress struct {
	w     io.Writer // nil where nobody looks
	clock func() time.Time

	mu    sync.Mutex
	stage string
	began time.Time // of the stage
	shown time.Time // when the line was drawn last
	drawn bool      // a line stands on the terminal
}

// progress gives the line for this call. It goes to the error stream, so that
// the output can be piped on while a person watches.
func (c *call) progress() *progress {
	p := &progress{clock: c.clock}
	if !c.quiet && !c.json && isTerminal(c.errOut) && os.Getenv("TERM") != "dumb" {
		p.w = c.errOut
	}
	return p
}

// isTerminal says whether w is a character device. /dev/null is one too, where
// a line does no harm.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// show says that done of total things of the stage ("drawing") are done; total
// is 0 where it is not known. It may be called for each thing: the line is
// drawn ten times a second at most, and not in the first half second, so that
// quick work leaves no trace.
func (p *progress) show(stage string, done, total int) {
	if p == nil || p.w == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	now := p.clock()
	if stage != p.stage {
		p.stage, p.began = stage, now
	}
	if now.Sub(p.shown) < 100*time.Millisecond || now.Sub(p.began) < 500*time.Millisecond {
		return
	}
	p.shown, p.drawn = now, true
	fmt.Fprintf(p.w, "\r\x1b[2K%s", progressLine(stage, done, total, now.Sub(p.began)))
}

// end takes the line away.
func (p *progress) end() {
	if p == nil || p.w == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.drawn {
		io.WriteString(p.w, "\r\x1b[2K")
	}
	p.stage, p.drawn = "", false
}

// progressLine is "drawing 1,200 of 35,000 · 2,400/s · 14 s left".
func progressLine(stage string, done, total int, since time.Duration) string {
	line := stage + " " + thousands(done)
	if total > 0 {
		line += " of " + thousands(total)
	}
	if seconds := since.Seconds(); seconds > 0 && done > 0 {
		rate := float64(done) / seconds
		line += " · " + thousands(int(rate)) + "/s"
		if left := total - done; left > 0 && rate > 0 {
			line += " · " + (time.Duration(float64(left)/rate) * time.Second).Round(time.Second).String() + " left"
		}
	}
	return line
}

// thousands writes n with commas.
func thousands(n int) string {
	s := strconv.Itoa(n)
	var b strings.Builder
	for i, r := range s {
		if i > 0 && (len(s)-i)%3 == 0 && s[i-1] != '-' {
			b.WriteByte(',')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// plural is "1 page", "1,200 pages".
func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return thousands(n) + " " + many
}
