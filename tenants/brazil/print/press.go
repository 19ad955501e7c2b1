package print

import (
	"bytes"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode/utf16"
)

// Imprint is what the file says of itself.
type Imprint struct {
	Title  string
	Author string
	MadeAt time.Time // the only time in the file; equal data at an equal time gives equal bytes
}

// Press writes one PDF file, page by page: memory does not grow with the papers, but for some bytes a page. It is for one goroutine.
type Press struct {
	out      io.Writer
	written  int64
	offsets  []int64 // of every object; that of object n is at n-1
	pages    []int   // objects of the pages
	logos    []*Logo // drawn so far; that of resource /Ln is at n
	pictures []int   // their objects
	page     sheet
	packed   bytes.Buffer
	err      error
}

// deflaters are kept from file to file: a new one takes most of a megabyte, which is more than all else that a carnê needs. Level 5 packs
// to within a twentieth of the best in half the time.
var deflaters = sync.Pool{New: func() any {
	deflate, _ := zlib.NewWriterLevel(nil, 5)
	return deflate
}}

// The objects that every file has come first, so that pages can name them.
const (
	catalog = 1 + iota
	pageTree
	info
	resources
	fontObjects // each weight has three: font, descriptor, file
	firstFree   = fontObjects + 6
)

// ErrNoPages means that a file was closed before anything was printed.
var ErrNoPages = errors.New("a PDF needs a page")

// NewPress begins a PDF file. It returns ErrNoFont when the program was built without fonts. Errors of w come from the papers and Close.
func NewPress(w io.Writer, imprint Imprint) (*Press, error) {
	faces, err := typefaces()
	if err != nil {
		return nil, err
	}
	p := &Press{out: w, offsets: make([]int64, firstFree-1), page: sheet{faces: faces, stream: make([]byte, 0, 1<<16)}}
	p.write([]byte("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")) // the second line tells mailers that this is no text
	p.object(info, fmt.Sprintf("<</Title %s/Author %s/Producer(Enlace)/CreationDate(D:%s)>>",
		textString(imprint.Title), textString(imprint.Author), imprint.MadeAt.UTC().Format("20060102150405Z")))
	for i, f := range faces {
		p.font(fontObjects+3*i, f)
	}
	return p, p.err
}

// font writes a weight as a simple TrueType font.
func (p *Press) font(n int, f *font) {
	p.object(n, fmt.Sprintf("<</Type/Font/Subtype/TrueType/BaseFont/%s/FirstChar 32/LastChar 255/Widths%s/FontDescriptor %d 0 R"+
		"/Encoding<</Type/Encoding/BaseEncoding/WinAnsiEncoding/Differences[%d/minus]>>>>", f.name, f.listed, n+1, minus))
	p.object(n+1, fmt.Sprintf("<</Type/FontDescriptor/FontName/%s/Flags 32/FontBBox%v/ItalicAngle 0/Ascent %d/Descent %d/CapHeight %d/StemV 90/FontFile2 %d 0 R>>",
		f.name, f.box, f.ascent, f.descent, f.capital, n+2))
	p.stream(n+2, fmt.Sprintf("/Length1 %d", f.length), deflated, f.packed)
}

// logo writes a picture into the file when it is drawn for the first time, and returns its number among them.
func (p *Press) logo(l *Logo) int {
	if i := slices.Index(p.logos, l); i >= 0 {
		return i
	}
	n := p.next()
	p.stream(n, fmt.Sprintf("/Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceRGB/BitsPerComponent 8", l.width, l.height), l.filter, l.packed)
	p.logos, p.pictures = append(p.logos, l), append(p.pictures, n)
	return len(p.logos) - 1
}

// endPage writes the page that was drawn and clears the sheet for the next.
func (p *Press) endPage() {
	p.packed.Reset()
	deflate := deflaters.Get().(*zlib.Writer)
	deflate.Reset(&p.packed)
	deflate.Write(p.page.stream)
	deflate.Close()
	deflaters.Put(deflate)
	p.page.stream, p.page.top = p.page.stream[:0], 0
	content := p.next()
	p.stream(content, "", deflated, p.packed.Bytes())
	page := p.next()
	p.object(page, fmt.Sprintf("<</Type/Page/Parent %d 0 R/MediaBox[0 0 595.28 841.89]/Resources %d 0 R/Contents %d 0 R>>", pageTree, resources, content))
	p.pages = append(p.pages, page)
}

// Close ends the file: what its pages draw with, page tree, catalog, table of objects. It does not close the writer.
func (p *Press) Close() error {
	if len(p.pages) == 0 {
		return errors.Join(ErrNoPages, p.err)
	}
	var kids, pictures strings.Builder
	for _, page := range p.pages {
		fmt.Fprintf(&kids, "%d 0 R ", page)
	}
	for i, picture := range p.pictures {
		fmt.Fprintf(&pictures, "/L%d %d 0 R", i, picture)
	}
	p.object(resources, fmt.Sprintf("<</Font<</F%d %d 0 R/F%d %d 0 R>>/XObject<<%s>>>>", regular, fontObjects, bold, fontObjects+3, pictures.String()))
	p.object(pageTree, fmt.Sprintf("<</Type/Pages/Count %d/Kids[%s]>>", len(p.pages), kids.String()))
	p.object(catalog, fmt.Sprintf("<</Type/Catalog/Pages %d 0 R/Lang(pt-BR)/ViewerPreferences<</DisplayDocTitle true>>>>", pageTree))
	start := p.written
	var table bytes.Buffer
	fmt.Fprintf(&table, "xref\n0 %d\n0000000000 65535 f \n", len(p.offsets)+1)
	for _, offset := range p.offsets {
		fmt.Fprintf(&table, "%010d 00000 n \n", offset)
	}
	fmt.Fprintf(&table, "trailer\n<</Size %d/Root %d 0 R/Info %d 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(p.offsets)+1, catalog, info, start)
	p.write(table.Bytes())
	return p.err
}

// next takes the number of a new object.
func (p *Press) next() int {
	p.offsets = append(p.offsets, 0)
	return len(p.offsets)
}

func (p *Press) object(n int, body string) {
	p.offsets[n-1] = p.written
	p.write(fmt.Appendf(nil, "%d 0 obj\n%s\nendobj\n", n, body))
}

// deflated is the filter of what zlib packed.
const deflated = "FlateDecode"

func (p *Press) stream(n int, more, filter string, packed []byte) {
	p.offsets[n-1] = p.written
	p.write(fmt.Appendf(nil, "%d 0 obj\n<</Filter/%s/Length %d%s>>stream\n", n, filter, len(packed), more))
	p.write(packed)
	p.write([]byte("\nendstream\nendobj\n"))
}

// write remembers the first error and writes nothing after it.
func (p *Press) write(b []byte) {
	if p.err != nil {
		return
	}
	n, err := p.out.Write(b)
	p.written, p.err = p.written+int64(n), err
}

// textString writes a text for people as PDF wants it, UTF-16 in hexadecimal.
func textString(s string) string {
	var b strings.Builder
	b.WriteString("<FEFF")
	for _, unit := range utf16.Encode([]rune(s)) {
		fmt.Fprintf(&b, "%04X", unit)
	}
	b.WriteByte('>')
	return b.String()
}
