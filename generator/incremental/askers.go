package incremental

import (
	"iter"
	"slices"
)

// A Subject is an aspect that questions can be about.
type Subject struct{ Stratum, Key, Aspect string }

// About addresses the aspect of a key's value.
func (p Aspect[T]) About(key string) Subject { return Subject{p.Stratum, key, p.Name} }

// Subjects gives the aspects of a key's value, by name.
func (e *Engine) Subjects(stratum, key string) (list []Subject) {
	if t, ok := e.task(e.stratumNumber(stratum), key); ok {
		t.eachPart(func(p part) { list = append(list, Subject{stratum, key, p.name}) })
	}
	return list
}

// Keys gives the keys for which a stratum has a value, sorted.
func (e *Engine) Keys(stratum string) (keys []string) {
	for key := range e.eachTask(e.stratumNumber(stratum)) {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

// Askers calls hit for each set of subjects and each key of a stratum whose
// function asked about one of the set when it ran last: for what would run again
// if all of the set changed. The subjects of a set come one after another; of a
// key and a set hit is called once. Nothing is run.
func (e *Engine) Askers(stratum string, sets iter.Seq2[int, Subject], hit func(set int, key string)) (err error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	defer RecoverDamage(&err)
	s := e.search(stratum, hit)
	for set, subject := range sets {
		for number, list := range e.asked(touchOf('v', e.stratumNumber(subject.Stratum), subject.Key)) {
			for q, by := range eachAsked(list) {
				if q.kind == 'v' && q.text == subject.Aspect {
					s.hit(set, s.current(number, by, nil))
				}
			}
		}
	}
	return nil
}

// Inserted is Askers for rows that do not exist: it calls hit for each key whose
// function asked something about a group that would be answered otherwise if the
// group had the row. Of two rows that would stand at one place of a group only
// the first is looked at.
func (e *Engine) Inserted(stratum string, sets iter.Seq2[int, Row], hit func(set int, key string)) (err error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	defer RecoverDamage(&err)
	type spot struct {
		place
		sort string
	}
	s, known := e.search(stratum, hit), map[spot][]uint32{}
	for set, r := range sets {
		at := spot{place{e.indexNumber(r.Index), r.Group}, r.Sort}
		numbers, ok := known[at]
		if !ok {
			numbers = e.altered(s, at.place, r)
			known[at] = numbers
		}
		s.hit(set, numbers)
	}
	return nil
}

// altered gives the tasks that would be answered otherwise about a group with one
// more row.
func (e *Engine) altered(s *askerSearch, p place, r Row) (numbers []uint32) {
	was := e.group(p)
	is := was.with([]change{{entry: entry{sort: r.Sort, key: r.Key, payload: text(r.Payload), owner: byInput}}})
	for number, list := range e.asked(touchOf('r', p.index, p.group)) {
		for q, by := range eachAsked(list) {
			if q.kind != 'v' && q.kind != 't' && q.concerns(r.Sort) && q.differs(was, is) {
				numbers = s.current(number, by, numbers)
			}
		}
	}
	slices.Sort(numbers)
	return slices.Compact(numbers)
}

// An askerSearch looks for the tasks of one stratum.
type askerSearch struct {
	stratum uint8
	tasks   currentTasks
	keys    []string // by number
	told    []int    // by number: the set of which hit was told last, and 1
	tell    func(set int, key string)
}

func (e *Engine) search(stratum string, tell func(set int, key string)) *askerSearch {
	s := &askerSearch{stratum: e.stratumNumber(stratum), tell: tell}
	for key, t := range e.eachTask(s.stratum) {
		n := s.tasks.add(&t)
		s.keys = slices.Grow(s.keys, max(0, len(s.tasks)-len(s.keys)))[:len(s.tasks)]
		s.keys[n] = key
	}
	s.told = make([]int, len(s.tasks))
	return s
}

// current appends the numbers of those of the stratum who asked something in a
// batch and have not run since.
func (s *askerSearch) current(batch uint32, by askers, numbers []uint32) []uint32 {
	for ref := range by.refs() {
		if ref.stratum() == s.stratum && s.tasks.asked(ref, batch) {
			numbers = append(numbers, ref.number())
		}
	}
	return numbers
}

func (s *askerSearch) hit(set int, numbers []uint32) {
	for _, n := range numbers {
		if s.told[n] != set+1 {
			s.told[n] = set + 1
			s.tell(set, s.keys[n])
		}
	}
}

// currentTasks holds, by the numbers of a stratum's tasks, the batch that has
// what each asked when it ran last, and 1; 0 where there is no task.
type currentTasks []uint32

func (c *currentTasks) add(t *task) (number uint32) {
	n := t.ref.number()
	if need := int(n) + 1; need > len(*c) {
		*c = append(*c, make([]uint32, need-len(*c))...)
	}
	(*c)[n] = t.asked + 1
	return n
}

// asked tells whether a task asked in a batch when it ran last.
func (c currentTasks) asked(ref taskRef, batch uint32) bool {
	n := ref.number()
	return n < uint32(len(c)) && c[n] == batch+1
}
