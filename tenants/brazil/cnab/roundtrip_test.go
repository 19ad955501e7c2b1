package cnab

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"enlace/tenants/brazil"
	"enlace/tenants/brazil/boleto"
	"enlace/tenants/calendar"
	"enlace/tenants/money"
)

// What a remessa says is read back by the tables it was written with: a hundred files a bank, a hundred orders a file.
func TestARemessaReadBackIsWhatWasOrdered(t *testing.T) {
	for name := range senders {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := sender(name)
			shape, _ := remessaOf(s.Bank, s.Layout)
			rapid.Check(t, func(rt *rapid.T) {
				r := rand.New(rand.NewPCG(rapid.Uint64().Draw(rt, "orders"), 0))
				var out bytes.Buffer
				file, err := NewRemessa(&out, s, 1+r.Int64N(999_999), wroteAt)
				if err != nil {
					rt.Fatal(err)
				}
				var want []Order
				for range 100 {
					o := randomOrder(t, r, s, shape)
					if err := file.Add(o); err != nil {
						rt.Fatalf("%+v: %v", o, err)
					}
					want = append(want, asWritten(o, s, shape))
				}
				if err := file.Close(); err != nil {
					rt.Fatal(err)
				}
				got, err := readOrders(shape, out.String())
				if err != nil || len(got) != len(want) {
					rt.Fatalf("%d orders, %v", len(got), err)
				}
				for i := range want {
					if got[i] != want[i] {
						rt.Fatalf("order %d came back\n%+v\nwant\n%+v", i, got[i], want[i])
					}
				}
			})
		})
	}
}

// readOrders reads a remessa by the tables of its layout; the nosso número comes back as the file has it.
func readOrders(shape remessa, file string) (orders []Order, err error) {
	commands := map[string]Command{}
	for c, code := range shape.commands {
		commands[code] = c
	}
	var now record
	for i, row := range strings.Split(strings.TrimSuffix(file, "\r\n"), "\r\n") {
		l := line{i + 1, row}
		tab, first := shape.header, false
		switch {
		case len(row) != shape.width():
			return nil, fmt.Errorf("line %d: %d columns", i+1, len(row))
		case i == 0:
		case shape.layout == CNAB240 && row[7] == '1':
			tab = shape.batch
		case shape.layout == CNAB240 && row[7] == '5':
			tab = shape.batchEnd
		case shape.layout == CNAB240 && row[7] == '9', shape.layout == CNAB400 && row[0] == '9':
			tab = shape.end
		case shape.layout == CNAB240:
			tab, first = shape.title[strings.IndexByte("PQR", row[13])].table, row[13] == 'P'
		default:
			first = row[0] == '1' || row[0] == '7'
			if tab = shape.title[0].table; !first {
				tab = shape.title[1].table
			}
		}
		if first {
			now.Order = Order{}
		}
		if problem := tab.read(l, &now); problem != nil {
			return nil, *problem
		}
		if i == 0 || !first && len(orders) == 0 {
			continue
		}
		now.Command, now.NossoNumero = commands[now.movement], now.figures
		if first {
			orders = append(orders, now.Order)
		} else if now.Command != "" {
			orders[len(orders)-1] = now.Order
		}
	}
	return orders, nil
}

func randomOrder(t *testing.T, r *rand.Rand, s Sender, shape remessa) Order {
	first, last, err := boleto.Limits(s.Bank, s.Terms)
	if err != nil {
		t.Fatal(err)
	}
	limit := shape.limit
	if limit == 0 {
		limit = mostAmount
	}
	issued := day("2024-01-01").AddDays(r.IntN(3000))
	o := Order{Command: Register, NossoNumero: printed(t, s, first+r.Uint64N(last-first+1)), Document: randomText(r, "ABCXYZ0123456789-/", 1, 10),
		Control: randomText(r, "ABCXYZ0123456789-/", 0, 25), IssuedOn: issued, Due: issued.AddDays(r.IntN(400)), Amount: 2 + money.Cents(r.Int64N(int64(limit)-2)),
		Payer: Payer{Name: randomText(r, "aãçéÍõüZ -'.", 1, 60) + "x", Document: somePayers[r.IntN(len(somePayers))], Street: randomText(r, "Ruaãçé 0123,º", 1, 60) + "x",
			District: randomText(r, "Bairoç ", 0, 30), CEP: fmt.Sprintf("%08d", 1+r.IntN(99_999_999)), City: randomText(r, "Manusão ", 1, 30) + "x", UF: brazil.States[r.IntN(27)].UF}}
	if r.IntN(2) == 0 {
		o.Payer.Document = "12ABC34501DE35"
	}
	if r.IntN(2) == 0 {
		o.Fine = r.IntN(1000)
	}
	if r.IntN(2) == 0 {
		o.Interest = r.IntN(1000)
	}
	if r.IntN(2) == 0 {
		o.Discount = 1 + money.Cents(r.Int64N(int64(o.Amount)-1))
		o.DiscountUntil = o.IssuedOn.AddDays(r.IntN(o.Due.DaysSince(o.IssuedOn) + 1))
	}
	if rest := o.Amount - o.Discount; r.IntN(2) == 0 && rest > 1 {
		o.Rebate = money.Cents(r.Int64N(int64(rest)))
	}
	all := []Command{Register, Register, Register, Cancel, GrantRebate, CancelRebate, ChangeDue, ChangeAmount, ChangeOther}
	if c := all[r.IntN(len(all))]; shape.commands[c] != "" && (c != GrantRebate || o.Rebate > 0) {
		o.Command = c
	}
	return o
}

func randomText(r *rand.Rand, letters string, least, most int) string {
	from := []rune(letters)
	text := make([]rune, least+r.IntN(most-least+1))
	for i := range text {
		text[i] = from[r.IntN(len(from))]
	}
	return string(text)
}

// somePayers are CPFs, made once.
var somePayers = func() (all []string) {
	for nine := 1_000_000; len(all) < 50; nine += 19_999_999 {
		for digits := range 100 {
			if cpf, ok := brazil.CPF(fmt.Sprintf("%09d%02d", nine, digits)); ok {
				all = append(all, cpf)
			}
		}
	}
	return all
}()

// asWritten is what can come back of an order: text as bank files take it, and of the charges what the layout writes for the command.
func asWritten(o Order, s Sender, shape remessa) Order {
	width := map[string][3]int{"001 CNAB400": {37, 12, 15}, "237 CNAB400": {40, 0, 0}, "341 CNAB400": {30, 12, 15}, "077 CNAB400": {40, 0, 0}}[s.Bank+" "+shape.layout]
	if width == [3]int{} {
		width = [3]int{40, 15, 15}
	}
	o.NossoNumero = banks[s.Bank].figures(o.NossoNumero, &s.Terms)
	if s.Bank == "756" {
		o.NossoNumero = "00" + o.NossoNumero
	}
	p := o.Payer
	o.Payer.Name = brazil.BankText(p.Name, width[0])
	o.Payer.Street, o.Payer.District, o.Payer.City = brazil.BankText(p.Street, 40), brazil.BankText(p.District, width[1]), brazil.BankText(p.City, width[2])
	if width[1] == 0 { // one column for all
		o.Payer.Street = brazil.BankText(strings.Join([]string{p.Street, p.District, p.City, p.UF}, " "), 40)
		o.Payer.UF = ""
	}
	if o.Discount == 0 {
		o.DiscountUntil = calendar.Date{}
	}
	if shape.layout == CNAB400 && s.Bank != "077" {
		o.Interest = 0 // told as an amount a day
	}
	if fineWithOrder := s.Bank == "237" || s.Bank == "077"; !fineWithOrder && o.Command != Register && o.Command != ChangeOther {
		o.Fine = 0
	}
	if s.Bank == "033" && o.Command != Register {
		o.Payer = Payer{}
	}
	return o
}
