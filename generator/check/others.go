package check

import (
	"bytes"
	"encoding/xml"
	"regexp"
	"strings"
)

// cssURL finds what a style sheet refers to. Comments are blanked before; a URL
// in a string that is no URL would be found too, but no style sheet of a theme
// has such a string.
var (
	cssURL     = regexp.MustCompile(`url\(\s*(?:"([^"]*)"|'([^']*)'|([^"')\s]*))\s*\)|@import\s+(?:"([^"]*)"|'([^']*)')`)
	cssComment = regexp.MustCompile(`(?s)/\*.*?\*/`)
)

func readCSS(data []byte) document {
	var doc document
	doc.css(data, func(offset int) int { return offset })
	return doc
}

// css adds what a style sheet refers to; at turns an offset in it into one in
// the file.
func (doc *document) css(data []byte, at func(int) int) {
	if !bytes.Contains(data, []byte("url(")) && !bytes.Contains(data, []byte("@import")) {
		return
	}
	data = cssComment.ReplaceAllFunc(data, func(c []byte) []byte { return bytes.Repeat([]byte(" "), len(c)) })
	for _, m := range cssURL.FindAllSubmatchIndex(data, -1) {
		for i := 2; i < len(m); i += 2 {
			if m[i] >= 0 && m[i] < m[i+1] {
				doc.add("the style's file", string(data[m[i]:m[i+1]]), at(m[0]), false)
			}
		}
	}
}

// readXML reads an Atom feed, a sitemap or a picture: attributes href and src,
// and the text of loc. What is not well formed is read as far as it goes.
func readXML(data []byte) document {
	var doc document
	d := xml.NewDecoder(bytes.NewReader(data))
	d.Strict = false
	for {
		at := int(d.InputOffset())
		t, err := d.RawToken()
		if err != nil {
			return doc
		}
		e, ok := t.(xml.StartElement)
		if !ok {
			continue
		}
		for _, a := range e.Attr {
			switch {
			case a.Name.Local == "id" && a.Name.Space == "":
				doc.ids = append(doc.ids, mark{a.Value, at})
			case a.Name.Local == "href" || a.Name.Local == "src":
				doc.add("the reference", a.Value, at, false)
			}
		}
		if e.Name.Local == "loc" {
			if text, err := d.RawToken(); err == nil {
				if s, ok := text.(xml.CharData); ok {
					doc.add("the address", strings.TrimSpace(string(s)), at, false)
				}
			}
		}
	}
}
