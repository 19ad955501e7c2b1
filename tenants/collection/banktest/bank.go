// Package banktest is a bank for tests: it reads what a remessa asks and answers in a retorno.
package banktest

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"enlace/tenants/brazil/cnab"
	"enlace/tenants/calendar"
	"enlace/tenants/money"
)

// Bank is Sicoob as a test needs it. The columns are FEBRABAN's (brazil.md §2.2), written here a second time.
type Bank struct {
	t      testing.TB
	Titles map[string]Title // by the mark of the house
	Marks  []string         // in the order of the remessa
}

// Title is what a remessa asks of one.
type Title struct {
	Command, Number, Document, Mark string
	Due                             string // DDMMAAAA
	Amount, Rebate                  money.Cents
}

func columns(line string, from, to int) string { return line[from-1 : to] }

func cents(s string) (n money.Cents) {
	fmt.Sscanf(s, "%d", &n)
	return n
}

// Read takes a remessa in.
func Read(t testing.TB, file []byte) *Bank {
	t.Helper()
	b := &Bank{t: t, Titles: map[string]Title{}}
	for i, line := range strings.Split(strings.TrimSuffix(string(file), "\r\n"), "\r\n") {
		if len(line) != 240 {
			t.Fatalf("line %d has %d columns", i+1, len(line))
		}
		if line[7] != '3' || line[13] != 'P' {
			continue
		}
		one := Title{Command: columns(line, 16, 17), Number: columns(line, 38, 57), Document: strings.TrimSpace(columns(line, 63, 77)), Due: columns(line, 78, 85),
			Amount: cents(columns(line, 86, 100)), Rebate: cents(columns(line, 181, 195)), Mark: strings.TrimSpace(columns(line, 196, 220))}
		b.Titles[one.Mark] = one
		b.Marks = append(b.Marks, one.Mark)
	}
	return b
}

// Says is what the bank says of one title.
type Says struct {
	Mark     string
	Movement string
	Paid     money.Cents
	Late     money.Cents // of it, what the bank took for being late
	On       calendar.Date
	Number   string // another than the title's
	Forget   bool   // the bank does not bring the mark back
	Reasons  string
}

// lotful is how many titles a lot holds at most: its records are numbered by five digits, and a title has two.
const lotful = 40_000

// Retorno is a file of the bank's under the agreement of the demonstration's Fibra Norte. The bank takes R$ 1,80 a movement.
func (b *Bank) Retorno(sequence int, all ...Says) []byte {
	b.t.Helper()
	var out bytes.Buffer
	put := func(fields map[int]string) {
		line := []byte(strings.Repeat(" ", 240))
		for at, text := range fields {
			copy(line[at-1:], text)
		}
		out.Write(append(line, '\r', '\n'))
	}
	put(map[int]string{1: "75600000", 33: strings.Repeat(" ", 20), 53: "04327", 59: "000007654321", 73: "FIBRA NORTE", 143: "2", 144: "23112026", 158: fmt.Sprintf("%06d", sequence)})
	lots, lines := 0, 2
	for some := range slices.Chunk(all, lotful) {
		lots++
		lines += b.lot(put, lots, some)
	}
	put(map[int]string{1: "75699999", 18: fmt.Sprintf("%06d", lots), 24: fmt.Sprintf("%06d", lines)})
	if read, err := cnab.ReadReturn(bytes.NewReader(out.Bytes())); err != nil || read.Err() != nil {
		b.t.Fatalf("the bank of the test writes a bad file: %v %v", err, read.Err())
	}
	return out.Bytes()
}

// lot writes one and says how many lines it has.
func (b *Bank) lot(put func(map[int]string), number int, all []Says) int {
	kind := func(rest string) string { return fmt.Sprintf("756%04d", number) + rest }
	put(map[int]string{1: kind("1T01")})
	sum, records := money.Cents(0), 0
	for _, s := range all {
		one := b.Titles[s.Mark]
		number, mark := one.Number, one.Mark
		if s.Number != "" {
			number = s.Number
		}
		if s.Forget {
			mark = ""
		}
		on := s.On.Time().Format("02012006")
		records++
		put(map[int]string{1: kind("3"), 9: fmt.Sprintf("%05d", records), 14: "T", 16: s.Movement, 38: number, 59: one.Document, 74: one.Due, 82: fmt.Sprintf("%015d", one.Amount),
			106: mark, 199: fmt.Sprintf("%015d", 180), 214: s.Reasons})
		records++
		put(map[int]string{1: kind("3"), 9: fmt.Sprintf("%05d", records), 14: "U", 16: s.Movement, 18: fmt.Sprintf("%015d", s.Late), 33: strings.Repeat("0", 45),
			78: fmt.Sprintf("%015d", s.Paid), 93: fmt.Sprintf("%015d", s.Paid), 138: on, 146: on})
		sum += one.Amount
	}
	put(map[int]string{1: kind("5"), 18: fmt.Sprintf("%06d", records+2), 24: fmt.Sprintf("%06d", len(all)), 30: fmt.Sprintf("%017d", sum)})
	return records + 2
}
