package incremental

import (
	"sync"
	"unsafe"
)

// groups holds the rows of groups that were read or changed, each whole and
// sorted. In an engine that began empty every group is here, and one that is
// not has no rows.
type groups struct {
	mu   sync.RWMutex
	rows map[place][]entry
}

// group returns the rows of a group, which the caller must not change.
func (e *Engine) group(p place) []entry {
	e.groups.mu.RLock()
	rows, ok := e.groups.rows[p]
	e.groups.mu.RUnlock()
	if ok || e.fresh {
		return rows
	}
	rows = e.store.rows(p)
	e.groups.mu.Lock()
	defer e.groups.mu.Unlock()
	if known, ok := e.groups.rows[p]; ok { // another goroutine was quicker
		return known
	}
	e.groups.rows[p] = rows
	return rows
}

func (e *Engine) setGroup(p place, rows []entry) {
	if len(rows) == 0 {
		rows = nil
	}
	if rows == nil && e.fresh {
		delete(e.groups.rows, p)
		return
	}
	e.groups.rows[p] = rows
}

func (e *Engine) rows(p place, found selection) []Row {
	out := make([]Row, len(found.rows))
	for i := range out {
		out[i] = e.row(p, found.at(i))
	}
	return out
}

// row shows an entry as a row, which shares its bytes: rows are immutable.
func (e *Engine) row(p place, r *entry) Row {
	return Row{e.indexes[p.index], p.group, r.sort, r.key, unsafe.Slice(unsafe.StringData(r.payload), len(r.payload))}
}

// applyRows makes the changes, which come in any order, and notes which groups
// were touched.
func (e *Engine) applyRows(changes []change) {
	sortChanges(changes)
	for len(changes) > 0 {
		p, n := changes[0].place, 1
		for n < len(changes) && changes[n].place == p {
			n++
		}
		e.setGroup(p, applyChanges(e.group(p), changes[:n]))
		e.touchGroup(p, changes[0].sort)
		e.pendingRows = append(e.pendingRows, changes[:n]...)
		changes = changes[n:]
	}
}

func (e *Engine) touchGroup(p place, sort string) {
	e.touched = append(e.touched, touch{touchOf('r', p.index, p.group), sort})
	set := e.touchedGroups[p.index]
	if set == nil {
		set = map[string]struct{}{}
		e.touchedGroups[p.index] = set
	}
	set[p.group] = struct{}{}
}
