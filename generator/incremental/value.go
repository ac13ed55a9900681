package incremental

import (
	"encoding"
	"fmt"
	"reflect"
	"sync"
	"sync/atomic"

	"github.com/cespare/xxhash/v2"
	"github.com/fxamacker/cbor/v2"
)

type valueKey struct {
	stratum     uint8
	key, aspect string
}

// A value is one aspect, encoded, with its hash; what it decodes to is kept
// beside it as long as it is cached.
type value struct {
	hash    uint64
	data    []byte
	decoded atomic.Pointer[any]
}

// encode gives the bytes of a value: of []byte and string themselves, of what
// has an encoding of its own that one, of everything else deterministic CBOR
// (RFC 8949 §4.2), which costs five times as much.
func (e *Engine) encode(v any) ([]byte, error) {
	switch v := v.(type) {
	case []byte:
		return v, nil
	case string:
		return []byte(v), nil
	case encoding.BinaryAppender:
		return v.AppendBinary(nil)
	}
	return e.codec.Marshal(v)
}

func newValue(data []byte, was any) *value {
	v := &value{hash: nonZero(xxhash.Sum64(data)), data: data}
	if was != nil {
		v.keep(was)
	}
	return v
}

// largeValue is the size in bytes from which on a value with an encoding of its
// own is decoded each time: the text of an article is asked for once, decoding
// it costs some microseconds, and kept decoded it would be looked through by
// every garbage collection.
const largeValue = 2 << 10

func (v *value) keep(was any) {
	if len(v.data) >= largeValue {
		if _, own := was.(encoding.BinaryAppender); own {
			return
		}
	}
	v.decoded.Store(&was)
}

// nonZero keeps 0 for "not there".
func nonZero(h uint64) uint64 {
	if h == 0 {
		return 1
	}
	return h
}

func decoded[T any](e *Engine, v *value) T {
	if p := v.decoded.Load(); p != nil {
		if t, ok := (*p).(T); ok {
			return t
		}
	}
	var t T
	var err error
	switch p := any(&t).(type) {
	case *[]byte:
		*p = v.data
		return t
	case *string:
		*p = string(v.data)
	case encoding.BinaryUnmarshaler:
		err = p.UnmarshalBinary(v.data)
	default:
		if own, ok := made(&t).(encoding.BinaryUnmarshaler); ok {
			err = own.UnmarshalBinary(v.data)
		} else {
			err = e.decoder.Unmarshal(v.data, &t)
		}
	}
	if err != nil {
		panic(damage{fmt.Errorf("value of type %T: %w", t, err)})
	}
	v.keep(t)
	return t
}

// made lets a pointer type point to a new value, which it returns; of other types
// it returns nil and leaves them alone. The type of an aspect is an encoder or
// not, so nothing is undone where the caller goes on without.
func made[T any](t *T) any {
	v := reflect.ValueOf(t).Elem()
	if v.Kind() != reflect.Pointer {
		return nil
	}
	v.Set(reflect.New(v.Type().Elem()))
	return v.Interface()
}

// cacheBytes is how many encoded bytes each of the two generations of the cache
// may hold. What is decoded takes about three times as much.
const cacheBytes = 48 << 20

// values holds what was written and not yet stored, and a cache of the rest in
// two generations: what is used moves to the young one, and when that is full
// the old one is let go.
type values struct {
	mu         sync.RWMutex
	pending    map[valueKey]*value // nil: gone
	young, old map[valueKey]*value
	size       int
}

func (vs *values) get(k valueKey) (v *value, known bool) {
	vs.mu.RLock()
	if v, known = vs.pending[k]; !known {
		v, known = vs.young[k]
	}
	vs.mu.RUnlock()
	if known {
		return v, true
	}
	vs.mu.Lock()
	defer vs.mu.Unlock()
	if v, known = vs.old[k]; known {
		vs.keep(k, v)
	}
	return v, known
}

// keep puts a value into the cache; the caller holds the lock.
func (vs *values) keep(k valueKey, v *value) {
	if vs.young == nil {
		vs.young = map[valueKey]*value{}
	}
	if v != nil {
		vs.size += len(v.data)
	}
	vs.size += 100
	vs.young[k] = v
	if vs.size > cacheBytes {
		vs.old, vs.young, vs.size = vs.young, nil, 0
	}
}

func (vs *values) put(k valueKey, v *value) {
	vs.mu.Lock()
	if vs.pending == nil {
		vs.pending = map[valueKey]*value{}
	}
	vs.pending[k] = v
	vs.mu.Unlock()
}

// stored moves what was pending to the cache, after it has reached the store.
func (vs *values) stored() {
	vs.mu.Lock()
	defer vs.mu.Unlock()
	for k, v := range vs.pending {
		delete(vs.old, k)
		vs.keep(k, v)
	}
	vs.pending = nil
}

// value returns an aspect, from memory or from the store.
func (e *Engine) value(k valueKey) (*value, bool) {
	if v, known := e.values.get(k); known {
		return v, v != nil
	}
	data := e.store.get(valueStoreKey(k))
	var v *value
	if data != nil {
		v = newValue(data, nil)
	}
	e.values.mu.Lock()
	e.values.keep(k, v)
	e.values.mu.Unlock()
	return v, v != nil
}

// codec is made once: its modes are immutable and costly to make.
var codec = sync.OnceValues(newCodec)

func newCodec() (cbor.EncMode, cbor.DecMode) {
	enc, err := cbor.CoreDetEncOptions().EncMode()
	if err != nil {
		panic(err) // the options are constants
	}
	dec, err := cbor.DecOptions{MaxArrayElements: 1 << 30, MaxMapPairs: 1 << 30, MaxNestedLevels: 256, IntDec: cbor.IntDecConvertSigned,
		DefaultMapType: reflect.TypeFor[map[string]any](), // what is decoded must equal what was encoded
		UTF8:           cbor.UTF8DecodeInvalid,            // collation keys are strings of any bytes
	}.DecMode()
	if err != nil {
		panic(err)
	}
	return enc, dec
}

// Encode gives the bytes that Decode reads: for payloads of rows and for blobs.
// It panics for values that cannot be encoded, such as functions.
func Encode(v any) []byte {
	enc, _ := codec()
	data, err := enc.Marshal(v)
	if err != nil {
		panic(err)
	}
	return data
}

// Decode reads what Encode wrote.
func Decode[T any](data []byte) (t T, err error) {
	_, dec := codec()
	return t, dec.Unmarshal(data, &t)
}
