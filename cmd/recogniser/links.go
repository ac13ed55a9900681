package main

import (
	"cmp"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"mihbara/generator"
	"mihbara/generator/entity"
	"mihbara/generator/lang"
)

// A link is a mention in an article of the corpus.
type link struct {
	file string // below the corpus, with slashes
	text string // of the article
	entity.Mention
}

// linkFlags say which links of which knowledge base.
type linkFlags struct {
	source, corpus string
	languages      string
	builtin        bool
}

func (f *linkFlags) declare(set *flag.FlagSet) {
	set.StringVar(&f.source, "source", ".", "the site's `DIR`, for its knowledge base")
	set.StringVar(&f.corpus, "corpus", filepath.Join("..", "shared", "corpus"), "the `DIR` of the corpus")
	set.StringVar(&f.languages, "languages", "ar,fa,he,ur,en,fr", "the `LANGUAGES` of the articles")
	set.BoolVar(&f.builtin, "builtin", false, "use the built-in knowledge base alone")
}

func (f *linkFlags) lexicon() (entity.Lexicon, error) {
	if f.builtin {
		return entity.NewLexicon(entity.Builtin()), nil
	}
	return generator.Lexicon(f.source)
}

// links draws links from the articles of the corpus, as many in each language,
// to be judged by hand: a line each of file, byte offset, entity, an empty
// verdict and an empty reason, then the words around it, which are for the
// reader and not to be kept.
func links(args []string, out io.Writer) error {
	set := flag.NewFlagSet("links", flag.ContinueOnError)
	var f linkFlags
	f.declare(set)
	seed := set.Uint64("seed", 1, "the `SEED` of the draw")
	each := set.Int("each", 50, "`LINKS` of each language")
	around := set.Int("around", 120, "`LETTERS` of the text on either side")
	if err := set.Parse(args); err != nil {
		return err
	}
	lexicon, err := f.lexicon()
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "# %d links of each of %s, drawn from the corpus with seed %d\n", *each, f.languages, *seed)
	for n, name := range strings.Split(f.languages, ",") {
		all, err := linksOf(f.corpus, lang.Tag(name), lexicon)
		if err != nil {
			return err
		}
		for _, l := range drawLinks(all, *seed+uint64(n)<<32, *each) {
			fmt.Fprintf(out, "%s\t%d\t%s\t\t\t%s\n", l.file, l.Start, l.Entity, l.around(*around))
		}
	}
	return nil
}

// linksOf gives the links in all articles of a language, in order.
func linksOf(corpus string, t lang.Tag, lexicon entity.Lexicon) ([]link, error) {
	files, err := filepath.Glob(filepath.Join(corpus, string(t), "*.txt"))
	if err != nil || len(files) == 0 {
		return nil, cmp.Or(err, fmt.Errorf("there are no articles in %s", filepath.Join(corpus, string(t))))
	}
	slices.Sort(files)
	m := entity.NewMatcher(1<<26, nil)
	var all []link
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		for _, x := range m.Annotate(string(data), t, lexicon, nil, nil) {
			all = append(all, link{path.Join(string(t), filepath.Base(name)), string(data), x})
		}
	}
	return all, nil
}

// drawLinks draws n of the links, in their order.
func drawLinks(all []link, seed uint64, n int) []link {
	drawn := rand.New(rand.NewPCG(seed, seed)).Perm(len(all))
	drawn = drawn[:min(n, len(drawn))]
	slices.Sort(drawn)
	list := make([]link, len(drawn))
	for i, k := range drawn {
		list[i] = all[k]
	}
	return list
}

// around gives a link with the words about it.
func (l *link) around(letters int) string {
	before, after := []rune(l.text[:l.Start]), []rune(l.text[l.End:])
	s := string(before[max(0, len(before)-letters):]) + "⟦" + l.Text + "⟧" + string(after[:min(len(after), letters)])
	return strings.Join(strings.Fields(s), " ")
}

// A verdict is what somebody said of a link.
type verdict struct {
	file   string
	offset int
	entity entity.ID
	right  bool
}

// judged says how many of the links in files of verdicts are right, and how
// many of the right ones are still made.
func judged(args []string, out io.Writer) error {
	set := flag.NewFlagSet("judged", flag.ContinueOnError)
	var f linkFlags
	f.declare(set)
	least := set.Float64("least", 0.98, "the `PRECISION` that is called for")
	if err := set.Parse(args); err != nil {
		return err
	}
	lexicon, err := f.lexicon()
	if err != nil {
		return err
	}
	var low error
	for _, name := range set.Args() {
		list, err := readVerdicts(name)
		if err != nil {
			return err
		}
		c, err := count(list, f.corpus, lexicon)
		if err != nil {
			return err
		}
		fmt.Fprintf(out, "%s\n%s", name, c)
		if p := c.all.precision(); p < *least {
			low = cmp.Or(low, fmt.Errorf("%s: precision %.4f is below %.2f", name, p, *least))
		}
	}
	return low
}

func readVerdicts(name string) ([]verdict, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	var list []verdict
	n := 0
	for line := range strings.Lines(string(data)) {
		if n++; strings.HasPrefix(line, "#") {
			continue
		}
		fields := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		offset, err := strconv.Atoi(fields[min(1, len(fields)-1)])
		if len(fields) != 5 || err != nil || fields[3] != "right" && fields[3] != "wrong" {
			return nil, fmt.Errorf("%s:%d: write file, offset, entity, right or wrong, and a reason, parted by tabs", name, n)
		}
		list = append(list, verdict{fields[0], offset, entity.ID(fields[2]), fields[3] == "right"})
	}
	return list, nil
}

// A tally counts verdicts.
type tally struct{ right, wrong, kept, still int }

func (t tally) precision() float64 { return float64(t.right) / float64(max(1, t.right+t.wrong)) }

// tallies counts verdicts by language.
type tallies struct {
	all    tally
	order  []string
	byLang map[string]*tally
}

func count(list []verdict, corpus string, lexicon entity.Lexicon) (*tallies, error) {
	type place struct {
		file   string
		offset int
	}
	made := map[place]entity.ID{}
	c := &tallies{byLang: map[string]*tally{}}
	for _, v := range list {
		t, _, _ := strings.Cut(v.file, "/")
		if c.byLang[t] == nil {
			c.order, c.byLang[t] = append(c.order, t), &tally{}
			all, err := linksOf(corpus, lang.Tag(t), lexicon)
			if err != nil {
				return nil, err
			}
			for _, l := range all {
				made[place{l.file, l.Start}] = l.Entity
			}
		}
		same := made[place{v.file, v.offset}] == v.entity
		for _, x := range []*tally{&c.all, c.byLang[t]} {
			x.add(v.right, same)
		}
	}
	return c, nil
}

func (t *tally) add(right, same bool) {
	switch {
	case right && same:
		t.right++
		t.kept++
	case right:
		t.right++
	case same:
		t.wrong++
		t.still++
	default:
		t.wrong++
	}
}

// String gives a table: a line for each language and one for all.
func (c *tallies) String() string {
	var b strings.Builder
	b.WriteString("      right  wrong  precision  right and still made  wrong and still made\n")
	line := func(name string, t tally) {
		fmt.Fprintf(&b, "%-4s %6d %6d %10.4f %21d %21d\n", name, t.right, t.wrong, t.precision(), t.kept, t.still)
	}
	for _, name := range c.order {
		line(name, *c.byLang[name])
	}
	line("all", c.all)
	return b.String()
}
