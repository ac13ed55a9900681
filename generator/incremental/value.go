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

// largeValue is the size in bytes from which on a value with an encoding of its
// own is decoded each time.
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

// once and twice mark a part that was decoded so often.
var once, twice = new(any), new(any)

// decoded decodes a part. What is asked for a third time is kept: most is asked
// for once or twice, and would only be looked through by every garbage
// collection.
func decoded[T any](e *Engine, p *part) T {
	kept := p.decoded.Load()
	if kept != nil && kept != once && kept != twice {
		if t, ok := (*kept).(T); ok {
			return t
		}
	}
	t := mustDecode[T](e, p.data)
	switch kept {
	case nil:
		p.decoded.CompareAndSwap(nil, once)
	case once:
		p.decoded.CompareAndSwap(once, twice)
	default:
		p.keep(t)
	}
	return t
}

// keep keeps what a part decodes to.
func (p *part) keep(was any) {
	if _, raw := was.([]byte); raw {
		return
	}
	if _, own := was.(encoding.BinaryAppender); own && len(p.data) >= largeValue {
		return
	}
	p.decoded.Store(&was)
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
// kept; ok is false if there is none.
func valueOf[T any](e *Engine, n uint8, key, aspect string) (t T, ok bool) {
	kept, known := e.tasks.get(n, key)
	if !known {
		var room [128]byte
		name := appendAspectName(room[:0], n, key, aspect)
		if data := e.aspects.get(name); data != nil {
			return mustDecode[T](e, data), true
		}
		kept = e.load(n, key)
		if p := kept.part(aspect); p != nil && p.data != nil && len(p.data) < largeValue {
			e.aspects.put(name, p.data)
		}
	}
	p := kept.part(aspect)
	if p == nil {
		return t, false
	}
	if p.data == nil {
		return notStored[T](e, kept, p, key), true
	}
	return decoded[T](e, p), true
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
