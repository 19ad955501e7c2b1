package print

import "encoding/binary"

// subset empties the outlines of the glyphs that no character of the encoding needs: a fifth of the font, in every file. The numbers of
// the glyphs stay, so that no other table changes. It returns ErrFont when the tables do not hold together.
func (tables sfnt) subset(cmap []byte) error {
	outlines, ok := tables.outlines()
	if !ok {
		return ErrFont
	}
	needed := make([]bool, len(outlines))
	need := []int{0} // the missing glyph
	for code := range 256 {
		need = append(need, glyphOf(cmap, decoded(byte(code))))
	}
	for len(need) > 0 {
		glyph := need[len(need)-1]
		if need = need[:len(need)-1]; glyph >= len(outlines) {
			return ErrFont
		}
		if !needed[glyph] {
			needed[glyph] = true
			need = append(need, components(outlines[glyph])...)
		}
	}
	var glyf, loca []byte
	for glyph, outline := range outlines {
		loca = binary.BigEndian.AppendUint32(loca, uint32(len(glyf)))
		if needed[glyph] {
			glyf = append(glyf, outline...)
		}
		for len(glyf)%4 != 0 {
			glyf = append(glyf, 0)
		}
	}
	tables["glyf"], tables["loca"] = glyf, binary.BigEndian.AppendUint32(loca, uint32(len(glyf)))
	head := append([]byte(nil), tables["head"]...)
	binary.BigEndian.PutUint16(head[50:], 1) // loca of 32 bits
	tables["head"] = head
	return nil
}

// outlines cuts table glyf by table loca, whose places are of 16 bits, halved, or of 32 (OpenType, "loca").
func (tables sfnt) outlines() (all [][]byte, ok bool) {
	glyf, loca, head := tables["glyf"], tables["loca"], tables["head"]
	if len(head) < 54 {
		return nil, false
	}
	place := func(i int) int { return 2 * int(binary.BigEndian.Uint16(loca[2*i:])) }
	count := len(loca) / 2
	if binary.BigEndian.Uint16(head[50:]) == 1 {
		place = func(i int) int { return int(binary.BigEndian.Uint32(loca[4*i:])) }
		count = len(loca) / 4
	}
	for i := range max(0, count-1) {
		from, to := place(i), place(i+1)
		if from > to || to > len(glyf) {
			return nil, false
		}
		all = append(all, glyf[from:to])
	}
	return all, len(all) > 0
}

// components lists the glyphs that a composite one, an á, is put together of (OpenType, "glyf").
func components(outline []byte) (glyphs []int) {
	const words, scale, more, twoScales, matrix = 0x0001, 0x0008, 0x0020, 0x0040, 0x0080
	if len(outline) < 10 || int16(binary.BigEndian.Uint16(outline)) >= 0 {
		return nil
	}
	for part := outline[10:]; len(part) >= 4; {
		flags := binary.BigEndian.Uint16(part)
		glyphs = append(glyphs, int(binary.BigEndian.Uint16(part[2:])))
		length := 6
		for flag, bytes := range map[uint16]int{words: 2, scale: 2, twoScales: 4, matrix: 8} {
			if flags&flag != 0 {
				length += bytes
			}
		}
		if flags&more == 0 || length > len(part) {
			break
		}
		part = part[length:]
	}
	return glyphs
}
