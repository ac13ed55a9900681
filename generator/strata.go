package generator

import (
	"fmt"

	"mihbara/generator/diag"
	"mihbara/generator/incremental"
)

// Indexes. Those fed from outside hold one row a group, whose payload is the
// hash of a file or the value of an option.
const (
	inConfig  incremental.Index = "config"      // site.toml, redirects.toml → hash
	inOption  incremental.Index = "option"      // name → value
	inTheme   incremental.Index = "theme"       // "theme" → hash of all its files
	inBuiltin incremental.Index = "builtin"     // "builtin" → version
	inSource  incremental.Index = "source"      // article file → hash
	inSidecar incremental.Index = "sidecar"     // sidecar of a seed → hash
	inEntity  incremental.Index = "entity-file" // → hash
	inTag     incremental.Index = "tag-file"    // → hash
	inFile    incremental.Index = "file"        // file to publish as it is → hash

	ixID          incremental.Index = "id"          // article id: source path
	ixClaim       incremental.Index = "claim"       // shelf: folded output path, source path → article id
	ixEntityID    incremental.Index = "entity-id"   // entity id: source path
	ixTagID       incremental.Index = "tag-id"      // tag id: source path
	ixAlias       incremental.Index = "alias"       // first key of an alias → alias
	ixTrigger     incremental.Index = "trigger"     // first key of a tag's trigger → alias
	ixTagName     incremental.Index = "tag-name"    // folded label: tag id
	ixArticle     incremental.Index = "article"     // article id: shown, and not a page without a date
	ixList        incremental.Index = "list"        // listed archive.Group: archive.Sort → article id
	ixTopic       incremental.Index = "topic"       // archive.Topic, all languages: archive.Sort → article id, language
	ixTerm        incremental.Index = "term"        // archive.Term, all languages: archive.Sort → article id, language
	ixBand        incremental.Index = "band"        // archive.Band: archive.Sort → article id, sketch
	ixMentioned   incremental.Index = "mentioned"   // entity id: archive.Sort → article id
	ixTranslation incremental.Index = "translation" // shelf: translation key, language's place → article id
	ixStanding    incremental.Index = "standing"    // language: weight → article id of a page
	ixWhere       incremental.Index = "where"       // shelf: source path → site path
	ixName        incremental.Index = "name"        // a group's whole name: names as articles write them
	ixAlways      incremental.Index = "always"      // archive.Group that has a page without articles
	ixChild       incremental.Index = "child"       // article id: archive.Sort → id of the article that continues it
	ixLanguages   incremental.Index = "languages"   // archive.Topic: language's place → language with a page
	ixNames       incremental.Index = "names"       // group of an A–Z page: collation → named
	ixInitials    incremental.Index = "initials"    // group of an A–Z list: collation → initial
	ixFind        incremental.Index = "find"        // language and beginning of a word: collation → page.Findable
	ixShard       incremental.Index = "shard"       // language: beginning of a word whose names are a file
	ixAsset       incremental.Index = "asset"       // asset of the theme
	ixURL         incremental.Index = "url"         // output path: precedence → page.Spec
	ixFolded      incremental.Index = "folded"      // folded output path: output path that folding changes
)

// strata lists the functions in their order. To add a kind of page, add rows of
// ixURL; to add something that pages ask, add an aspect or an index and a
// method to answers.
func (s *Site) strata() []incremental.Stratum {
	return []incremental.Stratum{
		{Name: "theme", Over: inTheme, Feeds: ix(ixAsset), Run: s.readTheme},
		{Name: "settings", Over: inConfig, Feeds: ix(ixAlways), Run: s.readConfig},
		{Name: "builtin", Over: inBuiltin, Feeds: ix(ixEntityID, ixTagID), Run: s.readBuiltin, Remake: s.rereadBuiltin},
		{Name: "entities", Over: inEntity, Feeds: ix(ixEntityID), Run: s.readEntity},
		{Name: "tags", Over: inTag, Feeds: ix(ixTagID), Run: s.readTag},
		{Name: "knowledge", Over: ixEntityID, Feeds: ix(ixAlias, ixAlways), Run: s.know},
		{Name: "vocabulary", Over: ixTagID, Feeds: ix(ixTrigger, ixTagName, ixAlways), Run: s.knowTag},
		{Name: "read", Over: inSource, Looks: ix(ixAlias, ixTrigger), Feeds: ix(ixID, ixClaim), Run: s.read, Remake: s.reread},
		{Name: "pictures", Over: inFile, Feeds: ix(ixURL, ixFolded), Run: s.readFile},
		{Name: "publish", Over: ixID, Run: s.publish,
			Feeds: ix(ixArticle, ixList, ixTopic, ixTerm, ixBand, ixMentioned, ixTranslation, ixStanding, ixWhere, ixName, ixURL, ixFolded)},
		{Name: "relate", Over: ixArticle, Looks: ix(ixBand), Feeds: ix(ixChild), Run: s.relate},
		{Name: "plan stories", Over: ixChild, Feeds: ix(ixURL, ixFolded), Run: s.planStory},
		{Name: "plan lists", Over: ixList, Feeds: ix(ixURL, ixFolded, ixLanguages, ixNames, ixFind), Run: s.planList},
		{Name: "plan always", Over: ixAlways, Feeds: ix(ixURL, ixFolded, ixLanguages, ixNames, ixFind), Run: s.planAlways},
		{Name: "plan entities", Over: ixLanguages, Feeds: ix(ixURL, ixFolded), Run: s.planEntity},
		{Name: "plan initials", Over: ixNames, Feeds: ix(ixInitials), Run: s.planInitial},
		{Name: "plan names", Over: ixInitials, Feeds: ix(ixURL, ixFolded), Run: s.planNames},
		{Name: "plan search", Over: ixFind, Feeds: ix(ixURL, ixFolded, ixShard), Run: s.planShard},
		{Name: "plan assets", Over: ixAsset, Feeds: ix(ixURL, ixFolded), Run: s.planAsset},
		{Name: "frames", Over: inConfig, Run: s.drawFrames},
		{Name: "plan site", Over: inConfig, Feeds: ix(ixURL, ixFolded), Run: s.planSite},
		{Name: "render", Over: ixURL, Asks: ix(ixList, ixTranslation, ixName, ixMentioned), Run: s.render, Write: s.write, Drop: s.drop},
	}
}

func ix(list ...incremental.Index) []incremental.Index { return list }

// inputs are the indexes that the scan feeds.
var inputs = [...]incremental.Index{inConfig, inOption, inTheme, inBuiltin, inSource, inSidecar, inEntity, inTag, inFile}

// tell encodes diagnostics as the messages of a result.
func tell(list []diag.Diagnostic) []byte {
	if len(list) == 0 {
		return nil
	}
	return incremental.Encode(list)
}

// panicked turns a mistake of ours into a diagnostic, so that one source that
// brings it out does not take the site down.
func panicked(stratum, key string, reason any) incremental.Result {
	d := diag.Errorf(diag.Position{File: key}, "internal error in %s: %v", stratum, reason)
	return incremental.Result{Messages: tell([]diag.Diagnostic{d.WithHint("this is a mistake of the program; please report it with the file")})}
}

// payload returns the payload of the only row of the function's own group.
func payload(a *incremental.Asker) []byte {
	rows := a.Own()
	if len(rows) == 0 {
		panic(fmt.Sprintf("%T without a row", a))
	}
	return rows[0].Payload
}
