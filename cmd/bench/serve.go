package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"time"
)

// serving is the name of the scenario: from an edit's write to the event that
// makes an open page reload.
const serving = "serve: edit to reload"

// A preview is a running "mihbara serve".
type preview struct {
	cmd *exec.Cmd
	url string
}

// patience is how long a preview may take to come up or to answer.
const patience = 10 * time.Minute

func startPreview(ctx context.Context, binary, dir string) (*preview, error) {
	cmd := exec.CommandContext(ctx, binary, "serve", "--source", dir, "--port", "0", "--now", "2026-06-01T00:00:00Z")
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	var errOut bytes.Buffer
	cmd.Stderr = &errOut
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	p := &preview{cmd: cmd}
	lines := bufio.NewScanner(out)
	for read := false; (p.url == "" || !read) && lines.Scan(); { // in either order
		line := lines.Text()
		if at, _, ok := strings.Cut(line, " (stop"); ok {
			p.url = at
		}
		read = read || strings.Contains(line, "included") // it says how many articles it has read
	}
	if p.url == "" {
		_, _ = p.stop()
		return nil, fmt.Errorf("serve did not come up: %s", errOut.String())
	}
	go func() { _, _ = io.Copy(io.Discard, out) }()
	return p, nil
}

// stop ends the preview and gives what it took in all.
func (p *preview) stop() (Cost, error) {
	_ = p.cmd.Process.Signal(os.Interrupt)
	err := p.cmd.Wait()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		err = nil // an interrupt is how it ends
	}
	return Cost{CPU: p.cmd.ProcessState.UserTime() + p.cmd.ProcessState.SystemTime(), Peak: peak(p.cmd.ProcessState)}, err
}

// reload opens a page, edits its source and waits for the event.
func (p *preview) reload(ctx context.Context, path string, edit func() error) (time.Duration, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	page, err := fetch(ctx, p.url+strings.TrimPrefix(path, "/"))
	if err != nil {
		return 0, err
	}
	text, err := io.ReadAll(page)
	page.Close()
	if err != nil {
		return 0, err
	}
	found := regexp.MustCompile(`data-page="([^"]*)" data-state="([^"]*)"`).FindSubmatch(text)
	if found == nil {
		return 0, fmt.Errorf("%s has no live reload", path)
	}
	query := url.Values{"path": {path}, "page": {string(found[1])}, "state": {string(found[2])}}
	events, err := fetch(ctx, p.url+".mihbara/events?"+query.Encode())
	if err != nil {
		return 0, err
	}
	defer events.Close()
	lines := bufio.NewScanner(events)
	if !lines.Scan() { // the first event says that nothing is wrong
		return 0, lines.Err()
	}
	start := time.Now()
	if err := edit(); err != nil {
		return 0, err
	}
	for lines.Scan() {
		if lines.Text() == "event: reload" {
			return time.Since(start), nil
		}
	}
	return 0, errors.Join(fmt.Errorf("%s was not reloaded", path), lines.Err())
}

func fetch(ctx context.Context, at string) (io.ReadCloser, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, at, nil)
	if err != nil {
		return nil, err
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return nil, err
	}
	if answer.StatusCode != http.StatusOK {
		answer.Body.Close()
		return nil, fmt.Errorf("%s: %s", at, answer.Status)
	}
	return answer.Body, nil
}

// leastEdits is how many edits a preview is measured with at least: the first one
// after it came up finds less in memory than those of an editor at work.
const leastEdits = 7

// measureServe measures edits in a running preview.
func (o *options) measureServe(ctx context.Context, t tool, s *source, r *Report, progress io.Writer) error {
	p, err := startPreview(ctx, o.mihbara, s.dir)
	if err != nil {
		return err
	}
	m := Measurement{Tool: t.name, Scenario: serving}
	for k := range max(o.repeats, leastEdits) {
		article := s.pick(100 + k)
		path, err := addressOf(article)
		var took time.Duration
		if err == nil {
			took, err = p.reload(ctx, path, func() error { return s.rewrite(article, addSentence) })
		}
		if err != nil {
			_, _ = p.stop()
			return err
		}
		m.Costs = append(m.Costs, Cost{Wall: took})
	}
	whole, err := p.stop()
	for i := range m.Costs {
		m.Costs[i].Peak = whole.Peak
	}
	r.add(m)
	fmt.Fprintf(progress, "%s: %s %s\n", t.name, serving, m.median().Wall.Round(time.Millisecond))
	return err
}

// addressOf gives the path of an article's page on the site.
func addressOf(source string) (string, error) {
	b, err := os.ReadFile(source)
	if err != nil {
		return "", err
	}
	a, _, err := parseFloor(nil, b, 0)
	if err != nil {
		return "", err
	}
	return strings.Replace(a.url, "/"+languages[0]+"/", "/"+languageOf(source)+"/", 1), nil
}
