package incremental

import (
	"encoding/binary"
	"sync"
)

// An asked question: its id, the hash of its last answer, its encoding.
type asked struct {
	id, answer uint64
	encoded    []byte
}

// questions holds the questions that were asked or answered anew since the
// store was last written, by what they are about, and which ones are known to
// be recorded.
type questions struct {
	shards [32]questionShard
}

type questionShard struct {
	mu      sync.Mutex
	known   map[uint64]struct{}
	pending map[uint64][]asked
	gone    map[uint64]map[uint64]struct{} // touch → ids
}

func (qs *questions) shard(touch uint64) *questionShard { return &qs.shards[touch>>59] }

// record keeps a question with its answer, unless it is known already: answers
// change only between strata, when the engine asks again itself.
func (qs *questions) record(touch, id uint64, encoded []byte, answer func() uint64) {
	s := qs.shard(touch)
	s.mu.Lock()
	_, known := s.known[id]
	s.mu.Unlock()
	if known {
		return
	}
	qs.set(touch, asked{id, answer(), append([]byte(nil), encoded...)})
}

func (qs *questions) set(touch uint64, q asked) {
	s := qs.shard(touch)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.known == nil {
		s.known, s.pending = map[uint64]struct{}{}, map[uint64][]asked{}
	}
	s.known[q.id] = struct{}{}
	delete(s.gone[touch], q.id)
	list := s.pending[touch]
	for i := range list {
		if list[i].id == q.id {
			list[i] = q
			return
		}
	}
	s.pending[touch] = append(list, q)
}

// forget drops a question that nobody asks any more.
func (qs *questions) forget(touch, id uint64) {
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
		s.gone = map[uint64]map[uint64]struct{}{}
	}
	if s.gone[touch] == nil {
		s.gone[touch] = map[uint64]struct{}{}
	}
	s.gone[touch][id] = struct{}{}
}

// about returns the questions that were asked about what touch is the hash of.
func (e *Engine) about(touch uint64) []asked {
	s := e.questions.shard(touch)
	s.mu.Lock()
	list := append([]asked(nil), s.pending[touch]...)
	gone := s.gone[touch]
	s.mu.Unlock()
	if !e.stored {
		return list
	}
	here := map[uint64]struct{}{}
	for _, q := range list {
		here[q.id] = struct{}{}
	}
	for id, data := range e.store.questions(touch) {
		if _, ok := here[id]; ok || len(data) < 8 {
			continue
		}
		if _, ok := gone[id]; !ok {
			list = append(list, asked{id, binary.LittleEndian.Uint64(data), data[8:]})
		}
	}
	return list
}

// settle asks the questions about everything touched again and remembers which
// answers differ.
func (e *Engine) settle() {
	touched := e.touched
	e.touched = nil
	if e.nothingAsked() {
		return
	}
	done := map[uint64]struct{}{}
	for _, t := range touched {
		if _, ok := done[t]; ok {
			continue
		}
		done[t] = struct{}{}
		for _, a := range e.about(t) {
			q, ok := decodeQuestion(a.encoded)
			if !ok {
				panic(damage{errQuestion})
			}
			if answer := e.answer(&q); answer != a.answer {
				e.differs[a.id] = differing{t, a.encoded}
				e.questions.set(t, asked{a.id, answer, a.encoded})
			}
		}
	}
}

type differing struct {
	touch   uint64
	encoded []byte
}

// nothingAsked is true in the first run of an engine that began empty.
func (e *Engine) nothingAsked() bool { return e.fresh && e.runs == 0 }
