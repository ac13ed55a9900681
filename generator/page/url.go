package page

import (
	"path"
	"strings"
)

// OutputPath gives the file for a path on the site: "/ar/x/" →
// "ar/x/index.html", "/" → "index.html", "/ar/feed.xml" → "ar/feed.xml". A path
// whose last part has no dot is a folder even without its slash.
func OutputPath(url string) string {
	if n := len(url); n > 1 && url[0] == '/' && url[n-1] == '/' && !strings.Contains(url, "//") && !strings.Contains(url, "/.") {
		return url[1:] + "index.html" // as nearly all are
	}
	p := strings.TrimPrefix(path.Clean("/"+url), "/")
	if strings.HasSuffix(url, "/") || p == "" || !strings.Contains(path.Base(p), ".") {
		return path.Join(p, "index.html")
	}
	return p
}

// SitePath gives the path on the site of an output file: the reverse of
// [OutputPath].
func SitePath(output string) string {
	if output == "index.html" {
		return "/"
	}
	return "/" + strings.TrimSuffix(output, "index.html")
}

// Escape percent-encodes a path on the site, byte by byte, leaving what RFC
// 3986 allows in a path, a query and a fragment, and escapes that are there.
func Escape(p string) string {
	for i := 0; i < len(p); i++ {
		if !plain[p[i]] {
			return string(appendPath(make([]byte, 0, len(p)*3), p))
		}
	}
	return p
}

// appendPath appends a path as [Escape] gives it.
func appendPath(dst []byte, p string) []byte {
	const hex = "0123456789ABCDEF"
	last := 0
	for i := 0; i < len(p); i++ {
		c := p[i]
		if plain[c] || c == '%' && i+2 < len(p) && isHex(p[i+1]) && isHex(p[i+2]) {
			continue
		}
		dst = append(append(dst, p[last:i]...), '%', hex[c>>4], hex[c&15])
		last = i + 1
	}
	return append(dst, p[last:]...)
}

// plain are the bytes that a path may hold as they are.
var plain = func() (t [256]bool) {
	for c := range t {
		t[c] = 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' ||
			c < 0x80 && strings.IndexByte("-._~/:@!$&'()*+,;=?#", byte(c)) >= 0
	}
	return t
}()

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}

// external says that a URL leaves the site or is no path at all.
func external(u string) bool {
	return u == "" || u[0] != '/' || strings.HasPrefix(u, "//")
}

// Link writes a path on the site as the page at from refers to it: below the
// base path, or relative to the page where the site wants that. Both are paths
// on the site beginning with a slash; anything else is returned as it is. The
// result is percent-encoded.
func (f *Frame) Link(from, to string) string {
	switch {
	case external(to):
		return to
	case f.RelativeURLs:
		return relative(from, to)
	}
	return Escape(f.BasePath + to)
}

// AppendLink appends what [Frame.Link] gives.
func (f *Frame) AppendLink(dst []byte, from, to string) []byte {
	if f.RelativeURLs || external(to) {
		return append(dst, f.Link(from, to)...)
	}
	return appendPath(appendPath(dst, f.BasePath), to)
}

// AppendAbsolute appends what [Frame.Absolute] gives.
func (f *Frame) AppendAbsolute(dst []byte, to string) []byte {
	if external(to) {
		return append(dst, to...)
	}
	return appendPath(appendPath(dst, f.BaseURL), to)
}

// Absolute writes a path on the site as an absolute URL, for canonical links,
// feeds and structured data. Without a base URL it is the path from the root.
func (f *Frame) Absolute(to string) string {
	if external(to) {
		return to
	}
	return Escape(f.BaseURL + to)
}

// relative gives the way from a page to a file, naming index.html, which a
// browser does not look for in file://.
func relative(from, to string) string {
	suffix := ""
	if i := strings.IndexAny(to, "?#"); i >= 0 {
		to, suffix = to[:i], to[i:]
	}
	// From ends at its folder: "/ar/x/" and "/ar/feed.xml" → "ar".
	f := strings.Split(strings.Trim(from[:strings.LastIndexByte(from, '/')+1], "/"), "/")
	if f[0] == "" {
		f = nil
	}
	t := strings.Split(OutputPath(to), "/")
	n := 0
	for n < len(f) && n < len(t)-1 && f[n] == t[n] {
		n++
	}
	return Escape(strings.Repeat("../", len(f)-n) + strings.Join(t[n:], "/") + suffix)
}
