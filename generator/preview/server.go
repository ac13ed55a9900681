package preview

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"mihbara/generator/diag"
)

// DefaultAddress is where [Serve] listens if nothing is said; the next free of
// the ten ports from here on is taken.
const DefaultAddress = "127.0.0.1:1414"

// ErrRemote is the cause of an error about an address that others could reach.
var ErrRemote = errors.New("the address can be reached from other machines")

// A Page is the answer to one URL.
type Page struct {
	Body   []byte
	Type   string // media type; "" is taken from the end of the URL
	Status int    // 0 is 200
	Stale  bool   // drawn from an older state, since the newest cannot be drawn
}

// A Source answers for the site. Its methods are called from several
// goroutines at once.
type Source interface {
	// Page draws the page at a path of the site: it starts with "/", is not
	// percent-encoded, and has the base path taken off. A page that does not
	// exist is a Page with status 404, or an error that wraps fs.ErrNotExist.
	// Another error means that it cannot be drawn just now.
	Page(ctx context.Context, urlPath string) (Page, error)
	// Diagnostics are the problems of the site as it is now, in source order.
	Diagnostics() []diag.Diagnostic
	// Line gives line n, from 1, of a file that a diagnostic names, and "" if
	// it is not to be had.
	Line(file string, n int) string
}

// Options say how to serve. The zero value listens on [DefaultAddress].
type Options struct {
	Address     string          // host:port; port 0 takes a free one
	BasePath    string          // path part of the site's base URL; "" is "/"
	AllowHosts  []string        // further names that requests may call us by, without port
	AllowRemote bool            // listen where other machines can reach us
	Changed     <-chan struct{} // something may be different; nil if nothing ever is
	Ready       func(url string)
	Log         *slog.Logger // for operators; nil is silent
}

// Serve listens, calls Ready with the URL of the front page, and answers until
// ctx ends, which is no error. The cause of an error may be [ErrRemote], or
// the system's where it refuses the address.
func Serve(ctx context.Context, o Options, s Source) error {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	listener, err := listen(o)
	if err != nil {
		return err
	}
	server := newServer(o, s)
	web := &http.Server{
		Handler:           server,
		ReadHeaderTimeout: 10 * time.Second,
		BaseContext:       func(net.Listener) context.Context { return ctx },
		ErrorLog:          slog.NewLogLogger(o.Log.Handler(), slog.LevelDebug),
	}
	stopped := make(chan error, 1)
	go func() { stopped <- web.Serve(listener) }()
	go server.follow(ctx, o.Changed)
	if o.Ready != nil {
		o.Ready("http://" + listener.Addr().String() + (&url.URL{Path: server.base}).EscapedPath())
	}
	select {
	case err := <-stopped:
		return fmt.Errorf("preview: %w", err)
	case <-ctx.Done():
	}
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), 2*time.Second)
	defer cancel()
	if web.Shutdown(grace) != nil {
		web.Close() // somebody's download is not worth waiting for
	}
	return nil
}

// listen opens the address. The default one gives way to another preview that
// runs already.
func listen(o Options) (net.Listener, error) {
	address, tries := o.Address, 1
	if address == "" {
		address, tries = DefaultAddress, 10
	}
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return nil, fmt.Errorf("preview: the address is not host:port: %w", err)
	}
	if !loopback(host) && !o.AllowRemote {
		return nil, fmt.Errorf("preview: %s: %w", address, ErrRemote)
	}
	first, err := strconv.Atoi(port)
	if err != nil {
		return nil, fmt.Errorf("preview: the port is not a number: %w", err)
	}
	var listener net.Listener
	for i := range tries {
		listener, err = net.Listen("tcp", net.JoinHostPort(host, strconv.Itoa(first+i)))
		if !errors.Is(err, syscall.EADDRINUSE) {
			break
		}
	}
	if err != nil {
		return nil, fmt.Errorf("preview: %w", err)
	}
	return listener, nil
}

// loopback says whether only this machine can reach the host.
func loopback(host string) bool {
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.IsLoopback() || strings.EqualFold(host, "localhost")
}

// A server is the handler and what it remembers.
type server struct {
	source Source
	base   string // starts and ends with "/"
	hosts  []string
	log    *slog.Logger
	memory *memory
	live   *live
}

func newServer(o Options, s Source) *server {
	base := "/" + strings.Trim(o.BasePath, "/") + "/"
	if base == "//" {
		base = "/"
	}
	log := o.Log
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	return &server{source: s, base: base, hosts: o.AllowHosts, log: log, memory: newMemory(), live: newLive()}
}

// ServeHTTP answers one request.
func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Cache-Control", "no-cache")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	switch {
	case !s.known(r.Host):
		http.Error(w, fmt.Sprintf("This preview does not answer to the name %q.\nStart it with that host allowed if it should.", r.Host), http.StatusForbidden)
	case r.Method != http.MethodGet && r.Method != http.MethodHead:
		h.Set("Allow", "GET, HEAD")
		http.Error(w, "This preview only shows pages.", http.StatusMethodNotAllowed)
	default:
		s.route(w, r)
	}
}

// known says whether a request's Host header is one that a page of ours would
// have. An attacker's page that made its own name point here carries that
// name; addresses written as numbers cannot be made to point anywhere.
func (s *server) known(host string) bool {
	name := host
	if h, _, err := net.SplitHostPort(host); err == nil {
		name = h
	}
	name = strings.ToLower(strings.TrimSuffix(strings.Trim(name, "[]"), "."))
	if _, err := netip.ParseAddr(name); err == nil {
		return true
	}
	return name == "localhost" || strings.HasSuffix(name, ".localhost") ||
		slices.ContainsFunc(s.hosts, func(h string) bool { return strings.EqualFold(h, name) })
}

// route finds out which URL of the site is meant.
func (s *server) route(w http.ResponseWriter, r *http.Request) {
	p := r.URL.Path
	if !strings.HasPrefix(p, s.base) {
		if p == "/" || p+"/" == s.base {
			redirect(w, s.base)
			return
		}
		http.Error(w, "This site stands below "+s.base, http.StatusNotFound)
		return
	}
	if clean := cleaned(p); clean != p {
		redirect(w, clean)
		return
	}
	switch p = "/" + strings.TrimPrefix(p, s.base); p {
	case "/.mihbara/live.js":
		s.script(w, r)
	case "/.mihbara/events":
		s.events(w, r)
	default:
		s.page(w, r, p)
	}
}

// cleaned is path.Clean that keeps a last slash.
func cleaned(p string) string {
	clean := path.Clean(p)
	if strings.HasSuffix(p, "/") && clean != "/" {
		clean += "/"
	}
	return clean
}

func redirect(w http.ResponseWriter, to string) {
	w.Header().Set("Location", (&url.URL{Path: to}).EscapedPath())
	w.WriteHeader(http.StatusTemporaryRedirect)
}
