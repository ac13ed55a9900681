package recogniser

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"mihbara/generator/lang"
)

// A weightFile is a model as it is kept. The file is the line weightMagic, then,
// deflated: a byte, the binary logarithm of the number of rows; the rows label
// by label, a byte each; the pairs and the moves, two bytes each, the lower one
// first. See [weightFile.write] for the order.
type weightFile struct {
	rows  []int8 // of eight
	pairs [2 * classes * classes][labels]int16
	moves [classes][labels][labels]int16
}

const weightMagic = "mihbara recogniser 1\n"

// model gives the tables that labelling needs.
func (f *weightFile) model(t lang.Tag) *Model {
	m := &Model{Language: t, speller: spellerOf(t, t), rows: f.rows, file: f}
	for side := range m.pairs {
		for i := range m.pairs[side] {
			var scores [labels]int32
			for l, x := range f.pairs[side*classes*classes+i] {
				scores[l] = int32(x)
			}
			m.pairs[side][i] = newVector(&scores)
		}
	}
	m.moves = newMoves(&f.moves)
	return m
}

// Bytes gives the model as a file.
func (m *Model) Bytes() []byte {
	var out bytes.Buffer
	out.WriteString(weightMagic)
	w, err := flate.NewWriter(&out, flate.BestCompression)
	if err == nil {
		err = m.file.write(w)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		panic("writing to memory: " + err.Error())
	}
	return out.Bytes()
}

func (f *weightFile) write(w io.Writer) error {
	bits := 0
	for 8<<bits < len(f.rows) {
		bits++
	}
	plain := []byte{byte(bits)}
	for l := range labels {
		for i := l; i < len(f.rows); i += 8 {
			plain = append(plain, byte(f.rows[i]))
		}
	}
	if _, err := w.Write(plain); err != nil {
		return err
	}
	if err := binary.Write(w, binary.LittleEndian, &f.pairs); err != nil {
		return err
	}
	return binary.Write(w, binary.LittleEndian, &f.moves)
}

// ReadModel reads what [Model.Bytes] gave.
func ReadModel(t lang.Tag, data []byte) (*Model, error) {
	rest, ok := bytes.CutPrefix(data, []byte(weightMagic))
	if !ok {
		return nil, errors.New("these are no weights of this version")
	}
	f := &weightFile{}
	if err := f.read(flate.NewReader(bytes.NewReader(rest))); err != nil {
		return nil, fmt.Errorf("weights of %s: %w", t, err)
	}
	return f.model(t), nil
}

func (f *weightFile) read(r io.Reader) error {
	var head [1]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return err
	}
	if head[0] > 22 {
		return fmt.Errorf("%d bits of rows", head[0])
	}
	n := 1 << head[0]
	plain := make([]byte, labels*n)
	if _, err := io.ReadFull(r, plain); err != nil {
		return err
	}
	f.rows = make([]int8, 8*n)
	for l := range labels {
		for i, x := range plain[l*n : (l+1)*n] {
			f.rows[8*i+l] = int8(x)
		}
	}
	if err := binary.Read(r, binary.LittleEndian, &f.pairs); err != nil {
		return err
	}
	return binary.Read(r, binary.LittleEndian, &f.moves)
}
