package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"mihbara/generator/frontmatter"
	"mihbara/generator/lang"
)

// newSite makes a folder with a site that builds.
func (c *call) newSite(dir string, f newFlags) error {
	languages, err := siteLanguages(f.lang)
	if err != nil {
		return err
	}
	full, err := filepath.Abs(dir)
	if err != nil {
		return err
	}
	title := f.title
	if title == "" {
		title = filepath.Base(full)
	}
	date, year, month, err := c.articleDate(f.date, "UTC")
	if err != nil {
		return err
	}
	first := firstArticle(languages)
	if !slices.Contains(languages, first.language) {
		languages = append(languages, first.language)
	}
	id := string(first.language) + "/" + year + "/" + month + "/" + lang.Slug(first.headline, lang.SlugUnicode)
	files := []newFile{
		{"site.toml", siteSettings(title, languages)},
		{".gitignore", "# Mihbara writes these; they can be made again at any time.\n/public/\n/.mihbara/\n"},
		{"content/" + id + ".md", fmt.Sprintf("---\nid: %s\ntitle: %s\ndate: %s\n---\n\n%s\n", frontmatter.Quote(id), frontmatter.Quote(first.headline), date, first.body)},
		{"content/entities", ""},
		{"content/tags", ""},
		{"seeds", ""},
	}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	if entries, err := os.ReadDir(dir); err != nil {
		return err
	} else if slices.ContainsFunc(entries, func(e os.DirEntry) bool { return e.Name() != ".git" }) {
		return usagef("%s is not empty; nothing was written", dir)
	}
	if err := create(dir, files); err != nil {
		return err
	}
	c.printf("%s is a site now. See it with\n\n  mihbara serve --source %[1]s\n\nWrite in %s, drop raw articles into %s.\n",
		dir, filepath.Join(dir, "content", string(languages[0])), filepath.Join(dir, "seeds"))
	return nil
}

// siteLanguages reads "ar,en".
func siteLanguages(s string) ([]lang.Tag, error) {
	if s == "" {
		return []lang.Tag{"ar", "en"}, nil
	}
	var list []lang.Tag
	for part := range strings.SplitSeq(s, ",") {
		tag, err := language(strings.TrimSpace(part), "")
		if err != nil {
			return nil, err
		}
		if tag != "" && !slices.Contains(list, tag) {
			list = append(list, tag)
		}
	}
	if len(list) == 0 {
		return nil, usagef("--lang %q names no language", s)
	}
	return list, nil
}

// siteSettings is the new site.toml: what everyone changes, and where to look
// for the rest.
func siteSettings(title string, languages []lang.Tag) string {
	var quoted []string
	for _, t := range languages {
		quoted = append(quoted, frontmatter.Quote(string(t)))
	}
	return fmt.Sprintf(`# The settings of the site. Every one has a default; an empty file is a site.

title = %s
languages = [%s] # the first is the default

# Where the site will stand, for feeds and search engines.
# baseURL = "https://example.org/"

# Dates without a zone are in this one.
# timeZone = "Asia/Beirut"

# [sections]
# politics = { ar = "سياسة", en = "Politics" }
`, frontmatter.Quote(title), strings.Join(quoted, ", "))
}

// A greeting is a first article.
type greeting struct {
	language       lang.Tag
	headline, body string
}

// greetings are first articles; English is for all other languages.
var greetings = [...]greeting{
	{"en", "The first article", "This article is a file in the folder `content`. Change a word, save it, and look at the page again.\n\nName a country, say Lebanon or Egypt, and Mihbara finds it."},
	{"ar", "المقال الأول", "هذا المقال ملف في المجلد `content`. غيّر كلمة فيه واحفظه ثم انظر إلى الصفحة من جديد.\n\nاذكر بلدًا، مثل لبنان أو مصر، وسوف تجده محبرة."},
	{"fa", "نخستین مقاله", "این مقاله پرونده‌ای در پوشهٔ `content` است. واژه‌ای را عوض کنید، ذخیره کنید و دوباره به صفحه نگاه کنید.\n\nنام کشوری را ببرید، مانند ایران یا لبنان، تا محبره آن را پیدا کند."},
	{"he", "הכתבה הראשונה", "הכתבה הזאת היא קובץ בתיקייה `content`. שנו מילה, שמרו והביטו שוב בדף.\n\nכתבו שם של מדינה, למשל לבנון או מצרים, ומיחברה תמצא אותו."},
	{"fr", "Le premier article", "Cet article est un fichier du dossier `content`. Changez un mot, enregistrez, et regardez de nouveau la page.\n\nNommez un pays, le Liban ou l’Égypte par exemple, et Mihbara le trouve."},
	{"es", "El primer artículo", "Este artículo es un archivo de la carpeta `content`. Cambie una palabra, guárdelo y mire de nuevo la página.\n\nNombre un país, como Líbano o Egipto, y Mihbara lo encontrará."},
}

// firstArticle is in the site's first language that we can greet in.
func firstArticle(languages []lang.Tag) greeting {
	for _, t := range languages {
		for _, g := range greetings {
			if g.language == t {
				return g
			}
		}
	}
	return greetings[0]
}
