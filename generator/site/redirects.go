package site

import (
	"net/url"
	"path"
	"strings"

	"mihbara/generator/diag"
	"mihbara/generator/frontmatter"
)

// A Redirect leads from an old path on the site to a path or an absolute URL.
// Both are as a browser shows them, not percent-encoded.
type Redirect struct {
	From, To string
	Pos      diag.Position // of From
}

// ParseRedirects reads content/redirects.toml: lines `"/old/" = "/new/"`, at
// the top or in the table [redirects], or tables [[redirect]] with from and
// to. A line that cannot be used is named and left out.
func ParseRedirects(file string, data []byte) ([]Redirect, []diag.Diagnostic) {
	text, note := frontmatter.Decode(file, data)
	block, diags := frontmatter.ParseFile(file, text)
	r := &reader{diags: diags}
	if note != "" {
		r.add(diag.Warnf(diag.Position{File: file}, "%s", note))
	}
	var list []Redirect
	seen := map[string]diag.Position{}
	add := func(from, to string, pos, toPos diag.Position) {
		x := Redirect{r.oldPath(from, pos), r.target(to, toPos), pos}
		first, twice := seen[x.From]
		switch {
		case x.From == "" || x.To == "":
		case twice:
			r.add(diag.Warnf(pos, "%s is redirected twice; the first line counts", x.From).WithHint("the other one is at %s", first))
		case x.From == x.To:
			r.add(diag.Errorf(pos, "%s is redirected to itself", x.From).WithHint("delete the line"))
		default:
			seen[x.From] = pos
			list = append(list, x)
		}
	}
	for _, f := range block.Fields {
		switch to, ok := f.Value.Scalar(); {
		case ok:
			add(f.Key, to, f.KeyPos, f.Value.Pos)
		case f.Name() == "redirects" && f.Value.Kind == frontmatter.Map:
			for _, x := range f.Value.Map {
				to, _ := x.Value.Scalar()
				add(x.Key, to, x.KeyPos, x.Value.Pos)
			}
		case (f.Name() == "redirect" || f.Name() == "redirects") && f.Value.Kind == frontmatter.List:
			for _, v := range f.Value.List {
				from, _ := v.Get("from")
				to, _ := v.Get("to")
				if from.Pos.Line == 0 {
					from.Pos = v.Pos
				}
				if to.Pos.Line == 0 {
					to.Pos = v.Pos
				}
				add(from.Text, to.Text, from.Pos, to.Pos)
			}
		default:
			r.add(diag.Errorf(f.KeyPos, "redirects: %q leads to %s", f.Key, f.Value.Kind).WithHint(`write lines like "/old/" = "/new/"`))
		}
	}
	return list, r.diags
}

func (r *reader) oldPath(text string, pos diag.Position) string {
	p, problem := CleanPath(text)
	if problem != "" {
		r.add(diag.Errorf(pos, "cannot redirect from %q: %s", text, problem).WithHint("write the old path on this site, beginning with /"))
		return ""
	}
	return p
}

func (r *reader) target(text string, pos diag.Position) string {
	if u, err := url.Parse(text); err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" {
		return text
	}
	// A query or fragment belongs to the target and not to its path.
	rest := ""
	if i := strings.IndexAny(text, "?#"); i >= 0 {
		text, rest = text[:i], text[i:]
	}
	p, problem := CleanPath(text)
	if problem != "" {
		r.add(diag.Errorf(pos, "cannot redirect to %q: %s", text, problem).WithHint("write a path beginning with /, or an address beginning with https://"))
		return ""
	}
	return p + rest
}

// CleanPath gives a path on the site in one form: it begins with a slash, is
// not percent-encoded, and ends in a slash unless its last part has a file
// extension. The problem, in words, is "" for a path that can be used: one
// that leaves the site, holds characters that no file system takes, or is no
// path at all, cannot.
func CleanPath(text string) (clean, problem string) {
	text = strings.TrimSpace(text)
	if decoded, err := url.PathUnescape(text); err == nil {
		text = decoded
	}
	switch {
	case text == "":
		return "", "it is empty"
	case strings.HasPrefix(text, "//"), strings.Contains(text, "://"):
		return "", "it leads to another site"
	case strings.ContainsAny(text, `\?#%*"<>|:`):
		return "", `it holds one of \ ? # % * " < > | :`
	}
	for _, r := range text {
		if r < ' ' || r >= 0x7f && r < 0xa0 || r == '\ufffd' || r == '\u2028' || r == '\u2029' {
			return "", "it holds a control character"
		}
	}
	for part := range strings.SplitSeq(text, "/") {
		if part == ".." || part == "." {
			return "", "it holds " + part
		}
		if len(part) > 240 {
			return "", "a part of it is longer than file names may be"
		}
	}
	folder := strings.HasSuffix(text, "/") || path.Ext(text) == "" || strings.ContainsAny(path.Ext(text), " ")
	clean = path.Clean("/" + text)
	if folder && clean != "/" {
		clean += "/"
	}
	return clean, ""
}
