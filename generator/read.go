package generator

import (
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/cespare/xxhash/v2"
	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"mihbara/generator/archive"
	"mihbara/generator/article"
	"mihbara/generator/diag"
	"mihbara/generator/entity"
	"mihbara/generator/incremental"
	"mihbara/generator/lang"
	"mihbara/generator/markdown"
	"mihbara/generator/page"
	"mihbara/generator/recogniser"
	"mihbara/generator/site"
	"mihbara/generator/tag"
)

// Aspects of a source that was read. The head is the article without its body:
// what decides where it stands, and small.
var (
	aspHead      = incremental.Aspect[*article.Article]{Stratum: "read", Name: "head"}
	aspBody      = incremental.Aspect[*markdown.Document]{Stratum: "read", Name: "body"}
	aspMentions  = incremental.Aspect[entity.Mentions]{Stratum: "read", Name: "mentions"}
	aspMentioned = incremental.Aspect[entity.Mentioned]{Stratum: "read", Name: "mentions"} // the same with less to read
	aspSuggested = incremental.Aspect[recogniser.Suggestions]{Stratum: "read", Name: "suggested"}
	aspTopics    = incremental.Aspect[texts]{Stratum: "read", Name: "topics"}
	aspTriggered = incremental.Aspect[texts]{Stratum: "read", Name: "triggered"}
	aspSketch    = incremental.Aspect[[]byte]{Stratum: "read", Name: "sketch"}
	aspTerms     = incremental.Aspect[archive.Terms]{Stratum: "read", Name: "terms"}
)

// wordLists are lists of an article's words that are free for another one.
var wordLists = sync.OnceValue(func() *sync.Pool {
	return &sync.Pool{New: func() any {
		list := make([]lang.Word, 0, 1024)
		return &list
	}}
})

// sidecarsOf lists where the sidecar of a seed may stand.
func sidecarsOf(p string) []string {
	if !strings.HasPrefix(p, "seeds/") {
		return nil
	}
	base := strings.TrimSuffix(p, path.Ext(p))
	return []string{base + ".yaml", base + ".yml", base + ".toml", base + ".json"}
}

// source reads an article file, with the sidecar of a seed. The error is that the
// file itself cannot be read.
func (s *Site) source(a *incremental.Asker, p string) (src article.Source, problems []diag.Diagnostic, err error) {
	data, err := s.readInput(a, p)
	if err != nil {
		return src, nil, err
	}
	src = article.Source{Path: p, Data: data}
	for _, side := range sidecarsOf(p) {
		rows := a.Rows(inSidecar, side, incremental.Range{})
		if len(rows) == 0 {
			continue
		}
		if src.SidecarPath != "" {
			problems = append(problems, diag.Warnf(diag.Position{File: side}, "is not read: %s is the sidecar of %s", src.SidecarPath, p).WithHint("delete one of the two"))
			continue
		}
		if src.Sidecar, err = s.sources.read(side, hashOf(rows[0].Payload)); err != nil {
			problems = append(problems, unreadable(side, err))
		}
		src.SidecarPath = side
	}
	return src, problems, nil
}

// reread gives the body of an article again, which is not stored: to parse it
// costs little more than to decode it would.
func (s *Site) reread(a *incremental.Asker, p string) ([]incremental.Part, error) {
	src, _, err := s.source(a, p)
	if err != nil {
		return nil, err
	}
	settings, _ := incremental.Get(a, aspReading, configFile)
	art, _ := article.Parse(src, settings)
	if art == nil {
		return nil, fmt.Errorf("%s is no longer an article", p)
	}
	return []incremental.Part{aspBody.Of(&art.Body)}, nil
}

// read reads one article file and finds the names in it. Both are one step,
// because the text is at hand: a changed name reads the few files again that may
// hold it, which costs less than keeping every text ready for that.
func (s *Site) read(a *incremental.Asker, p string) (incremental.Result, error) {
	src, problems, err := s.source(a, p)
	if err != nil {
		return failed(p, err), nil
	}
	settings, _ := incremental.Get(a, aspReading, configFile)
	art, wrong := article.Parse(src, settings)
	r := incremental.Result{Messages: tell(append(problems, wrong...))}
	if art == nil || broken(wrong) {
		return r, nil
	}
	url := article.Permalink(art, settings)
	body, head := art.Body, *art
	head.Body = markdown.Document{}
	// The words are found once for all who look at them.
	list := wordLists().Get().(*[]lang.Word)
	words := lang.AppendWords((*list)[:0], body.Text)
	defer func() {
		if cap(words) < 1<<16 {
			*list = words
			wordLists().Put(list)
		}
	}()
	var sketch []byte
	if wanted, _ := incremental.Get(a, aspTwins, configFile); wanted {
		sketch = archive.SketchOfWords(body.Text, words, art.Language).Bytes()
	}
	mentions := s.match(a, ixAlias, art, words, art.Entities)
	suggested := suggestions(settings, art, words, mentions)
	terms := s.readTerms(a, art, words, mentions)
	for i := range mentions {
		mentions[i].Text = "" // the body has it
	}
	r.Aspects = []incremental.Part{
		aspHead.Of(&head), aspBody.Of(&body).NotStored(), aspMentions.Of(mentions), aspSuggested.Of(suggested),
		aspTriggered.Of(s.triggeredBy(a, art, words)), aspTopics.Of(s.topics(settings, art, words)), aspSketch.Of(sketch), aspTerms.Of(terms),
	}
	claimed := foldPath(page.OutputPath(url))
	r.Rows = []incremental.Row{
		{Index: ixID, Group: string(art.ID), Sort: p, Key: p},
		{Index: ixClaim, Group: shelf(claimed), Sort: onShelf(claimed) + p, Key: string(art.ID)},
	}
	return r, nil
}

// topics gives the tags of the starter set that an article is about, if its source
// names none.
func (s *Site) topics(settings *site.Settings, art *article.Article, words []lang.Word) (ids texts) {
	if !settings.StarterTags || len(art.Tags) > 0 || art.Type == article.TypePage {
		return nil
	}
	for _, t := range tag.Topics(s.terms.Concepts.Find(art.Body.Text, words, art.Language)) {
		ids = append(ids, t.ID)
	}
	return ids
}

// toBeTold says whether an article may be part of a story.
func toBeTold(a *incremental.Asker, art *article.Article) bool {
	wanted, _ := incremental.Get(a, aspTold, configFile)
	return wanted && art.Type != article.TypePage && art.Published.Set
}

// readTerms gives the terms by which an article's story is found, if the site wants
// stories.
func (s *Site) readTerms(a *incremental.Asker, art *article.Article, words []lang.Word, mentions []entity.Mention) archive.Terms {
	if !toBeTold(a, art) {
		return nil
	}
	ids := make([]entity.ID, len(mentions))
	for i := range mentions {
		ids[i] = mentions[i].Entity
	}
	return s.terms.Read(archive.Text{Headline: art.Headline, Body: art.Body.Text, Words: words, Language: art.Language, Entities: ids})
}

// suggestions gives the names in an article that no knowledge base knows, if the
// site wants them and there is a recogniser of its language.
func suggestions(settings *site.Settings, art *article.Article, words []lang.Word, mentions []entity.Mention) recogniser.Suggestions {
	if settings.Entities.Recognised == site.RecognisedOff {
		return nil
	}
	r := recogniser.For(art.Language)
	if r == nil {
		return nil
	}
	return r.Suggestions(art.Body.Text, words, mentions)
}

// broken tells whether a source has an error; then it is named and not built,
// rather than built from what could be understood of it.
func broken(list []diag.Diagnostic) bool {
	return slices.ContainsFunc(list, func(d diag.Diagnostic) bool { return d.Severity == diag.Error })
}

// foldPath makes paths equal that are one file where case or Unicode
// normalisation do not count.
func foldPath(p string) string {
	caseless, ascii := true, true // ASCII without capitals, Hebrew and Arabic
	for _, r := range p {
		ascii = ascii && r < utf8.RuneSelf
		if 'A' <= r && r <= 'Z' || r >= utf8.RuneSelf && (r < 0x591 || r > 0x6FF) {
			caseless = false
			break
		}
	}
	if caseless && (ascii || norm.NFC.IsNormalString(p)) {
		return p
	}
	return cases.Fold().String(norm.NFC.String(p))
}

// Aspects of the knowledge base.
var (
	aspFileEntity = incremental.Aspect[*entity.Entity]{Stratum: "entities", Name: "entity"}
	aspEntity     = incremental.Aspect[*entity.Entity]{Stratum: "knowledge", Name: "entity"}
	aspLabel      = incremental.Aspect[*entity.Entity]{Stratum: "knowledge", Name: "label", Often: true}
)

func aspBuiltin(id entity.ID) incremental.Aspect[*entity.Entity] {
	return incremental.Aspect[*entity.Entity]{Stratum: "builtin", Name: "entity/" + string(id)}
}

// builtinKey is the only key of the stratum builtin, and sorts after every path
// in the index of entity ids.
const builtinKey = "~builtin"

func (s *Site) readBuiltin(a *incremental.Asker, key string) (incremental.Result, error) {
	var r incremental.Result
	for _, e := range builtin(a) {
		r.Aspects = append(r.Aspects, aspBuiltin(e.ID).Of(e).NotStored())
		r.Rows = append(r.Rows, incremental.Row{Index: ixEntityID, Group: string(e.ID), Sort: builtinKey, Key: builtinKey})
	}
	r.Rows = append(r.Rows, starterTags(a)...)
	return r, nil
}

// rereadBuiltin gives the built-in entities again, which are not stored: the
// program has them.
func (s *Site) rereadBuiltin(a *incremental.Asker, key string) ([]incremental.Part, error) {
	settings, _ := incremental.Get(a, aspReading, configFile)
	return s.builtins.get(settings, func() []incremental.Part {
		var parts []incremental.Part
		for _, e := range builtin(a) {
			parts = append(parts, aspBuiltin(e.ID).Of(e).NotStored())
		}
		return parts
	}), nil
}

// builtin gives the built-in entities that a site wants, with the languages in
// which it looks for their names: its own, and English, since Latin letters in
// another script are taken for English.
func builtin(a *incremental.Asker) []*entity.Entity {
	settings, _ := incremental.Get(a, aspReading, configFile)
	if !settings.Entities.Builtin {
		return nil
	}
	read := []lang.Tag{"en"}
	for _, t := range settings.Languages {
		base, _, _ := strings.Cut(string(t), "-")
		read = append(read, lang.Tag(base))
	}
	list := entity.Builtin()
	for _, e := range list {
		e.ReadIn = read
	}
	return list
}

func (s *Site) readEntity(a *incremental.Asker, p string) (incremental.Result, error) {
	data, err := s.readInput(a, p)
	if err != nil {
		return failed(p, err), nil
	}
	e, problems := entity.ParseEntity(p, data)
	r := incremental.Result{Messages: tell(problems)}
	if e == nil || broken(problems) {
		return r, nil
	}
	r.Aspects = []incremental.Part{aspFileEntity.Of(e)}
	r.Rows = []incremental.Row{{Index: ixEntityID, Group: string(e.ID), Sort: p, Key: p}}
	return r, nil
}

// know puts together what the files with one entity's id say, its own before
// the built-in one.
func (s *Site) know(a *incremental.Asker, id string) (incremental.Result, error) {
	e, problems := gather(a, entity.ID(id))
	r := incremental.Result{Messages: tell(problems)}
	if e == nil {
		return r, nil
	}
	label := *e
	label.Aliases, label.Facts, label.Body, label.BodyLine, label.Path, label.Demonyms, label.Texts = nil, nil, "", 0, "", nil, nil
	r.Aspects = []incremental.Part{aspEntity.Of(e), aspLabel.Of(&label)}
	r.Rows = aliasRows(ixAlias, e)
	if e.Always {
		r.Rows = append(r.Rows, always(a, archive.ByEntity, id)...)
	}
	return r, nil
}

// aliasRows are the aliases of an entity, each in the groups of its keys. A row is
// named for what it says, not for its alias's place among the others: one that is
// added changes no other.
func aliasRows(index incremental.Index, e *entity.Entity) []incremental.Row {
	var rows []incremental.Row
	for _, alias := range entity.Aliases(e) {
		data, _ := alias.AppendBinary(nil)
		name := strconv.FormatUint(xxhash.Sum64(data), 36)
		for _, k := range alias.Keys() {
			rows = append(rows, incremental.Row{Index: index, Group: k, Sort: string(e.ID), Key: name, Payload: data})
		}
	}
	return rows
}

// always gives the rows of groups that have a page without articles.
func always(a *incremental.Asker, k archive.Kind, key string) []incremental.Row {
	settings, _ := incremental.Get(a, aspReading, configFile)
	var rows []incremental.Row
	for _, t := range settings.Languages {
		rows = append(rows, incremental.Row{Index: ixAlways, Group: string(archive.GroupOf(t, k, key))})
	}
	return rows
}

func gather(a *incremental.Asker, id entity.ID) (*entity.Entity, []diag.Diagnostic) {
	var whole *entity.Entity
	var notes []*entity.Entity
	var problems []diag.Diagnostic
	for _, row := range a.Own() {
		if row.Key == builtinKey {
			if whole == nil {
				whole, _ = incremental.Get(a, aspBuiltin(id), builtinKey)
			}
			continue
		}
		e, ok := incremental.Get(a, aspFileEntity, row.Key)
		switch {
		case !ok:
		case e.IsNote():
			notes = append(notes, e)
		case whole != nil && whole.Path != "":
			problems = append(problems, diag.Errorf(diag.Position{File: row.Key}, "the entity %q is defined twice; %s counts", id, whole.Path).
				WithHint("delete one of the two files, or give this one another id"))
		default:
			whole = e
		}
	}
	if whole == nil {
		for _, n := range notes {
			problems = append(problems, diag.Errorf(diag.Position{File: n.Path}, "is a note on %q, of which there is no file with a type", id).
				WithHint("write content/entities/%s.md with type and labels", id))
		}
		return nil, problems
	}
	if len(notes) == 0 {
		return whole, problems
	}
	joined := *whole
	joined.Texts = map[lang.Tag]entity.Text{}
	for _, n := range notes {
		joined.Texts[n.Language] = entity.Text{Body: n.Body, Path: n.Path, Line: n.BodyLine}
	}
	return &joined, problems
}
