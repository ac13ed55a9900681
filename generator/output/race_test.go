package output

import (
	"fmt"
	"path/filepath"
	"sync"
	"testing"
)

// TestManyMakeOneFolderOfAFile has many goroutines write below a path that was
// a file of ours: each must see it go, and none may take it for a foreign one.
func TestManyMakeOneFolderOfAFile(t *testing.T) {
	f, err := Open(filepath.Join(t.TempDir(), "public"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for round := range 200 {
		if err := f.Begin("test", uint64(2*round+1)); err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write("b", []byte("a file")); err != nil {
			t.Fatalf("round %d: %v", round, err)
		}
		if err := f.Complete(); err != nil {
			t.Fatal(err)
		}
		if err := f.Begin("test", uint64(2*round+2)); err != nil {
			t.Fatal(err)
		}
		var group sync.WaitGroup
		for i := range 8 {
			group.Go(func() {
				if _, err := f.Write(fmt.Sprintf("b/%d/x", i), []byte("in a folder")); err != nil {
					t.Errorf("round %d: %v", round, err)
				}
			})
		}
		group.Wait()
		if _, err := f.Prune(func(p string) bool { return p != "b" }); err != nil {
			t.Fatal(err)
		}
		if err := f.Complete(); err != nil {
			t.Fatal(err)
		}
		if t.Failed() {
			return
		}
	}
}
