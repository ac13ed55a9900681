package main

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
)

// A background is a command that goes on while the test works.
type background struct {
	t           *testing.T
	mu          sync.Mutex
	out, errOut bytes.Buffer
	ended       chan int
}

// start runs a command until the test ends, when it must stop at once and
// without an error.
func start(t *testing.T, args ...string) *background {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	b := &background{t: t, ended: make(chan int, 1)}
	go func() {
		b.ended <- run(ctx, args, strings.NewReader(""), guarded{b, &b.out}, guarded{b, &b.errOut})
	}()
	t.Cleanup(func() {
		cancel()
		select {
		case code := <-b.ended:
			if code != exitFine {
				t.Errorf("%q ended with %d: %s", args, code, b.errOut.String())
			}
		case <-time.After(20 * time.Second):
			t.Errorf("%q does not end", args)
		}
	})
	return b
}

// guarded writes under the lock of the background command.
type guarded struct {
	b *background
	w io.Writer
}

func (g guarded) Write(p []byte) (int, error) {
	g.b.mu.Lock()
	defer g.b.mu.Unlock()
	return g.w.Write(p)
}

func (b *background) said() (out, errOut string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.out.String(), b.errOut.String()
}

// until waits for something to become true.
func (b *background) until(what string, ok func() bool) {
	b.t.Helper()
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		if ok() {
			return
		}
	}
	out, errOut := b.said()
	b.t.Fatalf("never: %s\n%s%s", what, out, errOut)
}

// serve starts a preview and gives its address.
func serve(t *testing.T, dir string) (*background, string) {
	t.Helper()
	b := start(t, "serve", "--source", dir, "--port", "0", testNow)
	var address string
	b.until("the address is printed", func() bool {
		out, _ := b.said()
		address = regexp.MustCompile(`http://127\.0\.0\.1:\d+/`).FindString(out)
		return address != ""
	})
	return b, address
}

func fetch(t *testing.T, url string) (int, string) {
	t.Helper()
	r, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	data, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return r.StatusCode, string(data)
}

func TestServeFollowsEdits(t *testing.T) {
	dir := badSite(t, map[string]string{"content/en/draft.md": "---\ntitle: Draft\ndate: 2024-05-03\ndraft: true\n---\nNot yet.\n"})
	b, front := serve(t, dir)
	name := filepath.Join(dir, "content/en/2024/05/good.md")
	page := front + "en/2024/05/01/good/"
	shows := func(path, words string) func() bool {
		return func() bool { _, body := fetch(t, path); return strings.Contains(body, words) }
	}
	b.until("the page is shown", shows(page, "Nothing is wrong with this one."))
	b.until("drafts are shown", shows(front+"en/2024/05/03/draft/", "Not yet."))

	t.Run("an edit, a new file, a new folder, a renamed and a removed one are seen", func(t *testing.T) {
		writeFile(t, name, strings.ReplaceAll(plainSite["content/en/2024/05/good.md"], "Nothing", "Not much"))
		b.until("the edit is shown", shows(page, "Not much is wrong"))
		writeFile(t, filepath.Join(dir, "content/en/new/deep/a.md"), story("New", "", "In a new folder."))
		b.until("the new file is shown", shows(front+"en/2024/05/02/a/", "In a new folder."))
		if err := os.Rename(filepath.Join(dir, "content/en/new/deep/a.md"), filepath.Join(dir, "content/en/new/deep/b.md")); err != nil {
			t.Fatal(err)
		}
		b.until("the renamed file is shown", shows(front+"en/2024/05/02/b/", "In a new folder."))
		if err := os.RemoveAll(filepath.Join(dir, "content/en/new")); err != nil {
			t.Fatal(err)
		}
		b.until("the removed file is gone", func() bool { code, _ := fetch(t, front+"en/2024/05/02/b/"); return code == http.StatusNotFound })
	})
	t.Run("an editor that saves by renaming over is followed", func(t *testing.T) {
		writeFile(t, name+".new~", strings.ReplaceAll(plainSite["content/en/2024/05/good.md"], "Nothing", "Little"))
		if err := os.Rename(name+".new~", name); err != nil {
			t.Fatal(err)
		}
		b.until("the edit is shown", shows(page, "Little is wrong"))
	})
	t.Run("an open page is told", func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
		defer cancel()
		_, body := fetch(t, page)
		script := regexp.MustCompile(`<script[^>]*src="([^"]*\.mihbara/[^"]*)"`).FindStringSubmatch(body)
		if script == nil {
			t.Fatalf("the page does not listen: %s", body)
		}
		request, err := http.NewRequestWithContext(ctx, "GET", front+".mihbara/events?path=/en/2024/05/01/good/", nil)
		if err != nil {
			t.Fatal(err)
		}
		r, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		defer r.Body.Close()
		if got := r.Header.Get("Content-Type"); !strings.HasPrefix(got, "text/event-stream") {
			t.Fatal(got)
		}
	})
	t.Run("a mistake in site.toml leaves the site standing", func(t *testing.T) {
		writeFile(t, filepath.Join(dir, "site.toml"), "languages = [\n")
		b.until("the mistake is named", func() bool {
			_, errOut := b.said()
			return strings.Contains(errOut, "site.toml:1:")
		})
		if code, body := fetch(t, page); code != http.StatusOK || !strings.Contains(body, "Little is wrong") {
			t.Errorf("%d: %s", code, body)
		}
		writeFile(t, filepath.Join(dir, "site.toml"), strings.ReplaceAll(plainSite["site.toml"], "Test", "Mended"))
		b.until("mended", shows(page, "Mended"))
	})
	t.Run("strange names are refused", func(t *testing.T) {
		request, err := http.NewRequest("GET", page, nil)
		if err != nil {
			t.Fatal(err)
		}
		request.Host = "evil.example"
		r, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		r.Body.Close()
		if r.StatusCode != http.StatusForbidden {
			t.Error(r.StatusCode)
		}
	})
	if _, err := os.Stat(filepath.Join(dir, "public")); err == nil {
		t.Error("a preview wrote into the output folder")
	}
}

// TestABuildBesideAPreview: the two have stores of their own.
func TestABuildBesideAPreview(t *testing.T) {
	dir := badSite(t, nil)
	b, front := serve(t, dir)
	b.until("ready", func() bool { code, _ := fetch(t, front+"en/"); return code == http.StatusOK })
	if _, said := build(t, exitFine, "--source", dir); said != "" {
		t.Errorf("said: %s", said)
	}
	if r := mihbara(t, "serve", "--source", dir, "--address", "0.0.0.0:0"); r.code != exitUsage {
		t.Errorf("a preview for all the world: %d %s", r.code, r.errOut)
	}
}

// TestBuildWatch: what build --watch leaves in the output is what build writes,
// after any edit.
func TestBuildWatch(t *testing.T) {
	dir := badSite(t, nil)
	out := filepath.Join(dir, "public")
	b := start(t, "build", "--watch", "--source", dir, testNow)
	file := func(p, words string) func() bool {
		return func() bool {
			data, err := os.ReadFile(filepath.Join(out, filepath.FromSlash(p)))
			return err == nil && bytes.Contains(data, []byte(words))
		}
	}
	b.until("built", file(goodPage, "Nothing is wrong"))
	edits := []struct {
		name    string
		do      func()
		arrived func() bool
	}{
		{"a body", func() {
			writeFile(t, filepath.Join(dir, "content/en/2024/05/good.md"), strings.ReplaceAll(plainSite["content/en/2024/05/good.md"], "Nothing", "Little"))
		}, file(goodPage, "Little is wrong")},
		{"a new article", func() {
			writeFile(t, filepath.Join(dir, "content/ar/a.md"), story("خبر", "tags: [بحر]\n", "كلام."))
		}, file("ar/2024/05/02/a/index.html", "كلام")},
		{"a theme's file", func() {
			writeFile(t, filepath.Join(dir, "themes/broadsheet/assets/icon.svg"), "<svg xmlns='http://www.w3.org/2000/svg'/>")
		}, file("assets/icon.svg", "<svg xmlns='http")},
		{"a setting", func() {
			writeFile(t, filepath.Join(dir, "site.toml"), strings.ReplaceAll(plainSite["site.toml"], "Test", "Other"))
		}, file(goodPage, "Other")},
		{"a removed article", func() { os.Remove(filepath.Join(dir, "content/ar/a.md")) }, func() bool {
			_, err := os.Stat(filepath.Join(out, "ar/2024/05/02/a/index.html"))
			return err != nil
		}},
	}
	for _, e := range edits {
		e.do()
		b.until(e.name, e.arrived)
	}
	clean := filepath.Join(t.TempDir(), "public")
	b.until("settled", func() bool {
		// A second builder finds the store held, says so, and builds without.
		_, said := build(t, exitFine, "--source", dir, "--out", clean)
		if !strings.Contains(said, "holds the store") {
			t.Errorf("said: %q", said)
		}
		return sameTree(tree(t, out), tree(t, clean))
	})
	if r := mihbara(t, "why", "--source", dir, "/en/2024/05/01/good/"); r.code != exitFine || !strings.Contains(r.out, "drawn because of") {
		t.Errorf("why beside a builder: %d %s%s", r.code, r.out, r.errOut)
	}
}
