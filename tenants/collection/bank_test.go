package collection_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"enlace/tenants/brazil/cnab"
	"enlace/tenants/calendar"
	"enlace/tenants/money"
)

// bank is Sicoob as a test needs it: it reads what a remessa asks and says in a retorno what the test makes of it. The columns are FEBRABAN's
// (brazil.md §2.2), written here a second time.
type bank struct {
	t      *testing.T
	titles map[string]title // by the mark of the house
	marks  []string         // in the order of the remessa
}

type title struct {
	command, number, document, mark string
	due                             string // DDMMAAAA
	amount, rebate                  money.Cents
}

func columns(line string, from, to int) string { return line[from-1 : to] }

func cents(s string) (n money.Cents) {
	fmt.Sscanf(s, "%d", &n)
	return n
}

// reads takes a remessa in.
func reads(t *testing.T, file []byte) *bank {
	t.Helper()
	b := &bank{t: t, titles: map[string]title{}}
	for i, line := range strings.Split(strings.TrimSuffix(string(file), "\r\n"), "\r\n") {
		if len(line) != 240 {
			t.Fatalf("line %d has %d columns", i+1, len(line))
		}
		if line[7] != '3' || line[13] != 'P' {
			continue
		}
		one := title{command: columns(line, 16, 17), number: columns(line, 38, 57), document: strings.TrimSpace(columns(line, 63, 77)), due: columns(line, 78, 85),
			amount: cents(columns(line, 86, 100)), rebate: cents(columns(line, 181, 195)), mark: strings.TrimSpace(columns(line, 196, 220))}
		b.titles[one.mark] = one
		b.marks = append(b.marks, one.mark)
	}
	return b
}

// says is what the bank says of one title.
type says struct {
	mark     string
	movement string
	paid     money.Cents
	late     money.Cents // of it, what the bank took for being late
	on       calendar.Date
	number   string // another than the title's
	forget   bool   // the bank does not bring the mark back
	reasons  string
}

// retorno is a file of the bank's under the agreement of Fibra Norte.
func (b *bank) retorno(sequence int, all ...says) []byte {
	var out bytes.Buffer
	put := func(fields map[int]string) {
		line := []byte(strings.Repeat(" ", 240))
		for at, text := range fields {
			copy(line[at-1:], text)
		}
		out.Write(append(line, '\r', '\n'))
	}
	put(map[int]string{1: "75600000", 33: strings.Repeat(" ", 20), 53: "04327", 59: "000007654321", 73: "FIBRA NORTE", 143: "2", 144: "23112026", 158: fmt.Sprintf("%06d", sequence)})
	put(map[int]string{1: "75600011T01"})
	sum, records := money.Cents(0), 0
	for _, s := range all {
		one := b.titles[s.mark]
		number, mark := one.number, one.mark
		if s.number != "" {
			number = s.number
		}
		if s.forget {
			mark = ""
		}
		on := s.on.Time().Format("02012006")
		records++
		put(map[int]string{1: "75600013", 9: fmt.Sprintf("%05d", records), 14: "T", 16: s.movement, 38: number, 59: one.document, 74: one.due, 82: fmt.Sprintf("%015d", one.amount),
			106: mark, 199: fmt.Sprintf("%015d", 180), 214: s.reasons})
		records++
		put(map[int]string{1: "75600013", 9: fmt.Sprintf("%05d", records), 14: "U", 16: s.movement, 18: fmt.Sprintf("%015d", s.late), 33: strings.Repeat("0", 45),
			78: fmt.Sprintf("%015d", s.paid), 93: fmt.Sprintf("%015d", s.paid), 138: on, 146: on})
		sum += one.amount
	}
	put(map[int]string{1: "75600015", 18: fmt.Sprintf("%06d", records+2), 24: fmt.Sprintf("%06d", len(all)), 30: fmt.Sprintf("%017d", sum)})
	put(map[int]string{1: "75699999", 18: "000001", 24: fmt.Sprintf("%06d", records+4)})
	if read, err := cnab.ReadReturn(bytes.NewReader(out.Bytes())); err != nil || read.Err() != nil {
		b.t.Fatalf("the bank of the test writes a bad file: %v %v", err, read.Err())
	}
	return out.Bytes()
}
