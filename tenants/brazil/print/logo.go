package print

import (
	"bytes"
	"compress/zlib"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"image/png"
)

// Logo is a picture an ISP signs its papers with, made ready to be drawn. It is opened once and serves any number of files.
type Logo struct {
	width, height int    // dots
	filter        string // of the PDF
	packed        []byte
}

var (
	// ErrLogoFormat means a file that is neither a PNG nor a JPEG, or one that is damaged.
	ErrLogoFormat = errors.New("a logo is a PNG or a JPEG")
	// ErrLogoSize means a logo of more than 512 KB, more than 4,000 dots a side, or more than two million dots.
	ErrLogoSize = errors.New("a logo has at most 512 KB and two million dots")
)

// What a stranger's file may ask of us.
const (
	mostLogoBytes = 512 << 10
	mostLogoSide  = 4000
	mostLogoDots  = 2_000_000
	mostScans     = 64 // of a progressive JPEG: honest ones have about ten, and each is a walk over the whole picture
)

// The logo's place: the head of the recibo do pagador. Its dots are as fine as they stay legible; finer ones only make the file heavier.
const (
	logoWidth  = stubWidth
	logoHeight = 7.6
	dotsPerMM  = 240 / 25.4
)

// OpenLogo reads a PNG or a JPEG and makes it as small as it is printed, on white. It returns ErrLogoFormat and ErrLogoSize.
func OpenLogo(file []byte) (*Logo, error) {
	if len(file) > mostLogoBytes {
		return nil, fmt.Errorf("%d bytes: %w", len(file), ErrLogoSize)
	}
	reader := bytes.NewReader(file)
	decode, config := png.Decode, png.DecodeConfig
	if bytes.HasPrefix(file, []byte{0xff, 0xd8}) {
		if decode, config = jpeg.Decode, jpeg.DecodeConfig; bytes.Count(file, []byte{0xff, 0xda}) > mostScans {
			return nil, fmt.Errorf("more than %d scans: %w", mostScans, ErrLogoFormat)
		}
	}
	says, err := config(reader)
	switch {
	case err != nil:
		return nil, fmt.Errorf("%w: %w", ErrLogoFormat, err)
	case says.Width > mostLogoSide || says.Height > mostLogoSide || says.Width*says.Height > mostLogoDots:
		return nil, fmt.Errorf("%d × %d dots: %w", says.Width, says.Height, ErrLogoSize)
	case says.Width < 1 || says.Height < 1:
		return nil, fmt.Errorf("%d × %d dots: %w", says.Width, says.Height, ErrLogoFormat)
	}
	reader.Reset(file)
	picture, err := decode(reader)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrLogoFormat, err)
	}
	return pack(shrink(picture)), nil
}

// shrink lays a picture on white paper and averages it down to the dots it is printed with. A small one keeps its dots.
func shrink(picture image.Image) *image.RGBA {
	from := image.NewRGBA(image.Rectangle{Max: picture.Bounds().Size()})
	draw.Draw(from, from.Rect, image.White, image.Point{}, draw.Src)
	draw.Draw(from, from.Rect, picture, picture.Bounds().Min, draw.Over)
	w, h := from.Rect.Dx(), from.Rect.Dy()
	scale := min(1, logoWidth*dotsPerMM/float64(w), logoHeight*dotsPerMM/float64(h))
	to := image.NewRGBA(image.Rect(0, 0, max(1, int(float64(w)*scale)), max(1, int(float64(h)*scale))))
	for y := range to.Rect.Dy() {
		top, bottom := h*y/to.Rect.Dy(), h*(y+1)/to.Rect.Dy()
		for x := range to.Rect.Dx() {
			start, end := w*x/to.Rect.Dx(), w*(x+1)/to.Rect.Dx()
			to.SetRGBA(x, y, mean(from, image.Rect(start, top, end, bottom)))
		}
	}
	return to
}

func mean(picture *image.RGBA, area image.Rectangle) color.RGBA {
	var r, g, b int
	for y := area.Min.Y; y < area.Max.Y; y++ {
		row := picture.Pix[picture.PixOffset(area.Min.X, y):picture.PixOffset(area.Max.X, y)]
		for ; len(row) > 0; row = row[4:] {
			r, g, b = r+int(row[0]), g+int(row[1]), b+int(row[2])
		}
	}
	n := area.Dx() * area.Dy()
	return color.RGBA{uint8(r / n), uint8(g / n), uint8(b / n), 0xff}
}

// heaviest is the most a logo adds to a file: a carnê of 12 slips stays under 60 KB whatever its logo.
const heaviest = 5_000

// pack chooses what is lighter: few colours pack better as they are, a photograph as JPEG, as fine as the weight allows.
func pack(picture *image.RGBA) *Logo {
	var flat, lossy bytes.Buffer
	deflate, _ := zlib.NewWriterLevel(&flat, zlib.BestCompression)
	for i := 0; i < len(picture.Pix); i += 4 {
		deflate.Write(picture.Pix[i : i+3])
	}
	deflate.Close()
	logo := &Logo{width: picture.Rect.Dx(), height: picture.Rect.Dy(), filter: deflated, packed: flat.Bytes()}
	for quality := 90; len(logo.packed) > heaviest && quality >= 0; quality -= 15 {
		lossy.Reset()
		_ = jpeg.Encode(&lossy, picture, &jpeg.Options{Quality: quality}) // a buffer takes all, and no logo is too large
		logo.filter, logo.packed = "DCTDecode", lossy.Bytes()
	}
	return logo
}

// size is how large the logo is printed, in millimetres: as large as its place, but a small one no coarser than 120 dots an inch.
func (l *Logo) size() (w, h float64) { return l.within(logoWidth, logoHeight) }

// within is size of another place.
func (l *Logo) within(width, height float64) (w, h float64) {
	scale := min(width/float64(l.width), height/float64(l.height), 2/dotsPerMM)
	return float64(l.width) * scale, float64(l.height) * scale
}
