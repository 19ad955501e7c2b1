package cnab

import (
	"bytes"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// edit returns the file with the text put at a line and column, both from 1.
func edit(content []byte, line, column int, text string) []byte {
	rows := strings.Split(string(content), "\n")
	row := rows[line-1]
	rows[line-1] = row[:column-1] + text + row[column-1+len(text):]
	return []byte(strings.Join(rows, "\n"))
}

func without(content []byte, line int) []byte {
	rows := strings.Split(string(content), "\n")
	return []byte(strings.Join(slices.Delete(rows, line-1, line), "\n"))
}

func TestHarmlessDifferencesChangeNothing(t *testing.T) {
	for _, name := range []string{"caixa.ret", "CNAB240SICREDI.CRT", "CNAB240SICOOB.RET", "CNAB400ITAU.RET", "CNAB400BRADESCO.RET"} {
		content := raw(t, name)
		want := sample(t, name)
		unix := strings.ReplaceAll(string(content), "\r", "")
		var trimmed []string
		for _, row := range strings.Split(unix, "\n") {
			trimmed = append(trimmed, strings.TrimRight(row, " "))
		}
		for how, other := range map[string]string{
			"LF":          unix,
			"CRLF":        strings.ReplaceAll(unix, "\n", "\r\n"),
			"BOM":         "\ufeff" + string(content),
			"0x1A":        string(content) + "\x1a",
			"0x1A line":   string(content) + "\r\n\x1a\r\n",
			"trimmed":     strings.Join(trimmed, "\n"),
			"more blanks": strings.ReplaceAll(unix, "\n", "   \n"),
			"no last end": strings.TrimRight(unix, "\n"),
		} {
			if got := reading(t, []byte(other)); !reflect.DeepEqual(got, want) {
				t.Errorf("%s, %s: %+v", name, how, got.Problems)
			}
		}
	}
}

func TestAccentsSavedAsUTF8MoveNoColumn(t *testing.T) {
	wide := strings.Replace(string(raw(t, "CNAB400ITAU.RET")), "PLUTO ALTO ELENTAS", "PLÚTÃO ALTO ELENTA", 1)
	if got := reading(t, []byte(wide)); got.Err() != nil || got.Bank != "341" || len(got.Titles) != 52 {
		t.Errorf("%v", got.Err())
	}
}

func TestDamageIsNamedWithItsPlaceAndTheRestIsRead(t *testing.T) {
	caixa, itau, bradesco := raw(t, "caixa.ret"), raw(t, "CNAB400ITAU.RET"), raw(t, "CNAB400BRADESCO.RET")
	sicredi := raw(t, "CNAB240SICREDI.CRT")
	for name, c := range map[string]struct {
		content []byte
		titles  int
		want    []Problem
	}{
		"240 letter in the amount paid":    {edit(caixa, 4, 85, "A"), 8, []Problem{{4, 78, NotANumber}}},
		"240 blank amount paid":            {edit(caixa, 4, 78, strings.Repeat(" ", 15)), 8, []Problem{{4, 78, Missing}}},
		"240 bit flipped high":             {edit(caixa, 4, 78, "9"), 8, []Problem{{4, 78, Implausible}}},
		"240 thirteenth month":             {edit(caixa, 3, 76, "13"), 8, []Problem{{3, 74, NotADate}}},
		"240 letter in a date":             {edit(caixa, 4, 138, "O6"), 8, []Problem{{4, 138, NotADate}}},
		"240 NUL in nosso número":          {edit(caixa, 3, 45, "\x00"), 8, []Problem{{3, 38, NotText}}},
		"240 blank movement":               {edit(caixa, 3, 16, "  "), 8, []Problem{{3, 16, Missing}}},
		"240 U of another movement":        {edit(caixa, 4, 16, "09"), 8, []Problem{{4, 16, MissingSegment}}},
		"240 U lost its letter":            {edit(caixa, 4, 14, "#"), 8, []Problem{{3, 14, MissingSegment}}},
		"240 T lost its letter":            {edit(caixa, 3, 14, "#"), 8, []Problem{{4, 14, MissingSegment}}},
		"240 record type":                  {edit(caixa, 2, 8, "7"), 9, []Problem{{2, 8, UnknownRecord}, {21, 18, WrongCount}, {22, 18, WrongCount}}},
		"240 another bank":                 {edit(caixa, 4, 1, "105"), 8, []Problem{{4, 1, AnotherBank}, {5, 9, WrongSequence}, {3, 14, MissingSegment}}},
		"240 sequence letter":              {edit(caixa, 20, 9, "x"), 9, []Problem{{20, 9, NotANumber}}},
		"240 line too long":                {[]byte(strings.Replace(string(caixa), "   \r\n1040001300002U", "   x\r\n1040001300002U", 1)), 8, []Problem{{3, 241, LineTooLong}, {4, 9, WrongSequence}, {4, 14, MissingSegment}}},
		"240 columns moved by one":         {[]byte(strings.Replace(string(caixa), "1040001300001T", "10400013000001T", 1)), 8, []Problem{{3, 9, WrongSequence}, {4, 9, WrongSequence}, {4, 14, MissingSegment}}},
		"400 columns moved by one":         {[]byte(strings.Replace(string(bradesco), "021505151146", "0021505151146", 1)), 5, []Problem{{3, 401, LineTooLong}, {4, 395, WrongSequence}}},
		"240 total of records":             {edit(caixa, 22, 24, "000023"), 9, []Problem{{22, 24, WrongCount}}},
		"240 total of records in letters":  {edit(caixa, 22, 24, "0000ZZ"), 9, []Problem{{22, 24, WrongCount}}},
		"240 count of batches":             {edit(caixa, 22, 18, "000002"), 9, []Problem{{22, 18, WrongCount}}},
		"240 count of the batch":           {edit(caixa, 21, 18, "000019"), 9, []Problem{{21, 18, WrongCount}}},
		"240 value of the batch":           {edit(sicredi, 7, 46, "1"), 2, []Problem{{7, 24, WrongTotal}}},
		"240 two trailers":                 {append(slices.Clone(caixa), caixa[21*242:]...), 9, []Problem{{23, 8, SecondTrailer}, {22, 24, WrongCount}}},
		"240 two files":                    {append(slices.Clone(caixa), caixa...), 9, []Problem{{23, 8, SecondHeader}}},
		"240 cut between lines":            {caixa[:10*242], 4, []Problem{{10, 0, MissingTrailer}}},
		"240 cut inside a line":            {caixa[:9*242+85], 3, []Problem{{10, 78, NotANumber}, {10, 0, MissingTrailer}}},
		"240 a record lost":                {without(caixa, 20), 8, []Problem{{19, 14, MissingSegment}, {20, 18, WrongCount}, {21, 24, WrongCount}}},
		"400 letter in the amount":         {edit(itau, 5, 160, "B"), 51, []Problem{{5, 153, NotANumber}, {54, 213, WrongCount}, {54, 221, WrongTotal}}},
		"400 letter in the credited value": {edit(bradesco, 3, 260, "B"), 5, []Problem{{3, 254, NotANumber}}},
		"400 letter in the fee":            {edit(bradesco, 3, 180, "x"), 5, []Problem{{3, 176, NotANumber}}},
		"400 thirty-first of May":          {edit(bradesco, 3, 111, "31"), 6, nil},
		"400 thirtieth of February":        {edit(bradesco, 3, 111, "300215"), 5, []Problem{{3, 111, NotADate}}},
		"400 record type":                  {edit(bradesco, 3, 1, "x"), 5, []Problem{{3, 1, UnknownRecord}}},
		"400 sequence":                     {edit(bradesco, 3, 400, "7"), 6, []Problem{{3, 395, WrongSequence}, {4, 395, WrongSequence}}},
		"400 a record lost":                {without(bradesco, 3), 5, []Problem{{3, 395, WrongSequence}}},
		"400 total":                        {edit(itau, 54, 234, "7"), 52, []Problem{{54, 221, WrongTotal}}},
		"400 two trailers":                 {append(slices.Clone(bradesco), edit(bradesco, 8, 400, "9")[7*402:]...), 6, []Problem{{9, 1, SecondTrailer}}},
		"400 a title behind the trailer":   {append(slices.Clone(bradesco), edit(bradesco, 2, 395, "000009")[402:804]...), 6, []Problem{{9, 1, AfterTrailer}}},
		"240 a title behind the trailer":   {append(slices.Clone(caixa), caixa[2*242:4*242]...), 9, []Problem{{23, 8, AfterTrailer}, {24, 8, AfterTrailer}, {22, 24, WrongCount}}},
		"400 two files":                    {append(slices.Clone(bradesco), bradesco...), 6, []Problem{{9, 1, SecondHeader}}},
		"400 cut between lines":            {bradesco[:4*402], 3, []Problem{{4, 0, MissingTrailer}}},
		"400 cut inside a line":            {bradesco[:3*402+260], 2, []Problem{{4, 395, Missing}, {4, 254, NotANumber}, {4, 0, MissingTrailer}}},
		"400 Pix record without a title":   {edit(itau, 2, 1, "3"), 51, []Problem{{2, 1, UnknownRecord}, {54, 213, WrongCount}, {54, 221, WrongTotal}}},
	} {
		t.Run(name, func(t *testing.T) {
			got := reading(t, c.content)
			if len(got.Titles) != c.titles {
				t.Errorf("%d titles, want %d", len(got.Titles), c.titles)
			}
			if !slices.Equal(got.Problems, c.want) {
				t.Errorf("problems %v\nwant %v", got.Problems, c.want)
			}
			counted := !slices.ContainsFunc(got.Problems, func(p Problem) bool {
				return p.Code == MissingTrailer || p.Code == WrongCount && p.Column == 24
			})
			if got.Layout == "CNAB240" && *got.TrailerMatches != counted {
				t.Errorf("trailer matches: %t", *got.TrailerMatches)
			}
		})
	}
}

func TestFilesOfWhichNothingCanBeTold(t *testing.T) {
	caixa, itau := raw(t, "caixa.ret"), raw(t, "CNAB400ITAU.RET")
	for name, c := range map[string]struct {
		content []byte
		want    Problem
	}{
		"nothing":          {nil, Problem{0, 0, Empty}},
		"blank":            {[]byte("\r\n  \r\n\x1a"), Problem{0, 0, Empty}},
		"a picture":        {[]byte("\x89PNG\r\n\x1a\n"), Problem{1, 1, NotAReturn}},
		"one endless line": {bytes.Repeat([]byte{'0'}, 1<<20), Problem{1, 241, LineTooLong}},
		"a remessa of 240": {edit(caixa, 1, 143, "1"), Problem{1, 1, NotAReturn}},
		"a remessa of 400": {edit(itau, 1, 1, "01REMESSA"), Problem{1, 1, NotAReturn}},
		"no header":        {without(caixa, 1), Problem{1, 1, NotAReturn}},
		"unknown bank 240": {edit(caixa, 1, 1, "999"), Problem{1, 1, UnknownBank}},
		"unknown bank 400": {edit(itau, 1, 77, "999"), Problem{1, 77, UnknownBank}},
		"header too long":  {[]byte(strings.Replace(string(itau), "000001", "000001x", 1)), Problem{1, 401, LineTooLong}},
	} {
		var got Problem
		if ret, err := ReadReturn(bytes.NewReader(c.content)); !errors.As(err, &got) || ret != nil || got != c.want {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
}

// However a file is cut off, what is read of it is what stood there, the end is missed, and the title that was cut is not among the payments.
func TestEveryTruncationIsTold(t *testing.T) {
	for _, name := range []string{"caixa.ret", "CNAB240SICREDI.CRT", "CNAB400BRADESCO.RET"} {
		content, whole := raw(t, name), sample(t, name)
		body := len(bytes.TrimRight(content, "\r\n \x1a"))
		if whole.Layout == CNAB240 {
			body = bytes.LastIndexByte(content[:body], '\n') + 1 + 29 // nothing is read behind the trailer's counts
		}
		for n := range body {
			ret, err := ReadReturn(bytes.NewReader(content[:n]))
			if err != nil {
				continue // no header yet
			}
			if ret.Err() == nil {
				t.Fatalf("%s cut at %d of %d is whole", name, n, body)
			}
			for i, title := range ret.Titles {
				if title.Line != whole.Titles[i].Line || title.Nominal != whole.Titles[i].Nominal || title.Paid != whole.Titles[i].Paid {
					t.Fatalf("%s cut at %d: %+v", name, n, title)
				}
			}
		}
	}
}

// A damaged byte, whichever, never makes another amount or day of a title that is kept: it is dropped, or the byte was in a text.
func TestNoDamagedByteMakesAnotherPayment(t *testing.T) {
	for _, name := range []string{"CNAB240SICREDI.CRT", "CNAB400BRADESCO.RET"} {
		content, whole := raw(t, name), map[int]Title{}
		for _, title := range sample(t, name).Titles {
			whole[title.Line] = title
		}
		for at := range content {
			for _, damaged := range []byte{'X', 0, 0x80 | content[at], ' '} {
				if content[at] == damaged || content[at] == '\n' || content[at] == '\r' {
					continue
				}
				file := bytes.Clone(content)
				file[at] = damaged
				ret, err := ReadReturn(bytes.NewReader(file))
				if err != nil {
					continue
				}
				for _, got := range ret.Titles {
					want := whole[got.Line]
					if got.Nominal != want.Nominal || got.Paid != want.Paid || got.Net != want.Net || got.Due != want.Due || got.OccurredOn != want.OccurredOn ||
						got.Settles() && !want.Settles() {
						t.Fatalf("%s, byte %d made %q: %+v, was %+v", name, at, damaged, got, want)
					}
				}
			}
		}
	}
}

// Where a bank adds its titles up, a changed digit of an amount is missed in the sum.
func TestAChangedDigitIsMissedInTheTotal(t *testing.T) {
	for name, c := range map[string]struct{ line, start, length int }{"CNAB240SICREDI.CRT": {3, 82, 15}, "CNAB400ITAU.RET": {5, 153, 13}} {
		content := raw(t, name)
		for column := c.start; column < c.start+c.length; column++ {
			digit := strings.Split(string(content), "\n")[c.line-1][column-1]
			ret := reading(t, edit(content, c.line, column, string('0'+(digit-'0'+1)%10)))
			if !slices.ContainsFunc(ret.Problems, func(p Problem) bool { return p.Code == WrongTotal || p.Code == Implausible }) {
				t.Errorf("%s, column %d: %v", name, column, ret.Problems)
			}
		}
	}
}

func TestAFeeNeverSettles(t *testing.T) {
	if settles240["28"] {
		t.Error("CNAB 240")
	}
	for bank, b := range banks {
		if b.returns400 != nil && (b.returns400.settles["28"] || b.returns400.pixSettles == "28") {
			t.Error(bank)
		}
	}
}
