package output

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
)

// A version is what one build wants to stand in the folder. It is made from a
// number alone, so that parent and child agree about it.
func version(n int) map[string]string {
	r := rand.New(rand.NewPCG(uint64(n), 1))
	pages := map[string]string{}
	for i := range 30 {
		p := fmt.Sprintf("%c/%d/x%d", 'a'+rune(r.IntN(3)), r.IntN(4), i)
		switch r.IntN(6) {
		case 0: // the same name is a folder in one version and a file in another
			p += "/index.html"
		case 1:
			p = path.Dir(p)
		}
		text := strings.Repeat(fmt.Sprintf("%s in version %d\n", p, n-r.IntN(2)), 1+r.IntN(200))
		pages[p] = text
	}
	for p := range pages { // a file has no files below it
		for up := path.Dir(p); up != "."; up = path.Dir(up) {
			delete(pages, up)
		}
	}
	return pages
}

// build brings the folder to the version, as the generator does: with what the
// state allows, from several goroutines.
func build(f *Folder, n int) error {
	if err := f.Begin("store", uint64(n)); err != nil {
		return err
	}
	pages := version(n)
	var group sync.WaitGroup
	var mu sync.Mutex
	var first error
	work := make(chan string)
	for range 4 {
		group.Go(func() {
			for p := range work {
				if _, err := f.Write(p, []byte(pages[p])); err != nil {
					mu.Lock()
					first = err
					mu.Unlock()
				}
			}
		})
	}
	for p := range pages {
		work <- p
	}
	close(work)
	group.Wait()
	if first != nil {
		return first
	}
	if _, err := f.Prune(func(p string) bool { return pages[p] != "" }); err != nil {
		return err
	}
	return f.Complete()
}

const killed = "MIHBARA_OUTPUT_KILL" // folder, version, operations, for the child

// TestMain turns the test binary into the child that is killed.
func TestMain(m *testing.M) {
	if order := os.Getenv(killed); order != "" {
		fields := strings.Split(order, "\n")
		n, _ := strconv.Atoi(fields[1])
		left, _ := strconv.Atoi(fields[2])
		os.Exit(child(fields[0], n, int64(left)))
	}
	os.Exit(m.Run())
}

// child builds a version and kills itself, with a signal that cannot be
// caught, before one of its operations on disk.
func child(dir string, n int, operations int64) int {
	f, err := Open(dir)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 2
	}
	self, _ := os.FindProcess(os.Getpid())
	var done atomic.Int64
	f.step = func() {
		if done.Add(1) > operations {
			self.Kill()
			select {}
		}
	}
	if err := build(f, n); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 2
	}
	return 0
}

func TestAKillLeavesEveryFileWhole(t *testing.T) {
	rounds := 25
	if os.Getenv("CI") == "true" {
		rounds = 250
	}
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	r := rand.New(rand.NewPCG(seed, 2))
	dir := filepath.Join(t.TempDir(), "public")
	foreign(t, dir, "CNAME", "example.org")
	foreign(t, dir, "a/robots.txt", "theirs")
	written := map[string]bool{"CNAME\nexample.org": true, "a/robots.txt\ntheirs": true} // every file that some version wants
	kills := 0
	for n := range rounds {
		for p, text := range version(n) {
			written[p+"\n"+text] = true
		}
		command := exec.Command(os.Args[0])
		command.Env = append(os.Environ(), fmt.Sprintf("%s=%s\n%d\n%d", killed, dir, n, r.IntN(250)))
		report, err := command.CombinedOutput()
		if exit, ok := err.(*exec.ExitError); ok && exit.ExitCode() == 2 {
			t.Fatalf("version %d: %s", n, report)
		} else if ok {
			kills++
		}
		for p, text := range tree(t, dir) {
			if text != "/" && !strings.HasPrefix(path.Base(p), tempPrefix) && !written[p+"\n"+text] {
				t.Fatalf("version %d: %s is not whole", n, p)
			}
		}
		if r.IntN(3) > 0 {
			continue // the next build finds the ruins of this one, perhaps of several
		}
		f, err := Open(dir)
		if err != nil {
			t.Fatal(err)
		}
		if err := build(f, n); err != nil {
			t.Fatalf("version %d after a kill: %v", n, err)
		}
		f.Close()
		clean := filepath.Join(t.TempDir(), "clean")
		foreign(t, clean, "CNAME", "example.org")
		foreign(t, clean, "a/robots.txt", "theirs")
		g, _ := Open(clean)
		if err := build(g, n); err != nil {
			t.Fatal(err)
		}
		same(t, dir, tree(t, clean))
		if !slices.Equal(slices.Collect(f.Paths()), slices.Collect(g.Paths())) || !f.State().Complete {
			t.Fatalf("version %d: the lists differ", n)
		}
		g.Close()
	}
	t.Logf("%d of %d builds were killed", kills, rounds)
}
