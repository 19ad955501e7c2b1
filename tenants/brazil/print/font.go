package print

import (
	"bytes"
	"compress/zlib"
	"embed"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"sync"
)

// The fonts are Figtree (SIL Open Font License) from the npm package @fontsource/figtree. They are copied here before the program is
// built and are not in the repository; .keep is, so that the program compiles without them.
//
//go:embed all:fonts
var fontFiles embed.FS

// ErrNoFont means that the program was built without its fonts. Run make build, which copies them first.
var ErrNoFont = errors.New("the program was built without fonts/figtree-latin-*.woff")

// font is one weight of Figtree, measured and packed for a PDF once per process.
type font struct {
	name    string
	widths  [256]int // of each character of the encoding, in thousandths of the size; 0 for one the font lacks
	listed  string   // widths from the blank on, as a PDF wants them
	box     [4]int16 // of all glyphs, thousandths of the size, as are the next three
	ascent  int
	descent int
	capital int // height of an H
	packed  []byte
	length  int // of packed, unpacked
}

// typefaces opens both weights for the first paper printed.
var typefaces = sync.OnceValues(func() ([2]*font, error) { return openFonts(fontFiles) })

func openFonts(files fs.FS) (faces [2]*font, err error) {
	for i, weight := range []struct{ name, file string }{
		regular: {"ENLACE+Figtree-Regular", "fonts/figtree-latin-400-normal.woff"},
		bold:    {"ENLACE+Figtree-Bold", "fonts/figtree-latin-700-normal.woff"},
	} {
		file, err := fs.ReadFile(files, weight.file)
		if err != nil {
			return faces, fmt.Errorf("%w: %w", ErrNoFont, err)
		}
		if faces[i], err = openFont(weight.name, file); err != nil {
			return faces, fmt.Errorf("%s: %w", weight.file, err)
		}
	}
	return faces, nil
}

func openFont(name string, woff []byte) (*font, error) {
	tables, err := unwoff(woff)
	if err != nil {
		return nil, err
	}
	head, hhea, hmtx, os2, cmap := tables["head"], tables["hhea"], tables["hmtx"], tables["OS/2"], unicodeMap(tables["cmap"])
	if len(head) < 54 || len(hhea) < 36 || len(os2) < 90 || cmap == nil || binary.BigEndian.Uint16(head[18:]) != 1000 {
		return nil, ErrFont
	}
	metrics := int(binary.BigEndian.Uint16(hhea[34:]))
	if metrics == 0 || len(hmtx) < 4*metrics {
		return nil, ErrFont
	}
	f := &font{name: name, ascent: int(int16(binary.BigEndian.Uint16(hhea[4:]))), descent: int(int16(binary.BigEndian.Uint16(hhea[6:]))),
		capital: int(binary.BigEndian.Uint16(os2[88:]))}
	for i := range f.box {
		f.box[i] = int16(binary.BigEndian.Uint16(head[36+2*i:]))
	}
	for code := range f.widths {
		if glyph := glyphOf(cmap, decoded(byte(code))); glyph > 0 {
			f.widths[code] = int(binary.BigEndian.Uint16(hmtx[4*min(glyph, metrics-1):]))
		}
	}
	f.listed = fmt.Sprint(f.widths[' ':])
	if err := tables.subset(cmap); err != nil {
		return nil, err
	}
	file := tables.trueType()
	var packed bytes.Buffer
	deflate, _ := zlib.NewWriterLevel(&packed, zlib.BestCompression)
	deflate.Write(file)
	deflate.Close()
	f.packed, f.length = packed.Bytes(), len(file)
	return f, nil
}

// unicodeMap returns the part of table cmap for Windows, Unicode (3, 1), in format 4; nil if there is none.
func unicodeMap(cmap []byte) []byte {
	if len(cmap) < 4 {
		return nil
	}
	for entry := cmap[4:min(len(cmap), 4+8*int(binary.BigEndian.Uint16(cmap[2:])))]; len(entry) >= 8; entry = entry[8:] {
		start := int(binary.BigEndian.Uint32(entry[4:]))
		if binary.BigEndian.Uint32(entry) == 3<<16|1 && start+14 < len(cmap) && binary.BigEndian.Uint16(cmap[start:]) == 4 {
			return cmap[start:]
		}
	}
	return nil
}

// glyphOf finds the glyph of a character in a cmap of format 4 (OpenType, "cmap"): runs of characters, their ends, starts, deltas and
// offsets in four arrays one behind the other. It returns 0, the missing glyph, for a character the font lacks.
func glyphOf(cmap []byte, char rune) int {
	word := func(at int) int {
		if at < 0 || at+2 > len(cmap) {
			return 0
		}
		return int(binary.BigEndian.Uint16(cmap[at:]))
	}
	runs := word(6) // twice their number
	for i := 0; i < runs; i += 2 {
		start, end := word(16+runs+i), word(14+i)
		if int(char) > end {
			continue
		}
		if int(char) < start {
			return 0
		}
		delta, offset := word(16+2*runs+i), word(16+3*runs+i)
		if offset == 0 {
			return (int(char) + delta) & 0xffff
		}
		if glyph := word(16 + 3*runs + i + offset + 2*(int(char)-start)); glyph != 0 {
			return (glyph + delta) & 0xffff
		}
		return 0
	}
	return 0
}
