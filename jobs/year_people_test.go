package jobs

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/billingmethod"
	"enlace/ent/charge"
	"enlace/ent/dueday"
	"enlace/ent/invoice"
	"enlace/ent/officepolicy"
	"enlace/ent/payment"
	"enlace/ent/plan"
	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/tenants/brazil"
	"enlace/tenants/calendar"
	"enlace/tenants/dunning"
	"enlace/tenants/money"
	"enlace/tenants/sales"
	state "enlace/tenants/status"
)

// in says whether a service is in one of some states.
func in(states ...state.State) func(*tale) bool {
	return func(one *tale) bool { return slices.Contains(states, one.state) }
}

// furnish gives the ISP its rules, by the seed, and reads what a sale chooses from.
func (y *year) furnish(seed uint64) {
	y.terms = tenants.Typed{"tipo": "pf", "nascimento": "14/03/1990", "telefone": "(91) 98888-7777", "cep": "66035-145", "logradouro": "Avenida Nazaré", "numero": "500",
		"bairro": "Nazaré", "cidade": "Belém", "uf": "pa", "ibge": "1501402", "cobranca_igual": "sim", "taxa": "none"}
	y.Write(func(ctx context.Context, c *ent.Client) error {
		y.plans = c.Plan.Query().Order(plan.ByName()).AllX(ctx)
		y.terms["forma_cobranca"] = c.BillingMethod.Query().Where(billingmethod.Name("Boleto com Pix")).OnlyX(ctx).ID.String()
		y.terms["modelo"] = c.ContractTemplate.Query().OnlyX(ctx).ID.String()
		if !c.DueDay.Query().Where(dueday.Day(calendar.LastDay)).ExistX(ctx) {
			c.DueDay.Create().SetDay(calendar.LastDay).SaveX(ctx)
		}
		base := []officepolicy.ProrationBase{officepolicy.ProrationBaseThirty, officepolicy.ProrationBaseReal}[seed%2]
		return c.OfficePolicy.Update().SetProrationBase(base).SetPartialStep(seed%3 == 0).SetPartialDays(15).SetTrustSubscriber(true).SetPauseMinDays(5).Exec(ctx)
	})
	y.real = seed%2 == 1
}

// sell sells a service to somebody new: antecipado or postecipado, by the month or with a carnê. Of two customers one has an e-mail address.
func (y *year) sell() {
	n, of := len(y.tales), y.plans[y.random.IntN(len(y.plans))]
	form := maps.Clone(y.terms)
	maps.Copy(form, tenants.Typed{"nome": fmt.Sprintf("Cliente da Silva %d", n), "cpf": someCPF(n), "plano": of.ID.String(), "dia_vencimento": y.dueDay(),
		"tipo_cobranca": []string{"antecipado", "postecipado"}[n%2]})
	if n%3 == 0 {
		form["carne"] = "sim"
	}
	if n%5 == 0 {
		form["desconto_percentual"] = "10"
	}
	if n/2%2 == 0 {
		form["email"] = fmt.Sprintf("cliente%d@exemplo.com.br", n)
	}
	sale, wrong := sales.Read(form, sales.StepWorkOrder, y.today(), y.Here.Zone)
	if err := wrong.Err(); err != nil {
		y.t.Fatal(err)
	}
	sold, err := sales.Desk{DB: y.DB}.Sell(y.boss, sale)
	if err != nil {
		y.t.Fatal(err)
	}
	y.begin(sold, of, y.random.IntN(4))
	y.counts["sold"]++
}

// begin begins the tale of a service that was sold.
func (y *year) begin(sold *sales.Sold, of *ent.Plan, temper int) {
	one := &tale{customer: sold.Customer, first: sold.Subscription, now: sold.Subscription, sub: sold.Subscription.ID, state: state.WaitingInstallation, today: y.today(),
		temper: temper, benefit: int64(of.LoyaltyBenefit), price: int64(of.Price)}
	one.dues, one.real = []turn{{y.today(), one.first.DueDay}}, y.real
	if one.first.DiscountPercent > 0 { // in hundredths; what is left of the price is cut (M9)
		one.price = one.price * int64(100_00-one.first.DiscountPercent) / 100_00
	}
	y.tales = append(y.tales, one)
	if y.byID[one.customer.ID] == nil {
		y.byID[one.customer.ID] = one
	}
}

// dueDay draws one of the ISP's due days, now and then the last of the month.
func (y *year) dueDay() string {
	return []string{"5", "10", "15", "20", sales.LastDue}[y.random.IntN(5)]
}

// someCPF is a CPF of the nth customer.
func someCPF(n int) string {
	for pair := range 100 {
		if cpf, ok := brazil.CPF(fmt.Sprintf("%09d%02d", 200_000_000+n*37, pair)); ok {
			return cpf
		}
	}
	panic("a CPF without check digits")
}

// promise is when and how an invoice will be paid.
type promise struct {
	on  calendar.Date
	how how
}

type how int

const (
	atCounter how = iota
	byBank
	inParts
	tooMuch
	twice
)

// pay has everybody pay what they meant to pay until today, of what is owed; and somebody who has no e-mail address is handed the letter that
// tells of a debt.
func (y *year) pay() {
	today := y.today()
	var due []*billing.Standing
	var letters []uuid.UUID
	var loose []*ent.Charge
	y.Read(func(ctx context.Context, c *ent.Client) error {
		var ripe []*ent.Invoice
		for _, row := range c.Invoice.Query().Where(invoice.PaidAtIsNil(), invoice.CancelledAtIsNil(), invoice.DueLTE(today.AddDays(3))).Order(invoice.ByNumber()).AllX(ctx) {
			one := y.holder(row.CustomerID)
			if one == nil {
				continue
			}
			if _, promised := y.purse[row.ID]; !promised {
				y.purse[row.ID] = y.promise(one.temper, row.Due)
			}
			if !y.purse[row.ID].on.After(today) {
				ripe = append(ripe, row)
			}
		}
		var err error
		if due, err = billing.Standings(ctx, c, today, ripe...); err != nil {
			return err
		}
		told := c.Invoice.Query().Where(invoice.PaidAtIsNil(), invoice.CancelledAtIsNil(), invoice.NoticedOnIsNil(), invoice.DueLT(today.AddDays(-3))).Order(invoice.ByNumber())
		letters = told.IDsX(ctx)
		for _, row := range c.Charge.Query().Where(charge.InvoiceIDIsNil(), charge.ClosedAtIsNil(), charge.CancelledAtIsNil(), charge.ContestedAtIsNil(), charge.AmountGT(0)).Order(charge.ByNumber()).AllX(ctx) {
			if one := y.holder(row.CustomerID); one != nil && !today.Before(row.Due.AddDays(10*one.temper)) {
				loose = append(loose, row)
			}
		}
		return nil
	})
	for _, s := range due {
		y.note("paid invoice", s.Invoice.Number, y.settle(s))
	}
	for _, row := range loose {
		_, err := billing.Desk{DB: y.DB}.ReceiveCharge(y.boss, billing.ChargeReceipt{Charge: row.ID, Amount: row.Amount - row.Settled, PaidOn: today, Key: uuid.NewString()})
		y.note("paid charge", row.Number, err)
	}
	for _, id := range letters {
		_, err := dunning.Desk{DB: y.DB}.HandOver(y.boss, id, "entregue em mãos")
		y.note("told by letter", 0, err)
	}
}

// promise is drawn by how punctual a customer is: in time, a little late, after the notice, or after the cut.
func (y *year) promise(temper int, due calendar.Date) promise {
	from, within := []int{-2, 1, 12, 25}[temper], []int{3, 12, 15, 70}[temper]
	return promise{due.AddDays(from + y.random.IntN(within)), []how{atCounter, atCounter, byBank, byBank, byBank, inParts, tooMuch, twice}[y.random.IntN(8)]}
}

// settle pays an invoice, or a part of it.
func (y *year) settle(s *billing.Standing) error {
	amount, kept := s.Owed(), y.purse[s.Invoice.ID]
	if amount <= 0 {
		return errNothing
	}
	switch kept.how {
	case inParts:
		amount = max(1, amount/2)
		y.purse[s.Invoice.ID] = promise{y.today().AddDays(1 + y.random.IntN(20)), atCounter}
	case tooMuch:
		amount += money.Cents(1 + y.random.IntN(50_00))
	}
	if kept.how != byBank && kept.how != twice {
		_, err := billing.Desk{DB: y.DB}.ReceiveAtCounter(y.boss, billing.Receipt{Invoice: s.Invoice.ID, Amount: amount, PaidOn: y.today(), Key: uuid.NewString()})
		return err
	}
	if s.Slip != nil { // what is printed on it, without late charges
		amount = s.Slip.Amount
	}
	line := uuid.NewString()
	if err := y.bank(s, line, amount); err != nil || kept.how == byBank {
		return err
	}
	if err := y.bank(s, line, amount); err != nil { // the same line of the same retorno
		return err
	}
	return y.bank(s, uuid.NewString(), amount) // and the same slip once more
}

// errNothing is that nothing was owed.
var errNothing = tenants.Conflict("nothing_owed")

func (y *year) bank(s *billing.Standing, line string, amount money.Cents) error {
	return y.DB.Write(y.Worker(), func(ctx context.Context, c *ent.Client) error {
		_, err := billing.Settle(ctx, c, y.DB.Now(), y.today(), billing.Incoming{Source: payment.SourceBoleto, ExternalID: line, Invoice: s.Invoice.ID, Amount: amount, PaidOn: y.today()})
		return err
	})
}

// holder is the tale of a customer, nil for those of the demonstration.
func (y *year) holder(customer uuid.UUID) *tale { return y.byID[customer] }
