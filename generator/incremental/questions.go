package incremental

import (
	"sync"
	"sync/atomic"
)

// An asked question: its id, the hash of its last answer, its bound, its
// encoding.
type asked struct {
	id, answer uint64
	bound      string
	encoded    []byte
}

// concerns tells whether a change at the place sort, or after it, can alter the
// answer.
func (a *asked) concerns(sort string) bool { return a.bound == "" || a.bound > sort }

// questions holds the questions that were asked or answered anew since the
// store was last written, by what they are about, and which ones are known to
// be recorded.
type questions struct {
	shards [32]questionShard
	size   atomic.Int64 // bytes pending, about
}

type questionShard struct {
	mu      sync.Mutex
	known   map[uint64]struct{}
	pending map[uint64][]asked
	gone    map[uint64]map[uint64]string // touch → ids with their bounds
}

func (qs *questions) shard(touch uint64) *questionShard { return &qs.shards[touch>>59] }

// record keeps a question with its answer, unless it is known already: answers
// change only between strata, when the engine asks again itself.
func (qs *questions) record(q *question, id uint64, encoded []byte, answer func() uint64) {
	touch := q.touch()
	s := qs.shard(touch)
	if !s.learn(id) {
		return
	}
	a := asked{id, answer(), q.bound(), append([]byte(nil), encoded...)}
	s.mu.Lock()
	defer s.mu.Unlock()
	qs.add(s, touch, a)
}

// learn tells whether a question was unknown until now. Of those who ask it at
// once one is told so, and records it.
func (s *questionShard) learn(id uint64) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, ok := s.known[id]; ok {
		return false
	}
	if s.known == nil {
		s.known, s.pending = map[uint64]struct{}{}, map[uint64][]asked{}
	}
	s.known[id] = struct{}{}
	return true
}

// add keeps a question that is not pending: looking for it in a list of all that
// is asked about a large group would make a clean build quadratic. The caller
// holds the lock.
func (qs *questions) add(s *questionShard, touch uint64, q asked) {
	delete(s.gone[touch], q.id)
	s.pending[touch] = append(s.pending[touch], q)
	qs.size.Add(int64(len(q.encoded)) + 100)
}

// set keeps a question that may be pending with another answer.
func (qs *questions) set(touch uint64, q asked) {
	s := qs.shard(touch)
	s.learn(q.id)
	s.mu.Lock()
	defer s.mu.Unlock()
	list := s.pending[touch]
	for i := range list {
		if list[i].id == q.id {
			list[i] = q
			delete(s.gone[touch], q.id)
			return
		}
	}
	qs.add(s, touch, q)
}

// forget drops a question that nobody asks any more.
func (qs *questions) forget(touch, id uint64, bound string) {
	s := qs.shard(touch)
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.known, id)
	list := s.pending[touch]
	for i := range list {
		if list[i].id == id {
			s.pending[touch] = append(list[:i:i], list[i+1:]...)
			break
		}
	}
	if s.gone == nil {
		s.gone = map[uint64]map[uint64]string{}
	}
	if s.gone[touch] == nil {
		s.gone[touch] = map[uint64]string{}
	}
	s.gone[touch][id] = bound
}

// about returns the questions that were asked about what touch is the hash of
// and that a change at sort, or after it, concerns.
func (e *Engine) about(touch uint64, sort string) []asked {
	s := e.questions.shard(touch)
	here := map[uint64]struct{}{}
	var list []asked
	s.mu.Lock()
	for _, a := range s.pending[touch] {
		here[a.id] = struct{}{}
		if a.concerns(sort) {
			list = append(list, a)
		}
	}
	gone := s.gone[touch]
	s.mu.Unlock()
	if !e.stored {
		return list
	}
	for a := range e.store.questions(touch, sort) {
		if _, ok := here[a.id]; ok {
			continue
		}
		if _, ok := gone[a.id]; !ok && a.concerns(sort) {
			list = append(list, a)
		}
	}
	return list
}

// settle asks the questions about everything touched again and remembers which
// answers differ. Of a group only those are asked again whose range reaches to
// the first place that changed: an article that is added at the end of an
// archive leaves alone all that was asked about what stood before others.
func (e *Engine) settle() {
	touched := e.touched
	e.touched = nil
	if e.nothingAsked() {
		return
	}
	first := map[uint64]string{}
	for _, t := range touched {
		if sort, ok := first[t.hash]; !ok || t.sort < sort {
			first[t.hash] = t.sort
		}
	}
	for t, sort := range first {
		for _, a := range e.about(t, sort) {
			q, ok := decodeQuestion(a.encoded)
			if !ok {
				panic(damage{errQuestion})
			}
			if answer := e.answer(&q); answer != a.answer {
				e.differs[a.id] = differing{t, a.bound, a.encoded}
				a.answer = answer
				e.questions.set(t, a)
			}
		}
	}
}

// touch is a group, value or day that changed: its hash and, of a group, the
// first place at which it did.
type touch struct {
	hash uint64
	sort string
}

type differing struct {
	touch   uint64
	bound   string
	encoded []byte
}

// nothingAsked is true in the first run of an engine that began empty.
func (e *Engine) nothingAsked() bool { return e.fresh && e.runs == 0 }
