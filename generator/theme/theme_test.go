package theme

import (
	"os"
	"path/filepath"
	"testing"

	"mihbara/generator/page"
	"mihbara/generator/site"
)

// TestSampleSiteIsDrawn draws every page of the sample site. With
// MIHBARA_PAGES=folder the pages are written there, to be looked at.
func TestSampleSiteIsDrawn(t *testing.T) {
	th := loadTheme(t)
	s := sampleSite(t, th.Messages(), nil)
	dir := os.Getenv("MIHBARA_PAGES")
	if dir != "" {
		s = sampleSite(t, th.Messages(), relative)
	}
	n := 0
	for _, c := range s.claims() {
		if c.Spec.Kind.IsFeed() {
			continue
		}
		f, err := page.Draw(s, th, c.Spec)
		if err != nil {
			t.Errorf("%s: %v", c.Path, err)
			continue
		}
		n++
		if dir != "" && f.Copy == "" {
			write(t, filepath.Join(dir, c.Path), f.Data)
		}
	}
	t.Logf("%d files", n)
	if dir == "" {
		return
	}
	for _, a := range th.Assets() {
		b, _ := th.Asset(a)
		write(t, filepath.Join(dir, "assets", a), b)
	}
	for source, target := range s.targets {
		if b, err := os.ReadFile(filepath.Join(root(t), source)); err == nil && filepath.Ext(source) != ".md" && filepath.Ext(source) != ".txt" {
			write(t, filepath.Join(dir, target.URL), b)
		}
	}
}

func write(t *testing.T, file string, data []byte) {
	os.MkdirAll(filepath.Dir(file), 0o755)
	if err := os.WriteFile(file, data, 0o644); err != nil {
		t.Fatal(err)
	}
}

func relative(s *site.Settings) { s.RelativeURLs = true }
