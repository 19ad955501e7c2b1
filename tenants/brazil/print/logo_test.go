package print

import (
	"bytes"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"math/rand/v2"
	"os/exec"
	"regexp"
	"strings"
	"testing"
)

// badge is an orange disc on nothing, w by h dots.
func badge(w, h int) image.Image {
	picture := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			if dx, dy := 2*x-w, 2*y-h; dx*dx*h*h+dy*dy*w*w < w*w*h*h {
				picture.SetNRGBA(x, y, color.NRGBA{0xe8, 0x59, 0x0c, 0xff})
			}
		}
	}
	return picture
}

func pngOf(t testing.TB, picture image.Image) []byte {
	t.Helper()
	var file bytes.Buffer
	if err := png.Encode(&file, picture); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

func jpegOf(t testing.TB, picture image.Image) []byte {
	t.Helper()
	var file bytes.Buffer
	if err := jpeg.Encode(&file, picture, nil); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

func opened(t testing.TB, file []byte) *Logo {
	t.Helper()
	logo, err := OpenLogo(file)
	if err != nil {
		t.Fatal(err)
	}
	return logo
}

func TestTheLogoStandsAtTheHeadOfEverySlipAndOnceInTheFile(t *testing.T) {
	signed := Brand{Name: "Fibra Norte", Logo: opened(t, pngOf(t, badge(1000, 200)))}
	slips := carne(4)
	slips[3].Bank = nil
	file := printedFor(t, signed, slips)
	if strings.Contains(words(t, file, "-y", "0", "-x", "0", "-W", "140", "-H", "30"), "Fibra Norte") {
		t.Error("the name stands beside the logo")
	}
	list, err := exec.Command("pdfimages", "-list", file).CombinedOutput()
	found := regexp.MustCompile(`(?m)^ +\d +\d image +359 +71 +rgb +3 +8 .* (\d+) +0 +\d+ +\d+ .*$`).FindAllSubmatch(list, -1)
	if err != nil || len(found) != 4 || string(found[0][1]) != string(found[3][1]) {
		t.Errorf("four slips draw %s", list)
	}
	// Ink in the logo's colour stands inside its place, and nowhere else on the page.
	const dotsPerMM = 100 / 25.4
	page, seen := pageOf(t, rasters(t, file, "-r", "100")[0]), 0
	for y := range page.height {
		for x := range page.width {
			if dot := page.dot(x, y); dot[0] < 0xd0 || dot[2] > 0x60 {
				continue
			}
			across, down := float64(x)/dotsPerMM, float64(y)/dotsPerMM
			if down -= slipHeight * float64(int(down/slipHeight)); across < margin-0.2 || across > stubRight+0.2 || down < 2.5 || down > headY {
				t.Fatalf("the logo's colour at %.1f, %.1f mm of a slip", across, down)
			}
			seen++
		}
	}
	if seen < 3*3000 { // the ellipse of 38 by 7.6 mm is 3,500 dots, on each of three slips
		t.Errorf("%d dots of the logo were printed", seen)
	}
}

func TestACarneStaysWithinTheSizeOfAMailWhateverItsLogo(t *testing.T) {
	noise := image.NewRGBA(image.Rect(0, 0, 500, 100))
	r := rand.New(rand.NewPCG(1, 2))
	for i := range noise.Pix {
		noise.Pix[i] = byte(r.Uint32()) | byte(i%4/3*0xff)
	}
	for name, picture := range map[string]image.Image{"few colours": badge(1000, 200), "noise": noise} {
		var file counter
		if err := Booklet(&file, imprint, Brand{Logo: opened(t, pngOf(t, picture))}, carne(12)); err != nil || file > 60_000 {
			t.Errorf("%s: %d bytes, %v", name, file, err)
		}
	}
}

func TestPicturesAreMadeAsSmallAsTheyArePrinted(t *testing.T) {
	photo := image.NewRGBA(image.Rect(0, 0, 800, 600))
	for i := range photo.Pix {
		photo.Pix[i] = byte(i * i >> 7)
	}
	for name, c := range map[string]struct {
		file          []byte
		width, height int
		filter        string
	}{
		"a wide one":   {pngOf(t, badge(2000, 100)), 359, 17, "FlateDecode"},
		"a tall one":   {pngOf(t, badge(100, 2000)), 3, 71, "FlateDecode"},
		"a small one":  {pngOf(t, badge(20, 10)), 20, 10, "FlateDecode"},
		"a line":       {pngOf(t, badge(4000, 1)), 359, 1, "FlateDecode"},
		"grey":         {jpegOf(t, image.NewGray(image.Rect(0, 0, 40, 40))), 40, 40, "FlateDecode"},
		"a photograph": {jpegOf(t, photo), 95, 71, "DCTDecode"},
		"four inks":    {pngOf(t, image.NewCMYK(image.Rect(0, 0, 9, 9))), 9, 9, "FlateDecode"},
		"sixteen bits": {pngOf(t, image.NewNRGBA64(image.Rect(0, 0, 9, 9))), 9, 9, "FlateDecode"},
		"few colours":  {pngOf(t, image.NewPaletted(image.Rect(0, 0, 9, 9), color.Palette{color.Black})), 9, 9, "FlateDecode"},
	} {
		logo := opened(t, c.file)
		if logo.width != c.width || logo.height != c.height || logo.filter != c.filter {
			t.Errorf("%s: %d × %d, %s", name, logo.width, logo.height, logo.filter)
		}
		if w, h := logo.size(); w > logoWidth+0.01 || h > logoHeight+0.01 || w <= 0 || h <= 0 {
			t.Errorf("%s is printed %.2f × %.2f mm", name, w, h)
		}
		printedFor(t, Brand{Logo: logo}, carne(1))
	}
	if got := shrink(badge(9, 9)).RGBAAt(0, 0); got != (color.RGBA{0xff, 0xff, 0xff, 0xff}) {
		t.Errorf("what lets light through is %v on paper", got)
	}
}

func TestAHostilePictureIsRefusedByName(t *testing.T) {
	good := pngOf(t, badge(300, 60))
	var moving bytes.Buffer
	if err := gif.Encode(&moving, badge(9, 9), nil); err != nil {
		t.Fatal(err)
	}
	truncatedJPEG := jpegOf(t, badge(300, 60))
	for name, c := range map[string]struct {
		file []byte
		want error
	}{
		"nothing":                {nil, ErrLogoFormat},
		"a GIF":                  {moving.Bytes(), ErrLogoFormat},
		"an SVG":                 {[]byte(`<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`), ErrLogoFormat},
		"a PDF":                  {[]byte("%PDF-1.7\n"), ErrLogoFormat},
		"cut off":                {good[:len(good)/2], ErrLogoFormat},
		"a flipped bit":          {flipped(good, len(good)-20), ErrLogoFormat},
		"a JPEG cut off":         {truncatedJPEG[:len(truncatedJPEG)/2], ErrLogoFormat},
		"a JPEG of many scans":   {append([]byte{0xff, 0xd8}, bytes.Repeat([]byte{0xff, 0xda}, 65)...), ErrLogoFormat},
		"a JPEG of nothing":      {[]byte{0xff, 0xd8}, ErrLogoFormat},
		"no dots":                {headerOf(good, 0, 60), ErrLogoFormat},
		"a bomb of 100,000 dots": {headerOf(good, 100_000, 100_000), ErrLogoSize},
		"more dots than counted": {headerOf(good, 1<<31-1, 1<<31-1), ErrLogoFormat},
		"too wide":               {pngOf(t, badge(4001, 2)), ErrLogoSize},
		"too many dots":          {pngOf(t, image.NewGray(image.Rect(0, 0, 1500, 1500))), ErrLogoSize},
		"too heavy":              {append(bytes.Clone(good), make([]byte, mostLogoBytes)...), ErrLogoSize},
		"dots that are missing":  {headerOf(good, 300, 600), ErrLogoFormat},
	} {
		if logo, err := OpenLogo(c.file); logo != nil || !errors.Is(err, c.want) {
			t.Errorf("%s: %v, %v; want %v", name, logo, err, c.want)
		}
	}
}

// headerOf writes other measures into a PNG, with their checksum.
func headerOf(file []byte, w, h uint32) []byte {
	file = bytes.Clone(file)
	for i, v := range []uint32{w, h} {
		file[16+4*i], file[17+4*i], file[18+4*i], file[19+4*i] = byte(v>>24), byte(v>>16), byte(v>>8), byte(v)
	}
	sum := crc32.ChecksumIEEE(file[12:29])
	file[29], file[30], file[31], file[32] = byte(sum>>24), byte(sum>>16), byte(sum>>8), byte(sum)
	return file
}

func flipped(file []byte, at int) []byte {
	file = bytes.Clone(file)
	file[at] ^= 1
	return file
}

func FuzzLogo(f *testing.F) {
	f.Add(pngOf(f, badge(30, 6)))
	f.Add(jpegOf(f, badge(30, 6)))
	f.Add([]byte{0xff, 0xd8, 0xff, 0xda})
	f.Fuzz(func(t *testing.T, file []byte) {
		logo, err := OpenLogo(file)
		if err != nil {
			if !errors.Is(err, ErrLogoFormat) && !errors.Is(err, ErrLogoSize) {
				t.Fatal(err)
			}
			return
		}
		if len(logo.packed) == 0 || logo.width > 360 || logo.height > 72 {
			t.Fatalf("%d × %d in %d bytes", logo.width, logo.height, len(logo.packed))
		}
	})
}

func BenchmarkOpenLogo(b *testing.B) {
	file := pngOf(b, badge(1000, 200))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := OpenLogo(file); err != nil {
			b.Fatal(err)
		}
	}
}
