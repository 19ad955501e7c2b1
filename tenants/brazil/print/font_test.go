package print

import (
	"strconv"
	"strings"
	"testing"

	"enlace/tenants/brazil/boleto"

	"pgregory.net/rapid"
)

func TestFigtreeDrawsAllOfPortuguese(t *testing.T) {
	faces, err := typefaces()
	if err != nil {
		t.Fatal(err)
	}
	const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789áàâãäçéèêëíïóôõöúüÁÀÂÃÄÇÉÈÊËÍÏÓÔÕÖÚÜñÑºª°§€$%&/()[]{}<>=+*#@!?.,;:_-–—−·×“”‘’…•'\"\\^~|"
	for _, c := range letters {
		code := encode(string(c))
		if len(code) != 1 || decoded(code[0]) != c {
			t.Errorf("%c is drawn as %q", c, code)
			continue
		}
		for _, f := range faces {
			if f.widths[code[0]] == 0 {
				t.Errorf("%s lacks %c", f.name, c)
			}
		}
	}
	for code, c := range high {
		if c != 0 && faces[regular].widths[0x80+code] == 0 {
			t.Errorf("Figtree lacks %c", c)
		}
	}
}

func TestWhatCannotBeDrawnIsReplacedSensibly(t *testing.T) {
	for text, want := range map[string]string{
		"Kuarupẽ Ỹ":             "Kuarupe Y",
		"Škoda":                 "Skoda",
		"Joa\u0303o":            "Joao",
		"uma\tlinha\r\nnova":    "uma linha  nova",
		"sem\u00adquebra\u200b": "semquebra",
		"日本":                    "??",
		"R$\u00a01,00":          "R$\xa01,00",
		"−R$":                   "\x83R$",
		"\xff":                  "?",
		"":                      "",
	} {
		if got := encode(text); got != want {
			t.Errorf("%q is drawn as %q, want %q", text, got, want)
		}
	}
}

func TestFittedTextIsNeverWiderThanItsPlace(t *testing.T) {
	faces, err := typefaces()
	if err != nil {
		t.Fatal(err)
	}
	f := faces[bold]
	rapid.Check(t, func(t *rapid.T) {
		text := encode(rapid.StringOfN(rapid.RuneFrom([]rune("aWi ,·éÇ09")), 0, 200, -1).Draw(t, "text"))
		width := rapid.Float64Range(5, 150).Draw(t, "width")
		fitted, size := f.fit(text, 10, leastSize, width)
		if f.width(fitted, size) > width || size > 10 || size < leastSize {
			t.Fatalf("%q at %.2f pt is %.2f mm wide of %.2f", fitted, size, f.width(fitted, size), width)
		}
		if f.width(text, leastSize) <= width && fitted != text {
			t.Fatalf("%q was cut although it fits at %.0f pt", text, leastSize)
		}
		most := rapid.IntRange(0, 6).Draw(t, "lines")
		lines := f.wrap(text, 8, width, most)
		if len(lines) > most {
			t.Fatalf("%d lines of %d", len(lines), most)
		}
		for _, line := range lines {
			if f.width(line, 8) > width+0.01 {
				t.Fatalf("line %q is %.2f mm wide of %.2f", line, f.width(line, 8), width)
			}
		}
		if whole := strings.Join(f.wrap(text, 8, width, 1000), ""); blankless(whole) != blankless(text) {
			t.Fatalf("wrapping %q lost letters: %q", text, whole)
		}
	})
}

func blankless(s string) string { return strings.ReplaceAll(s, " ", "") }

// Whatever its digits, the linha digitável of every bank stands in its full size: the name gives way.
func TestTheLinhaIsNeverDrawnSmaller(t *testing.T) {
	faces, err := typefaces()
	if err != nil {
		t.Fatal(err)
	}
	for _, bank := range lines {
		for digit := range 10 {
			wide := boleto.FormatLinha(strings.Repeat(strconv.Itoa(digit), 47))
			s := sheet{faces: faces}
			s.bankHead(&Bank{Name: bank.name, Code: bank.code, Line: wide})
			head, drawn, found := strings.Cut(string(s.stream), "("+wide+")")
			if !found || drawn == "" {
				t.Fatalf("%s: the linha %s is not drawn whole: %s", bank.name, wide, s.stream)
			}
			if size := head[strings.LastIndex(head, "/F"):]; !strings.HasPrefix(size, "/F1 10.00 Tf") {
				t.Errorf("%s: %s is drawn with %.14s", bank.name, wide, size)
			}
		}
	}
}

func FuzzFont(f *testing.F) {
	file, err := fontFiles.ReadFile("fonts/figtree-latin-400-normal.woff")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(file)
	f.Add(file[:200])
	f.Fuzz(func(t *testing.T, woff []byte) {
		if font, err := openFont("x", woff); err != nil && !is(err, ErrFont) || err == nil && font == nil {
			t.Fatal(err)
		}
	})
}
