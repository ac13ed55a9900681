package preview

import (
	"context"
	"maps"
	"slices"
	"sync"
	"time"
)

// A batcher gathers paths and hands them on when it has been quiet for a
// while, or at last after a longest time. While one batch is worked on, the
// next is gathered.
type batcher struct {
	quiet, longest time.Duration
	hand           func([]string)

	mu    sync.Mutex
	paths map[string]struct{}
	poke  chan struct{} // holds one token: something was added
}

func newBatcher(quiet, longest time.Duration, hand func([]string)) *batcher {
	return &batcher{quiet: quiet, longest: longest, hand: hand, paths: map[string]struct{}{}, poke: make(chan struct{}, 1)}
}

// add never waits, so that the system's queue of events does not run over
// while a batch is worked on.
func (b *batcher) add(paths ...string) {
	b.mu.Lock()
	for _, p := range paths {
		b.paths[p] = struct{}{}
	}
	b.mu.Unlock()
	select {
	case b.poke <- struct{}{}:
	default:
	}
}

func (b *batcher) take() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	paths := slices.Sorted(maps.Keys(b.paths))
	clear(b.paths)
	return paths
}

// run hands on batches until ctx ends.
func (b *batcher) run(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-b.poke:
		}
		if !b.settle(ctx) {
			return
		}
		if paths := b.take(); len(paths) > 0 {
			b.hand(paths)
		}
	}
}

// settle waits for the end of a burst, and says whether ctx still goes on.
func (b *batcher) settle(ctx context.Context) bool {
	last := time.NewTimer(b.longest)
	defer last.Stop()
	quiet := time.NewTimer(b.quiet)
	defer quiet.Stop()
	for {
		select {
		case <-ctx.Done():
			return false
		case <-last.C:
			return true
		case <-quiet.C:
			return true
		case <-b.poke:
			quiet.Reset(b.quiet)
		}
	}
}
