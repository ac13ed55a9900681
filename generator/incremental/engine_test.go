package incremental

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
)

// A toy site: a file is "title|tag tag|word word". Tags have a page each when
// two files carry them; a page shows the first three titles; a file is told
// which of its words are listed in the dictionary, which is files too.
type toy struct {
	mu     sync.Mutex
	files  map[string]string
	remade int  // how often something was made again
	lying  bool // it is made again as something else
}

var (
	title = Aspect[string]{Stratum: "parse", Name: "title", Often: true}
	words = Aspect[string]{Stratum: "parse", Name: "words"} // not stored
)

func (toy *toy) strata() []Stratum {
	return []Stratum{
		{Name: "parse", Over: "file", Feeds: []Index{"tag", "word", "doc", "all"}, Run: func(a *Asker, key string) (Result, error) {
			text := string(a.Own()[0].Payload)
			var r Result
			if w, ok := strings.CutPrefix(text, "word:"); ok {
				r.Rows = append(r.Rows, Row{Index: "word", Group: w, Key: key})
				return r, nil
			}
			fields := strings.Split(text, "|")
			for len(fields) < 3 {
				r.Messages = []byte("short: " + key)
				fields = append(fields, "")
			}
			r.Aspects = []Part{words.Of(fields[2]).NotStored(), title.Of(fields[0])}
			for tag := range strings.FieldsSeq(fields[1]) {
				r.Rows = append(r.Rows, Row{Index: "tag", Group: tag, Sort: fields[0], Key: key})
			}
			r.Rows = append(r.Rows, Row{Index: "doc", Group: key, Payload: []byte(fields[2])}, Row{Index: "all", Group: "", Sort: fields[0], Key: key})
			return r, nil
		}, Remake: func(a *Asker, key string) ([]Part, error) {
			toy.mu.Lock()
			defer toy.mu.Unlock()
			if toy.remade++; toy.lying {
				return []Part{words.Of("a lie")}, nil
			}
			fields := strings.Split(string(a.Own()[0].Payload)+"||", "|")
			return []Part{words.Of(fields[2])}, nil
		}},
		{Name: "match", Over: "doc", Looks: []Index{"word"}, Feeds: []Index{"url"}, Run: func(a *Asker, key string) (Result, error) {
			var found []string
			for w := range strings.FieldsSeq(string(a.Own()[0].Payload)) {
				if len(a.Lookup("word", w)) > 0 {
					found = append(found, w)
				}
			}
			m := a.Before("all", "", "b", "m", 2, func(string, string, []byte, Giver) {})
			one, two := a.AtLeast("tag", "tt", 1, Range{}), a.AtLeast("tag", "ttt", 2, Range{From: "c"})
			return Result{Rows: []Row{{Index: "url", Group: "doc/" + key, Payload: fmt.Appendf(nil, "%q %d %t %t", found, m, one, two)}}}, nil
		}},
		{Name: "plan", Over: "tag", Feeds: []Index{"url"}, Run: func(a *Asker, key string) (Result, error) {
			var r Result
			if a.AtLeast("tag", key, 2, Range{}) {
				r.Rows = append(r.Rows, Row{Index: "url", Group: "tag/" + key})
			}
			return r, nil
		}},
		{Name: "render", Over: "url", Run: func(a *Asker, key string) (Result, error) {
			out := key + ":" + string(a.Own()[0].Payload)
			if tag, ok := strings.CutPrefix(key, "tag/"); ok {
				a.Each("tag", tag, Range{Limit: 3}, func(_, key string, _ []byte, by Giver) {
					t, _ := GetBy(a, title, by, key)
					out += t + ","
				})
				out += fmt.Sprint(a.Counts("tag", tag, 1, Range{From: "c"}), a.Passed(int64(len(tag))*secondsPerDay))
			}
			if key, ok := strings.CutPrefix(key, "doc/"); ok && strings.Contains(out, `["`) {
				w, _ := Get(a, words, key)
				out += w
			}
			return Result{File: []byte(out)}, nil
		}, Write: func(key string, data []byte, _, _ uint64) error {
			toy.mu.Lock()
			defer toy.mu.Unlock()
			toy.files[key] = string(data)
			return nil
		}, Drop: func(key string) error {
			toy.mu.Lock()
			defer toy.mu.Unlock()
			delete(toy.files, key)
			return nil
		}},
	}
}

func openToy(t *testing.T, dir string) (*Engine, *toy) {
	t.Helper()
	s := &toy{files: map[string]string{}}
	e, err := Open(Options{Dir: dir, Version: "1", Strata: s.strata(), Inputs: []Index{"file"}})
	if err != nil {
		t.Fatal(err)
	}
	return e, s
}

func run(t *testing.T, e *Engine) Stats {
	t.Helper()
	stats, err := e.Run(context.Background(), "")
	if err != nil {
		t.Fatal(err)
	}
	return stats
}

func randomFile(r *rand.Rand) string {
	if r.IntN(5) == 0 {
		return "word:" + string(rune('a'+r.IntN(6)))
	}
	var tags, words []string
	for range r.IntN(4) {
		tags = append(tags, strings.Repeat("t", 1+r.IntN(5)))
		words = append(words, string(rune('a'+r.IntN(6))))
	}
	slices.Sort(tags)
	return fmt.Sprintf("%c%d|%s|%s", 'a'+r.IntN(26), r.IntN(9), strings.Join(slices.Compact(tags), " "), strings.Join(words, " "))
}

func TestIncrementalEqualsClean(t *testing.T) {
	for _, kept := range []struct {
		store bool
		large int  // 0: never reached
		letGo bool // indexes that nobody looks at, and tasks from the cache
	}{{}, {store: true}, {store: true, letGo: true}, {store: true, large: 1500, letGo: true}, {store: true, large: 1, letGo: true}} {
		t.Run(fmt.Sprintf("store kept on disk %t, ingested from %d bytes on, let go %t", kept.store, kept.large, kept.letGo), func(t *testing.T) {
			seed := uint64(7)
			r := rand.New(rand.NewPCG(seed, 0))
			dir := ""
			if kept.store {
				dir = t.TempDir()
			}
			open := func() (*Engine, *toy) {
				e, s := openToy(t, dir)
				if kept.large > 0 {
					e.large = kept.large
				}
				if kept.letGo {
					e.room, e.tasks.room, e.tasks.records.largest = 0, 0, 64
				}
				return e, s
			}
			e, s := open()
			input, clock := map[string]string{}, int64(0)
			steps := 200
			if kept.large > 0 {
				steps = 70 // each makes tables, among hundreds of which the next one looks
			}
			for step := range steps {
				edits := 1 + r.IntN(3)
				if step == 0 {
					edits = 20 // so that no index is empty when it might be let go
				}
				for range edits {
					name := fmt.Sprintf("f%d", r.IntN(30))
					if r.IntN(3) == 0 {
						delete(input, name)
						e.SetInput("file", name, nil)
						continue
					}
					input[name] = randomFile(r)
					e.SetInput("file", name, []byte(input[name]))
				}
				clock = int64(r.IntN(7)) * secondsPerDay
				e.SetClock(clock)
				run(t, e)
				if kept.store && r.IntN(4) == 0 {
					if err := e.Commit(true); err != nil {
						t.Fatal(err)
					}
					if r.IntN(2) == 0 {
						if err := e.Close(); err != nil {
							t.Fatal(err)
						}
						files := s.files
						e, s = open()
						s.files = files
					}
				}
				clean, cs := openToy(t, "")
				for _, name := range slices.Sorted(maps.Keys(input)) {
					clean.SetInput("file", name, []byte(input[name]))
				}
				clean.SetClock(clock)
				run(t, clean)
				if !maps.Equal(s.files, cs.files) {
					t.Fatalf("seed %d, step %d:\nincremental %q\nclean       %q", seed, step, s.files, cs.files)
				}
				if a, b := messages(e), messages(clean); !slices.Equal(a, b) {
					t.Fatalf("step %d: messages %q, clean %q", step, a, b)
				}
			}
			e.Close()
		})
	}
}

func messages(e *Engine) (out []string) {
	for _, m := range e.Messages() {
		out = append(out, string(m))
	}
	return out
}

// TestWhatIsNotStoredIsMadeAgain lets a page be drawn again by another process
// than the one that read its words.
func TestWhatIsNotStoredIsMadeAgain(t *testing.T) {
	dir := t.TempDir()
	e, s := openToy(t, dir)
	e.SetInput("file", "a", []byte("A||k"))
	run(t, e)
	if err := e.Commit(true); err != nil {
		t.Fatal(err)
	}
	if s.remade != 0 {
		t.Errorf("made again %d times while it was in memory", s.remade)
	}
	e.Close()
	for _, lying := range []bool{true, false} {
		e, s = openToy(t, dir)
		s.lying = lying
		e.SetInput("file", "w", []byte("word:k"))
		_, err := e.Run(context.Background(), "")
		if want := `doc/a:["k"] 0 false falsek`; !lying && (err != nil || s.remade != 1 || s.files["doc/a"] != want) {
			t.Errorf("error %v, made again %d times, %q, want %q", err, s.remade, s.files["doc/a"], want)
		}
		if lying && !errors.Is(err, ErrChanged) {
			t.Errorf("made again as something else: %v, want ErrChanged", err)
		}
		e.Close()
	}
}

// TestABlobIsThereWhileItIsWritten looks at a blob that was handed on to be
// written and has not reached the store.
func TestABlobIsThereWhileItIsWritten(t *testing.T) {
	e, _ := openToy(t, t.TempDir())
	defer e.Close()
	e.PutBlob("b", []byte("old"))
	if err := e.Commit(true); err != nil {
		t.Fatal(err)
	}
	e.PutBlob("b", []byte("new"))
	e.flush = e.take()
	e.flush.done = make(chan error, 1)
	if got := e.Blob("b"); string(got) != "new" {
		t.Errorf("got %q on the way, want the blob that was put last", got)
	}
	e.flush.done <- e.flush.ingest()
	if err := e.Commit(true); err != nil {
		t.Fatal(err)
	}
	if got := e.Blob("b"); string(got) != "new" {
		t.Errorf("got %q from the store, want the blob that was put last", got)
	}
}

func TestWorkIsCutOff(t *testing.T) {
	e, _ := openToy(t, "")
	e.SetInput("file", "a", []byte("A|x|k"))
	e.SetInput("file", "b", []byte("B|x|l"))
	e.SetInput("file", "c", []byte("C||k"))
	run(t, e)
	tests := []struct {
		name, file, text string
		ran, written     []string
	}{
		{"the same text runs nothing", "a", "A|x|k", nil, nil},
		{"a word that no dictionary has stops at the file's own page", "a", "A|x|z", nil, nil},
		{"a title that is listed redraws the list", "a", "Aa|x|z", []string{"tag/x"}, []string{"tag/x"}},
		{"a title that is listed nowhere redraws nothing", "c", "Cc||k", nil, nil},
		{"a new word redraws only the pages of files that hold it", "w", "word:k", []string{"doc/c"}, []string{"doc/c"}},
		{"a third one joins the list", "d", "D|x|l", []string{"doc/d", "tag/x"}, []string{"doc/d", "tag/x"}},
		{"one leaves it", "a", "Aa||z", []string{"tag/x"}, []string{"tag/x"}},
		{"and its title, which the list asked for before, redraws nothing", "a", "Ab||z", nil, nil},
		{"the last but one of a tag takes its page away", "b", "B||l", nil, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			e.SetInput("file", tt.file, []byte(tt.text))
			stats := run(t, e)
			if !slices.Equal(stats.Ran["render"], tt.ran) || !slices.Equal(stats.Written, tt.written) {
				t.Errorf("ran %q, want %q; wrote %q, want %q", stats.Ran["render"], tt.ran, stats.Written, tt.written)
			}
		})
	}
}

func TestStoreThatCannotBeUsedIsDropped(t *testing.T) {
	tests := []struct {
		name  string
		spoil func(t *testing.T, dir string)
	}{
		{"the manifest is gone", func(t *testing.T, dir string) { spoilFiles(t, dir, "MANIFEST*", nil) }},
		{"every file is cut", func(t *testing.T, dir string) {
			spoilFiles(t, dir, "*", func(b []byte) []byte { return b[:len(b)/2] })
		}},
		{"every file is zeroed", func(t *testing.T, dir string) {
			spoilFiles(t, dir, "*", func(b []byte) []byte { return make([]byte, len(b)) })
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			e, _ := openToy(t, dir)
			e.SetInput("file", "a", []byte("A|x|k"))
			run(t, e)
			if err := e.Commit(true); err != nil {
				t.Fatal(err)
			}
			e.Close()
			tt.spoil(t, dir)
			e, err := Open(Options{Dir: dir, Version: "1", Strata: (&toy{files: map[string]string{}}).strata(), Inputs: []Index{"file"}})
			if err != nil {
				t.Fatal(err)
			}
			defer e.Close()
			_, err = e.Run(context.Background(), "")
			if _, gen := e.Identity(); gen != 0 && !errors.Is(err, ErrDamaged) {
				t.Errorf("generation %d, error %v: want an empty store or ErrDamaged", gen, err)
			}
		})
	}
}

func spoilFiles(t *testing.T, dir, pattern string, change func([]byte) []byte) {
	t.Helper()
	names, _ := filepath.Glob(filepath.Join(dir, pattern))
	for _, n := range names {
		data, err := os.ReadFile(n)
		if err != nil {
			continue
		}
		if change == nil {
			err = os.Remove(n)
		} else {
			err = os.WriteFile(n, change(data), 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

func TestSecondProcessIsTold(t *testing.T) {
	dir := t.TempDir()
	e, _ := openToy(t, dir)
	defer e.Close()
	_, err := Open(Options{Dir: dir, Version: "1", Strata: (&toy{}).strata(), Inputs: []Index{"file"}})
	if !errors.Is(err, ErrLocked) {
		t.Errorf("got %v, want ErrLocked", err)
	}
}

func TestExplainNamesQuestionsAndReasons(t *testing.T) {
	e, _ := openToy(t, "")
	e.SetInput("file", "a", []byte("A|x|k"))
	e.SetInput("file", "b", []byte("B|x|k"))
	run(t, e)
	e.SetInput("file", "b", []byte("Bee|x|k"))
	run(t, e)
	x, ok, err := e.Explain("render", "tag/x")
	if err != nil || !ok {
		t.Fatal(ok, err)
	}
	if !slices.Contains(x.Reasons, "title of parse b") || !slices.Contains(x.Questions, "title of parse a") {
		t.Errorf("reasons %q, questions %q", x.Reasons, x.Questions)
	}
}
