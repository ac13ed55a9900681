package theme

import (
	"testing"

	"mihbara/generator/page"
)

func TestLinksAreEscapedForAnAttribute(t *testing.T) {
	tests := []struct{ base, path, want string }{
		{"", "/ar/2023/x-y_z.html", "/ar/2023/x-y_z.html"},
		{"/a", "/ar/", "/a/ar/"},
		{"/a b", "/ar/", "/a%20b/ar/"},
		{"", "/", "/"},
		{"/a", "/", "/a/"},
		{"/a", "//example.com/x", "//example.com/x"},
		{"", "/تونس/", "/%D8%AA%D9%88%D9%86%D8%B3/"},
		{"", "/a&b'c", "/a&amp;b&#39;c"},
		{"", `/"<>`, "/%22%3C%3E"},
		{"", "/100%/", "/100%25/"},
		{"", "/a:b/", "/a:b/"},
		{"/a", "https://example.com/?a&b", "https://example.com/?a&amp;b"},
		{"/a", "javascript:alert(1)", "#"},
		{"/a", "", ""},
	}
	for _, test := range tests {
		s := &set{base: &page.Base{Frame: &page.Frame{BasePath: test.base}, Path: "/x/"}}
		if got := string(s.appendLink([]byte("="), test.path)); got != "="+test.want {
			t.Errorf("below %q, %q is %q, want %q", test.base, test.path, got, test.want)
		}
	}
}
