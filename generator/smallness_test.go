package generator

import (
	"os"
	"slices"
	"strings"
	"testing"
	"time"
)

// fixedSite is a site of which the tests know every page.
func fixedSite(t *testing.T) *testSite {
	s := newTestSite(t)
	s.write("site.toml", `title = "Test"
baseURL = "https://example.org/"
languages = ["en", "ar"]
tagline = "A line"
[entities]
builtin = false
`)
	s.entity("beirut", "place", "")
	s.entity("un", "organisation", "")
	article := func(name, title, date, tags, text string) {
		s.write("content/en/"+name+".md", "---\ntitle: "+title+"\ndate: "+date+"\ntags: ["+tags+"]\n---\n\n"+text+"\n")
	}
	article("port", "The port", "2023-03-01", "trade", "Ships wait outside Beirut today.")
	article("water", "The water", "2023-03-09", "water", "Pipes in Beirut are old.\n\nThey leak.")
	article("flood", "The flood", "2023-05-02", "water", "Rain fell on Beirut.\n\nThen the river rose.")
	article("talks", "The talks", "2023-05-20", "trade", "A round of talks ended with the United Nations.")
	s.write("content/ar/port.md", "---\ntitle: المرفأ\ndate: 2023-03-01\n---\n\nسفن تنتظر خارج بيروت.\n")
	s.write("content/static/note.txt", "a note\n")
	s.write("seeds/raw.txt", "The council met in Beirut on Monday. It will meet again.\n")
	s.write("seeds/raw.yaml", "lang: en\n")
	s.build()
	return s
}

var anyWritten = []string{"*"}

// TestAnEditRedrawsOnlyWhatItTouches gives for named edits the exact pages that
// are redrawn and, of those, written.
func TestAnEditRedrawsOnlyWhatItTouches(t *testing.T) {
	flood := "en/2023/05/02/flood/index.html"
	tests := []struct {
		name     string
		edit     func(s *testSite)
		rendered []string
		written  []string // nil: the same as rendered, anyWritten: not looked at
		removed  []string
	}{
		{"no change redraws nothing", func(s *testSite) {}, []string{}, nil, nil},
		{"a file touched but not changed redraws nothing", func(s *testSite) {
			must(s.t, os.Chtimes(s.path("content/en/flood.md"), time.Now(), time.Now()))
		}, []string{}, nil, nil},
		{"a body edit stops at the article's own page", func(s *testSite) { s.edit("content/en/flood.md", "the river rose", "the river rose again") },
			[]string{flood}, nil, nil},
		{"a headline edit reaches the lists, neighbours and feeds that show it", func(s *testSite) { s.edit("content/en/flood.md", "The flood", "The deluge") },
			[]string{"en/2023/03/09/water/index.html", "en/2023/05/02/flood/index.html", "en/2023/05/02/index.html", "en/2023/05/20/talks/index.html",
				"en/2023/05/index.html", "en/entities/beirut/2023/05/index.html", "en/entities/beirut/index.html", "en/feed.xml", "en/index.html", "en/sitemap-2023-05.xml",
				"en/tags/water/2023/05/index.html", "en/tags/water/index.html", "en/undated/raw/index.html", "entities/beirut/index.html"},
			[]string{"en/2023/03/09/water/index.html", "en/2023/05/02/flood/index.html", "en/2023/05/02/index.html", "en/2023/05/20/talks/index.html",
				"en/2023/05/index.html", "en/entities/beirut/2023/05/index.html", "en/entities/beirut/index.html", "en/feed.xml", "en/index.html",
				"en/tags/water/2023/05/index.html", "en/tags/water/index.html", "en/undated/raw/index.html", "entities/beirut/index.html"}, nil},
		{"a change of spaces between front matter and text redraws nothing but the source's hash", func(s *testSite) { s.edit("content/en/flood.md", "---\n\nRain", "---\n\n\nRain") },
			[]string{flood}, nil, nil},
		{"an asset redraws no page", func(s *testSite) {
			s.write(s.themeFile("assets/broadsheet.css"), "body{color:red}\n")
		}, []string{"assets/broadsheet.css"}, nil, nil},
		{"a published file is copied", func(s *testSite) { s.write("content/static/note.txt", "another note\n") },
			[]string{"note.txt"}, nil, nil},
		{"a template that no page of the kind is drawn by redraws only that kind", func(s *testSite) {
			p := s.themeFile("templates/notfound.html")
			text := s.read(p)
			i := strings.LastIndex(text, "{{end}}")
			s.write(p, text[:i]+"<p>lost</p>"+text[i:])
		}, []string{"404.html"}, nil, nil},
		{"an entity that nobody mentions redraws nothing", func(s *testSite) {
			s.write("content/entities/rome.md", "---\ntype: place\nlabels: {en: Rome}\n---\n")
		}, []string{}, nil, nil},
		{"an alias reaches only the articles that hold its words", func(s *testSite) {
			s.entity("un", "organisation", "aliases:\n  en: [Pipes in Beirut]\n")
		}, []string{"en/2023/03/09/water/index.html", "en/2023/05/02/flood/index.html", "en/2023/05/20/talks/index.html",
			"en/entities/beirut/2023/03/index.html", "en/entities/beirut/2023/05/index.html", "en/entities/beirut/index.html",
			"en/entities/un/2023/03/index.html", "en/entities/un/2023/05/index.html", "en/entities/un/index.html", "en/undated/raw/index.html",
			"entities/beirut/coverage.svg", "entities/beirut/index.html", "entities/un/coverage.svg", "entities/un/index.html",
			"search/en/0062.json", "search/en/0069.json", "search/en/006e.json", "search/en/0070.json", "search/en/0075.json", "search/shards.json"}, anyWritten, nil},
		{"a draft changes nothing", func(s *testSite) {
			s.write("content/en/draft.md", "---\ntitle: Draft\ndate: 2023-05-01\ndraft: true\n---\nBeirut.\n")
		}, []string{}, nil, nil},
		{"a future article changes nothing until its time", func(s *testSite) {
			s.write("content/en/later.md", "---\ntitle: Later\ndate: 2025-05-01\n---\nBeirut.\n")
		}, []string{}, nil, nil},
		{"a seed's text redraws its page, its copy and the lists that show its lead", func(s *testSite) { s.edit("seeds/raw.txt", "again.", "again soon.") },
			[]string{"en/entities/beirut/index.html", "en/entities/beirut/undated/index.html", "en/feed.xml", "en/index.html", "en/sitemap-undated.xml",
				"en/undated/index.html", "en/undated/raw/index.html", "en/undated/raw/source.txt"},
			[]string{"en/entities/beirut/index.html", "en/entities/beirut/undated/index.html", "en/index.html", "en/undated/index.html",
				"en/undated/raw/index.html", "en/undated/raw/source.txt"}, nil},
		{"deleting the last article of a tag's month takes the month away", func(s *testSite) { s.remove("content/en/talks.md") },
			[]string{"en/2023/05/02/flood/index.html", "en/2023/05/02/index.html", "en/2023/05/index.html", "en/2023/index.html", "en/entities/a-z/B/index.html",
				"en/entities/index.html", "en/feed.xml", "en/index.html", "en/sitemap-2023-05.xml", "en/tags/trade/2023/03/index.html", "en/tags/trade/index.html",
				"search/shards.json", "sitemap.xml"}, anyWritten, []string{"en/2023/05/20/index.html", "en/2023/05/20/talks/index.html", "en/entities/a-z/U/index.html", "en/entities/un/2023/05/index.html", "en/entities/un/index.html",
				"en/tags/trade/2023/05/index.html", "entities/un/coverage.svg", "entities/un/index.html",
				"search/en/006e.json", "search/en/0075.json"}},
		{"a message redraws the pages that show it", func(s *testSite) {
			s.edit(s.themeFile("messages/en.toml"), "not-found = \"", "not-found = \"Alas. ")
		}, []string{"404.html"}, nil, nil},
		{"a redirect is a page of its own", func(s *testSite) { s.write("content/redirects.toml", "\"/old/\" = \"/en/\"\n") },
			[]string{"old/index.html"}, nil, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := fixedSite(t)
			tt.edit(s)
			sum := s.build()
			for _, d := range sum.Diagnostics {
				t.Log(d)
			}
			if len(sum.Rendered)+len(tt.rendered) > 0 && !slices.Equal(sum.Rendered, tt.rendered) {
				t.Errorf("redrawn\n  %s\nwant\n  %s", strings.Join(sum.Rendered, "\n  "), strings.Join(tt.rendered, "\n  "))
			}
			want := tt.written
			if want == nil {
				want = tt.rendered
			}
			if len(want) == 1 && want[0] == anyWritten[0] {
				want = sum.Written
			}
			if !slices.Equal(sum.Written, want) && len(want)+len(sum.Written) > 0 {
				t.Errorf("written\n  %s\nwant\n  %s", strings.Join(sum.Written, "\n  "), strings.Join(want, "\n  "))
			}
			if !slices.Equal(sum.Removed, tt.removed) && len(sum.Removed)+len(tt.removed) > 0 {
				t.Errorf("removed\n  %s\nwant\n  %s", strings.Join(sum.Removed, "\n  "), strings.Join(tt.removed, "\n  "))
			}
			s.checkLaw("public", tt.name)
		})
	}
}

// TestAnAliasIsReadWhereItsWordsAre: no other article is read again, wherever the
// alias stands among the entity's names.
func TestAnAliasIsReadWhereItsWordsAre(t *testing.T) {
	s := fixedSite(t)
	s.entity("un", "organisation", "aliases:\n  ar: [سفن تنتظر]\n")
	s.build()
	for _, stage := range s.stats().Stages {
		if stage.Name == "read" && stage.Ran != 1 {
			t.Errorf("%d articles were read, and one holds the words", stage.Ran)
		}
	}
}
