package generator

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"time"

	"mihbara/generator/entity"
	"mihbara/generator/lang"
)

// telling are reports of one event in several languages, so that an article finds
// its story; who struck is told with other numbers in each telling.
var telling = map[string]string{
	"en": "An earthquake of magnitude %d.8 struck near Gaziantep before dawn. More than %d,612 buildings collapsed in Kahramanmaras, the rescue agency AFAD said, and 13,740 people searched the rubble. Erdogan declared seven days of mourning after the earthquake.",
	"fr": "Un séisme de magnitude %d,8 a frappé près de Gaziantep avant l’aube. Plus de %d 612 immeubles se sont effondrés à Kahramanmaras, selon l’agence AFAD, et 13 740 personnes fouillent les décombres. Erdogan a décrété sept jours de deuil.",
	"ar": "ضرب زلزال بقوة %d.8 درجات قرب غازي عنتاب قبل الفجر. وقالت وكالة الإنقاذ آفاد إن أكثر من %d,612 مبنى انهار في كهرمان مرعش، وإن 13,740 شخصا يبحثون بين الأنقاض. وأعلن أردوغان الحداد سبعة أيام.",
	"he": "רעידת אדמה בעוצמה %d.8 פקדה את אזור גזיאנטפ לפני עלות השחר. יותר מ-%d,612 בניינים קרסו בקהרמנמרש, ו-13,740 איש מחפשים בהריסות. ארדואן הכריז על שבעה ימי אבל.",
}

// report writes an article that belongs to a story, without tags.
func report(r *rand.Rand, l string, date time.Time) string {
	event := 5 + r.IntN(2)
	return fmt.Sprintf("---\ntitle: Report %d\ndate: %s\n---\n\n", r.IntN(1000), date.Format("2006-01-02")) + fmt.Sprintf(telling[l], event, event) + "\n"
}

// meaningSteps are edits of what articles are about: of the knowledge base, of tags,
// and of stories.
func meaningSteps() []step {
	made := 0
	languagesTold := []string{"en", "fr", "ar", "he"}
	return []step{
		{"tell a story in another language, later or earlier", func(s *testSite, r *rand.Rand) int {
			for range 2 {
				l := languagesTold[r.IntN(len(languagesTold))]
				s.write(fmt.Sprintf("content/%s/s%03d.md", l, count(&made)), report(r, l, testNow.AddDate(0, 0, -r.IntN(60))))
				s.build()
			}
			return 0
		}},
		{"copy a report word for word into another file", func(s *testSite, r *rand.Rand) int {
			p := one(s, r)
			s.write(fmt.Sprintf("content/%s/c%03d.md", language(p), count(&made)), s.read(p))
			return 0
		}},
		{"merge two entities", func(s *testSite, r *rand.Rand) int {
			id := entity.ID(fmt.Sprintf("merged-%d", count(&made)))
			s.write("content/entities/"+string(id)+".md", fmt.Sprintf("---\ntype: organisation\nlabels:\n  en: %q\n  fr: %q\n---\n", "Budget Monday", "budget lundi"))
			p := one(s, r)
			replaceLine(s, p, tagsLine, fmt.Sprintf("tags: [energy]\nentities: [+%s]", id))
			s.build()
			s.checkLaw("public", "before the merge")
			m, err := NewMerging(s.dir, "un", id)
			must(s.t, err)
			must(s.t, m.Apply())
			return 0
		}},
		{"import entities", func(s *testSite, r *rand.Rand) int {
			m, err := NewImport(s.dir, false)
			must(s.t, err)
			defer func() { must(s.t, m.Close()) }()
			for _, w := range []string{words["en"][r.IntN(len(words["en"]))], "towns and unions"} {
				e := &entity.Entity{Type: entity.Organisation, Labels: map[lang.Tag]string{"en": w + " " + words["en"][r.IntN(len(words["en"]))], "ar": words["ar"][r.IntN(len(words["ar"]))] + " والنقابات"},
					Wikidata: fmt.Sprintf("Q%d", 900000+r.IntN(5)), Link: true}
				must(s.t, m.Add(e))
			}
			return 0
		}},
		{"change what an entity is", func(s *testSite, r *rand.Rand) int {
			kinds := []string{"place", "organisation", "event"}
			s.entity("beirut", kinds[r.IntN(len(kinds))], fmt.Sprintf("weight: %d\nnotes: {en: %q, ar: %q}\nunique: %t\nlink: %t\nfounded: %d\n",
				r.IntN(9), fmt.Sprintf("Line %d", count(&made)), "سطر", r.IntN(2) == 0, r.IntN(2) == 0, 1900+r.IntN(100)))
			return 0
		}},
		{"enter a name that was found, and take it out", func(s *testSite, r *rand.Rand) int {
			s.entity("nobody", "person", "")
			s.build()
			s.checkLaw("public", "while the name is entered")
			s.remove("content/entities/nobody.md")
			return 0
		}},
		{"take an article's tags away, so that its words give them", func(s *testSite, r *rand.Rand) int {
			p := one(s, r)
			s.write(p, tagsLine.ReplaceAllLiteralString(s.read(p), "weight: 2")+"\nThe parliament voted after the election; the president and the minister of the party lost the vote.\n")
			return 0
		}},
		{"give a tag triggers, or a label, or take its file away", func(s *testSite, r *rand.Rand) int {
			p := "content/tags/water.md"
			switch _, err := os.Stat(s.path(p)); {
			case err == nil && r.IntN(3) == 0:
				s.remove(p)
			default:
				w := words["en"][r.IntN(len(words["en"]))]
				s.write(p, fmt.Sprintf("---\nlabels: {ar: مياه, en: Water %d}\ntriggers: {en: [%q], ar: [والمياه]}\nalways: %t\n---\n", count(&made), w, r.IntN(2) == 0))
			}
			return 0
		}},
		{"write over a tag of the starter set", func(s *testSite, r *rand.Rand) int {
			text := []string{"labels: {en: Public life, ar: شأن عام}\n", "labels: {en: Public life}\ntriggers: {en: [council]}\n", "triggers: {}\n"}[r.IntN(3)]
			s.write("content/tags/politics.md", "---\n"+text+"---\n")
			s.build()
			s.checkLaw("public", "with "+strings.TrimSpace(text))
			if r.IntN(2) == 0 {
				s.remove("content/tags/politics.md")
			}
			return 0
		}},
	}
}
