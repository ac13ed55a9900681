package preview

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"html"
	"io/fs"
	"net/http"
	"path"
	"strconv"
	"strings"
	"sync"
	"time"
)

// page answers with the page at the site's path p.
func (s *server) page(w http.ResponseWriter, r *http.Request, p string) {
	state := s.live.version()
	page, err := s.shown(r.Context(), p)
	if r.Context().Err() != nil {
		return
	}
	if err != nil {
		s.log.Error("drawing", "page", p, "error", err)
	}
	if page.Status == http.StatusNotFound && !strings.HasSuffix(p, "/") {
		if folder, err := s.draw(r.Context(), p+"/"); err == nil && folder.Status == http.StatusOK {
			redirect(w, r.URL.Path+"/")
			return
		}
	}
	if isHTML(page.Type) {
		tag := fingerprint(page.Body)
		page.Body = inject(page.Body, s.tag(tag, state))
	} else {
		s.live.served(p, fingerprint(page.Body))
	}
	answer(w, r, page)
}

// draw asks the source and remembers the good answers.
func (s *server) draw(ctx context.Context, p string) (Page, error) {
	page, err := s.source.Page(ctx, p)
	if page.Status == 0 {
		page.Status = http.StatusOK
	}
	if err == nil && page.Status == http.StatusOK && !page.Stale && isHTML(mediaType(page.Type, p)) {
		s.memory.keep(p, page)
	}
	return page, err
}

// shown is what a browser sees at p, and why it is not the newest state.
func (s *server) shown(ctx context.Context, p string) (page Page, failure error) {
	page, err := s.draw(ctx, p)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		page = Page{Body: bare("Not found", p), Type: "text/html", Status: http.StatusNotFound}
	case err != nil:
		page, failure = s.lastGood(p, err), err
	}
	page.Type = mediaType(page.Type, p)
	return page, failure
}

// lastGood is what is shown for a page that cannot be drawn: as it was, or a
// bare page where it never was. The problems are shown over it.
func (s *server) lastGood(p string, err error) Page {
	if page, ok := s.memory.last(p); ok {
		page.Stale = true
		return page
	}
	return Page{Body: bare("This page cannot be drawn", err.Error()), Type: "text/html", Status: http.StatusInternalServerError}
}

// answer sends the page, or only that it did not change.
func answer(w http.ResponseWriter, r *http.Request, page Page) {
	h := w.Header()
	h.Set("Content-Type", page.Type)
	if page.Stale {
		h.Set("Mihbara-Stale", "1")
	}
	if page.Status == http.StatusOK {
		h.Set("ETag", `"`+fingerprint(page.Body)+`"`)
		http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(page.Body)) // HEAD and If-None-Match
		return
	}
	h.Set("Content-Length", strconv.Itoa(len(page.Body)))
	w.WriteHeader(page.Status)
	if r.Method != http.MethodHead {
		w.Write(page.Body)
	}
}

// fingerprint names bytes.
func fingerprint(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:8])
}

// bare is a page where no page is.
func bare(title, text string) []byte {
	return []byte(`<!doctype html><html lang="en" dir="ltr"><meta charset="utf-8"><title>` + html.EscapeString(title) +
		`</title><body style="font-family:system-ui;margin:3rem"><h1>` + html.EscapeString(title) +
		`</h1><pre dir="auto" style="white-space:pre-wrap">` + html.EscapeString(text) + `</pre></body></html>`)
}

// inject puts the tag before the last </body>, or at the end.
func inject(page []byte, tag string) []byte {
	at := bytes.LastIndex(page, []byte("</body>"))
	if at < 0 {
		at = bytes.LastIndex(bytes.ToLower(page[max(0, len(page)-4096):]), []byte("</body>"))
		if at >= 0 && len(page) > 4096 {
			at += len(page) - 4096
		}
	}
	if at < 0 {
		at = len(page)
	}
	out := make([]byte, 0, len(page)+len(tag))
	out = append(out, page[:at]...)
	out = append(out, tag...)
	return append(out, page[at:]...)
}

// mediaType completes what the source says: the type by the end of the URL
// where it says none, and the character set where one counts. The table is
// ours, since the system's differ from machine to machine.
func mediaType(declared, p string) string {
	t := declared
	if t == "" {
		if strings.HasSuffix(p, "/") {
			p = "index.html"
		}
		t = typeOf(strings.ToLower(path.Ext(p)))
	}
	if strings.Contains(t, "charset") {
		return t
	}
	if strings.HasPrefix(t, "text/") || strings.HasSuffix(t, "xml") || strings.HasSuffix(t, "json") || strings.HasSuffix(t, "javascript") {
		return t + "; charset=utf-8"
	}
	return t
}

func typeOf(extension string) string {
	switch extension {
	case ".html", ".htm":
		return "text/html"
	case ".css":
		return "text/css"
	case ".js", ".mjs":
		return "text/javascript"
	case ".txt", ".md", ".toml", ".yaml", ".yml", "":
		return "text/plain"
	case ".csv", ".tsv":
		return "text/csv"
	case ".ics":
		return "text/calendar"
	case ".vtt":
		return "text/vtt"
	case ".xml", ".xsl":
		return "application/xml"
	case ".rss":
		return "application/rss+xml"
	case ".atom":
		return "application/atom+xml"
	case ".json", ".map":
		return "application/json"
	case ".jsonld":
		return "application/ld+json"
	case ".webmanifest":
		return "application/manifest+json"
	case ".svg":
		return "image/svg+xml"
	case ".png":
		return "image/png"
	case ".jpg", ".jpeg":
		return "image/jpeg"
	case ".gif":
		return "image/gif"
	case ".webp":
		return "image/webp"
	case ".avif":
		return "image/avif"
	case ".ico":
		return "image/x-icon"
	case ".woff2":
		return "font/woff2"
	case ".woff":
		return "font/woff"
	case ".ttf":
		return "font/ttf"
	case ".otf":
		return "font/otf"
	case ".pdf":
		return "application/pdf"
	case ".mp3":
		return "audio/mpeg"
	case ".ogg", ".opus":
		return "audio/ogg"
	case ".m4a":
		return "audio/mp4"
	case ".mp4":
		return "video/mp4"
	case ".webm":
		return "video/webm"
	case ".wasm":
		return "application/wasm"
	case ".zip":
		return "application/zip"
	}
	return "application/octet-stream"
}

func isHTML(mediaType string) bool { return strings.HasPrefix(mediaType, "text/html") }

// A memory keeps the last good page of each URL, up to a number of bytes; the
// one that was drawn longest ago goes first.
type memory struct {
	mu    sync.Mutex
	pages map[string]Page
	order []string
	size  int
}

const maxMemory = 64 << 20

func newMemory() *memory { return &memory{pages: map[string]Page{}} }

func (m *memory) keep(p string, page Page) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if old, ok := m.pages[p]; ok {
		m.size -= len(old.Body)
	} else {
		m.order = append(m.order, p)
	}
	m.pages[p] = page
	m.size += len(page.Body)
	for m.size > maxMemory && len(m.order) > 1 {
		m.size -= len(m.pages[m.order[0]].Body)
		delete(m.pages, m.order[0])
		m.order = m.order[1:]
	}
}

func (m *memory) last(p string) (Page, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	page, ok := m.pages[p]
	return page, ok
}
