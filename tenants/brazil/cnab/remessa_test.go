package cnab

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"testing"
	"time"

	"enlace/tenants/brazil/boleto"
	"enlace/tenants/calendar"
	"enlace/tenants/money"
)

// senders is one ISP under an agreement with each bank, in each layout the bank takes.
var senders = map[string]Sender{
	"001 240": {Bank: "001", Layout: CNAB240, Terms: boleto.Input{Agencia: "3325", Conta: "28935", Convenio: "1234567", Carteira: "17"}, BranchDigit: "X", AccountDigit: "3", Variation: "019"},
	"001 400": {Bank: "001", Layout: CNAB400, Terms: boleto.Input{Agencia: "3325", Conta: "28935", Convenio: "1234567", Carteira: "17"}, BranchDigit: "X", AccountDigit: "3", Variation: "019"},
	"033 240": {Bank: "033", Terms: boleto.Input{Agencia: "0660", Conta: "130012340", CodigoBeneficiario: "9452079", Carteira: "101"}, BranchDigit: "1", AccountDigit: "8", Code: "066000009452079"},
	"077 400": {Bank: "077", Terms: boleto.Input{Conta: "1234567", Operacao: "1234567", Carteira: "110"}, AccountDigit: "9"},
	"104 240": {Bank: "104", Terms: boleto.Input{Agencia: "0420", CodigoBeneficiario: "123456"}, BranchDigit: "4"},
	"237 400": {Bank: "237", Terms: boleto.Input{Agencia: "1172", Conta: "0403005", Carteira: "09"}, AccountDigit: "2", Code: "4540691"},
	"341 400": {Bank: "341", Terms: boleto.Input{Agencia: "0730", Conta: "03511", Carteira: "109"}, AccountDigit: "0"},
	"748 240": {Bank: "748", Terms: boleto.Input{Agencia: "0156", Posto: "05", Beneficiario: "85305", Conta: "85305", TipoCobranca: "1", Carteira: "1", Ano: "26"}, AccountDigit: "7"},
	"756 240": {Bank: "756", Terms: boleto.Input{Agencia: "4327", ConvenioCliente: "229385", Conta: "3666", Carteira: "1", Modalidade: "01"}, BranchDigit: "3", AccountDigit: "8"},
}

func sender(name string) Sender {
	s := senders[name]
	s.Name, s.CNPJ = "Fibra Norte Telecomunicações Ltda. ME", "12ABC34501DE35"
	return s
}

// printed is the nosso número of the n-th title under an agreement.
func printed(t testing.TB, s Sender, n uint64) string {
	t.Helper()
	in, err := boleto.Number(s.Bank, s.Terms, n)
	if err != nil {
		t.Fatal(err)
	}
	slip, err := boleto.New(s.Bank, in, day("2026-12-10"), 9990)
	if err != nil {
		t.Fatal(err)
	}
	return slip.NossoNumero
}

func day(iso string) calendar.Date { return calendar.MustParse(iso) }

// entry is a title as an invoice brings it: fine of 2 %, 1 % a month, five reais less until the fifth.
func entry(t testing.TB, s Sender) Order {
	n := uint64(42)
	if s.Bank == "748" {
		n = 200_042
	}
	return Order{Command: Register, NossoNumero: printed(t, s, n), Document: "1042", Control: "F1042", IssuedOn: day("2026-11-23"), Due: day("2026-12-10"),
		Amount: 9990, Fine: 200, Interest: 100, Discount: 500, DiscountUntil: day("2026-12-05"),
		Payer: Payer{"Márcia d'Ávila Gonçalves da Conceição e Silva Albuquerque", "52998224725", "Rua São João, 100, apto. 12", "Praça 14 de Janeiro", "69020030", "Manaus", "AM"}}
}

var wroteAt = time.Date(2026, 11, 23, 15, 4, 5, 0, time.UTC)

// written is the file of some orders, none of which may be refused.
func written(t testing.TB, s Sender, orders ...Order) []string {
	t.Helper()
	var out bytes.Buffer
	file, err := NewRemessa(&out, s, 7, wroteAt)
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range orders {
		if err := file.Add(o); err != nil {
			t.Fatal(err)
		}
	}
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
	text, ended := strings.CutSuffix(out.String(), "\r\n")
	if !ended {
		t.Fatal("the last line has no end")
	}
	return strings.Split(text, "\r\n")
}

func TestLinesAreAsWideAsTheLayoutAndPlain(t *testing.T) {
	for name := range senders {
		s := sender(name)
		for i, row := range written(t, s, entry(t, s), entry(t, s)) {
			if want := 240 + 160*strings.Count(name, " 400"); len(row) != want {
				t.Errorf("%s, line %d: %d columns", name, i+1, len(row))
			}
			if strings.ContainsFunc(row, func(c rune) bool { return c < ' ' || c > '~' || c >= 'a' && c <= 'z' }) {
				t.Errorf("%s, line %d: %s", name, i+1, row)
			}
		}
	}
}

// Every counter of a file is reckoned again from its lines: sequences, batches, records, titles, value.
func TestCountersTellTheFile(t *testing.T) {
	for name := range senders {
		s := sender(name)
		other := entry(t, s)
		other.Amount, other.Fine, other.Command = 12345, 0, Register
		rows := written(t, s, entry(t, s), other, entry(t, s))
		last := rows[len(rows)-1]
		if strings.HasSuffix(name, "400") {
			for i, row := range rows {
				if want := fmt.Sprintf("%06d", i+1); row[394:] != want {
					t.Errorf("%s: line %d is numbered %s", name, i+1, row[394:])
				}
			}
			if s.Bank == "077" && last[1:7] != "000003" {
				t.Errorf("titles: %s", last[1:7])
			}
			continue
		}
		for i, row := range rows[2 : len(rows)-2] {
			if row[3:13] != fmt.Sprintf("00013%05d", i+1) {
				t.Errorf("%s: detail %d begins %s", name, i+1, row[:13])
			}
		}
		end := rows[len(rows)-2]
		if end[3:8] != "00015" || end[17:23] != fmt.Sprintf("%06d", len(rows)-2) || last[17:29] != "000001"+fmt.Sprintf("%06d", len(rows)) {
			t.Errorf("%s: %s\n%s", name, end[:60], last[:40])
		}
		if totals := end[23:46]; s.Bank == "104" || s.Bank == "748" || s.Bank == "756" {
			if totals != "000003"+"00000000000032325" {
				t.Errorf("%s: totals %s", name, totals)
			}
		} else if strings.TrimSpace(totals) != "" {
			t.Errorf("%s wants no totals: %s", name, totals)
		}
	}
}

// A hundred thousand titles fill three batches and begin a fourth, and nothing of them is kept.
func TestAFullBatchIsFollowedByAnother(t *testing.T) {
	s := sender("756 240")
	o := entry(t, s)
	const titles = 100_000
	batches, records, sequence, counted, lines, last := 0, 0, 0, 0, 0, ""
	file, err := NewRemessa(eachLine(func(row string) {
		lines++
		records++
		last = row
		switch row[7] {
		case '1':
			batches++
			records, sequence = 1, 0
		case '3':
			if sequence++; row[3:7] != fmt.Sprintf("%04d", batches) || row[8:13] != fmt.Sprintf("%05d", sequence) {
				t.Fatalf("line %d: %s", lines, row[:20])
			}
		case '5':
			n, _ := strconv.Atoi(row[23:29])
			sum, _ := strconv.Atoi(row[29:46])
			if counted += n; row[17:23] != fmt.Sprintf("%06d", records) || sum != n*9990 {
				t.Fatalf("batch %d: %s", batches, row[:50])
			}
		}
	}), s, 7, wroteAt)
	if err != nil {
		t.Fatal(err)
	}
	for range titles {
		if err := file.Add(o); err != nil {
			t.Fatal(err)
		}
	}
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
	if batches != 4 || counted != titles || lines != 3*titles+2*batches+2 || last[17:29] != fmt.Sprintf("%06d%06d", batches, lines) {
		t.Errorf("%d batches, %d titles, %d lines, %s", batches, counted, lines, last[:40])
	}
	if cap(file.lines) > 4096 {
		t.Errorf("%d bytes are kept", cap(file.lines))
	}
}

// eachLine is a writer that hands out what comes line by line.
func eachLine(do func(row string)) io.Writer {
	var rest []byte
	return writer(func(p []byte) {
		rest = append(rest, p...)
		for {
			end := bytes.IndexByte(rest, '\n')
			if end < 0 {
				return
			}
			do(string(rest[:end+1]))
			rest = append(rest[:0], rest[end+1:]...)
		}
	})
}

type writer func(p []byte)

func (w writer) Write(p []byte) (int, error) {
	w(p)
	return len(p), nil
}

func TestAnOrderCostsNoMemory(t *testing.T) {
	for name := range senders {
		s := sender(name)
		o := entry(t, s)
		file, err := NewRemessa(io.Discard, s, 7, wroteAt)
		if err != nil {
			t.Fatal(err)
		}
		// the nosso número is put together, nothing else
		if n := testing.AllocsPerRun(100, func() { file.Add(o) }); n > 1 {
			t.Errorf("%s: %v allocations", name, n)
		}
	}
}

func TestAFileEndsWhereItsCountersDo(t *testing.T) {
	for _, name := range []string{"341 400", "104 240"} {
		s := sender(name)
		file, err := NewRemessa(&bytes.Buffer{}, s, 7, wroteAt)
		if err != nil {
			t.Fatal(err)
		}
		o := entry(t, s)
		if err := file.Add(o); err != nil {
			t.Fatal(err)
		}
		file.now.total = mostInFile - 10
		if file.shape.batch == nil {
			file.now.sequence = file.now.total
		}
		var full Refusal
		added := 1
		for ; full.Code == ""; added++ {
			if err := file.Add(o); err != nil && !errors.As(err, &full) {
				t.Fatal(err)
			}
		}
		if full != (Refusal{added - 1, "orders", FileFull}) || file.Close() != nil || file.now.total > mostInFile {
			t.Errorf("%s: %v after %d titles, %d records", name, full, added, file.now.total)
		}
	}
}

func TestWhatTheBanksTake(t *testing.T) {
	all := []Command{Register, Cancel, GrantRebate, CancelRebate, ChangeDue, ChangeAmount, ChangeOther}
	for name, codes := range map[string]string{
		"001 240": "01 02 04 05 06 47 31", "001 400": "01 02 04 05 06 47 --", "033 240": "01 02 04 05 06 -- --", "077 400": "01 -- -- -- -- -- --",
		"104 240": "01 02 04 05 06 47 31", "237 400": "01 02 04 05 06 -- 31", "341 400": "01 02 04 05 06 -- 31", "748 240": "01 02 04 05 06 -- 31", "756 240": "01 02 04 05 06 -- 31",
	} {
		s := sender(name)
		for i, want := range strings.Fields(codes) {
			o := entry(t, s)
			o.Command, o.Rebate = all[i], 100
			if Takes(s.Bank, s.Layout, o.Command) != (want != "--") {
				t.Errorf("%s takes %s: %t", name, o.Command, want == "--")
			}
			if want == "--" {
				refused(t, s, o, "command", UnknownCommand)
				continue
			}
			rows := written(t, s, o)
			first, at := rows[2], 15
			if strings.HasSuffix(name, "400") {
				first, at = rows[1], 108
			}
			if first[at:at+2] != want {
				t.Errorf("%s writes %s as %s, want %s", name, o.Command, first[at:at+2], want)
			}
		}
	}
	if Takes("999", "", Register) || Takes("341", CNAB240, Register) || Takes("341", "", "protest") {
		t.Error("a bank, a layout and a command that nobody knows")
	}
}

// refused wants an order refused, and no trace of it in the file.
func refused(t *testing.T, s Sender, o Order, field string, code Code) {
	t.Helper()
	good := entry(t, s)
	var out bytes.Buffer
	file, err := NewRemessa(&out, s, 7, wroteAt)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(file.Add(good), file.Add(good)); err != nil {
		t.Fatal(err)
	}
	if got := file.Add(o); !errors.Is(got, Refusal{2, field, code}) {
		t.Errorf("%s: %v, want %s: %s", s.Bank, got, field, code)
	}
	if err := errors.Join(file.Add(good), file.Close()); err != nil {
		t.Fatal(err)
	}
	if want := strings.Join(written(t, s, good, good, good), "\r\n") + "\r\n"; out.String() != want {
		t.Errorf("%s: a refused order left a trace", s.Bank)
	}
}

func TestOrdersThatAreNotWritten(t *testing.T) {
	for name := range senders {
		s := sender(name)
		for _, c := range []struct {
			field  string
			code   Code
			change func(*Order)
		}{
			{"command", UnknownCommand, func(o *Order) { o.Command = "protest" }},
			{"nosso_numero", NotForThisBank, func(o *Order) { o.NossoNumero = "12A" }},
			{"nosso_numero", NotForThisBank, func(o *Order) { o.NossoNumero = "" }},
			{"nosso_numero", NotForThisBank, func(o *Order) { o.NossoNumero = strings.Replace(o.NossoNumero, "0", "O", 1) }},
			{"document", Missing, func(o *Order) { o.Document = "" }},
			{"document", TooLong, func(o *Order) { o.Document = "1234567890123456" }},
			{"document", NotText, func(o *Order) { o.Document = "nº 1" }},
			{"control", TooLong, func(o *Order) { o.Control = strings.Repeat("1", 26) }},
			{"control", NotText, func(o *Order) { o.Control = "a\x00b" }},
			{"issued_on", Missing, func(o *Order) { o.IssuedOn = calendar.Date{} }},
			{"due", Missing, func(o *Order) { o.Due = calendar.Date{} }},
			{"due", DueBeforeIssue, func(o *Order) { o.Due = o.IssuedOn.AddDays(-1) }},
			{"amount", Missing, func(o *Order) { o.Amount = 0 }},
			{"amount", Missing, func(o *Order) { o.Amount = -1 }},
			{"amount", TooLarge, func(o *Order) { o.Amount = mostAmount + 1 }},
			{"amount", TooLarge, func(o *Order) { o.Amount = 1 << 62 }},
			{"fine", Negative, func(o *Order) { o.Fine = -1 }},
			{"interest", Negative, func(o *Order) { o.Interest = -1 }},
			{"rebate", Negative, func(o *Order) { o.Rebate = -1 }},
			{"discount", Negative, func(o *Order) { o.Discount = -1 }},
			{"discount", TooLarge, func(o *Order) { o.Discount = o.Amount }},
			{"discount", TooLarge, func(o *Order) { o.Rebate = o.Amount - o.Discount }},
			{"discount_until", Missing, func(o *Order) { o.DiscountUntil = calendar.Date{} }},
			{"discount_until", OutOfOrder, func(o *Order) { o.DiscountUntil = o.Due.AddDays(1) }},
			{"discount_until", OutOfOrder, func(o *Order) { o.DiscountUntil = o.IssuedOn.AddDays(-1) }},
			{"payer.name", Missing, func(o *Order) { o.Payer.Name = " 李 " }},
			{"payer.document", NotADocument, func(o *Order) { o.Payer.Document = "52998224724" }},
			{"payer.document", NotADocument, func(o *Order) { o.Payer.Document = "529.982.247-25" }},
			{"payer.street", Missing, func(o *Order) { o.Payer.Street, o.Payer.District, o.Payer.City = "", "", "" }},
			{"payer.cep", Missing, func(o *Order) { o.Payer.CEP = "" }},
			{"payer.cep", NotACEP, func(o *Order) { o.Payer.CEP = "6902003" }},
			{"payer.cep", NotACEP, func(o *Order) { o.Payer.CEP = "69020-030" }},
			{"payer.uf", NotAState, func(o *Order) { o.Payer.UF = "XX" }},
		} {
			o := entry(t, s)
			c.change(&o)
			if c.field == "payer.street" && (s.Bank == "237" || s.Bank == "077") {
				continue // their one column still has the state
			}
			refused(t, s, o, c.field, c.code)
		}
	}
	o := entry(t, sender("341 400"))
	o.Command = GrantRebate
	refused(t, sender("341 400"), o, "rebate", Missing)
	o = entry(t, sender("104 240"))
	o.Amount = 1_000_000_000
	refused(t, sender("104 240"), o, "amount", TooLarge) // Caixa's own limit
	o = entry(t, sender("341 400"))
	o.Due = calendar.On(2100, 1, 1)
	refused(t, sender("341 400"), o, "due", NotADate) // a year of two digits would come back as 2000
}

func TestSendersThatNoFileIsBegunFor(t *testing.T) {
	for want, change := range map[Refusal]func(*Sender){
		{-1, "bank", UnknownBank}:                         func(s *Sender) { s.Bank = "999" },
		{-1, "cnpj", NotADocument}:                        func(s *Sender) { s.CNPJ = "12ABC34501DE45" },
		{-1, "name", Missing}:                             func(s *Sender) { s.Name = "" },
		{-1, "terms.agencia", NotANumber}:                 func(s *Sender) { s.Terms.Agencia = "33A5" },
		{-1, "terms.conta", TooLong}:                      func(s *Sender) { s.Terms.Conta = "1234567890123" },
		{-1, "account_digit", Missing}:                    func(s *Sender) { s.AccountDigit = "" },
		{-1, "variation", Missing}:                        func(s *Sender) { s.Variation = "" },
		{-1, "terms.carteira", NotForThisBank}:            func(s *Sender) { *s = sender("077 400"); s.Terms.Carteira = "112" },
		{-1, "terms.convenio", NotForThisBank}:            func(s *Sender) { s.Layout, s.Terms.Convenio = CNAB400, "123456" },
		{-1, "terms.codigo_beneficiario", NotForThisBank}: func(s *Sender) { *s = sender("104 240"); s.Terms.CodigoBeneficiario = "12345" },
		{-1, "account_digit", TooLong}:                    func(s *Sender) { *s = sender("077 400"); s.AccountDigit = "12" },
		{-1, "terms.conta", Missing}:                      func(s *Sender) { *s = sender("341 400"); s.Terms.Conta = "" },
		{-1, "branch_digit", Missing}:                     func(s *Sender) { *s = sender("756 240"); s.BranchDigit = "" },
		{-1, "code", Missing}:                             func(s *Sender) { *s = sender("033 240"); s.Code = "" },
	} {
		s := sender("001 240")
		change(&s)
		if file, err := NewRemessa(&bytes.Buffer{}, s, 7, wroteAt); !errors.Is(err, want) || file != nil {
			t.Errorf("%v, want %v", err, want)
		}
	}
	if _, err := NewRemessa(&bytes.Buffer{}, sender("341 400"), 0, wroteAt); !errors.Is(err, Refusal{-1, "number", Missing}) {
		t.Error(err)
	}
}

func TestAFileWithoutOrdersIsNone(t *testing.T) {
	var out bytes.Buffer
	file, err := NewRemessa(&out, sender("341 400"), 7, wroteAt)
	if err != nil {
		t.Fatal(err)
	}
	if err := file.Close(); !errors.Is(err, Refusal{-1, "orders", Missing}) || out.Len() > 0 {
		t.Errorf("%v, %d bytes", err, out.Len())
	}
}

type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }

func TestAWriterThatFailsEndsTheFile(t *testing.T) {
	s, full := sender("341 400"), errors.New("disk full")
	file, err := NewRemessa(failing{full}, s, 7, wroteAt)
	if err != nil {
		t.Fatal(err)
	}
	o := entry(t, s)
	for range 100 {
		err = file.Add(o)
	}
	if !errors.Is(err, full) || !errors.Is(file.Close(), full) {
		t.Error(err)
	}
}

func TestDailyInterestIsCut(t *testing.T) {
	for amount, want := range map[money.Cents]money.Cents{9990: 3, 2999: 0, 3000: 1, 300_000: 100, mostAmount: 3_333_333} {
		if got := dailyInterest(amount, 100); got != want {
			t.Errorf("1 %% a month on %d is %d a day, want %d", amount, got, want)
		}
	}
}
