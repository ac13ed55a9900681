package generator

import (
	"bytes"
	"encoding/xml"
	"math"
	"strconv"
	"strings"
)

// measureSVG reads the size of a drawing from the width and height of its root
// element or, where they are relative or not there, from its viewBox (SVG 2,
// §8.2). Zero where it says nothing.
func measureSVG(data []byte) size {
	d := xml.NewDecoder(bytes.NewReader(data))
	d.Strict = false
	for {
		t, err := d.Token()
		if err != nil {
			return size{}
		}
		root, ok := t.(xml.StartElement)
		if !ok {
			continue
		}
		if root.Name.Local != "svg" {
			return size{}
		}
		return sizeOfRoot(root)
	}
}

func sizeOfRoot(root xml.StartElement) size {
	var z size
	for _, a := range root.Attr {
		switch a.Name.Local {
		case "width":
			z.Width = pixels(a.Value)
		case "height":
			z.Height = pixels(a.Value)
		}
	}
	if z.Width > 0 && z.Height > 0 {
		return z
	}
	for _, a := range root.Attr {
		if a.Name.Local == "viewBox" {
			if f := strings.FieldsFunc(a.Value, func(r rune) bool { return r == ' ' || r == ',' }); len(f) == 4 {
				return size{pixels(f[2]), pixels(f[3])}
			}
		}
	}
	return size{}
}

// pixels reads a length without a unit or in px; 0 for any other.
func pixels(s string) int {
	f, err := strconv.ParseFloat(strings.TrimSuffix(strings.TrimSpace(s), "px"), 64)
	if err != nil || f < 0 || f > 1e6 {
		return 0
	}
	return int(math.Ceil(f))
}
