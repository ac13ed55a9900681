package incremental

import (
	"fmt"
	"testing"
	"time"
)

// TestAShortBuildDoesNotTidyUp: a database with as many tables as would make it
// merge them waits until it is told to.
func TestAShortBuildDoesNotTidyUp(t *testing.T) {
	dir := t.TempDir()
	for i := range 30 {
		e, _ := openToy(t, dir)
		if n := e.store.db.Metrics().Compact.Count; n > 0 {
			t.Fatalf("%d merges were begun by build %d", n, i)
		}
		e.PutBlob("b", fmt.Append(nil, i))
		if err := e.Commit(true); err != nil {
			t.Fatal(err)
		}
		if err := e.Close(); err != nil {
			t.Fatal(err)
		}
	}
	e, _ := openToy(t, dir)
	defer e.Close()
	tables := e.store.db.Metrics().Levels[0].TablesCount
	e.store.tidier.begin()
	for deadline := time.Now().Add(20 * time.Second); e.store.db.Metrics().Compact.Count == 0; time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("%d tables were not merged", tables)
		}
	}
	if got := string(e.Blob("b")); got != "29" {
		t.Errorf("got %q afterwards", got)
	}
}
