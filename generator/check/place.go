package check

import (
	"net/url"
	"path"
	"strings"
)

// A place is where the output folder will stand.
type place struct {
	host string // lower case; "" where only the path is known
	path string // "/archive", "" for the root
}

func siteAt(base string) place {
	u, err := url.Parse(base)
	if err != nil {
		return place{}
	}
	p := strings.Trim(u.Path, "/")
	if p != "" {
		p = "/" + p
	}
	return place{strings.ToLower(u.Host), p}
}

// A target is what a reference leads to.
type target struct {
	file     string // in the output folder
	fragment string // decoded
	external bool   // not on this site
	outside  bool   // on the same host, but above the site
	invalid  bool   // no URL at all
}

// resolve finds the file of the output folder to which a reference in the file
// from leads.
func (s place) resolve(from, dest string) target {
	u, err := url.Parse(strings.TrimSpace(dest))
	if err != nil {
		return target{invalid: true}
	}
	whole := u.Scheme != "" || u.Host != ""
	if u.Opaque != "" || whole && (s.host == "" || !strings.EqualFold(u.Host, s.host)) {
		return target{external: true}
	}
	if u.Scheme != "" && u.Scheme != "http" && u.Scheme != "https" {
		return target{external: true}
	}
	p := u.Path
	switch {
	case p == "" && !whole:
		return target{file: from, fragment: u.Fragment} // "#part" and "?query"
	case strings.HasPrefix(p, "/") || whole:
		rest, ok := strings.CutPrefix(p, s.path)
		if !ok || rest != "" && rest[0] != '/' && s.path != "" {
			return target{outside: true}
		}
		p = rest
	default:
		// Counted from the site's root: ".." above it leaves the site, where a
		// browser would stay at the host's root.
		p = path.Join(s.path, path.Dir("/"+from)) + "/" + p
		rest, ok := strings.CutPrefix(cleaned(p), s.path)
		if !ok {
			return target{outside: true}
		}
		p = rest
	}
	return target{file: fileOf(p), fragment: u.Fragment}
}

// cleaned is path.Clean that keeps the slash at the end.
func cleaned(p string) string {
	c := path.Clean("/" + p)
	if c != "/" && (strings.HasSuffix(p, "/") || strings.HasSuffix(p, "/.") || strings.HasSuffix(p, "/..")) {
		c += "/"
	}
	return c
}

// fileOf gives the file that a server answers a path with.
func fileOf(p string) string {
	p = cleaned(p)
	if strings.HasSuffix(p, "/") {
		p += "index.html"
	}
	return strings.TrimPrefix(p, "/")
}
