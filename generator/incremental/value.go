package incremental

import (
	"encoding"
	"fmt"
	"reflect"
	"sync"
	"unsafe"

	"github.com/fxamacker/cbor/v2"
)

// appendValue appends the bytes of a value: of []byte and string themselves, of
// what has an encoding of its own that one, of everything else deterministic CBOR
// (RFC 8949 §4.2), which costs five times as much.
func (e *Engine) appendValue(b []byte, v any) ([]byte, error) {
	switch v := v.(type) {
	case []byte:
		return append(b, v...), nil
	case string:
		return append(b, v...), nil
	case encoding.BinaryAppender:
		return v.AppendBinary(b)
	}
	data, err := e.codec.Marshal(v)
	return append(b, data...), err
}

// largeValue is the size in bytes from which on an aspect is not kept apart from
// its record.
const largeValue = 2 << 10

// nonZero keeps 0 for "not there".
func nonZero(h uint64) uint64 {
	if h == 0 {
		return 1
	}
	return h
}

// unsafeBytes shows a string as bytes, which must not be changed; not nil.
func unsafeBytes(s string) []byte {
	if s == "" {
		return []byte{}
	}
	return unsafe.Slice(unsafe.StringData(s), len(s))
}

func mustDecode[T any](e *Engine, data []byte) T {
	t, err := decode[T](e, data)
	if err != nil {
		panic(damage{fmt.Errorf("value of type %T: %w", t, err)})
	}
	return t
}

func decode[T any](e *Engine, data []byte) (t T, err error) {
	switch p := any(&t).(type) {
	case *[]byte:
		*p = data
	case *string:
		*p = text(data)
	case encoding.BinaryUnmarshaler:
		err = p.UnmarshalBinary(data)
	default:
		if own, ok := fresh(&t).(encoding.BinaryUnmarshaler); ok {
			err = own.UnmarshalBinary(data)
		} else {
			err = e.decoder.Unmarshal(data, &t)
		}
	}
	return t, err
}

// fresh lets a pointer type point to a new value, which it returns; of other types
// it returns nil and leaves them alone. The type of an aspect is an encoder or
// not, so nothing is undone where the caller goes on without.
func fresh[T any](t *T) any {
	v := reflect.ValueOf(t).Elem()
	if v.Kind() != reflect.Pointer {
		return nil
	}
	v.Set(reflect.New(v.Type().Elem()))
	return v.Interface()
}

// aspectBytes is how many bytes of single aspects each generation of their cache
// may hold: lists ask for the card of an article again and again, and for nothing
// else of it.
const aspectBytes = 24 << 20

// appendAspectName appends what names an aspect in the cache.
func appendAspectName(b []byte, n uint8, key, aspect string) []byte {
	return append(append(append(append(b, n), key...), 0), aspect...)
}

// valueOf returns an aspect of a task's value, made again where only its hash was
// kept; ok is false if there is none. The touch is that of the key.
func valueOf[T any](e *Engine, n uint8, touch uint64, key string, aspect Aspect[T]) (t T, ok bool) {
	f, kept := e.tasks.findKept(n, touch, key, aspect.Name, aspect.Often, e.nothingAsked())
	if kept != nil {
		if t, ok = kept.(T); ok {
			return t, true
		}
	}
	return valueIn(e, f, n, touch, key, aspect)
}

// valueBy is valueOf for a task whose number is known.
func valueBy[T any](e *Engine, by taskRef, touch uint64, key string, aspect Aspect[T]) (t T, ok bool) {
	n := by.stratum()
	f, kept := e.tasks.numbered(n, by.number(), key, aspect.Name, aspect.Often, e.nothingAsked())
	if kept != nil {
		if t, ok = kept.(T); ok {
			return t, true
		}
	}
	if !f.known {
		return valueOf(e, n, touch, key, aspect)
	}
	return valueIn(e, f, n, touch, key, aspect)
}

// valueIn reads an aspect from what memory has of a task, or from the store.
func valueIn[T any](e *Engine, f found, n uint8, touch uint64, key string, aspect Aspect[T]) (t T, ok bool) {
	if !f.known {
		var room [128]byte
		name := appendAspectName(room[:0], n, key, aspect.Name)
		if data := e.aspects.get(name); data != nil {
			return mustDecode[T](e, data), true
		}
		if f = e.load(n, touch, key); f.absent() {
			return t, false
		}
		loaded := viewTask(n, f.record)
		if p, ok := loaded.part(aspect.Name); ok && p.data != nil && len(p.data) < largeValue {
			e.aspects.put(name, p.data)
		}
	}
	if f.absent() {
		return t, false
	}
	task := viewTask(n, f.record)
	p, ok := task.part(aspect.Name)
	if !ok {
		return t, false
	}
	if p.data == nil {
		return notStored[T](e, task.ref, p, key), true
	}
	t = mustDecode[T](e, p.data)
	if aspect.Often {
		t = keep(&e.tasks.strata[n], task.ref.number(), key, aspect.Name, t, e.nothingAsked())
	}
	return t, true
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
