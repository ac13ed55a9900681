package preview

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"mihbara/generator/diag"
)

// A siteFake is a source whose pages a test sets.
type siteFake struct {
	mu       sync.Mutex
	pages    map[string]Page
	errs     map[string]error
	problems []diag.Diagnostic
	changed  chan struct{}
}

func newSite() *siteFake {
	return &siteFake{pages: map[string]Page{}, errs: map[string]error{}, changed: make(chan struct{}, 1)}
}

func (s *siteFake) Page(_ context.Context, p string) (Page, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.errs[p]; err != nil {
		return Page{}, err
	}
	page, ok := s.pages[p]
	if !ok {
		if page, ok = s.pages["/404.html"]; ok {
			page.Status = http.StatusNotFound
			return page, nil
		}
		return Page{}, fmt.Errorf("%s: %w", p, fs.ErrNotExist)
	}
	return page, nil
}

func (s *siteFake) Diagnostics() []diag.Diagnostic {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.problems
}

func (s *siteFake) Line(file string, n int) string {
	if file == "content/ar/a.md" && n == 2 {
		return "date: أمس\n"
	}
	return ""
}

// set changes the site and says so.
func (s *siteFake) set(change func()) {
	s.mu.Lock()
	change()
	s.mu.Unlock()
	s.changed <- struct{}{}
}

func get(t *testing.T, h http.Handler, target string, header ...string) *http.Response {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, target, nil)
	r.Host = "127.0.0.1:1414"
	for i := 0; i < len(header); i += 2 {
		switch header[i] {
		case "Host":
			r.Host = header[i+1]
		case "Method":
			r.Method = header[i+1]
		default:
			r.Header.Set(header[i], header[i+1])
		}
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Result()
}

func text(t *testing.T, r *http.Response) string {
	t.Helper()
	data, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestPages(t *testing.T) {
	site := newSite()
	site.pages["/"] = Page{Body: []byte("<html><body>front</body></html>")}
	site.pages["/ar/سوريا/"] = Page{Body: []byte("<BODY>خبر</BODY>")}
	site.pages["/style.css"] = Page{Body: []byte("a{}")}
	site.pages["/feed.atom"] = Page{Body: []byte("<feed/>"), Type: "application/atom+xml"}
	site.pages["/map.png"] = Page{Body: []byte{0x89, 'P', 'N', 'G'}}
	site.pages["/source.txt"] = Page{Body: []byte("نص")}
	site.pages["/404.html"] = Page{Body: []byte("<body>no such page</body>"), Type: "text/html"}
	tests := []struct {
		name, base, target string
		header             []string
		status             int
		kind, body, place  string
	}{
		{"the front page has the script before the end of its body", "", "/", nil, 200, "text/html; charset=utf-8", "data-base=\"/\"", ""},
		{"a Unicode path is found", "", "/ar/" + url.PathEscape("سوريا") + "/", nil, 200, "text/html; charset=utf-8", "خبر<script", ""},
		{"a path without its slash leads to the one with", "", "/ar/" + url.PathEscape("سوريا"), nil, 307, "", "", "/ar/" + url.PathEscape("سوريا") + "/"},
		{"a stylesheet has no script", "", "/style.css", nil, 200, "text/css; charset=utf-8", "a{}", ""},
		{"a declared type gets its character set", "", "/feed.atom", nil, 200, "application/atom+xml; charset=utf-8", "<feed/>", ""},
		{"a picture has no character set", "", "/map.png", nil, 200, "image/png", "PNG", ""},
		{"plain text says that it is UTF-8", "", "/source.txt", nil, 200, "text/plain; charset=utf-8", "نص", ""},
		{"a missing page is the site's own 404", "", "/none/", nil, 404, "text/html; charset=utf-8", "no such page<script", ""},
		{"below a sub-path the base is taken off", "/archive", "/archive/style.css", nil, 200, "text/css; charset=utf-8", "a{}", ""},
		{"the script stands below the sub-path too", "/archive", "/archive/", nil, 200, "text/html; charset=utf-8", `src="/archive/.mihbara/live.js"`, ""},
		{"the root leads to the sub-path", "archive/", "/", nil, 307, "", "", "/archive/"},
		{"the sub-path without slash leads to it", "/archive/", "/archive", nil, 307, "", "", "/archive/"},
		{"outside the sub-path is nothing", "/archive/", "/style.css", nil, 404, "", "below /archive/", ""},
		{"dots in a path are taken out before anything is asked", "", "/ar/../style.css", nil, 307, "", "", "/style.css"},
		{"another name is refused", "", "/", []string{"Host", "evil.example:1414"}, 403, "", "evil.example", ""},
		{"a name that begins like ours is refused", "", "/", []string{"Host", "localhost.evil.example"}, 403, "", "", ""},
		{"localhost is ours", "", "/", []string{"Host", "localhost:1414"}, 200, "", "front", ""},
		{"a name below localhost is ours", "", "/", []string{"Host", "news.localhost"}, 200, "", "front", ""},
		{"the loopback address of IPv6 is ours", "", "/", []string{"Host", "[::1]:1414"}, 200, "", "front", ""},
		{"a host that was allowed is ours", "", "/", []string{"Host", "Desk.Example:80"}, 200, "", "front", ""},
		{"no host at all is refused", "", "/", []string{"Host", ""}, 403, "", "", ""},
		{"HEAD has the headers only", "", "/", []string{"Method", "HEAD"}, 200, "text/html; charset=utf-8", "", ""},
		{"nothing can be posted", "", "/", []string{"Method", "POST"}, 405, "", "", ""},
		{"the script is there", "", "/.mihbara/live.js", nil, 200, "text/javascript; charset=utf-8", "EventSource", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := newServer(Options{BasePath: test.base, AllowHosts: []string{"desk.example"}}, site)
			r := get(t, s, test.target, test.header...)
			body := text(t, r)
			if r.StatusCode != test.status || !strings.Contains(body, test.body) {
				t.Errorf("%d %q", r.StatusCode, body)
			}
			if kind := r.Header.Get("Content-Type"); test.kind != "" && kind != test.kind {
				t.Errorf("type %q", kind)
			}
			if place := r.Header.Get("Location"); place != test.place {
				t.Errorf("location %q", place)
			}
			if len(test.header) == 2 && test.header[1] == "HEAD" && body != "" {
				t.Errorf("a body for HEAD: %q", body)
			}
		})
	}
}

func TestIfNoneMatch(t *testing.T) {
	site := newSite()
	site.pages["/style.css"] = Page{Body: []byte("a{}")}
	s := newServer(Options{}, site)
	tag := get(t, s, "/style.css").Header.Get("ETag")
	if r := get(t, s, "/style.css", "If-None-Match", tag); r.StatusCode != http.StatusNotModified || text(t, r) != "" {
		t.Error(r.StatusCode)
	}
	site.pages["/style.css"] = Page{Body: []byte("b{}")}
	if r := get(t, s, "/style.css", "If-None-Match", tag); r.StatusCode != http.StatusOK || text(t, r) != "b{}" {
		t.Error(r.StatusCode)
	}
}

func TestTheLastGoodPageStays(t *testing.T) {
	site := newSite()
	site.pages["/a/"] = Page{Body: []byte("<body>good</body>")}
	s := newServer(Options{}, site)
	get(t, s, "/a/")
	site.errs["/a/"] = errors.New("article.html:3: no such field")
	r := get(t, s, "/a/")
	if body := text(t, r); r.StatusCode != 200 || !strings.Contains(body, "good") || r.Header.Get("Mihbara-Stale") == "" {
		t.Error(r.StatusCode, body)
	}
	site.errs["/b/"] = errors.New("<b> has no field")
	r = get(t, s, "/b/")
	if body := text(t, r); r.StatusCode != 500 || !strings.Contains(body, "&lt;b&gt; has no field") || !strings.Contains(body, "live.js") {
		t.Error(r.StatusCode, body)
	}
}

func TestTheMemoryIsBounded(t *testing.T) {
	m := newMemory()
	for i := range 10 {
		m.keep(fmt.Sprint(i), Page{Body: make([]byte, maxMemory/4)})
	}
	if _, ok := m.last("0"); ok || m.size > maxMemory || len(m.pages) != 4 {
		t.Error(len(m.pages), m.size)
	}
	if _, ok := m.last("9"); !ok {
		t.Error("the newest is gone")
	}
}

func TestAddresses(t *testing.T) {
	for _, address := range []string{"0.0.0.0:0", ":0", "[::]:0", "192.0.2.1:0", "example.org:80"} {
		if err := Serve(t.Context(), Options{Address: address}, newSite()); !errors.Is(err, ErrRemote) {
			t.Errorf("%s: %v", address, err)
		}
	}
	for _, address := range []string{"127.0.0.1", "127.0.0.1:http!", "127.0.0.1:99999"} {
		if err := Serve(t.Context(), Options{Address: address}, newSite()); err == nil || errors.Is(err, ErrRemote) {
			t.Errorf("%s: %v", address, err)
		}
	}
}

// running starts a real server and gives the URL of its front page.
func running(t *testing.T, o Options, site *siteFake) string {
	t.Helper()
	ready := make(chan string, 1)
	stopped := make(chan error, 1)
	ctx, cancel := context.WithCancel(context.Background())
	o.Ready, o.Changed = func(u string) { ready <- u }, site.changed
	if o.Address == "" {
		o.Address = "127.0.0.1:0"
	}
	go func() { stopped <- Serve(ctx, o, site) }()
	t.Cleanup(func() {
		cancel()
		select {
		case err := <-stopped:
			if err != nil {
				t.Error(err)
			}
		case <-time.After(5 * time.Second):
			t.Error("the server did not stop")
		}
	})
	select {
	case u := <-ready:
		return u
	case err := <-stopped:
		t.Fatal(err)
	}
	return ""
}

// A tab is an open page: it follows its own events.
type tab struct {
	t      *testing.T
	events *bufio.Reader
}

func openTab(t *testing.T, front, path string) *tab {
	t.Helper()
	r, err := http.Get(front + strings.TrimPrefix(path, "/"))
	if err != nil {
		t.Fatal(err)
	}
	body := text(t, r)
	value := func(name string) string {
		_, rest, _ := strings.Cut(body, name+`="`)
		v, _, _ := strings.Cut(rest, `"`)
		return v
	}
	query := url.Values{"path": {r.Request.URL.Path}, "page": {value("data-page")}, "state": {value("data-state")}}
	e, err := http.Get(front + ".mihbara/events?" + query.Encode())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { e.Body.Close() })
	return &tab{t, bufio.NewReader(e.Body)}
}

// next gives the events up to and with the next state.
func (b *tab) next() string {
	b.t.Helper()
	var out []string
	event := ""
	for {
		line, err := b.events.ReadString('\n')
		if err != nil {
			b.t.Fatal(err)
		}
		if name, ok := strings.CutPrefix(line, "event: "); ok {
			event = strings.TrimSpace(name)
		} else if data, ok := strings.CutPrefix(line, "data: "); ok {
			if event == "state" {
				return strings.Join(out, " ")
			}
			out = append(out, event+" "+strings.TrimSpace(data))
		}
	}
}

func TestLiveReload(t *testing.T) {
	site := newSite()
	site.pages["/"] = Page{Body: []byte("<body>front</body>")}
	site.pages["/a/"] = Page{Body: []byte("<body>a</body>")}
	site.pages["/style.css"] = Page{Body: []byte("a{}")}
	site.pages["/app.js"] = Page{Body: []byte("1")}
	for _, base := range []string{"", "/archive/"} {
		t.Run("base "+base, func(t *testing.T) {
			front := running(t, Options{BasePath: base}, site)
			for _, p := range []string{"style.css", "app.js"} {
				if r, err := http.Get(front + p); err != nil || r.StatusCode != 200 {
					t.Fatal(r, err)
				}
			}
			one, two := openTab(t, front, "/"), openTab(t, front, "/a/")
			steps := []struct {
				name     string
				change   func()
				one, two string
			}{
				{"nothing is wrong at first", nil, "problems []", "problems []"},
				{"a change elsewhere moves nothing", func() {}, "", ""},
				{"only the page that changed reloads", func() { site.pages["/a/"] = Page{Body: []byte("<body>" + base + "b</body>")} }, "", "reload {}"},
				{"a stylesheet is swapped", func() { site.pages["/style.css"] = Page{Body: []byte(base + "b{}")} }, `css ["` + base + `style.css"]`, "reload {}"},
				{"a script reloads", func() { site.pages["/app.js"] = Page{Body: []byte(base + "2")} }, "reload {}", "reload {}"},
				{"a problem is shown without reload", func() {
					site.problems = []diag.Diagnostic{diag.Errorf(diag.Position{File: "content/ar/a.md", Line: 2, Column: 7}, "not a date").WithHint("write 2023-05-01")}
				}, `problems [{"severity":"error","place":"content/ar/a.md:2:7","message":"not a date","hint":"write 2023-05-01","before":"date: ","at":"أ","after":"مس"}]`, ""},
				{"a page that cannot be drawn is not reloaded", func() { site.errs["/"] = errors.New("broken") }, "", ""},
				{"what is mended goes away without reload", func() { site.problems = nil; delete(site.errs, "/") }, "problems []", ""},
				{"a page that goes away is shown as missing", func() { delete(site.pages, "/") }, "reload {}", ""},
			}
			for i, step := range steps {
				if step.change != nil {
					site.set(step.change)
				}
				first, second := one.next(), two.next()
				if base == "" {
					step.one = strings.ReplaceAll(step.one, `["style`, `["/style`)
				}
				// The second tab never really reloads, so it is told again;
				// what is new for it is looked at in the first steps only.
				if first != step.one || i < 3 && second != step.two {
					t.Errorf("%s: %q and %q, want %q and %q", step.name, first, second, step.one, step.two)
				}
			}
			site.pages["/"] = Page{Body: []byte("<body>front</body>")}
		})
	}
}

func TestAPageThatMissedAChangeCatchesUp(t *testing.T) {
	site := newSite()
	site.pages["/"] = Page{Body: []byte("<body>new</body>")}
	s := httptest.NewServer(newServer(Options{}, site))
	defer s.Close()
	for name, query := range map[string]string{"an older process": "page=x&state=1-1", "nonsense": "page=&state=%00"} {
		r, err := http.Get(s.URL + "/.mihbara/events?path=/&" + query)
		if err != nil {
			t.Fatal(err)
		}
		if got := (&tab{t, bufio.NewReader(r.Body)}).next(); got != "problems [] reload {}" {
			t.Errorf("%s: %q", name, got)
		}
		r.Body.Close()
	}
}

func TestExcerpt(t *testing.T) {
	long := strings.Repeat("ا", 300)
	tests := []struct {
		name, line        string
		column            int
		before, at, after string
	}{
		{"the column counts characters", "تاريخ: x", 8, "تاريخ: ", "x", ""},
		{"a column beyond the end marks nothing", "abc\r\n", 9, "abc", "", ""},
		{"no column marks nothing", "abc", 0, "abc", "", ""},
		{"a long line is cut around the column", long, 150, "…" + strings.Repeat("ا", 80), "ا", strings.Repeat("ا", 80) + "…"},
		{"a long line without column is cut at its end", long, 0, strings.Repeat("ا", 160) + "…", "", ""},
	}
	for _, test := range tests {
		if before, at, after := excerpt(test.line, test.column); before != test.before || at != test.at || after != test.after {
			t.Errorf("%s: %q %q %q", test.name, before, at, after)
		}
	}
}

func TestInject(t *testing.T) {
	for page, want := range map[string]string{
		"<body>x</body>":               "<body>x#</body>",
		"<body></body> in text</BODY>": "<body>#</body> in text</BODY>",
		"<BODY>x</Body>":               "<BODY>x#</Body>",
		"no body":                      "no body#",
		"<body>" + strings.Repeat("x", 9000) + "</BODY>\n": "<body>" + strings.Repeat("x", 9000) + "#</BODY>\n",
	} {
		if got := string(inject([]byte(page), "#")); got != want {
			t.Errorf("%.40q: %.60q", page, got)
		}
	}
}

func ExampleServe() {
	site := newSite()
	site.pages["/"] = Page{Body: []byte("<!doctype html><body>محبرة</body>")}
	ctx, stop := context.WithCancel(context.Background())
	err := Serve(ctx, Options{Address: "127.0.0.1:0", Ready: func(url string) {
		r, err := http.Get(url)
		if err == nil {
			fmt.Println(r.StatusCode, r.Header.Get("Content-Type"))
		}
		stop()
	}}, site)
	fmt.Println(err)
	// Output:
	// 200 text/html; charset=utf-8
	// <nil>
}
