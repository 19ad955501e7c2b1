package billing

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/charge"
	"enlace/ent/customer"
	"enlace/ent/invoice"
	"enlace/ent/payment"
	"enlace/tenants"
	"enlace/tenants/calendar"
	"enlace/tenants/money"
	"enlace/tenants/staff"
)

// Spend is a customer's credit used on an invoice, or on a charge without one: as much of it as is owed there.
type Spend struct {
	Invoice uuid.UUID   // or
	Charge  uuid.UUID   // the other is none
	Amount  money.Cents // what the button said
	Key     string      // of the form: the same key is the same use
}

// ReadSpend reads the form of a use of credit; of invoice and charge one is none.
func ReadSpend(t tenants.Typed, invoice, charge uuid.UUID, wrong *tenants.Fields) Spend {
	return Spend{Invoice: invoice, Charge: charge, Amount: t.Cents(wrong, "valor"), Key: t.Required(wrong, "chave")}
}

// SpentCredit is what will be used of one credit, and the day from which it counts.
type SpentCredit struct {
	Credit Credit
	On     calendar.Date
	Amount money.Cents
}

// SpendCredit pays with what the customer has to the credit, the oldest first (money.md M13). A credit that is of one service pays for that
// service alone. Each counts from the day it came to be, from that of the invoice's issue or of its last payment, whichever is the latest:
// the ISP had the money since then, so it lowers the principal before any fine that came after (M10), and what was paid before stands. No money is handed over: there is no recibo, and nothing goes into a caixa.
// It returns Conflict no_credit, receipt_unseen when it is another amount than the button said, the faults of ReceiveAtCounter and NotFound.
func (d Desk) SpendCredit(ctx context.Context, in Spend) (spent money.Cents, err error) {
	if in.Key != "" { // nobody else's press is answered with it
		in.Key = tenants.Who(ctx).ID.String() + "/" + in.Key
	}
	_, err = d.DB.Once(ctx, "spend_credit", in.Key, in, func(ctx context.Context, c *ent.Client) (string, error) {
		if err := staff.Require(ctx, c, staff.Receive); err != nil {
			return "", err
		}
		p := d.post(ctx, c)
		if in.Invoice != uuid.Nil {
			return "", p.spendOnInvoice(ctx, in)
		}
		return "", p.spendOnCharge(ctx, in)
	})
	return in.Amount, err
}

func (p post) spendOnInvoice(ctx context.Context, in Spend) error {
	held, err := p.c.Invoice.Update().Where(invoice.ID(in.Invoice)).AddVersion(1).Save(ctx)
	if err != nil {
		return err
	}
	if held == 0 {
		return tenants.NotFound()
	}
	row, err := p.c.Invoice.Get(ctx, in.Invoice)
	if err != nil {
		return err
	}
	credits, err := p.heldCredits(ctx, row.CustomerID)
	if err != nil {
		return err
	}
	standings, err := Standings(ctx, p.c, p.today, row)
	if err != nil {
		return err
	}
	switch standings[0].Status {
	case InvoiceCancelled:
		return tenants.Conflict("invoice_cancelled")
	case InvoicePaid:
		return tenants.Conflict("invoice_paid")
	}
	isp, _ := tenants.From(ctx)
	parts := standings[0].Spendable(credits, isp)
	if err := checkSpent(parts, in.Amount); err != nil {
		return err
	}
	for i, part := range parts {
		standings, err := Standings(ctx, p.c, part.On, row)
		if err != nil {
			return err
		}
		planned, err := planReceipt(Receipt{Invoice: row.ID, Amount: part.Amount, PaidOn: part.On}, standings[0])
		if err != nil {
			return err
		}
		paid, err := p.spend(ctx, part, in.Key, i, &row.ID, planned.Principal...)
		if err != nil {
			return err
		}
		if _, err := p.settle(ctx, planned, paid); err != nil {
			return err
		}
	}
	return nil
}

func (p post) spendOnCharge(ctx context.Context, in Spend) error {
	held, err := p.c.Charge.Update().Where(charge.ID(in.Charge)).AddSettled(0).Save(ctx)
	if err != nil {
		return err
	}
	if held == 0 {
		return tenants.NotFound()
	}
	row, err := p.c.Charge.Get(ctx, in.Charge)
	if err != nil {
		return err
	}
	credits, err := p.heldCredits(ctx, row.CustomerID)
	if err != nil {
		return err
	}
	isp, _ := tenants.From(ctx)
	if _, err := p.planCharge(ctx, ChargeReceipt{Amount: 1, PaidOn: p.today}, row); err != nil { // one that is paid, say
		return err
	}
	parts := SpendableOn(row, credits, isp)
	if err := checkSpent(parts, in.Amount); err != nil {
		return err
	}
	for i, part := range parts {
		planned, err := p.planCharge(ctx, ChargeReceipt{Charge: row.ID, Amount: part.Amount, PaidOn: part.On}, row)
		if err != nil {
			return err
		}
		paid, err := p.spend(ctx, part, in.Key, i, nil, ReceiptPart{row, part.Amount})
		if err != nil {
			return err
		}
		if err := p.settleCharge(ctx, planned, paid); err != nil {
			return err
		}
		row.Settled += part.Amount
	}
	_, err = p.restoreCleared(ctx, row.CustomerID)
	return err
}

// heldCredits keeps other uses of a customer's credits waiting, and lists the credits.
func (p post) heldCredits(ctx context.Context, of uuid.UUID) ([]Credit, error) {
	if err := p.c.Customer.Update().Where(customer.ID(of)).AddNumber(0).Exec(ctx); err != nil {
		return nil, err
	}
	return creditsOf(ctx, p.c, of)
}

func checkSpent(parts []SpentCredit, said money.Cents) error {
	switch sum := SumSpent(parts); {
	case sum == 0:
		return tenants.Conflict("no_credit")
	case sum != said:
		return tenants.Conflict("receipt_unseen")
	}
	return nil
}

// SumSpent is what uses of credits come to.
func SumSpent(parts []SpentCredit) (sum money.Cents) {
	for _, part := range parts {
		sum += part.Amount
	}
	return sum
}

// spend makes the payment of a use of credit, and takes it off the credit: of the charge it pays where it pays one alone.
func (p post) spend(ctx context.Context, part SpentCredit, key string, n int, invoice *uuid.UUID, paying ...ReceiptPart) (*ent.Payment, error) {
	if key == "" {
		key = uuid.Must(uuid.NewV7()).String()
	}
	create := p.c.Payment.Create().SetSource(payment.SourceCredit).SetExternalID(fmt.Sprintf("%s/%d", key, n+1)).SetAmount(part.Amount).SetPaidOn(part.On).SetReceivedAt(p.now).
		SetCustomerID(part.Credit.CustomerID).SetNillableInvoiceID(invoice)
	if who := tenants.Who(ctx); who.Kind == tenants.User {
		create.SetUserID(who.ID)
	}
	paid, err := create.Save(ctx)
	if err != nil {
		return nil, err
	}
	use := p.c.CreditUse.Create().SetCreditID(part.Credit.ID).SetPaymentID(paid.ID).SetAmount(part.Amount).SetAt(p.now)
	if len(paying) == 1 {
		use.SetChargeID(paying[0].Charge.ID)
	}
	return paid, use.Exec(ctx)
}

// Spendable is what of a customer's credits pays an invoice, and from which day each counts.
func (s *Standing) Spendable(credits []Credit, isp tenants.Tenant) (parts []SpentCredit) {
	if s.Status == InvoiceCancelled || s.Status == InvoicePaid {
		return nil
	}
	payments, issued := s.paid(), calendar.Of(s.Invoice.IssuedAt.In(isp.Zone))
	for _, one := range credits {
		if one.Left <= 0 || one.SubscriptionID != nil && (s.Invoice.SubscriptionID == nil || *one.SubscriptionID != *s.Invoice.SubscriptionID) {
			continue
		}
		on := latest(calendar.Of(one.CreatedAt.In(isp.Zone)), issued)
		if n := len(payments); n > 0 {
			on = latest(on, payments[n-1].On)
		}
		debt := money.Reckon(s.collected(), s.Invoice.Due, payments, on)
		if debt.Principal == 0 {
			break
		}
		part := SpentCredit{one, on, min(one.Left, debt.Owed())}
		parts = append(parts, part)
		payments = append(payments, money.Payment{On: on, Amount: part.Amount})
	}
	return parts
}

// SpendableOn is what of a customer's credits pays a charge without an invoice.
func SpendableOn(row *ent.Charge, credits []Credit, isp tenants.Tenant) (parts []SpentCredit) {
	if row.InvoiceID != nil || row.ClosedAt != nil || row.CancelledAt != nil {
		return nil
	}
	owed, made := row.Amount-row.Settled, calendar.Of(row.CreatedAt.In(isp.Zone))
	for _, one := range credits {
		if one.Left <= 0 || owed == 0 || one.SubscriptionID != nil && (row.SubscriptionID == nil || *one.SubscriptionID != *row.SubscriptionID) {
			continue
		}
		part := SpentCredit{one, latest(calendar.Of(one.CreatedAt.In(isp.Zone)), made), min(one.Left, owed)}
		parts, owed = append(parts, part), owed-part.Amount
	}
	return parts
}

func latest(a, b calendar.Date) calendar.Date {
	if a.Before(b) {
		return b
	}
	return a
}
