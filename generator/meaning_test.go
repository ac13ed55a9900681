package generator

import (
	"strings"
	"testing"
)

const electionText = "The parliament voted after the election. The president and the prime minister of the party lost the vote, and the opposition asked the government for a referendum.\n"

// has fails unless a file of the output holds, or does not hold, a text.
func (s *testSite) has(p, text string, want bool) {
	s.t.Helper()
	if got := strings.Contains(s.read("public/"+p), text); got != want {
		s.t.Errorf("%s: %q is in it: %v, want %v", p, text, got, want)
	}
}

func TestAnArticleWithoutTagsGetsThoseOfItsWords(t *testing.T) {
	s := newTestSite(t)
	s.write("site.toml", testSettings)
	s.write("content/en/own.md", "---\ntitle: One\ndate: 2023-01-02\ntags: [budget]\n---\n\n"+electionText)
	s.write("content/en/none.md", "---\ntitle: Two\ndate: 2023-01-03\n---\n\n"+electionText)
	s.build()
	page := "en/2023/01/03/none/index.html"
	s.has(page, `<li class="found"><a href="/archive/en/tags/politics/" rel="tag">`, true)
	s.has(page, "Dotted topics were found in the text itself.", true)
	s.has(page, `{"@type":"DefinedTerm","name":"Politics","description":"derived from the text"}`, true)
	s.has("en/2023/01/02/own/index.html", "tags/politics", false)
	s.has("en/tags/politics/index.html", "Two", true)
	s.write("content/tags/politics.md", "---\nlabels: {en: Public life}\n---\n")
	s.build()
	s.has(page, "Public life", true)
	s.write("content/tags/politics.md", "---\nlabels: {en: Public life}\ntriggers: {en: [council]}\n---\n")
	s.build()
	s.has(page, "Public life", false)
	s.remove("content/tags/politics.md")
	s.build()
	s.has(page, "Politics", true)
	s.write("site.toml", testSettings+"[tags]\nstarter = false\n")
	s.build()
	s.has(page, "tags/politics", false)
	s.checkLaw("public", "without the starter set")
}

func TestANameThatWasFoundHasAPageWhenEnoughArticlesHaveIt(t *testing.T) {
	s := newTestSite(t)
	s.write("site.toml", strings.Replace(testSettings, "builtin = false\n", "builtin = false\nrecognised = \"pages\"\nrecognisedArticles = 2\n", 1))
	text := "Margaret Holloway said on Monday that she would resign. Reporters asked Margaret Holloway about the budget, and Holloway left.\n"
	s.write("content/en/one.md", "---\ntitle: One\ndate: 2023-01-02\n---\n\n"+text)
	s.build()
	first, names := "en/2023/01/02/one/index.html", "en/names/margaret-holloway/index.html"
	s.has(first, "Margaret Holloway", true)
	s.has(first, "/en/names/", false)
	s.write("content/en/two.md", "---\ntitle: Two\ndate: 2023-01-04\n---\n\n"+text)
	sum := s.build()
	if len(sum.Rendered) > 30 {
		t.Errorf("%d pages drawn for the second article: %q", len(sum.Rendered), sum.Rendered)
	}
	s.has(first, `<li class="found"><a href="/archive/en/names/margaret-holloway/">`, true)
	s.has(names, "This page was made automatically", true)
	s.has(names, `content="noindex`, true)
	s.has("en/names/index.html", "Margaret Holloway", true)
	s.remove("content/en/two.md")
	s.build()
	s.has(first, "/en/names/", false)
	s.checkLaw("public", "when one article is left")
	for _, p := range s.files("public") {
		if strings.Contains(p, "names/") {
			t.Errorf("%s is still there", p)
		}
	}
}

func TestAStoryHasOnePageInAllLanguages(t *testing.T) {
	s := newTestSite(t)
	s.write("site.toml", testSettings)
	tell := func(l, name, date string) {
		text := strings.ReplaceAll(telling[l], "%d", "7")
		s.write("content/"+l+"/"+name+".md", "---\ntitle: "+strings.ToUpper(name)+"\ndate: "+date+"\n---\n\n"+text+"\n")
	}
	tell("en", "quake", "2023-02-06")
	tell("ar", "second", "2023-02-07")
	s.build()
	story := ""
	for _, p := range s.files("public") {
		if strings.HasPrefix(p, "stories/") {
			story += p
		}
	}
	if !strings.HasPrefix(story, "stories/quake-") || strings.Count(story, "stories/") != 1 {
		t.Fatalf("the stories are %q", story)
	}
	s.has(story, "SECOND", true)
	s.has("ar/2023/02/07/second/index.html", strings.TrimSuffix("/archive/"+story, "index.html"), true)
	tell("fr", "third", "2023-02-08")
	s.write("content/en/zcopy.md", strings.Replace(s.read("content/en/quake.md"), "QUAKE", "ZCOPY", 1))
	s.build()
	s.has(story, "THIRD", true)
	s.has(story, `<details class="repeats">`, true)
	s.has("en/index.html", "ZCOPY", true)
	s.write("site.toml", strings.Replace(testSettings, "[lists]\n", "[lists]\nfold = true\n", 1))
	s.build()
	s.has("en/index.html", "ZCOPY", false)
	s.has("en/index.html", "QUAKE", true)
	// An earlier report becomes the first: the old address leads on.
	tell("he", "before", "2023-02-05")
	s.build()
	s.has(story, "has moved", true)
	s.has(story, "stories/before-", true)
	s.checkLaw("public", "with an earlier report")
}

func TestASiteMayLeaveNamesInTextsUnlinked(t *testing.T) {
	s := newTestSite(t)
	s.write("site.toml", testSettings)
	s.write("content/entities/beirut.md", "---\ntype: place\nlabels: {en: Beirut}\n---\n")
	s.write("content/en/port.md", "---\ntitle: The port\ndate: 2023-01-02\n---\n\nThe port of Beirut is open again.\n")
	const page, linked = "en/2023/01/02/port/index.html", `The port of <a class="entity" href="/archive/en/entities/beirut/" data-entity="beirut">Beirut</a> is open`
	const beside = `<a href="/archive/en/entities/beirut/"`
	s.build()
	s.has(page, linked, true)
	s.has(page, beside, true)
	clean := s.read("public/" + page)
	s.write("site.toml", strings.Replace(testSettings, "builtin = false\n", "builtin = false\nlinks = false\n", 1))
	sum := s.build()
	s.has(page, "The port of Beirut is open", true)
	s.has(page, beside, true)
	s.has("en/entities/beirut/index.html", "The port", true)
	if plain := strings.Replace(clean, linked, "The port of Beirut is open", 1); plain != s.read("public/"+page) {
		t.Error("more than the link in the text has changed")
	}
	if len(sum.Written) != 1 {
		t.Errorf("written: %q", sum.Written)
	}
	s.checkLaw("public", "without links in texts")
	s.write("site.toml", strings.Replace(testSettings, "builtin = false\n", "builtin = false\nlinks = true\n", 1))
	s.build()
	if clean != s.read("public/"+page) {
		t.Error("links = true is not what a site without the line has")
	}
}
