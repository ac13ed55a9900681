package search

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"mihbara/generator/lang"
	"mihbara/generator/page"
)

// Plan gives the shard of a beginning for the readers of a language, if there is
// to be one.
func Plan(q page.Questions, t lang.Tag, beginning string) []page.Claim {
	f := q.Frame(t)
	if !f.FindNames || f.Language != t {
		return nil
	}
	first, size := utf8.DecodeRuneInString(beginning)
	if q.FindsMany(t, string(first), f.ShardNames+1) != (size < len(beginning)) {
		return nil
	}
	return []page.Claim{{Path: "search/" + string(t) + "/" + shardName(beginning) + ".json",
		Spec: page.Spec{Kind: page.KindShard, Language: t, Key: beginning}}}
}

// PlanSite gives the script and the list of all shards, where the site wants its
// names found.
func PlanSite(q page.Questions) []page.Claim {
	if !q.Frame("").FindNames {
		return nil
	}
	return []page.Claim{
		{Path: "search/find.js", Spec: page.Spec{Kind: page.KindFinder}},
		{Path: "search/shards.json", Spec: page.Spec{Kind: page.KindShards}},
	}
}

// shardName writes a beginning as file systems and addresses can hold it: the code
// points of its characters, "0627-0633".
func shardName(beginning string) string {
	var b strings.Builder
	for _, r := range beginning {
		if b.Len() > 0 {
			b.WriteByte('-')
		}
		fmt.Fprintf(&b, "%04x", r)
	}
	return b.String()
}

// Draw makes the file for a spec of a kind for which [page.Kind.IsSearch] holds;
// its bytes are appended to dst.
func Draw(dst []byte, q page.Questions, s page.Spec) (page.File, error) {
	switch s.Kind {
	case page.KindFinder:
		return page.File{Data: append(dst, script()...)}, nil
	case page.KindShards:
		return page.File{Data: appendShards(dst, q)}, nil
	case page.KindShard:
		return page.File{Data: appendShard(dst, s.Language, q.Findable(s.Language, s.Key))}, nil
	}
	return page.File{}, fmt.Errorf("nothing to search of kind %q", s.Kind)
}

// appendShards writes the names of the shards, a language a line, in the order of
// the site: {"language", "endonym", "direction", "shards": "0627 0628-0627"}.
func appendShards(dst []byte, q page.Questions) []byte {
	dst = append(dst, '[')
	for i, l := range q.Frame("").Languages {
		var names []string
		for _, beginning := range q.Shards(l.Language) {
			names = append(names, shardName(beginning))
		}
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = appendString(append(dst, "\n{\"language\":"...), string(l.Language))
		dst = appendString(append(dst, ",\"endonym\":"...), l.Name)
		dst = appendString(append(dst, ",\"direction\":"...), string(l.Direction))
		dst = append(appendString(append(dst, ",\"shards\":"...), strings.Join(names, " ")), '}')
	}
	return append(dst, "\n]\n"...)
}

// appendShard writes names, one a line, each as [address, name, note, further
// forms…], all but the address as [appendText] writes them.
func appendShard(dst []byte, t lang.Tag, names []page.Findable) []byte {
	dst = append(dst, '[')
	for i, n := range names {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = append(appendString(append(dst, "\n["...), n.URL), ',')
		dst = append(appendText(dst, n.Name, t), ',')
		dst = appendText(dst, n.Note, t)
		for _, f := range n.Forms {
			dst = appendText(append(dst, ','), f, t)
		}
		dst = append(dst, ']')
	}
	return append(dst, "\n]\n"...)
}

// Forms gives the further forms under which a name is found, each once, in their
// order, without those that have no word of their own.
func Forms(name string, further []string, t lang.Tag) []string {
	known := map[string]bool{lang.Light(name, t): true}
	var list []string
	for _, f := range further {
		if key := lang.Light(f, t); !known[key] && len(Beginnings(t, f)) > 0 {
			known[key] = true
			list = append(list, f)
		}
	}
	return slices.Clip(list)
}
