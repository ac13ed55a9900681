package output

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func stages(t *testing.T, dir string) int {
	t.Helper()
	left, err := filepath.Glob(filepath.Join(dir, stagePrefix+"*"))
	if err != nil {
		t.Fatal(err)
	}
	return len(left)
}

func TestAFirstBuildShowsWhenItIsComplete(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	foreign(t, dir, ".gitignore", "*")
	f := open(t, dir)
	if f.stage == nil {
		t.Skip("no stages on this system")
	}
	write(t, f, "ar/a/index.html", "1")
	write(t, f, "ar/a/index.html", "2")
	write(t, f, "ar/b", "a file")
	write(t, f, "ar/b/index.html", "in a folder")
	write(t, f, "c/d/index.html", "in a folder")
	write(t, f, "c/d", "a file")
	write(t, f, "gone/index.html", "x")
	if write(t, f, "ar/a/index.html", "2") {
		t.Error("equal bytes are no change")
	}
	f.Remove("gone/index.html")
	write(t, f, "gone/again/index.html", "y")
	if data, err := f.Read("ar/a/index.html"); string(data) != "2" || err != nil {
		t.Errorf("read %q, %v", data, err)
	}
	if got := tree(t, dir); len(got) != 1 || stages(t, dir) != 1 {
		t.Error("it shows before it is complete", got)
	}
	complete(t, f)
	want := map[string]string{".gitignore": "*", "ar": "/", "ar/a": "/", "ar/a/index.html": "2", "ar/b": "/", "ar/b/index.html": "in a folder",
		"c": "/", "c/d": "a file", "gone": "/", "gone/again": "/", "gone/again/index.html": "y"}
	same(t, dir, want)
	f = open(t, dir)
	if f.stage != nil || !f.State().Complete || len(slices.Collect(f.Paths())) != 4 {
		t.Error(f.State(), slices.Collect(f.Paths()))
	}
}

func TestABuildThatIsGivenUpShowsWhatItWrote(t *testing.T) {
	dir := t.TempDir()
	f := open(t, dir)
	write(t, f, "ar/a", "1")
	f.Close()
	same(t, dir, map[string]string{"ar": "/", "ar/a": "1"})
	if f := open(t, dir); f.State().Complete || !f.Owned("ar/a") {
		t.Error("unfinished, and ours")
	}
}

func TestWhatComesInTheWayOfAFirstBuildStays(t *testing.T) {
	dir := t.TempDir()
	foreign(t, dir, ".nojekyll", "theirs")
	f := open(t, dir)
	write(t, f, "ar/a", "1")
	write(t, f, "en/a", "1")
	write(t, f, "he", "1")
	foreign(t, dir, "ar/a", "theirs")
	foreign(t, dir, "he", "1")
	foreign(t, dir, "en/b", "theirs")
	if err := f.Complete(); f.stage != nil || !errors.Is(err, ErrForeign) {
		t.Error("somebody's file is overwritten, or nobody knows", err)
	}
	same(t, dir, map[string]string{".nojekyll": "theirs", "ar": "/", "ar/a": "theirs", "en": "/", "en/a": "1", "en/b": "theirs", "he": "1"})
	f.Close()
	f = open(t, dir)
	if f.Owned("ar/a") || !f.Owned("en/a") || !f.Owned("he") || f.State().Complete {
		t.Error("the list is wrong", f.State())
	}

	dir = t.TempDir()
	foreign(t, dir, ".nojekyll", "theirs")
	f = open(t, dir)
	write(t, f, "ar/a", "1")
	if _, err := f.Write(".nojekyll", []byte("ours")); !errors.Is(err, ErrForeign) {
		t.Error("what stood there before is met when its page is written", err)
	}
	write(t, f, "ar/b", "1")
	complete(t, f)
	same(t, dir, map[string]string{".nojekyll": "theirs", "ar": "/", "ar/a": "1", "ar/b": "1"})
}

func TestAStageOfAnotherIsLeftAlone(t *testing.T) {
	dir := t.TempDir()
	a := open(t, dir)
	if a.stage == nil {
		t.Skip("no stages on this system")
	}
	write(t, a, "ar/a", "1")
	b := open(t, dir)
	write(t, b, "ar/b", "1")
	complete(t, b)
	if stages(t, dir) != 1 || b.State().Complete {
		t.Error("two builds at once, and one is complete", b.State())
	}
	complete(t, a)
	same(t, dir, map[string]string{"ar": "/", "ar/a": "1", "ar/b": "1"})
	if f := open(t, dir); f.State().Complete || !f.Owned("ar/a") || !f.Owned("ar/b") {
		t.Error("both wrote here, and the next build compares", f.State())
	}
}

func TestAKilledFirstBuild(t *testing.T) {
	rounds := 30
	if os.Getenv("CI") == "true" {
		rounds = 300
	}
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	r := rand.New(rand.NewPCG(seed, 3))
	clean := filepath.Join(t.TempDir(), "clean")
	g := must(Open(clean))
	defer g.Close()
	dir := filepath.Join(t.TempDir(), "public")
	for n := range rounds {
		os.RemoveAll(dir)
		foreign(t, dir, ".gitignore", "*")
		operations := r.IntN(250)
		if n%3 == 0 { // its end is what is interesting
			operations = 95 + r.IntN(25)
		}
		command := exec.Command(os.Args[0])
		command.Env = append(os.Environ(), fmt.Sprintf("%s=%s\n%d\n%d", killed, dir, n, operations))
		if report, err := command.CombinedOutput(); err != nil && err.(*exec.ExitError).ExitCode() == 2 {
			t.Fatalf("version %d: %s", n, report)
		}
		pages := version(n)
		for p, text := range tree(t, dir) {
			if text != "/" && p != ".gitignore" && !strings.HasPrefix(p, tempPrefix) && pages[p] != text {
				t.Fatalf("version %d: %s is not whole", n, p)
			}
		}
		f := must(Open(dir))
		if err := build(f, n); err != nil {
			t.Fatalf("version %d after a kill: %v", n, err)
		}
		if err := build(g, n); err != nil {
			t.Fatal(err)
		}
		want := tree(t, clean)
		want[".gitignore"] = "*"
		same(t, dir, want)
		if !slices.Equal(slices.Collect(f.Paths()), slices.Collect(g.Paths())) || !f.State().Complete {
			t.Fatalf("version %d: the lists differ", n)
		}
		f.Close()
	}
}
