package intake

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"pgregory.net/rapid"
)

func TestCellsAreReadAsSpreadsheetsWriteThem(t *testing.T) {
	for text, want := range map[string][][]string{
		"a;b\nc;d":                        {{"a", "b"}, {"c", "d"}},
		"a,b\r\nc,d\r\n":                  {{"a", "b"}, {"c", "d"}},
		"a\tb\rc\td\r":                    {{"a", "b"}, {"c", "d"}},
		"sep=,\na,b;c\n":                  {{"a", "b;c"}},
		"a;\"b;\"\"c\"\"\nd\"\n\n;\ne;\n": {{"a", "b;\"c\"\nd"}, {"e", ""}},
		"\"a;b\";c\n1;5\" cano\n":         {{"a;b", "c"}, {"1", "5\" cano"}},
		"só uma\nx\n":                     {{"só uma"}, {"x"}},
	} {
		got, err := all(strings.NewReader(text))
		if err != nil || !slices.EqualFunc(got, want, slices.Equal) {
			t.Errorf("%q: %q, %v", text, got, err)
		}
	}
}

func all(from io.Reader) (rows [][]string, err error) {
	c, err := newCells(from)
	if err != nil {
		return nil, err
	}
	for {
		row, err := c.read()
		if errors.Is(err, io.EOF) {
			return rows, nil
		} else if err != nil {
			return rows, err
		}
		rows = append(rows, slices.Clone(row))
	}
}

// What the standard library writes, and what our own sheets are, is read back as it was, however it arrives.
func TestWhatIsWrittenIsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cell := rapid.StringOfN(rapid.RuneFrom([]rune("aé;,\"\n\t '=")), 0, 12, -1)
		width := rapid.IntRange(2, 6).Draw(t, "width")
		rows := rapid.SliceOfN(rapid.SliceOfN(cell, width, width), 1, 20).Draw(t, "rows")
		var file bytes.Buffer
		w := csv.NewWriter(&file)
		w.Comma = ';'
		head := slices.Repeat([]string{"coluna"}, width)
		_ = w.Write(head) // into memory
		_ = w.WriteAll(rows)
		got, err := all(iotest.OneByteReader(bytes.NewReader(file.Bytes())))
		if err != nil {
			t.Fatal(err)
		}
		want := append([][]string{head}, slices.DeleteFunc(slices.Clone(rows), func(row []string) bool { return strings.TrimSpace(strings.Join(row, "")) == "" })...)
		if !slices.EqualFunc(got, want, slices.Equal) {
			t.Fatalf("%q, want %q", got, want)
		}
	})
}

func TestAFileShowsWhatItIsWrittenInHoweverItIsCut(t *testing.T) {
	for text, latin := range map[string]bool{"São João": false, "S\xe3o Jo\xe3o": true, "a€𝄞b": false, "fim \xc3": true, "plain": false} {
		for cut := range len(text) {
			l := &look{}
			for _, part := range []string{text[:cut], text[cut:]} {
				if _, err := l.Write([]byte(part)); err != nil {
					t.Fatal(err)
				}
			}
			if err := l.verdict(); err != nil || l.latin != latin {
				t.Errorf("%q cut at %d: latin is %v, %v", text, cut, l.latin, err)
			}
		}
	}
}

// FuzzCells reads any bytes: it never holds more than a row may have, and ends.
func FuzzCells(f *testing.F) {
	for _, seed := range []string{"a;b\n1;2\n", "\"", "\"a\"b\n", "sep=\t\na\tb", "\r\r\n\"\"\"\""} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		c, err := newCells(bytes.NewReader(file))
		if err != nil {
			return
		}
		for range len(file) + 2 {
			row, err := c.read()
			switch {
			case errors.Is(err, io.EOF), errors.Is(err, errOpen), errors.Is(err, errLong):
				return
			case errors.Is(err, errQuotes), errors.Is(err, errWide):
				continue
			case err != nil:
				t.Fatal(err)
			}
			if len(row) > mostCells || slices.ContainsFunc(row, func(text string) bool { return len(text) > longestCell }) {
				t.Fatalf("%d cells", len(row))
			}
		}
		t.Fatal("it does not end")
	})
}
