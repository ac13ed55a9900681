package main

import (
	"bytes"
	"errors"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/yuin/goldmark"
)

// The floor program does the least that a site like the peer's asks for: it
// reads front matter by looking for the six keys that the corpus has, lets
// goldmark make the HTML, relates by posting lists and counters, and writes
// pages by appending strings. It checks nothing, escapes what it must, and
// serves as the measure of what is possible, so it must not be slow.
//
// It imports goldmark itself, past the door of generator/markdown, because the
// measure must not hold what that door does besides.

// A floorArticle is all that the floor program keeps of an article.
type floorArticle struct {
	slug, title, date, lead, key string
	language                     int
	terms                        [2][]int32 // by taxonomy, numbers of the language's terms
	url                          string
	html                         []byte
	related                      [relatedShown]int32
	translations                 []*floorArticle
}

const (
	relatedShown = 6
	pagerSize    = 6
	feedItems    = 30
)

// taxonomies are the kinds of terms, as folders.
var taxonomies = [...]string{"tags", "entities"}

// A floorLanguage is what belongs together: pages list one language only.
type floorLanguage struct {
	articles []*floorArticle // newest first
	terms    [2][]string
	posts    [2][][]int32 // by term, numbers of articles, newest first
}

func floor(flags *flag.FlagSet, args []string) error {
	source := flags.String("source", "", "`DIR` of the corpus")
	out := flags.String("out", "", "`DIR` to write to")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if *source == "" || *out == "" {
		return errors.New("say --source and --out")
	}
	f := &floorSite{out: *out}
	names, err := loadNames()
	if err != nil {
		return err
	}
	for l := range languages {
		f.labels[l] = map[string]string{}
		for _, n := range names {
			f.labels[l][n.id] = n.labels[l]
		}
	}
	if err := f.read(*source); err != nil {
		return err
	}
	f.relate()
	return f.write()
}

// A floorSite is the whole site.
type floorSite struct {
	out       string
	labels    [len(languages)]map[string]string
	languages [len(languages)]floorLanguage
}

// each calls do with 0 to n-1 on all processors.
func each(n int, do func(i int) error) error {
	var next struct {
		sync.Mutex
		i   int
		err error
	}
	var hands sync.WaitGroup
	const step = 16
	for range runtime.GOMAXPROCS(0) {
		hands.Go(func() {
			for {
				next.Lock()
				i := next.i
				next.i += step
				stop := i >= n || next.err != nil
				next.Unlock()
				if stop {
					return
				}
				for j := i; j < min(i+step, n); j++ {
					if err := do(j); err != nil {
						next.Lock()
						next.err = err
						next.Unlock()
						return
					}
				}
			}
		})
	}
	hands.Wait()
	return next.err
}

func (f *floorSite) read(source string) error {
	var paths []string
	var of []int
	for i, l := range languages {
		err := filepath.WalkDir(filepath.Join(source, "content", l), func(p string, d fs.DirEntry, err error) error {
			if err == nil && !d.IsDir() {
				paths, of = append(paths, p), append(of, i)
			}
			return err
		})
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	all := make([]*floorArticle, len(paths))
	terms := make([][2][]string, len(paths))
	md := goldmark.New()
	err := each(len(paths), func(i int) error {
		data, err := os.ReadFile(paths[i])
		if err != nil {
			return err
		}
		all[i], terms[i], err = parseFloor(md, data, of[i])
		return err
	})
	if err != nil {
		return err
	}
	f.index(all, terms)
	return nil
}

// parseFloor reads an article of the corpus, and of no other; without its text
// if md is nil.
func parseFloor(md goldmark.Markdown, data []byte, language int) (*floorArticle, [2][]string, error) {
	a := &floorArticle{language: language}
	var terms [2][]string
	head, body, _ := bytes.Cut(bytes.TrimPrefix(data, []byte("---\n")), []byte("\n---\n"))
	for line := range strings.SplitSeq(string(head), "\n") {
		key, value, _ := strings.Cut(line, ": ")
		switch key {
		case "slug":
			a.slug = value
		case "title":
			a.title = unquote(value)
		case "date":
			a.date = value
		case "description":
			a.lead = unquote(value)
		case "translationKey":
			a.key = value
		case "tags":
			terms[0] = strings.Split(strings.Trim(value, "[]"), ", ")
		case "names":
			terms[1] = strings.Split(strings.Trim(value, "[]"), ", ")
		}
	}
	a.url = "/" + languages[language] + "/" + a.date[:4] + "/" + a.date[5:7] + "/" + a.date[8:10] + "/" + a.slug + "/"
	if md == nil {
		return a, terms, nil
	}
	var b bytes.Buffer
	b.Grow(len(body) * 5 / 4)
	err := md.Convert(body, &b)
	a.html = b.Bytes()
	return a, terms, err
}

func unquote(s string) string {
	return strings.ReplaceAll(strings.TrimSuffix(strings.TrimPrefix(s, `"`), `"`), `\"`, `"`)
}

// index sorts the articles, newest first, and makes the posting lists.
func (f *floorSite) index(all []*floorArticle, terms [][2][]string) {
	order := make([]int, len(all))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		if c := strings.Compare(all[b].date, all[a].date); c != 0 {
			return c
		}
		return strings.Compare(all[a].slug, all[b].slug)
	})
	numbers := [len(languages)][2]map[string]int32{}
	versions := map[string][]*floorArticle{}
	for _, i := range order {
		a := all[i]
		l := &f.languages[a.language]
		n := int32(len(l.articles))
		l.articles = append(l.articles, a)
		versions[a.key] = append(versions[a.key], a)
		for k, list := range terms[i] {
			if numbers[a.language][k] == nil {
				numbers[a.language][k] = map[string]int32{}
			}
			for _, term := range list {
				t, ok := numbers[a.language][k][term]
				if !ok {
					t = int32(len(l.terms[k]))
					numbers[a.language][k][term] = t
					l.terms[k] = append(l.terms[k], term)
					l.posts[k] = append(l.posts[k], nil)
				}
				a.terms[k] = append(a.terms[k], t)
				l.posts[k][t] = append(l.posts[k][t], n)
			}
		}
	}
	for _, list := range versions {
		for _, a := range list {
			a.translations = list
		}
	}
}

// relate finds for each article those older ones of its language with the most
// in common: a tag weighs 2, a name 3; the newest first where they have as much.
func (f *floorSite) relate() {
	for i := range f.languages {
		l := &f.languages[i]
		counters := sync.Pool{New: func() any { c := make([]int32, len(l.articles)); return &c }}
		_ = each(len(l.articles), func(n int) error {
			c := counters.Get().(*[]int32)
			l.articles[n].related = l.top(int32(n), *c)
			counters.Put(c)
			return nil
		})
	}
}

func (l *floorLanguage) top(n int32, counters []int32) [relatedShown]int32 {
	clear(counters[n:])
	for k, weight := range [2]int32{2, 3} {
		for _, t := range l.articles[n].terms[k] {
			list := l.posts[k][t]
			newer, _ := slices.BinarySearch(list, n)
			for _, other := range list[newer+1:] {
				counters[other] += weight
			}
		}
	}
	var best, score [relatedShown]int32
	for i := range best {
		best[i] = -1
	}
	for i, s := range counters[n:] {
		if s <= score[relatedShown-1] {
			continue
		}
		at := relatedShown - 1
		for ; at > 0 && s > score[at-1]; at-- {
			best[at], score[at] = best[at-1], score[at-1]
		}
		best[at], score[at] = n+int32(i), s
	}
	return best
}
