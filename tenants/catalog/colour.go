package catalog

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
)

// Colour is a colour of the screen, its parts from 0 to 255.
type Colour [3]float64

var (
	white     = Colour{255, 255, 255}
	darkPaper = Colour{0x19, 0x21, 0x2a} // --en-paper of the dark theme
	lightPen  = white
	darkPen   = Colour{0x10, 0x1c, 0x42} // what is written on a light accent
)

// What an accent has to stand apart from its ground (WCAG 1.4.3, and look.md §5 for the dark theme).
const (
	leastContrast = 4.5
	darkContrast  = 7
)

var hex = regexp.MustCompile(`^#[0-9a-f]{6}$`)

// ParseColour reads #rrggbb in small letters.
func ParseColour(s string) (c Colour, ok bool) {
	if !hex.MatchString(s) {
		return c, false
	}
	for i := range c {
		part, _ := strconv.ParseUint(s[1+2*i:3+2*i], 16, 8)
		c[i] = float64(part)
	}
	return c, true
}

// String is #rrggbb.
func (c Colour) String() string {
	return fmt.Sprintf("#%02x%02x%02x", int(math.Round(c[0])), int(math.Round(c[1])), int(math.Round(c[2])))
}

// luminance is the relative luminance of WCAG 2.
func (c Colour) luminance() float64 {
	weights, sum := [3]float64{0.2126, 0.7152, 0.0722}, 0.0
	for i, part := range c {
		v := math.Round(part) / 255
		if v <= 0.04045 {
			v /= 12.92
		} else {
			v = math.Pow((v+0.055)/1.055, 2.4)
		}
		sum += weights[i] * v
	}
	return sum
}

// Contrast is how far two colours stand apart, from 1 to 21.
func Contrast(a, b Colour) float64 {
	light, dark := a.luminance(), b.luminance()
	if light < dark {
		light, dark = dark, light
	}
	return (light + 0.05) / (dark + 0.05)
}

// mix is so much of b in a.
func mix(a, b Colour, share float64) (c Colour) {
	for i := range c {
		c[i] = a[i] + (b[i]-a[i])*share
	}
	return c
}

// toward goes from a colour to an end, its hue kept, and stops at the first tone that stands far enough apart from the ground.
func toward(c, end, ground Colour, least float64) Colour {
	for step := 0; step <= 256; step++ {
		if tone := mix(c, end, float64(step)/256); Contrast(tone, ground) >= least {
			return tone
		}
	}
	return end
}

// Darker is the nearest darker tone of an accent that can be read on white; the accent itself where it can.
func Darker(c Colour) Colour { return toward(c, Colour{}, white, leastContrast) }

// Palette is what a brand's accent becomes on the screen: each pair light, then dark.
type Palette struct{ Accent, Soft, On [2]Colour }

// PaletteOf reckons the pairs: the dark accent is the light one lightened until it stands 7:1 on the dark paper, the soft one is a tenth of it on
// paper, and on the accent stands white or ink, whichever is read better.
func PaletteOf(accent Colour) (p Palette) {
	p.Accent = [2]Colour{accent, toward(accent, white, darkPaper, darkContrast)}
	p.Soft = [2]Colour{mix(white, accent, 0.1), mix(darkPaper, p.Accent[1], 0.1)}
	for i, ground := range p.Accent {
		if p.On[i] = lightPen; Contrast(darkPen, ground) > Contrast(lightPen, ground) {
			p.On[i] = darkPen
		}
	}
	return p
}
