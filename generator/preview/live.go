package preview

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"html"
	"io"
	"net/http"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"mihbara/generator/diag"
)

//go:embed live.js
var liveScript []byte

// live is what the server knows about open pages: which state of the source
// they show, and which files they fetched.
type live struct {
	mu     sync.Mutex
	state  int // grows with each change
	wake   chan struct{}
	assets map[string]string // path → fingerprint, of what is not HTML
	styles []change          // stylesheets that differ since the start, oldest first
	others []change          // further files that differ
}

// A change is a file that differs since the state.
type change struct {
	path  string
	state int
}

func newLive() *live {
	return &live{wake: make(chan struct{}), assets: map[string]string{}}
}

// version names the state in this process: after a restart every page checks
// itself.
func (l *live) version() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.name()
}

func (l *live) name() string { return strconv.Itoa(os.Getpid()) + "-" + strconv.Itoa(l.state) }

// served notes a file that an open page uses.
func (l *live) served(p, print string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.assets[p] = print
}

// follow takes in the changes of the source.
func (s *server) follow(ctx context.Context, changed <-chan struct{}) {
	for {
		select {
		case <-ctx.Done():
			return
		case _, ok := <-changed:
			if !ok {
				return
			}
			s.changed(ctx)
		}
	}
}

// changed finds out which of the served files differ now and wakes all pages.
func (s *server) changed(ctx context.Context) {
	s.live.mu.Lock()
	assets := make(map[string]string, len(s.live.assets))
	for p, print := range s.live.assets {
		assets[p] = print
	}
	s.live.mu.Unlock()
	var differing []string
	for p, print := range assets {
		if page, err := s.source.Page(ctx, p); err == nil && fingerprint(page.Body) != print {
			assets[p] = fingerprint(page.Body)
			differing = append(differing, p)
		}
	}
	slices.Sort(differing)

	l := s.live
	l.mu.Lock()
	defer l.mu.Unlock()
	l.state++
	for _, p := range differing {
		l.assets[p] = assets[p]
		if strings.HasPrefix(mediaType("", p), "text/css") {
			l.styles = append(l.styles, change{p, l.state})
		} else {
			l.others = append(l.others, change{p, l.state})
		}
	}
	close(l.wake)
	l.wake = make(chan struct{})
}

// since gives the files that differ since the state of that name. For a name
// that is not of this process nothing is known, which counts as much.
func (l *live) since(name string) (styles []string, reload bool, now string, wake <-chan struct{}) {
	l.mu.Lock()
	defer l.mu.Unlock()
	now, wake = l.name(), l.wake
	pid, number, _ := strings.Cut(name, "-")
	state, err := strconv.Atoi(number)
	if err != nil || pid != strconv.Itoa(os.Getpid()) {
		return nil, true, now, wake
	}
	for _, c := range l.styles {
		if c.state > state && !slices.Contains(styles, c.path) {
			styles = append(styles, c.path)
		}
	}
	for _, c := range l.others {
		reload = reload || c.state > state
	}
	return styles, reload, now, wake
}

// tag is the element that every page gets: print names the bytes that it
// shows, state what the source was like.
func (s *server) tag(print, state string) string {
	return fmt.Sprintf(`<script src="%s.mihbara/live.js" data-base="%[1]s" data-page="%s" data-state="%s" defer></script>`,
		html.EscapeString(s.base), print, state)
}

func (s *server) script(w http.ResponseWriter, r *http.Request) {
	answer(w, r, Page{Body: liveScript, Type: "text/javascript; charset=utf-8", Status: http.StatusOK})
}

// events tells one open page what happens to it. Its query says where it is
// (path, as the browser sees it), what it shows (page) and since when (state).
func (s *server) events(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/event-stream; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	if r.Method == http.MethodHead {
		return
	}
	control := http.NewResponseController(w)
	query := r.URL.Query()
	client := client{server: s, path: query.Get("path"), page: query.Get("page"), state: query.Get("state")}
	pulse := time.NewTicker(20 * time.Second)
	defer pulse.Stop()
	for {
		wake := client.tell(r.Context(), w)
		if control.Flush() != nil {
			return
		}
		for woken := false; !woken; {
			select {
			case <-r.Context().Done():
				return
			case <-wake:
				woken = true
			case <-pulse.C:
				io.WriteString(w, ": still here\n\n")
				if control.Flush() != nil {
					return
				}
			}
		}
	}
}

// A client is one open page.
type client struct {
	server   *server
	path     string // as the browser sees it, base included
	page     string // fingerprint of what it shows
	state    string // as of
	problems string // what it was told last
}

// tell writes what the client does not know yet, and gives what to wait for.
func (c *client) tell(ctx context.Context, w io.Writer) <-chan struct{} {
	s := c.server
	styles, reload, now, wake := s.live.since(c.state)
	var failure error
	if now != c.state {
		var page Page
		page, failure = s.shown(ctx, "/"+strings.TrimPrefix(c.path, s.base))
		// While the page cannot be drawn, keep looking at what there is.
		reload = failure == nil && (reload || fingerprint(page.Body) != c.page)
	}
	list := listProblems(s.source, c.path, failure)
	if text := encode(list); text != c.problems {
		send(w, "problems", text)
		c.problems = text
	}
	switch {
	case reload:
		send(w, "reload", "{}")
	case len(styles) > 0:
		for i := range styles {
			styles[i] = s.base + strings.TrimPrefix(styles[i], "/")
		}
		send(w, "css", encode(styles))
	}
	c.state = now
	send(w, "state", encode(now))
	return wake
}

func send(w io.Writer, event, data string) {
	fmt.Fprintf(w, "event: %s\ndata: %s\n\n", event, data)
}

func encode(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		panic("preview: an event that is not JSON: " + err.Error())
	}
	return string(text)
}

// A problem is a diagnostic as the overlay shows it.
type problem struct {
	Severity string `json:"severity"`
	Place    string `json:"place"` // file:line:column
	Message  string `json:"message"`
	Hint     string `json:"hint,omitempty"`
	Before   string `json:"before,omitempty"` // the source line up to the column,
	At       string `json:"at,omitempty"`     // the character there,
	After    string `json:"after,omitempty"`  // and the rest
}

// maxProblems bounds the overlay; after that many a person starts with the
// first anyway.
const maxProblems = 50

// listProblems gives what the overlay of a page shows: errors first, then
// warnings. Notes are for the terminal.
func listProblems(s Source, page string, failure error) []problem {
	all := s.Diagnostics()
	if failure != nil && !slices.ContainsFunc(all, func(d diag.Diagnostic) bool { return d.Severity == diag.Error }) {
		all = append([]diag.Diagnostic{diag.Errorf(diag.Position{File: page}, "%v", failure)}, all...)
	}
	list := []problem{}
	for _, severity := range []diag.Severity{diag.Error, diag.Warning} {
		for _, d := range all {
			if d.Severity == severity && len(list) < maxProblems {
				list = append(list, newProblem(s, d))
			}
		}
	}
	return list
}

func newProblem(s Source, d diag.Diagnostic) problem {
	p := problem{Severity: d.Severity.String(), Place: d.Pos.String(), Message: d.Message, Hint: d.Hint}
	if d.Pos.Line == 0 {
		return p
	}
	p.Before, p.At, p.After = excerpt(s.Line(d.Pos.File, d.Pos.Line), d.Pos.Column)
	return p
}

// excerpt cuts a source line at a column, counted in characters from 1, and
// shortens it around that.
func excerpt(line string, column int) (before, at, after string) {
	const width = 80
	runes := []rune(strings.TrimRight(line, "\r\n"))
	if column < 1 || column > len(runes) {
		if len(runes) > 2*width {
			return string(runes[:2*width]) + "…", "", ""
		}
		return string(runes), "", ""
	}
	from, to := max(0, column-1-width), min(len(runes), column+width)
	before, at, after = string(runes[from:column-1]), string(runes[column-1]), string(runes[column:to])
	if from > 0 {
		before = "…" + before
	}
	if to < len(runes) {
		after += "…"
	}
	return before, at, after
}
