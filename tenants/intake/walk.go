package intake

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"

	"golang.org/x/text/encoding/charmap"

	"enlace/ent"
	"enlace/tenants"
	"enlace/tenants/files"
)

// broken is a file that cannot be read to its end, or not at all: its head does not fit, or a quote is never closed.
type broken struct{ problems []Problem }

func (b *broken) Error() string {
	return fmt.Sprintf("intake: line %d: %s", b.problems[0].Line, b.problems[0].Code)
}

// walk reads the file of an intake from its beginning and hands its lines on, a thousand at a time. It returns *broken for a file that cannot
// be read.
func (d Desk) walk(ctx context.Context, in *ent.Intake, do func([]*Line) error) error {
	var text io.Reader = files.OpenUpload(ctx, d.DB, d.Vault, in.ID)
	if in.Latin {
		text = charmap.Windows1252.NewDecoder().Reader(text)
	} else {
		text = unmarked(text)
	}
	sheet, err := newCells(text)
	if err != nil {
		return err
	}
	names, err := sheet.read()
	if err != nil {
		return whole(sheet, err)
	}
	at, wrong := head(in.Kind, names)
	if len(wrong) > 0 {
		return &broken{wrong}
	}
	columns, some := Columns[in.Kind], make([]*Line, 0, tenants.ToldEvery)
	for {
		line, err := readLine(sheet, columns, at)
		if errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return whole(sheet, err)
		}
		if some = append(some, line); len(some) == cap(some) {
			if err := do(some); err != nil {
				return err
			}
			some = some[:0]
		}
	}
	if len(some) == 0 {
		return nil
	}
	return do(some)
}

// whole is the end of a file that cannot be read on.
func whole(sheet *cells, err error) error {
	for _, known := range []error{errQuotes, errOpen, errLong, errWide} {
		if errors.Is(err, known) {
			return &broken{[]Problem{{Line: sheet.line, Code: known.Error()}}}
		}
	}
	if errors.Is(err, io.EOF) {
		return &broken{[]Problem{{Line: 1, Code: "file_empty"}}}
	}
	return err
}

// readLine reads the next line. One whose cells cannot be told apart, or are more than the head has, is a bad one; the others go on.
func readLine(sheet *cells, columns []Column, at []int) (*Line, error) {
	row, err := sheet.read()
	line := &Line{Number: sheet.line}
	switch {
	case errors.Is(err, errQuotes), errors.Is(err, errWide):
		line.wrong("", err.Error(), "n", "mais de "+strconv.Itoa(mostCells), "want", strconv.Itoa(len(at)))
		return line, nil
	case err != nil:
		return nil, err
	}
	for len(row) > len(at) && row[len(row)-1] == "" {
		row = row[:len(row)-1]
	}
	if len(row) > len(at) {
		line.wrong("", errWide.Error(), "n", strconv.Itoa(len(row)), "want", strconv.Itoa(len(at)))
		return line, nil
	}
	line.Typed = make(tenants.Typed, len(row))
	for i, text := range row {
		if at[i] >= 0 {
			if text = cell(text); text != "" {
				line.Typed[columns[at[i]].Name] = text
			}
		}
	}
	return line, nil
}

// readable are the lines whose cells could be told apart.
func readable(lines []*Line) []*Line {
	return slices.DeleteFunc(slices.Clone(lines), func(l *Line) bool { return l.Typed == nil })
}

// unmarked leaves out the mark by which some systems begin UTF-8.
func unmarked(from io.Reader) io.Reader {
	text := bufio.NewReader(from)
	if mark, err := text.Peek(len(utf8Mark)); err == nil && string(mark) == utf8Mark {
		_, _ = text.Discard(len(utf8Mark)) // it was peeked
	}
	return text // of an error it tells whoever reads on
}

const utf8Mark = "\ufeff"
