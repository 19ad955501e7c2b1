package print

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// ErrFont means that a font file is not what it should be.
var ErrFont = errors.New("not a WOFF 1 font")

// sfnt holds the tables of a TrueType font by their names.
type sfnt map[string][]byte

// mostTable keeps a false length from asking for memory; the largest table of a text face is a few hundred kilobytes.
const mostTable = 1 << 22

// unwoff opens a WOFF 1 file (W3C WOFF File Format 1.0): a header of 44 bytes, 20 bytes a table, and the tables, each by itself packed
// with zlib where that makes it smaller. It returns ErrFont for anything else.
func unwoff(file []byte) (sfnt, error) {
	if len(file) < 44 || string(file[:4]) != "wOFF" {
		return nil, ErrFont
	}
	count := int(binary.BigEndian.Uint16(file[12:]))
	if len(file) < 44+20*count {
		return nil, ErrFont
	}
	tables := sfnt{}
	for i := range count {
		entry := file[44+20*i:]
		name := string(entry[:4])
		start, packed, length := binary.BigEndian.Uint32(entry[4:]), binary.BigEndian.Uint32(entry[8:]), binary.BigEndian.Uint32(entry[12:])
		if uint64(start)+uint64(packed) > uint64(len(file)) || length > mostTable || packed > length {
			return nil, fmt.Errorf("table %q: %w", name, ErrFont)
		}
		table := file[start : start+packed]
		if packed < length {
			table = make([]byte, length)
			source, err := zlib.NewReader(bytes.NewReader(file[start : start+packed]))
			if err != nil {
				return nil, fmt.Errorf("table %q: %w: %w", name, ErrFont, err)
			}
			if _, err := io.ReadFull(source, table); err != nil {
				return nil, fmt.Errorf("table %q: %w: %w", name, ErrFont, err)
			}
		}
		tables[name] = table
	}
	return tables, nil
}

// drawn are the tables from which a PDF reader draws letters, in the order a font file lists them. Kerning and the like stay behind.
var drawn = []string{"cmap", "glyf", "head", "hhea", "hmtx", "loca", "maxp"}

// trueType puts the drawn tables together as a TrueType file. Checksums stay zero: PDF readers do not look at them.
func (tables sfnt) trueType() []byte {
	n := uint16(len(drawn))
	file := binary.BigEndian.AppendUint32(nil, 0x00010000)
	for _, v := range []uint16{n, 64, 2, 16*n - 64} { // the last three are for a binary search among seven tables
		file = binary.BigEndian.AppendUint16(file, v)
	}
	offset := 12 + 16*len(drawn)
	for _, name := range drawn {
		file = append(file, name...)
		for _, v := range []int{0, offset, len(tables[name])} {
			file = binary.BigEndian.AppendUint32(file, uint32(v))
		}
		offset += (len(tables[name]) + 3) &^ 3
	}
	for _, name := range drawn {
		file = append(file, tables[name]...)
		for len(file)%4 != 0 {
			file = append(file, 0)
		}
	}
	return file
}
