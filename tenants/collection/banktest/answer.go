package banktest

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"enlace/tenants/brazil/cnab"
	"enlace/tenants/calendar"
	"enlace/tenants/money"
)

// place is where a bank keeps what a test needs of a title. The columns are the manuals', written here a second time.
type place struct {
	asked, digits, mark                    int // nosso número and the mark of the house in the remessa
	number, back, movement, due, sum, paid int // in the retorno; of CNAB 240 in segment T, but for what was paid
}

var places = map[string]place{
	"001": {38, 20, 196, 38, 106, 16, 74, 82, 78}, "033": {45, 13, 196, 41, 101, 16, 70, 78, 78}, "104": {41, 17, 196, 40, 106, 16, 74, 82, 78},
	"748": {38, 20, 196, 38, 106, 16, 74, 82, 78}, "756": {38, 20, 196, 38, 106, 16, 74, 82, 78},
	"077": {90, 11, 38, 71, 38, 90, 119, 125, 160}, "237": {71, 12, 38, 71, 38, 109, 147, 153, 254}, "341": {63, 8, 38, 63, 38, 109, 147, 153, 254},
}

// Fields are texts by the column they begin at.
type Fields map[int]string

// Answer is the retorno in which a bank, any of those offered, says of every title of a remessa that it was paid in full. Holder is how its header
// names whose it is, and title how each title does, where the header does not.
func Answer(t testing.TB, remessa []byte, on calendar.Date, holder, title Fields) []byte {
	t.Helper()
	rows := strings.Split(strings.TrimSuffix(string(remessa), "\r\n"), "\r\n")
	a := &answer{width: len(rows[0]), bank: rows[0][:3], on: on.Time().Format("02012006")}
	if a.width == 400 {
		a.bank, a.on = columns(rows[0], 77, 79), on.Time().Format("020106")
		a.put(holder, Fields{1: "02RETORNO01COBRANCA", 77: a.bank, 95: a.on, 101: "0000007", 109: "00007"})
	} else {
		a.put(holder, Fields{1: a.bank + "00000", 143: "2" + a.on, 158: "000007"})
		a.put(Fields{1: a.bank + "00011T01"})
	}
	for _, row := range rows[1:] {
		if a.width == 400 && row[0] == '1' {
			a.title400(row, title)
		} else if a.width == 240 && row[7] == '3' && row[13] == 'P' {
			a.title240(row)
		}
	}
	if a.width == 400 {
		a.put(Fields{1: "9", 213: fmt.Sprintf("%08d%014d", a.titles, a.sum)})
	} else {
		a.put(Fields{1: a.bank + "00015", 18: fmt.Sprintf("%06d%06d%017d", a.lines, a.titles, a.sum)})
		a.put(Fields{1: a.bank + "99999", 18: fmt.Sprintf("000001%06d", a.lines+1)})
	}
	if read, err := cnab.ReadReturn(bytes.NewReader(a.file.Bytes())); err != nil || read.Err() != nil || len(read.Titles) == 0 {
		t.Fatalf("the bank of the test writes a bad file: %v %v", err, read.Err())
	}
	return a.file.Bytes()
}

// answer is a retorno in the making.
type answer struct {
	bank, on      string
	width         int
	file          bytes.Buffer
	lines, titles int
	sum           money.Cents
}

func (a *answer) put(all ...Fields) {
	line := []byte(strings.Repeat(" ", a.width))
	a.lines++
	if a.width == 400 {
		copy(line[394:], fmt.Sprintf("%06d", a.lines))
	}
	for _, fields := range all {
		for at, text := range fields {
			copy(line[at-1:], text)
		}
	}
	a.file.Write(append(line, '\r', '\n'))
}

// of is what a title of the remessa was asked under.
func (a *answer) of(row string) (at place, number, mark string) {
	at = places[a.bank]
	return at, columns(row, at.asked, at.asked+at.digits-1), columns(row, at.mark, at.mark+24)
}

func (a *answer) title240(row string) {
	at, number, mark := a.of(row)
	due, amount := columns(row, 78, 85), columns(row, 86, 100)
	kind := func(segment string) Fields {
		return Fields{1: a.bank + "00013", 9: fmt.Sprintf("%05d", a.lines-1), 14: segment, at.movement: "06"}
	}
	a.put(kind("T"), Fields{at.number: number, at.back: mark, at.due: due, at.sum: amount})
	a.put(kind("U"), Fields{18: strings.Repeat("0", 60), at.paid: amount + amount, 138: a.on + a.on})
	a.titles, a.sum = a.titles+1, a.sum+cents(amount)
}

func (a *answer) title400(row string, title Fields) {
	at, number, mark := a.of(row)
	due, amount := columns(row, 121, 126), columns(row, 127, 139)
	a.put(Fields{1: "1", at.number: number, at.back: mark, at.movement: "06" + a.on, at.due: due, at.sum: amount, at.paid: amount}, title)
	a.titles, a.sum = a.titles+1, a.sum+cents(amount)
}
